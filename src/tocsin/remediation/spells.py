"""Spells: from when to when each service was exposed, how each spell ended, and where each service stands each day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from tocsin.remediation.columns import Integers, Mask
from tocsin.remediation.lives import Lives
from tocsin.remediation.marks import Mark, Marks


class Standing(IntEnum):
    """Where a service stands at the end of a day. ``DOUBTFUL`` is a spell still open whose last look did not decide.

    The order is that of concern: several services together stand where the worst of them does.
    """

    NOT_YET_SEEN = 0
    NEVER_EXPOSED = 1
    FIXED = 2
    NO_LONGER_LISTED = 3
    UNSEEN = 4
    MITIGATED = 5
    UNDETERMINED = 6
    DOUBTFUL = 7
    AFFECTED = 8


ENDS = {
    Standing.FIXED: "fixed",
    Standing.MITIGATED: "mitigated",
    Standing.UNSEEN: "unseen",
    Standing.NO_LONGER_LISTED: "no_longer_listed",
}
OPEN = -1
# What is no longer the affected product is gone from there, whatever came in its place.
_ENDING_MARKS = (
    (Mark.FIXED, Standing.FIXED),
    (Mark.MITIGATED, Standing.MITIGATED),
    (Mark.NOT_AFFECTED, Standing.UNSEEN),
)
_UNSETTLED = (Standing.NOT_YET_SEEN, Standing.UNSEEN, Standing.NO_LONGER_LISTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """After how many complete scans without it a service is unseen, after how many days off a list no longer listed."""

    misses: int = 2
    unlisted_days: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Spells:
    """One entry a spell, in order of its end, open ones last; days are indices into the lives' ``days``.

    ``began`` is the first look that showed it affected, ``last_affected`` the last, ``ended`` the first that showed its
    end (``OPEN``: none), ``standing`` how it ended. ``after`` is how the spell before it had ended, or the fix or
    mitigation that a look showed since (``NOT_YET_SEEN``: neither): one that follows either of these was reopened.
    """

    service: Integers
    began: Integers
    last_affected: Integers
    ended: Integers
    standing: Integers
    after: Integers

    def __len__(self) -> int:
        return len(self.service)

    @property
    def is_reopened(self) -> Mask:
        """Which spells began after a fix or a mitigation."""
        reopened: Mask = (self.after == Standing.FIXED) | (self.after == Standing.MITIGATED)
        return reopened


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """The spells, and a line a day with each service's standing."""

    spells: Spells
    standing: npt.NDArray[np.uint8]


def fold_spells(lives: Lives, rules: Rules) -> Folded:
    """Walks the days once, all services abreast.

    ``affected`` opens a spell; ``fixed``, ``mitigated`` or a product that is not affected end it; so does absence from
    ``rules.misses`` complete scans in whose scope it lies (``unseen``), or, of a service that no complete scan ever
    showed, ``rules.unlisted_days`` days off the list (``no_longer_listed``). ``undetermined`` neither opens nor ends.
    """
    walk = _Walk.begin(len(lives))
    standing = np.zeros(lives.marks.shape, dtype=np.uint8)
    for number, marks in enumerate(lives.marks):
        walk.see(number, marks)
        walk.miss(number, lives.is_missed[number], rules)
        listed_until = _days_before(lives.days, number, rules.unlisted_days)
        walk.unlist(number, lives.is_unlisted[number] & ~lives.is_population, listed_until)
        standing[number] = walk.standing()
    return Folded(spells=walk.finish(), standing=standing)


@dataclass(slots=True)
class _Walk:
    """Every service's state after the days walked so far, and the spells that have ended."""

    state: npt.NDArray[np.uint8]
    ended_as: npt.NDArray[np.uint8]
    after: npt.NDArray[np.uint8]
    began: Integers
    last_affected: Integers
    last_seen: Integers
    misses: Integers
    absent_since: Integers
    is_doubtful: Mask
    closed: list[tuple[Integers, ...]] = field(default_factory=list)

    @classmethod
    def begin(cls, services: int) -> _Walk:
        def never() -> Integers:
            return np.full(services, OPEN, dtype=np.int64)

        def none() -> npt.NDArray[np.uint8]:
            return np.zeros(services, dtype=np.uint8)

        doubtful = np.zeros(services, dtype=bool)
        misses = np.zeros(services, dtype=np.int64)
        return cls(none(), none(), none(), never(), never(), never(), misses, never(), doubtful)

    def see(self, day: int, marks: Marks) -> None:
        """What a day's looks show."""
        affected, undetermined = marks == Mark.AFFECTED, marks == Mark.UNDETERMINED
        for mark, end in _ENDING_MARKS:
            self._close((marks == mark) & (self.state == Standing.AFFECTED), day, end)
        starts = affected & (self.state != Standing.AFFECTED)
        self.began[starts] = day
        self.after[starts] = self.ended_as[starts]
        self.state[affected] = Standing.AFFECTED
        self.last_affected[affected] = day
        for mark, safe in ((Mark.MITIGATED, Standing.MITIGATED), (Mark.FIXED, Standing.FIXED)):
            self.state[marks == mark] = safe
            self.ended_as[marks == mark] = safe
        beside, exposed = marks == Mark.NOT_AFFECTED, self.last_affected != OPEN
        self.state[beside & ~exposed & (self.state != Standing.MITIGATED)] = Standing.NEVER_EXPOSED
        self.state[beside & exposed & (self.state == Standing.UNDETERMINED)] = Standing.UNSEEN
        self.state[undetermined & np.isin(self.state, _UNSETTLED)] = Standing.UNDETERMINED
        self.is_doubtful = np.where(marks > 0, undetermined & (self.state == Standing.AFFECTED), self.is_doubtful)
        seen = marks != Mark.NOT_SEEN
        self.last_seen[seen], self.absent_since[seen], self.misses[seen] = day, OPEN, 0

    def miss(self, day: int, missed: Mask, rules: Rules) -> None:
        """A day's complete scans did not show those ``missed``."""
        self.misses[missed] += 1
        self._absent(day, missed, missed & (self.misses >= rules.misses), Standing.UNSEEN)

    def unlist(self, day: int, unlisted: Mask, listed_until: int) -> None:
        """A day's lists came without those ``unlisted``; too long for those last seen on day ``listed_until``."""
        gone = unlisted & (self.last_seen <= listed_until)
        self._absent(day, unlisted, gone, Standing.NO_LONGER_LISTED)

    def standing(self) -> npt.NDArray[np.uint8]:
        """Where each service stands now."""
        doubtful = self.is_doubtful & (self.state == Standing.AFFECTED)
        return np.where(doubtful, np.uint8(Standing.DOUBTFUL), self.state)

    def finish(self) -> Spells:
        """Every spell, those still open last."""
        rows = np.flatnonzero(self.state == Standing.AFFECTED)
        self._note(rows, np.full(len(rows), OPEN, dtype=np.int64), Standing.AFFECTED)
        columns = [np.concatenate(column) for column in zip(*self.closed, strict=True)]
        return Spells(**dict(zip(Spells.__dataclass_fields__, columns, strict=True)))

    def _absent(self, day: int, absent: Mask, gone: Mask, end: Standing) -> None:
        self.absent_since[absent & (self.absent_since == OPEN)] = day
        self._close(gone & (self.state == Standing.AFFECTED), self.absent_since, end)
        self.state[gone & (self.state == Standing.UNDETERMINED)] = end

    def _close(self, rows: Mask, ended: int | Integers, end: Standing) -> None:
        chosen = np.flatnonzero(rows)
        self._note(chosen, np.broadcast_to(np.asarray(ended, dtype=np.int64), len(rows))[chosen], end)
        self.state[chosen] = end
        self.ended_as[chosen] = end

    def _note(self, rows: Integers, ended: Integers, end: Standing) -> None:
        how = np.full(len(rows), end, dtype=np.int64)
        after = self.after[rows].astype(np.int64)
        self.closed.append((rows, self.began[rows], self.last_affected[rows], ended, how, after))


def _days_before(days: Sequence[date], number: int, apart: int) -> int:
    """The number of the last day that lies at least ``apart`` days before day ``number``; -1 when none does."""
    return sum((days[number] - day).days >= apart for day in days[:number]) - 1
