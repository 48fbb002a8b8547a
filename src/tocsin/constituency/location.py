"""Tables that say where addresses are: CSV text of ranges in, pieces that do not overlap out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tocsin.constituency.addresses import PROBLEMS, ParsedAddresses, is_ipv4, parse_addresses
from tocsin.constituency.flat import Bools, Integers, Words
from tocsin.constituency.ranges import NOTHING, flatten
from tocsin.provenance import RAW_LIMIT, Pointer, Rejected

LOCATION_KINDS = ("asn", "country")

_Reader = Callable[[str], int]
_LAST_WORD = np.uint64((1 << 64) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Pieces of one family, in order and without overlaps: from each start on, the number; ``NOTHING`` for gaps.

    A number is an AS number, or a country as ``country_number`` makes it. ``ranges`` counts what the file had of this
    family, ``overlapping`` how many of those lay across others.
    """

    family: int
    starts_hi: Words
    starts_lo: Words
    numbers: Integers
    ranges: int
    overlapping: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationFile:
    """What one file says: a table for each family that it has, and the rows that could not be read."""

    tables: tuple[Located, ...]
    rejected: tuple[Rejected, ...]
    rows: int


def read_location(data: bytes, *, kind: str, source: str) -> LocationFile:
    """The ranges of a CSV file, with or without a header.

    A row is ``start,end,VALUE`` or ``prefix,VALUE``; VALUE is an AS number or a country, further columns are not read.
    Of ranges that overlap the smallest wins, of equal ones the first.
    """
    rows = _Rows(as_number if kind == "asn" else country_number, source)
    for line, cells, raw in _lines(data):
        if rows.count or not _is_header(cells):
            rows.take(line, cells, raw)
    return rows.finish()


def country_number(text: str) -> int:
    """A country's two letters as a number. Raises ``ValueError`` for anything else."""
    code = text.strip().upper()
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise ValueError(f"country {text!r} is not two letters")
    return ord(code[0]) << 8 | ord(code[1])


def country_code(number: int) -> str:
    """The two letters that ``country_number`` read."""
    return chr(number >> 8) + chr(number & 0xFF)


def as_number(text: str) -> int:
    """An AS number, from digits with or without ``AS``. Raises ``ValueError`` for anything else, 0 included."""
    digits = text.strip().upper().removeprefix("AS")
    if not (digits.isascii() and digits.isdigit() and 0 < int(digits) < 1 << 32):
        raise ValueError(f"{text!r} is no AS number")
    return int(digits)


class _Rows:
    """Gathers ranges as text and reads their addresses all at once at the end."""

    def __init__(self, read_value: _Reader, source: str) -> None:
        self.count = 0
        self._read_value = read_value
        self._source = source
        self._kept = list[tuple[int, str]]()
        self._first, self._last = list[str](), list[str]()
        self._length, self._number = list[int](), list[int]()
        self._rejected = list[Rejected]()

    def take(self, line: int, cells: Sequence[str], raw: str) -> None:
        self.count += 1
        try:
            first, last, length, value = _range_cells(cells)
            number = self._read_value(value)
        except ValueError as fault:
            self._reject(line, raw, str(fault))
            return
        self._kept.append((line, raw))
        self._first.append(first)
        self._last.append(last)
        self._length.append(length)
        self._number.append(number)

    def finish(self) -> LocationFile:
        first, last = (parse_addresses(pa.array(texts, pa.string())) for texts in (self._first, self._last))
        four = is_ipv4(first.ip_hi, first.ip_lo)
        start_hi, start_lo = first.ip_hi.view(np.uint64), first.ip_lo.view(np.uint64)
        host_hi, host_lo, length_fits = _host_bits(np.array(self._length, dtype=np.int64), four)
        faults = {
            "is no prefix: its length does not fit": ~length_fits,
            "is no prefix: it has host bits set": ((start_hi & host_hi) | (start_lo & host_lo)) != 0,
            "ends in the other family": four != is_ipv4(last.ip_hi, last.ip_lo),
        }
        end_hi, end_lo = last.ip_hi.view(np.uint64) | host_hi, last.ip_lo.view(np.uint64) | host_lo
        faults["ends before it starts"] = (end_hi < start_hi) | ((end_hi == start_hi) & (end_lo < start_lo))
        faults["reaches to the very last address"] = (end_hi == _LAST_WORD) & (end_lo == _LAST_WORD)
        good = self._sift(first, last, faults)
        after_hi, after_lo = end_hi + (end_lo == _LAST_WORD), end_lo + np.uint64(1)
        numbers = np.array(self._number, dtype=np.int64)
        tables = tuple(
            _flattened(family, start_hi[rows], start_lo[rows], after_hi[rows], after_lo[rows], numbers[rows])
            for family, of_family in ((4, four), (6, ~four))
            if len(rows := np.flatnonzero(good & of_family))
        )
        rejected = sorted(self._rejected, key=lambda each: each.pointer.line or 0)
        return LocationFile(tables=tables, rejected=tuple(rejected), rows=self.count)

    def _sift(self, first: ParsedAddresses, last: ParsedAddresses, faults: dict[str, Bools]) -> Bools:
        """Which rows are sound; the others are rejected, each for the first thing wrong with it."""
        good = first.ok & last.ok
        for row in np.flatnonzero(~good).tolist():
            text, parsed = (self._first, first) if not first.ok[row] else (self._last, last)
            self._reject(*self._kept[row], f"{text[row]!r} {PROBLEMS[parsed.problem[row]]}")
        for reason, wrong in faults.items():
            for row in np.flatnonzero(wrong & good).tolist():
                self._reject(*self._kept[row], f"the range {reason}")
            good &= ~wrong
        return good

    def _reject(self, line: int, raw: str, reason: str) -> None:
        pointer = Pointer(source=self._source, line=line)
        self._rejected.append(Rejected(pointer=pointer, reason=reason, raw=raw[:RAW_LIMIT]))


def _lines(data: bytes) -> Iterator[tuple[int, Sequence[str], str]]:
    text = io.StringIO(data.decode("utf-8-sig", "replace"), newline=None)
    for number, line in enumerate(text, start=1):
        raw = line.rstrip("\n")
        if raw.strip():
            yield number, next(csv.reader([raw])) if '"' in raw else raw.split(","), raw


def _is_header(cells: Sequence[str]) -> bool:
    """True when the first cell holds no digit and no colon: a name, not an address."""
    return not any(letter.isdigit() or letter == ":" for letter in cells[0])


def _range_cells(cells: Sequence[str]) -> tuple[str, str, int, str]:
    """First address, last address, prefix length (``NOTHING`` for a range) and value."""
    address, slash, length = cells[0].partition("/")
    if slash:
        if len(cells) < 2 or not length.isdigit() or len(length) > 3:
            raise ValueError("is not prefix,value")
        return address, address, int(length), cells[1]
    if len(cells) < 3:
        raise ValueError("is neither start,end,value nor prefix,value")
    return cells[0], cells[1], NOTHING, cells[2]


def _host_bits(length: Integers, four: Bools) -> tuple[Words, Words, Bools]:
    """The bits behind each prefix in both halves of an address (none for a range), and whether its length fits."""
    width = np.where(four, 32, 128)
    fits = length <= width
    bits = np.where((length == NOTHING) | ~fits, 0, width - length)
    return _ones(np.maximum(bits - 64, 0)), _ones(np.minimum(bits, 64)), fits


def _ones(count: Integers) -> Words:
    """Words with that many lower bits set; a shift by 64 is not defined, so it is done in two."""
    full = np.full(len(count), _LAST_WORD)
    half = (64 - count).astype(np.uint64)
    return np.where(count == 0, np.uint64(0), full >> np.minimum(half, np.uint64(63)))


def _flattened(family: int, hi: Words, lo: Words, after_hi: Words, after_lo: Words, numbers: Integers) -> Located:
    """Sorted pieces; only what overlaps is worked out range by range."""
    size = len(numbers)
    rank = _ranks(np.append(hi, after_hi), np.append(lo, after_lo))
    order = np.lexsort((rank[size:], rank[:size]))
    reach = np.maximum.accumulate(rank[size:][order])
    cluster = np.cumsum(np.append(True, rank[:size][order][1:] >= reach[:-1])) - 1
    crowded = np.bincount(cluster)[cluster] > 1
    single, many = order[~crowded], np.sort(order[crowded])  # of ranges of one size the earlier holds
    told_hi, told_lo, told = _cut(hi[many], lo[many], after_hi[many], after_lo[many], numbers[many])
    starts_hi = np.concatenate([hi[single], told_hi, after_hi[single]])
    starts_lo = np.concatenate([lo[single], told_lo, after_lo[single]])
    values = np.concatenate([numbers[single], told, np.full(len(single), NOTHING)])
    # Where a range ends and another begins, both name the same start: what begins (it is sorted first) holds.
    ends = np.concatenate([np.zeros(len(single)), told == NOTHING, np.ones(len(single))])
    kept = np.lexsort((ends, starts_lo, starts_hi))
    starts_hi, starts_lo, values = starts_hi[kept], starts_lo[kept], values[kept]
    fresh = np.append(True, (starts_hi[1:] != starts_hi[:-1]) | (starts_lo[1:] != starts_lo[:-1]))
    starts_hi, starts_lo, values = starts_hi[fresh], starts_lo[fresh], values[fresh]
    changes = np.append(True, values[1:] != values[:-1])
    return Located(
        family=family,
        starts_hi=starts_hi[changes],
        starts_lo=starts_lo[changes],
        numbers=values[changes],
        ranges=size,
        overlapping=len(many),
    )


def _cut(hi: Words, lo: Words, after_hi: Words, after_lo: Words, numbers: Integers) -> tuple[Words, Words, Integers]:
    """The pieces of ranges that overlap, gaps between them included."""
    firsts = [high << 64 | low for high, low in zip(hi.tolist(), lo.tolist(), strict=True)]
    afters = [high << 64 | low for high, low in zip(after_hi.tolist(), after_lo.tolist(), strict=True)]
    pieces = flatten([(first, after - 1) for first, after in zip(firsts, afters, strict=True)])
    values = [int(numbers[piece.cover[0]]) if piece.cover else NOTHING for piece in pieces]
    return (
        np.array([piece.start >> 64 for piece in pieces], dtype=np.uint64),
        np.array([piece.start & int(_LAST_WORD) for piece in pieces], dtype=np.uint64),
        np.array(values, dtype=np.int64),
    )


def _ranks(hi: Words, lo: Words) -> Integers:
    """Each address's place in the order of them all; equal ones share theirs."""
    order = np.lexsort((lo, hi))
    rises = (hi[order][1:] != hi[order][:-1]) | (lo[order][1:] != lo[order][:-1])
    ranks = np.empty(len(hi), dtype=np.int64)
    ranks[order] = np.cumsum(np.append(0, rises))
    return ranks
