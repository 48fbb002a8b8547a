"""Numbers in running text: what they are, and what is none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.record.reading.numbers import find_numbers, has_number
from tocsin.record.spans import Span


def found(text: str) -> list[tuple[str, float, float]]:
    return [(one.span.of(text), one.low, one.high) for one in find_numbers(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "words", "low"),
    [
        ("It hit 3,000 servers.", "3,000", 3_000),
        ("It reached 76 million people.", "76 million", 76_000_000),
        ("They charged four officers.", "four", 4),
        ("It hit a dozen countries.", "a dozen", 12),
        ("92% of customers had installed it.", "92%", 92),
        ("8 per cent of firms had not.", "8 per cent", 8),
    ],
)
def test_a_number_stands_where_its_own_words_stand(text: str, words: str, low: float) -> None:
    assert found(text)[0][:2] == (words, low)


def test_a_vague_number_has_no_upper_bound() -> None:
    text = "It hit tens of thousands of computers."
    (one,) = find_numbers(text, Span(0, len(text)))
    assert one.is_vague
    assert one.span.of(text) == "tens of thousands"


@pytest.mark.parametrize("text", ["APT28 did it.", "See CVE-2024-12345.", "It was the first time."])
def test_names_and_ordinals_are_no_numbers(text: str) -> None:
    assert found(text) == []


@given(st.text(alphabet="0123456789 .,%-of adozen", max_size=60))
def test_every_number_lies_in_its_text_and_none_in_another(text: str) -> None:
    spans = [one.span for one in find_numbers(text, Span(0, len(text)))]
    assert all(span.ends <= len(text) and len(span) for span in spans)
    assert all(not first.meets(second) for first, second in pairwise(spans))
    assert not spans or has_number(text, Span(0, len(text)))
