"""Holdings and contacts, and what is wrong with those that are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tocsin.constituency.holdings import (
    read_address_text,
    read_asn,
    read_contact,
    read_domain,
    read_holdings,
    read_network,
    read_yes_no,
)
from tocsin.provenance import Pointer

AT = Pointer(source="registry.csv", line=2)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (read_domain, "Council.Example.", "council.example"),
        (read_domain, "*.council.example", "council.example"),
        (read_domain, "bücher.example", "xn--bcher-kva.example"),
        (read_domain, "service.council.example", "service.council.example"),
        (read_network, "203.0.113.0/24", "203.0.113.0/24"),
        (read_network, "2001:DB8::/32", "2001:db8::/32"),
        (read_network, "203.0.113.7", "203.0.113.7/32"),
        (read_network, "198.18.0.0/15", "198.18.0.0/15"),
        (read_address_text, "203.0.113.7", "203.0.113.7"),
        (read_address_text, "203.0.113.7/32", "203.0.113.7"),
        (read_address_text, "2001:DB8::7/128", "2001:db8::7"),
        (read_asn, "AS64500", "64500"),
        (read_asn, "as64500", "64500"),
        (read_asn, "64500", "64500"),
        (read_contact, "Security@Council.Example", "Security@council.example"),
    ],
)
def test_canonical_values(read: Callable[[str], str], text: str, value: str) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "reason"),
    [
        (read_domain, "co.uk", "public suffix"),
        (read_domain, "github.io", "public suffix"),
        (read_domain, "example", "public suffix"),
        (read_domain, "*.gov.uk", "public suffix"),
        (read_domain, "a b", "no domain name"),
        (read_domain, "192.0.2.1", "no domain name"),
        (read_network, "203.0.113.7/24", "with them cleared it is 203.0.113.0/24"),
        (read_network, "10.1.0.0/16", "is private"),
        (read_network, "127.0.0.0/8", "is loopback"),
        (read_network, "224.0.0.0/8", "is multicast"),
        (read_network, "169.254.0.0/16", "is link-local"),
        (read_network, "100.64.0.0/10", "is shared"),
        (read_network, "fe80::/16", "is link-local"),
        (read_network, "fd00::/16", "is private"),
        (read_network, "172.0.0.0/8", "is private"),
        (read_network, "2.0.0.0/7", "wider than /8"),
        (read_network, "2000::/15", "wider than /16"),
        (read_network, "example.org", "is no network"),
        (read_address_text, "203.0.113.0/24", "is a network, not an address"),
        (read_address_text, "10.0.0.1", "is private"),
        (read_address_text, "fe80::1%eth0", "is no IP address"),
        (read_asn, "ASx", "is no AS number"),
        (read_asn, "4294967296", "is no AS number"),
        (read_asn, "0", "is reserved"),
        (read_asn, "AS23456", "is reserved"),
        (read_contact, "security", "no e-mail address"),
        (read_contact, "a b@council.example", "no e-mail address"),
        (read_contact, "x@localhost", "no e-mail address"),
        (read_contact, "<x@council.example>", "no e-mail address"),
    ],
)
def test_values_that_are_none(read: Callable[[str], str], text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        read(text)
    assert reason in str(caught.value)


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("", False)])
def test_yes_and_no(text: str, value: bool) -> None:
    assert read_yes_no(text, "public_body") is value


def held(**fields: str) -> tuple[list[str], list[str]]:
    reasons: list[str] = []
    return [str(each).removesuffix(" (registry.csv:2)") for each in read_holdings(fields, AT, reasons)], reasons


def test_all_kinds_and_repetitions() -> None:
    assert held(
        domains="a.example; A.example;", networks="203.0.113.0/24", addresses="198.51.100.1", asns="AS64500;64500"
    ) == (
        ["address 198.51.100.1", "network 203.0.113.0/24", "domain a.example", "AS number 64500"],
        [],
    )


def test_a_provider_row_runs_its_networks_and_owns_its_domains() -> None:
    assert held(domains="isp.example", networks="192.0.2.0/24", asns="64501", provider="Yes")[0] == [
        "provider network 192.0.2.0/24",
        "domain isp.example",
        "provider AS number 64501",
    ]


def test_a_provider_list_names_some() -> None:
    found, reasons = held(networks="192.0.2.0/24;203.0.113.0/24", asns="64501", provider="192.0.2.0/24;AS64501")
    assert found == ["provider network 192.0.2.0/24", "network 203.0.113.0/24", "provider AS number 64501"]
    assert reasons == []


def test_a_provider_that_is_not_held_is_a_fault() -> None:
    assert (
        "provider '198.51.100.0/24' is neither yes nor no"
        in held(networks="192.0.2.0/24", provider="198.51.100.0/24")[1][0]
    )


@pytest.mark.parametrize(
    ("networks", "reasons"),
    [
        ("203.0.113.0/24;203.0.113.0/25", ["network 203.0.113.0/25 lies in its own 203.0.113.0/24"]),
        ("203.0.113.128/25;203.0.113.0/24", ["network 203.0.113.128/25 lies in its own 203.0.113.0/24"]),
        ("203.0.113.0/24;203.0.113.0/24", ["network 203.0.113.0/24 is listed twice"]),
        ("203.0.113.0/25;203.0.113.128/25", []),
        ("2001:db8::/32;2001:db8:1::/48;2001:db8:2::/48", ["2001:db8:1::/48 lies in", "2001:db8:2::/48 lies in"]),
    ],
)
def test_overlapping_networks(networks: str, reasons: list[str]) -> None:
    found = held(networks=networks)[1]
    assert len(found) == len(reasons)
    assert all(reason in told for reason, told in zip(reasons, found, strict=True))


def test_a_provider_may_own_a_part_of_what_it_runs() -> None:
    assert held(networks="192.0.2.0/24;192.0.2.0/28", provider="192.0.2.0/24")[1] == []
