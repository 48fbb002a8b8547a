"""What the answer of a mail server means for a notice, when to try again, and the port that carries one.

The one thing SMTP cannot tell is what became of a message whose last dot was sent and whose answer did not come: such
a notice is ``UNCERTAIN`` and never repeated by itself. Sources: RFC 5321, sections 4.2, 4.5.3.2 and 4.5.4.1; RFC 1047.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

LONGEST_TEXT = 500
_MINUTES = (5, 15, 30, 60, 120, 240)
_JITTER = 0.2
_OF_THE_WAY = frozenset({530, 534, 535, 538})
_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_MAILBOX = re.compile(rf'(?:{_ATOM}(?:\.{_ATOM})*|"(?:[^"\\\x00-\x1f\x7f]|\\[^\x00-\x1f\x7f])+")@(?:[\w-]+\.)*[\w-]+')
_LONGEST_ADDRESS = 254
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


class Outcome(StrEnum):
    """``NO_WAY`` says nothing of the notice: the server cannot be used now, for this notice or any other."""

    ACCEPTED = "accepted"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    UNCERTAIN = "uncertain"
    NO_WAY = "no_way"


class Stage(StrEnum):
    """How far a conversation had come. From ``HANDED`` on the last dot may have been sent."""

    GREETING = "greeting"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    HANDED = "handed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A message as it is handed over: ``content`` is what the letter is, the rest is the envelope."""

    number: str
    message_id: str
    sender: str
    recipient: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of one try. ``code`` is the server's; ``None`` where none came."""

    outcome: Outcome
    text: str
    code: int | None = None


class LeaseLostError(Exception):
    """Another sender has this notice now; whoever gets this must not hand it over."""


class Carrier(Protocol):
    """Carries a message to the next hop."""

    async def carry(self, parcel: Parcel, *, handing: Callable[[], Awaitable[None]]) -> Receipt:
        """Tries once, and never raises for what the other side does.

        Awaits ``handing`` when all that is left is to send what cannot be taken back; when that raises, so does this,
        and nothing was handed over.
        """
        ...

    def has_taken(self, number: str) -> bool | None:
        """Whether it has had this notice already; ``None`` when that cannot be told."""
        ...

    async def close(self) -> None:
        """Ends what was kept open."""
        ...


def is_mailbox(address: str) -> bool:
    """Whether this is one mail address and nothing else, so that it says no more to a server than whom to reach.

    Sources: RFC 5321, section 4.1.2; RFC 6531, section 3.3 (letters beyond ASCII).
    """
    return len(address) <= _LONGEST_ADDRESS and _MAILBOX.fullmatch(address) is not None


def meaning(stage: Stage, code: int | None, text: str) -> Receipt:
    """What ``code`` at ``stage`` means; ``None`` is silence, a lost connection or no answer that can be read."""
    shown = _UNPRINTABLE.sub(" ", text).strip()[:LONGEST_TEXT]
    return Receipt(outcome=_outcome(stage, code), text=shown, code=code)


def _outcome(stage: Stage, code: int | None) -> Outcome:
    kind = code // 100 if code is not None else 0
    if stage is Stage.HANDED:
        return {2: Outcome.ACCEPTED, 4: Outcome.TEMPORARY, 5: Outcome.PERMANENT}.get(kind, Outcome.UNCERTAIN)
    if stage in (Stage.GREETING, Stage.SENDER) or code in _OF_THE_WAY or code == 421:
        return Outcome.NO_WAY
    return Outcome.PERMANENT if kind == 5 else Outcome.TEMPORARY


def back_off(attempts: int, chance: float) -> timedelta:
    """How long to wait after so many tries (at least one), a fifth more or less by ``chance`` from 0 to 1."""
    minutes = _MINUTES[min(attempts, len(_MINUTES)) - 1]
    return timedelta(minutes=minutes * (1 - _JITTER + 2 * _JITTER * chance))


def next_try(attempts: int, *, deadline: datetime, now: datetime, chance: float) -> datetime | None:
    """When to try again after so many tries; ``None`` when the deadline is past or would be then."""
    moment = now + back_off(attempts, chance)
    return moment if moment <= deadline else None
