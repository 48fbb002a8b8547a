"""Folds the findings of a window into one row a service: its state on the day, and whose it is.

Works on columns of numbers: text stays in dictionaries throughout. The rules are design sections 5 and 6, and ADR 0004.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tocsin.remediation.columns import Integers, Mask, codes, integers, is_word
from tocsin.tables import SERVICE, require

_ROW_BITS = 28
_RANK_SHIFT = 61
_RANKS = {"none": 0, "claimed": 1, "proven": 2, "disputed": 3}
_OWNED = ("constituent", "certainty", "asn", "country", "holding", "considered")
_EPOCH_SECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows gathered by service: ``order`` sorts them so, ``starts`` are the first places of each service in it."""

    order: Integers
    starts: Integers

    def highest(self, values: Integers) -> Integers:
        """The largest value of each service; ``values`` are in the rows' own order."""
        return np.maximum.reduceat(values[self.order], self.starts)

    def rows(self, place: int) -> Integers:
        """The rows of the service at ``place``."""
        end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.order)
        return self.order[self.starts[place] : end]

    def lowest(self, values: Integers) -> Integers:
        """The smallest value of each service."""
        return np.minimum.reduceat(values[self.order], self.starts)


def fold(seen: pa.Table) -> pa.Table:
    """One row a service, in no particular order.

    Needs, with dictionaries unified, the service's key and ``seen_at, status, constituent, certainty, is_current``;
    other columns travel along. Gives the key and: ``status`` of the latest decisive finding, else ``undetermined``;
    ``is_current`` of that finding; ``is_doubted`` when it says affected and a later one did not decide; ``is_sure``
    when it is decisive, current and not doubted; ``last_seen``; ``constituent`` and ``certainty`` of the
    strongest and then latest assignment, several proven ones being ``disputed``. Of the other columns those about the
    owner come from that assignment, the rest from the deciding finding; ``owned_row`` and ``decided_row`` lead back.
    """
    require(seen, *SERVICE.names, "seen_at", "status", "constituent", "certainty", "is_current")
    if not seen.num_rows:
        return _empty(seen)
    groups = group_services(seen)
    moments = _moments(seen)
    key = (moments << _ROW_BITS) + np.arange(seen.num_rows)
    decisive = ~is_word(seen, "status", "undetermined")
    last, decided = groups.highest(key), groups.highest(np.where(decisive, key, -1))
    is_decided = decided >= 0
    decided_row = _row(np.where(is_decided, decided, last))
    ranks = _ranks(seen)
    owned = groups.highest((ranks << _RANK_SHIFT) + key)
    owned_row = _row(owned & ((1 << _RANK_SHIFT) - 1))
    folded = _taken(seen, decided_row, owned_row)
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
    return _dispute(folded, _contests(groups, seen, ranks, owned >> _RANK_SHIFT))


def group_services(table: pa.Table) -> Groups:
    """Which rows speak of the same service. Needs the columns SERVICE."""
    high, low, port, transport = (integers(table, name) for name in SERVICE.names)
    columns = [high, low, (port << 8) + transport]
    mixed = np.zeros(table.num_rows, dtype=np.uint64)
    for column in columns:
        mixed = (mixed ^ column.view(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    order = np.argsort(mixed)
    same = _repeats(columns, order)
    if not np.array_equal(_repeats([mixed], order), same):  # two services share a hash: sort by the key itself
        order = np.lexsort(columns)
        same = _repeats(columns, order)
    starts = np.flatnonzero(np.concatenate([[True], ~same]))
    return Groups(order=order, starts=starts)


def open_traces(found: pa.Table) -> pa.Table:
    """The compromise of each service that has one: SERVICE, ``compromise``, ``compromise_seen`` (UTC).

    ``found`` are the findings with any trace, of the whole history: SERVICE, ``seen_at``, ``compromise``. A later
    ``possible`` does not weaken a ``confirmed``; only a later ``cleaned`` ends either.
    """
    if not found.num_rows:
        return found.rename_columns({"seen_at": "compromise_seen"})
    groups = group_services(found)
    moments = _moments(found)
    cleaned = groups.highest(np.where(is_word(found, "compromise", "cleaned"), moments, -1))
    confirmed = groups.highest(np.where(is_word(found, "compromise", "confirmed"), moments, -1))
    possible = groups.highest(np.where(is_word(found, "compromise", "possible"), moments, -1))
    is_confirmed, is_possible = confirmed > cleaned, possible > cleaned
    first = found.take(pa.array(groups.order[groups.starts]))
    level = pa.array(np.where(is_confirmed, "confirmed", "possible"))
    seen = pa.array(np.maximum(confirmed, possible) * _EPOCH_SECONDS).cast(pa.timestamp("us", "UTC"))
    table = first.select(SERVICE.names).append_column("compromise", level).append_column("compromise_seen", seen)
    return table.filter(pa.array(is_confirmed | is_possible))


def _moments(table: pa.Table) -> Integers:
    instants: Integers = table.column("seen_at").cast(pa.int64()).to_numpy()
    return instants // _EPOCH_SECONDS


def _row(key: Integers) -> Integers:
    return key & ((1 << _ROW_BITS) - 1)


def _repeats(columns: Sequence[npt.NDArray[np.int64] | npt.NDArray[np.uint64]], order: Integers) -> Mask:
    """Which places in ``order`` hold the same key as the place before; one less than there are rows."""
    same = np.ones(max(len(order) - 1, 0), dtype=bool)
    for column in columns:
        ordered = column[order]
        same &= ordered[1:] == ordered[:-1]
    return same


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


def _contests(groups: Groups, seen: pa.Table, ranks: Integers, top: Integers) -> dict[int, set[str]]:
    """The services that several constituents proved to be theirs, or several claim and none proved; and who they are.

    Each of those who claim may be right, and stays in the upper bound. ``top`` is the best rank of each service.
    """
    owner, words = codes(seen.column("constituent"))
    found = dict[int, set[str]]()
    for rank in (_RANKS["proven"], _RANKS["claimed"]):
        counts = ranks == rank
        if not counts.any():
            continue
        most = groups.highest(np.where(counts, owner, -1))
        least = groups.lowest(np.where(counts, owner, np.iinfo(np.int64).max))
        weighs = (top >= rank) if rank == _RANKS["proven"] else (top == rank)
        for place in np.flatnonzero(weighs & (most >= 0) & (least != most)).tolist():
            rows = groups.rows(place)
            found[place] = {words[owner[row]] for row in rows[counts[rows]]}
    return found


def _dispute(folded: pa.Table, contests: Mapping[int, set[str]]) -> pa.Table:
    """Contested services become ``disputed`` between those who contest them and whoever disputed them before."""
    if not contests:
        return folded
    names = folded.column("constituent").to_pylist()
    certainties = folded.column("certainty").to_pylist()
    for place, claimants in contests.items():
        already = (names[place] or "").split(";") if certainties[place] == "disputed" else []
        names[place] = ";".join(sorted(claimants | set(already)))
        certainties[place] = "disputed"
    return _replace(folded, {"constituent": names, "certainty": certainties})


def _replace(table: pa.Table, columns: dict[str, list[str | None]]) -> pa.Table:
    for name, values in columns.items():
        column = pa.array(values, pa.string()).dictionary_encode()
        table = table.set_column(table.column_names.index(name), name, column)
    return table


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
