"""Findings are kept whole, and traces of compromise apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from tests.building import findings

from tocsin.store.findings import FindingsWriter
from tocsin.store.lake import Lake, Part, Staging, read_chunks

ROWS: list[dict[str, object]] = [
    {"compromise": "none_known"},
    {"compromise": "possible"},
    {"compromise": "confirmed"},
    {"compromise": "cleaned"},
]


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Staging]:
    with Lake(tmp_path).stage() as staging:
        yield staging


def _read(part: Part) -> pa.Table:
    return pa.concat_tables(read_chunks(part.path, part.table))


def test_every_finding_comes_back_in_order(staging: Staging) -> None:
    writer = FindingsWriter(staging)
    writer.write(findings(ROWS))
    writer.write(findings([{"line": 99}]))
    kept = next(part for part in writer.finish("case", "j") if part.table == "findings")
    assert _read(kept).to_pylist() == [*findings(ROWS).to_pylist(), *findings([{"line": 99}]).to_pylist()]


def test_only_rows_with_a_trace_are_kept_apart(staging: Staging) -> None:
    writer = FindingsWriter(staging)
    writer.write(findings(ROWS))
    traces = next(part for part in writer.finish("case", "j") if part.table == "traces")
    assert _read(traces).select(["line", "compromise"]).to_pylist() == [
        {"line": 3, "compromise": "possible"},
        {"line": 4, "compromise": "confirmed"},
        {"line": 5, "compromise": "cleaned"},
    ]


def test_without_a_trace_no_file_of_traces_is_made(staging: Staging) -> None:
    writer = FindingsWriter(staging)
    writer.write(findings([{}]))
    assert [part.table for part in writer.finish("case", "j")] == ["findings"]


def test_nothing_written_gives_no_parts(staging: Staging) -> None:
    assert FindingsWriter(staging).finish("case", "j") == []


def test_it_counts_findings_not_traces(staging: Staging) -> None:
    writer = FindingsWriter(staging)
    writer.write(findings(ROWS))
    writer.write(findings([{}]))
    assert writer.rows == 5


def test_both_parts_belong_to_the_case_and_the_judgement(staging: Staging) -> None:
    writer = FindingsWriter(staging)
    writer.write(findings(ROWS))
    assert [dict(part.partition) for part in writer.finish("case", "j")] == [{"case_id": "case", "judgement": "j"}] * 2
