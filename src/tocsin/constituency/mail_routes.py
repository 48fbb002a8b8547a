"""Where the mail of a domain is received: the mail servers that its DNS names, and their addresses.

Sources: RFC 5321, section 5.1 (no MX: the domain itself); RFC 7505 (a null MX takes no mail).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

OUTCOMES = ("route", "no_mail", "no_domain", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRoute:
    """``servers`` are the names with their addresses in canonical text, the most preferred first.

    ``outcome`` is ``route``, ``no_mail`` (it says that it takes none, or has no address), ``no_domain``, or
    ``unknown`` when the DNS did not answer; ``detail`` then says what it said.
    """

    domain: str
    outcome: str
    servers: tuple[tuple[str, tuple[str, ...]], ...]
    detail: str = ""

    def __post_init__(self) -> None:
        if self.outcome not in OUTCOMES or bool(self.servers) != (self.outcome == "route"):
            raise ValueError(f"{self.domain}: {self.outcome} with {len(self.servers)} servers")

    @property
    def addresses(self) -> frozenset[str]:
        return frozenset(address for _, addresses in self.servers for address in addresses)

    def as_json(self) -> Mapping[str, object]:
        servers = [[name, list(addresses)] for name, addresses in self.servers]
        return {"domain": self.domain, "outcome": self.outcome, "servers": servers, "detail": self.detail}


def read_mail_route(text: str) -> MailRoute:
    """What ``as_json`` wrote."""
    return msgspec.json.decode(text, type=MailRoute)
