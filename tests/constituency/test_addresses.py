"""Addresses are read as Python's own ``ipaddress`` reads them, only by the column."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.constituency.building import halves

from tocsin.constituency import PROBLEMS, SCOPES, format_address, format_network, parse_addresses, parse_network
from tocsin.constituency.addresses import address_bits, join_bits, read_address, scope_of, scopes_within, split_bits

V4 = st.integers(0, (1 << 32) - 1).map(lambda number: str(IPv4Address(number)))
V6 = st.one_of(
    st.integers(0, (1 << 128) - 1),
    st.lists(st.sampled_from([0, 0, 1, 0xFFFF, 0x20]), min_size=8, max_size=8).map(
        lambda groups: sum(group << 16 * place for place, group in enumerate(groups))
    ),
).map(IPv6Address)
WRITTEN_V6 = st.one_of(
    V6.map(str), V6.map(lambda address: address.exploded), V6.map(lambda address: str(address).upper())
)
SCRAMBLED = st.text("0123456789abAF:.% /", max_size=24)


def parsed(*texts: str | None) -> list[tuple[str | None, str]]:
    found = parse_addresses(pa.array(texts, pa.string()))
    return [(text, PROBLEMS[code]) for text, code in zip(found.canonical.to_pylist(), found.problem, strict=True)]


@given(st.lists(st.one_of(V4, WRITTEN_V6, SCRAMBLED), max_size=20))
def test_it_agrees_with_the_standard_library(texts: list[str]) -> None:
    found = parse_addresses(pa.array(texts, pa.string()))
    for row, text in enumerate(texts):
        bits = read_address(text)
        assert bool(found.ok[row]) is (bits is not None), text
        if bits is not None:
            assert (int(found.ip_hi[row]), int(found.ip_lo[row])) == split_bits(bits)
            assert found.canonical[row].as_py() == format_address(*split_bits(bits))
        else:
            assert found.canonical[row].as_py() is None
            assert (int(found.ip_hi[row]), int(found.ip_lo[row])) == (0, 0)


@given(V6)
def test_the_two_halves_are_the_whole(address: IPv6Address) -> None:
    assert join_bits(*split_bits(int(address))) == int(address)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("203.0.113.7", ("203.0.113.7", "")),
        (" 203.0.113.7 ", ("203.0.113.7", "")),
        ("::ffff:203.0.113.7", ("203.0.113.7", "")),
        ("::FFFF:cb00:7107", ("203.0.113.7", "")),
        ("2001:DB8:0:0:0:0:0:1", ("2001:db8::1", "")),
        ("2001:db8:0:1:0:0:0:1", ("2001:db8:0:1::1", "")),
        ("2001:db8::1:1:1:1:1", ("2001:db8:0:1:1:1:1:1", "")),
        ("::", ("::", "")),
        (None, (None, "is empty")),
        ("", (None, "is empty")),
        ("203.0.113.007", (None, "has leading zeros, which some programs read as octal")),
        ("fe80::1%eth0", (None, "carries a zone, which means something on one machine only")),
        ("203.0.113.256", (None, "is no IP address")),
        ("203.0.113", (None, "is no IP address")),
        ("2001:db8:::1", (None, "is no IP address")),
        ("2001:db8::1::", (None, "is no IP address")),
        ("=cmd()", (None, "is no IP address")),
        ("9" * 100_000, (None, "is no IP address")),
    ],
)
def test_one_address(text: str | None, expected: tuple[str | None, str]) -> None:
    assert parsed("192.0.2.1", text)[1] == expected


def test_slices_chunks_and_nothing() -> None:
    column = pa.chunked_array([["203.0.113.7", None], ["2001:db8::1", "x"]]).slice(1, 2)
    assert parse_addresses(column).canonical.to_pylist() == [None, "2001:db8::1"]
    assert len(parse_addresses(pa.array([], pa.string())).canonical) == 0


def test_canonical_text_is_not_copied() -> None:
    column = pa.array(["203.0.113.7", "198.51.100.1"])
    assert parse_addresses(column).canonical.buffers()[2].address == column.buffers()[2].address


@pytest.mark.parametrize(
    ("address", "scope"),
    [
        ("203.0.113.7", "global"),
        ("192.0.2.1", "global"),
        ("198.18.0.1", "global"),
        ("2001:db8::1", "global"),
        ("2a00::1", "global"),
        ("0.0.0.0", "unspecified"),
        ("10.255.255.255", "private"),
        ("11.0.0.0", "global"),
        ("100.64.0.1", "shared"),
        ("127.0.0.1", "loopback"),
        ("169.254.9.9", "link-local"),
        ("172.15.255.255", "global"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("224.0.0.1", "multicast"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::2", "reserved"),
        ("64:ff9b::cb00:7107", "global"),
        ("fd00::1", "private"),
        ("fe80::1", "link-local"),
        ("ff02::1", "multicast"),
        ("4000::", "reserved"),
    ],
)
def test_scopes(address: str, scope: str) -> None:
    hi, lo = halves(address)
    assert SCOPES[scope_of(np.array([hi]), np.array([lo]))[0]] == scope


def test_a_network_has_every_scope_in_it() -> None:
    assert set(scopes_within(*parse_network("172.0.0.0/8"))) == {"private"}
    assert scopes_within(*parse_network("203.0.113.0/24")) == ()
    assert set(scopes_within(*parse_network("fe00::/8"))) == {"reserved", "link-local", "private"}


@pytest.mark.parametrize("text", ["203.0.113.0/24", "2001:db8::/32", "203.0.113.7/32", "2001:db8::1/128", "11.0.0.0/8"])
def test_a_network_read_and_written(text: str) -> None:
    assert format_network(*parse_network(text)) == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("203.0.113.7/24", "host bits set; with them cleared it is 203.0.113.0/24"),
        ("2001:db8::1/64", "with them cleared it is 2001:db8::/64"),
        ("203.0.113.0/33", "is no network"),
        ("fe80::%eth0/64", "carries a zone"),
        ("example.org", "is no network"),
    ],
)
def test_no_network(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"network|zone") as caught:
        parse_network(text)
    assert reason in str(caught.value)


def test_one_address_or_none() -> None:
    assert read_address("203.0.113.7") == address_bits(ip_address("203.0.113.7"))
    assert read_address("fe80::1%1") is None
    assert read_address("example.org") is None
