"""What two sources saw of the made-up servers, day by day, as the files in which they would report it.

``scan_exchange`` and ``scan6_exchange`` are positives in Shadowserver's form, with the columns of its report schema
of March 2026; ``population-scan`` is one's own scan of everything that answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from tocsin.testing._arrays import Bools, Floats, Ints
from tocsin.testing.builds import STATES
from tocsin.testing.dirt import broken_lines, splice_places, spoil_texts, write_rows
from tocsin.testing.servers import CERTIFICATE, NAMELESS
from tocsin.testing.world import World

POSITIVES = ("scan_exchange", "scan6_exchange")
POPULATION = "population-scan"
POPULATION_DAYS, POPULATION_MISSING, POSITIVES_MISSING = 2, (12,), (16,)

_POPULATION_COLUMNS = (
    "timestamp,ip,port,transport,hostname,hostname_from,build,active_check,webshell,asn,country,banner".split(",")
)
_POSITIVES_COLUMNS = (
    "timestamp,severity,ip,protocol,port,hostname,tag,asn,geo,region,city,naics,hostname_source,sector,version,"
    "servername,url".split(",")
)
_DAY_SECONDS = 86_400
_AFFECTED = STATES.index("affected")
_DUPLICATES = 0.004
_MISSED_BY_POPULATION, _MISSED_BY_POSITIVES, _SHELL_OVERLOOKED = 0.03, 0.05, 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanFile:
    """One report: its bytes, how many of its rows are what, and what was true of each good row.

    ``truth`` has the columns of ``truth.OBSERVED``, one row an observation, duplicates left out.
    """

    name: str
    source: str
    day: date
    data: bytes
    observations: int
    duplicates: int
    broken: int
    truth: pa.Table


class _Habits:
    """What never changes about a service: how much of its build it shows, and to whom it is visible."""

    def __init__(self, world: World) -> None:
        rng, count = world.chance("habits"), len(world.services)
        self.population_parts = rng.choice([4, 3, 0], count, p=[0.80, 0.16, 0.04])
        self.positives_parts = rng.choice([4, 3, 0], count, p=[0.05, 0.91, 0.04])
        self.is_probed = rng.random(count) < 0.90
        self.is_checked = rng.random(count) < 0.96
        self.shell_findable = rng.random(count) < 0.80
        self.positives_show_name = rng.random(count) < 0.90
        self.servernames = spoil_texts([f"EX{number % 9973:04d}" for number in world.services.server.tolist()], rng)
        self.banners = spoil_texts(["Microsoft-IIS/10.0"] * count, rng)
        self.shown = [_cut_builds(world, parts) for parts in range(5)]


def scan_files(world: World) -> Iterator[ScanFile]:
    """Every report of the month in the order in which they would arrive."""
    habits = _Habits(world)
    for day in range(world.days):
        if day not in POSITIVES_MISSING:
            yield from _positives(world, habits, day)
        if day % POPULATION_DAYS == 0 and day not in POPULATION_MISSING:
            yield _population(world, habits, day)


@dataclass(frozen=True, slots=True)
class _Glance:
    """What one source saw on one day: which services, when, and what was true of them then."""

    service: Ints
    second: Ints  # since the start of the month
    build: Ints
    shell: Bools
    mitigated: Bools

    def only(self, which: Bools | Ints) -> _Glance:
        return _Glance(
            self.service[which], self.second[which], self.build[which], self.shell[which], self.mitigated[which]
        )


def _look(world: World, day: int, missed: float, rng: np.random.Generator) -> _Glance:
    """Every service that answered at its moment of ``day`` and was not missed, in the order of time."""
    services, course = world.services, world.course
    second = day * _DAY_SECONDS + np.sort(rng.integers(600, _DAY_SECONDS - 600, len(services)))
    order = rng.permutation(len(services))
    moment: Floats = second / _DAY_SECONDS
    there = (moment >= services.born[order]) & (moment < services.gone[order]) & (rng.random(len(order)) >= missed)
    service, second, moment = order[there], second[there], moment[there]
    server = services.server[service]
    build = course.build_at(server, moment)
    affected = world.landscape.state[build] == _AFFECTED
    return _Glance(
        service,
        second,
        build,
        course.has_shell_at(server, moment),
        affected & course.is_mitigated_at(server, moment),
    )


def _population(world: World, habits: _Habits, day: int) -> ScanFile:
    rng = world.chance("population", day)
    seen = _look(world, day, _MISSED_BY_POPULATION, rng)
    services = seen.service
    affected = world.landscape.state[seen.build] == _AFFECTED
    probed = habits.is_probed[services]
    shell_seen = seen.shell & habits.shell_findable[services] & (rng.random(len(services)) >= _SHELL_OVERLOOKED)
    parts = habits.population_parts[services]
    checks = np.where(affected & ~seen.mitigated, "yes", "no")
    columns = {
        "timestamp": _stamps(world.start, seen.second, "T", "Z"),
        "ip": _texts(world.services.address, services),
        "port": pa.array(world.services.port[services]),
        "transport": pa.repeat("tcp", len(services)),
        "hostname": _texts(world.services.name, services),
        "hostname_from": pa.array([None, "certificate", "ptr"]).take(pa.array(world.services.name_kind[services])),
        "build": _shown_builds(habits, seen.build, parts),
        "active_check": pa.array(checks, pa.string(), mask=~probed),
        "webshell": pa.array(np.where(shell_seen, "present", ""), pa.string(), mask=~shell_seen),
        "asn": pa.array(world.services.asn[services]),
        "country": _texts(world.services.country, services),
        "banner": _texts(habits.banners, services),
    }
    table = pa.table(columns).select(_POPULATION_COLUMNS)
    name_shown = np.ones(len(services), np.bool_)
    name = f"{_date(world, day)}-{POPULATION}.csv"
    return _file(
        world,
        name,
        POPULATION,
        day,
        table,
        _truth(world, seen, parts, shell_seen, name_shown),
        rng,
    )


def _positives(world: World, habits: _Habits, day: int) -> Iterator[ScanFile]:
    """Two reports a day, one for each family of addresses, of servers in the United Kingdom alone."""
    rng = world.chance("positives", day)
    seen = _look(world, day, _MISSED_BY_POSITIVES, rng)
    at_home = np.array([country == "GB" for country in world.services.country])[seen.service]
    affected = world.landscape.state[seen.build] == _AFFECTED
    flagged = at_home & affected & ~seen.mitigated & habits.is_checked[seen.service]
    overlooked = rng.random(len(seen.service)) < _SHELL_OVERLOOKED
    shells = at_home & seen.shell & habits.shell_findable[seen.service] & ~overlooked
    rows = np.concatenate([np.flatnonzero(flagged), np.flatnonzero(shells)])
    is_shell = np.repeat([False, True], [int(flagged.sum()), int(shells.sum())])
    order = np.argsort(rows, kind="stable")
    rows, is_shell = rows[order], is_shell[order]
    for source, sixth in zip(POSITIVES, (False, True), strict=True):
        mine = world.services.is_v6[seen.service[rows]] == sixth
        yield _report(world, habits, day, source, seen.only(rows[mine]), is_shell[mine], rng)


def _report(
    world: World, habits: _Habits, day: int, source: str, seen: _Glance, is_shell: Bools, rng: np.random.Generator
) -> ScanFile:
    services = seen.service
    parts = habits.positives_parts[services]
    kind = world.services.name_kind[services]
    named = (kind != NAMELESS) & habits.positives_show_name[services]
    count = len(services)
    columns = {
        "timestamp": _stamps(world.start, seen.second, " ", ""),
        "severity": pa.array(np.where(is_shell, "critical", "high")),
        "ip": _texts(world.services.address, services),
        "protocol": pa.repeat("tcp", count),
        "port": pa.array(world.services.port[services]),
        "hostname": _texts(world.services.name, services, keep=named),
        "tag": pa.array(np.where(is_shell, "exchange;webshell", "exchange;cve-2021-26855")),
        "asn": pa.array(world.services.asn[services]),
        "geo": pa.repeat("GB", count),
        "region": pa.repeat("EXAMPLESHIRE", count),
        "city": pa.repeat("EXAMPLETON", count),
        "naics": pa.array(np.where(services % 3 == 0, 517311, 0), mask=services % 3 != 0),
        "hostname_source": pa.array(np.where(kind == CERTIFICATE, "ssl", "ptr"), mask=~named),
        "sector": pa.array(
            np.where(services % 3 == 0, "Communications, Service Provider, and Hosting Service", ""),
            mask=services % 3 != 0,
        ),
        "version": _shown_builds(habits, seen.build, parts),
        "servername": _texts(habits.servernames, services),
        "url": pa.nulls(count, pa.string()),
    }
    table = pa.table(columns).select(_POSITIVES_COLUMNS)
    name = f"{_date(world, day)}-{source}-example-gb.csv"
    return _file(world, name, source, day, table, _truth(world, seen, parts, is_shell, named), rng)


def _truth(world: World, seen: _Glance, parts: Ints, shell_seen: Bools, name_shown: Bools) -> pa.Table:
    """What was true of each row when it was seen; organisations are named by their registry ids."""
    services, landscape = world.services, world.landscape
    ids = pa.array([org.id for org in world.organisations] + [None])
    builds = pa.array([known.build for known in landscape.builds])
    owner, operator = services.owner[seen.service], services.operator[seen.service]
    return pa.table(
        {
            "seen_at": _instants(world.start, seen.second),
            "address": _texts(services.address, seen.service),
            "port": pa.array(services.port[seen.service]),
            "service": pa.array(seen.service),
            "owner": ids.take(pa.array(np.where(owner < 0, len(ids) - 1, owner))),
            "operator": ids.take(pa.array(np.where(operator < 0, len(ids) - 1, operator))),
            "owner_shown": pa.array(services.at_home[seen.service] | (services.named[seen.service] & name_shown)),
            "country": _texts(services.country, seen.service),
            "status": pa.array(STATES).take(pa.array(landscape.state[seen.build])),
            "build": builds.take(pa.array(seen.build)),
            "parts_shown": pa.array(parts, pa.int64()),
            "mitigated": pa.array(seen.mitigated),
            "webshell": pa.array(seen.shell),
            "webshell_seen": pa.array(shell_seen),
        }
    )


def _file(
    world: World, name: str, source: str, day: int, table: pa.Table, truth: pa.Table, rng: np.random.Generator
) -> ScanFile:
    rows = table.num_rows
    twice = np.sort(rng.integers(0, rows, max(1, int(rows * _DUPLICATES)))) if rows else np.zeros(0, np.int64)
    twice = np.unique(twice)
    order = np.sort(np.concatenate([np.arange(rows), twice]))
    broken = broken_lines(table.column_names, rows, rng)
    return ScanFile(
        name=name,
        source=source,
        day=world.start + timedelta(days=day),
        data=write_rows(table.take(pa.array(order)), broken, splice_places(len(order), len(broken), rng)),
        observations=rows,
        duplicates=len(twice),
        broken=len(broken),
        truth=truth,
    )


def _cut_builds(world: World, parts: int) -> pa.StringArray:
    """The builds of the landscape with their first ``parts`` parts; null for none."""
    return pa.array([".".join(known.build.split(".")[:parts]) or None for known in world.landscape.builds], pa.string())


def _shown_builds(habits: _Habits, build: Ints, parts: Ints) -> pa.Array:
    count = len(habits.shown[0])
    return pa.concat_arrays(habits.shown).take(pa.array(parts * count + build))


def _texts(values: Sequence[str | None], which: Ints, keep: Bools | None = None) -> pa.Array:
    indices = pa.array(which, mask=None if keep is None else ~keep)
    return pa.array(values, pa.string()).take(indices)


def _instants(start: date, second: Ints) -> pa.Array:
    midnight = np.datetime64(start.isoformat(), "s")
    return pa.array((midnight + second).astype("datetime64[us]"), pa.timestamp("us", "UTC"))


def _stamps(start: date, second: Ints, between: str, zone: str) -> pa.Array:
    midnight = np.datetime64(start.isoformat(), "s")
    text = np.char.replace(np.datetime_as_string(midnight + second), "T", between)
    return pa.array(np.char.add(text, zone))


def _date(world: World, day: int) -> str:
    return (world.start + timedelta(days=day)).isoformat()
