from __future__ import annotations

import csv
import io
from ipaddress import IPv4Address, IPv4Network, ip_network
from itertools import pairwise

import numpy as np
import pytest

from tocsin.testing.organisations import POOL, Organisation, free_slots, make_organisations, registry_csv


@pytest.fixture(scope="module")
def organisations() -> tuple[Organisation, ...]:
    return make_organisations(3_000, np.random.default_rng(3))


def networks(organisations: tuple[Organisation, ...]) -> list[IPv4Network]:
    return [org.network for org in organisations if org.network]


def test_about_one_in_eight_is_a_public_body(organisations: tuple[Organisation, ...]) -> None:
    registered = [org for org in organisations if not org.provider]
    assert len(registered) == 3_000
    assert 0.11 < sum(org.public_body for org in registered) / 3_000 < 0.14


def test_networks_lie_in_the_benchmarking_range_and_no_two_are_equal(organisations: tuple[Organisation, ...]) -> None:
    found = networks(organisations)
    assert len(set(found)) == len(found)
    assert all(network.subnet_of(POOL) for network in found)


def test_some_networks_lie_inside_others_and_no_address_is_handed_out_twice(
    organisations: tuple[Organisation, ...],
) -> None:
    found = sorted(networks(organisations), key=lambda network: (network.network_address, network.prefixlen))
    nested = sum(inner.subnet_of(outer) for outer, inner in pairwise(found))
    assert nested > 50
    slots = [slot for org in organisations for slot in org.slots]
    assert len(slots) == len(set(slots))
    assert not set(slots) & set(free_slots(organisations))
    for org in organisations:
        assert all(IPv4Address(slot) in org.network for slot in org.slots if org.network)


def test_a_parent_is_the_holder_of_the_network_around(organisations: tuple[Organisation, ...]) -> None:
    by_id = {org.id: org for org in organisations}
    children = [org for org in organisations if org.parent]
    assert children
    for child in children:
        outer = by_id[child.parent or ""].network
        assert child.network is not None
        assert outer is not None
        assert child.network.subnet_of(outer)


def test_the_registry_has_every_organisation_and_two_broken_rows(organisations: tuple[Organisation, ...]) -> None:
    rows = list(csv.DictReader(io.StringIO(registry_csv(organisations).decode())))
    assert len(rows) == len(organisations) + 2
    assert {row["provider"] for row in rows} == {"yes", "no"}
    assert any("ü" in row["domains"] for row in rows), "internationalised names"
    with pytest.raises(ValueError, match="host bits"):
        ip_network(rows[-2]["networks"])
    assert rows[-1]["id"] == ""
