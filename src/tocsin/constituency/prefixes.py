"""Values by network, found by address: the longest network first."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Generic, TypeVar

_T = TypeVar("_T")


class PrefixIndex(Generic[_T]):
    """Grows as values are added; a look-up costs one step for each length of prefix that there is."""

    def __init__(self) -> None:
        self._values = dict[tuple[int, int], dict[int, list[_T]]]()
        self._lengths = dict[int, list[int]]({4: [], 6: []})

    def add(self, network: str, value: _T) -> None:
        """Adds a value; a network may have several. ``network`` is ``192.0.2.0/24`` or one address."""
        parsed = ip_network(network)
        key = (parsed.version, parsed.prefixlen)
        if key not in self._values:
            self._values[key] = {}
            self._lengths[parsed.version] = sorted([*self._lengths[parsed.version], parsed.prefixlen], reverse=True)
        self._values[key].setdefault(int(parsed.network_address), []).append(value)

    def covering(self, place: str) -> Iterator[tuple[str, list[_T]]]:
        """The networks that hold a whole address or network, the longest first, each with its values."""
        inner = ip_network(place) if "/" in place else ip_network(ip_address(place))
        width = inner.max_prefixlen
        for length in self._lengths[inner.version]:
            if length > inner.prefixlen:
                continue
            start = int(inner.network_address) >> (width - length) << (width - length)
            found = self._values[inner.version, length].get(start)
            if found:
                yield str(_network(inner.version, start, length)), found

    def within(self, network: str) -> Iterator[tuple[str, list[_T]]]:
        """The networks that lie in one or are it, each with its values."""
        outer = ip_network(network)
        first, last = int(outer.network_address), int(outer.broadcast_address)
        for length in self._lengths[outer.version]:
            if length >= outer.prefixlen:
                for start, values in self._values[outer.version, length].items():
                    if first <= start <= last:
                        yield str(_network(outer.version, start, length)), values


def _network(version: int, start: int, length: int) -> IPv4Network | IPv6Network:
    return IPv4Network((start, length)) if version == 4 else IPv6Network((start, length))
