"""The panel: every service in a row, every look in a column, a mark in each cell. All lives are folded from it.

Joining panels is commutative, associative and idempotent: whatever the order in which reports come in, and however
often one is folded, the state is the same as if everything were folded anew. Source: ADR 0006.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa

from tocsin.remediation.columns import Integers, Mask, integers
from tocsin.remediation.grouping import group_rows, mixed
from tocsin.remediation.marks import FACE, Marks
from tocsin.tables import SERVICE, WORDS

PANEL_ROWS = pa.schema(
    [
        *SERVICE,
        ("constituent", WORDS),
        ("certainty", WORDS),
        ("country", WORDS),
        ("asn", pa.int64()),
        ("branch", WORDS),
        ("name", WORDS),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Look:
    """One source's report on one day, as it was judged; ``coverage`` is ``positives`` or ``population``.

    Only a look of ``population`` is a complete scan: then alone does it mean something that a service is not in it.
    """

    day: date
    source: str
    scope: str
    coverage: str
    judgement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """``rows``: PANEL_ROWS, each service and way in which it appeared once; ``marks``: a line a look, a column a row.

    ``looks`` are in order of day, source and scope. A service that changed its owner or branch has several rows, of
    which at most one has a mark in any look.
    """

    rows: pa.Table
    looks: tuple[Look, ...]
    marks: Marks

    def until(self, day: date) -> Panel:
        """What was seen up to and on ``day``."""
        kept = [number for number, look in enumerate(self.looks) if look.day <= day]
        seen = self.marks[kept]
        rows = seen.any(axis=0)
        looks = tuple(self.looks[number] for number in kept)
        return Panel(rows=self.rows.filter(pa.array(rows)), looks=looks, marks=seen[:, rows])


def one_look(look: Look, rows: pa.Table) -> Panel:
    """The panel of a single look; ``rows`` as ``marks.look_rows`` gives them."""
    marks: Marks = rows.column("mark").to_numpy().astype(np.uint8)
    return Panel(rows=rows.select(PANEL_ROWS.names).cast(PANEL_ROWS), looks=(look,), marks=marks.reshape(1, -1))


def no_looks() -> Panel:
    """The panel of nothing."""
    return Panel(rows=PANEL_ROWS.empty_table(), looks=(), marks=np.zeros((0, 0), dtype=np.uint8))


def join(panels: Sequence[Panel]) -> Panel:
    """All that any of ``panels`` shows; a look that several of them hold is the same in each."""
    looks = sorted({look for panel in panels for look in panel.looks})
    place = {look: number for number, look in enumerate(looks)}
    tables = [panel.rows for panel in panels if panel.rows.num_rows]
    if not tables:
        return replace(no_looks(), looks=tuple(looks), marks=np.zeros((len(looks), 0), dtype=np.uint8))
    rows = pa.concat_tables(tables).unify_dictionaries()
    groups = group_rows(_key(rows))
    marks = np.zeros((len(looks), len(groups.first)), dtype=np.uint8)
    offset = 0
    for panel in panels:
        number = groups.number[offset : offset + panel.rows.num_rows]
        offset += panel.rows.num_rows
        for look, seen in zip(panel.looks, panel.marks, strict=True):
            line = marks[place[look]]
            line[number] = np.maximum(line[number], seen)
    return Panel(rows=rows.take(pa.array(groups.first)), looks=tuple(looks), marks=marks)


def split(panel: Panel, buckets: int) -> Mapping[int, Panel]:
    """The panel of each bucket that has a row; a service always lies in the same one of ``buckets`` (a power of 2)."""
    bucket = bucket_of(panel.rows, buckets)
    return {number: _chosen(panel, bucket == number) for number in np.unique(bucket).tolist()}


def bucket_of(rows: pa.Table, buckets: int) -> Integers:
    """The bucket of each row, by address and port alone: codes of words differ from table to table."""
    key = [integers(rows, name) for name in ("ip_hi", "ip_lo", "port")]
    found: Integers = ((mixed(key) >> np.uint64(40)) & np.uint64(buckets - 1)).astype(np.int64)
    return found


def _chosen(panel: Panel, rows: Mask) -> Panel:
    return replace(panel, rows=panel.rows.filter(pa.array(rows)), marks=panel.marks[:, rows])


def _key(rows: pa.Table) -> list[Integers]:
    high, low, port, transport = (integers(rows, name) for name in SERVICE.names)
    return [high, low, (port << 8) + transport, *(integers(rows, name) for name in FACE)]
