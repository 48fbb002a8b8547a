"""What happens to each made-up server in March 2021: its build, its update, its mitigation, its web shell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.testing._arrays import Bools, Floats, Ints
from tocsin.testing.builds import STATES, Landscape

_AFFECTED = STATES.index("affected")
_NEVER = 1e9

# Half of the addresses were updated within a week, about 92% by the end of the month; one in twenty never is.
# Source of the shape: Microsoft, 12 and 22 March 2021 (82,000 of 400,000 left, then 92% patched or mitigated).
_RELEASE_DAY, _MEDIAN_DAYS, _SPREAD, _NEVER_PATCHED = -2.0, 5.5, 0.9, 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One entry a server; times are days since the start, ``1e9`` for never. Builds index the landscape's."""

    before: Ints
    after: Ints
    patched: Floats
    mitigated: Floats  # from when an active check fails although the build is affected
    planted: Floats
    cleaned: Floats

    def build_at(self, server: Ints, moment: Floats) -> Ints:
        """The build that each of ``server`` truly ran at ``moment``."""
        return np.where(moment >= self.patched[server], self.after[server], self.before[server])

    def has_shell_at(self, server: Ints, moment: Floats) -> Bools:
        """Whether a web shell truly lay on it at ``moment``."""
        return (moment >= self.planted[server]) & (moment < self.cleaned[server])

    def is_mitigated_at(self, server: Ints, moment: Floats) -> Bools:
        """Whether the flaw was out of reach at ``moment``; says nothing of the build."""
        return moment >= self.mitigated[server]


def run_course(scale: int, landscape: Landscape, rng: np.random.Generator) -> Course:
    """The month of ``scale`` servers."""
    before = rng.choice(len(landscape.share), scale, p=landscape.share).astype(np.int64)
    patched = _RELEASE_DAY + rng.lognormal(np.log(_MEDIAN_DAYS), _SPREAD, scale)
    patched = np.where(rng.random(scale) < _NEVER_PATCHED, _NEVER, patched)
    after = _targets(before, patched, landscape, rng)
    patched = np.where(after < 0, _NEVER, patched)
    mitigated = np.where(rng.random(scale) < 0.15, rng.uniform(0.0, 12.0, scale), _NEVER)
    planted, cleaned = _shells(landscape.state[before] == _AFFECTED, patched, rng)
    return Course(
        before=before,
        after=np.where(after < 0, before, after),
        patched=patched,
        mitigated=mitigated,
        planted=planted,
        cleaned=cleaned,
    )


def _targets(before: Ints, patched: Floats, landscape: Landscape, rng: np.random.Generator) -> Ints:
    """The build after the update: mostly the branch's own security update, else the product's newest."""
    in_place, newest, later = landscape.in_place[before], landscape.newest[before], landscape.next_newest[before]
    ready = landscape.ready
    stays = (in_place >= 0) & (ready[in_place] <= patched) & (rng.random(len(before)) < 0.8)
    moves_on = (later >= 0) & (ready[later] <= patched) & (rng.random(len(before)) < 0.5)
    return np.where(stays, in_place, np.where(moves_on, later, newest)).astype(np.int64)


def _shells(exposed: Bools, patched: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Web shells come while the flaw is open and stay when it is closed; half are found and cleaned in time."""
    count = len(patched)
    planted = -5.0 + rng.exponential(8.0, count)
    hit = exposed & (rng.random(count) < 0.16) & (planted < patched)
    lasts = rng.lognormal(np.log(9.0), 0.8, count)
    cleaned = np.where(rng.random(count) < 0.55, planted + lasts, _NEVER)
    return np.where(hit, planted, _NEVER), np.where(hit, cleaned, _NEVER)
