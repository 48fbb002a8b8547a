"""March 2021 in small: organisations, servers and their month, from one seed."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date

import numpy as np

from tocsin.testing.builds import KnownBuild, Landscape, survey
from tocsin.testing.course import Course, run_course
from tocsin.testing.organisations import Organisation, make_organisations
from tocsin.testing.servers import Services, place_servers

START = date(2021, 3, 4)
LARGEST = 250_000
_ORGANISATIONS = 3_000
_SERVERS_PER_ORGANISATION = 40_000 / _ORGANISATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that is true, for ``days`` days from ``start``."""

    seed: int
    start: date
    days: int
    landscape: Landscape
    organisations: tuple[Organisation, ...]
    services: Services
    course: Course

    def chance(self, *names: str | int) -> np.random.Generator:
        """A generator of its own for each purpose, so that one more draw in one place changes no other."""
        return _chance(self.seed, *names)


def make_world(
    builds: tuple[KnownBuild, ...], *, scale: int = 40_000, seed: int = 2021, days: int = 28, start: date = START
) -> World:
    """The world with ``scale`` servers; the same arguments always give the same world.

    Raises ``ValueError`` for a scale below 200 or above 250,000, or days outside 1 to 28.
    """
    if not 200 <= scale <= LARGEST or not 1 <= days <= 28:
        raise ValueError(f"scale must lie between 200 and {LARGEST}, days between 1 and 28")
    landscape = survey(builds, start=start)
    count = min(_ORGANISATIONS, int(scale / _SERVERS_PER_ORGANISATION))
    organisations = make_organisations(count, _chance(seed, "organisations"))
    return World(
        seed=seed,
        start=start,
        days=days,
        landscape=landscape,
        organisations=organisations,
        services=place_servers(scale, organisations, days=days, rng=_chance(seed, "servers")),
        course=run_course(scale, landscape, _chance(seed, "course")),
    )


def _chance(seed: int, *names: str | int) -> np.random.Generator:
    return np.random.default_rng([seed, *(zlib.crc32(str(name).encode()) for name in names)])
