"""Asks the DNS where a domain's mail is received."""

from __future__ import annotations

from ipaddress import ip_address

from tocsin.constituency.mail_routes import MailRoute
from tocsin.transports.resolver import NoAnswerError, NoSuchNameError, Resolver

_MOST_SERVERS = 20


class MailRoutes:
    """Looks up where mail goes; the addresses of a mail server are asked for once a run."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._addresses = dict[str, tuple[str, ...]]()

    def ask(self, domain: str) -> MailRoute:
        """The servers that take mail for ``domain`` and their addresses, the most preferred first."""
        try:
            names = self._mail_servers(domain)
            if names == ["."]:
                return MailRoute(domain=domain, outcome="no_mail", servers=(), detail="a null MX says so")
            found = [(name, self._addresses_of(name)) for name in names[:_MOST_SERVERS]]
        except NoSuchNameError:
            return MailRoute(domain=domain, outcome="no_domain", servers=(), detail="the DNS has no such name")
        except NoAnswerError as fault:
            return MailRoute(domain=domain, outcome="unknown", servers=(), detail=str(fault))
        servers = tuple((name, addresses) for name, addresses in found if addresses)
        if not servers:
            return MailRoute(domain=domain, outcome="no_mail", servers=(), detail="no mail server has an address")
        return MailRoute(domain=domain, outcome="route", servers=servers)

    def _mail_servers(self, domain: str) -> list[str]:
        """The names by preference; the domain itself where it has no MX."""
        answer = self._resolver.records(domain, "MX")
        if not answer:
            return [domain]
        pairs = sorted((int(each.preference), each.exchange.to_text()) for each in answer)
        return [name.removesuffix(".").lower() or "." for _, name in pairs]

    def _addresses_of(self, name: str) -> tuple[str, ...]:
        if name not in self._addresses:
            try:
                records = [each for kind in ("A", "AAAA") for each in self._resolver.records(name, kind)]
            except NoSuchNameError:
                records = []
            found = {str(ip_address(each.address)) for each in records}
            self._addresses[name] = tuple(sorted(found, key=lambda text: (":" in text, text)))
        return self._addresses[name]
