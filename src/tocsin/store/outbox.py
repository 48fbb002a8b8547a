"""The outbox: the queue of notices to send, with leases, so that none is lost and none goes twice.

A notice is ``waiting``, ``leased`` to a sender, ``handing`` from before its last byte leaves until the answer is kept,
and then ``done``, ``failed`` or, where the answer never came, ``uncertain`` until a person settles it. Only ``waiting``
and ``leased`` ones whose lease has run out are ever taken; ``handing`` is on the disk before anything leaves. Every
write holds the audit log first, so that two senders never decide at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.notices.delivery import Outcome, Receipt
from tocsin.notices.pace import MINUTE, Gone, Pace, gone_since, room_for, room_in_all
from tocsin.store._outbox_rows import cancelled, change, set_aside, suppressed
from tocsin.store.audit import hold, note
from tocsin.store.clock import instant_text, parse_instant
from tocsin.store.contacts import FORGOTTEN
from tocsin.store.notices import append_event, append_events
from tocsin.store.schema import notices, outbox

LEASE = timedelta(minutes=2)
HANDING = timedelta(minutes=30)
"""Longer than any wait for an answer after the last dot: RFC 5321 asks for ten minutes (section 4.5.3.2.6)."""
PROGRAM = "tocsin"
_ROUNDS = 8
_IN_HAND = ("leased", "handing")
_Row = sa.Row[str, str, str, int, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A notice that this sender has for now; ``attempts`` is how often it was tried before."""

    number: str
    address: str
    message_id: str
    attempts: int
    deadline: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of a try; ``next_at`` is when to try again, ``None`` for never (by the deadline)."""

    number: str
    receipt: Receipt
    next_at: datetime | None = None


def enqueue(desk: Engine, plan: str, *, deadline: timedelta, author: str, now: datetime) -> int:
    """Puts the mail of a plan into the queue, once; how many were new.

    A notice may be tried until ``deadline`` after the moment from which it may go.
    """
    with desk.begin() as connection:
        hold(connection)
        there = sa.select(outbox.c.notice)
        query = sa.select(notices.c.number, notices.c.address, notices.c.not_before).where(
            notices.c.plan == plan,
            notices.c.channel == "mail",
            notices.c.number.not_in(there),
            notices.c.contact != FORGOTTEN,
        )
        rows = []
        for number, address, not_before in connection.execute(query):
            begins = max(parse_instant(not_before), now)
            rows.append(
                {
                    "notice": number,
                    "state": "waiting",
                    "attempts": 0,
                    "next_at": instant_text(begins),
                    "deadline": instant_text(begins + deadline),
                    "domain": address.rpartition("@")[2].lower()[:255],
                    "changed_at": instant_text(now),
                }
            )
        if rows:
            connection.execute(sa.insert(outbox), rows)
            append_events(connection, [str(row["notice"]) for row in rows], "queued", "", author, now)
            note(connection, author, "queued", f"plan:{plan}", {"notices": len(rows)}, now)
        return len(rows)


def take(
    desk: Engine,
    plan: str,
    *,
    lease: str,
    limit: int,
    pace: Pace,
    now: datetime,
    without: Collection[str] = (),
) -> list[Taken]:
    """Leases up to ``limit`` notices that are due, as many as the pace leaves room for, over all senders.

    What was suppressed or cancelled since the plan was made is ended here instead of taken.
    """
    with desk.begin() as connection:
        hold(connection)
        gone = _gone(connection, now)
        room = min(limit, room_in_all(pace, gone))
        found: list[_Row] = []
        full, left = set[str](), dict[str, int]()
        for _ in range(_ROUNDS):
            if len(found) >= room:
                break
            rows = _due(connection, plan, full, {*without, *(row.number for row in found)}, 4 * room, now)
            if not rows:
                break
            for row in rows:
                left.setdefault(row.domain, room_for(pace, gone, row.domain))
                if len(found) < room and left[row.domain] > 0:
                    left[row.domain] -= 1
                    found.append(row)
                elif left[row.domain] <= 0:
                    full.add(row.domain)
        stopped = _end_stopped(connection, found, now)
        kept = [row for row in found if row.number not in stopped]
        leases = {"state": "leased", "lease": lease, "leased_until": instant_text(now + LEASE)}
        change(connection, [row.number for row in kept], now=now, **leases)
        return [
            Taken(
                number=row.number,
                address=row.address,
                message_id=row.message_id,
                attempts=row.attempts,
                deadline=parse_instant(row.deadline),
            )
            for row in kept
        ]


def begin_handing(desk: Engine, numbers: Sequence[str], *, lease: str, now: datetime) -> set[str]:
    """Notes, durably, that the last byte of these may leave; those of them that are still leased to us."""
    with desk.begin() as connection:
        hold(connection)
        ours = (outbox.c.state == "leased", outbox.c.lease == lease, outbox.c.leased_until > instant_text(now))
        until = instant_text(now + HANDING)
        return set(
            change(connection, numbers, *ours, now=now, state="handing", leased_until=until, next_at=instant_text(now))
        )


def keep(desk: Engine, tried: Sequence[Tried], *, lease: str, accepted_as: str, now: datetime) -> None:
    """Keeps what came of tries: state, event and audit of all of them in one transaction.

    ``accepted_as`` is the event of what was handed over: ``accepted``, or ``written`` where it went into a folder.
    """
    moment = instant_text(now)
    with desk.begin() as connection:
        hold(connection)
        for each in tried:
            state, what, detail = _what_became(each, accepted_as)
            values: dict[str, object] = {"state": state, "changed_at": moment, "lease": None, "leased_until": None}
            if what:
                values["attempts"] = outbox.c.attempts + 1
                values["next_at"] = instant_text(each.next_at) if state == "waiting" and each.next_at else moment
            ours = (outbox.c.notice == each.number, outbox.c.lease == lease)
            changed = connection.execute(
                sa.update(outbox).where(*ours, outbox.c.state.in_((*_IN_HAND, "uncertain"))).values(values)
            )
            if not what or (changed.rowcount == 0 and each.receipt.outcome is not Outcome.ACCEPTED):
                continue  # another has decided about it since; but that the server took it is never left out
            append_event(connection, each.number, what, detail, PROGRAM, now)
            note(connection, PROGRAM, what, f"notice:{each.number}", {"detail": detail, "lease": lease}, now)


def give_back(desk: Engine, *, lease: str, now: datetime) -> int:
    """Gives back what this sender has leased and not handed over; how many."""
    with desk.begin() as connection:
        hold(connection)
        done = connection.execute(
            sa.update(outbox)
            .where(outbox.c.lease == lease, outbox.c.state == "leased")
            .values(state="waiting", lease=None, leased_until=None, changed_at=instant_text(now))
        )
        return done.rowcount


def _what_became(tried: Tried, accepted_as: str) -> tuple[str, str, str]:
    """State, event (empty: none) and its detail."""
    receipt = tried.receipt
    said = f"{receipt.code} {receipt.text}" if receipt.code is not None else receipt.text
    match receipt.outcome:
        case Outcome.ACCEPTED:
            return "done", accepted_as, said
        case Outcome.PERMANENT:
            return "failed", "refused", said
        case Outcome.UNCERTAIN:
            return "uncertain", "uncertain", said
        case Outcome.TEMPORARY if tried.next_at is None:
            return "failed", "refused", f"the deadline has passed; at last: {said}"
        case Outcome.TEMPORARY:
            return "waiting", "deferred", said
        case Outcome.NO_WAY:
            return "waiting", "", said


def _due(
    connection: Connection, plan: str, full: set[str], without: set[str], limit: int, now: datetime
) -> Sequence[_Row]:
    """The first of what may be taken, without the domains that are full and those found already."""
    moment = instant_text(now)
    may = sa.or_(
        sa.and_(outbox.c.state == "waiting", outbox.c.next_at <= moment),
        sa.and_(outbox.c.state == "leased", outbox.c.leased_until <= moment),
    )
    query = (
        sa.select(
            notices.c.number,
            notices.c.address,
            notices.c.message_id,
            outbox.c.attempts,
            outbox.c.deadline,
            outbox.c.domain,
        )
        .join(notices, notices.c.number == outbox.c.notice)
        .where(may, notices.c.plan == plan)
        .order_by(outbox.c.next_at, outbox.c.notice)
        .limit(limit)
    )
    if full:
        query = query.where(outbox.c.domain.not_in(full))
    if without:
        query = query.where(outbox.c.notice.not_in(without))
    return connection.execute(query).all()


def _gone(connection: Connection, now: datetime) -> Gone:
    """What went in the last minute, by any sender; what is leased counts as going now."""
    since = instant_text(now - MINUTE)
    in_hand = sa.select(outbox.c.domain).where(outbox.c.state == "leased", outbox.c.leased_until > instant_text(now))
    went = sa.select(outbox.c.domain, outbox.c.next_at).where(
        outbox.c.state.in_(("handing", "done", "uncertain", "failed")), outbox.c.next_at > since
    )
    moments = [(domain, now) for domain in connection.scalars(in_hand)]
    moments += [(domain, parse_instant(at)) for domain, at in connection.execute(went)]
    return gone_since(moments, now=now)


def _end_stopped(connection: Connection, rows: Iterable[_Row], now: datetime) -> set[str]:
    """Ends those that may not go any more; their numbers."""
    rows = list(rows)
    why = cancelled(connection, [row.number for row in rows])
    aside = set_aside(connection, [row.number for row in rows])
    for number, reason in {**aside, **suppressed(connection, {row.number: row.address for row in rows})}.items():
        why.setdefault(number, reason)
    for number, reason in why.items():
        change(connection, [number], now=now, state="failed", lease=None, leased_until=None)
        append_event(connection, number, "cancelled", reason, PROGRAM, now)
        note(connection, PROGRAM, "cancelled", f"notice:{number}", {"reason": reason}, now)
    return set(why)
