"""Made-up UK organisations: names, sectors, networks inside networks, providers; and their registry as a CSV file.

Addresses lie in the benchmarking and documentation ranges (RFC 2544, RFC 5737, RFC 3849), AS numbers in those set
aside for documentation (RFC 5398), domains below ``.example`` (RFC 2606).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv4Network

import numpy as np

POOL = IPv4Network("198.18.0.0/15")
_COLUMNS = (
    "id,name,country,sector,public_body,domains,networks,asns,contacts,kind,addresses,parent,source,provider".split(",")
)
_SECTORS = (
    # sector, what the name says, public body, share
    ("local government", "Council", True, 0.050),
    ("central government", "Agency", True, 0.014),
    ("health", "Hospital Trust", True, 0.024),
    ("emergency services", "Fire Service", True, 0.010),
    ("education", "College", True, 0.027),
    ("education", "School Group", False, 0.060),
    ("health", "Clinic", False, 0.040),
    ("manufacturing", "Works", False, 0.155),
    ("retail", "Stores", False, 0.110),
    ("professional services", "Partners", False, 0.130),
    ("finance", "Mutual", False, 0.065),
    ("construction", "Builders", False, 0.095),
    ("charity", "Charity", False, 0.070),
    ("logistics", "Haulage", False, 0.065),
    ("energy", "Power", False, 0.025),
    ("media", "Press", False, 0.060),
)
_ORG_ASNS = tuple(range(65536, 65546))
_PROVIDER_ASNS = tuple(range(64496, 64504))


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A registered organisation; ``slots`` are the IPv4 addresses on which its servers may stand."""

    id: str
    name: str
    sector: str
    public_body: bool
    domain: str  # as written in the registry; the wire has A-labels
    network: IPv4Network | None = None
    slots: range = range(0)
    network6: str | None = None
    registers6: bool = False
    asn: int | None = None
    parent: str | None = None
    provider: bool = False

    @property
    def host_domain(self) -> str:
        """The domain in A-labels. Source: RFC 5890."""
        return self.domain.encode("idna").decode("ascii")


def make_organisations(count: int, rng: np.random.Generator) -> tuple[Organisation, ...]:
    """``count`` organisations, then their providers; the networks are nested but never equal."""
    edges = np.cumsum(_normal([row[3] for row in _SECTORS]))[:-1]
    sectors = rng.permutation(np.searchsorted(edges, (np.arange(count) + 0.5) / count))
    organisations = [_named(number, _SECTORS[sector]) for number, sector in enumerate(sectors.tolist())]
    land = _Land(max(2, count // 375))
    sizes = rng.random(count)
    for number, size in enumerate(sizes.tolist()):
        prefix = 24 if size < 0.02 else 26 if size < 0.10 else None
        if prefix:
            organisations[number] = _settled(organisations[number], land.block(prefix), shared=True)
    hosts = [org for org in organisations if org.network]
    children = rng.permutation(np.flatnonzero((sizes >= 0.10) & (sizes < 0.75))).tolist()
    for place, number in enumerate(children):
        organisations[number] = _small(organisations[number], place, len(children), hosts, land)
    for number, asn in zip(np.flatnonzero(sizes < 0.02).tolist(), _ORG_ASNS, strict=False):
        organisations[number] = replace(organisations[number], asn=asn)
    sixth = rng.random(count) < 0.25
    return tuple(
        replace(org, network6=f"2001:db8:{number + 1:x}::/48", registers6=bool(sixth[number]))
        for number, org in enumerate(organisations)
    ) + tuple(land.providers())


def free_slots(organisations: Sequence[Organisation]) -> range:
    """The IPv4 addresses of the pool behind the last registered network: access lines and foreign countries."""
    end = max((int(org.network.broadcast_address) for org in organisations if org.network), default=int(POOL[0]))
    return range(end + 257 - (end + 1) % 256, int(POOL.broadcast_address))


def registry_csv(organisations: Sequence[Organisation]) -> bytes:
    """The registry as ``tocsin constituency import`` reads it, with two rows that cannot be right at its end."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(org) for org in organisations)
    broken = _row(organisations[0]) | {"parent": "", "addresses": ""}
    writer.writerow(broken | {"id": "broken-1", "networks": "198.18.0.77/24", "domains": "broken-1.example"})
    writer.writerow(broken | {"id": "", "networks": "", "domains": "broken-2.example"})
    return out.getvalue().encode()


class _Land:
    """Hands out IPv4 networks from the pool: large holders first, then providers, then small holders."""

    def __init__(self, providers: int) -> None:
        self._next = int(POOL.network_address) + 256
        self._providers = [
            _settled(_provider(number), self.block(20 if providers >= 8 else 22), shared=True)
            for number in range(providers)
        ]
        self._carved: dict[str, int] = {}

    def block(self, prefix: int) -> IPv4Network:
        size = 1 << (32 - prefix)
        start = -(-self._next // size) * size
        self._next = start + size
        return IPv4Network((start, prefix))

    def carve(self, host: Organisation) -> IPv4Network | None:
        """The next /28 out of the upper half of the network of ``host``; ``None`` when it is full."""
        if host.network is None:
            return None
        used = self._carved.get(host.id, 0)
        start = int(host.network.network_address) + host.network.num_addresses // 2 + 16 * used
        if start + 16 > int(host.network.broadcast_address):
            return None
        self._carved[host.id] = used + 1
        return IPv4Network((start, 28))

    def providers(self) -> list[Organisation]:
        return self._providers


def _named(number: int, sector: tuple[str, str, bool, float]) -> Organisation:
    kind = sector[1]
    slug = kind.lower().replace(" ", "-")
    domain = f"bücher-{number:04d}.example" if number % 250 == 7 else f"{slug}-{number:04d}.example"
    return Organisation(
        id=f"org-{number:04d}",
        name=f"Example {kind} {number:04d}",
        sector=sector[0],
        public_body=sector[2],
        domain=domain,
    )


def _provider(number: int) -> Organisation:
    return Organisation(
        id=f"provider-{number:02d}",
        name=f"Example Hosting {number:02d}",
        sector="hosting",
        public_body=False,
        domain=f"hosting-{number:02d}.example",
        network6=f"2001:db8:e{number:03x}::/48",
        registers6=True,
        asn=_PROVIDER_ASNS[number % len(_PROVIDER_ASNS)],
        provider=True,
    )


def _settled(org: Organisation, network: IPv4Network, *, shared: bool) -> Organisation:
    """``org`` with its network; a shared one keeps its upper half for the networks inside it."""
    first = int(network.network_address) + 1
    size = network.num_addresses // 2 if shared else network.num_addresses
    return replace(org, network=network, slots=range(first, first + size - 2))


def _small(org: Organisation, place: int, total: int, hosts: Sequence[Organisation], land: _Land) -> Organisation:
    """A /28: the first tenth inside a provider's network, the next seventh inside another's, the rest for itself."""
    share = place / total
    if share < 0.10:
        host = land.providers()[place % len(land.providers())]
    elif share < 0.25 and hosts:
        host = hosts[place % len(hosts)]
    else:
        return _settled(org, land.block(28), shared=False)
    network = land.carve(host) or land.block(28)
    is_child = not host.provider and place % 2 == 0
    return replace(_settled(org, network, shared=False), parent=host.id if is_child else None)


def _row(org: Organisation) -> dict[str, str]:
    networks = [str(org.network)] if org.network else []
    if org.registers6 and org.network6:
        networks.append(org.network6)
    # Every hundredth organisation also names its first server's address, as registries do.
    addresses = str(IPv4Address(org.slots[0])) if org.slots and org.id.endswith("50") else ""
    return {
        "id": org.id,
        "name": org.name,
        "country": "GB",
        "sector": org.sector,
        "public_body": "yes" if org.public_body else "no",
        "domains": org.domain,
        "networks": ";".join(networks),
        "asns": str(org.asn or ""),
        "contacts": f"security@{org.host_domain}",
        "kind": "organisation",
        "addresses": addresses,
        "parent": org.parent or "",
        "source": "made-up-registry",
        "provider": "yes" if org.provider else "no",
    }


def _normal(shares: Sequence[float]) -> list[float]:
    return [share / sum(shares) for share in shares]
