"""Whether a plan may go: who made and approved it, and what was decided against the doctor's advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.persons import same_person
from tocsin.store.audit import note
from tocsin.store.contacts import FORGOTTEN
from tocsin.store.schema import notices, plan_events, plans


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Who stands for a plan of so many mails. ``why_not`` says why it may not go; empty when it may."""

    mails: int
    made_by: str
    approvers: tuple[str, ...]
    why_not: str = ""
    remedy: str = ""


def release_of(desk: Engine, plan: str, *, approve_above: int) -> Release | None:
    """Whether the plan may go: approved, not cancelled, and by two persons where it is of more than ``approve_above``.

    ``None`` when there is no such plan.
    """
    with desk.connect() as connection:
        made_by = connection.scalar(sa.select(plans.c.made_by).where(plans.c.id == plan))
        if made_by is None:
            return None
        mails = connection.scalar(sa.select(sa.func.count()).where(notices.c.plan == plan, notices.c.channel == "mail"))
        events = connection.execute(
            sa.select(plan_events.c.what, plan_events.c.author).where(plan_events.c.plan == plan)
        ).all()
    approvers = tuple(dict.fromkeys(author for what, author in events if what == "approved"))
    cancelled = [author for what, author in events if what == "cancelled"]
    why_not, remedy = "", ""
    if cancelled:
        why_not, remedy = f"it was cancelled by {cancelled[-1]}", "make a new plan with 'tocsin notify plan'"
    elif not approvers:
        why_not, remedy = "nobody has approved it", f"read it, then: tocsin notify approve {plan}"
    elif (mails or 0) > approve_above and all(same_person(made_by, name) for name in approvers):
        why_not = f"it is of more than {approve_above} notices, and only {made_by} has made and approved it"
        remedy = f"let a second person read it, then: tocsin notify approve {plan}"
    return Release(mails=mails or 0, made_by=made_by, approvers=approvers, why_not=why_not, remedy=remedy)


def note_override(desk: Engine, plan: str, faults: Sequence[str], *, reason: str, author: str, now: datetime) -> None:
    """Keeps that a plan was sent although the doctor found these faults, by whom and why."""
    with desk.begin() as connection:
        detail = {"reason": reason, "faults": list(faults)}
        note(connection, author, "sent despite the doctor", f"plan:{plan}", detail, now)


def note_rehearsal(desk: Engine, plan: str, *, mailbox: str, author: str, now: datetime) -> None:
    """Keeps that the mail of a plan goes to one mailbox instead of its recipients."""
    with desk.begin() as connection:
        note(connection, author, "rehearsed", f"plan:{plan}", {"mailbox": mailbox}, now)


def mails_of(desk: Engine, plan: str) -> list[tuple[str, str]]:
    """Number and Message-ID of every mail of a plan, in the order in which they may go."""
    query = sa.select(notices.c.number, notices.c.message_id).where(
        notices.c.plan == plan, notices.c.channel == "mail", notices.c.contact != FORGOTTEN
    )
    with desk.connect() as connection:
        return [(row[0], row[1]) for row in connection.execute(query.order_by(notices.c.not_before, notices.c.number))]
