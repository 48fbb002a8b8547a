"""Whose is what was seen: observations in, an assignment for each out."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tocsin.constituency import NAME_SOURCES, Resolver
from tocsin.constituency.flat import Integers
from tocsin.tables import ASSIGNMENTS, WORDS, require

SLICE = 1 << 16
"""Rows worked on at a time, so that what is needed in between stays small."""


def assign(seen: pa.Table, resolver: Resolver) -> pa.Table:
    """Adds to each observation whose it is.

    Needs ``ip_hi``, ``ip_lo``, ``hostname`` (normalised), ``hostname_from``, ``asn``. Gives the columns of
    ``ASSIGNMENTS``; keeps order and number of rows. Each distinct combination of claims is decided once.
    Source: design section 6.
    """
    require(seen, "ip_hi", "ip_lo", "hostname", "hostname_from", "asn")
    parts = [_assign_slice(seen.slice(start, SLICE), resolver) for start in range(0, seen.num_rows, SLICE)]
    if not parts:
        return ASSIGNMENTS.empty_table()
    return parts[0] if len(parts) == 1 else pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def _assign_slice(seen: pa.Table, resolver: Resolver) -> pa.Table:
    keys = resolver.keys(
        _integers(seen.column("ip_hi"), 0),
        _integers(seen.column("ip_lo"), 0),
        seen.column("hostname"),
        _name_sources(seen.column("hostname_from")),
        _integers(seen.column("asn"), -1),
    )
    distinct = pa.array(keys).dictionary_encode()
    columns = []
    for answers in resolver.words(distinct.dictionary.to_numpy()):
        words = answers.dictionary_encode()
        columns.append(pa.DictionaryArray.from_arrays(words.indices.take(distinct.indices), words.dictionary))
    return pa.table(columns, schema=ASSIGNMENTS)


def _integers(column: pa.ChunkedArray, missing: int) -> Integers:
    array = column.combine_chunks()
    numbers: Integers = (array.fill_null(missing) if array.null_count else array).to_numpy(zero_copy_only=False)
    return numbers


def _name_sources(column: pa.ChunkedArray) -> Integers:
    """Each row's place in ``NAME_SOURCES``; what is not named there counts as the last."""
    array = column.combine_chunks()
    words = array if array.type == WORDS else array.cast(pa.string()).dictionary_encode()
    if len(words.dictionary) == 0:
        return np.full(len(words), len(NAME_SOURCES) - 1, dtype=np.int64)
    known = pc.index_in(words.dictionary, pa.array(NAME_SOURCES)).fill_null(len(NAME_SOURCES) - 1)
    places = known.take(words.indices).fill_null(len(NAME_SOURCES) - 1)
    found: Integers = places.to_numpy(zero_copy_only=False).astype(np.int64)
    return found
