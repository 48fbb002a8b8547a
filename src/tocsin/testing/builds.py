"""The builds that the made-up servers run, and by which update each of them is mended.

This reads a pack's build table with its own few lines, so that the truth does not rest on the code it will judge.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from tocsin.testing._arrays import Floats, Ints

Truth = Literal["affected", "fixed", "not_affected"]
STATES: tuple[Truth, ...] = ("affected", "fixed", "not_affected")

_LAST_BEFORE = date(2021, 3, 1)
_SHARE_OF_LINE = {"15.2": 0.25, "15.1": 0.47, "15.0": 0.22, "14.3": 0.06}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBuild:
    """One row of a pack's build table, with what is true of it under the case."""

    build: str
    branch: str
    released: date
    state: Truth

    @property
    def line(self) -> str:
        """The product's first two numbers, such as ``15.1``."""
        return ".".join(self.build.split(".")[:2])


def read_builds(table: str, *, cve: str, concerned: Iterable[str]) -> tuple[KnownBuild, ...]:
    """The builds of a pack's ``builds.csv``, oldest number first; ``concerned`` are the products that ``cve`` is about.

    A build counts as released on the last day of its interval: nobody in the made-up world has it sooner, and nobody
    has one that the sources dispute.
    """
    products = frozenset(concerned)
    builds = [
        KnownBuild(
            build=row["build"],
            branch=f"{row['product']} {row['branch']}",
            released=date.fromisoformat(row["released_to"] or row["released_from"]),
            state=_state(row, cve, products),
        )
        for row in csv.DictReader(table.splitlines())
        if not row.get("disputed")
    ]
    return tuple(sorted(builds, key=lambda known: [int(part) for part in known.build.split(".")]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Landscape:
    """Which builds run at the start, how often, and which build an update on a day leads to.

    The arrays run along ``builds``; ``in_place`` and ``newest`` hold -1 where there is no such update.
    """

    builds: tuple[KnownBuild, ...]
    state: Ints  # index into STATES
    share: Floats
    in_place: Ints  # first build of the same branch that holds the fix
    newest: Ints  # newest security update of the same product line by the start
    next_newest: Ints  # the cumulative update that came later in the month
    ready: Ints  # day since the start on which the build was out


def survey(builds: tuple[KnownBuild, ...], *, start: date) -> Landscape:
    """What is installed on ``start`` and what it is updated to, from the table alone."""
    fixes: dict[str, int] = {}
    for index, known in enumerate(builds):
        if known.state == "fixed" and known.released >= _LAST_BEFORE:
            fixes.setdefault(known.branch, index)
    lines = {line: _last_fix(builds, line, before=start) for line in _SHARE_OF_LINE}
    later = {line: _last_fix(builds, line, before=date(start.year, start.month, 28)) for line in _SHARE_OF_LINE}
    return Landscape(
        builds=builds,
        state=np.array([STATES.index(known.state) for known in builds], np.int64),
        share=_shares(builds),
        in_place=np.array([fixes.get(known.branch, -1) for known in builds], np.int64),
        newest=np.array([lines.get(known.line, -1) for known in builds], np.int64),
        next_newest=np.array([later.get(known.line, -1) for known in builds], np.int64),
        ready=np.array([(known.released - start).days for known in builds], np.int64),
    )


def _state(row: dict[str, str], cve: str, concerned: frozenset[str]) -> Truth:
    if row["product"] not in concerned:
        return "not_affected"
    return "fixed" if cve in row["contains_fix_for"] else "affected"


def _last_fix(builds: tuple[KnownBuild, ...], line: str, *, before: date) -> int:
    found = [
        index
        for index, known in enumerate(builds)
        if known.line == line and known.released <= before and known.state == "fixed"
    ]
    return found[-1] if found else -1


def _shares(builds: tuple[KnownBuild, ...]) -> Floats:
    """How often each build runs before the updates: newer ones more, and some very old ones everywhere."""
    share = np.zeros(len(builds))
    for line, weight in _SHARE_OF_LINE.items():
        mine = [index for index, known in enumerate(builds) if known.line == line and known.released < _LAST_BEFORE]
        if mine:
            ages = np.arange(len(mine))[::-1]
            spread = 0.82**ages + 0.004
            share[mine] = weight * spread / spread.sum()
    total: Floats = share / share.sum()
    return total
