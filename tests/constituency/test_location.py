"""Tables of ranges become pieces without overlaps; the smallest range holds."""

from __future__ import annotations

from ipaddress import IPv4Address

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.constituency.building import halves

from tocsin.constituency import LocationFile, RangeTable, country_code, country_number, read_location


def read(*rows: str, kind: str = "country") -> LocationFile:
    return read_location("\n".join(rows).encode(), kind=kind, source="table.csv")


def at(file: LocationFile, address: str) -> int:
    hi, lo = (np.array([half]) for half in halves(address))
    family = 6 if ":" in address else 4
    for table in file.tables:
        if table.family == family:
            return int(RangeTable(table.starts_hi, table.starts_lo, table.numbers).lookup(hi, lo)[0])
    return -1


def test_ranges_with_as_numbers() -> None:
    found = read('203.0.113.0,203.0.113.255,64500,"Example, Net"', "2001:db8::,2001:db8::ffff,AS64501,x", kind="asn")
    assert [at(found, each) for each in ("203.0.113.0", "203.0.113.255", "203.0.114.0", "2001:db8::7")] == [
        64500,
        64500,
        -1,
        64501,
    ]
    assert [(table.family, table.ranges, table.overlapping) for table in found.tables] == [(4, 1, 0), (6, 1, 0)]


def test_prefixes_with_a_header() -> None:
    found = read("prefix,cc", "203.0.113.0/24,GB", "2001:db8::/33,fr", "198.51.100.7/32,DE")
    assert country_code(at(found, "203.0.113.9")) == "GB"
    assert country_code(at(found, "2001:db8:7fff::1")) == "FR"
    assert at(found, "2001:db8:8000::1") == -1
    assert country_code(at(found, "198.51.100.7")) == "DE"
    assert (found.rows, found.rejected) == (3, ())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("203.0.113.0,203.0.113.255", "neither start,end,value nor prefix,value"),
        ("203.0.113.0/24", "is not prefix,value"),
        ("203.0.113.0/x,GB", "is not prefix,value"),
        ("203.0.113.0/33,GB", "its length does not fit"),
        ("203.0.113.7/24,GB", "it has host bits set"),
        ("203.0.113.0,2001:db8::,GB", "ends in the other family"),
        ("203.0.113.9,203.0.113.8,GB", "ends before it starts"),
        ("203.0.113.x,203.0.113.8,GB", "'203.0.113.x' is no IP address"),
        ("203.0.113.1,,GB", "'' is empty"),
        ("203.0.113.0,203.0.113.255,GBR", "is not two letters"),
        ("ffff::,ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,GB", "the very last address"),
    ],
)
def test_a_bad_row(row: str, reason: str) -> None:
    found = read("198.51.100.0,198.51.100.255,GB", row)
    assert reason in found.rejected[0].reason
    assert (found.rejected[0].pointer.line, found.rejected[0].raw) == (2, row)
    assert sum(table.ranges for table in found.tables) == 1


@pytest.mark.parametrize("value", ["0", "-1", "4294967296", "x", ""])
def test_no_as_number(value: str) -> None:
    assert read(f"203.0.113.0,203.0.113.255,{value},x", kind="asn").tables == ()


def test_the_smallest_range_holds() -> None:
    found = read("198.18.0.0,198.19.255.255,GB", "198.18.7.0,198.18.7.255,FR", "198.18.7.9,198.18.7.9,DE")
    asked = ("198.18.0.0", "198.18.7.8", "198.18.7.9", "198.18.7.10", "198.18.8.0", "198.20.0.0")
    assert [at(found, each) for each in asked] == [
        *(country_number(code) for code in ("GB", "FR", "DE", "FR", "GB")),
        -1,
    ]
    assert found.tables[0].overlapping == 3


RANGES = st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["GB", "FR", "DE"])).map(
    lambda drawn: (min(drawn[:2]), max(drawn[:2]), drawn[2])
)


@given(st.lists(RANGES, min_size=1, max_size=12))
def test_it_agrees_with_the_obvious_way(ranges: list[tuple[int, int, str]]) -> None:
    base = int(IPv4Address("203.0.113.0"))
    found = read(*(f"{IPv4Address(base + first)},{IPv4Address(base + last)},{code}" for first, last, code in ranges))
    for place in range(62):
        holding = [(last - first, number) for number, (first, last, _) in enumerate(ranges) if first <= place <= last]
        expected = country_number(ranges[min(holding)[1]][2]) if holding else -1
        assert at(found, str(IPv4Address(base + place))) == expected


@given(st.binary(max_size=120))
def test_every_row_is_accounted_for(data: bytes) -> None:
    found = read_location(data, kind="country", source="x")
    assert found.rows == sum(table.ranges for table in found.tables) + len(found.rejected)
