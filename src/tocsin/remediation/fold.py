"""Folds the findings of a window into one row a service: its state on the day, and whose it is.

Works on columns of numbers: text stays in dictionaries throughout. The rules are design sections 5 and 6, and ADR 0004.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.constituency import without_ancestors
from tocsin.remediation.columns import NO_WORD, Integers, codes, integers, is_word
from tocsin.remediation.grouping import Groups, group_services
from tocsin.tables import SERVICE, require

_ROW_BITS = 28
_RANK_SHIFT = 61
_RANKS = {"none": 0, "claimed": 1, "proven": 2, "disputed": 3}
_OWNED = ("constituent", "certainty", "asn", "country", "holding", "considered")
_EPOCH_SECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Ruling:
    """Whose a contested service is, how certainly, and the row that says so (-1: the strongest one)."""

    constituent: str
    certainty: str
    row: int


def fold(seen: pa.Table, parents: Mapping[str, str | None]) -> pa.Table:
    """One row a service, in no particular order. ``parents`` say which constituent belongs to which.

    Needs, with dictionaries unified, the service's key and ``seen_at, status, constituent, certainty, is_current``;
    other columns travel along. Gives the key and: ``status`` of the latest decisive finding, else ``undetermined``;
    ``is_current`` of that finding; ``is_doubted`` when it says affected and a later one did not decide; ``is_sure``
    when it is decisive, current and not doubted; ``last_seen``; ``constituent`` and ``certainty`` of the
    strongest and then latest assignment, several that differ being ``disputed`` between all they name, unless one is
    the child of the others and holds. Of the other columns those about the
    owner come from that assignment, the rest from the deciding finding; ``owned_row`` and ``decided_row`` lead back.
    """
    require(seen, *SERVICE.names, "seen_at", "status", "constituent", "certainty", "is_current")
    if not seen.num_rows:
        return _empty(seen)
    groups = group_services(seen)
    key = (_moments(seen) << _ROW_BITS) + np.arange(seen.num_rows)
    decisive = ~is_word(seen, "status", "undetermined")
    last, decided = groups.highest(key), groups.highest(np.where(decisive, key, -1))
    is_decided = decided >= 0
    decided_row = _row(np.where(is_decided, decided, last))
    strength = (_ranks(seen) << _RANK_SHIFT) + key
    owned_row = _row(groups.highest(strength) & ((1 << _RANK_SHIFT) - 1))
    rulings = _rulings(groups, seen, strength, owned_row, parents)
    for place, ruling in rulings.items():
        owned_row[place] = ruling.row if ruling.row >= 0 else owned_row[place]
    folded = _ruled(_taken(seen, decided_row, owned_row), rulings)
    current = folded.column("is_current").to_numpy()
    # A fix is what one expects after "affected": a later look that may show one casts doubt. Fixes are not undone so.
    is_doubted = is_decided & (last >> _ROW_BITS > decided >> _ROW_BITS) & is_word(folded, "status", "affected")
    for name, column in {
        "is_sure": pa.array(current & is_decided & ~is_doubted),
        "is_doubted": pa.array(is_doubted),
        "last_seen": seen.column("seen_at").take(pa.array(_row(last))),
        "decided_row": pa.array(decided_row),
        "owned_row": pa.array(owned_row),
    }.items():
        folded = folded.append_column(name, column)
    return folded


def open_traces(found: pa.Table) -> pa.Table:
    """The compromise of each service that has one: SERVICE, ``compromise``, ``compromise_seen`` (UTC).

    ``found`` are the findings with any trace, of the whole history: SERVICE, ``seen_at``, ``compromise``. A later
    ``possible`` does not weaken a ``confirmed``; only a later ``cleaned`` ends either, not one of the same second.
    """
    if not found.num_rows:
        return found.rename_columns({"seen_at": "compromise_seen"})
    groups = group_services(found)
    moments = _moments(found)
    cleaned = groups.highest(np.where(is_word(found, "compromise", "cleaned"), moments, -1))
    confirmed = groups.highest(np.where(is_word(found, "compromise", "confirmed"), moments, -1))
    possible = groups.highest(np.where(is_word(found, "compromise", "possible"), moments, -1))
    is_confirmed = (confirmed >= 0) & (confirmed >= cleaned)
    is_possible = (possible >= 0) & (possible >= cleaned)
    first = found.take(pa.array(groups.first))
    level = pa.array(np.where(is_confirmed, "confirmed", "possible"))
    seen = pa.array(np.maximum(confirmed, possible) * _EPOCH_SECONDS).cast(pa.timestamp("us", "UTC"))
    table = first.select(SERVICE.names).append_column("compromise", level).append_column("compromise_seen", seen)
    return table.filter(pa.array(is_confirmed | is_possible))


def _moments(table: pa.Table) -> Integers:
    instants: Integers = table.column("seen_at").cast(pa.int64()).to_numpy()
    return instants // _EPOCH_SECONDS


def _row(key: Integers) -> Integers:
    return key & ((1 << _ROW_BITS) - 1)


def _ranks(seen: pa.Table) -> Integers:
    numbers, words = codes(seen.column("certainty"))
    return np.array([_RANKS[word] for word in words], dtype=np.int64)[numbers]


def _taken(seen: pa.Table, decided_row: Integers, owned_row: Integers) -> pa.Table:
    names = [name for name in seen.column_names if name != "seen_at"]
    owned = [name for name in names if name in _OWNED]
    from_decided = seen.select([name for name in names if name not in _OWNED]).take(pa.array(decided_row))
    from_owned = seen.select(owned).take(pa.array(owned_row))
    for name in owned:
        from_decided = from_decided.append_column(name, from_owned.column(name))
    return from_decided


def _rulings(
    groups: Groups, seen: pa.Table, strength: Integers, owned_row: Integers, parents: Mapping[str, str | None]
) -> dict[int, _Ruling]:
    """The services on whose assignment findings of the same weight differ, and what comes of it.

    A dispute weighs as much as a proof: each of those whom either names may be right, and stays in the upper bound.
    """
    weights, owner = np.minimum(strength >> _RANK_SHIFT, _RANKS["proven"]), integers(seen, "constituent")
    said = np.where((weights > 0) & (owner != NO_WORD), (weights << _ROW_BITS) + owner, NO_WORD)
    differs = said ^ said[owned_row][groups.number]
    contested = np.zeros(len(owned_row), dtype=bool)
    contested[groups.number[(differs != 0) & (differs >> _ROW_BITS == 0)]] = True
    if not contested.any():
        return {}
    rows = np.flatnonzero(contested[groups.number])
    rows = rows[said[rows] >> _ROW_BITS == said[owned_row][groups.number[rows]] >> _ROW_BITS]
    rows = rows[np.argsort(strength[rows])]
    names = seen.column("constituent").cast(pa.string()).take(pa.array(rows)).to_pylist()
    found = dict[int, list[tuple[int, str]]]()
    for place, row, name in zip(groups.number[rows].tolist(), rows.tolist(), names, strict=True):
        found.setdefault(place, []).append((row, name))
    return {
        place: _rule(claims, "proven" if weights[claims[0][0]] > 1 else "claimed", parents)
        for place, claims in found.items()
    }


def _rule(claims: Sequence[tuple[int, str]], certainty: str, parents: Mapping[str, str | None]) -> _Ruling:
    """Between claims, the strongest last: the child of all others holds, else all who are above none dispute it."""
    names = {name for _, text in claims for name in text.split(";")}
    holders = without_ancestors(tuple(sorted(names)), parents)
    if len(holders) > 1:
        return _Ruling(";".join(holders), "disputed", -1)
    return _Ruling(holders[0], certainty, [row for row, text in claims if holders[0] in text.split(";")][-1])


def _ruled(folded: pa.Table, rulings: Mapping[int, _Ruling]) -> pa.Table:
    if not rulings:
        return folded
    places = sorted(rulings)
    mask = np.zeros(folded.num_rows, dtype=bool)
    mask[places] = True
    for name, values in {
        "constituent": [rulings[place].constituent for place in places],
        "certainty": [rulings[place].certainty for place in places],
    }.items():
        plain = folded.column(name).cast(pa.string()).combine_chunks()
        column = pc.replace_with_mask(plain, pa.array(mask), pa.array(values, pa.string())).dictionary_encode()
        folded = folded.set_column(folded.column_names.index(name), name, column)
    return folded


def _empty(seen: pa.Table) -> pa.Table:
    table = seen.rename_columns({"seen_at": "last_seen"})
    for name, kind in (
        ("is_sure", pa.bool_()),
        ("is_doubted", pa.bool_()),
        ("decided_row", pa.int64()),
        ("owned_row", pa.int64()),
    ):
        table = table.append_column(name, pa.array([], kind))
    return table
