"""Ranges of addresses that may overlap, made into pieces that do not, and looked up a column at a time."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.constituency.addresses import LOW, MAPPED, parse_addresses
from tocsin.constituency.flat import Bools, Integers, Words

NOTHING = -1
_V4_FIRST, _V4_END = MAPPED, MAPPED + (1 << 32)
_SIGN = np.uint64(1 << 63)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Addresses from ``start`` (128 bits) to the next piece's, and the ranges that hold them, smallest first."""

    start: int
    cover: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """First and last address of ranges, both ends included, as unsigned halves of 128 bits."""

    first_hi: Words
    first_lo: Words
    last_hi: Words
    last_lo: Words

    def take(self, places: Integers) -> Spans:
        return Spans(
            first_hi=self.first_hi[places],
            first_lo=self.first_lo[places],
            last_hi=self.last_hi[places],
            last_lo=self.last_lo[places],
        )

    def pairs(self) -> list[tuple[int, int]]:
        """Each range as two numbers of 128 bits."""
        halves = (self.first_hi.tolist(), self.first_lo.tolist(), self.last_hi.tolist(), self.last_lo.tolist())
        return [(a << 64 | b, c << 64 | d) for a, b, c, d in zip(*halves, strict=True)]

    def apart(self) -> Bools:
        """Which ranges share no address with any other."""
        size = len(self.first_hi)
        his, los = np.concatenate([self.first_hi, self.last_hi]), np.concatenate([self.first_lo, self.last_lo])
        order = np.lexsort((los, his))
        rises = (his[order][1:] != his[order][:-1]) | (los[order][1:] != los[order][:-1])
        rank = np.zeros(2 * size, dtype=np.int64)
        rank[order[1:]] = np.cumsum(rises)
        first, last = rank[:size], rank[size:]
        by_first = np.argsort(first, kind="stable")
        opens = np.ones(size + 1, dtype=np.bool_)  # a cluster of ranges that overlap begins here; one more at the end
        opens[1:-1] = first[by_first][1:] > np.maximum.accumulate(last[by_first])[:-1]
        apart = np.zeros(size, dtype=np.bool_)
        apart[by_first] = opens[:-1] & opens[1:]
        return apart


def read_spans(values: pa.StringArray) -> Spans:
    """The spans of canonical networks and addresses. Raises ``ValueError`` for what is neither."""
    parts = pc.split_pattern(values, "/", max_splits=1)
    parsed = parse_addresses(pc.list_element(parts, 0))
    if not parsed.ok.all():
        raise ValueError("a holding is no canonical network or address")
    hi, lo = parsed.ip_hi.view(np.uint64), parsed.ip_lo.view(np.uint64)
    has_length = pc.greater(pc.list_value_length(parts), 1)
    length = pc.if_else(has_length, pc.replace_substring_regex(values, "^.*/", ""), "128").cast(pa.int64())
    bits = length.to_numpy(zero_copy_only=False)
    is_v4 = ~pc.match_substring(values, ":").to_numpy(zero_copy_only=False)
    bits = np.where(is_v4 & has_length.to_numpy(zero_copy_only=False), bits + 96, bits)
    return Spans(
        first_hi=hi, first_lo=lo, last_hi=hi | _ones(64 - bits), last_lo=lo | _ones(np.minimum(128 - bits, 64))
    )


def _ones(count: Integers) -> Words:
    """That many low bits set; none where the count is below one."""
    full = np.uint64(0xFFFFFFFFFFFFFFFF)
    held = np.clip(count, 0, 64)
    return np.where(held == 0, np.uint64(0), full >> np.clip(64 - held, 0, 63).astype(np.uint64))


def flatten(ranges: Sequence[tuple[int, int]]) -> list[Piece]:
    """Pieces in order, without gaps or overlaps, for ranges given by first and last address (128 bits).

    ``cover`` holds indexes into ``ranges``; of ranges of one size the earlier comes first. Neighbours differ.
    """
    pieces = list[Piece]()
    for cluster in _clusters(ranges):
        fresh = _alone(ranges, cluster[0]) if len(cluster) == 1 else _swept(ranges, cluster)
        if pieces and pieces[-1].start == fresh[0].start:  # this cluster begins where the one before it ends
            pieces.pop()
        pieces += fresh
    return pieces


def _clusters(ranges: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """The ranges in order, those together that overlap, directly or through others."""
    cluster, end = list[int](), -1
    for number in sorted(range(len(ranges)), key=ranges.__getitem__):
        first, last = ranges[number]
        if first > end and cluster:
            yield cluster
            cluster = []
        cluster.append(number)
        end = max(end, last)
    if cluster:
        yield cluster


def _alone(ranges: Sequence[tuple[int, int]], number: int) -> list[Piece]:
    first, last = ranges[number]
    return [Piece(start=first, cover=(number,)), Piece(start=last + 1, cover=())]


def _swept(ranges: Sequence[tuple[int, int]], cluster: list[int]) -> list[Piece]:
    """The pieces of ranges that overlap, by going over their edges in order."""
    edges = list[tuple[int, int, int, int]]()
    for number in cluster:
        first, last = ranges[number]
        edges += ((first, 1, last - first, number), (last + 1, 0, last - first, number))
    edges.sort()
    pieces = list[Piece]()
    active = list[tuple[int, int]]()
    for at, (start, opens, size, number) in enumerate(edges):
        if opens:
            insort(active, (size, number))
        else:
            active.remove((size, number))
        if at + 1 < len(edges) and edges[at + 1][0] == start:
            continue
        cover = tuple(index for _, index in active)
        if not pieces or pieces[-1].cover != cover:
            pieces.append(Piece(start=start, cover=cover))
    return pieces


class RangeTable:
    """A number for every address: sorted starts of pieces, each with its number, ``NOTHING`` where none is known.

    Both families are kept apart, IPv4 as 32 bits, so that a look-up is one sorted search.
    """

    __slots__ = ("_v4", "_v6")

    def __init__(self, starts_hi: Words, starts_lo: Words, numbers: Integers) -> None:
        """``numbers[i]`` holds from start ``i`` to the next; starts rise strictly, or ``ValueError`` is raised."""
        rises = (starts_hi[1:] > starts_hi[:-1]) | (
            (starts_hi[1:] == starts_hi[:-1]) & (starts_lo[1:] > starts_lo[:-1])
        )
        if not rises.all():
            raise ValueError("the pieces overlap or are out of order")
        four = (starts_hi == 0) & (starts_lo >> np.uint64(32) == 0xFFFF)
        self._v4 = _Sorted4((starts_lo[four] & np.uint64(0xFFFFFFFF)).astype(np.uint32), numbers[four])
        self._v6 = _Sorted6(starts_hi[~four], starts_lo[~four], numbers[~four])

    @classmethod
    def of_pieces(cls, starts: Sequence[int], numbers: Sequence[int]) -> RangeTable:
        """The table of pieces given by their starts as 128 bits. No piece may reach from one family into the other."""
        return cls(
            np.array([start >> 64 for start in starts], dtype=np.uint64),
            np.array([start & LOW for start in starts], dtype=np.uint64),
            np.array(numbers, dtype=np.int64),
        )

    @classmethod
    def of_spans(cls, spans: Spans, pieces: Sequence[Piece], numbers: Sequence[int]) -> RangeTable:
        """The table of spans that are apart, numbered from 1, and of pieces between them with their numbers (or 0)."""
        size = len(spans.first_hi)
        after_lo = spans.last_lo + np.uint64(1)
        after_hi = spans.last_hi + (after_lo == 0).astype(np.uint64)
        his = np.concatenate(
            [spans.first_hi, after_hi, np.array([piece.start >> 64 for piece in pieces], dtype=np.uint64)]
        )
        los = np.concatenate(
            [spans.first_lo, after_lo, np.array([piece.start & LOW for piece in pieces], dtype=np.uint64)]
        )
        held = np.concatenate([np.arange(1, size + 1), np.zeros(size), np.array(numbers)]).astype(np.int64)
        order = np.lexsort((held, los, his))  # where one ends as another begins, the one that begins comes last
        his, los, held = his[order], los[order], held[order]
        last = np.append((his[1:] != his[:-1]) | (los[1:] != los[:-1]), [True] if len(his) else [])
        last = last.astype(np.bool_)
        return cls(his[last], los[last], held[last])

    def lookup(self, ip_hi: Integers, ip_lo: Integers) -> Integers:
        """The number of each address."""
        found = np.full(len(ip_hi), NOTHING, dtype=np.int64)
        four = (ip_hi == 0) & ((ip_lo >> 32) == 0xFFFF)
        rows = np.flatnonzero(four)
        if len(rows) == len(four):
            return self._v4.lookup((ip_lo & 0xFFFFFFFF).astype(np.uint32))
        found[rows] = self._v4.lookup((ip_lo[rows] & 0xFFFFFFFF).astype(np.uint32))
        rest = np.flatnonzero(~four)
        found[rest] = self._v6.lookup(ip_hi[rest].view(np.uint64), ip_lo[rest].view(np.uint64))
        return found


class _Sorted4:
    """Pieces of the IPv4 space. The upper 16 bits lead to the few pieces among which the search goes on."""

    __slots__ = ("_numbers", "_starts")

    def __init__(self, starts: np.typing.NDArray[np.uint32], numbers: Integers) -> None:
        if len(starts) == 0 or starts[0] != 0:
            starts, numbers = np.insert(starts, 0, 0), np.insert(numbers, 0, NOTHING)
        self._starts, self._numbers = starts, numbers

    def lookup(self, address: np.typing.NDArray[np.uint32]) -> Integers:
        return self._numbers[np.searchsorted(self._starts, address, side="right") - 1]


class _Sorted6:
    """Pieces of the IPv6 space: searched by the upper half, then, where that is shared, by the lower."""

    __slots__ = ("_first", "_his", "_los", "_numbers")

    def __init__(self, his: Words, los: Words, numbers: Integers) -> None:
        if len(his) == 0 or his[0] != 0 or los[0] != 0:
            his, los = np.insert(his, 0, np.uint64(0)), np.insert(los, 0, np.uint64(0))
            numbers = np.insert(numbers, 0, NOTHING)
        self._his, first = np.unique(his, return_index=True)
        self._first = np.append(first, len(his)).astype(np.int64)
        self._los, self._numbers = los, numbers

    def lookup(self, hi: Words, lo: Words) -> Integers:
        group = np.searchsorted(self._his, hi, side="right") - 1
        place = self._first[group + 1] - 1
        shared = np.flatnonzero(self._his[group] == hi)
        if len(shared):
            place[shared] = self._search_low(group[shared], lo[shared])
        return self._numbers[place]

    def _search_low(self, group: Integers, lo: Words) -> Integers:
        """The last piece of the group at or below ``lo``, else the last one before the group."""
        low, high = self._first[group], self._first[group + 1]
        while (low < high).any():
            middle = (low + high) >> 1
            below = self._los[np.minimum(middle, len(self._los) - 1)] <= lo
            open_ = low < high
            low = np.where(open_ & below, middle + 1, low)
            high = np.where(open_ & ~below, middle, high)
        return low - 1
