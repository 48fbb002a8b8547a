"""A registry's bytes as rows with exact line numbers: encodings, quotation marks and columns looked after."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.errors import ConstituencyError
from tocsin.provenance import RAW_LIMIT, Pointer, Rejected

CELL_LIMIT = 100_000
"""Characters in one cell; more is a quotation mark gone astray."""

_SPAN_LIMIT = 64
_UNCLOSED = "unexpected end of data"  # what the csv module says of it
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that has as many cells as the header, by column; ``raw`` is its text as it stood."""

    pointer: Pointer
    cells: dict[str, str]
    raw: str

    def reject(self, reasons: list[str]) -> Rejected:
        return Rejected(pointer=self.pointer, reason="; ".join(reasons), raw=self.raw[:RAW_LIMIT])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A CSV file with a header: its columns as written, its rows, and the rows that are none."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    rejected: tuple[Rejected, ...]


def read_sheet(data: bytes, *, source: str) -> Sheet:
    """The rows of a CSV file. Blank lines are not rows.

    Raises ``ConstituencyError`` for a file that is empty, in another encoding, or has no usable header.
    """
    lines = io.StringIO(_decode(data, source), newline=None).readlines()
    head = next((number for number, line in enumerate(lines) if line.strip()), None)
    if head is None:
        raise ConstituencyError(
            "the file is empty", where=Pointer(source=source), remedy="check that the export was finished"
        )
    columns = _header(Pointer(source=source, line=head + 1), lines[head])
    rows, rejected = list[Row](), list[Rejected]()
    for begin, raw in _logical_lines(lines, head + 1, len(columns)):
        pointer = Pointer(source=source, line=begin + 1)
        cells, reason = _cells(raw, len(columns))
        if reason:
            rejected.append(Rejected(pointer=pointer, reason=reason, raw=_printable(raw)))
        else:
            rows.append(Row(pointer=pointer, cells=dict(zip(columns, cells, strict=True)), raw=raw.rstrip("\n")))
    return Sheet(columns=columns, rows=tuple(rows), rejected=tuple(rejected))


def _decode(data: bytes, source: str) -> str:
    """The text; bytes that are no UTF-8 are kept as lone surrogates, so that they cost their own row only."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            errors = "surrogateescape" if encoding == "utf-8" else "strict"
            try:
                return data[len(mark) :].decode(encoding, errors)
            except UnicodeDecodeError as fault:
                raise ConstituencyError(
                    f"the file says that it is {encoding.upper()} and is not: {fault.reason} at byte {fault.start}",
                    where=Pointer(source=source),
                    remedy="export it again, as UTF-8",
                ) from fault
    return data.decode("utf-8", "surrogateescape")


def _header(pointer: Pointer, raw: str) -> tuple[str, ...]:
    remedy = "export the registry as CSV in UTF-8, with the column names in its first line"
    if "\0" in raw or _is_foreign(raw):
        raise ConstituencyError("the first line is no text in UTF-8", where=pointer, remedy=remedy)
    cells, reason = _cells(raw, None)
    if reason:
        raise ConstituencyError(f"the header cannot be read: {reason}", where=pointer, remedy=remedy)
    columns = tuple(cell.strip() for cell in cells)
    twice = sorted({name for name in columns if name and [each.lower() for each in columns].count(name.lower()) > 1})
    if twice:
        raise ConstituencyError(
            f"the header names {', '.join(map(repr, twice))} more than once", where=pointer, remedy="rename one of them"
        )
    return columns


def _logical_lines(lines: list[str], begin: int, columns: int) -> Iterator[tuple[int, str]]:
    """Each row's text and where it begins. A quotation mark that is never closed costs its own line only."""
    while begin < len(lines):
        taken = _span(lines[begin : begin + _SPAN_LIMIT], columns) if '"' in lines[begin] else 1
        raw = "".join(lines[begin : begin + taken])
        if raw.strip():
            yield begin, raw
        begin += taken


def _span(lines: list[str], columns: int) -> int:
    """How many lines the row that begins here has; 1 when its quotation mark is never rightly closed."""
    for taken in range(1, len(lines) + 1):
        try:
            cells = next(csv.reader(["".join(lines[:taken])], strict=True))
        except csv.Error as fault:
            if _UNCLOSED not in str(fault):
                return 1
        else:
            return taken if len(cells) == columns else 1
    return 1


def _cells(raw: str, expected: int | None) -> tuple[list[str], str]:
    """The cells of one row, or why it has none."""
    if _is_foreign(raw):
        return [], "is not UTF-8"
    if "\0" in raw:
        return [], "holds a NUL byte"
    try:
        cells = next(csv.reader([raw], strict=True))
    except csv.Error as fault:
        return [], "a quotation mark is never closed" if _UNCLOSED in str(fault) else f"is not CSV: {fault}"
    if expected is not None and len(cells) != expected:
        return [], f"has {len(cells)} columns where the header has {expected}"
    longest = max(map(len, cells), default=0)
    if longest > CELL_LIMIT:
        return [], f"a cell has {longest:,} characters; at most {CELL_LIMIT:,} are read"
    return cells, ""


def _is_foreign(raw: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in raw) if not raw.isascii() else False


def _printable(raw: str) -> str:
    """The raw text, cut, with bytes that are no UTF-8 as replacement characters, so that it can be stored."""
    return raw[:RAW_LIMIT].rstrip("\n").encode("utf-8", "surrogateescape").decode("utf-8", "replace")
