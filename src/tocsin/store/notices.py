"""Notices on the desk and what befell them. Events are only ever added; where a notice stands is a fold over them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.notices import Item, Kind, Notice, Recipient, state
from tocsin.notices.deciding import Earlier
from tocsin.notices.state import Standing, left_at, standing_of
from tocsin.store.clock import instant_text, parse_instant
from tocsin.store.contacts import FORGOTTEN
from tocsin.store.schema import answer_events, answers, constituents, contacts, notice_events, notices, plans

_BLOCK = 5_000
_SEALED = (
    *("number", "case_id", "constituent", "contact", "channel", "address", "kind", "corrects"),
    *("language", "due_on", "items", "message_id"),
)
_UNSETTLED = ("not_ours", "wrong_contact")
"""Answers that say the registry is wrong: until a person has looked, nobody is told again."""
_ITSELF = ("constituent:", "domain:")
"""Of contacts that are the constituent's own; any other is its provider's or country's, to whom no person is named."""
_encode = msgspec.json.Encoder().encode
_decode_items = msgspec.json.Decoder(tuple[Item, ...]).decode


class _Told(msgspec.Struct):
    """As much of an item as makes it the same one."""

    address: str
    port: int
    transport: str
    status: str
    compromise: str

    @property
    def key(self) -> str:
        return f"{self.address} {self.port} {self.transport} {self.status} {self.compromise}"


_decode_told = msgspec.json.Decoder(list[_Told]).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that befell a notice, in the words of ``notices.state.WORDS``; ``author`` is a person, or tocsin."""

    what: str
    detail: str
    author: str
    at: datetime

    def as_json(self) -> dict[str, object]:
        return {"what": self.what, "detail": self.detail, "author": self.author, "at": instant_text(self.at)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A notice and what befell it, oldest first. Whose it is stands as the registry has it last."""

    notice: Notice
    events: tuple[Event, ...]

    def standing(self, on: date) -> Standing:
        """Where it stands at the end of the day ``on``."""
        known = (state.Event(what=each.what, at=each.at) for each in self.events)
        return standing_of(known, due_on=self.notice.due_on, on=on)


def save_notices(connection: Connection, made: Sequence[Notice]) -> str:
    """Keeps new notices in the transaction of ``connection``; their plan and contacts are there already.

    Gives the sha256 of what each says and to whom it goes, for the audit log.
    """
    sealed = list[tuple[str, str]]()
    for start in range(0, len(made), _BLOCK):
        rows = [_row(each) for each in made[start : start + _BLOCK]]
        connection.execute(sa.insert(notices), rows)
        sealed += [_sealed(tuple(row[name] for name in _SEALED)) for row in rows]
    return _seal(sealed)


def seal_of(connection: Connection, plan: str) -> str:
    """The same sha256 of the notices of a plan as they are now."""
    query = sa.select(*(notices.c[name] for name in _SEALED)).where(notices.c.plan == plan)
    rows = connection.execute(query.execution_options(yield_per=_BLOCK))
    return _seal([_sealed(tuple(row)) for row in rows])


def append_event(connection: Connection, number: str, what: str, detail: str, author: str, now: datetime) -> None:
    """Adds an event in the transaction of ``connection``."""
    append_events(connection, [number], what, detail, author, now)


def append_events(
    connection: Connection, numbers: Sequence[str], what: str, detail: str, author: str, now: datetime
) -> None:
    """Adds the same event to several notices. Raises ``ValueError`` for a word that is none of ``state.WORDS``."""
    if what not in state.WORDS:
        raise ValueError(f"{what!r} is nothing that befalls a notice")
    if numbers:
        same = {"what": what, "detail": detail, "author": author, "at": instant_text(now)}
        connection.execute(sa.insert(notice_events), [{"notice": number, **same} for number in numbers])


def add_event(desk: Engine, number: str, what: str, detail: str, author: str, now: datetime) -> None:
    """Adds an event in a transaction of its own."""
    with desk.begin() as connection:
        append_event(connection, number, what, detail, author, now)


def load_notice(desk: Engine, number: str) -> Filed | None:
    """The notice of that number, unless a purge has forgotten whose it was."""
    with desk.connect() as connection:
        return next(iter(_load(connection, notices.c.number == number, notices.c.contact != FORGOTTEN)), None)


def load_notices(desk: Engine, *, plan: str) -> list[Filed]:
    """The notices of a plan that a purge has not forgotten, those that go first before the others."""
    with desk.connect() as connection:
        return _load(connection, notices.c.plan == plan, notices.c.contact != FORGOTTEN)


def find_by_message_id(desk: Engine, message_id: str) -> str | None:
    """The number of the notice with that Message-ID, angle brackets and all."""
    query = sa.select(notices.c.number).where(notices.c.message_id == message_id)
    with desk.connect() as connection:
        found = connection.scalar(query)
        return None if found is None else str(found)


def load_earlier(desk: Engine, case_id: str, *, on: date) -> dict[str, list[Earlier]]:
    """By constituent, the notices about one case that anything befell, as they stand at the end of ``on``."""
    table = notices.c
    query = sa.select(
        table.number, table.constituent, table.kind, table.channel, table.address, table.due_on, table["items"]
    ).where(table.case_id == case_id)
    with desk.connect() as connection:
        befell = dict[str, list[state.Event]]()
        for number, what, at in connection.execute(
            sa.select(notice_events.c.notice, notice_events.c.what, notice_events.c.at)
            .join(notices, table.number == notice_events.c.notice)
            .where(table.case_id == case_id)
            .order_by(notice_events.c.id)
        ):
            befell.setdefault(number, []).append(state.Event(what=what, at=parse_instant(at)))
        waiting = _unsettled(connection, case_id) if befell else {}
        found = dict[str, list[Earlier]]()
        for number, constituent, kind, channel, address, due_on, items in connection.execute(query):
            events = befell.get(number)
            if events is None:
                continue
            written = min((event.at for event in events if event.what == "written"), default=None)
            found.setdefault(constituent, []).append(
                Earlier(
                    number=number,
                    kind=Kind(kind),
                    told=frozenset(each.key for each in _decode_told(items)),
                    channel=channel,
                    address=address,
                    standing=standing_of(events, due_on=date.fromisoformat(due_on), on=on),
                    at=left_at(events) or written,
                    answer=waiting.get(number, ""),
                )
            )
        return found


def _unsettled(connection: Connection, case_id: str) -> dict[str, str]:
    """By notice, the answer that the registry is wrong, where no person has settled it."""
    settled = dict[int, str]()
    for answer, what in connection.execute(
        sa.select(answer_events.c.answer, answer_events.c.what).order_by(answer_events.c.id)
    ):
        settled[answer] = what
    query = (
        sa.select(answers.c.id, answers.c.notice, answers.c.what)
        .join(notices, notices.c.number == answers.c.notice)
        .where(notices.c.case_id == case_id, answers.c.what.in_(_UNSETTLED))
    )
    return {row.notice: row.what for row in connection.execute(query) if settled.get(row.id) != "settled"}


def _sealed(values: tuple[object, ...]) -> tuple[str, str]:
    """The number of a notice, and the sha256 of all that decides what goes to whom."""
    return str(values[0]), hashlib.sha256(_encode(values)).hexdigest()


def _seal(sealed: list[tuple[str, str]]) -> str:
    return hashlib.sha256("".join(f"{number} {digest}\n" for number, digest in sorted(sealed)).encode()).hexdigest()


def _row(each: Notice) -> dict[str, object]:
    to = each.recipient
    return {
        "number": each.number,
        "plan": each.plan,
        "case_id": each.case_id,
        "constituent": to.constituent,
        "contact": to.contact,
        "channel": to.channel,
        "address": to.address,
        "kind": str(each.kind),
        "corrects": each.corrects,
        "language": to.language,
        "wave": each.wave,
        "not_before": instant_text(each.not_before),
        "due_on": each.due_on.isoformat(),
        "items": _encode(each.items).decode(),
        "digest": each.digest,
        "message_id": each.message_id,
        "why": each.why,
    }


def _load(connection: Connection, *where: sa.ColumnElement[bool]) -> list[Filed]:
    """The notices that match, in the order in which they go, with their events."""
    other = constituents.alias()
    last = sa.select(sa.func.max(other.c.since)).where(other.c.id == notices.c.constituent).correlate(notices)
    newest = last.scalar_subquery()
    query = (
        sa.select(
            notices,
            plans.c.as_of,
            contacts.c.key,
            contacts.c.subject,
            constituents.c.name,
            constituents.c.kind.label("sort"),
            constituents.c.sector,
            constituents.c.country,
            constituents.c.public_body,
        )
        .join(plans, plans.c.id == notices.c.plan)
        .join(contacts, contacts.c.id == notices.c.contact)
        .outerjoin(
            constituents,
            (constituents.c.id == notices.c.constituent) & (constituents.c.since == newest),
        )
        .where(*where)
        .order_by(notices.c.not_before, notices.c.number)
    )
    events = dict[str, list[Event]]()
    told = sa.select(notice_events).join(notices, notices.c.number == notice_events.c.notice).where(*where)
    for row in connection.execute(told.order_by(notice_events.c.id)):
        event = Event(what=row.what, detail=row.detail, author=row.author, at=parse_instant(row.at))
        events.setdefault(row.notice, []).append(event)
    return [Filed(notice=_notice(row), events=tuple(events.get(row.number, ()))) for row in connection.execute(query)]


def _notice(row: sa.Row[tuple[object, ...]]) -> Notice:
    return Notice(
        number=row.number,
        plan=row.plan,
        case_id=row.case_id,
        kind=Kind(row.kind),
        recipient=Recipient(
            constituent=row.constituent,
            name="" if row.sort == "person" and not row.subject.startswith(_ITSELF) else row.name or "",
            sector=row.sector or "",
            country=row.country or "",
            is_public=bool(row.public_body),
            contact=row.contact,
            channel=row.channel,
            address=row.address,
            language=row.language,
            key=row.key,
            is_person=row.sort == "person",
        ),
        items=_decode_items(row._mapping["items"]),
        as_of=date.fromisoformat(row.as_of),
        not_before=parse_instant(row.not_before),
        due_on=date.fromisoformat(row.due_on),
        message_id=row.message_id,
        why=row.why,
        wave=row.wave,
        corrects=row.corrects,
    )
