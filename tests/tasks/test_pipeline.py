"""Chunks are examined side by side and handed on in order; duplicates go with their findings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from threading import Barrier, Event

import numpy as np
import pyarrow as pa
import pytest
from tests.building import findings, observations

from tocsin.feeds import Chunk, RawChunk
from tocsin.tables import REJECTED
from tocsin.tasks.pipeline import Examined, Kept, drop_duplicates, examine_in_order

PATIENCE_SECONDS = 20


def raw(count: int) -> Iterator[RawChunk]:
    """Chunks that begin on line 0, 1, …"""
    return (RawChunk(line=line, text=b"") for line in range(count))


def examined(line: int = 2, hashes: tuple[int, ...] = (), cases: dict[str, tuple[int, ...]] | None = None) -> Examined:
    """A chunk with one observation for each hash, from ``line`` on, and for each case findings on those lines."""
    seen = observations([{"line": line + number} for number in range(len(hashes))])
    found = {name: findings([{"line": each} for each in lines]) for name, lines in (cases or {}).items()}
    broken = pa.Table.from_pylist([{"line": 99, "reason": "is broken", "raw": "x"}], schema=REJECTED)
    chunk = Chunk(observations=seen, rejected=broken, rows=len(hashes) + 1)
    return Examined(chunk=chunk, hashes=np.array(hashes, dtype=np.uint64), findings=found)


def plain(chunk: RawChunk) -> Examined:
    return examined(line=chunk.line, hashes=(1,))


def first_lines(given: Iterator[Examined]) -> list[int]:
    return [each.chunk.observations.column("line")[0].as_py() for each in given]


def lines(table: pa.Table) -> list[int]:
    found: list[int] = table.column("line").to_pylist()
    return found


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_every_chunk_is_handed_on_in_the_files_order(workers: int) -> None:
    assert first_lines(examine_in_order(raw(9), plain, workers=workers)) == list(range(9))


def test_a_quick_chunk_waits_for_a_slow_one_before_it() -> None:
    second_is_done = Event()

    def examine(chunk: RawChunk) -> Examined:
        if chunk.line == 0:
            assert second_is_done.wait(PATIENCE_SECONDS)
        if chunk.line == 1:
            second_is_done.set()
        return plain(chunk)

    assert first_lines(examine_in_order(raw(3), examine, workers=2)) == [0, 1, 2]


def test_as_many_chunks_are_examined_at_once_as_there_are_workers() -> None:
    together = Barrier(3, timeout=PATIENCE_SECONDS)

    def examine(chunk: RawChunk) -> Examined:
        together.wait()
        return plain(chunk)

    assert first_lines(examine_in_order(raw(3), examine, workers=3)) == [0, 1, 2]


@pytest.mark.parametrize("workers", [1, 3])
def test_no_more_chunks_are_in_memory_than_workers_and_one(workers: int) -> None:
    taken = 0

    def counted() -> Iterator[RawChunk]:
        nonlocal taken
        for chunk in raw(12):
            taken += 1
            yield chunk

    ahead = []
    for given, _ in enumerate(examine_in_order(counted(), plain, workers=workers)):
        ahead.append(taken - given)
    assert max(ahead) == workers + 1


def test_what_an_examination_raises_comes_after_the_chunks_before_it() -> None:
    def examine(chunk: RawChunk) -> Examined:
        if chunk.line == 2:
            raise ValueError("line 2 is wrong")
        return plain(chunk)

    given = examine_in_order(raw(5), examine, workers=2)
    assert first_lines(islice(given, 2)) == [0, 1]
    with pytest.raises(ValueError, match="line 2 is wrong"):
        next(given)


def test_what_the_splitting_raises_is_raised() -> None:
    def cut_off() -> Iterator[RawChunk]:
        yield from raw(2)
        raise EOFError("the file is cut off")

    with pytest.raises(EOFError, match="cut off"):
        list(examine_in_order(cut_off(), plain, workers=2))


def test_whoever_stops_early_has_the_rest_of_the_file_left_unread() -> None:
    file = raw(100)
    given = examine_in_order(file, plain, workers=2)
    next(given)
    given.close()  # type: ignore[attr-defined]
    assert next(file).line == 3


def test_an_empty_file_gives_nothing() -> None:
    assert list(examine_in_order(raw(0), plain, workers=2)) == []


def test_of_rows_that_say_the_same_the_first_is_kept() -> None:
    (kept,) = drop_duplicates(iter([examined(hashes=(7, 8, 7))]))
    assert lines(kept.observations) == [2, 3]


def test_a_row_that_an_earlier_chunk_said_is_dropped() -> None:
    kept = drop_duplicates(iter([examined(line=2, hashes=(7, 8)), examined(line=4, hashes=(9, 8))]))
    assert [lines(each.observations) for each in kept] == [[2, 3], [4]]


def test_findings_go_with_their_rows_in_every_case() -> None:
    chunk = examined(hashes=(7, 7, 8), cases={"one": (2, 3, 4), "other": (3,)})
    (kept,) = drop_duplicates(iter([chunk]))
    assert {name: lines(table) for name, table in kept.findings.items()} == {"one": [2, 4], "other": []}


def test_a_chunk_said_before_as_a_whole_keeps_no_row_and_no_finding() -> None:
    chunks = [examined(line=line, hashes=(7, 8), cases={"one": (line, line + 1)}) for line in (2, 4)]
    _, second = drop_duplicates(iter(chunks))
    assert (lines(second.observations), lines(second.findings["one"])) == ([], [])


def test_what_came_with_the_chunk_stays_so_that_rows_add_up() -> None:
    (kept,) = drop_duplicates(iter([examined(hashes=(7, 7))]))
    assert (kept.chunk.rows, kept.chunk.observations.num_rows, lines(kept.chunk.rejected)) == (3, 2, [99])


def test_without_duplicates_everything_is_kept() -> None:
    chunk = examined(hashes=(7, 8), cases={"one": (3,)})
    kept = Kept(chunk=chunk.chunk, observations=chunk.chunk.observations, findings=chunk.findings)
    assert list(drop_duplicates(iter([chunk]))) == [kept]
