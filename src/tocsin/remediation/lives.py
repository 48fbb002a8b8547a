"""The lives of a case's services: one row a service, moves linked, one line a day on which anybody looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.remediation._faces import services_of
from tocsin.remediation.changes import Change, stretch_of
from tocsin.remediation.columns import Integers, Mask, integers
from tocsin.remediation.grouping import Groups, group_services
from tocsin.remediation.marks import Mark, Marks
from tocsin.remediation.moves import find_moves
from tocsin.remediation.panel import Look, Panel
from tocsin.remediation.scopes import within_scope
from tocsin.tables import SERVICE

Grid = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lives:
    """``services``: SERVICE, ``constituent, certainty, country, asn`` of who holds it, ``branch`` on which it was last
    exposed (else first seen), ``is_population`` when a complete scan ever showed it, ``moved`` when it came from
    elsewhere.

    ``addresses``: SERVICE of every service that they ever were, and ``life``, the row of ``services`` that goes on in.

    The rest has a line for each of ``days`` (ascending) and a column a service: ``marks``; ``timing``, the marks from
    which it is told when exposure ended; ``is_missed`` where a complete scan that would have shown it did not;
    ``is_unlisted`` where a source of positives that once listed it reported without it. ``is_scanned`` says of each day
    whether any complete scan was made.

    ``timing`` is what complete scans alone showed, where any was made: a list of positives looks only at what is still
    affected, and times read from such looks are too late. Without any complete scan it is ``marks``.
    """

    days: tuple[date, ...]
    services: pa.Table
    addresses: pa.Table
    marks: Marks
    timing: Marks
    is_missed: Grid
    is_unlisted: Grid
    is_scanned: Mask

    def __len__(self) -> int:
        return int(self.services.num_rows)

    @property
    def is_population(self) -> Mask:
        """Which services a complete scan ever showed."""
        shown: Mask = self.services.column("is_population").to_numpy()
        return shown

    def of(self, rows: Mask) -> Lives:
        """The lives of some services only."""
        life = self.addresses.column("life").to_numpy()
        addresses = self.addresses.filter(pa.array(rows[life])).drop_columns(["life"])
        return Lives(
            days=self.days,
            services=self.services.filter(pa.array(rows)),
            addresses=addresses.append_column("life", pa.array((np.cumsum(rows) - 1)[life[rows[life]]])),
            marks=self.marks[:, rows],
            timing=self.timing[:, rows],
            is_missed=self.is_missed[:, rows],
            is_unlisted=self.is_unlisted[:, rows],
            is_scanned=self.is_scanned,
        )


def live(panel: Panel, parents: Mapping[str, str | None], changes: Sequence[Change] = ()) -> Lives:
    """The lives that ``panel`` shows. ``parents`` say which constituent belongs to which.

    A service that ``moves.find_moves`` links onward goes on under its last address. Several looks of one day agree on
    a mark as ``agree`` says. What was seen before a change of a source is neither missed nor unlisted after it.
    """
    groups = group_services(panel.rows)
    seen = [_by_service(line, groups) for line in panel.marks]
    services = services_of(panel, groups, parents)
    target = _targets(panel, services, seen)
    seen = [_merged(line, target) for line in seen]
    days = tuple(sorted({look.day for look in panel.looks}))
    marks = _by_day(days, panel.looks, seen)
    scans = [(look, line) for look, line in zip(panel.looks, seen, strict=True) if look.coverage == "population"]
    timing = _by_day(days, *zip(*scans, strict=True)) if scans else marks
    missed, unlisted = _absences(panel.looks, seen, services, days, changes)
    shown = timing.any(axis=0) if scans else np.zeros(len(target), dtype=bool)
    services = services.append_column("is_population", pa.array(shown))
    came = np.bincount(target, minlength=len(target)) > 1
    scanned = {look.day for look, _ in scans}
    return Lives(
        days=days,
        services=services.append_column("moved", pa.array(came)),
        addresses=services.select(SERVICE.names).append_column("life", pa.array(target)),
        marks=marks,
        timing=timing,
        is_missed=missed & (marks == Mark.NOT_SEEN),
        is_unlisted=unlisted & (marks == Mark.NOT_SEEN),
        is_scanned=np.array([day in scanned for day in days], dtype=bool),
    ).of(target == np.arange(len(target)))


def agree(lines: Sequence[Marks]) -> Marks:
    """What several looks of one day show together: what decides outweighs what does not; against itself, it is
    ``UNDETERMINED``; an affected build on which one source's active check fails is ``MITIGATED``.
    """
    if len(lines) == 1:
        return lines[0]
    stack = np.stack(lines)
    strongest: Marks = np.max(np.where(stack == Mark.UNDETERMINED, 0, stack), axis=0)
    exposed = ((stack == Mark.AFFECTED) | (stack == Mark.MITIGATED)).any(axis=0)
    undecided = (stack == Mark.UNDETERMINED).any(axis=0)
    unclear = (exposed & (strongest >= Mark.FIXED)) | ((strongest == Mark.NOT_SEEN) & undecided)
    found: Marks = np.where(unclear, np.uint8(Mark.UNDETERMINED), strongest)
    return found


def _by_day(days: Sequence[date], looks: Sequence[Look], seen: Sequence[Marks]) -> Marks:
    """A line a day: what that day's ``looks`` show together."""
    marks = np.zeros((len(days), len(seen[0]) if seen else 0), dtype=np.uint8)
    for number, day in enumerate(days):
        lines = [line for look, line in zip(looks, seen, strict=True) if look.day == day]
        if lines:
            marks[number] = agree(lines)
    return marks


def _by_service(line: Marks, groups: Groups) -> Marks:
    found = np.zeros(len(groups.first), dtype=np.uint8)
    rows = np.flatnonzero(line)
    found[groups.number[rows]] = line[rows]
    return found


def _merged(line: Marks, target: Integers) -> Marks:
    moved = np.flatnonzero(target != np.arange(len(target)))
    found = line.copy()
    found[moved] = Mark.NOT_SEEN
    np.maximum.at(found, target[moved], line[moved])
    return found


def _targets(panel: Panel, services: pa.Table, seen: Sequence[Marks]) -> Integers:
    first = np.full(services.num_rows, len(seen), dtype=np.int64)
    last = np.full(services.num_rows, -1, dtype=np.int64)
    day = {day: number for number, day in enumerate(sorted({look.day for look in panel.looks}))}
    for look, line in zip(panel.looks, seen, strict=True):
        rows = line > 0
        last[rows] = day[look.day]
        first[rows] = np.minimum(first[rows], day[look.day])
    door = (integers(services, "port") << 8) + integers(services, "transport")
    return find_moves(integers(services, "name"), door, first, last)


def _absences(
    looks: Sequence[Look], seen: Sequence[Marks], services: pa.Table, days: Sequence[date], changes: Sequence[Change]
) -> tuple[Grid, Grid]:
    """Where a complete scan missed a service, and where a list that once had it came without it."""
    shape = (len(days), services.num_rows)
    missed, unlisted = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    place = {day: number for number, day in enumerate(days)}
    known: dict[tuple[str, str, str, int], Mask] = {}
    last_shown = np.zeros(services.num_rows, dtype=np.int64)
    for look, line in zip(looks, seen, strict=True):
        series = (look.coverage, look.source, look.scope, stretch_of(look, changes))
        if series not in known:
            is_bounded = look.coverage == "population"
            within = within_scope(services, look.scope) if is_bounded else np.zeros(services.num_rows, dtype=bool)
            known[series] = within
        absent = missed if look.coverage == "population" else unlisted
        since_change = last_shown >= _last_change(look, changes)
        absent[place[look.day]] |= known[series] & since_change & (line == Mark.NOT_SEEN)
        known[series] = known[series] | (line > 0)
        last_shown[line > 0] = look.day.toordinal()
    return missed, unlisted


def _last_change(look: Look, changes: Sequence[Change]) -> int:
    """The day, as an ordinal, of the last change of the look's source up to it; 0 when there was none."""
    days = [change.day for change in changes if change.concerns(look)]
    return max(days).toordinal() if days else 0
