"""Notices, contacts and answers put on a desk as those who send them would, for the tests of what was told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.store.clock import instant_text
from tocsin.store.schema import (
    answer_events,
    answers,
    contact_notes,
    contacts,
    notice_events,
    notices,
    plans,
    suppressions,
)

CASE = "exchange-proxylogon-2021"
PLANNED = datetime(2021, 3, 10, 8, tzinfo=UTC)
ITEM = {"address": "192.0.2.17", "port": 443, "status": "affected", "compromise": "none_known"}


def add_plan(
    desk: Engine, plan: str = "p1", *, made_at: datetime = PLANNED, waves: Mapping[str, object] | None = None
) -> str:
    """A plan of the day on which it was made."""
    values = {
        "id": plan,
        "case_id": CASE,
        "as_of": made_at.date().isoformat(),
        "made_at": instant_text(made_at),
        "made_by": "Ada",
        "policy": "{}",
        "versions": "[]",
        "waves": json.dumps(waves) if waves is not None else None,
        "withheld": "[]",
    }
    with desk.begin() as connection:
        connection.execute(sa.insert(plans).values(**values))
    return plan


def add_contact(desk: Engine, subject: str, address: str, *, channel: str = "mail", source: str = "registry") -> str:
    """A contact, whose id is its address; it does not expire."""
    with desk.begin() as connection:
        _contact(connection, subject, address, channel, source)
    return address


def add_notice(
    desk: Engine,
    number: str,
    constituent: str,
    *events: str | tuple[str, datetime],
    plan: str = "p1",
    address: str = "",
    channel: str = "mail",
    kind: str = "first",
    wave: int | None = None,
    due_on: date | None = None,
    items: Sequence[Mapping[str, object]] = (ITEM,),
) -> str:
    """A notice and what befell it: one event an hour after the plan was made, or at the moment given."""
    to = address or f"it@{constituent}.example"
    values = {
        "number": number,
        "plan": plan,
        "case_id": CASE,
        "constituent": constituent,
        "contact": to,
        "channel": channel,
        "address": to,
        "kind": kind,
        "corrects": None,
        "language": "en",
        "wave": wave,
        "not_before": instant_text(PLANNED),
        "due_on": (due_on or PLANNED.date() + timedelta(days=7)).isoformat(),
        "items": json.dumps(list(items)),
        "digest": "d" * 64,
        "message_id": f"<{number}@cert.example>",
        "why": "",
    }
    with desk.begin() as connection:
        _contact(connection, f"constituent:{constituent}", to, channel, "registry")
        connection.execute(sa.insert(notices).values(**values))
        for what, at in _timed(events):
            event = {"notice": number, "what": what, "detail": "", "author": "tocsin", "at": instant_text(at)}
            connection.execute(sa.insert(notice_events).values(**event))
    return number


def add_answer(
    desk: Engine, number: str, what: str, *, at: datetime = PLANNED + timedelta(days=1), settled: bool = False
) -> None:
    """An answer by the page; ``settled`` by a person an hour later."""
    values = {"notice": number, "what": what, "via": "page", "words": "", "author": "recipient", "at": instant_text(at)}
    with desk.begin() as connection:
        id_ = connection.scalars(sa.insert(answers).values(**values).returning(answers.c.id)).one()
        if settled:
            event = {"answer": id_, "what": "settled", "outcome": "", "author": "Ada"}
            moment = instant_text(at + timedelta(hours=1))
            connection.execute(sa.insert(answer_events).values(**event, at=moment))


def add_note(desk: Engine, contact: str, what: str) -> None:
    """What a person said of a contact."""
    values = {"contact": contact, "what": what, "reason": "", "author": "Ada", "made_at": instant_text(PLANNED)}
    with desk.begin() as connection:
        connection.execute(sa.insert(contact_notes).values(**values))


def suppress(desk: Engine, what: str) -> None:
    """An address or a domain that is not written to."""
    values = {"what": what, "reason": "", "author": "Ada", "made_at": instant_text(PLANNED)}
    with desk.begin() as connection:
        connection.execute(sa.insert(suppressions).values(**values))


def _contact(connection: Connection, subject: str, address: str, channel: str, source: str) -> None:
    if connection.scalar(sa.select(contacts.c.id).where(contacts.c.id == address)) is not None:
        return
    values = {
        "id": address,
        "subject": subject,
        "channel": channel,
        "address": address,
        "name": "",
        "roles": "[]",
        "language": "",
        "source": source,
        "pointer": "",
        "author": "Ada" if source == "person" else None,
        "seen_at": instant_text(PLANNED - timedelta(days=1)),
    }
    connection.execute(sa.insert(contacts).values(**values))


def _timed(events: Iterable[str | tuple[str, datetime]]) -> Iterable[tuple[str, datetime]]:
    for hour, each in enumerate(events, 1):
        yield (each, PLANNED + timedelta(hours=hour)) if isinstance(each, str) else each
