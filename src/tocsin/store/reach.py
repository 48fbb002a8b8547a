"""What the desk knows of who was told: notices with what befell them, the ways to tell a constituent, and waves."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.notices.state import Event, left_at, standing_of
from tocsin.remediation.ladder import Way
from tocsin.remediation.parties import Told
from tocsin.store.clock import instant_text, parse_instant
from tocsin.store.constituents import current_version
from tocsin.store.schema import (
    answer_events,
    answers,
    constituents,
    contact_notes,
    contacts,
    notice_events,
    notices,
    plans,
    suppressions,
)

_CORRECTION = "correction"
_TRACES = ("confirmed", "possible")
_OWN, _PROVIDER, _CERT = _REMOVES = ("own", "provider", "cert")

_Entry = tuple[bool, str, str, str]
"""A contact: whether a person entered it, its channel, address and id."""


class _Item(msgspec.Struct):
    """As much of a finding that was told as is needed here."""

    compromise: str = ""


_items = msgspec.json.Decoder(list[_Item]).decode
_registry_contacts = msgspec.json.Decoder(tuple[str, ...]).decode
_holdings = msgspec.json.Decoder(list[tuple[str, str, bool, str, int]]).decode


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
        .add_columns(notices.c["items"])
        .join(plans, plans.c.id == notices.c.plan)
        .where(notices.c.case_id == case_id, notices.c.kind != _CORRECTION, plans.c.made_at <= moment)
        .order_by(plans.c.made_at, notices.c.not_before, notices.c.number)
    )
    found = dict[str, list[Told]]()
    with desk.connect() as connection:
        events, answered = _events(connection, case_id, moment), _answers(connection, case_id, moment)
        for number, constituent, channel, contact, address, due_on, items in connection.execute(query):
            befell, (answer, is_settled) = events.get(number, ()), answered.get(number, ("", False))
            due, left = date.fromisoformat(due_on), left_at(befell)
            told = Told(
                number=number,
                channel=channel,
                contact=contact,
                address=address,
                standing=standing_of(befell, due_on=due, on=on),
                due_on=due,
                left_on=left.date() if left else None,
                answer=answer,
                is_settled=is_settled,
                told_compromise=any(item.compromise in _TRACES for item in _items(items)),
            )
            found.setdefault(constituent, []).append(told)
    return {name: tuple(each) for name, each in found.items()}


def load_ways(
    desk: Engine, wanted: Collection[str], *, at: datetime, known_at: datetime | None = None
) -> dict[str, tuple[Way, ...]]:
    """The ways to tell each of ``wanted`` at a moment, in order: its own, by what a person entered first, its
    providers', its country's.

    Contacts that are set aside, expired or not to be written to are left out; each address comes once. The registry is
    the newest, or the newest imported by ``known_at``.
    """
    version = current_version(desk, known_at=known_at)
    if version is None:
        return {}
    table = constituents.c
    valid = (table.since <= version.number) & (table.until.is_(None) | (table.until > version.number))
    query = sa.select(table.id, table.country, table.contacts, table.holdings).where(valid)
    found = dict[str, tuple[Way, ...]]()
    with desk.connect() as connection:
        by_subject, silenced = _by_subject(connection, instant_text(at)), _silenced(connection)
        for id_, country, registry, holdings in connection.execute(query):
            if id_ in wanted:
                ways = _ways(id_, country, registry, holdings, by_subject)
                usable = {
                    (way.channel, way.address.casefold()): way for way in reversed(ways) if not _is_in(way, silenced)
                }
                found[id_] = tuple(reversed(usable.values()))
    return found


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


def _by_subject(connection: Connection, moment: str) -> Mapping[str, list[_Entry]]:
    """The contacts that count at a moment, by whom they are about."""
    said = dict[str, tuple[str, str | None]]()
    notes = sa.select(contact_notes.c.contact, contact_notes.c.what, contact_notes.c.expires_at)
    for contact, what, expires_at in connection.execute(
        notes.where(contact_notes.c.made_at <= moment).order_by(contact_notes.c.id)
    ):
        said[contact] = what, expires_at
    columns = (contacts.c[name] for name in ("id", "subject", "channel", "address", "source", "expires_at"))
    query = sa.select(*columns).where(contacts.c.seen_at <= moment).order_by(contacts.c.seen_at, contacts.c.id)
    found = dict[str, list[_Entry]]()
    for id_, subject, channel, address, source, expires_at in connection.execute(query):
        what, until = said.get(id_, ("", None))
        until = until if what == "confirmed" else expires_at
        if what != "set_aside" and (until is None or until > moment):
            found.setdefault(subject, []).append((source == "person", channel, address, id_))
    return found


def _ways(id_: str, country: str, registry: str, holdings: str, by_subject: Mapping[str, list[_Entry]]) -> list[Way]:
    """All ways to one constituent, in order: the nearer before the further, person before machine."""
    subjects = ((f"constituent:{id_}", _OWN), *_subjects(holdings), (f"country:{country}", _CERT))
    ranked = [
        (remove, by_person, Way(remove=remove, channel=channel, address=address, contact=contact))
        for subject, remove in dict.fromkeys(subjects)
        for by_person, channel, address, contact in by_subject.get(subject, ())
    ]
    addresses = _registry_contacts(registry or "[]")
    ranked += [(_OWN, False, Way(remove=_OWN, channel="mail", address=address)) for address in addresses]
    return [way for _, _, way in sorted(ranked, key=lambda each: (_REMOVES.index(each[0]), not each[1]))]


def _subjects(holdings: str) -> Iterator[tuple[str, str]]:
    """What a constituent holds, as subjects of contacts, and at which remove: whoever runs an AS number may be its
    provider, and what it runs for others is not its own.
    """
    for kind, value, is_provider, _, _ in _holdings(holdings):
        remove = _PROVIDER if is_provider or kind == "asn" else _OWN
        yield f"{'network' if kind == 'address' else kind}:{value}", remove


def _silenced(connection: Connection) -> Collection[str]:
    query = sa.select(suppressions.c.what).where(suppressions.c.withdrawn_at.is_(None))
    return frozenset(connection.scalars(query))


def _is_in(way: Way, silenced: Collection[str]) -> bool:
    address = way.address.casefold()
    return way.channel == "mail" and any(each in silenced for each in (address, *_domains(address)))


def _domains(address: str) -> Iterable[str]:
    labels = address.rpartition("@")[2].split(".")
    return (".".join(labels[start:]) for start in range(len(labels) - 1))
