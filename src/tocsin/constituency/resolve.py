"""Whose is it: addresses, names and AS numbers of a whole constituency, ready to be asked, one service or a column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.constituency._sides import COMPLEX, SHAPES, SLOTS, AddressSide, AsnSide, ClaimStore, HolderRow, NameSide
from tocsin.constituency.claims import NAME_SOURCES, Answer, decide, name_words
from tocsin.constituency.constituent import Constituent, Holding
from tocsin.constituency.flat import Integers
from tocsin.constituency.names import normalise_name
from tocsin.constituency.ranges import NOTHING

MEMO_LIMIT = 1 << 16
"""Complex answers that are kept; when there are more, the memo starts anew."""

Words4 = tuple[str | None, str, str | None, str]
"""An answer in words: constituent, certainty, holding, considered."""

_REVERSE = len(NAME_SOURCES) - 1
_NAME_SLOTS = range(SLOTS, 2 * SLOTS)
_PAIRS = [(left, right) for right in range(3 * SLOTS) for left in range(right)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """An answer with slots in place of claims: it holds for all services whose claims stand to each other alike."""

    certainty: str
    deciding: tuple[int, ...]
    others: tuple[tuple[int, str], ...]


class Resolver:
    """Answers whose a service is under one version of the constituency. May be used from several threads.

    For columns, each service gets a key, and services of one key have one answer. Keys of one pattern (the same
    arrangement of claims, the same ones by one constituent) differ in words only: ``decide`` is asked once a pattern.
    """

    def __init__(self, rows: Iterable[HolderRow], version: str) -> None:
        """``rows`` are constituents: id, parent, and kind, value, provider, file and line of each holding."""
        self.version = version
        self._store = ClaimStore.of(rows)
        self._address = AddressSide(self._store)
        self._name = NameSide(self._store)
        self._asn = AsnSide(self._store)
        # One entry more than there are claims, so that slots with nothing in them have something to point at.
        self._owner = np.append(self._store.owners, NOTHING)
        nothing = pa.array([""], pa.string())
        ids = pa.array(self._store.ids, pa.string()).take(pa.array(self._store.owners))
        self._ids = pa.concat_arrays([ids, nothing])
        self._texts = pa.concat_arrays([self._store.texts(), nothing])
        self._recipes = dict[int, Recipe]()
        self._memo = dict[int, Words4]()

    @classmethod
    def build(cls, constituents: Iterable[Constituent], version: str) -> Resolver:
        """The resolver of a constituency; ``version`` is what findings are stamped with."""
        return cls(map(_holder_row, constituents), version)

    def whose(
        self,
        ip_hi: int,
        ip_lo: int,
        hostname: str | None = None,
        hostname_from: str | None = None,
        asn: int | None = None,
    ) -> Answer:
        """Who answers for one service, with everything that was considered. The name need not be normalised."""
        name = normalise_name(hostname) if hostname else None
        source = NAME_SOURCES.index(hostname_from) if hostname_from in NAME_SOURCES else _REVERSE
        key = self.keys(
            np.array([ip_hi], np.int64),
            np.array([ip_lo], np.int64),
            pa.array([name], pa.string()),
            np.array([source], np.int64),
            np.array([NOTHING if asn is None else asn], np.int64),
        )
        return self._answer(int(key[0]))

    def keys(
        self, ip_hi: Integers, ip_lo: Integers, hostname: pa.Array | pa.ChunkedArray, name_from: Integers, asn: Integers
    ) -> Integers:
        """One number for each service.

        ``hostname`` is normalised, ``name_from`` an index into ``NAME_SOURCES``, ``asn`` below 0 where none is known.
        """
        name = self._name.codes(hostname)
        key = self._address.codes(ip_hi, ip_lo) * self._name.size + name
        key = key * len(NAME_SOURCES) + np.where(name > 0, name_from, 0)
        return key * self._asn.size + self._asn.codes(asn)

    def words(self, keys: Integers) -> tuple[pa.StringArray, ...]:
        """The answers for services of these keys: constituent, certainty, holding, considered."""
        slots, patterns = self._patterns(keys)
        order, parts = [], list[tuple[pa.StringArray, ...]]()
        for pattern in np.unique(patterns).tolist():
            rows = np.flatnonzero(patterns == pattern)
            order.append(rows)
            if pattern == COMPLEX:
                parts.append(self._complex(keys[rows]))
            else:
                recipe = self._recipe(pattern, int(keys[rows[0]]), slots[rows[0]])
                source = int(keys[rows[0]] // self._asn.size % len(NAME_SOURCES))
                parts.append(self._fill(recipe, slots[rows], name_words(NAME_SOURCES[source])))
        if not parts:
            return tuple(pa.array([], pa.string()) for _ in range(4))
        back = pa.array(np.argsort(np.concatenate(order)))
        return tuple(pa.concat_arrays(column).take(back) for column in zip(*parts, strict=True))

    def _codes(self, keys: Integers) -> tuple[Integers, Integers, Integers, Integers]:
        rest, asn = np.divmod(keys, self._asn.size)
        rest, source = np.divmod(rest, len(NAME_SOURCES))
        address, name = np.divmod(rest, self._name.size)
        return address, name, source, asn

    def _patterns(self, keys: Integers) -> tuple[Integers, Integers]:
        """Each key's claims by number (``NOTHING`` in empty slots), and its pattern."""
        address, name, source, asn = self._codes(keys)
        slots = np.hstack([self._address.slots[address], self._name.slots[name], self._asn.slots[asn]])
        shapes = (self._address.shape[address], self._name.shape[name], self._asn.shape[asn])
        pattern = ((shapes[0] * SHAPES + shapes[1]) * SHAPES + shapes[2]) * len(NAME_SOURCES) + source
        owners = self._owner[slots]
        same = np.zeros(len(keys), dtype=np.int64)
        used = (owners != NOTHING).any(axis=0)
        for bit, (left, right) in enumerate(_PAIRS):
            if used[left] and used[right]:
                agree = (owners[:, left] == owners[:, right]) & (owners[:, left] != NOTHING)
                same |= agree.astype(np.int64) << bit
        pattern = (pattern << len(_PAIRS)) | same  # 24 bits of shapes, 2 of source and 36 of pairs
        is_complex = (shapes[0] == COMPLEX) | (shapes[1] == COMPLEX) | (shapes[2] == COMPLEX)
        return slots, np.where(is_complex, COMPLEX, pattern)

    def _answer(self, key: int) -> Answer:
        address, name, source, asn = (int(code[0]) for code in self._codes(np.array([key], np.int64)))
        name_from = NAME_SOURCES[source]
        sides = (self._address.side(address), self._name.side(name, name_from), self._asn.side(asn))
        return decide(*sides, name_from, self._store.parents)

    def _complex(self, keys: Integers) -> tuple[pa.StringArray, ...]:
        """Each answer for itself."""
        if len(self._memo) > MEMO_LIMIT:
            self._memo.clear()
        found = []
        for key in keys.tolist():
            words = self._memo.get(key)
            if words is None:
                answer = self._answer(key)
                words = (answer.constituent, answer.certainty, answer.holding, answer.considered)
                self._memo[key] = words
            found.append(words)
        return tuple(pa.array([words[place] for words in found], pa.string()) for place in range(4))

    def _recipe(self, pattern: int, key: int, slots: Integers) -> Recipe:
        """How services of this pattern are answered: as the first of them is."""
        known = self._recipes.get(pattern)
        if known is None:
            place = {self._claim_key(number): slot for slot, number in enumerate(slots.tolist()) if number != NOTHING}
            answer = self._answer(key)
            known = Recipe(
                certainty=answer.certainty,
                deciding=tuple(place[each.constituent, each.holding] for each in answer.deciding),
                others=tuple((place[each.claim.constituent, each.claim.holding], each.why) for each in answer.others),
            )
            self._recipes[pattern] = known
        return known

    def _claim_key(self, number: int) -> tuple[str, Holding]:
        return self._store.ids[self._store.owners[number]], self._store.holding(number)

    def _fill(self, recipe: Recipe, slots: Integers, name_from: str) -> tuple[pa.StringArray, ...]:
        """The recipe's answer in words for each row of claims."""

        def told(slot: int) -> list[pa.Array | str]:
            return [self._texts.take(pa.array(slots[:, slot])), name_from if slot in _NAME_SLOTS else ""]

        def ids(slot: int) -> pa.Array:
            return self._ids.take(pa.array(slots[:, slot]))

        certainty = pa.array([recipe.certainty], pa.string()).take(pa.array(np.zeros(len(slots), dtype=np.int64)))
        if not recipe.deciding:
            nobody = pa.nulls(len(slots), pa.string())
            return nobody, certainty, nobody, _join([], len(slots))
        who = [piece for slot in recipe.deciding for piece in (";", ids(slot))]
        what = [piece for slot in recipe.deciding for piece in ("; ", *told(slot))]
        rest = [piece for slot, why in recipe.others for piece in ("; ", ids(slot), ": ", *told(slot), f", {why}")]
        constituent, holding, considered = (_join(pieces[1:], len(slots)) for pieces in (who, what, rest))
        return constituent, certainty, holding, considered


def _holder_row(each: Constituent) -> HolderRow:
    told = ((held.kind, held.value, held.provider, held.pointer.source, held.pointer.line) for held in each.holdings)
    return each.id, each.parent, told


def _join(pieces: Sequence[pa.Array | str], rows: int) -> pa.StringArray:
    """The pieces one after the other, row by row; a plain text is the same in every row."""
    if not pieces:
        return pa.array([""], pa.string()).take(pa.array(np.zeros(rows, dtype=np.int64)))
    columns = [_scalar(each) if isinstance(each, str) else each for each in pieces]
    return pc.binary_join_element_wise(*columns, _scalar(""))


@cache
def _scalar(text: str) -> pa.StringScalar:
    """The text as Arrow has it; kept, since making one is slow and there are few."""
    return pa.scalar(text, pa.string())
