"""The escalation ladder: which way to tell a constituent comes next, given what is known and what was tried.

A reminder of what is unchanged goes by another way, never by the same one again. Letters got more fixed than mails in
"Snail Mail Beats Email Any Day" (ARES 2021); telephone and social media did not in Stock et al., "Didn't You Hear Me?"
(NDSS 2018): so mail, which costs nothing, comes first, and whatever takes a person's time last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from tocsin.notices import Standing
from tocsin.remediation.parties import Told


class Step(IntEnum):
    """A step of the ladder, in order. The first contact of its own is ``MAIL``, every other one ``SECOND``."""

    MAIL = 0
    SECOND = 1
    PROVIDER = 2
    CERT = 3
    PHONE = 4
    LETTER = 5
    PERSON = 6


STEP_WORDS = {
    Step.MAIL: "send a notice",
    Step.SECOND: "tell the second contact",
    Step.PROVIDER: "tell the provider of the network",
    Step.CERT: "tell the sector's or the country's CERT",
    Step.PHONE: "put on the phone list",
    Step.LETTER: "send a letter by post",
    Step.PERSON: "every way was tried: a person decides",
}
_BY_CHANNEL = {"phone": Step.PHONE, "post": Step.LETTER}
_NEEDS_NO_WAY = (Step.PHONE, Step.LETTER, Step.PERSON)
# What was tried and needs no second trial by the same way; a mail that was only written to a file went nowhere.
_TRIED = frozenset(Standing) - {
    Standing.PLANNED,
    Standing.WAITING,
    Standing.WRITTEN,
    Standing.CANCELLED,
    Standing.RETRACTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A contact that may be tried: ``remove`` is ``own``, ``provider`` or ``cert``; ``contact`` its id, or empty."""

    remove: str
    channel: str
    address: str
    contact: str = ""

    def step(self, *, is_first: bool) -> Step:
        """The step of the ladder on which it is tried."""
        if self.remove != "own":
            return Step.PROVIDER if self.remove == "provider" else Step.CERT
        return _BY_CHANNEL.get(self.channel, Step.MAIL if is_first else Step.SECOND)


def next_step(ways: Sequence[Way], notices: Iterable[Told]) -> tuple[Step, Way | None]:
    """The lowest step that was not tried yet, with its way where one is known.

    ``ways`` are the constituent's in the order in which they are to be tried. Phone and post are steps even where no
    number and no address is known: somebody has to look it up. When all was tried, a person decides.
    """
    told = list(notices)
    tried = {(each.channel, each.address.casefold()) for each in told if _was_tried(each)}
    by_hand = {_BY_CHANNEL[each.channel] for each in told if each.channel in _BY_CHANNEL and _was_tried(each)}
    found = dict[Step, Way]()
    first_own = next((way for way in ways if way.remove == "own" and way.channel not in _BY_CHANNEL), None)
    for way in ways:
        step = way.step(is_first=way is first_own)
        if (way.channel, way.address.casefold()) not in tried and step not in by_hand:
            found.setdefault(step, way)
    for step in Step:
        if step in found or (step in _NEEDS_NO_WAY and step not in by_hand):
            return step, found.get(step)
    raise AssertionError("a person is always there")


def _was_tried(each: Told) -> bool:
    return each.standing in _TRIED or (each.standing is Standing.WRITTEN and each.channel in _BY_CHANNEL)
