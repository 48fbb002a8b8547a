"""What people declared about a source: from which day on it looked in another way, or elsewhere. Append-only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.store.clock import instant_text
from tocsin.store.schema import source_notes


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """A declared change, as the desk keeps it."""

    id: int
    source: str
    on_day: str
    text: str
    author: str
    created_at: str
    withdrawn_at: str | None
    withdrawn_by: str | None


def save_note(desk: Engine, *, source: str, on: date, text: str, author: str, now: datetime) -> int:
    """Adds a note; gives its number."""
    values = {
        "source": source,
        "on_day": on.isoformat(),
        "text": text,
        "author": author,
        "created_at": instant_text(now),
    }
    with desk.begin() as connection:
        return int(connection.scalars(sa.insert(source_notes).values(**values).returning(source_notes.c.id)).one())


def withdraw_note(desk: Engine, number: int, *, by: str, now: datetime) -> bool:
    """Takes a note back; false when there is none of that number in force."""
    with desk.begin() as connection:
        done = connection.execute(
            sa.update(source_notes)
            .where(source_notes.c.id == number, source_notes.c.withdrawn_at.is_(None))
            .values(withdrawn_at=instant_text(now), withdrawn_by=by)
        )
        return done.rowcount == 1


def all_notes(desk: Engine) -> list[SourceNote]:
    """Every note ever made, oldest first."""
    return _notes(desk, sa.select(source_notes).order_by(source_notes.c.id))


def notes_in_force(desk: Engine, *, known_at: datetime | None) -> list[SourceNote]:
    """The notes that count, by day, as far as ``known_at`` knew of them."""
    query = sa.select(source_notes).order_by(source_notes.c.on_day, source_notes.c.id)
    if known_at is None:
        return _notes(desk, query.where(source_notes.c.withdrawn_at.is_(None)))
    moment = instant_text(known_at)
    withdrawn = source_notes.c.withdrawn_at
    return _notes(desk, query.where(source_notes.c.created_at <= moment, withdrawn.is_(None) | (withdrawn > moment)))


def _notes(desk: Engine, query: sa.Select[tuple[object, ...]]) -> list[SourceNote]:
    with desk.connect() as connection:
        return [SourceNote(**row) for row in connection.execute(query).mappings()]
