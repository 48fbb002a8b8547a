"""IPv6 text of hexadecimal groups and colons, a column at a time.

Source: RFC 4291, section 2.2 (what may be written); RFC 5952, section 4 (the one canonical way).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.constituency.flat import Bools, FlatText, Positions, Words

COLON, ZERO = 58, 48
NO_GAP = -1

_NIBBLE = np.full(256, 255, dtype=np.uint8)
for _value, _letter in enumerate(b"0123456789abcdef"):
    _NIBBLE[_letter] = _value
for _value, _letter in enumerate(b"ABCDEF", start=10):
    _NIBBLE[_letter] = _value


def _longest_zero_runs() -> tuple[Positions, Positions]:
    """For each pattern of zero groups (bit 0 is the first group): start and length of its first longest run."""
    starts, lengths = np.zeros(256, dtype=np.int64), np.zeros(256, dtype=np.int64)
    for pattern in range(256):
        for start in range(8):
            length = 0
            while start + length < 8 and pattern >> (start + length) & 1:
                length += 1
            if length > lengths[pattern]:
                starts[pattern], lengths[pattern] = start, length
    return starts, lengths


_RUN_START, _RUN_LENGTH = _longest_zero_runs()


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The groups between colons of all candidate rows, one after the other; ``row`` counts candidates."""

    row: Positions
    place: Positions  # 0 for a row's first group
    of: Positions  # number of groups in the row
    start: Positions
    end: Positions

    @property
    def length(self) -> Positions:
        return self.end - self.start


def hexadecimal_groups(text: FlatText) -> tuple[Bools, Words, Words, Bools]:
    """Which rows are IPv6 in hexadecimal only, their upper and lower 64 bits, and which are canonical."""
    size = len(text)
    valid, canonical = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    hi, lo = np.zeros(size, dtype=np.uint64), np.zeros(size, dtype=np.uint64)
    rows, groups = _candidates(text)
    if len(rows) == 0:
        return valid, hi, lo, canonical
    gap, good = _gaps(groups, len(rows))
    values, narrow = _values(text, groups)
    good &= np.bincount(groups.row[~narrow], minlength=len(rows)) == 0
    matrix = _place(groups, values, gap, good)
    valid[rows[good]] = True
    hi[rows], lo[rows] = _join(matrix[:, :4]), _join(matrix[:, 4:])
    canonical[rows] = good & _is_canonical(text, groups, matrix, gap)
    return valid, hi, lo, canonical


def _candidates(text: FlatText) -> tuple[Positions, Groups]:
    """The rows of nothing but hexadecimal digits and two to eight colons, cut into groups."""
    is_colon = text.data == COLON
    foreign = text.count((_NIBBLE[text.data] == 255) & ~is_colon)
    colons = text.count(is_colon)
    rows = np.flatnonzero((foreign == 0) & (colons >= 2) & (colons <= 8) & (text.lengths <= 39))
    counts = colons[rows] + 1
    row = np.repeat(np.arange(len(rows)), counts)
    first = np.cumsum(counts) - counts
    place = np.arange(len(row)) - first[row]
    running = np.zeros(len(text.data) + 1, dtype=np.int64)
    np.cumsum(is_colon, out=running[1:])
    positions = np.append(np.flatnonzero(is_colon), 0)
    nth = running[text.starts[rows]][row] + place
    start = np.where(place == 0, text.starts[rows][row], positions[np.maximum(nth - 1, 0)] + 1)
    of = counts[row]
    end = np.where(place == of - 1, text.ends[rows][row], positions[np.minimum(nth, len(positions) - 1)])
    return rows, Groups(row=row, place=place, of=of, start=start, end=end)


def _gaps(groups: Groups, size: int) -> tuple[Positions, Bools]:
    """Which group of each row is the ``::`` (or ``NO_GAP``), and whether the row's shape is allowed."""
    empty = groups.length == 0
    inner = empty & (groups.place > 0) & (groups.place < groups.of - 1)
    gaps = np.bincount(groups.row[inner], minlength=size)
    gap = np.full(size, NO_GAP, dtype=np.int64)
    gap[groups.row[inner]] = groups.place[inner]
    filled = np.bincount(groups.row[~empty], minlength=size)
    count = np.bincount(groups.row, minlength=size)
    at_start, at_end = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    at_start[groups.row[empty & (groups.place == 0)]] = True
    at_end[groups.row[empty & (groups.place == groups.of - 1)]] = True
    ends_fine = (~at_start | (gap == 1)) & (~at_end | (gap == count - 2))
    whole = (gaps == 0) & (filled == 8) & (count == 8)
    return gap, ends_fine & (whole | ((gaps == 1) & (filled <= 7)))


def _values(text: FlatText, groups: Groups) -> tuple[Words, Bools]:
    """The number each group stands for, and whether it has at most four digits."""
    value = np.zeros(len(groups.row), dtype=np.uint64)
    for back in range(4, 0, -1):
        nibble = _NIBBLE[text.data[np.maximum(groups.end - back, 0)]].astype(np.uint64)
        value = (value << np.uint64(4)) | np.where(groups.length >= back, nibble, np.uint64(0))
    return value, groups.length <= 4


def _place(groups: Groups, values: Words, gap: Positions, good: Bools) -> Words:
    """Eight groups a row, zeros where ``::`` stood."""
    matrix = np.zeros((len(gap), 8), dtype=np.uint64)
    use = good[groups.row] & (groups.length > 0)
    after = (gap[groups.row] != NO_GAP) & (groups.place > gap[groups.row])
    column = np.where(after, 8 - (groups.of - groups.place), groups.place)
    matrix[groups.row[use], column[use]] = values[use]
    return matrix


def _join(four: Words) -> Words:
    joined = np.zeros(len(four), dtype=np.uint64)
    for place in range(4):
        joined = (joined << np.uint64(16)) | four[:, place]
    return joined


def _is_canonical(text: FlatText, groups: Groups, matrix: Words, gap: Positions) -> Bools:
    """Lower case, no leading zeros, and ``::`` for the first longest run of two or more zero groups."""
    size = len(gap)
    data = np.append(text.data, np.uint8(0))
    padded = np.bincount(groups.row[(groups.length > 1) & (data[groups.start] == ZERO)], minlength=size)
    capitals = (text.data >= 65) & (text.data <= 70)
    running = np.zeros(len(capitals) + 1, dtype=np.int64)
    np.cumsum(capitals, out=running[1:])
    upper = np.bincount(groups.row, weights=running[groups.end] - running[groups.start], minlength=size)
    pattern = ((matrix == 0) << np.arange(8)).sum(axis=1)
    start, length = _RUN_START[pattern], _RUN_LENGTH[pattern]
    filled = np.bincount(groups.row[groups.length > 0], minlength=size)
    before = np.bincount(groups.row[(groups.length > 0) & (groups.place < gap[groups.row])], minlength=size)
    shortened = (gap != NO_GAP) & (length >= 2) & (8 - filled == length) & (before == start)
    tidy: Bools = (padded == 0) & (upper == 0) & (shortened | ((gap == NO_GAP) & (length < 2)))
    return tidy
