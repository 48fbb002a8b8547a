"""Whom a document introduces itself. Every group, firm and person here is invented."""

from __future__ import annotations

import time

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


UNITS = (
    "group ",
    "group called ",
    "gang also known to the ",
    "gang known as Aa Bb ",
    "Aa Bb, a gang ",
    "Aa of ",
    "charged Aa Bb, ",
    "charged Aa Bb (x), who is a x x x ",
    "listed Aa Bb (",
    "Aa Bb Co, a x x ",
)


@pytest.mark.parametrize("unit", UNITS)
def test_words_that_begin_a_name_take_time_in_proportion(unit: str) -> None:
    assert _seconds(unit * (240_000 // len(unit))) < 2


@pytest.mark.parametrize("unit", ["gang called Aa{}x. ", "charged Aa Bb{}x, 34. "])
def test_a_text_may_introduce_thousands(unit: str) -> None:
    text = "".join(unit.format(number) for number in range(4_000))
    assert len(introduced(text)) > 3_000
    assert _seconds(text) < 3


def _seconds(text: str) -> float:
    begun = time.process_time()
    with_introduced(text, ())
    return time.process_time() - begun


@pytest.mark.parametrize(
    "text",
    [
        "The group was identified by Example Security. Example Security stole a march on its rivals.",
        "The team was called to Downing Lane.",
        "The actors are known to Wired readers.",
        "Example Shield, a cybersecurity group, blamed Iran.",
        "Hackers stole the files of Ada Example, 41, a nurse, officials added.",
        "Ada Example, the deputy director of the agency, announced sanctions against Iran.",
        "John Sample, a member of Parliament, asked about the sanctions.",
        "Listening devices were found, said Ada Example, 41.",
    ],
)
def test_whoever_tracks_leads_or_suffers_is_nobody_accused(text: str) -> None:
    assert introduced(text) == []


def test_of_a_group_tracked_by_a_firm_the_name_is_the_one_after_as() -> None:
    text = "The theft was the work of a group tracked by Sampleware as Paper Sparrow."
    assert introduced(text) == [("Paper Sparrow", "actor:paper-sparrow")]


def test_a_last_name_that_is_a_word_stands_for_nobody() -> None:
    text = "The grand jury charged Ada May, 34, and Bob Banks, 29. In May the banks reopened. Banks closed."
    assert [words for words, _ in introduced(text)] == ["Ada May", "Bob Banks"]
