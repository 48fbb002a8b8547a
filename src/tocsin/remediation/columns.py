"""Columns of words as numbers: a code a row and the word each code stands for."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

NO_WORD = -1


def integers(table: pa.Table, name: str) -> Integers:
    """The column's values, or its codes if it is one of words; null is ``NO_WORD``."""
    column = table.column(name)
    if pa.types.is_dictionary(column.type) or pa.types.is_string(column.type):
        return _coded(column)[0]
    numbers = pc.fill_null(column, NO_WORD) if column.null_count else column
    plain: Integers = numbers.to_numpy().astype(np.int64, copy=False)
    return plain


def codes(column: pa.ChunkedArray) -> tuple[Integers, list[str]]:
    """The code of each row (``NO_WORD`` for null) and the words, of a column of text, dictionary or plain."""
    numbers, words = _coded(column)
    return numbers, words.to_pylist()


def is_word(table: pa.Table, name: str, value: str) -> Mask:
    """Which rows say ``value``."""
    numbers, words = codes(table.column(name))
    return numbers == words.index(value) if value in words else np.zeros(len(numbers), dtype=bool)


def _coded(column: pa.ChunkedArray) -> tuple[Integers, pa.Array]:
    if not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string()).dictionary_encode()
    if not _is_unified(column):
        column = column.unify_dictionaries()
    if not column.num_chunks:
        return np.zeros(0, dtype=np.int64), pa.array([], pa.string())
    parts = [pc.fill_null(chunk.indices, NO_WORD) if chunk.null_count else chunk.indices for chunk in column.chunks]
    numbers = np.concatenate([part.to_numpy(zero_copy_only=False) for part in parts], dtype=np.int64)
    return numbers, column.chunk(0).dictionary


def _is_unified(column: pa.ChunkedArray) -> bool:
    """Whether all chunks share one dictionary in memory: Arrow itself compares it word by word."""
    dictionaries = [chunk.dictionary for chunk in column.chunks]
    places = [[buffer.address if buffer else None for buffer in each.buffers()] for each in dictionaries]
    return all(
        place == places[0] and (each.offset, len(each)) == (dictionaries[0].offset, len(dictionaries[0]))
        for place, each in zip(places, dictionaries, strict=True)
    )
