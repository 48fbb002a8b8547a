"""The audit log: every plan, approval, send and change in order, each row holding the digest of the one before.

A row that is changed, taken out or put in between breaks the chain from there on. Rows cut off the end, or a chain
written anew as a whole, show only beside a digest kept elsewhere: ``Verified.head`` is what to keep.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.store.clock import instant_text
from tocsin.store.schema import audit

NOTHING_BEFORE = "0" * 64
_LOCK = 0x70C51
"""PostgreSQL's number for "somebody writes the audit log"; any number that nothing else in the database uses."""
_FIELDS = ("number", "at", "author", "what", "subject", "detail")
_BLOCK = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the log; ``detail`` is JSON text."""

    number: int
    at: str
    author: str
    what: str
    subject: str
    detail: str
    previous: str
    digest: str

    def as_json(self) -> dict[str, object]:
        names = ("number", "at", "author", "what", "subject", "digest")
        return {name: getattr(self, name) for name in names} | {"detail": _opened(self.detail)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """``rows`` hold; ``broken`` numbers the first that does not, with ``why``; ``head`` is ``number:digest``."""

    rows: int
    head: str
    broken: int | None = None
    why: str = ""


def hold(connection: Connection) -> None:
    """Until this transaction ends nobody else writes the log, on any machine. ``note`` does it too.

    Call it first where what is decided must not change before it is written. On SQLite no statement that reads may come
    before it in the transaction.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    else:  # a statement that changes nothing takes SQLite's one lock for writing
        connection.execute(sa.update(audit).where(audit.c.number < 0).values(what=audit.c.what))


def note(
    connection: Connection, author: str, what: str, subject: str, detail: Mapping[str, object], now: datetime
) -> None:
    """Appends a row in the transaction of ``connection``, so that what it tells of and the row come together or not."""
    hold(connection)
    newest = sa.select(audit.c.number, audit.c.digest).order_by(audit.c.number.desc()).limit(1)
    last = connection.execute(newest).one_or_none()
    row: dict[str, object] = {
        "number": last.number + 1 if last else 1,
        "at": instant_text(now),
        "author": author,
        "what": what,
        "subject": subject,
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str),
    }
    previous = last.digest if last else NOTHING_BEFORE
    connection.execute(sa.insert(audit).values(**row, previous=previous, digest=_digest(previous, row)))


def verify(desk: Engine, *, kept: str | None = None) -> Verified:
    """Whether every row is as it was written. ``kept`` is a ``head`` of earlier, which must still be in the chain.

    Raises ``ValueError`` when ``kept`` is no ``number:digest``.
    """
    number, _, digest = (kept or "0:").partition(":")
    if kept is not None and not (number.isdecimal() and len(digest) == 64):
        raise ValueError(f"{kept!r} is no number and digest")
    previous, rows = NOTHING_BEFORE, 0
    for entry in _entries(desk):
        fault = _fault(entry, rows, previous)
        if not fault and kept is not None and entry.number == int(number) and entry.digest != digest:
            fault = "it is not the row that was there when its digest was kept"
        if fault:
            return Verified(rows=rows, head=f"{rows}:{previous}", broken=rows + 1, why=fault)
        previous, rows = entry.digest, rows + 1
    if rows < int(number):
        return Verified(rows=rows, head=f"{rows}:{previous}", broken=rows + 1, why=f"rows up to {number} are missing")
    return Verified(rows=rows, head=f"{rows}:{previous}")


def list_entries(
    desk: Engine, *, subject: str | None = None, what: str | None = None, newest: int | None = None
) -> list[Entry]:
    """The rows, oldest first: all, those about one subject, of one kind, or the ``newest`` so many of these."""
    query = sa.select(audit).order_by(audit.c.number.desc())
    if subject is not None:
        query = query.where(audit.c.subject == subject)
    if what is not None:
        query = query.where(audit.c.what == what)
    if newest is not None:
        query = query.limit(newest)
    with desk.connect() as connection:
        return [Entry(**row._mapping) for row in connection.execute(query)][::-1]


def _entries(desk: Engine) -> Iterator[Entry]:
    """Every row in order, a block at a time: a log has no upper bound."""
    last = None
    with desk.connect() as connection:
        while True:
            query = sa.select(audit).order_by(audit.c.number).limit(_BLOCK)
            if last is not None:
                query = query.where(audit.c.number > last)
            block = connection.execute(query).all()
            yield from (Entry(**row._mapping) for row in block)
            if len(block) < _BLOCK:
                return
            last = block[-1].number


def _fault(entry: Entry, rows: int, previous: str) -> str:
    if entry.number != rows + 1:
        return f"it is missing; the next one is {entry.number}"
    if entry.previous != previous:
        return "it does not follow from the row before"
    if entry.digest != _digest(previous, {name: getattr(entry, name) for name in _FIELDS}):
        return "it is not as it was written"
    return ""


def _digest(previous: str, row: Mapping[str, object]) -> str:
    canonical = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(previous.encode() + canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _opened(text: str) -> object:
    """What the JSON holds; the text itself where a tampering hand left none."""
    try:
        found: object = json.loads(text)
    except ValueError:
        return text
    return found
