"""Answers of the domain name system: from the servers named in the settings, or the machine's own."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.errors import WorkspaceError
from tocsin.transports._mail_extra import dns

SECONDS = 5.0


class Resolver:
    """Call it with a name and a type. ``servers`` are addresses, with ``:port`` where it is another than 53.

    An IPv6 address with a port is written ``[address]:port``.
    """

    def __init__(self, servers: Sequence[str] = (), *, seconds: float = SECONDS) -> None:
        try:
            self._resolver = dns.resolver.Resolver(configure=not servers)
            if servers:
                named = [place_of(server) for server in servers]
                self._resolver.nameservers = [address for address, _ in named]
                self._resolver.nameserver_ports = dict(named)
        except (dns.exception.DNSException, ValueError, OSError) as fault:
            raise WorkspaceError(
                f"no name server can be asked: {fault}", remedy="name one in [dns] of notify.toml: servers"
            ) from fault
        self._resolver.lifetime = seconds

    def __call__(self, name: str, kind: str) -> tuple[str, ...]:
        """The answers as text, empty where there are none. Raises ``WorkspaceError`` when nobody answers."""
        try:
            answer = self._resolver.resolve(name, kind, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return ()
        except (dns.exception.DNSException, ValueError, UnicodeError) as fault:
            raise WorkspaceError(
                f"the name servers do not say what {name} has ({kind}): {fault}",
                remedy="check the connection, or name other servers in [dns] of notify.toml",
            ) from fault
        return tuple(_shown(record, kind) for record in answer)


def place_of(server: str) -> tuple[str, int]:
    """Address and port of a name server as the settings write it."""
    if server.startswith("["):
        address, _, port = server[1:].partition("]")
        return address, int(port.lstrip(":") or 53)
    if server.count(":") == 1:
        address, _, port = server.partition(":")
        return address, int(port)
    return server, 53


def _shown(record: object, kind: str) -> str:
    strings = getattr(record, "strings", None)
    if kind == "TXT" and strings is not None:
        return b"".join(strings).decode("utf-8", "replace")
    if kind == "MX":
        return str(getattr(record, "exchange", record)).rstrip(".")
    return str(record).rstrip(".")
