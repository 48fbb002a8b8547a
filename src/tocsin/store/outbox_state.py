"""What the outbox holds, what a sender that is no more left in it, and what a person says of an uncertain notice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.store._outbox_rows import change
from tocsin.store.audit import hold, note
from tocsin.store.clock import instant_text, parse_instant
from tocsin.store.notices import append_event
from tocsin.store.outbox import PROGRAM
from tocsin.store.schema import notices, outbox

WAYS = ("accepted", "written")
"""The events of what was handed to a server, or written into a folder; a sender's lease begins with its own."""
_OPEN = ("waiting", "leased")


def recover(
    desk: Engine, *, has_taken: Callable[[str], bool | None], accepted_as: str, now: datetime
) -> Mapping[str, str]:
    """Looks at what a sender that is no more was handing over: by number, the state each is in now.

    Where the carrier cannot tell whether it has it, the notice is ``uncertain`` and never repeated by itself; so it is
    where the lease says that it was handed over another way.
    """
    answers = {
        True: ("done", accepted_as, "found where it was to be written"),
        False: ("waiting", "deferred", "its sender ended before it was handed over"),
        None: ("uncertain", "uncertain", "its sender ended while it was handing it over, before the answer was kept"),
    }
    found = dict[str, str]()
    with desk.begin() as connection:
        hold(connection)
        query = sa.select(outbox.c.notice, outbox.c.lease).where(
            outbox.c.state == "handing", outbox.c.leased_until <= instant_text(now)
        )
        for number, lease in connection.execute(query).all():
            is_of_other = any((lease or "").startswith(f"{way}-") for way in WAYS if way != accepted_as)
            state, what, detail = answers[None if is_of_other else has_taken(number)]
            change(connection, [number], now=now, state=state, leased_until=None)
            append_event(connection, number, what, detail, PROGRAM, now)
            note(connection, PROGRAM, what, f"notice:{number}", {"detail": detail}, now)
            found[number] = state
    return found


def call_off(desk: Engine, reasons: Mapping[str, str], *, now: datetime) -> int:
    """Takes notices out of the queue that have not left, each for its reason; how many."""
    done = 0
    with desk.begin() as connection:
        hold(connection)
        for number, reason in reasons.items():
            ended = {"state": "failed", "lease": None, "leased_until": None}
            if change(connection, [number], outbox.c.state.in_(_OPEN), now=now, **ended):
                append_event(connection, number, "cancelled", reason, PROGRAM, now)
                note(connection, PROGRAM, "cancelled", f"notice:{number}", {"reason": reason}, now)
                done += 1
    return done


def settle(
    desk: Engine, number: str, *, was_sent: bool, reason: str, author: str, deadline: timedelta, now: datetime
) -> bool:
    """A person says what became of an uncertain notice; false when it is none that waits for a person.

    One that was not sent waits again, with a new deadline; so does one that was refused and is to be tried again.
    """
    begins = instant_text(now)
    values = {"next_at": begins, "deadline": instant_text(now + deadline), "attempts": 0}
    what = "accepted" if was_sent else "queued"
    with desk.begin() as connection:
        hold(connection)
        uncertain = outbox.c.state.in_(("uncertain",) if was_sent else ("uncertain", "failed"))
        changed = change(
            connection,
            [number],
            uncertain,
            now=now,
            lease=None,
            **({"state": "done"} if was_sent else {"state": "waiting", **values}),
        )
        if not changed:
            return False
        append_event(connection, number, what, f"settled by hand: {reason}", author, now)
        note(connection, author, "settled", f"notice:{number}", {"was_sent": was_sent, "reason": reason}, now)
        return True


def next_due(desk: Engine, plan: str, *, without: Collection[str] = ()) -> datetime | None:
    """The earliest moment at which a notice of the plan may go; ``None`` when none waits or is leased."""
    waiting = sa.select(sa.func.min(outbox.c.next_at)).where(outbox.c.state.in_(_OPEN), outbox.c.notice.in_(_of(plan)))
    if without:
        waiting = waiting.where(outbox.c.notice.not_in(without))
    with desk.connect() as connection:
        found = connection.scalar(waiting)
        return None if found is None else parse_instant(found)


def counts(desk: Engine, plan: str | None) -> Mapping[str, int]:
    """How many notices, of one plan or of all, are in which state of the queue."""
    query = sa.select(outbox.c.state, sa.func.count()).group_by(outbox.c.state)
    if plan is not None:
        query = query.where(outbox.c.notice.in_(_of(plan)))
    with desk.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


def uncertain_ones(desk: Engine, plan: str | None = None) -> list[tuple[str, str, str, str]]:
    """Number, address, Message-ID and moment of every notice that waits for a person, oldest first."""
    query = (
        sa.select(notices.c.number, notices.c.address, notices.c.message_id, outbox.c.changed_at)
        .join(outbox, outbox.c.notice == notices.c.number)
        .where(outbox.c.state == "uncertain")
        .order_by(outbox.c.changed_at, notices.c.number)
    )
    if plan is not None:
        query = query.where(notices.c.plan == plan)
    with desk.connect() as connection:
        return [(row[0], row[1], row[2], row[3]) for row in connection.execute(query)]


def _of(plan: str) -> sa.Select[tuple[str]]:
    return sa.select(notices.c.number).where(notices.c.plan == plan)
