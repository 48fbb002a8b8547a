"""Findings as files that other programs read."""

from __future__ import annotations

import csv
import io
import json

import pyarrow.parquet as pq
import pytest
from tests.building import findings

from tocsin.errors import AskError
from tocsin.labels import Label
from tocsin.reports.export import check_format, write_table

TABLE = findings(
    [
        {
            "basis": "=cmd",
            "candidates": "15.1.2176.2; 15.1.2176.9",
            "cves": "CVE-2021-26855=affected; CVE-2021-26857=fixed",
        }
    ]
)


def _written(kind: str) -> bytes:
    file = io.BytesIO()
    write_table(TABLE, kind, Label.AMBER, file)
    return file.getvalue()


def test_a_csv_is_safe_for_a_spreadsheet_and_carries_its_label() -> None:
    (row,) = csv.DictReader(io.StringIO(_written("csv").decode()))
    assert row["basis"] == "'=cmd"
    assert row["label"] == "TLP:AMBER"
    assert row["mitigated"] == "false"
    assert row["reason"] == ""


def test_json_lines_hold_lists_and_objects() -> None:
    row = json.loads(_written("jsonl"))
    assert row["candidates"] == ["15.1.2176.2", "15.1.2176.9"]
    assert row["cves"] == {"CVE-2021-26855": "affected", "CVE-2021-26857": "fixed"}
    assert row["seen_at"] == "2021-03-10T12:00:00+00:00"
    assert row["reason"] is None


def test_parquet_holds_the_text_as_it_is() -> None:
    (row,) = pq.read_table(io.BytesIO(_written("parquet"))).to_pylist()
    assert (row["basis"], row["label"]) == ("=cmd", "TLP:AMBER")


def test_an_unknown_format_names_the_near_one() -> None:
    with pytest.raises(AskError, match="did you mean jsonl"):
        check_format("json")
