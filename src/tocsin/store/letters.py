"""Letters that came in: kept once, with what they mean for notices and contacts, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.notices.incoming import Letter, LetterKind
from tocsin.notices.state import LEFT
from tocsin.notices.threads import Posted, Thread
from tocsin.store.audit import hold
from tocsin.store.clock import instant_text
from tocsin.store.contacts import FORGOTTEN, add_note
from tocsin.store.notices import append_event
from tocsin.store.outbox import PROGRAM
from tocsin.store.schema import constituents, contact_notes, letters_in, notice_events, notices

MOST_OF_A_KIND = 20
"""About one notice; the rest of a storm is counted only."""
_DOUBTED = "NOT BELIEVED: "
MOST_OF_NONE = 2_000
"""About no notice that is known, by one collecting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A letter with what was made of it; ``id`` is the sha256 of the message."""

    id: str
    letter: Letter
    thread: Thread
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CameIn:
    """A letter that is kept; ``notice`` and ``constituent`` are ``None`` where it is about no notice that is known.

    ``is_person``: the constituent is no organisation.
    """

    received_at: str
    kind: str
    notice: str | None
    constituent: str | None
    is_person: bool
    sender: str
    subject: str
    summary: str

    @property
    def is_believed(self) -> bool:
        return not self.summary.startswith(_DOUBTED)


@dataclass(slots=True)
class Kept:
    """How many letters of each kind were new, were here before, and were only counted."""

    new: Counter[str]
    before: int = 0
    counted_only: int = 0
    doubtful: int = 0
    set_aside: int = 0


def posted_by(desk: Engine, message_ids: Collection[str], numbers: Collection[str]) -> list[Posted]:
    """The notices that a letter may be about."""
    if not message_ids and not numbers:
        return []
    left = (
        sa.select(sa.literal(1))
        .where(notice_events.c.notice == notices.c.number, notice_events.c.what.in_(sorted(LEFT)))
        .exists()
    )
    query = sa.select(notices.c.number, notices.c.message_id, notices.c.address, notices.c.contact, left.label("left"))
    query = query.where(notices.c.message_id.in_(message_ids) | notices.c.number.in_(numbers))
    query = query.where(notices.c.contact != FORGOTTEN)
    with desk.connect() as connection:
        return [
            Posted(
                number=row.number,
                message_id=row.message_id,
                address=row.address,
                contact=row.contact,
                has_left=bool(row.left),
            )
            for row in connection.execute(query)
        ]


def keep_letters(desk: Engine, filed: Sequence[Filed], *, of_none: int, now: datetime) -> Kept:
    """Keeps what is new; ``of_none`` is how many about no notice this collecting has kept before."""
    kept = Kept(new=Counter())
    with desk.begin() as connection:
        hold(connection)
        query = sa.select(letters_in.c.id).where(letters_in.c.id.in_({each.id for each in filed}))
        there = set(connection.scalars(query))
        for each in filed:
            if each.id in there:
                kept.before += 1
            elif _is_storm(connection, each, of_none + kept.new[""]):
                kept.counted_only += 1
            else:
                there.add(each.id)
                _keep(connection, each, kept, now)
    return kept


def letters_about(desk: Engine, number: str | None) -> list[dict[str, str]]:
    """Letters about one notice, or about none that is known, oldest first."""
    names = ("kind", "sender", "subject", "summary", "received_at")
    query = sa.select(*(letters_in.c[name] for name in names)).where(letters_in.c.notice.is_not_distinct_from(number))
    with desk.connect() as connection:
        rows = connection.execute(query.order_by(letters_in.c.received_at, letters_in.c.id))
        return [dict(zip(names, row, strict=True)) for row in rows]


def newest_letters(desk: Engine, *, limit: int, kind: str | None = None) -> list[CameIn]:
    """The newest letters, the newest first, each with the constituent that it is about, where it is about one."""
    columns = (letters_in.c[name] for name in ("received_at", "kind", "notice", "sender", "subject", "summary"))
    person = sa.exists().where(constituents.c.id == notices.c.constituent, constituents.c.kind == "person")
    query = sa.select(*columns, notices.c.constituent, person.label("is_person"))
    query = query.join(notices, notices.c.number == letters_in.c.notice, isouter=True)
    if kind is not None:
        query = query.where(letters_in.c.kind == kind)
    with desk.connect() as connection:
        rows = connection.execute(query.order_by(letters_in.c.received_at.desc(), letters_in.c.id).limit(limit))
        return [CameIn(**{**row._mapping, "is_person": bool(row.is_person)}) for row in rows]


def _is_storm(connection: Connection, each: Filed, of_none: int) -> bool:
    if each.thread.number is None:
        return of_none >= MOST_OF_NONE
    same = sa.select(sa.func.count()).where(
        letters_in.c.notice == each.thread.number, letters_in.c.kind == str(each.letter.kind)
    )
    return (connection.scalar(same) or 0) >= MOST_OF_A_KIND


def _keep(connection: Connection, each: Filed, kept: Kept, now: datetime) -> None:
    letter, thread = each.letter, each.thread
    cut = " (cut: the letter is longer)" if letter.is_cut else ""
    doubt = f"{_DOUBTED}{thread.doubt}. " if thread.doubt else ""
    connection.execute(
        sa.insert(letters_in).values(
            id=each.id,
            notice=thread.number,
            kind=str(letter.kind),
            sender=_storable(letter.sender),
            subject=_storable(letter.subject),
            summary=_storable(f"{doubt}{letter.summary}{cut}"),
            received_at=instant_text(each.received_at),
            collected_at=instant_text(now),
        )
    )
    kept.new[str(letter.kind)] += 1
    kept.new[""] += thread.number is None
    kept.doubtful += bool(thread.doubt)
    if thread.event and thread.number is not None and _is_news(connection, thread):
        append_event(connection, thread.number, thread.event, _storable(thread.detail), PROGRAM, now)
        if letter.kind is LetterKind.BOUNCE:
            kept.set_aside += _set_aside(connection, each, now)


def _is_news(connection: Connection, thread: Thread) -> bool:
    """A notice bounces once until it is queued anew; every reply counts."""
    if thread.event != "bounced":
        return True
    query = sa.select(notice_events.c.what).where(
        notice_events.c.notice == thread.number, notice_events.c.what.in_(("bounced", "queued"))
    )
    return connection.scalars(query.order_by(notice_events.c.id.desc()).limit(1)).first() != "bounced"


def _set_aside(connection: Connection, each: Filed, now: datetime) -> bool:
    """Sets the contact aside whose address bounced, so that the next one is planned; false where it is already."""
    contact, number = str(each.thread.contact), each.thread.number
    reason = _storable(f"mail to it bounced (notice {number}): {each.letter.summary}"[:500])
    newest = sa.select(contact_notes.c.what).where(contact_notes.c.contact == contact)
    if connection.scalars(newest.order_by(contact_notes.c.id.desc()).limit(1)).first() == "set_aside":
        return False
    add_note(connection, contact, "set_aside", reason=reason, author=PROGRAM, now=now)
    return True


def _storable(text: str) -> str:
    """Without what a database cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
