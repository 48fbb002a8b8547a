"""Readings as they are kept: the newest counts, the older stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from sqlalchemy.engine import Engine
from tests.record.arbitrary import anything

from tocsin.errors import WorkspaceError
from tocsin.record import Assertion, Event, Reading, Span
from tocsin.record.opening import open_document
from tocsin.store.assertions import all_readings, load_reading, load_readings, reading_marks, save_reading
from tocsin.store.documents import Source, save_document
from tocsin.store.schema import readings

NOW = datetime(2021, 7, 22, 8, tzinfo=UTC)
BASIS = "cd" * 32


@pytest.fixture
def sha256(desk: Engine, tmp_path: Path) -> str:
    return _document(desk, tmp_path, b"A first text.")


def _document(desk: Engine, folder: Path, content: bytes) -> str:
    document = open_document(content, source="a.txt").document
    save_document(desk, folder, document, content, source=Source(name="a.txt"), author="A. Officer", now=NOW)
    return document.sha256


def _reading(sha256: str, *, reader: str = "1", events: int = 1) -> Reading:
    found = tuple(
        Assertion(id=f"e{number}", document=sha256, span=Span(0, 1), rule="x", body=Event(what=Span(0, 1)))
        for number in range(events)
    )
    return Reading(document=sha256, reader=reader, segments=(), assertions=found)


def test_before_it_was_read_there_is_nothing(desk: Engine, sha256: str) -> None:
    assert load_reading(desk, sha256) is None
    assert load_readings(desk) == all_readings(desk, sha256) == []
    assert reading_marks(desk) == {}


def test_the_mark_counts_without_loading(desk: Engine, sha256: str) -> None:
    assert save_reading(desk, _reading(sha256, events=3), basis=BASIS, now=NOW)
    mark = reading_marks(desk)[sha256]
    assert (mark.reader, mark.basis, mark.counts, mark.assertions) == ("1", BASIS, {"event": 3}, 3)


def test_the_same_reader_on_the_same_basis_changes_nothing(desk: Engine, sha256: str) -> None:
    assert save_reading(desk, _reading(sha256), basis=BASIS, now=NOW)
    assert not save_reading(desk, _reading(sha256, events=2), basis=BASIS, now=NOW)
    assert load_reading(desk, sha256) == _reading(sha256)


def test_the_newest_counts_and_the_older_stay(desk: Engine, sha256: str) -> None:
    for reader, basis in (("1", BASIS), ("2", BASIS), ("2", "ef" * 32), ("2", BASIS)):
        assert save_reading(desk, _reading(sha256, reader=reader), basis=basis, now=NOW)
    assert [reading.reader for reading in all_readings(desk, sha256)] == ["1", "2", "2", "2"]
    assert reading_marks(desk)[sha256].basis == BASIS
    assert load_readings(desk) == [_reading(sha256, reader="2")]


def test_readings_come_in_the_order_of_the_documents(desk: Engine, sha256: str, tmp_path: Path) -> None:
    later = _document(desk, tmp_path, b"A second text.")
    for each in (later, sha256):
        save_reading(desk, _reading(each), basis=BASIS, now=NOW)
    assert {reading.document for reading in load_readings(desk)} == {sha256, later}
    assert [reading.document for reading in load_readings(desk, [later])] == [later]
    assert load_readings(desk, []) == []


def test_two_at_once_make_one_reading(desk: Engine, sha256: str) -> None:
    done: list[bool] = []
    threads = [
        Thread(target=lambda: done.append(save_reading(desk, _reading(sha256), basis=BASIS, now=NOW))) for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False] * 4 + [True]
    assert len(all_readings(desk, sha256)) == 1


def test_a_reading_of_no_document_is_a_fault(desk: Engine) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        save_reading(desk, _reading("ab" * 32), basis=BASIS, now=NOW)


def test_a_damaged_reading_is_told(desk: Engine, sha256: str) -> None:
    save_reading(desk, _reading(sha256), basis=BASIS, now=NOW)
    for content in ("{", '{"type": "Reading", "surely": 1}'):
        with desk.begin() as connection:
            connection.execute(sa.update(readings).values(content=content))
        with pytest.raises(WorkspaceError, match="is damaged, or of a newer tocsin"):
            load_reading(desk, sha256)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reading=anything(Reading))
def test_any_reading_comes_back_as_it_was(desk: Engine, sha256: str, reading: Reading) -> None:
    number = len(all_readings(desk, sha256))
    reading = replace(reading, document=sha256, reader=str(number))
    assert save_reading(desk, reading, basis=BASIS, now=NOW)
    assert load_reading(desk, sha256) == reading
