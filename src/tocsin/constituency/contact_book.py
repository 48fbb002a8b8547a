"""Everybody who can be told about a constituent's services: its own contacts, its provider's, its country's.

Whoever is not the constituent is told of the services in its own network or country only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tocsin.constituency.constituent import Constituent
from tocsin.constituency.contacts import Known, Ranked, Remove, rank
from tocsin.constituency.prefixes import PrefixIndex, Span, span_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one service is; ``asn`` and ``country`` are ``None`` where that is not known."""

    address: str
    asn: int | None = None
    country: str | None = None


@dataclass
class _Wide:
    """Contacts of others by remove and id, with the addresses of which each may be told."""

    known: dict[tuple[Remove, str], Known] = field(default_factory=dict)
    addresses: dict[tuple[Remove, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, contacts: Iterable[Known], remove: Remove, address: str) -> None:
        for each in contacts:
            key = (remove, each.contact.id)
            self.known[key] = each
            self.addresses[key].add(address)


class ContactBook:
    """All contacts of a workspace, and which constituents run networks for others."""

    def __init__(self, contacts: Iterable[Known], constituents: Iterable[Constituent]) -> None:
        self._by_subject = dict[str, list[Known]]()
        self._networks = PrefixIndex[Known]()
        for each in contacts:
            kind, _, value = each.contact.subject.partition(":")
            self._by_subject.setdefault(each.contact.subject, []).append(each)
            if kind == "network":
                self._networks.add(value, each)
        self._provider_networks = PrefixIndex[Constituent]()
        self._provider_asns = dict[str, list[Constituent]]()
        for constituent in constituents:
            for holding in constituent.holdings:
                if holding.provider and holding.kind in ("network", "address"):
                    self._provider_networks.add(holding.value, constituent)
                elif holding.provider and holding.kind == "asn":
                    self._provider_asns.setdefault(holding.value, []).append(constituent)

    def of(self, constituent: Constituent, places: Sequence[Place]) -> tuple[Ranked, ...]:
        """Its contacts in rank order, those of others for services at ``places`` with the addresses of each."""
        held = [
            span_of(holding.value)
            for holding in constituent.holdings
            if not holding.provider and holding.kind in ("network", "address")
        ]
        own_asns, wide = constituent.values("asn"), _Wide()
        for place in places:
            self._around(constituent, place, held, own_asns, wide)
        others = (
            Ranked(known=known, remove=key[0], addresses=frozenset(wide.addresses[key]))
            for key, known in wide.known.items()
        )
        return rank([*self._own(constituent), *others])

    def _own(self, constituent: Constituent) -> Iterator[Ranked]:
        for known in self._about(f"constituent:{constituent.id}"):
            yield Ranked(known=known, remove=Remove.OWN)
        for holding in constituent.holdings:
            if holding.provider:
                continue
            if holding.kind == "domain":
                yield from (Ranked(known=each, remove=Remove.DOMAIN) for each in self._about(f"domain:{holding.value}"))
            elif holding.kind == "asn":
                yield from (Ranked(known=each, remove=Remove.NETWORK) for each in self._about(f"asn:{holding.value}"))
            else:
                for _, contacts in self._networks.within(span_of(holding.value)):
                    yield from (Ranked(known=each, remove=Remove.NETWORK) for each in contacts)

    def _around(
        self, constituent: Constituent, place: Place, held: Sequence[Span], own_asns: Collection[str], wide: _Wide
    ) -> None:
        """Who runs the network in which a service stands, and the national CERT of its country."""
        span = span_of(place.address)
        network, contacts = next(self._networks.covering(span), (span, []))
        if contacts and not any(first <= network[0] and network[1] <= last for first, last in held):
            wide.add(contacts, Remove.PROVIDER, place.address)
        asn = str(place.asn) if place.asn is not None else ""
        if asn and asn not in own_asns:
            wide.add(self._about(f"asn:{asn}"), Remove.PROVIDER, place.address)
        _, runners = next(self._provider_networks.covering(span), (span, []))
        for runner in {each.id: each for each in (*runners, *self._provider_asns.get(asn, ()))}.values():
            if runner.id != constituent.id:
                wide.add((each.known for each in self._own(runner)), Remove.PROVIDER, place.address)
        country = place.country or constituent.country
        if country:
            wide.add(self._about(f"country:{country}"), Remove.COUNTRY, place.address)

    def _about(self, subject: str) -> list[Known]:
        return self._by_subject.get(subject, [])


def mail_domains(ranked: Mapping[str, Sequence[Ranked]]) -> tuple[str, ...]:
    """The domains of all mail contacts, sorted."""
    return tuple(
        sorted(
            {
                each.contact.address.rpartition("@")[2].lower()
                for contacts in ranked.values()
                for each in contacts
                if each.contact.channel == "mail"
            }
        )
    )
