"""Words by their places: what is found by them is what the pattern itself finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tocsin.record.words import Words, fitting, words_of

TEXT = "The attack: a cyber attack, THE cyber-attack and the_attack. Attacks go on."


def test_words_stand_where_they_are_written_in_any_case() -> None:
    assert [TEXT[at : at + 3] for at in Words(TEXT).starts({"the"})] == ["The", "THE"]


def test_words_come_in_the_order_of_the_text() -> None:
    starts = Words(TEXT).starts(["cyber", "attack", "the"])
    assert starts == sorted(starts)
    assert len(starts) == 7


def test_a_pattern_tells_the_words_of_the_text_that_it_fits_whole() -> None:
    assert sorted(Words(TEXT).like(re.compile("attacks?|go"))) == ["attack", "attacks", "go"]


@given(st.lists(st.sampled_from(["the", "The ", "attack ", "attacks", "-", " ", ". ", "cyber ", "é", "3"])))
def test_what_is_found_by_first_words_is_what_the_pattern_finds(pieces: list[str]) -> None:
    text = "".join(pieces)
    pattern = re.compile(r"\b(?:the )?(?:cyber )?attack\b|\bthe\b", re.IGNORECASE)
    found = Words(text).found(pattern, text, ["the", "cyber", "attack"])
    assert [match.span() for match in found] == [match.span() for match in pattern.finditer(text)]


def test_the_words_of_a_text_are_found_once() -> None:
    assert words_of(TEXT) is words_of(TEXT)


def test_what_fits_at_a_place_inside_another_is_left_out() -> None:
    found = fitting(re.compile(r"\w+(?: attack)?"), TEXT, [4, 14, 20])
    assert [match.group() for match in found] == ["attack", "cyber attack"]
