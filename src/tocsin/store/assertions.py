"""Readings as they are kept: another for each version of the reader, and when what is known of the document changes.

Append-only; the newest of a document counts. What was read before stays, so that a review of an older reading can
still be understood.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.errors import WorkspaceError
from tocsin.record import Reading
from tocsin.record.codec import from_json, to_json
from tocsin.store.clock import instant_text
from tocsin.store.schema import documents, readings


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """That a document was read: by which reader, on what basis, when, and how many assertions of each kind it found."""

    document: str
    number: int
    reader: str
    basis: str
    read_at: str
    counts: Mapping[str, int]

    @property
    def assertions(self) -> int:
        return sum(self.counts.values())


def save_reading(desk: Engine, reading: Reading, *, basis: str, now: datetime) -> bool:
    """Adds the reading; false when the newest is of the same reader on the same basis (``documents.facts_hash``)."""
    newest = _mark(desk, reading.document)
    if newest is not None and (newest.reader, newest.basis) == (reading.reader, basis):
        return False
    counts = Counter(assertion.kind for assertion in reading.assertions)
    row = {
        "document": reading.document,
        "number": newest.number + 1 if newest else 1,
        "reader": reading.reader,
        "basis": basis,
        "read_at": instant_text(now),
        "counts": json.dumps(dict(sorted(counts.items()))),
        "content": json.dumps(to_json(reading, is_brief=True), separators=(",", ":")),
    }
    try:
        with desk.begin() as connection:
            connection.execute(sa.insert(readings).values(**row))
    except sa.exc.IntegrityError:
        if _mark(desk, reading.document) == newest:
            raise
        # Somebody else has just added one of this number.
        return save_reading(desk, reading, basis=basis, now=now)
    return True


def load_reading(desk: Engine, document: str) -> Reading | None:
    """The newest reading of the document of that sha256."""
    found = load_readings(desk, [document])
    return found[0] if found else None


def load_readings(desk: Engine, wanted: Sequence[str] | None = None) -> list[Reading]:
    """The newest reading of each document (of those ``wanted``), in the order in which the documents were added."""
    query = _newest(sa.select(readings.c.document, readings.c.content))
    if wanted is not None:
        query = query.where(readings.c.document.in_(list(wanted)))
    with desk.connect() as connection:
        return [_reading(row.document, row.content) for row in connection.execute(query)]


def all_readings(desk: Engine, document: str) -> list[Reading]:
    """Every reading of the document of that sha256, oldest first."""
    query = sa.select(readings.c.content).where(readings.c.document == document).order_by(readings.c.number)
    with desk.connect() as connection:
        return [_reading(document, content) for content in connection.scalars(query)]


def reading_marks(desk: Engine, document: str | None = None) -> Mapping[str, Mark]:
    """Of each document that was read, or this one, the mark of its newest reading; what was read is not loaded."""
    columns = (
        readings.c.document,
        readings.c.number,
        readings.c.reader,
        readings.c.basis,
        readings.c.read_at,
        readings.c.counts,
    )
    query = _newest(sa.select(*columns))
    if document is not None:
        query = query.where(readings.c.document == document)
    with desk.connect() as connection:
        rows = connection.execute(query).mappings()
        return {row["document"]: Mark(**{**row, "counts": json.loads(row["counts"])}) for row in rows}


def _mark(desk: Engine, document: str) -> Mark | None:
    return reading_marks(desk, document).get(document)


def _newest(query: sa.Select[tuple[object, ...]]) -> sa.Select[tuple[object, ...]]:
    later = readings.alias()
    newer = sa.exists().where(later.c.document == readings.c.document, later.c.number > readings.c.number)
    return query.join(documents).where(~newer).order_by(documents.c.added_at, documents.c.sha256)


def _reading(document: str, content: str) -> Reading:
    try:
        return from_json(json.loads(content), Reading)
    except ValueError as fault:
        raise WorkspaceError(
            f"a reading of {document[:12]} is damaged, or of a newer tocsin: {fault}",
            remedy="restore the desk from a copy, or install the tocsin that wrote it",
        ) from fault
