"""Fetches a domain's security.txt: over TLS, from the two places where it may lie. Source: RFC 9116, section 3."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.constituency.security_txt import MOST_BYTES
from tocsin.transports.asking import Asked, Asker

PLACES = ("https://{domain}/.well-known/security.txt", "https://{domain}/security.txt")


def fetch_security_txt(asker: Asker, domain: str, *, places: Sequence[str] = PLACES) -> Asked:
    """What lies at the first place that has it; ``nothing`` when every place says that it has none.

    One that a redirect leads away from TLS counts as failed.
    """
    found = Asked(outcome="nothing", place=places[0].format(domain=domain), why="no place was asked")
    for each in places:
        found = _guarded(asker.ask(each.format(domain=domain), accept="text/plain", most_bytes=MOST_BYTES))
        if found.outcome != "nothing":
            return found
    return found


def _guarded(found: Asked) -> Asked:
    left_tls = found.fetched is not None and found.place.startswith("https:")
    if left_tls and found.fetched is not None and not found.fetched.address.startswith("https:"):
        return Asked(outcome="failed", place=found.place, why=f"it redirects away from TLS, to {found.fetched.address}")
    return found
