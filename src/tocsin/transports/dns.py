"""Asks the DNS where a domain's mail is received. ``dnspython`` is in the extra ``notify``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from tocsin.constituency.mail_routes import MailRoute
from tocsin.errors import WorkspaceError
from tocsin.transports.resolver import place_of

try:
    import dns.exception
    import dns.resolver
    from dns.rdatatype import AAAA, MX, A
except ImportError as error:
    raise WorkspaceError(
        "asking the DNS needs a library that is not installed: dnspython", remedy="pip install 'tocsin[notify]'"
    ) from error

if TYPE_CHECKING:
    from dns.rdatatype import RdataType

_MOST_SERVERS = 20


class _NoDomainError(Exception):
    """The DNS says that there is no such name."""


class _NoAnswerError(Exception):
    """The DNS did not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameServers:
    """The servers that are asked; none means those of the machine."""

    servers: Sequence[str] = ()
    seconds: float = 5


class MailRoutes:
    """Looks up where mail goes; the addresses of a mail server are asked for once a run."""

    def __init__(self, names: NameServers) -> None:
        try:
            self._resolver = dns.resolver.Resolver(configure=not names.servers)
        except dns.resolver.NoResolverConfiguration as fault:
            raise WorkspaceError(
                "this machine names no DNS server", remedy="name one in notify.toml, [dns] servers"
            ) from fault
        if names.servers:
            named = dict(map(place_of, names.servers))
            self._resolver.nameservers = list(named)
            self._resolver.nameserver_ports = named
        self._resolver.lifetime = names.seconds
        self._resolver.timeout = names.seconds / 2
        self._addresses = dict[str, tuple[str, ...]]()

    def ask(self, domain: str) -> MailRoute:
        """The servers that take mail for ``domain`` and their addresses, the most preferred first."""
        try:
            names = self._mail_servers(domain)
            if names == ["."]:
                return MailRoute(domain=domain, outcome="no_mail", servers=(), detail="a null MX says so")
            found = [(name, self._addresses_of(name)) for name in names[:_MOST_SERVERS]]
        except _NoDomainError:
            return MailRoute(domain=domain, outcome="no_domain", servers=(), detail="the DNS has no such name")
        except _NoAnswerError as fault:
            return MailRoute(domain=domain, outcome="unknown", servers=(), detail=str(fault))
        servers = tuple((name, addresses) for name, addresses in found if addresses)
        if not servers:
            return MailRoute(domain=domain, outcome="no_mail", servers=(), detail="no mail server has an address")
        return MailRoute(domain=domain, outcome="route", servers=servers)

    def _mail_servers(self, domain: str) -> list[str]:
        """The names by preference; the domain itself where it has no MX."""
        answer = self._query(domain, MX)
        if not answer:
            return [domain]
        pairs = sorted((int(each.preference), each.exchange.to_text()) for each in answer)
        return [name.removesuffix(".").lower() or "." for _, name in pairs]

    def _addresses_of(self, name: str) -> tuple[str, ...]:
        if name not in self._addresses:
            try:
                found = [str(ip_address(each.address)) for sort in (A, AAAA) for each in self._query(name, sort)]
            except _NoDomainError:
                found = []
            self._addresses[name] = tuple(sorted(found, key=lambda text: (":" in text, text)))
        return self._addresses[name]

    def _query(self, name: str, sort: RdataType) -> list:  # type: ignore[type-arg]  # records of the sort asked for
        try:
            return list(self._resolver.resolve(name, sort, search=False, raise_on_no_answer=False))
        except dns.resolver.NXDOMAIN as fault:
            raise _NoDomainError from fault
        except dns.exception.DNSException as fault:
            raise _NoAnswerError(str(fault)[:300]) from fault
