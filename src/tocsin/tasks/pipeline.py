"""One file's chunks, read and judged on every core, handed on in the file's own order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.feeds import Chunk, RawChunk
from tocsin.feeds.duplicates import Hashes, SeenRows


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A chunk as it was read, the hash of each observation, and its findings by case."""

    chunk: Chunk
    hashes: Hashes
    findings: dict[str, pa.Table]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A chunk without the duplicates of its batch, ready to be written."""

    chunk: Chunk
    observations: pa.Table
    findings: dict[str, pa.Table]


def examine_in_order(
    raw: Iterator[RawChunk], examine: Callable[[RawChunk], Examined], *, workers: int
) -> Iterator[Examined]:
    """What ``examine`` makes of each chunk, on ``workers`` threads, in order, with at most ``workers`` + 1 in memory.

    Whatever the splitting or an examination raises is raised here; chunks that were on their way may be lost with it.
    """
    with ThreadPoolExecutor(workers, thread_name_prefix="examine") as pool:
        pending: deque[Future[Examined]] = deque()
        try:
            for chunk in raw:
                pending.append(pool.submit(examine, chunk))
                if len(pending) > workers:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            for future in pending:
                future.cancel()


def drop_duplicates(examined: Iterator[Examined]) -> Iterator[Kept]:
    """Each chunk without the rows that an earlier row of the batch said already; their findings go with them."""
    seen = SeenRows()
    for each in examined:
        new = seen.is_new(each.hashes)
        if new.all():
            yield Kept(chunk=each.chunk, observations=each.chunk.observations, findings=each.findings)
            continue
        observations = each.chunk.observations.filter(pa.array(new))
        lines = each.chunk.observations.column("line").filter(pa.array(~new)).combine_chunks()
        findings = {case_id: _without(table, lines) for case_id, table in each.findings.items()}
        yield Kept(chunk=each.chunk, observations=observations, findings=findings)


def _without(table: pa.Table, lines: pa.Array) -> pa.Table:
    gone = pc.is_in(table.column("line"), value_set=lines)
    return table.filter(pc.invert(gone))
