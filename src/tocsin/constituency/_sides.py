"""The three ways to a claim: by address, by name and by AS number, each for a whole column at once.

Every side gives a service a *code*: 0 where nobody claims it, else the set of claims that cover it. A code's claims
stand in ``slots`` and their arrangement in ``shape``, so that codes of one shape can be dealt with together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tocsin.constituency.addresses import parse_addresses
from tocsin.constituency.claims import Claim, Side
from tocsin.constituency.constituent import Constituent, Holding
from tocsin.constituency.domains import DomainTable
from tocsin.constituency.flat import Bools, Integers
from tocsin.constituency.ranges import NOTHING, RangeTable, flatten

COMPLEX = -1
"""The shape of a code with many claims, or with claimants that belong to one another."""

SLOTS = 3
"""Claims of one side that a shape can arrange."""

Levels = list[list[int]]
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStore:
    """Every holding of a constituency by number, with its owner's number."""

    ids: tuple[str, ...]
    holdings: tuple[Holding, ...]
    owners: Integers
    provider: Bools
    has_kin: Bools  # its owner has a parent or is one
    parents: Mapping[str, str | None]

    @classmethod
    def of(cls, constituents: Iterable[Constituent]) -> ClaimStore:
        """The store of all holdings of ``constituents``."""
        everyone = tuple(constituents)
        parents = {each.id: each.parent for each in everyone}
        above = set(parents.values())
        owners = np.repeat(np.arange(len(everyone)), [len(each.holdings) for each in everyone])
        kin = np.array([each.parent is not None or each.id in above for each in everyone], dtype=np.bool_)
        holdings = tuple(holding for each in everyone for holding in each.holdings)
        return cls(
            ids=tuple(parents),
            holdings=holdings,
            owners=owners.astype(np.int64),
            provider=np.array([holding.provider for holding in holdings], dtype=np.bool_),
            has_kin=kin[owners] if len(everyone) else np.zeros(0, dtype=np.bool_),
            parents=parents,
        )

    def numbers(self, *kinds: str) -> list[int]:
        """The numbers of the holdings of these kinds."""
        return [number for number, holding in enumerate(self.holdings) if holding.kind in kinds]

    def claim(self, number: int, name_from: str | None) -> Claim:
        """The holding as a claim."""
        return Claim.of(self.ids[self.owners[number]], self.holdings[number], name_from)


class Codes:
    """What each code of one side stands for."""

    def __init__(self, store: ClaimStore, levels: Sequence[Levels]) -> None:
        """``levels[code]`` are numbers of claims in groups of equal weight, the most specific group first."""
        self.size = len(levels)
        self.slots = np.full((self.size, SLOTS), NOTHING, dtype=np.int64)
        self.shape = np.zeros(self.size, dtype=np.int64)
        self._store = store
        self._levels = levels
        single = [code for code, found in enumerate(levels) if len(found) == 1 and len(found[0]) == 1]
        numbers = np.array([levels[code][0][0] for code in single], dtype=np.int64)
        self.slots[single, 0] = numbers
        self.shape[single] = np.where(store.has_kin[numbers], COMPLEX, _shape(1, 1, 0, 0))
        run = store.provider[numbers] & ~store.has_kin[numbers]
        self.shape[np.array(single, dtype=np.int64)[run]] = _shape(0, 0, 1, 1)
        provider, has_kin = store.provider.tolist(), store.has_kin.tolist()
        for code, found in enumerate(levels):
            if found and not (len(found) == 1 and len(found[0]) == 1):
                self._arrange(code, provider, has_kin)

    def side(self, code: int, name_from: str | None = None) -> Side:
        """The code's claims. Those of ``slots``, in the same order, are its own and then its provider claims."""
        claim = self._store.claim
        return Side.of_levels([claim(number, name_from) for number in level] for level in self._levels[code])

    def _arrange(self, code: int, provider: Sequence[bool], has_kin: Sequence[bool]) -> None:
        own = [part for level in self._levels[code] if (part := [each for each in level if not provider[each]])]
        run = [part for level in self._levels[code] if (part := [each for each in level if provider[each]])]
        numbers = [each for part in own + run for each in part]
        if len(numbers) > SLOTS or any(has_kin[each] for each in numbers):
            self.shape[code] = COMPLEX
            return
        self.slots[code, : len(numbers)] = numbers
        tops = (len(own[0]) if own else 0, len(run[0]) if run else 0)
        own_size = sum(map(len, own))
        self.shape[code] = _shape(own_size, tops[0], len(numbers) - own_size, tops[1])


class AddressSide(Codes):
    """Networks and addresses: a code stands for a set of spans that cover an address."""

    def __init__(self, store: ClaimStore) -> None:
        numbers = store.numbers("address", "network")
        held: dict[_Span, list[int]] = defaultdict(list)
        for span, number in zip(_spans([store.holdings[number].value for number in numbers]), numbers, strict=True):
            held[span].append(number)
        spans = list(held)
        pieces = flatten(spans)
        covers: dict[tuple[int, ...], int] = {(): 0}
        codes = [covers.setdefault(piece.cover, len(covers)) for piece in pieces]
        self._table = RangeTable.of_pieces([piece.start for piece in pieces], codes)
        super().__init__(store, [[held[spans[place]] for place in cover] for cover in covers])

    def codes(self, ip_hi: Integers, ip_lo: Integers) -> Integers:
        return np.maximum(self._table.lookup(ip_hi, ip_lo), 0)


class NameSide(Codes):
    """Domains: a code stands for the longest registered domain in which a name lies."""

    def __init__(self, store: ClaimStore) -> None:
        held: dict[str, list[int]] = defaultdict(list)
        for number in store.numbers("domain"):
            held[store.holdings[number].value].append(number)
        self._table = DomainTable(list(held))
        super().__init__(store, [[], *([held[each] for each in _suffixes(domain) if each in held] for domain in held)])

    def codes(self, names: pa.Array | pa.ChunkedArray) -> Integers:
        return self._table.lookup(names) + 1


class AsnSide(Codes):
    """AS numbers: a code stands for one registered number."""

    def __init__(self, store: ClaimStore) -> None:
        held: dict[int, list[int]] = defaultdict(list)
        for number in store.numbers("asn"):
            held[int(store.holdings[number].value)].append(number)
        self._numbers = np.array(sorted(held), dtype=np.int64)
        super().__init__(store, [[], *([held[asn]] for asn in sorted(held))])

    def codes(self, asn: Integers) -> Integers:
        if len(self._numbers) == 0:
            return np.zeros(len(asn), dtype=np.int64)
        place = np.minimum(np.searchsorted(self._numbers, asn), len(self._numbers) - 1)
        return np.where(self._numbers[place] == asn, place + 1, 0)


def _shape(own: int, top_own: int, provider: int, top_provider: int) -> int:
    """One number for how many claims there are of each sort, and how many of them weigh most. Nothing is 0."""
    base = SLOTS + 1
    return ((own * base + top_own) * base + provider) * base + top_provider


SHAPES = (SLOTS + 1) ** 4


def _suffixes(domain: str) -> Iterable[str]:
    """The domain and every domain above it, the longest first."""
    while domain:
        yield domain
        domain = domain.partition(".")[2]


def _spans(values: Sequence[str]) -> list[_Span]:
    """First and last address of canonical networks and addresses, as 128 bits."""
    parts = [value.partition("/") for value in values]
    parsed = parse_addresses(pa.array([name for name, _, _ in parts], pa.string()))
    if not parsed.ok.all():
        raise ValueError("a holding is no canonical network or address")
    spans = []
    highs, lows = parsed.ip_hi.view(np.uint64).tolist(), parsed.ip_lo.view(np.uint64).tolist()
    for (name, _, length), high, low in zip(parts, highs, lows, strict=True):
        first = high << 64 | low
        width = (128 if ":" in name else 32) - int(length) if length else 0
        spans.append((first, first | ((1 << width) - 1)))
    return spans
