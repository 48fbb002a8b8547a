"""What the desk knows of who was told: notices with what befell them, and waves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.notices.state import Event, Standing, left_at, standing_of
from tocsin.remediation.parties import Told
from tocsin.store.clock import instant_text, parse_instant
from tocsin.store.schema import (
    answer_events,
    answers,
    notice_events,
    notices,
    plan_events,
    plans,
)

_CORRECTION = "correction"
_TRACES = ("confirmed", "possible")


class _Item(msgspec.Struct):
    """As much of a finding that was told as is needed here."""

    compromise: str = ""


_items = msgspec.json.Decoder(list[_Item]).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Waves:
    """One plan that was sent in waves: how they were drawn (as the plan keeps it), and of each constituent its wave.

    ``left_on`` is the first day on which a notice of each wave left.
    """

    plan: str
    as_of: date
    drawn: Mapping[str, object]
    members: Mapping[str, int]
    left_on: Mapping[int, date]


def load_told(desk: Engine, case_id: str, *, until: datetime, on: date) -> dict[str, tuple[Told, ...]]:
    """The notices of a case by constituent, oldest plan first, as they stand on ``on`` by what was known ``until``.

    Corrections are none of them: what they take back is ``retracted``.
    """
    moment = instant_text(until)
    query = (
        sa.select(*(notices.c[name] for name in ("number", "constituent", "channel", "contact", "address", "due_on")))
        .add_columns(notices.c["items"], notices.c.plan)
        .join(plans, plans.c.id == notices.c.plan)
        .where(notices.c.case_id == case_id, notices.c.kind != _CORRECTION, plans.c.made_at <= moment)
        .order_by(plans.c.made_at, notices.c.not_before, notices.c.number)
    )
    found = dict[str, list[Told]]()
    with desk.connect() as connection:
        events, answered = _events(connection, case_id, moment), _answers(connection, case_id, moment)
        called_off = _cancelled_plans(connection, case_id, moment)
        for number, constituent, channel, contact, address, due_on, items, plan in connection.execute(query):
            befell, (answer, is_settled) = events.get(number, ()), answered.get(number, ("", False))
            due, left = date.fromisoformat(due_on), left_at(befell)
            standing = standing_of(befell, due_on=due, on=on)
            if standing is Standing.PLANNED and plan in called_off:
                standing = Standing.CANCELLED  # a notice that was never queued has no event of its own
            told = Told(
                number=number,
                channel=channel,
                contact=contact,
                address=address,
                standing=standing,
                due_on=due,
                left_on=left.date() if left else None,
                answer=answer,
                is_settled=is_settled,
                told_compromise=any(item.compromise in _TRACES for item in _items(items)),
            )
            found.setdefault(constituent, []).append(told)
    return {name: tuple(each) for name, each in found.items()}


def load_waves(desk: Engine, case_id: str, *, until: datetime) -> tuple[Waves, ...]:
    """The plans of a case that were made in waves, oldest first."""
    moment = instant_text(until)
    of_plan = (
        sa.select(plans.c.id, plans.c.as_of, plans.c.waves)
        .where(plans.c.case_id == case_id, plans.c.waves.is_not(None), plans.c.made_at <= moment)
        .order_by(plans.c.made_at)
    )
    members = sa.select(notices.c.plan, notices.c.number, notices.c.constituent, notices.c.wave).where(
        notices.c.case_id == case_id, notices.c.wave.is_not(None), notices.c.kind != _CORRECTION
    )
    with desk.connect() as connection:
        found = {row.id: row for row in connection.execute(of_plan)}
        if not found:
            return ()
        left = {number: left_at(befell) for number, befell in _events(connection, case_id, moment).items()}
        wave_of: dict[str, dict[str, int]] = {plan: {} for plan in found}
        days: dict[str, dict[int, date]] = {plan: {} for plan in found}
        for plan, number, constituent, wave in connection.execute(members):
            if plan in found:
                wave_of[plan][constituent] = wave
                gone = left.get(number)
                if gone is not None:
                    days[plan][wave] = min(days[plan].get(wave, date.max), gone.date())
    return tuple(
        Waves(
            plan=plan,
            as_of=date.fromisoformat(row.as_of),
            drawn=json.loads(row.waves),
            members=wave_of[plan],
            left_on=days[plan],
        )
        for plan, row in found.items()
    )


def last_event(desk: Engine, case_id: str, *, until: datetime) -> datetime | None:
    """The moment of the last plan of the case or of the last thing that befell one of its notices; ``None`` before."""
    moment = instant_text(until)
    made = sa.select(sa.func.max(plans.c.made_at)).where(plans.c.case_id == case_id, plans.c.made_at <= moment)
    newest = (
        sa.select(sa.func.max(notice_events.c.at))
        .join(notices, notices.c.number == notice_events.c.notice)
        .where(notices.c.case_id == case_id, notice_events.c.at <= moment)
    )
    with desk.connect() as connection:
        found = (connection.scalars(made).one(), connection.scalars(newest).one())
    return max((parse_instant(each) for each in found if each), default=None)


def _cancelled_plans(connection: Connection, case_id: str, moment: str) -> set[str]:
    query = (
        sa.select(plan_events.c.plan)
        .join(plans, plans.c.id == plan_events.c.plan)
        .where(plans.c.case_id == case_id, plan_events.c.what == "cancelled", plan_events.c.at <= moment)
    )
    return set(connection.execute(query).scalars())


def _events(connection: Connection, case_id: str, moment: str) -> Mapping[str, list[Event]]:
    query = (
        sa.select(notice_events.c.notice, notice_events.c.what, notice_events.c.at)
        .join(notices, notices.c.number == notice_events.c.notice)
        .where(notices.c.case_id == case_id, notice_events.c.at <= moment)
    )
    found = dict[str, list[Event]]()
    for number, what, at in connection.execute(query):
        found.setdefault(number, []).append(Event(what=what, at=parse_instant(at)))
    for number, answered_at in connection.execute(
        sa.select(answers.c.notice, answers.c.at)
        .join(notices, notices.c.number == answers.c.notice)
        .where(notices.c.case_id == case_id, answers.c.at <= moment)
    ):
        found.setdefault(number, []).append(Event(what="answered", at=parse_instant(answered_at)))
    return found


def _answers(connection: Connection, case_id: str, moment: str) -> Mapping[str, tuple[str, bool]]:
    """Of each notice the newest answer, and whether it is settled."""
    newest = (
        sa.select(answer_events.c.answer, answer_events.c.what)
        .join(answers, answers.c.id == answer_events.c.answer)
        .join(notices, notices.c.number == answers.c.notice)
        .where(notices.c.case_id == case_id, answer_events.c.at <= moment)
        .order_by(answer_events.c.id)
    )
    state = {answer: what for answer, what in connection.execute(newest)}  # noqa: C416  mypy knows no dict() of rows
    query = (
        sa.select(answers.c.notice, answers.c.id, answers.c.what)
        .join(notices, notices.c.number == answers.c.notice)
        .where(notices.c.case_id == case_id, answers.c.at <= moment)
        .order_by(answers.c.at, answers.c.id)
    )
    return {number: (what, state.get(id_) == "settled") for number, id_, what in connection.execute(query)}
