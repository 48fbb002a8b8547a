"""Registered domains, looked up for a column of host names: the longest one that a name is or lies below."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from tocsin.constituency.flat import Bools, FlatText, Integers, Words, flatten_text
from tocsin.constituency.ranges import NOTHING

_DOT = 46
_FILTER_BITS = 22
_BASES = (0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xC2B2AE3D27D4EB4F, 0xA0761D6478BD642F)
"""Odd, so that each has an inverse in 64 bits; the first under which no two registered domains collide is used."""


class DomainTable:
    """Finds domains by a polynomial hash of every suffix at a label's border; each hit is compared letter by letter."""

    __slots__ = ("_base", "_filter", "_hashes", "_order", "_text")

    def __init__(self, domains: Sequence[str]) -> None:
        """``domains`` are normalised and distinct; their places are what ``lookup`` gives."""
        self._text = flatten_text(pa.array(domains, pa.string()))
        for base in _BASES:
            hashes = _hash_spans(self._text, self._text.starts, self._text.ends, base)
            if len(np.unique(hashes)) == len(domains):
                break
        else:
            raise ValueError("two registered domains are equal")
        self._base = base
        self._order = np.argsort(hashes).astype(np.int64)
        self._hashes = hashes[self._order]
        self._filter = np.zeros(1 << _FILTER_BITS, dtype=np.bool_)
        self._filter[_slot(self._hashes)] = True

    def lookup(self, names: pa.Array | pa.ChunkedArray) -> Integers:
        """For each normalised host name the place of its longest registered domain, or ``NOTHING``."""
        text = flatten_text(names)
        found = np.full(len(text), NOTHING, dtype=np.int64)
        if len(self._order) == 0 or len(text.data) == 0:
            return found
        rows, begins = _label_borders(text)
        hashes = _hash_spans(text, begins, text.ends[rows], self._base)
        likely = np.flatnonzero(self._filter[_slot(hashes)])
        rows, begins, hashes = rows[likely], begins[likely], hashes[likely]
        place = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        hit = np.flatnonzero(self._hashes[place] == hashes)
        rows, begins, domain = rows[hit], begins[hit], self._order[place[hit]]
        same = self._is_same(text, begins, text.ends[rows], domain)
        # Candidates stand longest first within a row: assigned backwards, the longest is the one that stays.
        found[rows[same][::-1]] = domain[same][::-1]
        return found

    def _is_same(self, text: FlatText, begins: Integers, ends: Integers, domain: Integers) -> Bools:
        """Whether the letters agree: a hash alone never decides."""
        starts = self._text.starts[domain]
        lengths = self._text.ends[domain] - starts
        same: Bools = lengths == ends - begins
        pairs = np.flatnonzero(same)
        size = lengths[pairs]
        if len(pairs) == 0:
            return same
        before = np.cumsum(size) - size
        step = np.arange(int(size.sum())) - np.repeat(before, size)
        ours = self._text.data[np.repeat(starts[pairs], size) + step]
        theirs = text.data[np.repeat(begins[pairs], size) + step]
        same[pairs] = np.logical_and.reduceat(ours == theirs, before)
        return same


def _label_borders(text: FlatText) -> tuple[Integers, Integers]:
    """Where the suffixes of two or more labels begin: each row's own start, and behind each dot but its last."""
    dots = np.flatnonzero(text.data == _DOT)
    row_of = np.searchsorted(text.ends, dots, side="right")
    last = np.append(row_of[1:] != row_of[:-1], True) if len(dots) else np.zeros(0, dtype=np.bool_)
    rows = np.append(np.flatnonzero(text.lengths > 0), row_of[~last])
    begins = np.append(text.starts[text.lengths > 0], dots[~last] + 1)
    order = np.argsort(begins, kind="stable")
    return rows[order], begins[order]


def _hash_spans(text: FlatText, begins: Integers, ends: Integers, base: int) -> Words:
    """The hash of each span of bytes, the same wherever it stands."""
    powers, inverses = _powers(base, len(text.data) + 1)
    running = np.zeros(len(text.data) + 1, dtype=np.uint64)
    np.cumsum((text.data.astype(np.uint64) + np.uint64(1)) * powers[:-1], out=running[1:])
    return (running[ends] - running[begins]) * inverses[begins]


def _slot(hashes: Words) -> Integers:
    return (hashes >> np.uint64(64 - _FILTER_BITS)).astype(np.int64)


_known_powers: dict[int, tuple[Words, Words]] = {}


def _powers(base: int, count: int) -> tuple[Words, Words]:
    """The first powers of ``base`` and of its inverse, modulo 2^64; kept, since every chunk needs them."""
    known = _known_powers.get(base)
    if known is None or len(known[0]) < count:
        size = 1 << max(16, (count - 1).bit_length())
        known = (_power_run(base, size), _power_run(pow(base, -1, 1 << 64), size))
        _known_powers[base] = known
    return known[0][:count], known[1][:count]


def _power_run(base: int, size: int) -> Words:
    run = np.full(size, base, dtype=np.uint64)
    run[0] = 1
    return np.cumprod(run, dtype=np.uint64)
