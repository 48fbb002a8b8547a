"""Asks the registries' RDAP servers about addresses and AS numbers. Source: RFC 7480 (use of HTTP), RFC 9224."""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.constituency.bootstrap import MOST_BYTES as MOST_BOOTSTRAP
from tocsin.constituency.bootstrap import Bootstrap, question
from tocsin.constituency.rdap import MOST_BYTES
from tocsin.transports.asking import Asked, Asker

_ACCEPT = "application/rdap+json, application/json;q=0.9"


def fetch_bootstrap(asker: Asker, place: str) -> Asked:
    """The bootstrap file at ``place``."""
    return asker.ask(place, accept="application/json", most_bytes=MOST_BOOTSTRAP)


def fetch_rdap(asker: Asker, number: str, bootstraps: Mapping[str, Bootstrap]) -> Asked:
    """What the server in charge says of an address or AS number; its next server is asked where the first fails."""
    sort = "asn" if number.isdigit() else "ipv6" if ":" in number else "ipv4"
    if sort not in bootstraps:
        return Asked(outcome="failed", place="", why=f"the bootstrap file for {sort} is not here")
    servers = bootstraps[sort].servers(number)
    found = Asked(outcome="nothing", place="", why=f"no registry is named for {number}")
    for server in servers:
        found = asker.ask(question(server, number), accept=_ACCEPT, most_bytes=MOST_BYTES)
        if found.outcome != "failed":
            return found
    return found
