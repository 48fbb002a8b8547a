"""One case as values: what it is about, which builds hold which fixes, and how its evidence reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tocsin.cases.versions import Parts, Scheme
from tocsin.labels import Label


class Method(StrEnum):
    """How a feed's tag came about."""

    VERSION_CHECK = "version_check"
    ACTIVE_CHECK = "active_check"
    ACTIVE_CHECK_NEGATIVE = "active_check_negative"
    TRACE = "trace"
    CLEANED = "cleaned"


class Compromise(StrEnum):
    """What the evidence says of a break-in; kept apart from the status."""

    NONE_KNOWN = "none_known"
    POSSIBLE = "possible"
    CONFIRMED = "confirmed"
    CLEANED = "cleaned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cve:
    """A flaw of the case and the products that it concerns."""

    id: str
    name: str
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """``series`` are the leading parts that only this product's builds have; empty when any may be its own."""

    name: str
    scheme: Scheme
    series: tuple[Parts, ...]
    named_by: tuple[re.Pattern[str], ...]
    newer_branches_fixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One released build; ``contains`` lists each CVE whose fix is in it.

    ``released_from`` and ``released_to`` bound the day of release. ``disputed`` says who disagrees about the
    CVEs in ``contains``; empty when nobody does. ``first_for`` are the CVEs for which the vendor states that every
    older build of the branch, listed or not, lacks the fix.
    """

    parts: Parts
    text: str
    released_from: date
    released_to: date
    name: str
    kb: str
    contains: frozenset[str]
    disputed: str
    first_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Builds that one line of updates leads through, oldest first; ``no_fix_for`` will never be fixed in it."""

    product: str
    id: str
    name: str
    prefix: Parts
    builds: tuple[Build, ...]
    no_fix_for: frozenset[str]

    def __str__(self) -> str:
        return f"{self.id} ({self.name})" if self.name and self.name != self.id else self.id

    def first_with(self, cve: str) -> Build | None:
        """The oldest build that contains the fix beyond dispute."""
        return next((build for build in self.builds if cve in build.contains and not build.disputed), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A dated moment of the case: ``disclosure``, ``patch``, ``exploit`` or ``end``."""

    kind: str
    on: date
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A public document that the pack rests on."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerns:
    """Which observations are of the case: by source, by product text, or by tag (globs and patterns).

    ``named_in`` lists the fields in which a product's ``named_by`` patterns are looked for.
    """

    sources: tuple[str, ...]
    products: tuple[re.Pattern[str], ...]
    tags: tuple[str, ...]
    named_in: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Where a build stands in an observation: the group ``build`` of ``pattern``, or all of the field."""

    sources: tuple[str, ...]
    field: str
    pattern: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a tag is evidence of. ``since`` and ``until`` are days, both included; ``cves`` empty for compromise."""

    method: Method
    tags: tuple[str, ...]
    sources: tuple[str, ...]
    cves: tuple[str, ...]
    level: Compromise | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One mass-exploitation event, read from its pack.

    ``version`` is the start of the digest of the pack's files: whatever was judged by another is stale.
    """

    id: str
    title: str
    label: Label
    summary: str
    notes: tuple[str, ...]
    cves: tuple[Cve, ...]
    deciding: tuple[str, ...]
    products: tuple[Product, ...]
    schemes: tuple[Scheme, ...]
    timeline: tuple[Event, ...]
    references: tuple[Reference, ...]
    concerns: Concerns
    readings: tuple[Reading, ...]
    evidence: tuple[Rule, ...]
    branches: tuple[Branch, ...]
    version: str
    _products: dict[str, Product] = field(init=False, repr=False, compare=False)
    _branches: dict[str, tuple[Branch, ...]] = field(init=False, repr=False, compare=False)
    _prefixes: dict[Parts, tuple[Branch, ...]] = field(init=False, repr=False, compare=False)
    _longest: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_products", {product.name: product for product in self.products})
        grouped = {p.name: tuple(b for b in self.branches if b.product == p.name) for p in self.products}
        object.__setattr__(self, "_branches", grouped)
        prefixes = {branch.prefix for branch in self.branches}
        by_prefix = {prefix: tuple(b for b in self.branches if b.prefix == prefix) for prefix in prefixes}
        object.__setattr__(self, "_prefixes", by_prefix)
        object.__setattr__(self, "_longest", max(map(len, prefixes), default=0))

    def product(self, name: str) -> Product:
        """The product of that name. Raises ``KeyError`` when the case has none."""
        return self._products[name]

    def branches_of(self, product: str) -> tuple[Branch, ...]:
        """The product's branches in the order of the pack; empty when the pack lists none."""
        return self._branches[product]

    def branches_with(self, parts: Parts) -> tuple[Branch, ...]:
        """The branches that may hold a build beginning with ``parts``, those with the shorter prefix first."""
        shorter = [b for length in range(1, len(parts) + 1) for b in self._prefixes.get(parts[:length], ())]
        if len(parts) >= self._longest:
            return tuple(shorter)
        longer = (b for b in self.branches if len(b.prefix) > len(parts) and b.prefix[: len(parts)] == parts)
        return (*shorter, *longer)
