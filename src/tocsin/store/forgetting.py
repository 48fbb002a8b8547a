"""Takes out of notices what they tell of whom, so that figures still add up; the audit log keeps its chain.

What stays of a notice is its number, plan, case, kind, wave, channel, days and what befell it and when. Whom it went
to, which services it told of, what was written back and every free text go. A constituent that is forgotten leaves a
name that means nothing in its place, another one at each purge.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.notices.answers import Answer, is_open
from tocsin.notices.state import LEFT
from tocsin.store import audit
from tocsin.store.clock import instant_text
from tocsin.store.contacts import FORGOTTEN, MACHINE
from tocsin.store.notices import append_events
from tocsin.store.plans import is_sealed, reseal
from tocsin.store.schema import (
    answer_events,
    answers,
    contacts,
    letters_in,
    notice_events,
    notices,
    outbox,
    plans,
    suppressions,
)

_BLOCK = 500
_WHY = "forgotten by a purge"
_WHY_SILENT = "stays after a purge, so that nobody writes again"
_IN_QUEUE = ("waiting", "leased", "handing", "uncertain")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """The notices about one constituent, and the addresses known of it."""

    numbers: tuple[str, ...]
    addresses: frozenset[str]


def count_told(desk: Engine, constituent: str) -> int:
    """How many notices say something of a constituent."""
    with desk.connect() as connection:
        return len(_about(connection, constituent).numbers)


def count_told_before(desk: Engine, day: date) -> int:
    """How many notices ``forget_told_before`` would take."""
    with desk.connect() as connection:
        return len(_before(connection, day))


def forget_told(connection: Connection, constituent: str, domains: Collection[str], *, now: datetime) -> int:
    """Forgets a constituent in plans, notices, what came back and suppressions; how many notices were about it.

    What waits to be sent is not sent. An address that is not to be written to stays so, without why and by whom.
    """
    audit.hold(connection)
    about = _about(connection, constituent)
    nobody = f"forgotten:{secrets.token_hex(4)}"
    if about.numbers:
        _strip(connection, about.numbers, now, constituent=nobody)
    _forget_withheld(connection, constituent, nobody)
    _forget_strays(connection, about.addresses)
    _forget_suppressions(connection, {*about.addresses, *domains}, now)
    return len(about.numbers)


def forget_told_before(connection: Connection, day: date, *, now: datetime) -> int:
    """Forgets what notices told that were planned for, and asked to be answered by, a day before ``day``; how many.

    Whose they were stays, for it is in the registry. One that a sender has, or that waits for a person, stays whole.
    """
    audit.hold(connection)
    numbers = _before(connection, day)
    if numbers:
        _strip(connection, numbers, now)
    of_none = letters_in.c.notice.is_(None) & (letters_in.c.received_at < day.isoformat())
    connection.execute(sa.update(letters_in).where(of_none).values(sender="", subject="", summary=""))
    ended = suppressions.c.withdrawn_at < day.isoformat()
    gone = connection.scalars(sa.delete(suppressions).where(ended).returning(suppressions.c.id)).all()
    audit.forget_details(connection, [f"suppression:{id_}" for id_ in gone], author=MACHINE, now=now)
    return len(numbers)


def forget_files(desk: Engine, *folders: Path) -> int:
    """Deletes the letters, as they lie in the outbox folder, of notices that were forgotten; how many."""
    gone = 0
    with desk.connect() as connection:
        for path in (path for folder in folders for path in sorted(folder.glob("*.eml"))):
            query = sa.select(notices.c.contact).where(notices.c.number == path.stem)
            if connection.scalar(query) == FORGOTTEN:
                path.unlink()
                gone += 1
    return gone


def _about(connection: Connection, constituent: str) -> _Kept:
    query = sa.select(notices.c.number, notices.c.address).where(notices.c.constituent == constituent)
    rows = connection.execute(query.order_by(notices.c.number)).all()
    own = sa.select(contacts.c.address).where(contacts.c.subject == f"constituent:{constituent}")
    addresses = {*(row.address for row in rows), *connection.scalars(own)}
    return _Kept(
        numbers=tuple(row.number for row in rows),
        addresses=frozenset(each.lower() for each in addresses if "@" in each),
    )


def _before(connection: Connection, day: date) -> tuple[str, ...]:
    held = sa.select(outbox.c.notice).where(outbox.c.state.in_(_IN_QUEUE))
    query = (
        sa.select(notices.c.number)
        .join(plans, plans.c.id == notices.c.plan)
        .where(plans.c.as_of < day.isoformat(), notices.c.due_on < day.isoformat())
        .where(notices.c.contact != FORGOTTEN, notices.c.number.not_in(held))
    )
    return tuple(connection.scalars(query.order_by(notices.c.number)))


def _plans_of(connection: Connection, numbers: Sequence[str]) -> list[str]:
    found = set[str]()
    for block in _blocks(numbers):
        found.update(connection.scalars(sa.select(notices.c.plan).where(notices.c.number.in_(block)).distinct()))
    return sorted(found)


def _strip(connection: Connection, numbers: Sequence[str], now: datetime, **whose: str) -> None:
    _nobodys_contact(connection, now)
    subjects = list[str]()
    sealed = [plan for plan in _plans_of(connection, numbers) if is_sealed(connection, plan)]
    for block in _blocks(numbers):
        _call_off(connection, block, now)
        said = sa.select(answers.c.id).where(answers.c.notice.in_(block))
        ids = list(connection.scalars(said))
        _settle(connection, block, now)
        connection.execute(sa.update(answer_events).where(answer_events.c.answer.in_(said)).values(outcome=_WHY))
        connection.execute(sa.update(answers).where(answers.c.notice.in_(block)).values(words=""))
        letters = sa.update(letters_in).where(letters_in.c.notice.in_(block))
        connection.execute(letters.values(sender="", subject="", summary=""))
        connection.execute(sa.update(notice_events).where(notice_events.c.notice.in_(block)).values(detail=""))
        bare = {"contact": FORGOTTEN, "address": "", "language": "", "items": "[]", "digest": "", "why": "", **whose}
        connection.execute(sa.update(notices).where(notices.c.number.in_(block)).values(bare))
        subjects += [*(f"notice:{number}" for number in block), *(f"answer:{id_}" for id_ in ids)]
    reseal(connection, sealed, author=MACHINE, now=now)
    audit.forget_details(connection, subjects, author=MACHINE, now=now)
    audit.note(connection, MACHINE, "notices forgotten", "purge", {"notices": len(numbers), **whose}, now)


def _nobodys_contact(connection: Connection, now: datetime) -> None:
    """The contact that stands where a notice's own was."""
    if connection.scalar(sa.select(contacts.c.id).where(contacts.c.id == FORGOTTEN)) is None:
        empty = dict.fromkeys(("address", "name", "language", "pointer"), "")
        moment = instant_text(now)
        values = {"id": FORGOTTEN, "subject": "constituent:", "channel": "mail", "roles": "[]", "source": "registry"}
        connection.execute(sa.insert(contacts).values(**values, **empty, seen_at=moment, expires_at=moment))


def _call_off(connection: Connection, numbers: Sequence[str], now: datetime) -> None:
    """What has not left will not. What a sender hands over at this moment may still leave."""
    moment = instant_text(now)
    waits = (outbox.c.notice.in_(numbers), outbox.c.state.in_(("waiting", "leased")))
    ended = {"state": "failed", "lease": None, "leased_until": None, "changed_at": moment}
    connection.execute(sa.update(outbox).where(*waits).values(ended))
    connection.execute(sa.update(outbox).where(outbox.c.notice.in_(numbers)).values(domain=""))
    over = (*sorted(LEFT), "written", "refused", "cancelled")
    done = sa.select(notice_events.c.notice).where(notice_events.c.what.in_(over))
    held = sa.select(outbox.c.notice).where(outbox.c.state.in_(("handing", "uncertain")))
    query = sa.select(notices.c.number).where(
        notices.c.number.in_(numbers), notices.c.number.not_in(done), notices.c.number.not_in(held)
    )
    append_events(connection, sorted(connection.scalars(query)), "cancelled", "", MACHINE, now)


def _settle(connection: Connection, numbers: Sequence[str], now: datetime) -> None:
    """Nobody can look into an answer of which nothing is left."""
    told = dict[int, list[str]]()
    events = sa.select(answer_events.c.answer, answer_events.c.what).join(
        answers, answers.c.id == answer_events.c.answer
    )
    for id_, what in connection.execute(events.where(answers.c.notice.in_(numbers)).order_by(answer_events.c.id)):
        told.setdefault(id_, []).append(what)
    for id_, what in connection.execute(
        sa.select(answers.c.id, answers.c.what).where(answers.c.notice.in_(numbers))
    ).all():
        if is_open(Answer(what), told.get(id_, [])):
            values = {"what": "settled", "outcome": _WHY, "author": MACHINE, "at": instant_text(now)}
            connection.execute(sa.insert(answer_events).values(answer=id_, **values))


def _forget_withheld(connection: Connection, constituent: str, nobody: str) -> None:
    """In the plans in which it was not told: how many findings, why by code, but not whose."""
    named = plans.c.withheld.contains(json.dumps(constituent, ensure_ascii=False), autoescape=True)
    for id_, withheld in connection.execute(sa.select(plans.c.id, plans.c.withheld).where(named)).all():
        rows = [
            {**row, "constituent": nobody, "why": _WHY} if row["constituent"] == constituent else row
            for row in json.loads(withheld)
        ]
        values = {"withheld": json.dumps(rows, ensure_ascii=False)}
        connection.execute(sa.update(plans).where(plans.c.id == id_).values(values))


def _forget_strays(connection: Connection, addresses: Collection[str]) -> None:
    """Letters about no known notice that an address of the constituent wrote."""
    strays = sa.select(letters_in.c.id, letters_in.c.sender).where(letters_in.c.notice.is_(None))
    ids = [row.id for row in connection.execute(strays) if any(each in row.sender.lower() for each in addresses)]
    for block in _blocks(ids):
        gone = sa.update(letters_in).where(letters_in.c.id.in_(block))
        connection.execute(gone.values(sender="", subject="", summary=""))


def _forget_suppressions(connection: Connection, names: Collection[str], now: datetime) -> None:
    """Entries that were ended go; of those in force only that nothing is sent there stays."""
    gone = list[int]()
    for block in _blocks(sorted(names)):
        mine = suppressions.c.what.in_(block)
        in_force = suppressions.c.withdrawn_at.is_(None)
        gone += connection.scalars(sa.delete(suppressions).where(mine, ~in_force).returning(suppressions.c.id))
        bare = {"reason": _WHY_SILENT, "author": MACHINE}
        gone += connection.scalars(sa.update(suppressions).where(mine).values(bare).returning(suppressions.c.id))
    audit.forget_details(connection, [f"suppression:{id_}" for id_ in gone], author=MACHINE, now=now)


def _blocks(many: Sequence[str]) -> Iterator[Sequence[str]]:
    """Blocks that every database takes."""
    for start in range(0, len(many), _BLOCK):
        yield many[start : start + _BLOCK]
