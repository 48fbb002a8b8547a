"""What a recipient may ask and say about a notice, and what an officer enters for one who answered otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy.engine import Engine

from tocsin.errors import AskError, PackError, did_you_mean
from tocsin.notices import Kind
from tocsin.notices.answers import Answer, Via, own_words
from tocsin.notices.numbers import parse_number
from tocsin.notices.tokens import Purpose, Refusal, Token, read
from tocsin.persons import checked_name
from tocsin.store.answers import RECIPIENT, Kept, find_answer, save_answer
from tocsin.store.clock import parse_instant
from tocsin.store.confirmations import find_gone
from tocsin.store.desk import open_desk
from tocsin.store.token_key import token_key
from tocsin.store.workspace import Workspace
from tocsin.tasks.cases import load_case

PUBLIC_BUSY_SECONDS = 5
"""For so long a click waits for another writer; then the page says that it cannot be taken now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Where recipients are answered: an open desk, the key of the links, and the names of cases."""

    desk: Engine
    key: bytes
    title_of: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """What anyone who holds the number may know of a notice."""

    number: str
    case_id: str
    title: str
    kind: Kind
    on: date
    taken_back: date | None


class Refused(StrEnum):
    """What a page says of a link that is not taken: that it is none of ours, or too old; no more."""

    INVALID = "invalid"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a link answers, and to which notice. ``given_on`` is the day (UTC) on which that answer came by a link.

    ``is_new``: it came just now.
    """

    answer: Answer
    notice: Confirmed | None
    number: str
    given_on: date | None
    is_new: bool


def open_counter(workspace: Workspace) -> Counter:
    """The counter of one workspace, for as long as it serves. Raises ``WorkspaceError``."""
    titles: dict[str, str] = {}

    def title_of(case_id: str) -> str:
        if case_id not in titles:
            try:
                titles[case_id] = load_case(case_id, workspace.root).title
            except (AskError, PackError):  # the notice went out all the same
                return case_id
        return titles[case_id]

    desk = open_desk(workspace.desk_url, busy_seconds=PUBLIC_BUSY_SECONDS)
    return Counter(desk=desk, key=token_key(workspace.root), title_of=title_of)


def confirm(counter: Counter, typed: str) -> Confirmed | None:
    """What is known of the notice of that number; ``None`` when none of that number went out."""
    number = parse_number(typed)
    found = find_gone(counter.desk, number) if number else None
    if found is None:
        return None
    return Confirmed(
        number=found.number,
        case_id=found.case_id,
        title=counter.title_of(found.case_id),
        kind=found.kind,
        on=found.on,
        taken_back=found.taken_back,
    )


def ask(counter: Counter, text: str, *, purpose: Purpose, now: datetime) -> Asked | Refused:
    """What a link would answer. Changes nothing: mail scanners follow links."""
    token = _token(counter, text, purpose, now)
    if isinstance(token, Refused):
        return token
    with counter.desk.connect() as connection:
        before = find_answer(connection, token.number, token.answer)
    return _asked(counter, token, before)


def take(counter: Counter, text: str, *, purpose: Purpose, words: str, now: datetime) -> Asked | Refused:
    """Takes the answer that a link gives; the same again changes nothing."""
    token = _token(counter, text, purpose, now)
    if isinstance(token, Refused):
        return token
    kept = save_answer(
        counter.desk, token.number, token.answer, via=Via.PAGE, words=own_words(words), author=RECIPIENT, now=now
    )
    return Refused.INVALID if kept is None else _asked(counter, token, kept)


def enter_answer(
    workspace: Workspace, typed: str, answer: str, *, via: str, words: str, author: str, now: datetime
) -> Mapping[str, object]:
    """Keeps what a recipient told a person. Raises ``AskError`` when it cannot be kept as put."""
    if answer not in tuple(Answer):
        raise AskError(f"no answer {answer!r}{did_you_mean(answer, Answer)}", remedy=f"one of {', '.join(Answer)}")
    if via not in (Via.MAIL, Via.PERSON):
        raise AskError(f"no way {via!r}", remedy="--via mail, or --via person for what was said")
    name = checked_name(author, need="an answer needs the name of whoever enters it", option="--by")
    desk, number = open_desk(workspace.desk_url), parse_number(typed)
    found = find_gone(desk, number) if number else None
    kept = found and save_answer(
        desk, found.number, Answer(answer), via=Via(via), words=own_words(words), author=name, now=now
    )
    if not found or not kept:
        raise AskError(f"no notice {typed!r} went out", remedy="see 'tocsin notify list' for its number")
    return {"answer": kept.id, "notice": found.number, "what": answer, "via": via}


def _token(counter: Counter, text: str, purpose: Purpose, now: datetime) -> Token | Refused:
    """What the link says; nobody answers what has not gone out, as whoever reads a rehearsal or a preview could."""
    token = read(text, counter.key, purpose=purpose, now=now)
    if isinstance(token, Refusal):
        return Refused.EXPIRED if token is Refusal.EXPIRED else Refused.INVALID
    return token if find_gone(counter.desk, token.number) else Refused.INVALID


def _asked(counter: Counter, token: Token, before: Kept | None) -> Asked:
    given_on = parse_instant(before.at).astimezone(UTC).date() if before else None
    notice = confirm(counter, token.number)
    is_new = before is not None and before.is_new
    return Asked(answer=token.answer, notice=notice, number=token.number, given_on=given_on, is_new=is_new)
