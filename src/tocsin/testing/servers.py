"""Where the made-up servers stand, whose they are, and what name each of them shows.

A *server* is the machine with its flaw; a *service* is one address at which it was reachable. A server that moves has
two services.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

import numpy as np

from tocsin.testing._arrays import Bools, Floats, Ints
from tocsin.testing.organisations import Organisation, free_slots

OWN, HOSTED, ACCESS = 0, 1, 2
NAMELESS, CERTIFICATE, REVERSE = 0, 1, 2

_OWNED, _HOSTED_ONLY = 0.225, 0.10
_ACCESS_ASNS = tuple(range(64504, 64512))
_ABROAD = ("IE", "FR", "DE", "NL", "US")
_ABROAD_ASNS = tuple(range(65546, 65551))

# What name a service shows, by where it stands: a certificate or a reverse name of its owner, of somebody else who is
# registered, a provider's generic reverse name, or none. Shares add up to one.
_OWNER_CERT, _OWNER_PTR, _OTHER_CERT, _OTHER_PTR, _GENERIC, _NO_NAME = range(6)
_NAMES_OWN = (0.55, 0.20, 0.01, 0.04, 0.03, 0.17)
_NAMES_OWNED_ELSEWHERE = (0.74, 0.12, 0.0, 0.0, 0.08, 0.06)
_NAMES_HOSTED = (0.50, 0.0, 0.0, 0.05, 0.30, 0.15)
_NAMES_ACCESS = (0.45, 0.0, 0.0, 0.02, 0.35, 0.18)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """One entry a service; numbers of organisations are indices, -1 for nobody. Times are days since the start."""

    server: Ints
    address: Sequence[str]
    is_v6: Bools
    port: Ints
    owner: Ints
    operator: Ints
    at_home: Bools  # its network or AS number ties it to its owner
    named: Bools  # so does its name, wherever that is shown
    name: Sequence[str | None]
    name_kind: Ints
    asn: Ints
    country: Sequence[str]
    born: Floats
    gone: Floats

    def __len__(self) -> int:
        return len(self.server)


def place_servers(
    scale: int, organisations: Sequence[Organisation], *, days: int, rng: np.random.Generator
) -> Services:
    """``scale`` servers in their places; some move, some vanish, some are new."""
    owner = _owners(scale, organisations, rng)
    server, born, gone = _lives(scale, days, rng)
    owner = owner[server]
    place = _places(owner, organisations, rng)
    operator = _operators(place, organisations, rng)
    by_as = np.zeros(len(server), np.bool_)
    asns = np.array([org.asn or 0 for org in organisations], np.int64)
    has_as = (place == OWN) & (asns[owner] > 0)
    by_as[has_as] = rng.random(int(has_as.sum())) < 0.1
    place[by_as] = ACCESS
    address, is_v6, place = _addresses(place, owner, operator, organisations, rng)
    country, asn = _networks(place, owner, operator, by_as, asns, rng)
    kinds = _name_kinds(place, owner, rng)
    kinds[by_as] = _NO_NAME
    names, name_kind = _names(kinds, owner, operator, server, address, organisations, rng)
    return Services(
        server=server,
        address=address,
        is_v6=is_v6,
        port=np.where(rng.random(len(server)) < 0.02, 8443, 443).astype(np.int64),
        owner=owner,
        operator=operator,
        at_home=(owner >= 0) & ((place == OWN) | by_as),
        named=(owner >= 0) & np.isin(kinds, (_OWNER_CERT, _OWNER_PTR)),
        name=names,
        name_kind=name_kind,
        asn=asn,
        country=country,
        born=born,
        gone=gone,
    )


def _owners(scale: int, organisations: Sequence[Organisation], rng: np.random.Generator) -> Ints:
    """Every fifth organisation has no server at all; a few have very many."""
    registered = [index for index, org in enumerate(organisations) if not org.provider]
    active = rng.permutation(registered)[: max(1, len(registered) * 4 // 5)]
    owned = int(scale * _OWNED)
    weight = rng.lognormal(0.0, 1.0, len(active))
    owner = np.full(scale, -1, np.int64)
    owner[:owned] = rng.choice(active, owned, p=weight / weight.sum())
    owner[: min(owned, len(active))] = active[:owned]
    return rng.permutation(owner)


def _lives(scale: int, days: int, rng: np.random.Generator) -> tuple[Ints, Floats, Floats]:
    """Servers along services, and the days from and until which each service answers."""
    born = np.where(rng.random(scale) < 0.02, rng.uniform(0, days, scale), -1.0)
    gone = np.where(rng.random(scale) < 0.04, rng.uniform(0, days, scale), days + 1.0)
    movers = np.flatnonzero((rng.random(scale) < 0.03) & (born < 0) & (gone > days))
    moved = rng.uniform(1, days, len(movers))
    later = gone[movers]
    gone[movers] = moved
    server = np.concatenate([np.arange(scale), movers])
    return server, np.concatenate([born, moved]), np.concatenate([gone, later])


def _places(owner: Ints, organisations: Sequence[Organisation], rng: np.random.Generator) -> Ints:
    chance = rng.random(len(owner))
    has_network = np.array([org.network is not None for org in organisations])[owner] & (owner >= 0)
    place = np.where(chance < _HOSTED_ONLY / (1 - _OWNED), HOSTED, ACCESS)
    place = np.where(owner >= 0, np.where(chance < 0.6, HOSTED, ACCESS), place)
    at_home = np.where(chance < 0.8, OWN, np.where(chance < 0.92, HOSTED, ACCESS))
    return np.where(has_network, at_home, place).astype(np.int64)


def _operators(place: Ints, organisations: Sequence[Organisation], rng: np.random.Generator) -> Ints:
    providers = [index for index, org in enumerate(organisations) if org.provider]
    return np.where(place == HOSTED, rng.choice(providers, len(place)), -1).astype(np.int64)


def _addresses(
    place: Ints, owner: Ints, operator: Ints, organisations: Sequence[Organisation], rng: np.random.Generator
) -> tuple[list[str], Bools, Ints]:
    """An address of its own for every service; whoever finds no room at home stands on an access line."""
    address: list[str] = [""] * len(place)
    place = place.copy()
    sixth = rng.random(len(place)) < 0.05
    landlord = np.where(place == OWN, owner, operator)
    for number, org in enumerate(organisations):
        mine = np.flatnonzero((landlord == number) & (place != ACCESS))
        if len(mine):
            homeless = _settle(mine, sixth, org, address, rng)
            place[homeless] = ACCESS
    rest = np.flatnonzero(place == ACCESS)
    free = rng.permutation(np.array(free_slots(organisations), np.int64))
    fourth = rest[~sixth[rest]][: len(free)]
    for index, slot in zip(fourth.tolist(), free.tolist(), strict=False):
        address[index] = str(IPv4Address(slot))
    base = int(IPv6Address("2001:db8:f000::"))
    for count, index in enumerate(np.setdiff1d(rest, fourth).tolist()):
        address[index] = str(IPv6Address(base + (count << 64) + 0x19))
    return address, np.array([":" in text for text in address]), place


def _settle(mine: Ints, sixth: Bools, org: Organisation, address: list[str], rng: np.random.Generator) -> list[int]:
    """Gives the services ``mine`` addresses of ``org``; those for which there is no room."""
    slots = [str(IPv4Address(int(slot))) for slot in rng.permutation(np.array(org.slots, np.int64))]
    if org.id.endswith("50") and slots:
        slots.remove(str(IPv4Address(org.slots[0])))
        slots.append(str(IPv4Address(org.slots[0])))
    base = int(IPv6Address(org.network6.split("/")[0])) if org.network6 and org.registers6 else None
    homeless = []
    for count, index in enumerate(mine.tolist()):
        if slots and not (base is not None and sixth[index]):
            address[index] = slots.pop()
        elif base is not None:
            address[index] = str(IPv6Address(base + (count << 64) + 0x19))
        else:
            homeless.append(index)
    return homeless


def _networks(
    place: Ints, owner: Ints, operator: Ints, by_as: Bools, asns: Ints, rng: np.random.Generator
) -> tuple[list[str], Ints]:
    """Country and AS number: abroad only on access lines, and hardly ever for a registered organisation."""
    chance = rng.random(len(place))
    abroad = (place == ACCESS) & ~by_as & (chance < np.where(owner >= 0, 0.03, 0.22))
    where = rng.integers(0, len(_ABROAD), len(place))
    country = np.where(abroad, np.array(_ABROAD)[where], "GB").tolist()
    asn = rng.choice(_ACCESS_ASNS, len(place))
    asn = np.where(abroad, np.array(_ABROAD_ASNS)[where], asn)
    asn = np.where(place == HOSTED, asns[operator], asn)
    own_as = ((place == OWN) | by_as) & (asns[owner] > 0)
    return country, np.where(own_as, asns[owner], asn).astype(np.int64)


def _name_kinds(place: Ints, owner: Ints, rng: np.random.Generator) -> Ints:
    chance = rng.random(len(place))
    kinds = np.zeros(len(place), np.int64)
    for which, shares in (
        (place == OWN, _NAMES_OWN),
        ((place != OWN) & (owner >= 0), _NAMES_OWNED_ELSEWHERE),
        ((place == HOSTED) & (owner < 0), _NAMES_HOSTED),
        ((place == ACCESS) & (owner < 0), _NAMES_ACCESS),
    ):
        edges = np.cumsum(shares)[:-1]
        kinds[which] = np.searchsorted(edges, chance[which], side="right")
    return kinds


def _names(
    kinds: Ints,
    owner: Ints,
    operator: Ints,
    server: Ints,
    address: Sequence[str],
    organisations: Sequence[Organisation],
    rng: np.random.Generator,
) -> tuple[list[str | None], Ints]:
    """The name each service shows and where that name would be found."""
    hosts = ("mail", "owa", "webmail", "exchange", "autodiscover")
    domains = [org.host_domain for org in organisations]
    others = rng.integers(0, len(domains), len(kinds))
    others = np.where(others == owner, (others + 1) % len(domains), others)
    names: list[str | None] = []
    for index, kind in enumerate(kinds.tolist()):
        host = hosts[server[index] % len(hosts)]
        if kind in (_OWNER_CERT, _OWNER_PTR):
            mine = owner[index]
            domain = domains[mine] if mine >= 0 else f"customer-{server[index]:06d}.example"
            names.append(f"{host}{server[index] % 7 or ''}.{domain}")
        elif kind in (_OTHER_CERT, _OTHER_PTR):
            names.append(f"{host}.{domains[others[index]]}")
        elif kind == _GENERIC:
            landlord = domains[operator[index]] if operator[index] >= 0 else f"access-{others[index] % 9}.example"
            names.append(f"host-{address[index].replace('.', '-').replace(':', '-')}.{landlord}")
        else:
            names.append(None)
    certificate = np.isin(kinds, (_OWNER_CERT, _OTHER_CERT))
    return names, np.where(certificate, CERTIFICATE, np.where(kinds == _NO_NAME, NAMELESS, REVERSE)).astype(np.int64)
