"""Values by network."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.constituency.addresses import format_network
from tocsin.constituency.prefixes import PrefixIndex, span_of

INDEX = PrefixIndex[str]()
for network in ("192.0.2.0/24", "192.0.2.0/26", "192.0.2.7", "2001:db8::/32", "0.0.0.0/0"):
    INDEX.add(network, network)
INDEX.add("192.0.2.0/24", "again")


def covering(text: str) -> dict[str, list[str]]:
    return {format_network(*span): values for span, values in INDEX.covering(span_of(text))}


def test_the_longest_network_comes_first() -> None:
    assert list(covering("192.0.2.7")) == ["192.0.2.7/32", "192.0.2.0/26", "192.0.2.0/24", "0.0.0.0/0"]
    assert covering("192.0.2.200")["192.0.2.0/24"] == ["192.0.2.0/24", "again"]
    assert list(covering("2001:db8::1")) == ["2001:db8::/32"]


def test_a_network_is_covered_by_itself_and_wider_ones() -> None:
    assert list(covering("192.0.2.0/25")) == ["192.0.2.0/24", "0.0.0.0/0"]
    assert list(covering("192.0.2.0/26")) == ["192.0.2.0/26", "192.0.2.0/24", "0.0.0.0/0"]


def test_what_lies_within_a_network() -> None:
    found = [format_network(*span) for span, _ in INDEX.within(span_of("192.0.2.0/25"))]
    assert found == ["192.0.2.0/26", "192.0.2.7/32"]
    assert list(INDEX.within(span_of("198.51.100.0/24"))) == []


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="no address"):
        span_of("mail")


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 32)), max_size=20), st.integers(0, 2**32 - 1))
def test_it_finds_what_a_plain_search_finds(spans: list[tuple[int, int]], place: int) -> None:
    index, networks = PrefixIndex[int](), []
    for number, (start, length) in enumerate(spans):
        networks.append(ip_network((start, length), strict=False))
        index.add(str(networks[-1]), number)
    address = ip_address(place)
    found = {number for _, numbers in index.covering(span_of(str(address))) for number in numbers}
    assert found == {number for number, each in enumerate(networks) if address in each}
