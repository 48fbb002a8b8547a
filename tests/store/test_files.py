"""A file is written wholly or not at all, for its owner alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tocsin.errors import WorkspaceError
from tocsin.store.files import written_whole


def _write_and_stop(path: Path) -> None:
    with written_whole(path) as file:
        file.write(b"half")
        file.flush()
        raise RuntimeError("stop")


def test_it_is_there_at_the_end(tmp_path: Path) -> None:
    with written_whole(tmp_path / "list.csv") as file:
        file.write(b"whole")
    assert (tmp_path / "list.csv").read_bytes() == b"whole"


def test_until_the_end_the_old_one_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"old")
    with written_whole(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


def test_an_error_on_the_way_leaves_the_old_one_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError, match="stop"):
        _write_and_stop(path)
    assert path.read_bytes() == b"old"


def test_an_error_on_the_way_leaves_no_file_behind(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="stop"):
        _write_and_stop(tmp_path / "list.csv")
    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with written_whole(tmp_path / "list.csv") as file:
            (draft,) = tmp_path.iterdir()
            assert stat.S_IMODE(draft.stat().st_mode) == 0o600
            file.write(b"whole")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "list.csv").stat().st_mode) == 0o600


def test_a_file_that_all_could_read_becomes_private(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"old")
    path.chmod(0o644)
    with written_whole(path) as file:
        file.write(b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_place_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    with (
        pytest.raises(WorkspaceError, match=r"list\.csv cannot be written: No such file or directory") as caught,
        written_whole(tmp_path / "nowhere" / "list.csv"),
    ):
        pass
    assert caught.value.remedy == "choose a place that you may write"


def test_a_folder_in_its_place_is_told_and_stays(tmp_path: Path) -> None:
    (tmp_path / "list.csv").mkdir()
    with (
        pytest.raises(WorkspaceError, match="is no file that could be written anew"),
        written_whole(tmp_path / "list.csv") as file,
    ):
        file.write(b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]
    assert (tmp_path / "list.csv").is_dir()


def test_a_full_disk_is_told_and_the_old_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"old")
    with pytest.raises(WorkspaceError, match="No space left on device"), written_whole(path):
        raise OSError(28, "No space left on device")
    assert path.read_bytes() == b"old"


def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WorkspaceError, match="is no file"), written_whole(tmp_path / "pipe") as file:
        file.write(b"x")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_link_is_followed_to_the_file_that_it_names(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with written_whole(tmp_path / "link") as file:
        file.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"
