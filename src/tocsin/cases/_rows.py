"""Reads the rows of a pack's CSV file with their physical lines, noting every fault."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.errors import did_you_mean
from tocsin.provenance import Fault, Pointer


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its cells by column, stripped; ``line`` is where it begins."""

    source: str
    line: int
    cells: dict[str, str]
    faults: list[Fault]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def fault(self, column: str | None, what: str) -> None:
        """Notes a fault in one column of this row, or in the row."""
        pointer = Pointer(source=self.source, line=self.line, column=column)
        self.faults.append(Fault(pointer=pointer, what=what))

    def items(self, column: str) -> tuple[str, ...]:
        """The values of a cell that holds several, separated by semicolons."""
        return tuple(item.strip() for item in self[column].split(";") if item.strip())

    def day(self, column: str) -> date | None:
        """The date in a cell, ``None`` when empty or faulty."""
        try:
            return date.fromisoformat(self[column]) if self[column] else None
        except ValueError:
            self.fault(column, f"{self[column]!r} is no date such as 2021-03-02")
            return None


def read_rows(
    data: bytes, *, source: str, required: Sequence[str], optional: Sequence[str], faults: list[Fault]
) -> Iterator[Row]:
    """The rows that have as many cells as the header; blank lines are passed over."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        faults.append(Fault(pointer=Pointer(source=source, line=line), what="is not UTF-8; save the file as UTF-8"))
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    header: list[str] | None = None
    try:
        for cells in reader:
            first, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = [cell.strip() for cell in cells]
                if not _check_header(header, source, first, required, optional, faults):
                    return
                continue
            row = Row(
                source=source,
                line=first,
                cells={name: cell.strip() for name, cell in zip(header, cells, strict=False)},
                faults=faults,
            )
            if len(cells) == len(header):
                yield row
            else:
                row.fault(None, f"has {len(cells)} cells, the header has {len(header)}")
    except csv.Error as problem:
        faults.append(Fault(pointer=Pointer(source=source, line=line), what=f"cannot be read as CSV: {problem}"))
    if header is None:
        faults.append(Fault(pointer=Pointer(source=source, line=1), what="is empty"))


def _check_header(
    header: list[str],
    source: str,
    line: int,
    required: Sequence[str],
    optional: Sequence[str],
    faults: list[Fault],
) -> bool:
    known = (*required, *optional)
    whats = [f"column {name!r} is missing" for name in required if name not in header]
    whats += [f"{name!r} is no column here{did_you_mean(name, known)}" for name in header if name not in known]
    whats += [f"column {name!r} is there twice" for name in dict.fromkeys(header) if header.count(name) > 1]
    faults.extend(Fault(pointer=Pointer(source=source, line=line), what=what) for what in whats)
    return all(name in header for name in required)
