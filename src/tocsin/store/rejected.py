"""The rows that could not be read, with the file and line each stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow.parquet as pq

from tocsin.provenance import Pointer, Rejected
from tocsin.store.batches import Batch
from tocsin.store.lake import Lake


def rejected_rows(lake: Lake, batches: Sequence[Batch]) -> Iterator[Rejected]:
    """The rejected rows of these batches, batch by batch, each by physical line."""
    for batch in batches:
        for path in lake.files("rejected", {"batch": [batch.id]} if batch.rejected else {"batch": []}):
            for row in pq.read_table(path, partitioning=None).to_pylist():
                pointer = Pointer(source=batch.file, line=row["line"], column=row["column"])
                yield Rejected(pointer=pointer, reason=row["reason"], raw=row["raw"])
