"""Waves: where not all can be told at once, chance decides who is first, so that the effect of telling can be seen.

Never for compromise; within a delay that the policy bounds; on the word of a named person. The order follows from the
seed, which is kept, so that anybody can check it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Waves:
    """How the constituents were split: into ``count`` waves, the last ``days`` after the first; ``sizes`` of each."""

    seed: str
    count: int
    days: int
    approver: str
    sizes: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not 2 <= self.count <= 50:
            raise ValueError(f"{self.count} waves are not from 2 to 50")
        if self.days < 1:
            raise ValueError("waves are at least a day apart, from the first to the last")
        if not self.approver.strip():
            raise ValueError("nobody answers for the delay")

    def delay(self, wave: int) -> timedelta:
        """By how much a wave, counted from 1, goes after the first."""
        return timedelta(days=self.days) * (wave - 1) / (self.count - 1)

    def as_json(self) -> dict[str, object]:
        return asdict(self) | {"sizes": list(self.sizes)}


def split(constituents: Iterable[str], waves: Waves) -> dict[str, int]:
    """The wave of each constituent, from 1: in the order of a digest of seed and id, in parts of almost equal size.

    Whoever knows seed and ids gets the same split; nobody who chooses neither can move one constituent.
    """
    order = sorted(set(constituents), key=lambda name: hashlib.sha256(f"{waves.seed}\n{name}".encode()).digest())
    return {name: place * waves.count // len(order) + 1 for place, name in enumerate(order)}
