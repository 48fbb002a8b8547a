"""A row that says again what an earlier one said."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from tests.building import observations

from tocsin.feeds.duplicates import Powers, RowHasher, SeenRows, hash_text
from tocsin.tables import OBSERVATIONS

HASH = RowHasher(b"0123456789abcdef")


def test_equal_rows_on_other_lines_have_equal_hashes() -> None:
    one, two = HASH(observations([{"line": 2}, {"line": 9}]))
    assert one == two


def test_every_other_column_counts() -> None:
    plain = HASH(observations([{}]))[0]
    changes: list[dict[str, object]] = [
        {"ip_hi": 1}, {"ip_lo": 1}, {"port": 25}, {"transport": "udp"}, {"hostname": "a.example"},
        {"hostname_from": "ptr"}, {"asn": None},
        {"country": None}, {"product": None}, {"version": None}, {"tags": ""}, {"detail": "x"},
    ]  # fmt: skip
    hashes = [HASH(observations([change]))[0] for change in changes]
    assert plain not in hashes
    assert len(set(hashes)) == len(changes)


def test_a_value_in_the_next_column_is_another_row() -> None:
    one = HASH(observations([{"product": "x", "version": "y"}]))
    other = HASH(observations([{"product": "y", "version": "x"}]))
    assert one[0] != other[0]


def test_the_dictionary_a_chunk_came_with_does_not_matter() -> None:
    whole = observations([{"version": "a"}, {"version": "b"}])
    assert HASH(whole.slice(1))[0] == HASH(observations([{"version": "b"}]))[0]


def test_another_key_gives_other_hashes() -> None:
    assert RowHasher(b"another")(observations([{}]))[0] != HASH(observations([{}]))[0]


def test_no_rows() -> None:
    assert len(HASH(OBSERVATIONS.empty_table())) == 0
    assert SeenRows().is_new(np.zeros(0, dtype=np.uint64)).tolist() == []


@given(st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=20))
def test_texts_are_equal_if_and_only_if_their_hashes_are(texts: list[str | None]) -> None:
    hashes = hash_text(pa.array(texts, pa.string()), Powers(0x1234567890ABCDEF)).tolist()
    for left, one in zip(texts, hashes, strict=True):
        for right, other in zip(texts, hashes, strict=True):
            assert (left == right) == (one == other)


@given(st.lists(st.lists(st.integers(0, 40), max_size=30), max_size=6))
def test_over_all_chunks_each_value_is_new_once(chunks: list[list[int]]) -> None:
    seen, known = SeenRows(), set[int]()
    for chunk in chunks:
        new = seen.is_new(np.array(chunk, dtype=np.uint64) << np.uint64(58))
        for value, is_new in zip(chunk, new.tolist(), strict=True):
            assert is_new == (value not in known)
            known.add(value)
