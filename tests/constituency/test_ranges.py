"""Flattened ranges give every address the smallest range that holds it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.constituency.building import halves

from tocsin.constituency import NOTHING, RangeTable, flatten
from tocsin.constituency.addresses import LOW, MAPPED, split_bits

SMALL = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(SMALL, max_size=10))
def test_pieces_hold_what_the_ranges_hold(ranges: list[tuple[int, int]]) -> None:
    pieces = flatten(ranges)
    assert [piece.start for piece in pieces] == sorted({piece.start for piece in pieces})
    for address in range(42):
        cover = next((piece.cover for piece in reversed(pieces) if piece.start <= address), ())
        holding = [place for place, (first, last) in enumerate(ranges) if first <= address <= last]
        assert cover == tuple(sorted(holding, key=lambda place: (ranges[place][1] - ranges[place][0], place)))


@given(
    st.lists(
        st.one_of(
            st.integers(0, (1 << 32) - 1).map(lambda bits: MAPPED | bits),
            st.tuples(st.integers(1, 3), st.sampled_from([0, 1, 5, LOW])).map(lambda pair: pair[0] << 64 | pair[1]),
        ),
        unique=True,
        max_size=12,
    ),
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from([0, 1, 2, 5, 6, LOW])), min_size=1, max_size=20),
)
def test_a_look_up_finds_the_last_start(starts: list[int], asked: list[tuple[int, int]]) -> None:
    starts.sort()
    table = RangeTable.of_pieces(starts, range(len(starts)))
    bits = [hi << 64 | lo for hi, lo in asked] + starts + [MAPPED, MAPPED | 77]
    pairs = [split_bits(each) for each in bits]
    found = table.lookup(np.array([hi for hi, _ in pairs]), np.array([lo for _, lo in pairs]))
    for each, number in zip(bits, found.tolist(), strict=True):
        four = each >> 32 == 0xFFFF
        below = [place for place, start in enumerate(starts) if start <= each and (start >> 32 == 0xFFFF) is four]
        assert number == (below[-1] if below else NOTHING)


def test_pieces_out_of_order_are_a_fault() -> None:
    with pytest.raises(ValueError, match="overlap or are out of order"):
        RangeTable.of_pieces([5, 5], [1, 2])


def test_an_empty_table_knows_nothing() -> None:
    hi, lo = halves("203.0.113.7")
    assert RangeTable.of_pieces([], []).lookup(np.array([hi, 1]), np.array([lo, 2])).tolist() == [NOTHING, NOTHING]
