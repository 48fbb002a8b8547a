"""Which services lie within the stated bounds of a scan."""

from __future__ import annotations

from ipaddress import IPv4Network, ip_network

import numpy as np
import pyarrow as pa

from tocsin.feeds.recipe import Scope, parse_scope
from tocsin.remediation.columns import Mask, codes

_MAPPED = 0xFFFF << 32
_LOW = (1 << 64) - 1


def within_scope(services: pa.Table, scope: str) -> Mask:
    """Which services a scan of that scope would show if they answered; none where it states no bounds.

    Needs ``ip_hi, ip_lo, port, country``. A scan that names no countries, networks or ports says nothing of where it
    looked: there only a service that it once showed lies within it.
    """
    found = parse_scope(scope)
    if not (found.countries or found.networks or found.ports):
        return np.zeros(services.num_rows, dtype=bool)
    return _in_countries(services, found) & _in_networks(services, found) & _at_ports(services, found)


def _in_countries(services: pa.Table, scope: Scope) -> Mask:
    if not scope.countries:
        return np.ones(services.num_rows, dtype=bool)
    numbers, words = codes(services.column("country"))
    wanted = np.array([*(word in scope.countries for word in words), False])
    chosen: Mask = wanted[numbers]  # no word is -1: the last entry
    return chosen


def _at_ports(services: pa.Table, scope: Scope) -> Mask:
    if not scope.ports:
        return np.ones(services.num_rows, dtype=bool)
    return np.isin(services.column("port").to_numpy(), np.array(scope.ports))


def _in_networks(services: pa.Table, scope: Scope) -> Mask:
    if not scope.networks:
        return np.ones(services.num_rows, dtype=bool)
    high = services.column("ip_hi").to_numpy().astype(np.int64).view(np.uint64)
    low = services.column("ip_lo").to_numpy().astype(np.int64).view(np.uint64)
    found = np.zeros(services.num_rows, dtype=bool)
    for text in scope.networks:
        first, last = _ends(text)
        above = (high > first >> 64) | ((high == first >> 64) & (low >= first & _LOW))
        below = (high < last >> 64) | ((high == last >> 64) & (low <= last & _LOW))
        found |= above & below
    return found


def _ends(text: str) -> tuple[int, int]:
    """The first and last address of a network as 128 bits, IPv4 as ``::ffff:a.b.c.d``."""
    network = ip_network(text, strict=False)
    shift = _MAPPED if isinstance(network, IPv4Network) else 0
    return int(network[0]) + shift, int(network[-1]) + shift
