"""What recipients answered, and what became of it. Append-only: settling and reopening are events of their own.

Whatever an answer brings about is written in one transaction with it, and with its row of the audit log.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.notices.answers import MEANINGS, QUEUED, Answer, Via, is_open
from tocsin.remediation.overlay import Override
from tocsin.store import audit
from tocsin.store.clock import instant_text
from tocsin.store.contacts import FORGOTTEN, add_note
from tocsin.store.notices import append_event
from tocsin.store.overrides import add_override
from tocsin.store.schema import answer_events, answers, notices
from tocsin.store.suppressions import suppress

RECIPIENT = "recipient"
"""The author of what came by a page: whoever holds the notice, and no more is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer as it is on the desk; ``is_new`` is false when this or an earlier click brought it before."""

    id: int
    at: str
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer beside its notice. ``services`` are ``ADDRESS:PORT``; ``events`` are what, outcome, author and time."""

    id: int
    answer: Answer
    via: str
    words: str
    author: str
    at: str
    notice: str
    case_id: str
    constituent: str
    contact: str
    channel: str
    address: str
    services: tuple[str, ...]
    events: tuple[tuple[str, str, str, str], ...]

    @property
    def is_open(self) -> bool:
        return is_open(self.answer, [what for what, *_ in self.events])


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What settles an answer, besides the reason: assignments from ``begins`` to ``expires``, a contact set aside."""

    overrides: Sequence[Override] = ()
    begins: date = date.min
    expires: date = date.max
    sets_contact_aside: bool = False


def save_answer(
    desk: Engine, number: str, answer: Answer, *, via: Via, words: str, author: str, now: datetime
) -> Kept | None:
    """Keeps an answer and does what it brings about; ``None`` when there is no notice of that number, or a purge
    has forgotten whose it was.

    What comes by a page is kept once for each notice and answer, however often and by however many it is sent.
    """
    with desk.begin() as connection:
        audit.hold(connection)
        known = sa.select(notices.c.address).where(notices.c.number == number, notices.c.contact != FORGOTTEN)
        found = connection.execute(known).one_or_none()
        if found is None:
            return None
        before = find_answer(connection, number, answer) if via is Via.PAGE else None
        if before is not None:
            return before
        values = {"notice": number, "what": answer, "via": via, "words": words, "author": author}
        query = sa.insert(answers).values(**values, at=instant_text(now)).returning(answers.c.id)
        id_ = int(connection.scalars(query).one())
        append_event(connection, number, "answered", str(answer), author, now)
        if MEANINGS[answer].suppresses:
            reason = f"answer {id_} to a notice: stop"
            suppress(connection, found.address.strip().lower()[:320], reason=reason, author=author, now=now)
        audit.note(connection, author, "answer", f"notice:{number}", {"answer": id_, "what": answer, "via": via}, now)
        return Kept(id=id_, at=instant_text(now), is_new=True)


def find_answer(connection: Connection, number: str, answer: Answer) -> Kept | None:
    """The answer of that kind which came by a page."""
    query = sa.select(answers.c.id, answers.c.at).where(
        answers.c.notice == number, answers.c.what == answer, answers.c.via == Via.PAGE
    )
    row = connection.execute(query.order_by(answers.c.id)).first()
    return None if row is None else Kept(id=row.id, at=row.at, is_new=False)


def list_answers(desk: Engine, *, every: bool = False) -> list[Given]:
    """The answers that wait for a person, oldest first; with ``every`` all there are."""
    query = sa.select(*_COLUMNS).join(notices, notices.c.number == answers.c.notice)
    if not every:
        query = query.where(answers.c.what.in_(QUEUED))
    with desk.connect() as connection:
        found = _given(connection, query.order_by(answers.c.id))
    return found if every else [each for each in found if each.is_open]


def load_answer(desk: Engine, id_: int) -> Given | None:
    """One answer with what became of it."""
    query = sa.select(*_COLUMNS).join(notices, notices.c.number == answers.c.notice).where(answers.c.id == id_)
    with desk.connect() as connection:
        return next(iter(_given(connection, query)), None)


def settle_answer(
    desk: Engine, given: Given, mending: Mending, *, reason: str, author: str, now: datetime
) -> tuple[int, ...] | None:
    """Settles an answer with all that mends the registry; the numbers of the overrides made.

    ``None``, and nothing is done, when somebody else has settled it meanwhile.
    """
    with desk.begin() as connection:
        audit.hold(connection)
        if not is_open(given.answer, [what for what, *_ in _events(connection, [given.id]).get(given.id, ())]):
            return None
        days = {"begins": mending.begins, "expires": mending.expires}
        made = tuple(add_override(connection, each, **days, now=now) for each in mending.overrides)
        if mending.sets_contact_aside:
            why = f"answer {given.id}: {reason}"
            add_note(connection, given.contact, "set_aside", reason=why, author=author, now=now)
        _add_answer_event(connection, given.id, "settled", _outcome(mending, made, reason), author, now)
        detail = {"reason": reason, "overrides": made, "set_aside": mending.sets_contact_aside}
        audit.note(connection, author, "answer settled", f"answer:{given.id}", detail, now)
        return made


def reopen_answer(desk: Engine, given: Given, *, reason: str, author: str, now: datetime) -> bool:
    """Puts a settled answer back into the queue; what was mended stays. False when it waits already."""
    with desk.begin() as connection:
        audit.hold(connection)
        if is_open(given.answer, [what for what, *_ in _events(connection, [given.id]).get(given.id, ())]):
            return False
        _add_answer_event(connection, given.id, "reopened", reason, author, now)
        audit.note(connection, author, "answer reopened", f"answer:{given.id}", {"reason": reason}, now)
        return True


_COLUMNS: tuple[sa.Column[object], ...] = (
    *(answers.c[name] for name in ("id", "what", "via", "words", "author", "at", "notice")),
    *(notices.c[name] for name in ("case_id", "constituent", "contact", "channel", "address", "items")),
)
_BLOCK = 500


def _given(connection: Connection, query: sa.Executable) -> list[Given]:
    rows = connection.execute(query).mappings().all()
    events = _events(connection, [row["id"] for row in rows])
    found = []
    for row in rows:
        values = {name: row[name] for name in row if name not in ("what", "items")}
        services, told = _services(row["items"]), tuple(events.get(row["id"], ()))
        found.append(Given(**values, answer=Answer(row["what"]), services=services, events=told))
    return found


def _events(connection: Connection, ids: Sequence[int]) -> dict[int, list[tuple[str, str, str, str]]]:
    found: dict[int, list[tuple[str, str, str, str]]] = {}
    for start in range(0, len(ids), _BLOCK):
        query = sa.select(answer_events).where(answer_events.c.answer.in_(ids[start : start + _BLOCK]))
        for row in connection.execute(query.order_by(answer_events.c.id)):
            found.setdefault(row.answer, []).append((row.what, row.outcome, row.author, row.at))
    return found


def _services(items: str) -> tuple[str, ...]:
    told: Iterable[dict[str, object]] = json.loads(items)
    return tuple(_service(str(each["address"]), str(each["port"])) for each in told)


def _service(address: str, port: str) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _outcome(mending: Mending, made: Sequence[int], reason: str) -> str:
    done = [f"override {number}: {each.value}" for number, each in zip(made, mending.overrides, strict=True)]
    if mending.sets_contact_aside:
        done.append("contact set aside")
    return "; ".join([*done, reason])


def _add_answer_event(
    connection: Connection,
    answer: int,
    what: Literal["settled", "reopened"],
    outcome: str,
    author: str,
    now: datetime,
) -> None:
    values = {"answer": answer, "what": what, "outcome": outcome, "author": author, "at": instant_text(now)}
    connection.execute(sa.insert(answer_events).values(**values))
