"""What was declared of a source, and what of it counted when; on every kind of desk."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy.engine import Engine

from tocsin.store.notes import all_notes, notes_in_force, save_note, withdraw_note


def _at(hour: int) -> datetime:
    return datetime(2021, 3, 20, hour, tzinfo=UTC)


def _save(desk: Engine, *, source: str = "scan", day: int = 8, hour: int = 8) -> int:
    return save_note(desk, source=source, on=date(2021, 3, day), text="x", author="A. Officer", now=_at(hour))


def test_an_empty_desk_has_none(desk: Engine) -> None:
    assert all_notes(desk) == notes_in_force(desk, known_at=None) == []


def test_notes_are_listed_as_they_were_made_and_in_force_by_day(desk: Engine) -> None:
    late, early = _save(desk, day=9), _save(desk, day=3)
    assert [note.id for note in all_notes(desk)] == [late, early]
    assert [note.id for note in notes_in_force(desk, known_at=None)] == [early, late]


def test_a_note_counts_from_the_moment_at_which_it_was_made(desk: Engine) -> None:
    number = _save(desk, hour=8)
    assert notes_in_force(desk, known_at=_at(7)) == []
    assert [note.id for note in notes_in_force(desk, known_at=_at(8))] == [number]


def test_a_withdrawn_note_counted_until_then(desk: Engine) -> None:
    number = _save(desk, hour=8)
    assert withdraw_note(desk, number, by="B. Officer", now=_at(10))
    assert notes_in_force(desk, known_at=None) == notes_in_force(desk, known_at=_at(10)) == []
    assert [note.id for note in notes_in_force(desk, known_at=_at(9))] == [number]
    assert [(note.withdrawn_by, note.withdrawn_at is None) for note in all_notes(desk)] == [("B. Officer", False)]


def test_a_note_is_withdrawn_once(desk: Engine) -> None:
    number = _save(desk)
    assert withdraw_note(desk, number, by="B. Officer", now=_at(10))
    assert not withdraw_note(desk, number, by="C. Officer", now=_at(11))
    assert not withdraw_note(desk, number + 1, by="C. Officer", now=_at(11))
    assert all_notes(desk)[0].withdrawn_by == "B. Officer"


def test_foreign_text_is_kept_as_it_is(desk: Engine) -> None:
    text = "'; drop table source_notes; -- \u202e=cmd"
    save_note(desk, source=text, on=date(2021, 3, 8), text=text, author=text, now=_at(8))
    (note,) = all_notes(desk)
    assert (note.source, note.text, note.author) == (text, text, text)
