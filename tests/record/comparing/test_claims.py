"""Claims made of readings: incident joined, day and turn found, parties named."""

from __future__ import annotations

from datetime import date

import pytest
from tests.record.comparing.told import DAY, Paper, claims

from tocsin.record import Attribution, Event, Level, Party, Relation, SegmentKind, Span
from tocsin.record.comparing import Between
from tocsin.record.comparing.claims import between, kinship, named, of_incidents, state_of

_BLAME = Attribution(
    accused=(Party(canonical="gov:RU"),), level=Level.STATE, relation=Relation.RESPONSIBLE_FOR, explicit=True
)


def test_an_incident_told_in_short_meets_the_one_told_in_full() -> None:
    paper = Paper("The mail hack was told. The Sample Mail hack was told again.")
    paper.says("The mail hack was told", _BLAME, by="gov:GB", incident="mail")
    paper.says("The Sample Mail hack was told again", _BLAME, by="gov:US", incident="sample-mail")
    assert [claim.incident for claim in claims(paper)] == ["sample-mail", "sample-mail"]


def test_a_turn_gives_the_day_and_the_speaker() -> None:
    first, second = "We were hit.", "We were not."
    paper = Paper(
        f"{first}\n\n{second}",
        parts=[
            (first, SegmentKind.TURN, "person:lord-example", date(2025, 3, 1)),
            (second, SegmentKind.TURN, "person:lord-sample", None),
        ],
    )
    for words in (first, second):
        paper.says(words, Event(what=paper.at(words)), by="person:lord-example")
    one, other = claims(paper)
    assert (one.day, one.speaker) == (date(2025, 3, 1), "person:lord-example")
    assert (other.day, other.speaker) == (DAY, "person:lord-sample")
    assert between(one, other) is Between.SPEAKERS


def test_general_patterns_are_of_no_incident() -> None:
    paper = Paper("They always do. They did it.")
    paper.says("They always do", _BLAME, by="gov:GB", incident="pattern:RU")
    paper.says("They did it", _BLAME, by="gov:GB")
    assert list(of_incidents(claims(paper))) == ["sample-mail"]


@pytest.mark.parametrize(
    ("canonical", "state"),
    [
        ("gov:GB", "GB"),
        ("role:GB-foreign-secretary", "GB"),
        ("organ:CN-MSS", "CN"),
        ("group:ru-state-backed-actors", "RU"),
        ("org:EU", "EU"),
        ("org:NATO", "NATO"),
        ("org:sample-gb", "GB"),
        ("person:lord-example", None),
        ("org:microsoft", None),
    ],
)
def test_a_canonical_tells_its_state(canonical: str, state: str | None) -> None:
    assert state_of(canonical) == state


def test_names_read_as_words() -> None:
    assert named("person:lord-example-of-the-hill") == "Lord Example of the Hill"
    assert named("gov:GB") == "the government of the United Kingdom"


def test_kinship_is_two_for_the_same_and_one_for_the_same_state() -> None:
    paper = Paper("One. Two. Three.")
    paper.says("One", _BLAME, by="gov:GB")
    paper.says("Two", _BLAME, by="role:GB-foreign-secretary")
    paper.says("Three", _BLAME, by="org:sample")
    one, two, three = claims(paper)
    assert (kinship(one, one), kinship(one, two), kinship(one, three)) == (2, 1, 0)


def test_a_sentence_names_no_more_than_four_claimants() -> None:
    paper = Paper("All of them say so.")
    paper.says("All of them say so", _BLAME, by=[f"org:sample-{letter}" for letter in "abcdef"])
    assert claims(paper)[0].who == "sample a, sample b, sample c and 3 others (2025-03-04)"


def test_an_unsourced_claim_says_that_nobody_is_named() -> None:
    paper = Paper("It is believed that the group is theirs.")
    paper.says(paper.text, Event(what=Span(0, 3)), by="unknown:unattributed")
    assert claims(paper)[0].who.startswith("nobody named")
