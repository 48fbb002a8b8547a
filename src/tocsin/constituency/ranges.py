"""Ranges of addresses that may overlap, made into pieces that do not, and looked up a column at a time."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tocsin.constituency.addresses import LOW, MAPPED
from tocsin.constituency.flat import Integers, Words

NOTHING = -1
_V4_FIRST, _V4_END = MAPPED, MAPPED + (1 << 32)
_SIGN = np.uint64(1 << 63)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Addresses from ``start`` (128 bits) to the next piece's, and the ranges that hold them, smallest first."""

    start: int
    cover: tuple[int, ...]


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
