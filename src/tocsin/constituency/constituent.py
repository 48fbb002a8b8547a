"""Whom we serve: constituents and what they answer for, as a registry states it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.provenance import Pointer

KINDS = ("organisation", "person")
HOLDING_KINDS = ("address", "network", "domain", "asn")
HOLDING_WORDS = {"address": "address", "network": "network", "domain": "domain", "asn": "AS number"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A network, domain, AS number or address that a constituent answers for.

    ``value`` is canonical text: ``203.0.113.0/24``, ``2001:db8::1``, an A-label domain, ``64500``. A ``provider``
    holding is run for others: it names the operator, not the owner of what stands there.
    """

    kind: str
    value: str
    provider: bool
    pointer: Pointer

    def __str__(self) -> str:
        return f"{'provider ' if self.provider else ''}{HOLDING_WORDS[self.kind]} {self.value} ({self.pointer})"

    def as_json(self) -> dict[str, object]:
        return {"kind": self.kind, "value": self.value, "provider": self.provider, "registered_in": str(self.pointer)}


def holding_texts(
    kinds: pa.StringArray, values: pa.StringArray, provider: Sequence[bool], files: pa.StringArray, lines: pa.Array
) -> pa.StringArray:
    """``str`` of holdings given by the column, all at once. Every one must have a line."""
    words = pa.array([f"{sort}{HOLDING_WORDS[kind]} " for sort in ("", "provider ") for kind in HOLDING_KINDS])
    places = pc.index_in(kinds, pa.array(HOLDING_KINDS)).to_numpy(zero_copy_only=False)
    places = places + len(HOLDING_KINDS) * np.asarray(provider, dtype=np.int64)
    return pc.binary_join_element_wise(
        words.take(pa.array(places, pa.int64())), values, " (", files, ":", lines.cast(pa.string()), ")", ""
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Constituent:
    """An organisation or person we serve; ``country`` and ``sector`` are empty when the registry does not say.

    ``registry`` is the source that speaks for it, ``parent`` the id of the constituent that it belongs to.
    """

    id: str
    name: str
    kind: str
    country: str
    sector: str
    public_body: bool
    parent: str | None
    contacts: tuple[str, ...]
    holdings: tuple[Holding, ...]
    registry: str

    def values(self, kind: str) -> tuple[str, ...]:
        """The values of its holdings of one kind, those as provider marked so, in the registry's order."""
        return tuple(
            f"{each.value} (provider)" if each.provider else each.value for each in self.holdings if each.kind == kind
        )

    def fields(self) -> dict[str, object]:
        """Everything the registry says of it, without where it was said; what a change is measured by."""
        return {
            "name": self.name,
            "kind": self.kind,
            "country": self.country,
            "sector": self.sector,
            "public_body": self.public_body,
            "parent": self.parent,
            "contacts": self.contacts,
            "domains": self.values("domain"),
            "networks": self.values("network"),
            "addresses": self.values("address"),
            "asns": self.values("asn"),
            "source": self.registry,
        }

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "country": self.country or None,
            "sector": self.sector or None,
            "public_body": self.public_body,
            "parent": self.parent,
            "contacts": list(self.contacts),
            "holdings": [each.as_json() for each in self.holdings],
            "source": self.registry,
        }


def content_hash(constituents: Iterable[Constituent]) -> str:
    """sha256 of all that is known of the constituents, whatever their order."""
    digest = hashlib.sha256()
    for each in sorted(constituents, key=lambda constituent: constituent.id):
        digest.update(json.dumps(each.as_json(), ensure_ascii=False, sort_keys=True).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def version_text(number: int, content_sha256: str) -> str:
    """How a version of the constituency is written where it is stamped: ``7-3f9a0c12be55``."""
    return f"{number}-{content_sha256[:12]}"
