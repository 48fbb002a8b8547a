"""Changes of method or scope on the time line: declared by a person, or told by a population that jumps.

No curve runs across one in silence: figures name the stretch that they belong to, and a service that was last seen
before a change is not missed after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from tocsin.remediation.panel import Look, Panel

JUMP = 0.25


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Change:
    """From ``day`` on, ``source`` looked in another way or elsewhere; ``is_declared`` when a person said so."""

    day: date
    source: str
    text: str
    is_declared: bool

    def __str__(self) -> str:
        told = "declared" if self.is_declared else "detected"
        return f"{self.day:%-d %B %Y}: {self.source}: {self.text} ({told})"


def detect_changes(panel: Panel, *, jump: float = JUMP) -> tuple[Change, ...]:
    """The complete scans that saw more than ``jump`` (a share) more or fewer services than the one before them.

    Only scans of the same source and scope are compared; a report of positives shrinks by its nature and tells nothing.
    """
    sizes = dict(zip(panel.looks, np.count_nonzero(panel.marks, axis=1).tolist(), strict=True))
    found = []
    for scans in _series(panel.looks):
        for before, after in pairwise(scans):
            if abs(sizes[after] - sizes[before]) > jump * sizes[before]:
                text = f"{sizes[after]:,} services seen after {sizes[before]:,} in the scan before"
                found.append(Change(day=after.day, source=after.source, text=text, is_declared=False))
    return tuple(sorted(found))


def stretch_of(look: Look, changes: Sequence[Change]) -> int:
    """How many changes of its source lie up to the look's day: looks of one stretch can be held against each other."""
    return sum(change.source == look.source and change.day <= look.day for change in changes)


def _series(looks: Sequence[Look]) -> list[list[Look]]:
    by_scope: dict[tuple[str, str], list[Look]] = {}
    for look in sorted(looks):
        if look.coverage == "population":
            by_scope.setdefault((look.source, look.scope), []).append(look)
    return list(by_scope.values())
