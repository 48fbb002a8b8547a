"""Which services lie within the stated bounds of a scan."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.remediation.watching import Host, panel, row_of, scans

from tocsin.remediation.scopes import within_scope

_ADDRESSES = st.one_of(
    st.integers(0, 2**32 - 1).map(IPv4Address), st.integers(2**120, 2**128 - 1).map(IPv6Address)
)  # none of the second kind is an IPv4 address written otherwise


def _within(scope: str, *hosts: Host) -> list[bool]:
    rows = panel(scans(1), hosts).rows
    inside = within_scope(rows, scope).tolist()
    return [inside[row_of(rows, host.address, host.port)] for host in hosts]


def _at(address: str, port: int = 443, country: str | None = "GB") -> Host:
    return Host(course="A", address=address, port=port, country=country)


@pytest.mark.parametrize("scope", ["all", "uk", "uk (mainland)", "uk (ports 70000)", ""])
def test_without_stated_bounds_none_lies_within(scope: str) -> None:
    assert _within(scope, _at("192.0.2.1")) == [False]


@pytest.mark.parametrize(
    ("scope", "inside"),
    [
        ("x (countries GB)", [True, False, False]),
        ("x (countries FR, GB)", [True, True, False]),
        ("x (ports 443)", [True, False, True]),
        ("x (networks 192.0.2.0/24)", [True, True, False]),
        ("x (networks 2001:db8::/32)", [False, False, True]),
        ("x (networks 2001:db8::/32, 192.0.2.1)", [True, False, True]),
        ("x (countries GB; networks 192.0.2.0/24; ports 443)", [True, False, False]),
        ("x (networks 0.0.0.0/0)", [True, True, False]),
        ("x (networks ::/0)", [True, True, True]),
        ("x (networks ::ffff:192.0.2.0/120)", [True, True, False]),
    ],
)
def test_within_lies_what_every_bound_takes_in(scope: str, inside: list[bool]) -> None:
    hosts = [_at("192.0.2.1"), _at("192.0.2.2", 8443, "FR"), _at("2001:db8::1", country=None)]
    assert _within(scope, *hosts) == inside


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("192.0.1.255", False),
        ("192.0.2.0", True),
        ("192.0.2.255", True),
        ("192.0.3.0", False),
        ("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", False),
        ("2001:db8::", True),
        ("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", True),
        ("2001:db9::", False),
        ("ffff::1", False),
    ],
)
def test_the_first_and_last_address_of_a_network_lie_within(address: str, inside: bool) -> None:
    assert _within("x (networks 192.0.2.0/24, 2001:db8::/32)", _at(address)) == [inside]


@given(_ADDRESSES, _ADDRESSES, st.integers(0, 128))
def test_a_network_holds_what_the_standard_library_says(
    address: IPv4Address | IPv6Address, other: IPv4Address | IPv6Address, prefix: int
) -> None:
    network = ip_network(f"{other}/{min(prefix, other.max_prefixlen)}", strict=False)
    expected = address.version == network.version and ip_address(str(address)) in network
    if network.version == 6 and address.version == 4:
        expected = IPv6Address((0xFFFF << 32) + int(address)) in network
    assert _within(f"x (networks {network})", _at(str(address))) == [expected]
