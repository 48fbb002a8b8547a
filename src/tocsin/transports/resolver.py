"""Asks the domain name system: the servers named in the settings, or the machine's own. Nothing else here does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tocsin.errors import WorkspaceError
from tocsin.notices.settings import split_server
from tocsin.transports._mail_extra import dns

SECONDS = 5.0


class NoSuchNameError(Exception):
    """The DNS says that there is no such name."""


class NoAnswerError(Exception):
    """The DNS did not say."""


class Resolver:
    """Asks ``servers``: addresses, with a port where it is another than 53, as in ``[dns]`` of the settings."""

    def __init__(self, servers: Sequence[str] = (), *, seconds: float = SECONDS) -> None:
        try:
            self._resolver = dns.resolver.Resolver(configure=not servers)
            self._resolver.nameservers = [
                dns.nameserver.Do53Nameserver(*split_server(each)) for each in servers
            ] or self._resolver.nameservers
        except (dns.exception.DNSException, ValueError, OSError) as fault:
            raise WorkspaceError(
                f"no name server can be asked: {fault}", remedy="name one in [dns] of notify.toml: servers"
            ) from fault
        self._resolver.lifetime = seconds
        self._resolver.timeout = seconds / 2

    def records(self, name: str, kind: str) -> list[Any]:
        """The records of a kind (``MX``) as dnspython has them; empty where the name has none.

        Raises ``NoSuchNameError`` and ``NoAnswerError``.
        """
        try:
            return list(self._resolver.resolve(name, kind, search=False, raise_on_no_answer=False))
        except dns.resolver.NXDOMAIN as fault:
            raise NoSuchNameError from fault
        except (dns.exception.DNSException, ValueError, UnicodeError) as fault:
            raise NoAnswerError(str(fault)[:300]) from fault

    def __call__(self, name: str, kind: str) -> tuple[str, ...]:
        """The answers as text, empty where there are none. Raises ``WorkspaceError`` when nobody answers."""
        try:
            return tuple(_shown(record, kind) for record in self.records(name, kind))
        except NoSuchNameError:
            return ()
        except NoAnswerError as fault:
            raise WorkspaceError(
                f"the name servers do not say what {name} has ({kind}): {fault}",
                remedy="check the connection, or name other servers in [dns] of notify.toml",
            ) from fault


def _shown(record: object, kind: str) -> str:
    strings = getattr(record, "strings", None)
    if kind == "TXT" and strings is not None:
        return b"".join(strings).decode("utf-8", "replace")
    if kind == "MX":
        return str(getattr(record, "exchange", record)).rstrip(".")
    return str(record).rstrip(".")
