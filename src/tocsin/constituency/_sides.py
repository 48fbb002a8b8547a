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
import pyarrow.compute as pc

from tocsin.constituency.claims import Claim, Side
from tocsin.constituency.constituent import Holding, holding_texts
from tocsin.constituency.domains import DomainTable
from tocsin.constituency.flat import Bools, Integers
from tocsin.constituency.ranges import NOTHING, RangeTable, flatten, read_spans
from tocsin.provenance import Pointer

COMPLEX = -1
"""The shape of a code with many claims, or with claimants that belong to one another."""

SLOTS = 3
"""Claims of one side that a shape can arrange."""

Levels = list[list[int]]
HolderRow = tuple[str, str | None, Iterable[tuple[str, str, bool, str, int | None]]]
"""A constituent's id, its parent, and kind, value, provider, file and line of each of its holdings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStore:
    """Every holding of a constituency by number, in columns, with its owner's number."""

    ids: tuple[str, ...]
    kinds: pa.StringArray
    values: pa.StringArray
    files: pa.StringArray
    lines: pa.Int64Array
    owners: Integers
    provider: Bools
    has_kin: Bools  # its owner has a parent or is one
    parents: Mapping[str, str | None]

    @classmethod
    def of(cls, rows: Iterable[HolderRow]) -> ClaimStore:
        """The store of all holdings of these constituents."""
        parents = dict[str, str | None]()
        counts = list[int]()
        kinds, values, provider, files, lines = list[str](), list[str](), list[bool](), list[str](), list[int | None]()
        for id_, parent, holdings in rows:
            parents[id_] = parent
            before = len(kinds)
            for kind, value, is_provider, file, line in holdings:
                kinds.append(kind)
                values.append(value)
                provider.append(is_provider)
                files.append(file)
                lines.append(line)
            counts.append(len(kinds) - before)
        above = set(parents.values())
        kin = np.array([parent is not None or id_ in above for id_, parent in parents.items()], dtype=np.bool_)
        owners = np.repeat(np.arange(len(counts), dtype=np.int64), np.array(counts, dtype=np.int64))
        return cls(
            ids=tuple(parents),
            kinds=pa.array(kinds, pa.string()),
            values=pa.array(values, pa.string()),
            files=pa.array(files, pa.string()),
            lines=pa.array(lines, pa.int64()),
            owners=owners,
            provider=np.array(provider, dtype=np.bool_),
            has_kin=kin[owners],
            parents=parents,
        )

    def numbers(self, *kinds: str) -> Integers:
        """The numbers of the holdings of these kinds."""
        wanted = pc.is_in(self.kinds, pa.array(kinds, pa.string()))
        return np.flatnonzero(wanted.to_numpy(zero_copy_only=False)).astype(np.int64)

    def values_of(self, numbers: Integers) -> pa.StringArray:
        """The values of these holdings."""
        return self.values.take(pa.array(numbers))

    def holding(self, number: int) -> Holding:
        """The holding of that number."""
        return Holding(
            kind=self.kinds[number].as_py(),
            value=self.values[number].as_py(),
            provider=bool(self.provider[number]),
            pointer=Pointer(source=self.files[number].as_py(), line=self.lines[number].as_py()),
        )

    def claim(self, number: int, name_from: str | None) -> Claim:
        """The holding as a claim."""
        return Claim.of(self.ids[self.owners[number]], self.holding(number), name_from)

    def texts(self) -> pa.StringArray:
        """How each holding is told."""
        return holding_texts(self.kinds, self.values, self.provider.tolist(), self.files, self.lines)


class Codes:
    """What each code of one side stands for: 0 for nobody, then each of ``alone``, then each of ``several``."""

    def __init__(self, store: ClaimStore, alone: Integers, several: Sequence[Levels]) -> None:
        """``alone`` are claims by number, of which each is all that its code has.

        Each of ``several`` has claims in groups of equal weight, the most specific group first.
        """
        self.size = 1 + len(alone) + len(several)
        self.slots = np.full((self.size, SLOTS), NOTHING, dtype=np.int64)
        self.shape = np.zeros(self.size, dtype=np.int64)
        self._store = store
        self._alone = alone
        self._several = several
        shape = np.where(store.provider[alone], _shape(0, 0, 1, 1), _shape(1, 1, 0, 0))
        self.slots[1 : len(alone) + 1, 0] = alone
        self.shape[1 : len(alone) + 1] = np.where(store.has_kin[alone], COMPLEX, shape)
        for code, levels in enumerate(several, 1 + len(alone)):
            self._arrange(code, levels)

    def side(self, code: int, name_from: str | None = None) -> Side:
        """The code's claims. Those of ``slots``, in the same order, are its own and then its provider claims."""
        claim = self._store.claim
        return Side.of_levels([claim(number, name_from) for number in level] for level in self._levels(code))

    def _levels(self, code: int) -> Levels:
        if code == 0:
            return []
        place = code - 1 - len(self._alone)
        return self._several[place] if place >= 0 else [[int(self._alone[code - 1])]]

    def _arrange(self, code: int, levels: Levels) -> None:
        provider, has_kin = self._store.provider, self._store.has_kin
        own = [part for level in levels if (part := [each for each in level if not provider[each]])]
        run = [part for level in levels if (part := [each for each in level if provider[each]])]
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
        spans = read_spans(store.values_of(numbers))
        is_alone = spans.apart()
        alone = numbers[is_alone]
        held: dict[tuple[int, int], list[int]] = defaultdict(list)
        rest = np.flatnonzero(~is_alone)
        for span, number in zip(spans.take(rest).pairs(), numbers[rest].tolist(), strict=True):
            held[span].append(number)
        ranges = list(held)
        pieces = flatten(ranges)
        covers: dict[tuple[int, ...], int] = {}
        codes = [1 + len(alone) + covers.setdefault(piece.cover, len(covers)) if piece.cover else 0 for piece in pieces]
        self._table = RangeTable.of_spans(spans.take(np.flatnonzero(is_alone)), pieces, codes)
        super().__init__(store, alone, [[held[ranges[place]] for place in cover] for cover in covers])

    def codes(self, ip_hi: Integers, ip_lo: Integers) -> Integers:
        return np.maximum(self._table.lookup(ip_hi, ip_lo), 0)


class NameSide(Codes):
    """Domains: a code stands for the longest registered domain in which a name lies."""

    def __init__(self, store: ClaimStore) -> None:
        numbers = store.numbers("domain")
        words = store.values_of(numbers).dictionary_encode()
        self._table = DomainTable(words.dictionary.to_pylist())
        above = self._table.lookup(pc.replace_substring_regex(words.dictionary, r"^[^.]*\.?", ""))
        alone, held, self._code = _grouped(numbers, words.indices.to_numpy(zero_copy_only=False), above == NOTHING)

        def chain(place: int) -> Levels:
            levels = list[list[int]]()
            while place != NOTHING:
                levels.append(held.get(place) or [int(alone[self._code[place] - 1])])
                place = int(above[place])
            return levels

        super().__init__(store, alone, [chain(place) for place in held])

    def codes(self, names: pa.Array | pa.ChunkedArray) -> Integers:
        return self._code[self._table.lookup(names)]


class AsnSide(Codes):
    """AS numbers: a code stands for one registered number."""

    def __init__(self, store: ClaimStore) -> None:
        numbers = store.numbers("asn")
        held_asns = store.values_of(numbers).cast(pa.int64()).to_numpy(zero_copy_only=False)
        self._asns, place = np.unique(held_asns, return_inverse=True)
        alone, held, self._code = _grouped(numbers, place, np.ones(len(self._asns), dtype=np.bool_))
        super().__init__(store, alone, [[level] for level in held.values()])

    def codes(self, asn: Integers) -> Integers:
        if len(self._asns) == 0:
            return np.zeros(len(asn), dtype=np.int64)
        place = np.minimum(np.searchsorted(self._asns, asn), len(self._asns) - 1)
        return np.where(self._asns[place] == asn, self._code[place], 0)


def _grouped(numbers: Integers, place: Integers, may_stand: Bools) -> tuple[Integers, dict[int, list[int]], Integers]:
    """Claims by what they claim, which has a ``place``: those alone there, the others by place, and each place's code.

    Only where ``may_stand`` a claim can be alone. The code of ``NOTHING`` (the last) is 0.
    """
    is_alone = may_stand & (np.bincount(place, minlength=len(may_stand)) == 1)
    first = is_alone[place]
    alone = numbers[first]
    held: dict[int, list[int]] = defaultdict(list)
    for at, number in zip(place[~first].tolist(), numbers[~first].tolist(), strict=True):
        held[at].append(number)
    code = np.zeros(len(may_stand) + 1, dtype=np.int64)
    code[place[first]] = np.arange(1, len(alone) + 1)
    code[list(held)] = np.arange(len(alone) + 1, len(alone) + len(held) + 1)
    return alone, dict(held), code


def _shape(own: int, top_own: int, provider: int, top_provider: int) -> int:
    """One number for how many claims there are of each sort, and how many of them weigh most. Nothing is 0."""
    base = SLOTS + 1
    return ((own * base + top_own) * base + provider) * base + top_provider


SHAPES = (SLOTS + 1) ** 4
