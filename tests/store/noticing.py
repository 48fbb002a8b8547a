"""Notices on a desk, as planning and sending leave them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.store.clock import instant_text
from tocsin.store.schema import contacts, notice_events, notices, outbox, plans

NUMBER = "k3v5q7zr2mxa4tq6w2bnd5hj7c"
OTHER = "m2a4q7zr2mxa4tq6w2bnd5hj7d"
SENT = datetime(2021, 3, 14, 10, tzinfo=UTC)
NOW = datetime(2021, 3, 15, 9, tzinfo=UTC)
CONTACT = "c" * 64
CASE = "exchange-proxylogon-2021"
ITEMS = [{"address": "192.0.2.17", "port": 443}, {"address": "2001:db8::7", "port": 25}]


def add_notice(
    desk: Engine,
    number: str = NUMBER,
    *,
    events: tuple[str, ...] = ("queued", "accepted"),
    at: datetime = SENT,
    address: str = "Security@council.example",
    kind: str = "first",
) -> None:
    """A notice to the council with what became of it, all at one moment."""
    moment = instant_text(at)
    with desk.begin() as connection:
        if connection.scalar(sa.select(plans.c.id)) is None:
            made = {"made_at": moment, "made_by": "A. Officer", "policy": "{}", "versions": "[]", "withheld": "[]"}
            connection.execute(sa.insert(plans).values(id="p1", case_id=CASE, as_of="2021-03-14", **made))
            connection.execute(sa.insert(contacts).values(**_contact(moment)))
        connection.execute(sa.insert(notices).values(**_notice(number, address, kind, moment)))
        for what in events:
            values = {"notice": number, "what": what, "detail": "", "author": "tocsin", "at": moment}
            connection.execute(sa.insert(notice_events).values(**values))


def add_to_outbox(desk: Engine, number: str, state: str) -> None:
    """The notice as it stands in the queue."""
    moment = instant_text(SENT)
    times = {"next_at": moment, "deadline": moment, "changed_at": moment}
    with desk.begin() as connection:
        values = {"notice": number, "state": state, "attempts": 1, "domain": "council.example", **times}
        connection.execute(sa.insert(outbox).values(**values))


def _contact(moment: str) -> dict[str, object]:
    who = {"subject": "constituent:council", "channel": "mail", "address": "security@council.example", "name": ""}
    what = {"roles": '["security"]', "language": "en", "source": "registry", "pointer": "registry.csv:2"}
    return {"id": CONTACT, "seen_at": moment, **who, **what}


def _notice(number: str, address: str, kind: str, moment: str) -> dict[str, object]:
    whom = {"constituent": "council", "contact": CONTACT, "channel": "mail", "address": address, "language": "en"}
    what = {"items": json.dumps(ITEMS), "digest": "d" * 64, "message_id": f"<{number}@cert.example>", "why": "first"}
    when = {"not_before": moment, "due_on": "2021-03-21"}
    return {"number": number, "plan": "p1", "case_id": CASE, "kind": kind, **whom, **what, **when}
