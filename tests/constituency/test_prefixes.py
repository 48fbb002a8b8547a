"""Values by network."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from hypothesis import given
from hypothesis import strategies as st

from tocsin.constituency.prefixes import PrefixIndex

INDEX = PrefixIndex[str]()
for network in ("192.0.2.0/24", "192.0.2.0/26", "192.0.2.7", "2001:db8::/32", "0.0.0.0/0"):
    INDEX.add(network, network)
INDEX.add("192.0.2.0/24", "again")


def test_the_longest_network_comes_first() -> None:
    assert [name for name, _ in INDEX.covering("192.0.2.7")] == [
        "192.0.2.7/32",
        "192.0.2.0/26",
        "192.0.2.0/24",
        "0.0.0.0/0",
    ]
    assert dict(INDEX.covering("192.0.2.200"))["192.0.2.0/24"] == ["192.0.2.0/24", "again"]
    assert [name for name, _ in INDEX.covering("2001:db8::1")] == ["2001:db8::/32"]


def test_a_network_is_covered_by_itself_and_wider_ones() -> None:
    assert [name for name, _ in INDEX.covering("192.0.2.0/25")] == ["192.0.2.0/24", "0.0.0.0/0"]


def test_what_lies_within_a_network() -> None:
    assert {name for name, _ in INDEX.within("192.0.2.0/25")} == {"192.0.2.0/26", "192.0.2.7/32"}
    assert list(INDEX.within("198.51.100.0/24")) == []


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 32)), max_size=20), st.integers(0, 2**32 - 1))
def test_it_finds_what_a_plain_search_finds(spans: list[tuple[int, int]], place: int) -> None:
    index, networks = PrefixIndex[int](), []
    for number, (start, length) in enumerate(spans):
        networks.append(ip_network((start, length), strict=False))
        index.add(str(networks[-1]), number)
    address = ip_address(place)
    found = {number for _, numbers in index.covering(str(address)) for number in numbers}
    assert found == {number for number, each in enumerate(networks) if address in each}
