"""Whom a document introduces itself. Every group, firm and person here is invented."""

from __future__ import annotations

import pytest

from tocsin.record.gazetteer import EntityKind, load_gazetteer
from tocsin.record.reading.introduced import with_introduced


def introduced(text: str) -> list[tuple[str, str]]:
    known = load_gazetteer().mentions(text)
    return [(each.span.of(text), each.canonical) for each in with_introduced(text, known) if each not in known]


@pytest.mark.parametrize(
    "text",
    [
        "The port was held to ransom by a gang calling itself Paper Sparrow.",
        "The group, which researchers track as Paper Sparrow, stole the files.",
        "An earlier theft was the work of Paper Sparrow, a ransomware gang.",
        "They are known as a group that it calls “Paper Sparrow”.",
    ],
)
def test_a_group_is_known_by_the_name_that_the_text_gives_it(text: str) -> None:
    assert introduced(text) == [("Paper Sparrow", "actor:paper-sparrow")]


def test_it_is_known_in_the_whole_text() -> None:
    text = "Paper Sparrow is back. It is a gang known as Paper Sparrow. Paper Sparrows are birds."
    assert [words for words, _ in introduced(text)] == ["Paper Sparrow", "Paper Sparrow"]


def test_what_the_gazetteer_knows_stays_what_it_is() -> None:
    text = "The group known as Sandworm was named, and so was the ministry called the GRU."
    assert introduced(text) == []


def test_people_and_firms_that_are_charged_or_listed_are_known_later_by_their_last_name() -> None:
    text = (
        "The grand jury indicted Ada Sampleova, 34, of Minsk. Sanctions were imposed on Example Pardaz, a company in"
        " Tehran. Sampleova wrote the malware. Example Pardaz paid for it."
    )
    assert introduced(text) == [
        ("Ada Sampleova", "person:ada-sampleova"),
        ("Example Pardaz", "org:example-pardaz"),
        ("Sampleova", "person:ada-sampleova"),
        ("Example Pardaz", "org:example-pardaz"),
    ]


def test_an_expert_with_a_post_is_nobody_accused() -> None:
    assert introduced("Ada Sampleova, who teaches at a university, welcomed the sanctions.") == []


def test_an_introduced_name_is_an_actor() -> None:
    text = "A gang calling itself Paper Sparrow."
    assert [each.kind for each in with_introduced(text, ())] == [EntityKind.ACTOR]


def test_a_text_of_one_word_repeated_takes_no_longer_than_its_length() -> None:
    assert introduced("group " * 20_000) == []
    assert introduced("Aa Bb, " * 20_000 + "charged") == []
