"""What a row is: the exact and slow reading of delimited text, one row at a time.

A field that begins with a quotation mark is quoted, a doubled mark in it is one mark, and what stands between the
closing mark and the next delimiter belongs to the field; marks elsewhere are text. So far this is how Python's
``csv`` and Arrow read. Beyond it: a quoted field may span lines only if its closing mark is followed by a delimiter or
the line's end, the row then has as many fields as the header, and the mark is within ``LONGEST_ROW`` bytes of the
row's begin. Otherwise the mark was never closed, and the row is its first line alone.

Nothing that a quoted field holds can therefore pass for a row of its own, and a mark that is never closed costs one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LONGEST_ROW = 1 << 20
QUOTE = b'"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """``width`` is the number of fields in a row, ``delimiter`` one ASCII character."""

    width: int
    delimiter: bytes = b","
    field_end: re.Pattern[bytes] = field(init=False, repr=False, compare=False)
    closing: re.Pattern[bytes] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.delimiter) != 1 or self.delimiter in (b'"', b"\r", b"\n", b"\0") or not self.delimiter.isascii():
            raise ValueError(f"{self.delimiter!r} cannot be a delimiter")
        mark = re.escape(self.delimiter)
        object.__setattr__(self, "field_end", re.compile(rb"[" + mark + rb"\n]"))
        object.__setattr__(self, "closing", re.compile(mark + rb"|\r?\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a text: where the text goes on after it, and its fields or what is wrong with it.

    ``column`` is the field's number that is to blame, if one is. ``is_undecided`` when the text ended too soon to
    tell; the row is then taken for its first line.
    """

    end: int
    fields: tuple[bytes, ...]
    problem: str | None = None
    column: int | None = None
    is_undecided: bool = False


def scan_row(text: bytes, start: int, dialect: Dialect) -> Row:
    """The row that begins at ``start``. The text ends with a line feed."""
    fields: list[bytes] = []
    line_end = text.index(b"\n", start)
    first_end, pos, stray = line_end + 1, start, None
    opened: int | None = None  # the first field that goes on over a line's end
    while True:
        value = b""
        if text[pos : pos + 1] == QUOTE:
            value, pos, is_undecided = _quoted(text, pos, start + LONGEST_ROW)
            if pos < 0 or pos > line_end:
                opened = len(fields) if opened is None else opened
                if len(fields) >= dialect.width or (pos > 0 and not dialect.closing.match(text, pos)):
                    return _unclosed(first_end, opened)
                if pos < 0:
                    return _unclosed(first_end, opened, is_undecided)
                line_end = text.index(b"\n", pos)
        end = _field_end(text, pos, dialect)
        bare = text[pos:end]
        is_last = text[end : end + 1] == b"\n"
        if is_last:
            bare = bare.removesuffix(b"\r")
        if stray is None and b"\r" in bare:
            stray = len(fields)
        fields.append(value + bare)
        pos = end + 1
        if is_last:
            break
    if opened is not None and len(fields) != dialect.width:
        return _unclosed(first_end, opened)
    return _finished(pos, fields, stray, dialect.width)


def last_border(text: bytes, dialect: Dialect) -> int:
    """The last place in ``text`` where surely a row ends: what follows may hang on text that is still to come.

    ``text`` is whole lines and begins with a row.
    """
    pos = _sure_start(text, dialect)
    # Only a run of an odd number of marks can leave a field open.
    while (run := _ODD_RUN.search(text, pos)) is not None:
        start = text.rfind(b"\n", pos, run.start()) + 1 or pos
        row = scan_row(text, start, dialect)
        if row.is_undecided:
            return start
        pos = row.end
    return len(text)


_ODD_RUN = re.compile(rb'(?<!")"(?:"")*(?!")')
_WINDOWS = (1 << 16, 2 * LONGEST_ROW)


def _sure_start(text: bytes, dialect: Dialect) -> int:
    """The start of the last line that is surely a row's, whatever came before; 0 if there is none.

    Within a quoted field, the first run of an odd number of marks closes it. Where no delimiter or line end follows
    that run, no quoted field reaches this line: its row begins here.
    """
    for window in (*_WINDOWS, len(text)):
        line, sure = -1, -1
        for run in _ODD_RUN.finditer(text, text.rfind(b"\n", 0, max(0, len(text) - window)) + 1):
            start = text.rfind(b"\n", 0, run.start()) + 1
            if start != line and not dialect.closing.match(text, run.end()):
                sure = start
            line = start
        if sure >= 0 or window >= len(text):
            return max(sure, 0)
    return 0


def _quoted(text: bytes, pos: int, bound: int) -> tuple[bytes, int, bool]:
    """The quoted field that opens at ``pos``, where it is closed (-1: nowhere), whether more text could close it."""
    pieces: list[bytes] = []
    pos += 1
    while True:
        mark = text.find(QUOTE, pos, bound)
        if mark < 0:
            return b"", -1, bound > len(text)
        if text[mark + 1 : mark + 2] != QUOTE:
            pieces.append(text[pos:mark])
            return b"".join(pieces), mark + 1, False
        pieces.append(text[pos : mark + 1])
        pos = mark + 2


def _field_end(text: bytes, pos: int, dialect: Dialect) -> int:
    found = dialect.field_end.search(text, pos)
    if found is None:
        raise ValueError("text does not end with a line feed")
    return found.start()


def _unclosed(end: int, column: int, is_undecided: bool = False) -> Row:
    problem = "a quotation mark is opened and never closed"
    return Row(end=end, fields=(), problem=problem, column=column, is_undecided=is_undecided)


def _finished(end: int, fields: list[bytes], stray: int | None, width: int) -> Row:
    problem, column = None, None
    if len(fields) != width:
        problem = width_problem(len(fields), width)
    elif stray is not None:
        problem, column = "a carriage return without line feed", stray
    else:
        column = next((number for number, value in enumerate(fields) if b"\0" in value), None)
        problem = None if column is None else "a NUL byte"
    return Row(end=end, fields=tuple(fields), problem=problem, column=column)


def width_problem(found: int, width: int) -> str:
    """What is said of a row with ``found`` fields under a header of ``width``."""
    return f"{found} {'field' if found == 1 else 'fields'} where the header has {width}"
