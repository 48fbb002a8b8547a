"""From lives to what is known of when each exposure ended: the outcomes that the estimators work on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from tocsin.remediation.columns import NO_WORD, Integers, Mask, codes, integers
from tocsin.remediation.grouping import group_rows
from tocsin.remediation.lives import Lives
from tocsin.remediation.marks import Mark
from tocsin.remediation.outcomes import CAUSES, NOT_ENDED, Outcomes
from tocsin.remediation.spells import ENDS, Folded, Standing

_GONE = (Standing.UNSEEN, Standing.NO_LONGER_LISTED)
_BEFORE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """From when exposure counts: the day of the patch, and the branches that were there before it.

    ``old_branches`` ``None``: the case names none, and every service that was first seen fixed was there before.
    """

    day: date
    what: str
    old_branches: Collection[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed:
    """The outcomes of those lives that were exposed; ``rows`` says which lives they are."""

    outcomes: Outcomes
    rows: Integers


def taking_undetermined_as(lives: Lives, mark: Mark) -> Lives:
    """The same lives, had every look that did not decide shown ``mark``.

    Where a complete scan did not decide what a list of that day did, the list decides: the scan looked at all alike.
    """
    marks = np.where(lives.marks == Mark.UNDETERMINED, np.uint8(mark), lives.marks)
    return replace(lives, marks=marks, timing=np.where(lives.timing != Mark.NOT_SEEN, marks, np.uint8(Mark.NOT_SEEN)))


def exposed(lives: Lives, folded: Folded, origin: Origin) -> Exposed:
    """When the exposure of each life ended, in cells between looks; lives that were never exposed are left out.

    An exposure ends for good: between the last look that shows it affected and the first after it that shows it fixed
    or mitigated; or, where none does and the fold ends it so, the first without it. What was affected again after a fix
    was not at its end. A life first seen fixed on a branch older than the patch ended some day before; on a newer one
    it was never exposed. Looks up to the day of the patch say who was exposed, not when it ended.

    Where complete scans were made, they alone tell times, and of those services that they showed: whoever is looked at
    only while affected is never seen to end. Without any, every service counts, each as known because it was still
    exposed when it was first listed as affected. Raises ``ValueError`` when no such look came after the patch.
    """
    timed = _timed(lives, origin)
    grid = np.array([(lives.days[day] - origin.day).days for day in timed], dtype=np.int64)
    looks = len(grid)
    if not looks:
        raise ValueError(f"no look came after {origin.day}")
    cell = np.array([np.searchsorted(grid, (day - origin.day).days) for day in lives.days])
    cell[[day <= origin.day for day in lives.days]] = _BEFORE
    affected = _last_affected(lives)
    end, cause = _lasting_end(lives, affected, cell)
    gone, how = _gone(lives, folded, end)
    is_gone = gone >= 0
    beyond = np.append(cell, looks)  # the cell of day -1: beyond the last look
    first = np.where(affected >= 0, beyond[affected] + 1, 0)
    last = np.where(is_gone, beyond[gone], beyond[end])
    rows = np.flatnonzero(_is_exposed(lives, origin, affected, end, cause) & (last >= first))
    outcomes = Outcomes(
        grid=grid,
        first=first[rows],
        last=last[rows],
        cause=np.where(last == looks, NOT_ENDED, np.where(is_gone, how, cause))[rows],
        entry=_entry(lives, beyond)[rows],
        cluster=clusters(lives)[rows],
    )
    return Exposed(outcomes=outcomes, rows=rows)


def clusters(lives: Lives) -> Integers:
    """Who administers each service, as a number: the organisation it is assigned to, else its address alone."""
    owner = integers(lives.services, "constituent")
    high, low = integers(lives.services, "ip_hi"), integers(lives.services, "ip_lo")
    alone = owner == NO_WORD
    return group_rows([owner, np.where(alone, high, 0), np.where(alone, low, 0)]).number


def is_timed(lives: Lives, origin: Origin) -> bool:
    """Whether any look came after the patch that tells when exposure ended."""
    return len(_timed(lives, origin)) > 0


def _timed(lives: Lives, origin: Origin) -> list[int]:
    """The numbers of the days after the patch whose looks tell when exposure ended."""
    every = not lives.is_scanned.any()
    return [n for n, day in enumerate(lives.days) if day > origin.day and (every or lives.is_scanned[n])]


def _last_affected(lives: Lives) -> Integers:
    """The last day that shows each life affected; -1 when none does."""
    found = np.full(len(lives), -1, dtype=np.int64)
    for day, marks in enumerate(lives.timing):
        found[marks == Mark.AFFECTED] = day
    return found


def _lasting_end(lives: Lives, affected: Integers, cell: Integers) -> tuple[Integers, Integers]:
    """The first day, after the origin and after it was last affected, that shows each life fixed or mitigated.

    -1 where none does; and which of the two.
    """
    end = np.full(len(lives), -1, dtype=np.int64)
    cause = np.full(len(lives), NOT_ENDED, dtype=np.int64)
    for day in range(len(lives.days)):
        if cell[day] == _BEFORE:
            continue
        for mark, name in ((Mark.FIXED, "fixed"), (Mark.MITIGATED, "mitigated")):
            rows = (lives.timing[day] == mark) & (end < 0) & (day > affected)
            end[rows], cause[rows] = day, CAUSES.index(name)
    return end, cause


def _gone(lives: Lives, folded: Folded, end: Integers) -> tuple[Integers, Integers]:
    """The day since when each life is out of sight for good (-1: it is not, or it ended before), and how.

    One that was back since, though a look could not decide in which state, was not out of sight for good.
    """
    unclear = lives.marks == Mark.UNDETERMINED
    back = np.where(unclear.any(axis=0), len(unclear) - 1 - unclear[::-1].argmax(axis=0), -1)
    gone = np.full(len(end), -1, dtype=np.int64)
    how = np.full(len(end), NOT_ENDED, dtype=np.int64)
    spells = folded.spells
    for standing in _GONE:
        stays = (end < 0) & (folded.standing[-1] == standing)
        chosen = (spells.standing == standing) & stays[spells.service] & (spells.ended > back[spells.service])
        gone[spells.service[chosen]] = spells.ended[chosen]
        how[spells.service[chosen]] = CAUSES.index(ENDS[standing])
    return gone, how


def _is_exposed(lives: Lives, origin: Origin, affected: Integers, end: Integers, cause: Integers) -> Mask:
    """Which lives were exposed after the origin: seen affected, or seen to have ended what must have been."""
    first_seen_fixed = (affected < 0) & (cause == CAUSES.index("fixed"))
    before = np.array([day <= origin.day for day in lives.days], dtype=bool)
    was_fixed = (lives.timing[before] == Mark.FIXED).any(axis=0)
    never = first_seen_fixed & (was_fixed | ~_is_on_old_branch(lives, origin))
    chosen: Mask = ((affected >= 0) | (end >= 0)) & ~never
    return chosen


def _is_on_old_branch(lives: Lives, origin: Origin) -> Mask:
    if origin.old_branches is None:
        return np.ones(len(lives), dtype=bool)
    numbers, words = codes(lives.services.column("branch"))
    is_old = np.array([*(word in origin.old_branches for word in words), True])
    chosen: Mask = is_old[numbers]  # a branch that is not known is -1, the last entry
    return chosen


def _entry(lives: Lives, beyond: Integers) -> Integers:
    """The cell before which the life cannot have ended, since it would never have been listed."""
    shown = lives.marks == Mark.AFFECTED
    first = np.where(shown.any(axis=0), shown.argmax(axis=0), -1)
    decisive = (lives.marks != Mark.NOT_SEEN) & (lives.marks != Mark.UNDETERMINED)
    by_list = ~lives.is_population & (first >= 0) & (first == decisive.argmax(axis=0))
    found: Integers = np.where(by_list, beyond[first] + 1, 0)
    return found
