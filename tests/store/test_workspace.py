"""The folder that holds a list of targets."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tocsin.errors import WorkspaceError
from tocsin.labels import Label
from tocsin.store.workspace import create_workspace, find_workspace, read_workspace


def test_a_new_workspace_is_for_its_owner_alone(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w", Label.AMBER)
    assert stat.S_IMODE(workspace.root.stat().st_mode) == 0o700
    assert stat.S_IMODE((workspace.root / "tocsin.toml").stat().st_mode) == 0o600
    assert workspace.label is Label.AMBER
    assert workspace.cases is None


def test_it_is_found_from_a_folder_below(tmp_path: Path) -> None:
    root = create_workspace(tmp_path / "w", Label.RED).root
    (root / "reports" / "march").mkdir(parents=True)
    assert find_workspace(root / "reports" / "march").root == root


def test_outside_of_one_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="tocsin init"):
        find_workspace(tmp_path)


def test_a_second_one_is_not_made_over_the_first(tmp_path: Path) -> None:
    create_workspace(tmp_path / "w", Label.AMBER)
    with pytest.raises(WorkspaceError, match="a workspace already"):
        create_workspace(tmp_path / "w", Label.AMBER)


def test_a_folder_with_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="ascii")
    with pytest.raises(WorkspaceError, match="is not empty"):
        create_workspace(tmp_path, Label.AMBER)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ('format = 99\nlabel = "TLP:RED"', "format 99"),
        ('label = "TLP:RED"', "'format' is missing"),
        ('format = 1\nlabel = "TLP:PUCE"', "no TLP label"),
        ('format = 1\nlabel = "TLP:RED"\nlable = 1', "did you mean label"),
        ("format = ", "not a TOML file"),
        ('format = 1\nlabel = "TLP:RED"\ncases = "one"', "'cases' a list of texts"),
    ],
)
def test_bad_settings_are_told(tmp_path: Path, settings: str, says: str) -> None:
    root = create_workspace(tmp_path / "w", Label.AMBER).root
    (root / "tocsin.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=says):
        read_workspace(root)


def test_settings_choose_desk_and_cases(tmp_path: Path) -> None:
    root = create_workspace(tmp_path / "w", Label.AMBER).root
    (root / "tocsin.toml").write_text(
        'format = 1\nlabel = "TLP:GREEN"\ndesk = "postgresql+psycopg://desk.example/tocsin"\ncases = ["one"]',
        encoding="utf-8",
    )
    workspace = read_workspace(root)
    assert (workspace.desk_url, workspace.cases) == ("postgresql+psycopg://desk.example/tocsin", ("one",))


def test_a_name_that_the_lake_cannot_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="% in its name"):
        create_workspace(tmp_path / "w%20x", Label.AMBER)
