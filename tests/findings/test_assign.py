"""Assigning by the column agrees with the law written out slowly, one service at a time, and with ``whose``."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address, ip_network

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.building import observations
from tests.constituency.building import constituent, halves

from tocsin.constituency import Constituent, Holding, Resolver
from tocsin.findings.assign import SLICE, assign
from tocsin.tables import ASSIGNMENTS

NETWORKS = ["203.0.113.0/24", "203.0.113.0/25", "203.0.113.64/26", "198.18.0.0/15", "2001:db8::/32", "2001:db8:1::/48"]
ADDRESSES = [
    "203.0.113.7",
    "203.0.113.70",
    "203.0.113.200",
    "198.18.3.4",
    "198.51.100.1",
    "2001:db8:1::7",
    "2001:db8::9",
]
DOMAINS = ["a.example", "b.a.example", "c.example", "d.c.example"]
HOSTS = ["a.example", "x.b.a.example", "y.c.example", "za.example", "x.d.c.example", "e.example"]
ASNS = ["64500", "64501"]


def some(values: list[str], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(" ".join)


CONSTITUENT = st.fixed_dictionaries(
    {
        "networks": some(NETWORKS),
        "addresses": some(ADDRESSES[:3], 1),
        "domains": some(DOMAINS, 2),
        "asns": some(ASNS, 1),
        "provider": st.booleans(),
        "parent": st.one_of(st.none(), st.integers(0, 3)),
    }
)
SERVICE = st.tuples(
    st.sampled_from(ADDRESSES),
    st.one_of(st.none(), st.sampled_from(HOSTS)),
    st.sampled_from([None, "certificate", "forward", "ptr", "banner"]),
    st.sampled_from([None, 64500, 64501, 64502]),
)


def constituency(drawn: list[dict[str, object]]) -> list[Constituent]:
    """Constituents c0, c1, …; a parent is always an earlier one, so that no circle arises."""
    made = []
    for number, each in enumerate(drawn):
        above = each.pop("parent")
        parent = f"c{above}" if isinstance(above, int) and above < number else None
        made.append(constituent(f"c{number}", line=number + 2, parent=parent, **each))  # type: ignore[arg-type]
    return made


def slow(
    everyone: list[Constituent], service: tuple[str, str | None, str | None, int | None]
) -> tuple[str | None, str]:
    """Design section 6, word by word."""
    address, host, host_from, asn = service

    def weight(held: Holding) -> int:
        if held.kind in ("network", "address"):
            network = ip_network(held.value)
            return network.prefixlen + 1 if ip_address(address) in network else 0
        if held.kind == "domain":
            return len(held.value) if host is not None and f".{host}".endswith(f".{held.value}") else 0
        return int(asn is not None and int(held.value) == asn)

    def best(kinds: tuple[str, ...], provider: bool) -> list[str]:
        weights: dict[int, list[str]] = {}
        for each in everyone:
            for held in each.holdings:
                if held.kind in kinds and held.provider is provider and weight(held):
                    weights.setdefault(weight(held), []).append(each.id)
        return weights[max(weights)] if weights else []

    by_address, by_name, by_asn = best(("network", "address"), False), best(("domain",), False), best(("asn",), False)
    if host_from in ("certificate", "forward") and by_name:
        return settled(everyone, by_address + by_name, "proven")
    if by_address or by_asn:
        return settled(everyone, by_address or by_asn, "proven")
    rest = by_name or best(("network", "address"), True) or best(("asn",), True)
    return settled(everyone, rest, "claimed") if rest else (None, "none")


def settled(everyone: list[Constituent], claimants: list[str], certainty: str) -> tuple[str, str]:
    """Between a parent and its child, the child holds; between others nobody does."""
    parents = {each.id: each.parent for each in everyone}
    above = set()
    for each in claimants:
        parent = parents[each]
        while parent:
            above.add(parent)
            parent = parents[parent]
    left = [each for each in dict.fromkeys(claimants) if each not in above]
    return ";".join(left), "disputed" if len(left) > 1 else certainty


def table(services: list[tuple[str, str | None, str | None, int | None]]) -> pa.Table:
    rows = []
    for address, host, host_from, asn in services:
        hi, lo = halves(address)
        rows.append({"ip_hi": hi, "ip_lo": lo, "hostname": host, "hostname_from": host_from, "asn": asn})
    return observations(rows)


@given(st.lists(CONSTITUENT, max_size=5), st.lists(SERVICE, max_size=25))
def test_it_agrees_with_the_law_written_out_slowly(
    drawn: list[dict[str, object]], services: list[tuple[str, str | None, str | None, int | None]]
) -> None:
    everyone = constituency(drawn)
    resolver = Resolver.build(everyone, "1")
    assigned = assign(table(services), resolver)
    assert assigned.schema == ASSIGNMENTS
    found = list(zip(assigned["constituent"].to_pylist(), assigned["certainty"].to_pylist(), strict=True))
    assert found == [slow(everyone, service) for service in services]


@given(st.lists(CONSTITUENT, max_size=5), st.lists(SERVICE, max_size=25))
def test_it_agrees_with_asking_for_one(
    drawn: list[dict[str, object]], services: list[tuple[str, str | None, str | None, int | None]]
) -> None:
    resolver = Resolver.build(constituency(drawn), "1")
    expected = []
    for address, host, host_from, asn in services:
        answer = resolver.whose(*halves(address), hostname=host, hostname_from=host_from, asn=asn)
        words = (answer.constituent, answer.certainty, answer.holding, answer.considered)
        expected.append(dict(zip(ASSIGNMENTS.names, words, strict=True)))
    assert assign(table(services), resolver).to_pylist() == expected


REGISTRY = [
    constituent("council", networks="203.0.113.0/24", domains="council.example"),
    constituent("shop", line=3, domains="shop.example", asns="64500"),
]
SERVICES: list[tuple[str, str | None, str | None, int | None]] = [
    ("203.0.113.7", None, None, None),
    ("198.51.100.1", "www.shop.example", "certificate", None),
    ("198.51.100.1", None, None, 64500),
    ("198.51.100.1", "www.council.example", None, None),
    ("198.51.100.1", None, None, None),
]


def test_order_and_number_of_rows_are_kept_over_several_slices() -> None:
    resolver, seen = Resolver.build(REGISTRY, "1"), table(SERVICES)
    times = SLICE // len(SERVICES) + 1
    assigned = assign(pa.concat_tables([seen] * times), resolver)
    assert assigned["constituent"].to_pylist() == assign(seen, resolver)["constituent"].to_pylist() * times
    assert all(column.num_chunks == 1 for column in assigned.columns)


def test_slices_and_chunks_of_a_larger_table() -> None:
    resolver, seen = Resolver.build(REGISTRY, "1"), table(SERVICES)
    chunked = pa.concat_tables([seen.slice(1, 2), table(SERVICES[3:]), seen.slice(0, 1)])
    expected = assign(seen, resolver).to_pylist()
    assert assign(chunked, resolver).to_pylist() == [*expected[1:5], expected[0]]


def test_no_rows_and_no_constituency() -> None:
    resolver = Resolver.build((), "0")
    assert assign(table([]), resolver).schema == ASSIGNMENTS
    assert assign(table(SERVICES), resolver)["certainty"].to_pylist() == ["none"] * len(SERVICES)


def test_a_table_without_its_columns_is_a_fault() -> None:
    with pytest.raises(ValueError, match="hostname_from"):
        assign(table(SERVICES).drop_columns(["hostname_from"]), Resolver.build((), "0"))


def test_threads_give_what_one_gives() -> None:
    resolver, seen = Resolver.build(REGISTRY, "1"), table(SERVICES * 50)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: assign(seen, resolver).to_pylist(), range(8)))
    assert all(result == results[0] for result in results)
