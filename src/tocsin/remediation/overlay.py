"""Lays officers' overrides over the folded services; what the machine found stays beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

NOBODY = "none"


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
    """``services`` with each override applied in order; a column ``override`` says which (null where none)."""
    said = pa.nulls(services.num_rows, pa.string())
    for override in overrides:
        rows = _rows(services, override)
        services = _set(services, rows, _changes(override))
        said = pc.if_else(rows, override.words, said)
    return services.append_column("override", said)


def _rows(services: pa.Table, override: Override) -> pa.Array:
    rows = pc.and_(
        pc.equal(services.column("ip_hi"), override.ip_hi), pc.equal(services.column("ip_lo"), override.ip_lo)
    )
    return rows if override.port is None else pc.and_(rows, pc.equal(services.column("port"), override.port))


def _changes(override: Override) -> dict[str, object]:
    if override.what == "verdict":
        return {
            "status": override.value,
            "is_sure": override.value != "undetermined",
            "is_doubted": False,
            "is_current": True,
        }
    if override.value == NOBODY:
        return {"constituent": None, "certainty": "none"}
    return {"constituent": override.value, "certainty": "proven"}


def _set(services: pa.Table, rows: pa.Array, changes: dict[str, object]) -> pa.Table:
    for name, value in changes.items():
        place = services.column_names.index(name)
        column = services.column(place)
        plain = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        services = services.set_column(place, name, pc.if_else(rows, pa.scalar(value, plain.type), plain))
    return services
