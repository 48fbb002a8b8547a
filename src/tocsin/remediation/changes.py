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

from tocsin.remediation.columns import Mask
from tocsin.remediation.panel import Look, Panel

JUMP = 0.25
FEWEST = 20
"""By how many services at least the numbers must differ: in a small scan a few that switch off are no change."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Change:
    """From ``day`` on, ``source`` looked in another way or elsewhere; ``is_declared`` when a person said so.

    ``scope`` is where it was detected; empty where it concerns the source everywhere.
    """

    day: date
    source: str
    text: str
    is_declared: bool
    scope: str = ""

    def __str__(self) -> str:
        told = "declared" if self.is_declared else "detected"
        return f"{self.day:%-d %B %Y}: {self.source}: {self.text} ({told})"

    def concerns(self, look: Look) -> bool:
        """Whether ``look`` was made in the new way."""
        return self.source == look.source and self.scope in ("", look.scope) and self.day <= look.day


def detect_changes(panel: Panel, *, jump: float = JUMP) -> tuple[Change, ...]:
    """The days whose complete scans saw more than ``jump`` (a share) more or fewer services than the scans before.

    Only scans of the same source and scope are compared, and at least ``FEWEST`` services must have come or gone; a
    report of positives shrinks by its nature and tells nothing.
    """
    found = []
    for (source, scope), sizes in _sizes(panel).items():
        for (_, before), (day, after) in pairwise(sorted(sizes.items())):
            if abs(after - before) > jump * before and abs(after - before) >= FEWEST:
                much = f"{abs(after - before) / before:.0%} " if before else ""
                text = f"{much}{'more' if after > before else 'fewer'} services seen than in the scan before"
                found.append(Change(day=day, source=source, text=text, is_declared=False, scope=scope))
    return tuple(sorted(found))


def stretch_of(look: Look, changes: Sequence[Change]) -> int:
    """How many changes of its source lie up to the look's day: looks of one stretch can be held against each other."""
    return sum(change.concerns(look) for change in changes)


def _sizes(panel: Panel) -> dict[tuple[str, str], dict[date, int]]:
    """How many services the complete scans of each source and scope saw on each day, those of one day together."""
    seen: dict[tuple[str, str], dict[date, Mask]] = {}
    for look, line in zip(panel.looks, panel.marks, strict=True):
        if look.coverage == "population":
            days = seen.setdefault((look.source, look.scope), {})
            days[look.day] = days.get(look.day, np.zeros(len(line), dtype=bool)) | (line > 0)
    return {series: {day: int(rows.sum()) for day, rows in days.items()} for series, days in seen.items()}
