"""Finding the document that an officer means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tocsin.errors import AskError
from tocsin.record.facts import Facts
from tocsin.store.desk import open_desk
from tocsin.store.workspace import Workspace
from tocsin.tasks.record_add import Wishes, add_document
from tocsin.tasks.record_list import choose_document, list_documents
from tocsin.tasks.workspace import init

NOW = datetime(2021, 7, 22, 8, tzinfo=UTC)
NAMES = ("debate.txt", "statement.txt", "folder/debate.txt")


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    made = init(tmp_path / "workspace", label="TLP:AMBER")
    (tmp_path / "folder").mkdir()
    for number, name in enumerate(NAMES):
        (tmp_path / name).write_text(f"A text of its own, in {name}.", "utf-8")
        wishes = Wishes(author="A. Officer", facts=Facts())
        add_document(made, str(tmp_path / name), wishes=wishes, clock=lambda n=number: NOW + timedelta(hours=n))  # type: ignore[misc]
    return made


def _chosen(place: Workspace, wanted: str) -> str:
    return choose_document(open_desk(place.desk_url), wanted).document.sha256


def test_the_list_is_in_the_order_of_adding_and_nothing_is_read_yet(place: Workspace) -> None:
    entries = list_documents(place)
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert [entry.kept.document.source for entry in entries] == ["debate.txt", "statement.txt", "debate.txt"]
    assert [entry.mark for entry in entries] == [None] * 3


def test_by_number_beginning_of_the_sha256_or_name(place: Workspace) -> None:
    known = [entry.kept.document.sha256 for entry in list_documents(place)]
    assert [_chosen(place, str(number)) for number in (1, 2, 3)] == known
    assert [_chosen(place, sha256[:12].upper()) for sha256 in known] == known
    assert _chosen(place, "statement.txt") == known[1]


def test_what_could_be_several_is_not_guessed(place: Workspace) -> None:
    with pytest.raises(AskError, match="could be 2 documents"):
        _chosen(place, "debate.txt")


@pytest.mark.parametrize("wanted", ["0", "4", "99999999999999999999", "-1", "", "abc", "²"])
def test_what_is_none_is_told(place: Workspace, wanted: str) -> None:
    with pytest.raises(AskError, match="no document"):
        _chosen(place, wanted)


def test_a_misspelt_name_gets_the_near_one(place: Workspace) -> None:
    with pytest.raises(AskError, match=r"did you mean statement\.txt"):
        _chosen(place, "statment.txt")


def test_in_an_empty_record_there_is_nothing_to_choose(tmp_path: Path) -> None:
    with pytest.raises(AskError) as refused:
        _chosen(init(tmp_path / "empty", label="TLP:AMBER"), "1")
    assert "tocsin record add" in refused.value.remedy
