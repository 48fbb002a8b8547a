"""Counts by day: where the units stand, the naive shares under their right names, and the common cohort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from tocsin.figures import Figure, Measure
from tocsin.remediation.columns import Mask
from tocsin.remediation.lives import Lives
from tocsin.remediation.marks import Mark, Marks
from tocsin.remediation.spells import Folded, Standing
from tocsin.remediation.units import Unit

SEEN_SO_FAR = "seen so far"
SEEN_THAT_DAY = "fixed, mitigated or affected, seen that day"
EVER_AFFECTED = "ever seen affected"
EVERY_SCAN = "cohort=seen in every complete scan"

_OPEN = (Standing.UNDETERMINED, Standing.DOUBTFUL)
_STATES = {
    "affected": Standing.AFFECTED,
    "fixed": Standing.FIXED,
    "mitigated": Standing.MITIGATED,
    "unseen": Standing.UNSEEN,
    "no_longer_listed": Standing.NO_LONGER_LISTED,
}

WHY_NAIVE_SHARES_DIFFER = (
    "The share of those seen on a day leaves out whatever was switched off, filtered or missed that day, and takes in "
    "what was installed already fixed; the share of those ever seen affected counts everything out of sight as not "
    "fixed. The estimate of exposure does neither: what went out of sight is followed as far as it was seen."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One unit's lives to be counted, on the days from number ``begins`` to ``ends`` (not included).

    ``template`` has unit, place, group, method and source. ``methods`` has a sentence a day, to be added to the method:
    which change of method or scope the day comes after.
    """

    lives: Lives
    folded: Folded
    unit: Unit
    template: Figure
    begins: int
    ends: int
    methods: Sequence[str]

    @property
    def days(self) -> range:
        """The numbers of the days to count."""
        return range(self.begins, self.ends)

    def figure(self, what: str, state: str, day: int, low: int, high: int, whole: Figure | None = None) -> Figure:
        group = f"/{self.template.group}" if self.template.group else ""
        return replace(
            self.template,
            id=f"{self.unit.name.replace(' ', '-')}-{what}{group}",
            state=state,
            as_of=self.lives.days[day],
            low=low,
            high=high,
            method=f"{self.template.method}{self.methods[day]}",
            denominator=whole,
        )


def standings(count: Count) -> tuple[Figure, ...]:
    """Of each day and state how many of the units seen so far stand there; a unit stands where its worst service does.

    Bounds: wherever a unit stands both with what is undetermined taken as affected and as fixed, and wherever it does
    with either. A service stays where it was last seen to stand until it is unseen or no longer listed.
    """
    lines = count.folded.standing[count.begins : count.ends]
    as_seen = count.unit.worst(lines)
    either = [count.unit.worst(_taken(lines, end)) for end in (Standing.AFFECTED, Standing.FIXED)]
    figures = list[Figure]()
    for number, day in enumerate(count.days):
        seen = int((as_seen[number] != Standing.NOT_YET_SEEN).sum())
        whole = count.figure("seen-so-far", SEEN_SO_FAR, day, seen, seen)
        for state, standing in _STATES.items():
            worst, best = (taken[number] == standing for taken in either)
            low, high = int((worst & best).sum()), int((worst | best).sum())
            figures.append(count.figure(f"standing-{state}", state, day, low, high, whole))
        unclear = int(np.isin(as_seen[number], _OPEN).sum())
        figures.append(count.figure("standing-undetermined", "undetermined", day, unclear, unclear, whole))
    return tuple(figures)


def ever_affected(count: Count) -> Figure:
    """How many were ever seen affected up to the last day; those ever seen undetermined may have been."""
    marks = count.lives.marks[: count.ends]
    surely = _is_affected(marks).any(axis=0)
    line = np.where(surely, 2, np.where((marks == Mark.UNDETERMINED).any(axis=0), 1, 0)).astype(np.uint8)
    worst = count.unit.worst(line[np.newaxis])[0]
    low, high = int((worst == 2).sum()), int((worst > 0).sum())
    return count.figure("ever-affected", EVER_AFFECTED, count.ends - 1, low, high)


def naive_shares(count: Count) -> tuple[Figure, ...]:
    """The shares that plain division gives, each day: fixed of the fixed and affected seen that day in a complete scan,
    and fixed of all that were ever seen affected. A day on which there is nothing to divide by, or nobody
    was seen fixed yet, has none: the counts say so, and 0% would pass for a finding where nobody had time to fix.
    """
    return (*_of_seen_that_day(count), *_of_ever_affected(count))


def cohort(count: Count) -> tuple[Figure, ...]:
    """How many were affected, among those that every complete scan of these days showed: a diagnostic.

    A larger scan cannot make it rise. Empty when there was no complete scan.
    """
    scanned = [day for day in count.days if count.lives.is_scanned[day]]
    if not scanned:
        return ()
    marks = count.unit.marks(count.lives.timing[scanned])
    every = (marks != Mark.NOT_SEEN).all(axis=0)
    figures = []
    for day, line in zip(scanned, marks[:, every], strict=True):
        affected, undetermined = int((line == Mark.AFFECTED).sum()), int((line == Mark.UNDETERMINED).sum())
        whole = replace(count.figure("cohort-seen", "seen", day, line.size, line.size), group=EVERY_SCAN)
        figure = count.figure("cohort-affected", "affected", day, affected, affected + undetermined, whole)
        figures.append(replace(figure, group=EVERY_SCAN))
    return tuple(figures)


def compromised_and_fixed(count: Count, confirmed: Mask, possible: Mask) -> Figure:
    """How many stand fixed on the last day and still carry a trace of compromise; possible ones in the upper bound."""
    line = count.unit.worst(count.folded.standing[[count.ends - 1]])[0]
    traces = count.unit.worst((confirmed.astype(np.uint8) * 2 | possible)[np.newaxis])[0]
    fixed, maybe = line == Standing.FIXED, np.isin(line, [Standing.FIXED, *_OPEN])
    low, high = int((fixed & (traces > 1)).sum()), int((maybe & (traces > 0)).sum())
    whole = count.figure("standing-fixed", "fixed", count.ends - 1, int(fixed.sum()), int(maybe.sum()))
    return count.figure("compromised-fixed", "fixed_but_compromised", count.ends - 1, low, high, whole)


def cleaned(count: Count, was_compromised: Mask, is_compromised: Mask) -> Figure:
    """Of those that ever showed a trace of compromise, how many have since been shown to be cleaned.

    A spell of compromise ends by evidence of cleaning alone; a unit is cleaned when all of its services are.
    """
    ever = count.unit.worst(was_compromised.astype(np.uint8)[np.newaxis])[0] > 0
    still = count.unit.worst(is_compromised.astype(np.uint8)[np.newaxis])[0] > 0
    number, of = int((ever & ~still).sum()), int(ever.sum())
    whole = count.figure("compromised-ever", "ever_seen_with_a_trace_of_compromise", count.ends - 1, of, of)
    return count.figure("compromised-cleaned", "shown_to_be_cleaned", count.ends - 1, number, number, whole)


def reopened(count: Count) -> Figure:
    """How many were affected again after they had been fixed or mitigated."""
    again = np.zeros(len(count.lives), dtype=np.uint8)
    again[count.folded.spells.service[count.folded.spells.is_reopened]] = 1
    number = int(count.unit.worst(again[np.newaxis])[0].sum())
    return count.figure("reopened", "affected_again_after_a_fix", count.ends - 1, number, number)


def moved(count: Count) -> Figure:
    """How many went on at another address under the same confirmed name."""
    came = count.lives.services.column("moved").to_numpy().astype(np.uint8)
    number = int(count.unit.worst(came[np.newaxis])[0].sum())
    return count.figure("moved", "seen_to_move_to_another_address", count.ends - 1, number, number)


def _taken(lines: Marks, end: Standing) -> Marks:
    """The standings, had what is open to doubt turned out as ``end``."""
    found: Marks = np.where(np.isin(lines, _OPEN), np.uint8(end), lines)
    return found


def _is_affected(marks: Marks) -> Mask:
    found: Mask = (marks == Mark.AFFECTED) | (marks == Mark.MITIGATED)
    return found


def _of_seen_that_day(count: Count) -> Iterator[Figure]:
    for day in count.days:
        if not count.lives.is_scanned[day]:
            continue
        line = count.unit.marks(count.lives.timing[[day]])[0]
        fixed, affected = int((line == Mark.FIXED).sum()), int(_is_affected(line).sum())
        undetermined = int((line == Mark.UNDETERMINED).sum())
        yield from _divided(count, "naive-seen", day, SEEN_THAT_DAY, fixed, affected, undetermined)


def _of_ever_affected(count: Count) -> Iterator[Figure]:
    was = np.zeros(len(count.lives), dtype=bool)
    for day in range(count.ends):
        was |= _is_affected(count.lives.marks[day])
        if day in count.days:
            standing = np.where(was, count.folded.standing[day], np.uint8(Standing.NOT_YET_SEEN))
            either = [_taken(standing, end)[np.newaxis] for end in (Standing.AFFECTED, Standing.FIXED)]
            worst, best = (count.unit.worst(line)[0] for line in either)
            fixed = int((worst == Standing.FIXED).sum())
            doubtful = int((best == Standing.FIXED).sum()) - fixed
            others = int((worst != Standing.NOT_YET_SEEN).sum()) - fixed - doubtful
            yield from _divided(count, "naive-ever", day, EVER_AFFECTED, fixed, others, doubtful)


def _divided(count: Count, what: str, day: int, state: str, fixed: int, others: int, doubtful: int) -> Iterator[Figure]:
    """The share of ``fixed``, if ``doubtful`` ones are all not fixed, or all are; nothing where nobody may be, or the
    whole itself may be nobody.
    """
    total = fixed + others + doubtful
    least = total if state == EVER_AFFECTED else fixed + others
    if least and fixed + doubtful:
        whole = count.figure(f"{what}-whole", state, day, least, total)
        figure = count.figure(what, "fixed", day, 0, 0, whole)
        yield replace(figure, measure=Measure.SHARE, low=fixed / total, high=(fixed + doubtful) / total)


def day_numbers(days: Sequence[date], begins: date | None, ends: date | None) -> tuple[int, int]:
    """The numbers of the days from ``begins`` to ``ends``, both included; ``None`` bounds nothing."""
    chosen = [n for n, day in enumerate(days) if (begins is None or day >= begins) and (ends is None or day <= ends)]
    return (chosen[0], chosen[-1] + 1) if chosen else (0, 0)
