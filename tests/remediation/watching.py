"""Builds panels by hand for the tests of the fold: each service a line of letters, one letter a look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import ip_address

import numpy as np
import pyarrow as pa

from tocsin.remediation.changes import Change
from tocsin.remediation.lives import Lives, live
from tocsin.remediation.marks import Mark
from tocsin.remediation.panel import PANEL_ROWS, Look, Panel, join, one_look

LETTERS = {
    ".": Mark.NOT_SEEN,
    "A": Mark.AFFECTED,
    "M": Mark.MITIGATED,
    "?": Mark.UNDETERMINED,
    "F": Mark.FIXED,
    "N": Mark.NOT_AFFECTED,
}
PATCH = date(2021, 3, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """One service and way in which it appeared; ``course`` has a letter a look."""

    course: str
    address: str = "192.0.2.1"
    port: int = 443
    constituent: str | None = None
    certainty: str = "none"
    country: str | None = "GB"
    branch: str | None = None
    name: str | None = None


def after_patch(days: int) -> date:
    """The day so many days after the patch."""
    return PATCH + timedelta(days=days)


def scan(days: int, *, source: str = "scan", scope: str = "all", judgement: str = "") -> Look:
    """A complete scan so many days after the patch."""
    day = after_patch(days)
    named = judgement or f"{source} {scope} {day}"
    return Look(day=day, source=source, scope=scope, coverage="population", judgement=named)


def listing(days: int, *, source: str = "list", judgement: str = "") -> Look:
    """A list of positives of that day."""
    day = after_patch(days)
    return Look(day=day, source=source, scope="all", coverage="positives", judgement=judgement or f"{source} {day}")


def scans(*days: int) -> list[Look]:
    """Complete scans of one source, so many days after the patch each."""
    return [scan(number) for number in days]


def panel(looks: Sequence[Look], hosts: Iterable[Host]) -> Panel:
    """The panel of these looks; the looks' own order is that of the letters."""
    known = list(hosts)
    return join([one_look(look, _shown(known, number)) for number, look in enumerate(looks)])


def lives(
    looks: Sequence[Look],
    *hosts: Host | str,
    parents: Mapping[str, str | None] | None = None,
    changes: Sequence[Change] = (),
) -> Lives:
    """The lives that these looks show; a bare course is one of a service at an address of its own."""
    named = [
        host if isinstance(host, Host) else Host(course=host, address=f"192.0.2.{number}")
        for number, host in enumerate(hosts, 1)
    ]
    return live(panel(looks, named), parents or {}, changes)


def keys(address: str) -> tuple[int, int]:
    """The columns ``ip_hi`` and ``ip_lo`` of an address."""
    found = ip_address(address)
    number = int(found) + (0xFFFF << 32 if found.version == 4 else 0)
    high, low = np.array([number >> 64, number & (1 << 64) - 1], dtype=np.uint64).view(np.int64).tolist()
    return high, low


def row_of(table: pa.Table, address: str, port: int = 443) -> int:
    """Which row of a table with SERVICE is that service."""
    columns = [table.column(name).to_pylist() for name in ("ip_hi", "ip_lo", "port")]
    return list(zip(*columns, strict=True)).index((*keys(address), port))


def told(found: Panel) -> tuple[list[Look], dict[tuple[object, ...], dict[Look, int]]]:
    """What a panel says, whatever the order of its rows: its looks, and of each row its marks by look."""
    rows = [tuple(row.values()) for row in found.rows.to_pylist()]
    assert len(set(rows)) == len(rows), "each service and face is there once"
    marks = {
        row: {look: int(mark) for look, mark in zip(found.looks, column, strict=True) if mark}
        for row, column in zip(rows, found.marks.T, strict=True)
    }
    return list(found.looks), marks


def _shown(hosts: Sequence[Host], look: int) -> pa.Table:
    rows = [(host, LETTERS[host.course[look]]) for host in hosts if host.course[look] != "."]
    columns = {
        "ip_hi": [keys(host.address)[0] for host, _ in rows],
        "ip_lo": [keys(host.address)[1] for host, _ in rows],
        "port": [host.port for host, _ in rows],
        "transport": ["tcp" for _ in rows],
        "constituent": [host.constituent for host, _ in rows],
        "certainty": [host.certainty for host, _ in rows],
        "country": [host.country for host, _ in rows],
        "asn": [64500 for _ in rows],
        "branch": [host.branch for host, _ in rows],
        "name": [host.name for host, _ in rows],
    }
    arrays = [pa.array(columns[field.name], _plain(field.type)).cast(field.type) for field in PANEL_ROWS]
    marks = pa.array([int(mark) for _, mark in rows], pa.uint8())
    return pa.Table.from_arrays(arrays, schema=PANEL_ROWS).append_column("mark", marks)


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind
