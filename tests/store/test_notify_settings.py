"""``notify.toml`` on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.errors import WorkspaceError
from tocsin.labels import Label
from tocsin.store.notify_settings import LARGEST_BYTES, load_settings, read_secret
from tocsin.store.workspace import Workspace, create_workspace


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A new workspace."""
    return create_workspace(tmp_path / "w", Label.AMBER)


def write(place: Workspace, text: str, name: str = "notify.toml", mode: int = 0o600) -> None:
    path = place.root / name
    path.write_text(text, "utf-8")
    path.chmod(mode)


def test_a_new_workspace_sends_nowhere(place: Workspace) -> None:
    assert load_settings(place).smtp is None


def test_the_file_is_read(place: Workspace) -> None:
    write(place, "[policy]\ndeadline_days = 3\n")
    assert load_settings(place).policy.deadline_days == 3


def test_every_fault_is_named_with_the_file(place: Workspace) -> None:
    write(place, '[smtp]\nport = 0\nhost = "x y"\n')
    with pytest.raises(
        WorkspaceError, match=r"notify\.toml: 3 faults: smtp\.host .*; smtp\.port .*; sender is missing"
    ):
        load_settings(place)


def test_what_is_no_toml_is_refused(place: Workspace) -> None:
    write(place, "[smtp")
    with pytest.raises(WorkspaceError, match="not a TOML file"):
        load_settings(place)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_what_others_may_read_is_refused(place: Workspace, mode: int) -> None:
    write(place, "", mode=mode)
    with pytest.raises(WorkspaceError, match="others may read this file") as caught:
        load_settings(place)
    assert "chmod 600 notify.toml" in caught.value.remedy


def test_a_secret_is_read_without_its_line_end(place: Workspace) -> None:
    write(place, "correct horse \n", "relay.password")
    assert read_secret(place, "relay.password") == b"correct horse "


def test_a_secret_that_is_missing_open_to_others_no_file_or_too_large_is_refused(place: Workspace) -> None:
    write(place, "x", "open.password", 0o644)
    write(place, "x" * (LARGEST_BYTES + 1), "large.password")
    cases = [("missing", "cannot be read"), ("open.password", "others may"), ("large.password", "too large")]
    for name, said in [*cases, ("packs", "cannot be read")]:
        with pytest.raises(WorkspaceError, match=said):
            read_secret(place, name)
