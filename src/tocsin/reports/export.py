"""Findings as CSV, JSON lines or Parquet, each row under its traffic-light label."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from tocsin.errors import AskError, did_you_mean
from tocsin.labels import Label
from tocsin.reports.escape import csv_cell

FORMATS = ("table", "csv", "jsonl", "parquet")


def check_format(name: str) -> str:
    """``name`` if it is one of FORMATS. Raises ``AskError`` otherwise."""
    if name not in FORMATS:
        raise AskError(f"no format {name!r}{did_you_mean(name, FORMATS)}", remedy=f"one of {', '.join(FORMATS)}")
    return name


def write_table(table: pa.Table, kind: str, label: Label, file: IO[bytes]) -> None:
    """Writes ``table`` to ``file`` as ``kind`` with a last column ``label``.

    CSV cells are safe for a spreadsheet (``csv_cell``); JSON lines hold lists for ``candidates`` and objects for
    ``cves``; Parquet holds the text as it is, since programs read it. Times are ISO 8601 in UTC.
    """
    labelled = table.append_column("label", pa.array([str(label)] * table.num_rows, pa.string()))
    if kind == "parquet":
        pq.write_table(labelled, file, compression="zstd")
    elif kind == "csv":
        _write_csv(labelled, file)
    else:
        _write_lines(labelled, file)


def _write_csv(table: pa.Table, file: IO[bytes]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.column_names)
    for batch in table.to_batches(max_chunksize=10_000):
        writer.writerows([_cell(value) for value in row.values()] for row in batch.to_pylist())
    text.detach()  # flushes, and leaves the file to the caller


def _write_lines(table: pa.Table, file: IO[bytes]) -> None:
    for batch in table.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            row |= {"candidates": _candidates(row["candidates"]), "cves": _cves(row["cves"])}
            file.write(json.dumps(row, ensure_ascii=True, default=_instant).encode() + b"\n")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return csv_cell(_instant(value) if isinstance(value, datetime) else str(value))


def _candidates(text: str | None) -> list[str]:
    return text.split("; ") if text else []


def _cves(text: str | None) -> dict[str, str]:
    pairs = (pair.split("=", 1) for pair in (text or "").split("; ") if "=" in pair)
    return dict(pairs)


def _instant(value: object) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
