from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.record.reading.sentences import LONGEST, sentences
from tocsin.record.spans import Span


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Department of Example and the U.K. National Centre agree.",
        "Mr. Example met Dr. J. R. Sample of Example Corp. in Washington.",
        "It was Executive Order No. 14 of Jan. 3, and Art. 5 of the code.",
        "The E.O. sends a signal at 10.21 a.m. from St. Example.",
        "“Who did it?” asked the Minister.",
        "“Stop!” he said.",
        "They waited ... and nothing came.",
        "1. The agency of networks",
        "A heading without a stop",
        "Version 2.0.1 of the product, e.g. Example Server, is hit.",
        "Gen. Example and Sen. Sample spoke.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It began in 2021. By March it had ended.", 2),
        ("They hacked the U.S. The attack was large.", 2),
        ("He lives in Washington, D.C. It is far.", 2),
        ("She said: “It is over.” Nobody believed it.", 2),
        ("“It is over. We won.” He left.", 3),
        ("Is it over? Yes. No. Perhaps!", 4),
        ("It was signed by Example Inc. In May it was void.", 2),
        ("They waited... Nothing came.", 2),
        ("It was so (or seemed so.) Then it ended.", 2),
        ("The rule is plain. 92% had patched.", 2),
        ("That was in Aug. Then it stopped.", 2),
    ],
)
def test_a_stop_ends_a_sentence(text: str, number: int) -> None:
    assert len(split(text)) == number


@given(st.text(alphabet="aA. ?!”\"'…)1", max_size=200).map(str.strip))
def test_sentences_hold_all_but_the_space_between_them(text: str) -> None:
    assert "".join("".join(one.split()) for one in split(text)) == "".join(text.split())
    assert all(one == one.strip() for one in split(text))


def test_a_sentence_without_end_comes_in_pieces_that_hold_all_of_its_words() -> None:
    text = "Russia was blamed, and " * 1_000
    found = sentences(text, Span(0, len(text)))
    assert max(len(span) for span in found) <= LONGEST
    assert "".join(span.of(text) for span in found).replace(" ", "") == text.replace(" ", "")
    unbroken = "x" * (3 * LONGEST)
    assert [len(span) for span in sentences(unbroken, Span(0, len(unbroken)))] == [LONGEST] * 3
