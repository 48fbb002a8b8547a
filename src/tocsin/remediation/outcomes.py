"""What is known of when each unit's exposure ended: between which two looks, and how.

A scan shows the state of a moment. So an end is known only to lie between two looks (interval-censored), before the
first one (left-censored: first seen fixed), or after the last one (right-censored: never seen to end); and a unit that
a source lists only while it is exposed is known only because it lasted that long (left-truncated).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from tocsin.remediation.columns import Integers, Mask

CAUSES = ("fixed", "mitigated", "unseen", "no_longer_listed")
NOT_ENDED = -1
# Of an owner whose services ended differently, the end of which we know least: absence is never a fix.
_WEAKEST_FIRST = tuple(CAUSES.index(name) for name in ("unseen", "no_longer_listed", "mitigated", "fixed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """The different things that are known, and how many units of each cluster they are known of.

    ``first``, ``last``, ``cause`` and ``entry`` have one entry a pattern and mean what they do in ``Outcomes``. The
    other three have one entry for each pair of cluster and pattern that occurs, by cluster, clusters numbered from 0.
    """

    cells: int
    first: Integers
    last: Integers
    cause: Integers
    entry: Integers
    cluster: Integers
    pattern: Integers
    count: Integers

    def __len__(self) -> int:
        return len(self.first)

    @property
    def clusters(self) -> int:
        """How many clusters there are."""
        return int(self.cluster[-1]) + 1 if len(self.cluster) else 0

    @property
    def units(self) -> Integers:
        """How many units each pattern is known of."""
        return np.bincount(self.pattern, self.count, len(self)).astype(np.int64)

    @property
    def effective_clusters(self) -> float:
        """How many clusters of one size would tell as much as these (Kish 1965): few when a few hold most units."""
        sizes = np.bincount(self.cluster, self.count)
        return float(sizes.sum() ** 2 / (sizes**2).sum()) if len(sizes) else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What is known of when each unit's exposure ended, in cells of a grid of days. One entry a unit.

    ``grid``: days since the origin of the looks, strictly ascending, all above zero; there are m of them. Cell j is
    (grid[j-1], grid[j]], cell 0 is (0, grid[0]], cell m what lies beyond the last look.
    ``first``, ``last``: the first and the last cell in which the end may lie; ``last`` is m when it had not ended.
    ``cause``: index into ``CAUSES``; ``NOT_ENDED`` exactly when ``last`` is m, and then any cause may follow.
    ``entry``: the unit is known only because it was still exposed at the start of this cell (left truncation); 0 when
    it would be known anyway.
    ``cluster``: who administers it, as a number from 0; a bootstrap draws clusters whole.
    Raises ``ValueError`` for anything else.
    """

    grid: Integers
    first: Integers
    last: Integers
    cause: Integers
    entry: Integers
    cluster: Integers

    def __post_init__(self) -> None:
        _check_grid(self.grid)
        if len({len(column) for column in (self.first, self.last, self.cause, self.entry, self.cluster)}) > 1:
            raise ValueError("first, last, cause, entry and cluster have one entry a unit each")
        for wrong, rule in (
            ((self.entry < 0) | (self.entry > self.first), "0 <= entry <= first"),
            ((self.first > self.last) | (self.last > len(self.grid)), "first <= last <= number of looks"),
            ((self.cause < NOT_ENDED) | (self.cause >= len(CAUSES)), "cause is an index into CAUSES or NOT_ENDED"),
            ((self.cause == NOT_ENDED) != (self.last == len(self.grid)), "NOT_ENDED exactly when beyond the last look"),
            (self.cluster < 0, "clusters are numbered from 0"),
        ):
            if wrong.any():
                raise ValueError(f"unit {int(np.argmax(wrong))} is against the rule: {rule}")

    def __len__(self) -> int:
        return len(self.first)

    def as_causes(self, kept: Collection[str]) -> Outcomes:
        """The same units followed only until any other cause took them: those ends become censored at ``first``."""
        if unknown := set(kept) - set(CAUSES):
            raise ValueError(f"{sorted(unknown)} are no causes; they are {', '.join(CAUSES)}")
        other = (self.cause != NOT_ENDED) & ~np.isin(self.cause, [CAUSES.index(name) for name in kept])
        return replace(
            self, last=np.where(other, len(self.grid), self.last), cause=np.where(other, NOT_ENDED, self.cause)
        )

    def lasting(self) -> Outcomes:
        """The same units, had each that was out of sight at the end been exposed all along."""
        gone, looks = self._out_of_sight(), len(self.grid)
        return replace(
            self,
            first=np.where(gone, looks, self.first),
            last=np.where(gone, looks, self.last),
            cause=np.where(gone, NOT_ENDED, self.cause),
        )

    def ended(self) -> Outcomes:
        """The same units, had each that was out of sight at the end been fixed as soon as it was no longer seen."""
        gone = self._out_of_sight()
        return replace(
            self,
            last=np.where(gone, np.minimum(self.last, self.first), self.last),
            cause=np.where(gone, CAUSES.index("fixed"), self.cause),
        )

    def _out_of_sight(self) -> Mask:
        """Which units were not seen affected at the last look, nor fixed or mitigated before."""
        unseen = np.isin(self.cause, [CAUSES.index(name) for name in ("unseen", "no_longer_listed")])
        gone: Mask = unseen | ((self.cause == NOT_ENDED) & (self.first < len(self.grid)))
        return gone

    def select(self, mask: Mask) -> Outcomes:
        """The units where ``mask`` is true, in their order."""
        return Outcomes(
            grid=self.grid,
            first=self.first[mask],
            last=self.last[mask],
            cause=self.cause[mask],
            entry=self.entry[mask],
            cluster=self.cluster[mask],
        )

    def regroup(self, owner: Integers) -> Outcomes:
        """One unit per owner, by ascending number; its exposure ends when that of the last of its services does.

        While one service has not ended, neither has the owner, and not before any service's ``first``. An owner is
        ``fixed`` only if all its services are; else the end is named after the one of which we know least. It is known
        as soon as any service is, and belongs to its first service's cluster.
        """
        if len(owner) != len(self) or (owner < 0).any():
            raise ValueError("every unit has one owner, numbered from 0: select the units that have one first")
        _, start, number = np.unique(owner, return_index=True, return_inverse=True)
        last = _highest(self.last, number, len(start))
        return Outcomes(
            grid=self.grid,
            first=_highest(self.first, number, len(start)),
            last=last,
            cause=np.where(last == len(self.grid), NOT_ENDED, self._weakest_cause(number, len(start))),
            entry=-_highest(-self.entry, number, len(start)),
            cluster=self.cluster[start],
        )

    def patterns(self) -> Patterns:
        """The few different things known of the many units; always in the same order for the same units."""
        width = len(self.grid) + 1
        key = ((self.first * width + self.last) * (len(CAUSES) + 1) + self.cause + 1) * width + self.entry
        _, start, pattern = np.unique(key, return_index=True, return_inverse=True)
        _, cluster = np.unique(self.cluster, return_inverse=True)
        pairs, count = np.unique(cluster * len(start) + pattern, return_counts=True)
        return Patterns(
            cells=len(self.grid),
            first=self.first[start],
            last=self.last[start],
            cause=self.cause[start],
            entry=self.entry[start],
            cluster=pairs // max(len(start), 1),
            pattern=pairs % max(len(start), 1),
            count=count,
        )

    def _weakest_cause(self, number: Integers, owners: int) -> Integers:
        found = np.full(owners, NOT_ENDED, dtype=np.int64)
        for cause in reversed(_WEAKEST_FIRST):
            found[number[self.cause == cause]] = cause
        return found


def _check_grid(grid: Integers) -> None:
    if not len(grid) or grid[0] <= 0 or (np.diff(grid) <= 0).any():
        raise ValueError("the grid is at least one day after the origin, each later than the one before")


def _highest(values: Integers, number: Integers, groups: int) -> Integers:
    found = np.full(groups, np.iinfo(np.int64).min)
    np.maximum.at(found, number, values)
    return found
