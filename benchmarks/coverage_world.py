"""Seeded worlds for the coverage study: when exposure really ended, and what incomplete looks show of it.

Administrators ("clusters") differ in how many services they run and in how soon they patch, and patch most of theirs on
one day. Services vanish, move, are mitigated instead of fixed, are missed by a look alone or together with all of their
network; some days nobody looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.remediation.columns import Integers, Mask
from tocsin.remediation.exposure import Origin, exposed
from tocsin.remediation.incidence import Reals
from tocsin.remediation.lives import live
from tocsin.remediation.marks import Mark
from tocsin.remediation.outcomes import Outcomes
from tocsin.remediation.panel import PANEL_ROWS, Look, Panel
from tocsin.remediation.spells import Rules, fold_spells

DAYS = 20
NEVER = np.inf
NOT_SEEN = Mark.NOT_SEEN
LARGEST = 150
TOGETHER = 0.75
MITIGATED = 0.06
MOVING = 0.01
UNLINKED = 0.1
NO_LOOK = 0.08
MOST_MISSED = 0.15
NETWORK_MISSED = 0.03
_TRUTH_SERVICES = 800_000
_ORIGIN = date(2021, 3, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One kind of world. Days to the patch are log-normal; ``vanishing`` is a rate a day."""

    name: str
    clusters: int = 400
    size_spread: float = 1.3
    median_days: float = 7.0
    spread: float = 1.2
    never: float = 0.1
    vanishing: float = 0.006


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """When each service was patched and when it vanished, in days since the origin; one entry a service."""

    cluster: Integers
    patched: Reals
    vanished: Reals
    is_mitigated: Mask


def make_world(setting: Setting, rng: np.random.Generator) -> World:
    """The services of as many clusters as ``setting`` says; those that vanish before the first day are left out."""
    sizes = 1 + np.floor(rng.lognormal(0.6, setting.size_spread, setting.clusters)).astype(np.int64)
    cluster = np.repeat(np.arange(setting.clusters), np.minimum(sizes, LARGEST))
    together = _patch_days(setting, setting.clusters, rng)[cluster]
    alone = _patch_days(setting, len(cluster), rng)
    vanished = rng.exponential(1 / setting.vanishing, len(cluster))
    there = vanished > 1
    return World(
        cluster=cluster[there],
        patched=np.where(rng.random(len(cluster)) < TOGETHER, together, alone)[there],
        vanished=vanished[there],
        is_mitigated=rng.random(int(there.sum())) < MITIGATED,
    )


def true_curves(setting: Setting, seed: int) -> dict[str, Reals]:
    """The process's own shares on each day, as the mean over very many services in clusters drawn anew."""
    rng = np.random.default_rng(seed)
    days, totals, services = np.arange(1, DAYS + 1), np.zeros((2, DAYS)), 0
    while services < _TRUTH_SERVICES:
        world = make_world(setting, rng)
        services += len(world.cluster)
        first = (world.patched < world.vanished) & ~world.is_mitigated
        totals[0] += (world.patched[:, np.newaxis] > days).sum(axis=0)
        totals[1] += (first[:, np.newaxis] & (world.patched[:, np.newaxis] <= days)).sum(axis=0)
    return {"still exposed": totals[0] / services, "fixed": totals[1] / services}


def look(world: World, rng: np.random.Generator) -> Panel:
    """What the looks of the days on which anybody looked show of each address, as the product's own panel."""
    held = rng.random(DAYS) >= NO_LOOK
    held[rng.integers(0, DAYS)] = True
    grid = np.flatnonzero(held) + 1
    shape = (len(world.cluster), len(grid))
    seen = rng.random(shape) >= rng.uniform(0, MOST_MISSED, len(grid))
    seen &= (rng.random((world.cluster.max() + 1, len(grid))) >= NETWORK_MISSED)[world.cluster]
    seen &= world.vanished[:, np.newaxis] > grid
    ended = np.where(world.is_mitigated, Mark.MITIGATED, Mark.FIXED)[:, np.newaxis]
    shown = np.where(world.patched[:, np.newaxis] > grid, Mark.AFFECTED, ended)
    marks, service, name = _move(grid, np.where(seen, shown, Mark.NOT_SEEN).astype(np.uint8), rng)
    some = marks.any(axis=1)
    rows = _rows(world.cluster[service[some]], [name[row] for row in np.flatnonzero(some)])
    looks = tuple(_look(int(day)) for day in grid)
    return Panel(rows=rows, looks=looks, marks=np.ascontiguousarray(marks[some].T))


def outcomes_of(panel: Panel) -> Outcomes:
    """What the panel tells of when each exposure ended, by the product's own fold."""
    lives = live(panel, {})
    return exposed(lives, fold_spells(lives, Rules()), Origin(day=_ORIGIN, what="the patch")).outcomes


def _look(day: int) -> Look:
    on = _ORIGIN + timedelta(days=day)
    return Look(day=on, source="scan", scope="all", coverage="population", judgement=f"{day}")


def _rows(cluster: Integers, names: list[str | None]) -> pa.Table:
    """One address each, proven to be its administrator's."""
    size = len(cluster)
    nothing = [None] * size
    columns = {
        "ip_hi": np.zeros(size, dtype=np.int64),
        "ip_lo": np.arange(size),
        "port": np.full(size, 443, dtype=np.int32),
        "transport": ["tcp"] * size,
        "constituent": [f"administrator-{number}" for number in cluster],
        "certainty": ["proven"] * size,
        "country": nothing,
        "asn": nothing,
        "branch": nothing,
        "name": names,
    }
    arrays = [
        pa.array(values, PANEL_ROWS.field(name).type.value_type).dictionary_encode()
        if pa.types.is_dictionary(PANEL_ROWS.field(name).type)
        else pa.array(values, PANEL_ROWS.field(name).type)
        for name, values in columns.items()
    ]
    return pa.table(arrays, schema=PANEL_ROWS)


def _patch_days(setting: Setting, size: int, rng: np.random.Generator) -> Reals:
    days = rng.lognormal(np.log(setting.median_days), setting.spread, size)
    return np.where(rng.random(size) < setting.never, NEVER, days)


def _move(
    grid: Integers, marks: npt.NDArray[np.uint8], rng: np.random.Generator
) -> tuple[npt.NDArray[np.uint8], Integers, list[str | None]]:
    """Some services change their address, out of sight that day; one in ten shows no name by which it is recognised.

    What each address showed, the service that it is, and its confirmed name.
    """
    day = rng.exponential(1 / MOVING, len(marks))
    after = grid >= day[:, np.newaxis]
    at_once = after & ~np.roll(after, 1, axis=1)
    marks = np.where(at_once, NOT_SEEN, marks).astype(np.uint8)
    moved = np.flatnonzero(after.any(axis=1))
    named = after.any(axis=1) & (rng.random(len(day)) >= UNLINKED)
    service = np.concatenate([np.arange(len(day)), moved])
    here, there = np.where(after, NOT_SEEN, marks), np.where(after, marks, NOT_SEEN)[moved]
    names = [f"host-{number}.example" if named[number] else None for number in service]
    return np.concatenate([here, there]).astype(np.uint8), service, names
