"""Dotted quads, a column at a time."""

from __future__ import annotations

import numpy as np

from tocsin.constituency.flat import Bools, FlatText, Positions

DOT, ZERO = 46, 48


def dotted_quads(text: FlatText) -> tuple[Bools, Positions]:
    """Which rows are canonical dotted quads, and their 32 bits (0 elsewhere).

    Four numbers up to 255 without leading zeros, which some programs read as octal. Source: RFC 6943, section 3.1.1.
    """
    rows, dots = _candidates(text)
    valid = np.zeros(len(text), dtype=np.bool_)
    value = np.zeros(len(text), dtype=np.int64)
    if len(rows):
        good, bits = _read(text, rows, dots)
        valid[rows[good]] = True
        value[rows] = np.where(good, bits, 0)
    return valid, value


def _candidates(text: FlatText) -> tuple[Positions, Positions]:
    """The rows made of digits and exactly three dots, and where those dots are (three a row)."""
    data = text.data
    is_dot = data == DOT
    foreign = ((data - np.uint8(ZERO)) > 9) & ~is_dot
    running = np.zeros(len(data) + 1, dtype=np.int64)
    np.cumsum(is_dot + (foreign.astype(np.int64) << 32), out=running[1:])
    before = running[text.starts]
    rows = np.flatnonzero(((running[text.ends] - before) == 3) & (text.lengths <= 15))
    first = before[rows] & 0xFFFFFFFF
    positions = np.flatnonzero(is_dot)
    return rows, np.stack([positions[first + step] for step in range(3)]) if len(rows) else positions[:0]


def _read(text: FlatText, rows: Positions, dots: Positions) -> tuple[Bools, Positions]:
    good = np.ones(len(rows), dtype=np.bool_)
    bits = np.zeros(len(rows), dtype=np.int64)
    begins = [text.starts[rows], *(dots + 1)]
    ends = [*dots, text.ends[rows]]
    for begin, end in zip(begins, ends, strict=True):
        number, fine = _octet(text, begin, end)
        good &= fine
        bits = (bits << 8) | number
    return good, bits


def _octet(text: FlatText, begin: Positions, end: Positions) -> tuple[Positions, Bools]:
    length = end - begin
    digits = text.data
    last = len(digits) - 1
    ones = digits[np.maximum(end - 1, 0)].astype(np.int64) - ZERO
    tens = np.where(length > 1, digits[np.maximum(end - 2, 0)].astype(np.int64) - ZERO, 0)
    hundreds = np.where(length > 2, digits[np.maximum(end - 3, 0)].astype(np.int64) - ZERO, 0)
    leading_zero = (length > 1) & (digits[np.minimum(begin, last)] == ZERO)
    number = ones + 10 * tens + 100 * hundreds
    return number & 0xFF, (length >= 1) & (length <= 3) & ~leading_zero & (number <= 255)
