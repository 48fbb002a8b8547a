"""Holds what tocsin says against what is true in the made-up world."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.figures import Figure
from tocsin.testing._arrays import Bools
from tocsin.testing.builds import STATES, KnownBuild
from tocsin.testing.organisations import Organisation
from tocsin.testing.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One figure beside the truth it must enclose."""

    figure: Figure
    truth: int

    @property
    def holds(self) -> bool:
        return self.figure.low <= self.truth <= self.figure.high


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCheck:
    """One estimated share beside the truth: it must lie within what evidence and chance together leave open."""

    figure: Figure
    truth: float

    @property
    def low(self) -> float:
        """The lowest share that both bands leave open: what the evidence does, and as much below as chance does."""
        assert self.figure.estimate is not None
        return max(0.0, self.figure.low - (self.figure.estimate.value - self.figure.estimate.low))

    @property
    def high(self) -> float:
        """The highest share that both bands leave open."""
        assert self.figure.estimate is not None
        return min(1.0, self.figure.high + (self.figure.estimate.high - self.figure.estimate.value))

    @property
    def holds(self) -> bool:
        return self.low <= self.truth <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSeen:
    """One entry a service seen in the window: what was true when it was last seen, and who can answer for it.

    ``holder`` is the owner where a network, an AS number or a name that was shown ties the service to it, else the
    provider in whose network it stands, else empty. ``has_shell`` says that its web shell was seen, ever.
    """

    service: npt.NDArray[np.int64]
    address: npt.NDArray[np.object_]
    port: npt.NDArray[np.int64]
    status: npt.NDArray[np.object_]
    build: npt.NDArray[np.object_]
    parts_shown: npt.NDArray[np.int64]
    holder: npt.NDArray[np.object_]
    has_shell: Bools


def true_exposure(world: World, day: date) -> float:
    """The share of the servers open to the flaw at first that were neither updated nor mitigated by noon of ``day``.

    Of those that could be seen at all: there on some day of the month.
    """
    services, course = world.services, world.course
    born, gone = np.full(len(course.before), np.inf), np.full(len(course.before), -np.inf)
    np.minimum.at(born, services.server, services.born)
    np.maximum.at(gone, services.server, services.gone)
    was_open = world.landscape.state[course.before] == STATES.index("affected")
    counted = was_open & (born < world.days) & (gone > 0)
    ended = np.minimum(course.patched, course.mitigated)[counted]
    return float((ended > (day - world.start).days + 0.5).mean())


def when_last_seen(observed: pa.Table, *, as_of: date, window_days: int = 7) -> LastSeen:
    """The truth of every service seen in the ``window_days`` days that end with ``as_of``.

    Needs the columns of ``ScanFile.truth``.
    """
    end = datetime.combine(as_of, time(), UTC) + timedelta(days=1)
    past = observed.filter(pc.less(observed["seen_at"], pa.scalar(end, pa.timestamp("us", "UTC"))))
    shells = np.unique(past.filter(past["webshell_seen"])["service"].to_numpy())
    begin = pa.scalar(end - timedelta(days=window_days), pa.timestamp("us", "UTC"))
    seen = past.filter(pc.greater_equal(past["seen_at"], begin)).sort_by(
        [("service", "ascending"), ("seen_at", "ascending")]
    )
    service = seen["service"].to_numpy()
    first = np.flatnonzero(np.append(True, service[1:] != service[:-1])) if len(service) else np.zeros(0, np.int64)
    last = np.append(first[1:], len(service)) - 1 if len(service) else first
    is_shown = np.logical_or.reduceat(_flags(seen, "owner_shown"), first) if len(first) else np.zeros(0, np.bool_)
    final = seen.take(pa.array(last))
    return LastSeen(
        service=service[last],
        address=_texts(final, "address"),
        port=final["port"].to_numpy(),
        status=_texts(final, "status"),
        build=_texts(final, "build"),
        parts_shown=final["parts_shown"].to_numpy(),
        holder=np.where(is_shown, _texts(final, "owner"), _texts(final, "operator")),
        has_shell=np.isin(service[last], shells),
    )


def true_counts(seen: LastSeen, organisations: Sequence[Organisation]) -> dict[str, int]:
    """What the census would say if it knew everything about what was seen, by the ids of its figures."""
    counts: dict[str, int] = {}
    places = {
        "services": np.ones(len(seen.service), np.bool_),
        "constituency-services": seen.holder != "",
        "beyond-registry-services": seen.holder == "",
    }
    for kind, rows in places.items():
        counts[f"{kind}-seen"] = int(rows.sum())
        counts |= {f"{kind}-{state}": int((rows & (seen.status == state)).sum()) for state in STATES}
        counts[f"{kind}-compromised_confirmed"] = int((rows & seen.has_shell).sum())
    held = _held(seen, organisations)
    is_public = np.array([org.public_body for org in organisations], np.bool_)
    for suffix, members in _groups(organisations):
        for state, holders in held.items():
            counts[f"organisations-{state}{suffix}"] = int((holders & members).sum())
            counts[f"public-bodies-{state}{suffix}"] = int((holders & members & is_public).sum())
    return counts


def compare(figures: Iterable[Figure], counts: Mapping[str, int]) -> tuple[Check, ...]:
    """Every figure whose truth is known, beside it."""
    return tuple(Check(figure=figure, truth=counts[figure.id]) for figure in figures if figure.id in counts)


def wrong_findings(
    findings: Iterable[Mapping[str, object]],
    observed: pa.Table,
    builds: Sequence[KnownBuild],
    *,
    as_of: date,
    window_days: int = 7,
) -> Iterator[str]:
    """What ``tocsin findings --format jsonl`` says that is not true, a sentence each.

    A service last seen with all four parts of its build must have the status that it truly had; whatever build a
    finding names must be rightly judged; and a proven assignment must name who truly answers for it.
    """
    state = {known.build: known.state for known in builds}
    seen = when_last_seen(observed, as_of=as_of, window_days=window_days)
    known = {(str(seen.address[row]), str(seen.port[row])): row for row in range(len(seen.service))}
    for finding in findings:
        row = known.get((str(finding["address"]), str(finding["port"])))
        where = f"{finding['address']} port {finding['port']}"
        if row is None:
            yield f"{where} was never seen in the window"
            continue
        status, build = finding["status"], str(finding["build"])
        if build in state and status != state[build]:
            yield f"{where}: {build} is {state[build]}, not {status}"
        if seen.parts_shown[row] == 4 and status != seen.status[row]:
            yield f"{where}: was {seen.status[row]} when last seen with build {seen.build[row]}, not {status}"
        if finding["certainty"] == "proven" and finding["constituent"] != seen.holder[row]:
            yield f"{where}: answers to {seen.holder[row] or 'nobody'}, not {finding['constituent']}"


def _groups(organisations: Sequence[Organisation]) -> Iterator[tuple[str, Bools]]:
    """The groups that a census may be asked for, as suffixes of ids, and which organisations belong to each."""
    kinds = {
        "sector": np.array([org.sector for org in organisations]),
        "public-body": np.array(["yes" if org.public_body else "no" for org in organisations]),
    }
    yield "", np.ones(len(organisations), np.bool_)
    for by, values in kinds.items():
        for value in sorted(set(values.tolist())):
            yield f"/{by}={value}", values == value


def _held(seen: LastSeen, organisations: Sequence[Organisation]) -> dict[str, Bools]:
    """Which organisations are in each state: affected when any service is, fixed when one is and none is affected."""
    numbers = {org.id: number for number, org in enumerate(organisations)}
    holder = np.array([numbers.get(name, len(numbers)) for name in seen.holder], np.int64)

    def having(rows: Bools) -> Bools:
        found: Bools = np.bincount(holder[rows], minlength=len(numbers) + 1)[:-1] > 0
        return found

    affected = having(seen.status == "affected")
    return {
        "seen": having(np.ones(len(holder), np.bool_)),
        "affected": affected,
        "fixed": having(seen.status == "fixed") & ~affected,
        "compromised_confirmed": having(seen.has_shell),
    }


def _flags(table: pa.Table, name: str) -> Bools:
    flags: Bools = table[name].combine_chunks().to_numpy(zero_copy_only=False)
    return flags


def _texts(table: pa.Table, name: str) -> npt.NDArray[np.object_]:
    texts: npt.NDArray[np.object_] = pc.fill_null(table[name].cast(pa.string()), "").to_numpy()
    return texts
