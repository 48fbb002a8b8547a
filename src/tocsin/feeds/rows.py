"""From the text of a chunk to its columns: Arrow reads what is plain, the exact grammar reads the rest.

Arrow is trusted with a text only after its answer has proved that no line of it belongs to another row: every line
gave one row, or one row with a wrong number of fields. A quoted field that took in a line feed would leave fewer; one
left open by a block's last line is looked for by itself. Lines that Arrow reads otherwise than ``_grammar.py`` does
(blank ones, a carriage return alone, a byte-order mark) or that hold a NUL byte are kept from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as arrow_csv

from tocsin.feeds._grammar import Dialect, Row, scan_row, width_problem
from tocsin.provenance import RAW_LIMIT
from tocsin.tables import WORDS

Integers = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_BOM = b"\xef\xbb\xbf"
_NEWLINE, _MARK, _RETURN = 10, 34, 13
_SLICE = 1 << 19  # bytes compared at once: what fits the processor's cache
_ARROW_BLOCK = 2 << 20
"""About how many bytes Arrow reads at once: what fits the processor's cache. Blocks are cut here, at a line's end;
those that Arrow cuts itself end an open quoted field without a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What to read: the header's ``names``, which of them are ``wanted``, and which of those mostly repeat.

    Names that nobody wants may be empty.
    """

    names: tuple[str, ...]
    wanted: tuple[str, ...]
    repeating: frozenset[str]
    dialect: Dialect

    def type_of(self, name: str) -> pa.DataType:
        """The type in which a wanted column is read."""
        return WORDS if name in self.repeating else pa.string()

    @property
    def places(self) -> tuple[int, ...]:
        return tuple(self.names.index(name) for name in self.wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A row that does not stand in columns."""

    line: int
    column: str | None
    reason: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The wanted columns as text, null where empty, and each row's line; rows that do not fit are ``misfits``."""

    table: pa.Table
    lines: Integers
    misfits: tuple[Misfit, ...]
    source: Source

    def raw(self, line: int) -> str:
        """The text of the row that begins on ``line``."""
        return self.source.raw(line)


class Source:
    """A chunk's text: ``starts`` is where each line begins and the text ends, ``spans`` where scanned rows end."""

    def __init__(self, text: bytes, line: int) -> None:
        self.text = text
        self.line = line
        self.spans: dict[int, int] = {}
        data = np.frombuffer(text, dtype=np.uint8)
        self.starts: Integers = np.concatenate(
            [np.zeros(1, dtype=np.int64)]
            + [np.flatnonzero(data[at : at + _SLICE] == _NEWLINE) + (at + 1) for at in range(0, len(data), _SLICE)]
        )

    def raw(self, line: int) -> str:
        """The row's text without its line end, cut at ``RAW_LIMIT`` characters."""
        index = line - self.line
        start, end = int(self.starts[index]), self.spans.get(line, int(self.starts[index + 1]))
        return shown(self.text[start : min(end, start + 4 * RAW_LIMIT)])


def shown(text: bytes) -> str:
    """The beginning of a row as it is kept for people to look at."""
    return text.decode("utf-8", "replace").rstrip("\r\n")[:RAW_LIMIT]


def read_rows(text: bytes, *, line: int, columns: Columns, slowly: bool = False, block: int = _ARROW_BLOCK) -> Rows:
    """The rows of ``text``, which begins on ``line`` and ends with a line feed.

    ``slowly`` reads every row by the exact grammar, ``block`` is how many bytes Arrow parses at once; the result is the
    same.
    """
    source = Source(text, line)
    if slowly:
        return _merged(source, columns, _Plain.empty(columns), _scan_all(source, columns))
    if _looks_plain(source):
        whole = _read_plain(source, columns, block)
        if whole is not None:
            return _merged(source, columns, whole, [])
    return _read_mixed(source, columns, block)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plain:
    """What Arrow read: rows, the place of each among the lines given, and lines with another number of fields."""

    table: pa.Table
    places: Integers
    misfits: tuple[tuple[int, int], ...]

    @staticmethod
    def empty(columns: Columns) -> _Plain:
        schema = pa.schema([(name, columns.type_of(name)) for name in columns.wanted])
        return _Plain(table=schema.empty_table(), places=np.zeros(0, dtype=np.int64), misfits=())


def _looks_plain(source: Source) -> bool:
    """No NUL byte, no blank line, no carriage return but before a line feed, no byte-order mark."""
    text, begins = source.text, source.starts[:-1]
    data = np.frombuffer(text, dtype=np.uint8)
    if b"\0" in text or (data[begins] == _BOM[0]).any():
        return False
    lengths = np.diff(source.starts)
    if b"\r" not in text:
        return bool((lengths > 1).all())
    returns = np.flatnonzero(data == _RETURN)
    ends_line = lengths > 1
    ends_line &= (lengths > 2) | (data[begins] != _RETURN)
    return bool(ends_line.all() and (data[returns + 1] == _NEWLINE).all())


def _read_plain(source: Source, columns: Columns, block: int) -> _Plain | None:
    """What Arrow makes of the text, or ``None`` when it does not prove to have one row on each line."""
    starts = source.starts
    lines = len(starts) - 1
    cuts = np.searchsorted(starts, np.arange(0, len(source.text), block)).tolist()
    cuts = sorted({*cuts, lines})
    tables, misfits = [_Plain.empty(columns).table], []
    for first, last in pairwise(cuts):
        piece = source.text[int(starts[first]) : int(starts[last])]
        table, wrong = _arrow_read(piece, columns)
        if table.num_rows + len(wrong) != last - first or _is_left_open(piece, columns.dialect):
            return None
        tables.append(table)
        misfits += [(first + place, found) for place, found in wrong]
    places = np.delete(np.arange(lines, dtype=np.int64), np.array([place for place, _ in misfits], dtype=np.int64))
    table = pa.concat_tables(tables).unify_dictionaries().combine_chunks()
    return _Plain(table=table, places=places, misfits=tuple(misfits))


def _arrow_read(text: bytes, columns: Columns) -> tuple[pa.Table, list[tuple[int, int]]]:
    """What Arrow makes of the text, read in one block; place and number of fields of each row that does not fit."""
    misfits: list[tuple[int, int]] = []

    def note(row: arrow_csv.InvalidRow) -> str:
        misfits.append((row.number - 1, row.actual_columns))
        return "skip"

    places = [str(place) for place in columns.places]
    types = {place: columns.type_of(name) for place, name in zip(places, columns.wanted, strict=True)}
    table = arrow_csv.read_csv(
        pa.BufferReader(text),
        read_options=arrow_csv.ReadOptions(
            use_threads=False,
            block_size=len(text) + 1,
            column_names=[str(place) for place in range(len(columns.names))],
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=columns.dialect.delimiter.decode(), ignore_empty_lines=False, invalid_row_handler=note
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=types,
            include_columns=places,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            check_utf8=False,  # the splitter repaired the text
        ),
    )
    return table.rename_columns(list(columns.wanted)), misfits


def _is_left_open(text: bytes, dialect: Dialect) -> bool:
    last = text[text.rfind(b"\n", 0, -1) + 1 :]
    row = scan_row(last, 0, dialect)
    return row.problem is not None and not row.fields


def _read_mixed(source: Source, columns: Columns, block: int) -> Rows:
    starts = source.starts
    blank, doubtful = _sort_lines(source, columns.dialect)
    odd: list[tuple[int, Row]] = []
    taken = 0
    for index in np.flatnonzero(doubtful).tolist():
        if index < taken:
            continue
        row = scan_row(source.text, int(starts[index]), columns.dialect)
        taken = int(np.searchsorted(starts, row.end))
        blank[index:taken] = True
        odd.append((index, row))
    rest = np.flatnonzero(~blank)
    plain = _read_plain(Source(b"".join(_pieces(source.text, starts, rest)), 1), columns, block)
    if plain is None:
        return _merged(source, columns, _Plain.empty(columns), _scan_all(source, columns))
    placed = _Plain(
        table=plain.table,
        places=rest[plain.places],
        misfits=tuple((int(rest[place]), found) for place, found in plain.misfits),
    )
    return _merged(source, columns, placed, odd)


def _sort_lines(source: Source, dialect: Dialect) -> tuple[Bools, Bools]:
    """Which lines are blank, and which Arrow might read wrongly.

    A line is left to Arrow when its quotation marks alternately open and close: each that opens follows a delimiter
    or a mark, each that closes stands before a delimiter, the line's end or a mark.
    """
    data = np.frombuffer(source.text, dtype=np.uint8)
    starts = source.starts
    begins, ends = starts[:-1], starts[1:] - 1
    lengths = ends - begins
    blank = (lengths == 0) | ((lengths == 1) & (data[begins] == _RETURN))
    doubtful = _lines_of(np.flatnonzero(data == 0), starts)
    returns = np.flatnonzero(data == _RETURN)
    doubtful |= _lines_of(returns[data[returns + 1] != _NEWLINE], starts)
    doubtful |= _wrongly_marked(data, starts, ord(dialect.delimiter))
    for index in np.flatnonzero(data[begins] == _BOM[0]).tolist():  # Arrow drops a BOM where its text begins
        doubtful[index] |= source.text.startswith(_BOM, int(begins[index]))
    return blank, doubtful & ~blank


def _wrongly_marked(data: npt.NDArray[np.uint8], starts: Integers, delimiter: int) -> Bools:
    marks = np.flatnonzero(data == _MARK)
    first = np.searchsorted(marks, starts)
    counts = np.diff(first)
    opens = (np.arange(len(marks)) - np.repeat(first[:-1], counts)) % 2 == 0
    before = np.where(marks > 0, data[marks - 1], _NEWLINE)
    after = data[marks + 1]
    fine_opening = (before == delimiter) | (before == _NEWLINE) | (before == _MARK)
    fine_closing = (after == delimiter) | (after == _NEWLINE) | (after == _RETURN) | (after == _MARK)
    wrong = _lines_of(marks[~np.where(opens, fine_opening, fine_closing)], starts)
    wrong |= counts % 2 == 1
    return wrong


def _lines_of(places: Integers, starts: Integers) -> Bools:
    """True for each line that has one of ``places`` in it."""
    hit = np.zeros(len(starts) - 1, dtype=np.bool_)
    hit[np.searchsorted(starts, places, side="right") - 1] = True
    return hit


def _pieces(text: bytes, starts: Integers, lines: Integers) -> Iterable[bytes]:
    """The text of ``lines``, neighbours in one piece."""
    if not len(lines):
        return
    breaks = np.flatnonzero(np.diff(lines) != 1)
    firsts, lasts = lines[np.append(0, breaks + 1)], lines[np.append(breaks, len(lines) - 1)]
    for first, last in zip(starts[firsts].tolist(), starts[lasts + 1].tolist(), strict=True):
        yield text[first:last]


def _scan_all(source: Source, columns: Columns) -> list[tuple[int, Row]]:
    text, pos, index, rows = source.text, 0, 0, []
    while pos < len(text):
        row = scan_row(text, pos, columns.dialect)
        if text[pos : row.end] not in (b"\n", b"\r\n"):
            rows.append((index, row))
        index += text.count(b"\n", pos, row.end)
        pos = row.end
    return rows


def _merged(source: Source, columns: Columns, plain: _Plain, scanned: Sequence[tuple[int, Row]]) -> Rows:
    """Rows read in either way, in the order of their lines."""
    source.spans.update((source.line + index, row.end) for index, row in scanned)
    good = [(index, row.fields) for index, row in scanned if row.problem is None]
    table, places = plain.table, plain.places
    if good:
        table = pa.concat_tables([table, _as_table(good, columns)]).unify_dictionaries().combine_chunks()
        places = np.concatenate([places, [index for index, _ in good]]).astype(np.int64)
        order = np.argsort(places, kind="stable")
        table, places = table.take(pa.array(order)), places[order]
    misfits = [_short(source, place, found, columns) for place, found in plain.misfits]
    misfits += [_misfit(source, index, row, columns) for index, row in scanned if row.problem is not None]
    misfits.sort(key=lambda misfit: misfit.line)
    return Rows(table=table, lines=places + source.line, misfits=tuple(misfits), source=source)


def _as_table(rows: Sequence[tuple[int, tuple[bytes, ...]]], columns: Columns) -> pa.Table:
    arrays = []
    for name, place in zip(columns.wanted, columns.places, strict=True):
        values = pa.array([fields[place].decode() or None for _, fields in rows], pa.string())
        arrays.append(values.dictionary_encode() if name in columns.repeating else values)
    return pa.table(arrays, names=list(columns.wanted))


def _short(source: Source, place: int, found: int, columns: Columns) -> Misfit:
    line = source.line + place
    reason = width_problem(found, columns.dialect.width)
    return Misfit(line=line, column=None, reason=reason, raw=source.raw(line))


def _misfit(source: Source, index: int, row: Row, columns: Columns) -> Misfit:
    line, names = source.line + index, columns.names
    column = names[row.column] if row.column is not None and row.column < len(names) else None
    return Misfit(line=line, column=column or None, reason=row.problem or "", raw=source.raw(line))
