"""An approved plan with notices, as the desk keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.notices.pace import Pace
from tocsin.store.clock import instant_text
from tocsin.store.outbox import enqueue
from tocsin.store.schema import contacts, notice_events, notices, outbox, plan_events, plans

NOW = datetime(2021, 3, 15, 10, tzinfo=UTC)
FAST = Pace(in_all=1_000_000, per_domain=1_000_000)
PLAN = "plan1"


def number_of(count: int) -> str:
    """The number of one notice: 26 characters of base32, as they are printed."""
    return f"{count:026d}".translate(str.maketrans("0189", "abcd"))


def message_id_of(count: int) -> str:
    return f"<{number_of(count)}@cert.example>"


def make_plan(
    desk: Engine, addresses: Sequence[str], *, plan: str = PLAN, not_before: datetime = NOW, approved: bool = True
) -> list[str]:
    """A plan of one notice for each address; the numbers, in order."""
    moment = instant_text(NOW)
    contact = {
        "channel": "mail", "name": "", "roles": "[]", "language": "en", "source": "registry", "pointer": "r.csv:2",
        "seen_at": moment,
    }  # fmt: skip
    notice = {
        "plan": plan, "case_id": "exchange-proxylogon-2021", "channel": "mail", "kind": "first", "language": "en",
        "not_before": instant_text(not_before), "due_on": "2021-03-22", "items": "[]", "digest": "d", "why": "",
    }  # fmt: skip
    numbers = [number_of(count) for count in range(len(addresses))]
    with desk.begin() as connection:
        connection.execute(
            sa.insert(plans).values(
                id=plan,
                case_id="exchange-proxylogon-2021",
                as_of="2021-03-14",
                made_at=moment,
                made_by="A. Planner",
                policy="{}",
                versions="[]",
                withheld="[]",
            )
        )
        if approved:
            values = {"plan": plan, "what": "approved", "author": "B. Approver", "reason": "", "at": moment}
            connection.execute(sa.insert(plan_events).values(values))
        rows = list(enumerate(addresses))
        if not rows:
            return numbers
        connection.execute(
            sa.insert(contacts),
            [{**contact, "id": f"c{n}", "subject": f"constituent:o{n}", "address": address} for n, address in rows],
        )
        connection.execute(
            sa.insert(notices),
            [
                {**notice, "number": numbers[n], "constituent": f"o{n}", "contact": f"c{n}", "address": address,
                 "message_id": message_id_of(n)}
                for n, address in rows
            ],
        )  # fmt: skip
    return numbers


def queue(desk: Engine, addresses: Sequence[str], **wishes: datetime) -> list[str]:
    """The same, and put into the queue."""
    numbers = make_plan(desk, addresses, **wishes)
    enqueue(desk, PLAN, deadline=timedelta(hours=48), author="A. Sender", now=NOW)
    return numbers


def state_of(desk: Engine, number: str) -> str:
    """Its state in the queue."""
    with desk.connect() as connection:
        return str(connection.scalar(sa.select(outbox.c.state).where(outbox.c.notice == number)))


def events_of(desk: Engine, number: str) -> list[str]:
    """What befell it, oldest first."""
    with desk.connect() as connection:
        query = sa.select(notice_events.c.what).where(notice_events.c.notice == number).order_by(notice_events.c.id)
        return list(connection.scalars(query))
