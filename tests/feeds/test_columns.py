from __future__ import annotations

import re

import pyarrow as pa
import pytest

from tocsin.feeds.columns import read_asns, read_ports, read_tags, recode, text_of, tidy_words
from tocsin.feeds.recipe import Field
from tocsin.tables import WORDS

TABLE = pa.table(
    {
        "a": pa.array(["x", None, "X ", "build 15.1.2"]).dictionary_encode(),
        "b": pa.array(["1", None, None, "2"]),
        "none": pa.array([None] * 4, pa.string()).dictionary_encode(),
    }
)


@pytest.mark.parametrize(
    ("field", "texts"),
    [
        (None, [None] * 4),
        (Field(), [None] * 4),
        (Field(constant="exchange"), ["exchange"] * 4),
        (Field(columns=("a",)), ["x", None, "X ", "build 15.1.2"]),
        (Field(columns=("a",), default="?"), ["x", "?", "X ", "build 15.1.2"]),
        (Field(columns=("b",), default="?"), ["1", "?", "?", "2"]),
        (Field(columns=("a", "b")), ["x 1", None, "X ", "build 15.1.2 2"]),
        (Field(columns=("none", "none")), [None] * 4),
        (
            Field(columns=("a", "b", "none"), labels=True, joiner="; "),
            ["a=x; b=1", None, "a=X ", "a=build 15.1.2; b=2"],
        ),
        (Field(columns=("a",), pattern=re.compile("build ([0-9.]+)")), [None, None, None, "15.1.2"]),
        (Field(columns=("a",), pattern=re.compile("[xX]")), ["x", None, "X", None]),
        (Field(columns=("a",), values={"x": "yes"}), ["yes", None, "yes", "build 15.1.2"]),
        (Field(columns=("a",), values={"x": "yes"}, only_values=True), ["yes", None, "yes", None]),
        (Field(columns=("a",), values={"x": ""}, default="?"), ["?", "?", "?", "build 15.1.2"]),
    ],
)
def test_where_a_fields_text_comes_from(field: Field | None, texts: list[str | None]) -> None:
    assert text_of(field, TABLE).to_pylist() == texts


def test_equal_texts_are_one_word_after_a_change() -> None:
    words = tidy_words(pa.array([" a", "a", "a ", "", None]))
    assert words.type == WORDS
    assert (words.dictionary.to_pylist(), words.to_pylist()) == (["a"], ["a", "a", "a", None, None])
    assert recode(pa.array([], pa.string()), lambda texts: texts).to_pylist() == []


def test_numbers_are_read_from_each_distinct_text() -> None:
    ports, fine = read_ports(pa.array(["443", "443", None, "x"]).dictionary_encode())
    assert (ports.to_pylist(), fine.tolist()) == ([443, 443, 0, 0], [True, True, True, False])
    assert read_asns(pa.array(["1", " as2 ", "4294967296", "-1", None, "٣"])).to_pylist() == [
        1,
        2,
        None,
        None,
        None,
        None,
    ]
    assert read_asns(pa.array([None], pa.string())).to_pylist() == [None]


def test_a_text_is_cut_at_512_bytes_and_never_within_a_character() -> None:
    texts = ["a" * 600, "a" + "é" * 600, "é" * 256, "x", None, "東" * 200]
    cut = tidy_words(pa.array(texts, pa.string())).to_pylist()
    assert cut == ["a" * 512, "a" + "é" * 255, "é" * 256, "x", None, "東" * 170]
    assert read_tags([pa.array(["é" * 200 + ";" + "ü" * 60])]).to_pylist() == ["é" * 200]


def test_tags_of_several_columns_are_joined_and_never_null() -> None:
    columns = [pa.array(["A;b", None, None]), pa.array(["b;c", None, "d"])]
    assert read_tags(columns).to_pylist() == ["a;b;c", "", "d"]
