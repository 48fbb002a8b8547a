"""What anyone may learn of a notice by its number: that it went out, on which day and about which case.

Never to whom, about how many services, or what was answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.notices import Kind
from tocsin.notices.state import LEFT
from tocsin.store.clock import parse_instant
from tocsin.store.schema import notice_events, notices, outbox

_WENT = LEFT | {"written"}
"""Events after which a recipient may hold it."""

_MAY_HAVE_GONE = ("handing", "uncertain", "done")
"""States of the outbox in which a server may have taken it although nobody could note so yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A notice that went out, on which day of UTC; ``taken_back`` is the day on which it was retracted."""

    number: str
    case_id: str
    kind: Kind
    on: date
    taken_back: date | None


def find_gone(desk: Engine, number: str) -> Gone | None:
    """The notice of that number; ``None`` when none of it went out."""
    with desk.connect() as connection:
        query = sa.select(notices.c.number, notices.c.case_id, notices.c.kind).where(notices.c.number == number)
        row = connection.execute(query).one_or_none()
        if row is None:
            return None
        events = _events(connection, row.number)
        on = min((day for what, day in events if what in _WENT), default=None) or _left(connection, row.number)
        if on is None:
            return None
        taken_back = min((day for what, day in events if what == "retracted"), default=None)
        return Gone(number=row.number, case_id=row.case_id, kind=Kind(row.kind), on=on, taken_back=taken_back)


def _events(connection: Connection, number: str) -> Sequence[tuple[str, date]]:
    query = sa.select(notice_events.c.what, notice_events.c.at).where(notice_events.c.notice == number)
    return [(row.what, parse_instant(row.at).date()) for row in connection.execute(query)]


def _left(connection: Connection, number: str) -> date | None:
    query = sa.select(outbox.c.changed_at).where(outbox.c.notice == number, outbox.c.state.in_(_MAY_HAVE_GONE))
    found = connection.scalar(query)
    return parse_instant(found).date() if found else None
