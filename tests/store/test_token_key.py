"""The key that signs answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tocsin.errors import WorkspaceError
from tocsin.store.token_key import NAME, token_key


def test_it_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    key = token_key(tmp_path)
    assert len(key) == 32
    assert token_key(tmp_path) == key
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_many_at_once_end_with_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(token_key, [tmp_path] * 64))) == 1


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    token_key(tmp_path)
    (tmp_path / NAME).chmod(0o640)
    with pytest.raises(WorkspaceError, match="others may read"):
        token_key(tmp_path)


@pytest.mark.parametrize("text", ["", "00ff", "no key at all", "\xff"])
def test_a_damaged_key_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / NAME
    path.write_text(text, "latin-1")
    path.chmod(0o600)
    with pytest.raises(WorkspaceError, match="this is no key"):
        token_key(tmp_path)


def test_where_it_cannot_be_written_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="cannot be used"):
        token_key(tmp_path / "absent")
