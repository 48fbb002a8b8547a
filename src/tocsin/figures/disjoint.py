"""Which figures have nobody in common, and what their sum is called."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tocsin.figures.comparable import Difference, part
from tocsin.figures.figure import Figure
from tocsin.figures.parts import Passage, Query
from tocsin.figures.words import JOINED

# Which kinds of group hold each of a unit once. A service of disputed ownership is in two sectors; an organisation may
# have services in two countries, and its seat in one; an address may have two services of two branches or states.
PARTITIONS = {
    "services": frozenset(("country", "asn", "branch", "status", "compromise")),
    "addresses": frozenset(("country", "asn")),
    "organisations": frozenset(("sector", "public-body", "seat", "channel")),
    "public bodies": frozenset(("sector", "public-body", "seat", "channel")),
    "persons": frozenset(("sector", "public-body", "seat", "channel")),
}
# What stands in one place only.
PLACED = frozenset(("services", "addresses"))
# Codes that ISO 3166-1 reserves for what has a code already, in whole or in part (GB and UK, FR and EU).
_NO_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ FX IC SU TA UK UN".split())
_COUNTRIES = re.compile(r"[A-Z]{2}( and [A-Z]{2})*")


def overlap(left: Figure, right: Figure) -> tuple[Difference, ...]:
    """The parts that do not keep the two apart: place, group or both; empty where nobody can be in both."""
    if left.place == right.place and _groups_are_apart(left, right):
        return ()
    if left.group == right.group and _places_are_apart(left, right):
        return ()
    names = [name for name in ("place", "group") if part(left, name) != part(right, name)]
    return tuple(Difference(name=name, left=part(left, name), right=part(right, name)) for name in names or ("group",))


def joined_texts(texts: Iterable[str], sign: str) -> str:
    """Every text once, in order, so that neither order nor brackets of a sum change what it is called."""
    return sign.join(sorted({each for text in texts for each in text.split(sign)}))


def joined_place(left: str, right: str) -> str:
    """``FR and GB``."""
    return left if left == right else joined_texts((left, right), " and ")


def joined_group(left: str | None, right: str | None) -> str | None:
    """``sector=food | health``."""
    if left is None or right is None or left == right:
        return left
    kind, _, one = left.partition("=")
    return f"{kind}={joined_texts((one, right.partition('=')[2]), JOINED)}"


def joined_source(left: Query | Passage, right: Query | Passage) -> Query | Passage:
    """The source of both; where they differ, every command, document and version that it took."""
    if left == right:
        return left
    one, other = _as_query(left), _as_query(right)
    versions = tuple(sorted({*one.versions, *other.versions}))
    return Query(command=joined_texts((one.command, other.command), "; "), versions=versions)


def _as_query(source: Query | Passage) -> Query:
    if isinstance(source, Query):
        return source
    return Query(command=f"# document {source.document} from {source.begins} to {source.ends}")


def _groups_are_apart(left: Figure, right: Figure) -> bool:
    if left.group is None or right.group is None:
        return False
    (kind, _, one), (other_kind, _, other) = left.group.partition("="), right.group.partition("=")
    return (
        kind == other_kind
        and kind in PARTITIONS.get(left.unit, frozenset())
        and not set(one.split(JOINED)) & set(other.split(JOINED))
    )


def _places_are_apart(left: Figure, right: Figure) -> bool:
    one, other = _countries(left.place), _countries(right.place)
    return left.unit in PLACED and bool(one) and bool(other) and not one & other


def _countries(place: str) -> set[str]:
    """The countries by code; none where the place is anything else."""
    codes = set(place.split(" and ")) if _COUNTRIES.fullmatch(place) else set()
    return set() if codes & _NO_COUNTRIES else codes
