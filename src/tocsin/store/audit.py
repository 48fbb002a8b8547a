"""The audit log: every plan, approval, send and change in order, each row holding the digest of the one before.

A row that is changed, taken out or put in between breaks the chain from there on. Rows cut off the end, or a chain
written anew as a whole, show beside a digest kept elsewhere (``Verified.head`` is what to keep), or where the desk
knows of something that the log lacks (``lacking``).

The chain is over a seal of each detail, not over its words: a purge can take the words out, and the seal, salted so
that nobody can guess what it sealed, stays. A row without words holds only when a later row says who took them.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.store.clock import instant_text
from tocsin.store.schema import audit, notice_events, plan_events, plans

NOTHING_BEFORE = "0" * 64
_LOCK = 0x70C51
"""PostgreSQL's number for "somebody writes the audit log"; any number that nothing else in the database uses."""
FORGOTTEN = "details forgotten"
_PROGRAM = "tocsin"
_FIELDS = ("number", "at", "author", "what", "subject", "sealed")
_BLOCK, _FEW = 5_000, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the log; ``detail`` is JSON text, and empty, with no ``salt``, where a purge took it out."""

    number: int
    at: str
    author: str
    what: str
    subject: str
    detail: str
    salt: str | None
    sealed: str
    previous: str
    digest: str

    def as_json(self) -> dict[str, object]:
        names = ("number", "at", "author", "what", "subject", "digest")
        detail = "forgotten" if self.salt is None else _opened(self.detail)
        return {name: getattr(self, name) for name in names} | {"detail": detail}


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
    text = json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    salt = secrets.token_hex(16)
    row: dict[str, object] = {
        "number": last.number + 1 if last else 1,
        "at": instant_text(now),
        "author": author,
        "what": what,
        "subject": subject,
        "sealed": _seal(salt, text),
    }
    previous = last.digest if last else NOTHING_BEFORE
    digest = _digest(previous, row)
    connection.execute(sa.insert(audit).values(**row, detail=text, salt=salt, previous=previous, digest=digest))


def forget_details(connection: Connection, subjects: Collection[str], *, author: str, now: datetime) -> int:
    """Takes the words out of every row about ``subjects``, and says so in a new row; how many rows lost theirs."""
    gone = list[int]()
    for block in _blocks(sorted(subjects)):
        about = sa.update(audit).where(audit.c.subject.in_(block), audit.c.salt.is_not(None))
        gone += connection.scalars(about.values(detail="", salt=None).returning(audit.c.number))
    if gone:
        note(connection, author, FORGOTTEN, "audit:purge", {"rows": sorted(gone)}, now)
    return len(gone)


def verify(desk: Engine, *, kept: str | None = None) -> Verified:
    """Whether every row is as it was written. ``kept`` is a ``head`` of earlier, which must still be in the chain.

    Raises ``ValueError`` when ``kept`` is no ``number:digest``.
    """
    number, _, digest = (kept or "0:").partition(":")
    if kept is not None and not (number.isdecimal() and len(digest) == 64):
        raise ValueError(f"{kept!r} is no number and digest")
    previous, rows = NOTHING_BEFORE, 0
    silent = set[int]()
    for entry in _entries(desk):
        fault = _fault(entry, rows, previous)
        if not fault and kept is not None and entry.number == int(number) and entry.digest != digest:
            fault = "it is not the row that was there when its digest was kept"
        if fault:
            return Verified(rows=rows, head=f"{rows}:{previous}", broken=rows + 1, why=fault)
        previous, rows = entry.digest, rows + 1
        if entry.salt is None:
            silent.add(entry.number)
        elif entry.what == FORGOTTEN:
            silent.difference_update(json.loads(entry.detail)["rows"])
    if silent:
        why = "its detail was taken out, and no purge says so"
        return Verified(rows=rows, head=f"{rows}:{previous}", broken=min(silent), why=why)
    if rows < int(number):
        return Verified(rows=rows, head=f"{rows}:{previous}", broken=rows + 1, why=f"rows up to {number} are missing")
    return Verified(rows=rows, head=f"{rows}:{previous}")


def lacking(desk: Engine) -> str:
    """What the desk says was decided or sent and the log has no row of, as a subject; empty when it lacks nothing."""
    sent = ("accepted", "written", "refused", "uncertain")
    with desk.connect() as connection:
        plan = sa.literal("plan:") + plans.c.id
        planned = sa.select(audit.c.subject).where(audit.c.what == "planned")
        found = connection.scalar(sa.select(plan).where(plan.not_in(planned)).limit(1))
        for what in ("approved", "cancelled"):
            subject = sa.literal("plan:") + plan_events.c.plan
            noted = sa.select(audit.c.subject).where(audit.c.what == what)
            query = sa.select(subject).where(plan_events.c.what == what, subject.not_in(noted))
            found = found or connection.scalar(query.limit(1))
        for what in sent:
            subject = sa.literal("notice:") + notice_events.c.notice
            noted = sa.select(audit.c.subject).where(audit.c.what == what)
            ours = (notice_events.c.what == what, notice_events.c.author == _PROGRAM)
            found = found or connection.scalar(sa.select(subject).where(*ours, subject.not_in(noted)).limit(1))
        return str(found or "")


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
    kept = entry.detail == "" if entry.salt is None else entry.sealed == _seal(entry.salt, entry.detail)
    return "" if kept else "it is not as it was written"


def _seal(salt: str, detail: str) -> str:
    return hashlib.sha256(salt.encode() + detail.encode("utf-8", "surrogatepass")).hexdigest()


def _blocks(many: Sequence[str]) -> Iterator[Sequence[str]]:
    """Blocks that every database takes."""
    for start in range(0, len(many), _FEW):
        yield many[start : start + _FEW]


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
