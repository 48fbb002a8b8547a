"""Text columns become flat bytes, whatever way they are stored."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tocsin.constituency.flat import flatten_text

TEXTS = st.lists(st.one_of(st.none(), st.text(max_size=8)), max_size=12)


@given(TEXTS, st.integers(0, 5))
def test_every_row_is_found_again(texts: list[str | None], skipped: int) -> None:
    whole = pa.array(texts, pa.string())
    column = pa.chunked_array([whole[: len(texts) // 2], whole[len(texts) // 2 :]]).slice(skipped)
    flat = flatten_text(column)
    rows = [bytes(flat.data[start:end]).decode() for start, end in zip(flat.starts, flat.ends, strict=True)]
    assert rows == [text or "" for text in texts[skipped:]]
    assert flat.null.tolist() == [text is None for text in texts[skipped:]]


def test_a_dictionary_is_spelled_out() -> None:
    flat = flatten_text(pa.array(["a", "bc", "a"]).dictionary_encode())
    assert flat.lengths.tolist() == [1, 2, 1]


def test_counts_are_by_row() -> None:
    flat = flatten_text(pa.array(["a.b", "", "...."]))
    assert flat.count(flat.data == ord(".")).tolist() == [1, 0, 4]


def test_nothing() -> None:
    assert len(flatten_text(pa.array([], pa.string()))) == 0
    assert flatten_text(pa.nulls(2, pa.string())).null.all()
    assert flatten_text(pa.chunked_array([], pa.string())).count(np.zeros(0, np.bool_)).tolist() == []
