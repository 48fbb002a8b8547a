"""The rule that decides between claims. Source: design section 6."""

from __future__ import annotations

import pytest
from tests.constituency.building import constituent, halves

from tocsin.constituency import Answer, Resolver

REGISTRY = (
    constituent("council", line=2, networks="203.0.113.0/24 2001:db8:1::/48", domains="council.example", asns="64500"),
    constituent("dept", line=3, networks="203.0.113.64/26", domains="dept.council.example", parent="council"),
    constituent("shop", line=4, networks="198.51.100.0/25 203.0.113.128/28", domains="shop.example shared.example"),
    constituent("rival", line=5, networks="198.51.100.0/25", domains="shared.example", asns="64502"),
    constituent("hosted", line=6, addresses="192.0.2.9", domains="hosted.example"),
    constituent("isp", line=7, networks="192.0.2.0/24", asns="64501", domains="isp.example", provider=True),
    constituent("twin", line=8, domains="dept.council.example", asns="64502"),
    constituent("trust", line=9, networks="192.0.2.64/28", domains="trust.example"),
    constituent("school", line=10, networks="192.0.2.64/28", domains="school.example", parent="trust"),
)
RESOLVER = Resolver.build(REGISTRY, "1-000000000000")


def whose(address: str, host: str | None = None, how: str | None = None, asn: int | None = None) -> Answer:
    return RESOLVER.whose(*halves(address), hostname=host, hostname_from=how, asn=asn)


OUTSIDE = "198.18.0.1"


@pytest.mark.parametrize(
    ("asked", "constituent", "certainty"),
    [
        # own networks and addresses
        (("203.0.113.7",), "council", "proven"),
        (("2001:db8:1::7",), "council", "proven"),
        (("203.0.113.70",), "dept", "proven"),
        (("203.0.113.130",), "shop", "proven"),
        (("192.0.2.9",), "hosted", "proven"),
        (("198.51.100.1",), "shop;rival", "disputed"),
        (("192.0.2.65",), "school", "proven"),
        # a proven name beside a network
        (("203.0.113.7", "www.shop.example", "certificate"), "council;shop", "disputed"),
        (("203.0.113.7", "www.shop.example", "forward"), "council;shop", "disputed"),
        (("203.0.113.7", "www.council.example", "certificate"), "council", "proven"),
        (("203.0.113.70", "www.council.example", "certificate"), "dept", "proven"),
        (("203.0.113.7", "www.shop.example", "ptr"), "council", "proven"),
        (("203.0.113.7", "www.shop.example", None), "council", "proven"),
        (("198.51.100.1", "www.shop.example", "certificate"), "shop;rival", "disputed"),
        # names alone
        ((OUTSIDE, "x.council.example", "certificate"), "council", "proven"),
        ((OUTSIDE, "X.Council.Example.", "forward"), "council", "proven"),
        ((OUTSIDE, "notcouncil.example", "certificate"), None, "none"),
        ((OUTSIDE, "x.dept.council.example", "certificate"), "dept;twin", "disputed"),
        ((OUTSIDE, "shared.example", "forward"), "shop;rival", "disputed"),
        ((OUTSIDE, "www.shop.example", "ptr"), "shop", "claimed"),
        ((OUTSIDE, "shared.example", "ptr"), "shop;rival", "disputed"),
        # AS numbers
        ((OUTSIDE, None, None, 64500), "council", "proven"),
        ((OUTSIDE, "www.shop.example", "certificate", 64500), "shop", "proven"),
        ((OUTSIDE, "www.shop.example", "ptr", 64500), "council", "proven"),
        ((OUTSIDE, None, None, 64502), "rival;twin", "disputed"),
        (("203.0.113.130", None, None, 64500), "shop", "proven"),
        # providers
        (("192.0.2.1",), "isp", "claimed"),
        ((OUTSIDE, None, None, 64501), "isp", "claimed"),
        (("192.0.2.1", "www.shop.example", "ptr"), "shop", "claimed"),
        (("192.0.2.1", "www.shop.example", "certificate"), "shop", "proven"),
        (("192.0.2.1", None, None, 64500), "council", "proven"),
        # nobody
        ((OUTSIDE,), None, "none"),
        ((OUTSIDE, "www.example.org", "certificate", 64511), None, "none"),
    ],
)
def test_who_answers(asked: tuple[str, ...], constituent: str | None, certainty: str) -> None:
    answer = whose(*asked)  # type: ignore[arg-type]  # a row of the table
    assert (answer.constituent, answer.certainty) == (constituent, certainty)


def test_the_holding_that_decided_is_named() -> None:
    assert whose("203.0.113.70").holding == "network 203.0.113.64/26 (registry.csv:3)"
    assert whose("192.0.2.9").holding == "address 192.0.2.9 (registry.csv:6)"
    assert whose("192.0.2.1").holding == "provider network 192.0.2.0/24 (registry.csv:7)"
    named = whose(OUTSIDE, "www.shop.example", "certificate")
    assert named.holding == "domain shop.example (registry.csv:4) by certificate name"
    both = whose("203.0.113.7", "shop.example", "forward")
    assert both.holding == (
        "network 203.0.113.0/24 (registry.csv:2); domain shop.example (registry.csv:4) by forward DNS"
    )
    assert whose(OUTSIDE).holding is None


@pytest.mark.parametrize(
    ("asked", "considered"),
    [
        (("203.0.113.7",), ""),
        (("203.0.113.130",), "council: network 203.0.113.0/24 (registry.csv:2), less specific"),
        (
            ("203.0.113.7", "shop.example", "ptr"),
            (
                "shop: domain shop.example (registry.csv:4) by reverse DNS, "
                "but whoever runs an address sets its reverse name"
            ),
        ),
        (
            ("192.0.2.9", None, None, 64501),
            (
                "isp: provider network 192.0.2.0/24 (registry.csv:7), which only runs the network; "
                "isp: provider AS number 64501 (registry.csv:7), which only runs the network"
            ),
        ),
        (
            ("203.0.113.7", "council.example", "certificate"),
            "council: domain council.example (registry.csv:2) by certificate name, which says the same",
        ),
        (
            ("192.0.2.65", "trust.example", "certificate"),
            (
                "trust: network 192.0.2.64/28 (registry.csv:9), its parent, for which the child holds; "
                "trust: domain trust.example (registry.csv:9) by certificate name, "
                "its parent, for which the child holds; "
                "isp: provider network 192.0.2.0/24 (registry.csv:7), which only runs the network"
            ),
        ),
        (
            (OUTSIDE, "dept.council.example", "forward"),
            "council: domain council.example (registry.csv:2) by forward DNS, a shorter domain",
        ),
    ],
)
def test_what_else_was_considered(asked: tuple[str, ...], considered: str) -> None:
    assert whose(*asked).considered == considered  # type: ignore[arg-type]  # a row of the table


def test_json_names_every_claim() -> None:
    told = whose("203.0.113.130", "shop.example", "certificate").as_json()
    assert told["constituent"] == "shop"
    assert [each["value"] for each in told["deciding"]] == ["203.0.113.128/28"]  # type: ignore[attr-defined,index]
    assert [each["why"] for each in told["others"]] == ["less specific", "which says the same"]  # type: ignore[attr-defined,index]


def test_a_circle_of_parents_ends() -> None:
    circle = (
        constituent("a", networks="203.0.113.0/24", parent="b"),
        constituent("b", networks="203.0.113.0/24", parent="a"),
        constituent("c", networks="203.0.113.0/24", parent="a"),
    )
    answer = Resolver.build(circle, "1").whose(*halves("203.0.113.1"))
    assert (answer.constituent, answer.certainty) == ("c", "proven")
