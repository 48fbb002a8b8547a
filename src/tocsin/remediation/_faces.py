"""Whose each service is over its whole life, on which branch it was, under which name: from the faces it showed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.remediation.columns import NO_WORD, Integers, Mask, codes, integers
from tocsin.remediation.fold import fold
from tocsin.remediation.grouping import Groups, group_services
from tocsin.remediation.marks import Mark, Marks
from tocsin.remediation.panel import Look, Panel
from tocsin.tables import INSTANT, SERVICE

_STRENGTH = {"none": 0, "claimed": 1, "proven": 2, "disputed": 2}
_LOOKS_BITS, _ROW_BITS = 40, 32


def services_of(panel: Panel, groups: Groups, parents: Mapping[str, str | None]) -> pa.Table:
    """One row a service of ``groups``, in their order: SERVICE, ``constituent, certainty, country, asn, branch, name``.

    The strongest assignment holds, and among equals the latest day's: over months a service changes hands, and only
    what differs on that one day is in dispute. ``branch`` is that of the last exposure, else of the first sight;
    ``name`` the latest that was confirmed.
    """
    rows, latest = panel.rows, _latest(panel.marks > 0)
    chosen = _strongest(panel, groups, latest)
    folded = _owners(rows.filter(pa.array(chosen)), panel, latest[chosen], groups.number[chosen], parents)
    exposed = _latest(_is_exposed(panel.marks))
    first = (panel.marks > 0).argmax(axis=0) if len(panel.looks) else latest
    branch = _best(rows.column("branch"), groups, np.where(exposed >= 0, exposed, -1 - first) + len(panel.looks))
    name = _best(rows.column("name"), groups, np.where(integers(rows, "name") != NO_WORD, latest + 1, 0))
    return folded.append_column("branch", branch).append_column("name", name)


def _strongest(panel: Panel, groups: Groups, latest: Integers) -> Mask:
    """Which rows have their service's strongest assignment, of the last day on which that was seen."""
    numbers, words = codes(panel.rows.column("certainty"))
    strength = np.array([_STRENGTH[word] for word in words], dtype=np.int64)[numbers]
    days = np.array([look.day.toordinal() for look in panel.looks], dtype=np.int64)
    weight = (strength << _LOOKS_BITS) + (days[latest] if len(days) else latest)
    chosen: Mask = weight == groups.highest(weight)[groups.number]
    return chosen


def _owners(
    rows: pa.Table, panel: Panel, latest: Integers, service: Integers, parents: Mapping[str, str | None]
) -> pa.Table:
    """The folded rows in the order of ``service``, which says of each row whose it is; ties go by the look's order."""
    moments = np.array([_moment(number, look) for number, look in enumerate(panel.looks)], dtype=np.int64)
    dated = rows.append_column("seen_at", pa.array(moments[latest] if len(moments) else latest).cast(INSTANT))
    always = pa.DictionaryArray.from_arrays(np.zeros(rows.num_rows, dtype=np.int32), pa.array(["fixed"]))
    dated = dated.append_column("status", always)
    dated = dated.append_column("is_current", pa.array(np.ones(rows.num_rows, dtype=bool)))
    folded = fold(dated, parents).select([*SERVICE.names, "constituent", "certainty", "country", "asn"])
    place = np.empty(folded.num_rows, dtype=np.int64)
    place[service[group_services(rows).first]] = np.arange(folded.num_rows)  # ``fold`` numbers services alike
    return folded.take(pa.array(place))


def _best(column: pa.ChunkedArray, groups: Groups, weight: Integers) -> pa.ChunkedArray:
    """Of each service the value of its row of the highest weight."""
    row = groups.highest((weight << _ROW_BITS) + np.arange(len(weight))) & ((1 << _ROW_BITS) - 1)
    return column.take(pa.array(row))


def _is_exposed(marks: Marks) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = (marks == Mark.AFFECTED) | (marks == Mark.MITIGATED)
    return found


def _latest(lines: npt.NDArray[np.bool_]) -> Integers:
    """The last line that is true of each column, or -1."""
    found = np.full(lines.shape[1], -1, dtype=np.int64)
    for number, line in enumerate(lines):
        found[line] = number
    return found


def _moment(number: int, look: Look) -> int:
    """Noon of the look's day, later by a second for each look before it: no two are at one moment."""
    return (int(datetime.combine(look.day, time(12), UTC).timestamp()) + number) * 1_000_000
