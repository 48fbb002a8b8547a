"""Where a notice stands: a fold over its events, in whatever order they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Standing(StrEnum):
    """Where one notice stands.

    ``PLANNED``: nothing happened yet; ``WAITING``: in the outbox; ``WRITTEN``: to a file, for a person to carry, and
    nobody knows whether anybody did. ``ACCEPTED`` by the next hop; ``SILENT``: accepted, and nothing heard until its
    day had passed. ``REFUSED`` by the next hop; ``BOUNCED`` further on; ``UNCERTAIN``: SMTP could not tell.
    ``AUTO_REPLIED`` by a machine, ``REPLIED`` by a person, ``ANSWERED`` by one of the answers that a notice offers.
    ``RETRACTED``: it was wrong and taken back; ``CANCELLED`` before it left.
    """

    PLANNED = "planned"
    WAITING = "waiting"
    WRITTEN = "written"
    ACCEPTED = "accepted"
    SILENT = "silent"
    BOUNCED = "bounced"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    AUTO_REPLIED = "auto_replied"
    REPLIED = "replied"
    ANSWERED = "answered"
    RETRACTED = "retracted"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that befell a notice: ``what`` is a word of ``WORDS``, ``at`` the moment (UTC)."""

    what: str
    at: datetime


# What the next hop last did. Of two at one moment the one further along holds, and of these the one that claims less.
_DELIVERY = ("queued", "deferred", "written", "accepted", "refused", "uncertain")
_HEARD = ("answered", "replied")
WORDS = (*_DELIVERY, "bounced", "auto_replied", *_HEARD, "retracted", "cancelled")
LEFT = frozenset(("accepted", "uncertain", "bounced", "auto_replied", *_HEARD))
"""What befalls only a notice that left the house, or may have."""
_OF_DELIVERY = {
    "queued": Standing.WAITING,
    "deferred": Standing.WAITING,
    "written": Standing.WRITTEN,
    "accepted": Standing.ACCEPTED,
    "refused": Standing.REFUSED,
    "uncertain": Standing.UNCERTAIN,
}


def standing_of(events: Iterable[Event], *, due_on: date, on: date) -> Standing:
    """Where a notice with these events stands at the end of the day ``on``; it asks to be fixed by ``due_on``.

    Whatever a person wrote back outweighs a bounce, a bounce outweighs a machine's reply and the next hop's word, be
    they recorded before or after it: the address that bounced is not known to have been reached. Only a notice queued
    anew leaves its bounces behind. What is cancelled after it left has left. Raises ``ValueError`` for an unknown word.
    """
    moments = _latest(events)
    if "retracted" in moments:
        return Standing.RETRACTED
    for word in _HEARD:
        if word in moments:
            return Standing(word)
    queued = moments.get("queued")
    if "bounced" in moments and (queued is None or moments["bounced"] >= queued):
        return Standing.BOUNCED
    if "auto_replied" in moments:
        return Standing.AUTO_REPLIED
    if "cancelled" in moments and not LEFT & moments.keys():
        return Standing.CANCELLED
    delivery = [(at, _DELIVERY.index(what)) for what, at in moments.items() if what in _OF_DELIVERY]
    if not delivery:
        return Standing.PLANNED
    found = _OF_DELIVERY[_DELIVERY[max(delivery)[1]]]
    return Standing.SILENT if found is Standing.ACCEPTED and on > due_on else found


def left_at(events: Iterable[Event]) -> datetime | None:
    """The first moment at which the notice had left the house, or may have; ``None`` where it has not."""
    return min((event.at for event in events if event.what in LEFT), default=None)


def _latest(events: Iterable[Event]) -> dict[str, datetime]:
    found = dict[str, datetime]()
    for event in events:
        if event.what not in WORDS:
            raise ValueError(f"{event.what!r} is nothing that befalls a notice; one of {', '.join(WORDS)}")
        if event.what not in found or event.at > found[event.what]:
            found[event.what] = event.at
    return found
