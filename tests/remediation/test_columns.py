"""Columns of words as numbers."""

from __future__ import annotations

import pyarrow as pa

from tocsin.remediation.columns import NO_WORD, codes, integers, is_word

CHUNKED = pa.table(
    {"word": pa.chunked_array([pa.array(["b", None]).dictionary_encode(), pa.array(["a", "b"]).dictionary_encode()])}
)


def test_codes_are_of_one_dictionary_over_all_chunks() -> None:
    numbers, words = codes(CHUNKED.column("word"))
    assert [words[number] if number != NO_WORD else None for number in numbers] == ["b", None, "a", "b"]


def test_chunks_of_one_dictionary_keep_its_codes() -> None:
    words = pa.array(["b", "a"])
    chunks = [pa.DictionaryArray.from_arrays(pa.array(part, pa.int32()), words) for part in ([1, None], [0])]
    assert codes(pa.chunked_array(chunks))[0].tolist() == [1, NO_WORD, 0]


def test_slices_of_one_dictionary_are_dictionaries_of_their_own() -> None:
    words = pa.array(["b", "a", "b"])
    chunks = [pa.DictionaryArray.from_arrays(pa.array([0], pa.int32()), words.slice(start, 2)) for start in (0, 1)]
    numbers, names = codes(pa.chunked_array(chunks))
    assert [names[number] for number in numbers] == ["b", "a"]


def test_plain_text_has_codes_too() -> None:
    assert codes(pa.chunked_array([["x", "x", None]]))[0].tolist() == [0, 0, NO_WORD]


def test_a_word_that_never_occurs_is_nowhere() -> None:
    assert is_word(CHUNKED, "word", "c").tolist() == [False] * 4
    assert is_word(CHUNKED, "word", "b").tolist() == [True, False, False, True]


def test_numbers_stay_numbers() -> None:
    assert integers(pa.table({"n": [3, None]}), "n").tolist() == [3, NO_WORD]


def test_no_rows() -> None:
    assert codes(pa.chunked_array([], pa.string()))[0].tolist() == []
