"""Those to be told: each constituent that a case concerns, how it stands at the last look, and what it was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from tocsin.constituency import format_address
from tocsin.notices import Standing as Sent
from tocsin.remediation.census import Body
from tocsin.remediation.columns import NO_WORD, Integers, Mask, codes, is_word
from tocsin.remediation.marks import Mark
from tocsin.remediation.measures import Subject
from tocsin.remediation.spells import OPEN, Standing
from tocsin.remediation.units import PROVEN, Unit

STATES = ("fixed", "out of sight", "mitigated", "undetermined", "open")
"""How a party's services stand together at the last look: as the worst of them does."""
_STATE = {
    Standing.NOT_YET_SEEN: "out of sight",
    Standing.NEVER_EXPOSED: "out of sight",
    Standing.FIXED: "fixed",
    Standing.NO_LONGER_LISTED: "out of sight",
    Standing.UNSEEN: "out of sight",
    Standing.MITIGATED: "mitigated",
    Standing.UNDETERMINED: "undetermined",
    Standing.DOUBTFUL: "open",
    Standing.AFFECTED: "open",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What the looks show of one constituent, by what is proven to be its own.

    ``is_sure``: some service was seen affected or compromised; else one was undetermined at some time. ``fixed_on`` is
    the day of the look that showed the last of them fixed, where ``state`` is ``fixed``; ``reopened_on`` the first look
    that showed one affected again that still is. ``compromise`` is ``confirmed``, ``possible`` or empty, whatever the
    state: a fix ends no compromise.
    """

    is_sure: bool
    state: str
    fixed_on: date | None = None
    reopened_on: date | None = None
    compromise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One notice to a constituent. ``left_on`` is the day on which it left the house, ``None`` where it has not.

    ``answer`` is the newest answer to it, or empty, and ``is_settled`` whether a person has settled that;
    ``told_compromise`` says whether the notice spoke of a trace of compromise.
    """

    number: str
    channel: str
    contact: str
    address: str
    standing: Sent
    due_on: date
    left_on: date | None = None
    answer: str = ""
    is_settled: bool = False
    told_compromise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One constituent that the case concerns. ``notices`` are oldest first; corrections are none of them."""

    id: str
    body: Body
    exposure: Exposure
    has_contact: bool
    notices: tuple[Told, ...] = ()

    @property
    def is_person(self) -> bool:
        return self.body.kind == "person"

    @property
    def told_on(self) -> date | None:
        """The day on which the first notice left that arrived, as far as is known; without any, the first that left.

        What was taken back told nothing.
        """
        gone = [each for each in self.notices if each.left_on is not None and each.standing is not Sent.RETRACTED]
        arrived = [each for each in gone if each.standing not in (Sent.BOUNCED, Sent.UNCERTAIN)]
        return min((each.left_on for each in arrived or gone if each.left_on is not None), default=None)

    @property
    def is_fixed(self) -> bool:
        return self.exposure.state == "fixed"

    @property
    def is_fixed_since_told(self) -> bool:
        """Whether a look of a later day than ``told_on`` showed the fix; one of the same day may be older."""
        fixed, told = self.exposure.fixed_on, self.told_on
        return fixed is not None and told is not None and fixed > told


def exposures(subject: Subject) -> dict[str, Exposure]:
    """What the looks show of each constituent that was ever affected, compromised or undetermined, by proof."""
    owner, words = _owners(subject)
    sure, doubtful = _concerned(subject)
    rows = np.flatnonzero(owner != NO_WORD)
    mine, number = owner[rows], len(words)

    def most(values: Integers) -> Integers:
        found = np.full(number, NO_WORD, dtype=np.int64)
        np.maximum.at(found, mine, values[rows])
        return found

    certain, maybe = most(sure.astype(np.int64)), most(doubtful.astype(np.int64))
    worst = most(subject.folded.standing[-1].astype(np.int64))
    compromise = most(subject.is_possible.astype(np.int64) + 2 * subject.is_confirmed)
    ended, reopened = (most(values) for values in (_last_end(subject), _reopening(subject)))
    days = subject.lives.days
    found = {}
    for place in np.flatnonzero((certain > 0) | (maybe > 0)).tolist():
        state = _STATE[Standing(int(worst[place]))]
        found[words[place]] = Exposure(
            is_sure=bool(certain[place] > 0),
            state=state,
            fixed_on=days[int(ended[place])] if state == "fixed" else None,
            reopened_on=days[int(reopened[place])] if reopened[place] >= 0 else None,
            compromise=("", "possible", "confirmed", "confirmed")[max(int(compromise[place]), 0)],
        )
    return found


def reopened_services(subject: Subject) -> dict[str, date]:
    """By ``address port transport``, the day of the look that first showed a service affected again after its fix.

    Only those that still are.
    """
    looks = _reopening(subject)
    rows = np.flatnonzero(looks >= 0)
    table = subject.lives.services.select(["ip_hi", "ip_lo", "port", "transport"]).take(pa.array(rows))
    return {
        f"{format_address(row['ip_hi'], row['ip_lo'])} {row['port']} {row['transport']}": subject.lives.days[int(look)]
        for row, look in zip(table.to_pylist(), looks[rows], strict=True)
    }


def fixed_by_day(subject: Subject, names: Sequence[str]) -> tuple[Mask, Mask]:
    """Of each look and each of ``names``, whether it stood fixed then, and whether it was out of sight."""
    owner, words = _owners(subject)
    column = {name: number for number, name in enumerate(names)}
    mine = np.array([*(column.get(word, NO_WORD) for word in words), NO_WORD])[owner]
    unit = Unit(name="organisations", place=PROVEN, owner=mine)
    worst = np.zeros((len(subject.lives.days), len(names)), dtype=np.uint8)
    worst[:, np.unique(mine[unit.members])] = unit.worst(subject.folded.standing)
    gone: Mask = np.isin(worst, [each for each, state in _STATE.items() if state == "out of sight"])
    return worst == Standing.FIXED, gone


def nobodys(subject: Subject) -> Mapping[str, tuple[int, int]]:
    """How many services were ever affected, at least and at most, that no constituent holds by proof: by certainty."""
    sure, doubtful = _concerned(subject)
    found = {}
    for certainty, also in (("none", ()), ("claimed", ("disputed",))):
        rows = np.zeros(len(subject.lives), dtype=bool)
        for word in (certainty, *also):
            rows |= is_word(subject.lives.services, "certainty", word)
        found[certainty] = (int((sure & rows).sum()), int(((sure | doubtful) & rows).sum()))
    return found


def _owners(subject: Subject) -> tuple[Integers, list[str]]:
    services = subject.lives.services
    numbers, words = codes(services.column("constituent"))
    known = np.array([*(word in subject.bodies for word in words), False])[numbers]
    return np.where(known & is_word(services, "certainty", "proven"), numbers, NO_WORD), list(words)


def _concerned(subject: Subject) -> tuple[Mask, Mask]:
    """Which lives were ever seen affected or compromised, and which only undetermined."""
    marks = subject.lives.marks
    sure: Mask = ((marks == Mark.AFFECTED) | (marks == Mark.MITIGATED)).any(axis=0) | subject.was_compromised
    doubtful: Mask = (marks == Mark.UNDETERMINED).any(axis=0)
    return sure, doubtful


def _last_end(subject: Subject) -> Integers:
    """Of each life the look that ended its last spell; without any spell the first that showed it fixed."""
    marks, spells = subject.lives.marks, subject.folded.spells
    fixed = marks == Mark.FIXED
    found = np.where(fixed.any(axis=0), np.argmax(fixed, axis=0), 0).astype(np.int64)
    had = np.full(len(subject.lives), NO_WORD, dtype=np.int64)
    np.maximum.at(had, spells.service, spells.ended)
    return np.where(had >= 0, had, found)


def _reopening(subject: Subject) -> Integers:
    spells = subject.folded.spells
    found = np.full(len(subject.lives), NO_WORD, dtype=np.int64)
    again = (spells.ended == OPEN) & spells.is_reopened
    found[spells.service[again]] = spells.began[again]
    return found
