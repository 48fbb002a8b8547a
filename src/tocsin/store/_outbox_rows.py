"""Changes rows of the queue, and tells which notices may not go any more, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.store.clock import instant_text
from tocsin.store.contacts import FORGOTTEN
from tocsin.store.schema import contact_notes, notice_events, notices, outbox, plan_events, suppressions


def change(
    connection: Connection, numbers: Sequence[str], *where: sa.ColumnElement[bool], now: datetime, **values: object
) -> list[str]:
    """Changes these rows where ``where`` holds; the numbers of those that were."""
    if not numbers:
        return []
    query = sa.update(outbox).where(outbox.c.notice.in_(numbers), *where).values(changed_at=instant_text(now), **values)
    return list(connection.scalars(query.returning(outbox.c.notice)))


def cancelled(connection: Connection, numbers: Sequence[str]) -> dict[str, str]:
    """Which of these were called off, by themselves or with their plan, and by whom."""
    if not numbers:
        return {}
    one = sa.select(notice_events.c.notice, notice_events.c.author).where(
        notice_events.c.notice.in_(numbers), notice_events.c.what.in_(("cancelled", "retracted"))
    )
    whole = (
        sa.select(notices.c.number, plan_events.c.author)
        .join(plan_events, plan_events.c.plan == notices.c.plan)
        .where(notices.c.number.in_(numbers), plan_events.c.what == "cancelled")
    )
    found = {number: f"called off by {author}" for number, author in connection.execute(one)}
    found |= {number: f"its plan was cancelled by {author}" for number, author in connection.execute(whole)}
    nobodys = sa.select(notices.c.number).where(notices.c.number.in_(numbers), notices.c.contact == FORGOTTEN)
    return found | dict.fromkeys(connection.scalars(nobodys), "whose it was is forgotten")


def set_aside(connection: Connection, numbers: Sequence[str]) -> dict[str, str]:
    """Which of these, by number, go to a contact that was set aside meanwhile, and why; a correction goes even so."""
    if not numbers:
        return {}
    query = (
        sa.select(notices.c.number, contact_notes.c.what, contact_notes.c.reason)
        .join(contact_notes, contact_notes.c.contact == notices.c.contact)
        .where(notices.c.number.in_(numbers), notices.c.kind != "correction")
        .order_by(contact_notes.c.id)
    )
    newest = {number: (what, reason) for number, what, reason in connection.execute(query)}
    return {
        number: f"its contact was set aside: {reason}"
        for number, (what, reason) in newest.items()
        if what == "set_aside"
    }


def suppressed(connection: Connection, addresses: Mapping[str, str]) -> dict[str, str]:
    """Which of these, by number, may not be written to: the address, its domain or one above it is suppressed."""
    names = {number: _names(address.lower()) for number, address in addresses.items()}
    asked = {name for each in names.values() for name in each}
    if not asked:
        return {}
    query = sa.select(suppressions.c.what, suppressions.c.reason).where(
        suppressions.c.what.in_(asked), suppressions.c.withdrawn_at.is_(None)
    )
    reasons = {row.what: row.reason for row in connection.execute(query)}
    return {
        number: f"{hit} is suppressed: {reasons[hit]}"
        for number, each in names.items()
        if (hit := next((name for name in each if name in reasons), None)) is not None
    }


def _names(address: str) -> list[str]:
    labels = address.rpartition("@")[2].split(".")
    return [address, *(".".join(labels[start:]) for start in range(len(labels)))]
