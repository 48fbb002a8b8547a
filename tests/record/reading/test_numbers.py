"""Numbers in running text: what they are, and what is none."""

from __future__ import annotations

from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.record.reading.numbers import Number, NumberKind, find_numbers, has_number
from tocsin.record.spans import Span


def numbers(text: str) -> list[Number]:
    return find_numbers(text, Span(0, len(text)))


def found(text: str) -> list[tuple[str, float, float]]:
    return [(one.span.of(text), one.low, one.high) for one in numbers(text)]


@pytest.mark.parametrize(
    ("text", "words", "low"),
    [
        ("It hit 3,000 servers.", "3,000", 3_000),
        ("It hit 83 000 companies.", "83 000", 83_000),
        ("It hit 250k routers.", "250k", 250_000),
        ("It reached 76 million people.", "76 million", 76_000_000),
        ("They charged four officers.", "four", 4),
        ("It hit a dozen countries.", "a dozen", 12),
        ("It hit two hundred and fifty firms.", "two hundred and fifty", 250),
        ("It hit half a million accounts.", "half a million", 500_000),
        ("It hit a quarter of a million accounts.", "a quarter of a million", 250_000),
        ("It hit twenty-seven towns.", "twenty-seven", 27),
        ("The 27-nation bloc spoke.", "27", 27),
        ("In 2000 villages they had none.", "2000", 2_000),
        ("In Exampleland 300 firms were hit.", "300", 300),
        ("Treasury Sanctions 32 Entities", "32", 32),
    ],
)
def test_a_number_stands_where_its_own_words_stand(text: str, words: str, low: float) -> None:
    assert found(text)[0][:2] == (words, low)


@pytest.mark.parametrize(
    ("text", "words", "per_cent"),
    [
        ("92% of customers had installed it.", "92%", 92),
        ("8 per cent of firms had not.", "8 per cent", 8),
        ("Ninety-two percent had.", "Ninety-two percent", 92),
        ("Half of the firms paid.", "Half", 50),
        ("Three-quarters of firms paid.", "Three-quarters", 75),
        ("One in five hospitals paid.", "One in five", 20),
        ("About 9 out of 10 paid.", "9 out of 10", 90),
    ],
)
def test_a_share_is_in_per_cent(text: str, words: str, per_cent: float) -> None:
    (one,) = numbers(text)
    assert (one.kind, one.span.of(text), one.value) == (NumberKind.SHARE, words, per_cent)


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("It cost £1.2bn.", "£1.2bn", 1.2e9, "pounds"),
        ("It cost about US$ 5 million.", "US$ 5 million", 5e6, "dollars"),
        ("It cost 3,5 million euros.", "3,5 million euros", 3.5e6, "euros"),
        ("It cost millions of dollars.", "millions of dollars", None, "dollars"),
        ("They took 1.8 terabytes of data.", "1.8 terabytes", 1.8, "terabytes"),
    ],
)
def test_money_and_data_carry_their_unit(text: str, words: str, value: float | None, unit: str) -> None:
    (one,) = numbers(text)
    assert (one.span.of(text), one.value, one.unit) == (words, value, unit)


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("between 3,000 and 5,000 servers", "3,000 and 5,000", 3_000, 5_000),
        ("20-30 firms", "20-30", 20, 30),
        ("from 10 to 15 firms", "10 to 15", 10, 15),
        ("3 to 5 million people", "3 to 5 million", 3e6, 5e6),
        ("$5-10 million", "$5-10 million", 5e6, 1e7),
        ("four or five firms", "four or five", 4, 5),
    ],
)
def test_a_range_is_one_number(text: str, words: str, low: float, high: float) -> None:
    assert found(text) == [(words, low, high)]


def test_a_change_from_one_number_to_another_is_no_range() -> None:
    assert [words for words, *_ in found("It fell from 71 to 12 servers.")] == ["71", "12"]


@pytest.mark.parametrize("words", ["tens of thousands", "dozens", "several hundred", "a handful"])
def test_a_vague_number_has_no_upper_bound(words: str) -> None:
    text = f"It hit {words} of computers."
    (one,) = numbers(text)
    assert one.is_vague
    assert (one.span.of(text), one.high) == (words, inf)


@pytest.mark.parametrize(
    "text",
    [
        "APT28 and APT 29 did it, as did Unit 12345.",
        "See CVE-2024-12345 and KB1234567.",
        "It was the first time.",
        "Executive Order 12345, Emergency Directive 25-09 and Article 5 apply.",
        "Example Server 2013, Windows 10 and version 12.4.1 are affected.",
        "Open ports 80, 443 and 8443 to 203.0.113.24 and 198.51.100.0/24.",
        "Call +44 20 7946 0000 or 1-800-555-0199.",
        "At 10.21 EDT, 1:18 p.m. and 12.38pm.",
        "Under 10 CFR Part 73 and 18 U.S.C. 1030.",
        "It scored 9.8 on CVSS, a severity of 9.8.",
        "The Five Eyes met at 10 Example Street.",
        "1. Patch. [12]",
        "They talked 24/7 about 5G and COVID-19.",
        "It is a two-year, three-part plan.",
    ],
)
def test_names_references_times_and_ordinals_are_no_numbers(text: str) -> None:
    assert found(text) == []


def test_what_is_said_to_be_a_date_is_passed_over() -> None:
    text = "On 3 May, 20 firms were hit."
    assert [one.span.of(text) for one in find_numbers(text, Span(0, len(text)), apart=[Span(3, 8)])] == ["20"]


@given(st.text(alphabet="0123456789 .,%-of adozen", max_size=60))
def test_every_number_lies_in_its_text_and_none_in_another(text: str) -> None:
    spans = [one.span for one in numbers(text)]
    assert all(span.ends <= len(text) and len(span) for span in spans)
    assert all(not first.meets(second) for first, second in pairwise(spans))
    assert not spans or has_number(text, Span(0, len(text)))


@given(st.integers(min_value=0, max_value=10**9))
def test_a_count_written_with_commas_is_read_back(count: int) -> None:
    assert found(f"They counted {count:,} servers, they said.")[0][1] == count or 1900 <= count < 2100


@pytest.mark.parametrize("digits", ["1" + ",000" * 2_000, "1" + ",000" * 7, "1" + " 000" * 7, "9" * 5_000])
def test_more_digits_than_anybody_counts_are_no_number(digits: str) -> None:
    assert found(f"They stole {digits} records, they said.") == []
    assert found(f"They stole {digits}.5 million records and 12 files.")[-1][1] == 12


def test_a_figure_of_many_groups_may_be_counted() -> None:
    assert found("They guessed 1,000,000,000,000,000 times.")[0][1] == 1e15
