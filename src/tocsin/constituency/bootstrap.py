"""Which server answers for a number: the bootstrap files of IANA in, the servers of an address or AS number out.

Source: RFC 9224, sections 4 (structure), 5.1 and 5.2 (addresses), 5.3 (AS numbers).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

import msgspec

BOOTSTRAPS = {
    "ipv4": "https://data.iana.org/rdap/ipv4.json",
    "ipv6": "https://data.iana.org/rdap/ipv6.json",
    "asn": "https://data.iana.org/rdap/asn.json",
}
"""Where the files lie."""
MOST_BYTES = 5_000_000
_SPAN = re.compile(r"([0-9]{1,10})(?:-([0-9]{1,10}))?")


class _File(msgspec.Struct):
    services: list[list[list[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bootstrap:
    """The entries of one file, each with its servers' addresses, those by https first; and how many were not read."""

    networks: tuple[tuple[IPv4Network | IPv6Network, tuple[str, ...]], ...]
    spans: tuple[tuple[int, int, tuple[str, ...]], ...]
    unread: int

    def servers(self, number: str) -> tuple[str, ...]:
        """The base addresses for an address (``192.0.2.7``) or an AS number (``64500``), each ending in ``/``."""
        if number.isdigit():
            return next((servers for first, last, servers in self.spans if first <= int(number) <= last), ())
        address = ip_address(number)
        fitting = [each for each in self.networks if each[0].version == address.version and address in each[0]]
        return max(fitting, key=lambda each: each[0].prefixlen)[1] if fitting else ()


def read_bootstrap(content: bytes) -> Bootstrap:
    """One file. Raises ``ValueError`` when it is none."""
    if len(content) > MOST_BYTES:
        raise ValueError(f"it has more than {MOST_BYTES:,} bytes")
    try:
        services = msgspec.json.decode(content, type=_File).services
    except msgspec.MsgspecError as fault:
        raise ValueError(f"it is no bootstrap file: {fault}") from fault
    networks, spans, unread = [], [], 0
    for service in services:
        if len(service) != 2:
            unread += 1
            continue
        servers = _servers(service[1])
        for entry in service[0]:
            match = _SPAN.fullmatch(entry)
            try:
                if not servers:
                    raise ValueError("no server")
                if match:
                    spans.append((int(match[1]), int(match[2] or match[1]), servers))
                else:
                    networks.append((ip_network(entry), servers))
            except ValueError:
                unread += 1
    if not networks and not spans:
        raise ValueError("it names no server for anything")
    return Bootstrap(networks=tuple(networks), spans=tuple(spans), unread=unread)


def question(server: str, number: str) -> str:
    """The address at which ``server`` answers about a number. Source: RFC 9082, sections 3.1.1 and 3.1.2."""
    return f"{server.rstrip('/')}/{'autnum' if number.isdigit() else 'ip'}/{number}"


def _servers(texts: list[str]) -> tuple[str, ...]:
    fine = [text for text in texts if text.lower().startswith(("https://", "http://"))]
    return tuple(sorted(fine, key=lambda text: not text.lower().startswith("https://")))
