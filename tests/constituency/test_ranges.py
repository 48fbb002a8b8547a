"""Flattened ranges give every address the smallest range that holds it."""

from __future__ import annotations

from ipaddress import ip_network

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.constituency.building import halves

from tocsin.constituency import NOTHING, RangeTable, flatten
from tocsin.constituency.addresses import LOW, MAPPED, parse_network, split_bits
from tocsin.constituency.ranges import read_spans

SMALL = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(SMALL, max_size=10))
def test_pieces_hold_what_the_ranges_hold(ranges: list[tuple[int, int]]) -> None:
    pieces = flatten(ranges)
    assert [piece.start for piece in pieces] == sorted({piece.start for piece in pieces})
    for address in range(42):
        cover = next((piece.cover for piece in reversed(pieces) if piece.start <= address), ())
        holding = [place for place, (first, last) in enumerate(ranges) if first <= address <= last]
        assert cover == tuple(sorted(holding, key=lambda place: (ranges[place][1] - ranges[place][0], place)))


NETWORK = st.one_of(
    st.tuples(st.integers(0, 15), st.integers(28, 32)).map(
        lambda n: str(ip_network(f"203.0.113.{n[0]}/{n[1]}", False))
    ),
    st.tuples(st.integers(0, 15), st.integers(124, 128)).map(
        lambda n: str(ip_network(f"2001:db8:0:1:ffff:ffff:ffff:fff{n[0]:x}/{n[1]}", False))
    ),
    st.sampled_from(["203.0.113.9", "2001:db8::7", "2001:db8::/32", "2001:db8:0:2::/64", "255.255.255.255/32"]),
)


@given(st.lists(NETWORK, max_size=8))
def test_spans_are_those_of_the_networks_and_some_stand_apart(values: list[str]) -> None:
    spans = read_spans(pa.array(values, pa.string()))
    pairs = [parse_network(value) for value in values]
    assert spans.pairs() == pairs
    apart = [
        all(a > d or c > b for other, (c, d) in enumerate(pairs) if other != place)
        for place, (a, b) in enumerate(pairs)
    ]
    assert spans.apart().tolist() == apart
    table = RangeTable.of_spans(spans.take(np.flatnonzero(apart)), [], [])
    alone = [pair for pair, stands in zip(pairs, apart, strict=True) if stands]
    for number, (first, last) in enumerate(alone, 1):
        his, los = zip(*map(split_bits, (first, last)), strict=True)
        assert table.lookup(np.array(his), np.array(los)).tolist() == [number] * 2
        after = split_bits(last + 1)
        beyond = [number for number, (a, _) in enumerate(alone, 1) if a == last + 1]
        found = int(table.lookup(np.array([after[0]]), np.array([after[1]]))[0])
        assert max(found, 0) == (beyond[0] if beyond else 0)


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
