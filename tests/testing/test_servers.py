from __future__ import annotations

from collections import Counter
from ipaddress import ip_address, ip_network

import numpy as np

from tocsin.testing import World
from tocsin.testing.servers import CERTIFICATE, REVERSE

OURS = [ip_network("198.18.0.0/15"), ip_network("2001:db8::/32")]


def test_every_service_has_an_address_of_its_own_from_the_synthetic_ranges(world: World) -> None:
    addresses = [ip_address(text) for text in world.services.address]
    assert len(set(addresses)) == len(addresses) >= 4_000
    assert all(any(address in network for network in OURS) for address in addresses)
    assert any(address.version == 6 for address in addresses)


def test_a_moved_server_keeps_its_owner_and_has_one_address_at_a_time(world: World) -> None:
    services = world.services
    moved = [server for server, count in Counter(services.server.tolist()).items() if count > 1]
    assert len(moved) > 50
    for server in moved[:50]:
        before, after = np.flatnonzero(services.server == server)
        assert services.owner[before] == services.owner[after]
        assert services.gone[before] == services.born[after]


def test_some_servers_vanish_and_some_are_new(world: World) -> None:
    services = world.services
    assert (services.born > 0).sum() > 50
    assert (services.gone < world.days).sum() > 100


def test_reverse_names_point_at_somebody_else(world: World) -> None:
    services, domains = world.services, {org.host_domain: n for n, org in enumerate(world.organisations)}
    elsewhere = 0
    for name, kind, owner, operator in zip(
        services.name, services.name_kind, services.owner, services.operator, strict=True
    ):
        holder = domains.get(".".join((name or "").split(".")[-2:]), -1)
        elsewhere += kind == REVERSE and holder >= 0 and holder not in (owner, operator)
    assert elsewhere > 20


def test_a_foreign_certificate_stands_only_in_a_registered_network(world: World) -> None:
    """So that no service is proven to somebody by a certificate that lies: it is disputed then."""
    services, domains = world.services, {org.host_domain: n for n, org in enumerate(world.organisations)}
    for row in np.flatnonzero(services.name_kind == CERTIFICATE):
        holder = domains.get(".".join((services.name[row] or "").split(".")[-2:]), -1)
        if holder >= 0 and holder != services.owner[row]:
            assert services.at_home[row]
