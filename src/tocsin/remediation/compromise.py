"""The spells of compromise: from the first trace on a service to the evidence that it was cleaned. A fix ends none."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from tocsin.remediation.columns import Integers, Mask, is_word
from tocsin.remediation.grouping import group_services
from tocsin.tables import INSTANT, SERVICE, require

_SECOND = 1_000_000


def compromise_spells(found: pa.Table) -> pa.Table:
    """One row a spell: SERVICE, ``compromise`` (the gravest trace in it, ``possible`` or ``confirmed``), ``began`` and
    ``ended`` (UTC, to the second; null while it is open). Those of one service stand together, oldest first.

    ``found`` are the findings with any trace, of the whole history: SERVICE, ``seen_at``, ``compromise``. ``cleaned``
    ends what came before it, not what was seen in the same second; where nothing came before it, it ends nothing.
    """
    require(found, *SERVICE.names, "seen_at", "compromise")
    groups = group_services(found)
    moments: Integers = found.column("seen_at").cast(pa.int64()).to_numpy() // _SECOND
    is_trace = ~is_word(found, "compromise", "cleaned")
    order = np.lexsort([is_trace, moments, groups.number])  # what cleans comes first within a second
    service, moment, trace = groups.number[order], moments[order], is_trace[order]
    confirmed = is_word(found, "compromise", "confirmed")[order]
    cleanings = np.cumsum(~trace)
    rows = np.flatnonzero(trace)
    if not len(rows):
        return _table(found, rows, np.zeros(0, dtype=bool), rows, rows)
    is_new = np.ones(len(rows), dtype=bool)
    is_new[1:] = (np.diff(service[rows]) > 0) | (np.diff(cleanings[rows]) > 0)
    starts = np.flatnonzero(is_new)
    first = rows[starts]
    places = np.append(np.flatnonzero(~trace), 0)
    after = places[np.minimum(cleanings[first], len(places) - 1)]
    is_ended = (cleanings[first] < len(places) - 1) & (service[after] == service[first])
    ended = np.where(is_ended, moment[after], -1)
    return _table(found, order[first], np.logical_or.reduceat(confirmed[rows], starts), moment[first], ended)


def _table(found: pa.Table, rows: Integers, confirmed: Mask, began: Integers, ended: Integers) -> pa.Table:
    level = pa.array(np.where(confirmed, "confirmed", "possible"), pa.string())
    spells = found.select(SERVICE.names).take(pa.array(rows)).append_column("compromise", level)
    spells = spells.append_column("began", pa.array(began * _SECOND).cast(INSTANT))
    return spells.append_column("ended", pa.array(ended * _SECOND, mask=ended < 0).cast(INSTANT))
