"""The queue of answers that mend the registry: what waits, and how a person settles it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.engine import Engine

from tocsin.errors import AskError
from tocsin.notices.answers import MEANINGS
from tocsin.persons import checked_name
from tocsin.store.answers import Given, Mending, list_answers, load_answer, reopen_answer, settle_answer
from tocsin.store.bodies import load_names
from tocsin.store.desk import open_desk
from tocsin.store.workspace import Workspace
from tocsin.tasks.override import assignments

OVERRIDE_DAYS = 365
"""For so long an assignment set aside in the queue counts, unless a day is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An answer, and the name of the constituent it came from."""

    given: Given
    name: str

    def as_json(self) -> dict[str, object]:
        given = self.given
        keys = ("id", "answer", "notice", "case_id", "constituent", "contact", "channel", "address", "via", "words")
        events = [dict(zip(("what", "outcome", "author", "at"), event, strict=True)) for event in given.events]
        return {
            **{key: getattr(given, key) for key in keys},
            "name": self.name,
            "author": given.author,
            "at": given.at,
            "services": list(given.services),
            "open": given.is_open,
            "events": events,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How an answer is settled. ``override``: a constituent, ``none``, or nothing; ``services``: only these of them."""

    reason: str
    author: str
    override: str | None = None
    services: Sequence[str] = ()
    begins: date | None = None
    expires: date | None = None
    sets_contact_aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was done: the numbers of the overrides made, and for which services."""

    answer: int
    overrides: tuple[int, ...]
    services: tuple[str, ...]
    contact_set_aside: str | None

    def as_json(self) -> dict[str, object]:
        return {
            "answer": self.answer,
            "overrides": list(self.overrides),
            "services": list(self.services),
            "contact_set_aside": self.contact_set_aside,
        }


def waiting(workspace: Workspace, *, every: bool = False) -> list[Waiting]:
    """The answers that wait for a person, oldest first; with ``every`` all there are."""
    desk = open_desk(workspace.desk_url)
    names = load_names(desk)
    found = list_answers(desk, every=every)
    return [Waiting(given=given, name=names.get(given.constituent, given.constituent)) for given in found]


def settle(workspace: Workspace, number: int, wish: Wish, *, now: datetime) -> Settled:
    """Settles one answer, with all that mends the registry. Raises ``AskError`` when it cannot be settled as put."""
    desk = open_desk(workspace.desk_url)
    given = _answer(desk, number)
    wish = replace(wish, author=_checked(wish.reason, wish.author))
    if not given.is_open:
        raise _not_open(given)
    services = _services(given, wish)
    mending = _mending(desk, wish, services, now)
    made = settle_answer(desk, given, mending, reason=wish.reason.strip(), author=wish.author, now=now)
    if made is None:
        raise _not_open(given)
    aside = given.contact if wish.sets_contact_aside else None
    return Settled(answer=number, overrides=made, services=services, contact_set_aside=aside)


def reopen(workspace: Workspace, number: int, *, reason: str, author: str, now: datetime) -> None:
    """Puts a settled answer back into the queue; what was mended stays. Raises ``AskError``."""
    desk = open_desk(workspace.desk_url)
    given = _answer(desk, number)
    author = _checked(reason, author)
    if not MEANINGS[given.answer].is_queued:
        raise _not_open(given)
    if not reopen_answer(desk, given, reason=reason.strip(), author=author, now=now):
        raise AskError(f"answer {number} waits already", remedy="see 'tocsin review list'")


def _answer(desk: Engine, number: int) -> Given:
    given = load_answer(desk, number) if 0 < number < 2**31 else None
    if given is None:
        raise AskError(f"no answer {number}", remedy="see 'tocsin review list'")
    return given


def _checked(reason: str, author: str) -> str:
    """The name as it is kept. Raises ``AskError`` without a name or a reason."""
    if not reason.strip():
        raise AskError("the queue needs a reason", remedy="say why with --reason")
    return checked_name(author, need="the queue needs the name of whoever settles", option="--as")


def _not_open(given: Given) -> AskError:
    if not MEANINGS[given.answer].is_queued:
        return AskError(
            f"answer {given.id} is {given.answer!r} and waits for nobody: {MEANINGS[given.answer].happens}",
            remedy="see 'tocsin review list'",
        )
    last = given.events[-1] if given.events else None
    by = f" by {last[2]}" if last and last[0] == "settled" else ""
    return AskError(
        f"answer {given.id} is settled already{by}",
        remedy=f"see 'tocsin review list --all'; 'tocsin review reopen {given.id}' puts it back",
    )


def _services(given: Given, wish: Wish) -> tuple[str, ...]:
    """The services whose assignment is set aside: all that the notice told of, or those chosen of them."""
    if wish.override is None:
        if wish.services or wish.begins or wish.expires:
            raise AskError(
                "--service, --from and --expires are about an assignment", remedy="say whose they are with --override"
            )
        return ()
    strange = [service for service in wish.services if service not in given.services]
    if strange:
        raise AskError(
            f"the notice did not tell of {strange[0]}", remedy=f"it told of {', '.join(given.services[:20])}"
        )
    return tuple(dict.fromkeys(wish.services)) or given.services


def _mending(desk: Engine, wish: Wish, services: Sequence[str], now: datetime) -> Mending:
    if wish.override is None:
        return Mending(sets_contact_aside=wish.sets_contact_aside)
    expires = wish.expires or now.date() + timedelta(days=OVERRIDE_DAYS)
    overrides, begins = assignments(
        desk,
        services,
        wish.override,
        reason=wish.reason,
        author=wish.author,
        begins=wish.begins,
        expires=expires,
        now=now,
    )
    return Mending(overrides=overrides, begins=begins, expires=expires, sets_contact_aside=wish.sets_contact_aside)
