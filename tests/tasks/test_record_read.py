"""Reading what was not read yet, and what is known otherwise since."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tocsin.errors import AskError, WorkspaceError
from tocsin.record import Reading
from tocsin.record.facts import Facts
from tocsin.store.assertions import all_readings, load_reading, save_reading
from tocsin.store.desk import open_desk
from tocsin.store.workspace import Workspace
from tocsin.tasks.record_add import Wishes, add_document
from tocsin.tasks.record_list import list_documents
from tocsin.tasks.record_read import Read, read_documents
from tocsin.tasks.record_review import find, waiting
from tocsin.tasks.workspace import init

NOW = datetime(2021, 7, 22, 8, tzinfo=UTC)
TEXT = "The Government of Norway said yesterday that Russia was behind the attack on the Example Mail Server.\n"


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    made = init(tmp_path / "workspace", label="TLP:AMBER")
    for number in (1, 2):
        _add(made, tmp_path, number)
    return made


def _add(place: Workspace, folder: Path, number: int, facts: Facts | None = None) -> None:
    path = folder / f"{number}.txt"
    path.write_text(f"Statement {number}\n\n{TEXT}", "utf-8")
    add_document(
        place,
        str(path),
        wishes=Wishes(author="A. Officer", facts=facts or Facts()),
        clock=lambda: NOW.replace(hour=number),
    )


def _read(place: Workspace, wanted: str | None = None) -> list[Read]:
    return list(read_documents(place, wanted, clock=lambda: NOW))


def test_every_unread_document_is_read_once(place: Workspace) -> None:
    assert [each.is_new for each in _read(place)] == [True, True]
    assert _read(place) == []
    assert all(entry.mark is not None for entry in list_documents(place))


def test_the_reading_is_kept_as_it_was_made(place: Workspace) -> None:
    (found, _) = _read(place)
    kept = load_reading(open_desk(place.desk_url), found.kept.document.sha256)
    assert kept is not None
    assert found.mark.assertions == len(kept.assertions) > 0
    assert found.mark.counts["attribution"] == 1


def test_one_that_is_asked_for_is_told_again_without_being_read_again(place: Workspace) -> None:
    assert [each.is_new for each in _read(place, "2.txt")] == [True]
    (again,) = _read(place, "2.txt")
    assert not again.is_new
    assert [entry.mark is not None for entry in list_documents(place)] == [False, True]


def test_a_corrected_date_makes_it_unread(place: Workspace, tmp_path: Path) -> None:
    _read(place)
    _add(place, tmp_path, 1, Facts(published=date(2021, 7, 20)))
    (again,) = _read(place)
    assert again.is_new
    assert len(all_readings(open_desk(place.desk_url), again.kept.document.sha256)) == 2


def test_a_newer_reader_reads_all_anew(place: Workspace) -> None:
    desk = open_desk(place.desk_url)
    for entry in list_documents(place):
        old = Reading(document=entry.kept.document.sha256, reader="of old", segments=(), assertions=())
        save_reading(desk, old, basis="", now=NOW)
    assert [each.is_new for each in _read(place)] == [True, True]


def test_progress_tells_how_many_of_how_many(place: Workspace) -> None:
    told: list[tuple[int, int]] = []
    list(read_documents(place, clock=lambda: NOW, progress=lambda done, of: told.append((done, of))))
    assert told == [(1, 2), (2, 2)]


def test_a_document_that_is_not_there(place: Workspace) -> None:
    with pytest.raises(AskError, match="no document 'nothing'"):
        _read(place, "nothing")


def test_a_text_that_was_changed_is_not_read(place: Workspace) -> None:
    for path in place.documents.glob("*.txt"):
        path.write_text("Somebody else was behind it.", "utf-8")
    with pytest.raises(WorkspaceError, match="was changed"):
        _read(place)


def test_several_who_add_read_and_review_at_once_lose_nothing_and_do_nothing_twice(tmp_path: Path) -> None:
    place = init(tmp_path / "w", label="TLP:AMBER")
    paths = []
    for number in range(3):
        paths.append(tmp_path / f"{number}.txt")
        text = f"The Government of Norway said that Russia was behind the attack on Example Mail {number}."
        paths[-1].write_text(text, "utf-8")

    def at_once(*commands: tuple[object, ...]) -> list[int]:
        words = [
            [sys.executable, "-m", "tocsin", "record", *map(str, each), "-w", str(place.root)] for each in commands
        ]
        begun = [subprocess.Popen(each, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for each in words]
        return sorted(process.wait() for process in begun)

    assert at_once(*[("add", *paths, "--author", "A. Officer")] * 3) == [0, 0, 0]
    entries = list_documents(place)
    assert [len(entry.kept.arrivals) for entry in entries] == [1, 1, 1]
    assert at_once(*[("read",)] * 3) == [0, 0, 0]
    desk = open_desk(place.desk_url)
    assert [len(all_readings(desk, entry.kept.document.sha256)) for entry in entries] == [1, 1, 1]
    card = waiting(place)[0]
    accept = ("review", "--accept", card.item.assertion.id, "--as")
    at_once((*accept, "A. Example"), (*accept, "a. example"), (*accept, "B. Example"))
    found = find(place, card.item.assertion.id).item
    assert len(found.agreed) == 2
