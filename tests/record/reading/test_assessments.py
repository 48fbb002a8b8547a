from __future__ import annotations

import pytest
from tests.record.reading.pages import running_text

from tocsin.record.assertions import Assessment
from tocsin.record.reading.assessments import read_assessments
from tocsin.record.reading.page import Candidate


def read(text: str) -> list[tuple[Candidate, Assessment]]:
    return [(one, one.body) for one in read_assessments(running_text(text)) if isinstance(one.body, Assessment)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The operation was intended to disrupt the election.", "intent"),
        ("They broke in with the aim of stealing designs.", "intent"),
        ("This was an indiscriminate act.", "targeting"),
        ("The group deliberately targeted hospitals.", "targeting"),
        ("The breach caused considerable economic damage.", "damage"),
        ("Officials believe that a dozen firms were compromised.", "victims"),
        ("The data was taken for the purpose of espionage.", "purpose"),
        ("Such behaviour is unacceptable.", "condemnation"),
        ("The attack is part of an effort to choke supply.", "intent"),
        ("They were there not to steal secrets but to disrupt.", "purpose"),
    ],
)
def test_each_judgement_has_its_kind(text: str, what: str) -> None:
    assert [body.what for _, body in read(text)] == [what]


@pytest.mark.parametrize(
    "text",
    [
        "Norway imposed sanctions.",
        "For the purposes of the Regulation, it is external.",
        "Was the attack intended to disrupt the election?",
    ],
)
def test_none_is_read_where_nothing_is_judged(text: str) -> None:
    assert read(text) == []


def test_the_words_of_probability_may_stand_before_the_clause() -> None:
    text = "It is highly likely that the operation was intended to disrupt the election."
    ((one, body),) = read(text)
    assert body.likelihood.words is not None
    assert body.likelihood.words.of(text) == "highly likely"
    assert one.rule == "assessment.intent.meant"


@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("It is highly likely that the aim was to follow exiles.", "purpose", "highly likely"),
        ("The intruders are almost certainly still active.", "status", "almost certainly"),
        ("It is probable that those firms were caught in it.", "victims", "probable"),
        ("Most of it would probably never be recovered.", "damage", "probably"),
        ("It is a realistic possibility that the intention was to disrupt.", "intent", "realistic possibility"),
        ("It is unlikely that those records were exposed.", "victims", "unlikely"),
    ],
)
def test_what_is_judged_likely_is_told_by_the_words_of_the_clause(text: str, what: str, words: str) -> None:
    ((_, body),) = read(text)
    assert (body.what, body.likelihood.words and body.likelihood.words.of(text)) == (what, words)


@pytest.mark.parametrize(
    "text",
    ["It is highly likely that Iran was behind it.", "The bill is likely to pass.", "Is it likely to happen again?"],
)
def test_who_did_it_and_what_is_no_attack_are_no_assessments(text: str) -> None:
    assert read(text) == []
