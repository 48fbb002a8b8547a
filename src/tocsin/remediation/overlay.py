"""Lays officers' overrides over the folded services; what the machine found stays beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.remediation.marks import Mark, Marks

NOBODY = "none"
_MARKS = {
    "affected": Mark.AFFECTED,
    "fixed": Mark.FIXED,
    "undetermined": Mark.UNDETERMINED,
    "not_affected": Mark.NOT_AFFECTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """``what`` is ``verdict`` (``value`` a status) or ``assignment`` (``value`` a constituent's id, or ``none``).

    ``port`` ``None`` means every port of the address; ``case_id`` ``None`` every case.
    """

    what: str
    case_id: str | None
    ip_hi: int
    ip_lo: int
    port: int | None
    value: str
    reason: str
    author: str

    @property
    def words(self) -> str:
        """Who set what aside, and why."""
        return f"set to {self.value} by {self.author}: {self.reason}"


def lay_over(services: pa.Table, overrides: Sequence[Override]) -> pa.Table:
    """``services`` with each override applied in order; a column ``override`` says which (null where none).

    ``reason``, where there is such a column, goes with the verdict it was the reason of.
    """
    services = services.append_column("override", pa.nulls(services.num_rows, pa.string()))
    if not overrides:
        return services
    rows, changed = _rows(services, overrides), defaultdict[str, dict[int, object]](dict)
    for override in overrides:
        for row, port in rows[override.ip_hi, override.ip_lo]:
            if override.port in (None, port):
                for name, value in _changes(override).items():
                    changed[name][row] = value
    for name, values in changed.items():
        if name in services.column_names:
            services = _set(services, name, values)
    return services


def _rows(services: pa.Table, overrides: Sequence[Override]) -> Mapping[tuple[int, int], list[tuple[int, int]]]:
    """The rows and ports of each address that an override names."""
    low = services.column("ip_lo").to_numpy()
    near = np.flatnonzero(np.isin(low, np.array([override.ip_lo for override in overrides])))
    keys = services.select(["ip_hi", "ip_lo", "port"]).take(pa.array(near)).to_pydict()
    found = defaultdict[tuple[int, int], list[tuple[int, int]]](list)
    for row, high, address, port in zip(near.tolist(), keys["ip_hi"], keys["ip_lo"], keys["port"], strict=True):
        found[high, address].append((row, port))
    return found


def _changes(override: Override) -> dict[str, object]:
    changes: dict[str, object] = {"override": override.words}
    if override.what == "verdict":
        is_decisive = override.value != "undetermined"
        changes |= {"status": override.value, "is_sure": is_decisive, "is_doubted": False, "is_current": True}
        return changes | {"reason": None} if is_decisive else changes
    if override.value == NOBODY:
        return changes | {"constituent": None, "certainty": "none"}
    return changes | {"constituent": override.value, "certainty": "proven"}


def _set(services: pa.Table, name: str, values: Mapping[int, object]) -> pa.Table:
    place = services.column_names.index(name)
    column = services.column(place)
    plain = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
    mask, rows = np.zeros(services.num_rows, dtype=bool), sorted(values)
    mask[rows] = True
    new = pa.array([values[row] for row in rows], plain.type)
    return services.set_column(place, name, pc.replace_with_mask(plain.combine_chunks(), pa.array(mask), new))


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedOverride:
    """An override and the days on which it counts, both included."""

    override: Override
    begins: date
    expires: date


def mark_over(services: pa.Table, marks: Marks, days: Sequence[date], overrides: Sequence[DatedOverride]) -> Marks:
    """``marks`` (a line a day, a column a service) with each overridden verdict in place of what a look showed.

    Only where there was a look: an override says what it meant, not that there was one.
    """
    verdicts = [each for each in overrides if each.override.what == "verdict"]
    if not verdicts:
        return marks
    marks, rows = marks.copy(), _rows(services, [each.override for each in verdicts])
    for each in verdicts:
        override = each.override
        lines = np.array([each.begins <= day <= each.expires for day in days], dtype=bool)
        for row, port in rows[override.ip_hi, override.ip_lo]:
            if override.port in (None, port):
                seen = lines & (marks[:, row] != Mark.NOT_SEEN)
                marks[seen, row] = _MARKS[override.value]
    return marks
