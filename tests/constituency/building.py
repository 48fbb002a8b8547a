"""Builds constituents and addresses for tests from what matters in each."""

from __future__ import annotations

from tocsin.constituency import Constituent, Holding, read_address
from tocsin.constituency.addresses import split_bits
from tocsin.provenance import Pointer

HEADER = "id,name,country,sector,public_body,domains,networks,asns,contacts"
KINDS = {"networks": "network", "addresses": "address", "domains": "domain", "asns": "asn"}


def constituent(
    id_: str, *, line: int = 2, provider: bool = False, parent: str | None = None, name: str = "", **held: str
) -> Constituent:
    """A constituent with ``networks``, ``addresses``, ``domains``, ``asns``, several separated by a space."""
    holdings = tuple(
        Holding(
            kind=KINDS[kind],
            value=value,
            provider=provider and kind != "domains",
            pointer=Pointer(source="registry.csv", line=line),
        )
        for kind, values in held.items()
        for value in values.split()
    )
    return Constituent(
        id=id_,
        name=name or f"Example {id_}",
        kind="organisation",
        country="GB",
        sector="retail",
        public_body=False,
        parent=parent,
        contacts=(),
        holdings=holdings,
        registry="registry",
    )


def halves(address: str) -> tuple[int, int]:
    """``ip_hi`` and ``ip_lo`` of an address."""
    bits = read_address(address)
    assert bits is not None
    return split_bits(bits)
