"""A row that could not be read leads back to its file and line."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from tests.store.test_batches import batch

from tocsin.provenance import Pointer, Rejected
from tocsin.store.lake import Lake
from tocsin.store.rejected import rejected_rows
from tocsin.tables import REJECTED


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Two batches with rejected rows, named a and b."""
    lake = Lake(tmp_path)
    for name in ("a", "b"):
        rows = [
            {"line": 3, "column": "ip", "reason": "'x' is no address", "raw": f"x,{name}"},
            {"line": 7, "column": None, "reason": "has 2 fields of 3", "raw": "too,few"},
        ]
        with lake.stage() as staging, lake.committing():
            writer = staging.writer("rejected")
            writer.write(pa.Table.from_pylist(rows, schema=REJECTED))
            part = writer.finish({"batch": name})
            assert part is not None
            lake.commit([part])
    return lake


def test_each_row_has_file_line_column_reason_and_its_text(lake: Lake) -> None:
    assert list(rejected_rows(lake, [batch("a", rejected=2, file="feed.csv")])) == [
        Rejected(pointer=Pointer(source="feed.csv", line=3, column="ip"), reason="'x' is no address", raw="x,a"),
        Rejected(pointer=Pointer(source="feed.csv", line=7), reason="has 2 fields of 3", raw="too,few"),
    ]


def test_batches_come_one_after_the_other_in_the_order_asked(lake: Lake) -> None:
    asked = [batch("b", rejected=2, file="b.csv"), batch("a", rejected=2, file="a.csv")]
    found = [str(row.pointer) for row in rejected_rows(lake, asked)]
    assert found == ["b.csv:3 column 'ip'", "b.csv:7", "a.csv:3 column 'ip'", "a.csv:7"]


def test_a_batch_without_rejected_rows_gives_none(lake: Lake) -> None:
    assert list(rejected_rows(lake, [batch("c", rejected=0)])) == []


def test_a_lake_in_which_nothing_was_ever_rejected_gives_none(tmp_path: Path) -> None:
    assert list(rejected_rows(Lake(tmp_path / "empty"), [batch("a", rejected=0)])) == []
