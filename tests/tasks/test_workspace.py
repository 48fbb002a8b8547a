"""A new workspace is whole, private and ready; otherwise nothing is made."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from tests.tasks.conftest import NOW

from tocsin.errors import AskError, WorkspaceError
from tocsin.labels import Label
from tocsin.store.desk import open_desk
from tocsin.store.ledger import entries
from tocsin.store.workspace import find_workspace
from tocsin.tasks.intakes import list_batches
from tocsin.tasks.workspace import init, note_release


def test_a_new_workspace_is_ready_and_empty(tmp_path: Path) -> None:
    made = init(tmp_path / "w", label="TLP:AMBER")
    assert find_workspace(tmp_path / "w") == made
    assert list_batches(made) == []


def test_everything_in_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    root = init(tmp_path / "w", label="TLP:AMBER").root
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [root, *root.iterdir()]}
    assert modes == {"w": 0o700, "lake": 0o700, "packs": 0o700, "tocsin.toml": 0o600, "desk.sqlite": 0o600}


def test_it_carries_the_label_asked_for(tmp_path: Path) -> None:
    assert init(tmp_path / "w", label="amber+strict").label is Label.AMBER_STRICT


def test_an_unknown_label_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(AskError, match="'TLP:PUCE' is no TLP label; one of TLP:CLEAR") as caught:
        init(tmp_path / "w", label="TLP:PUCE")
    assert "--label" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_is_not_made_over_another(tmp_path: Path) -> None:
    init(tmp_path / "w", label="TLP:AMBER")
    with pytest.raises(WorkspaceError, match="is a workspace already"):
        init(tmp_path / "w", label="TLP:CLEAR")
    assert find_workspace(tmp_path / "w").label is Label.AMBER


def test_a_place_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="ascii")
    with pytest.raises(WorkspaceError, match="cannot be made: Not a directory") as caught:
        init(tmp_path / "file" / "w", label="TLP:AMBER")
    assert caught.value.remedy == "choose a folder that you may write"


def test_a_release_below_the_label_is_noted_with_both_labels_and_the_command(tmp_path: Path) -> None:
    made = init(tmp_path / "w", label="TLP:AMBER")
    note_release(made, Label.GREEN, command="census example --label TLP:GREEN", now=NOW)
    with open_desk(made.desk_url).connect() as connection:
        (entry,) = entries(connection)
    told = "TLP:GREEN below TLP:AMBER: census example --label TLP:GREEN"
    assert entry == ("2021-04-01T09:00:00.000000+00:00", "label", told)
