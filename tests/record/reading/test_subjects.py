from __future__ import annotations

import pytest

from tocsin.record.gazetteer import load_gazetteer
from tocsin.record.reading.subjects import SELF, Cast
from tocsin.record.segments import Party, Segment, SegmentKind
from tocsin.record.spans import Span

GAZETTEER = load_gazetteer()


def canonical(words: str) -> str | None:
    party = Cast(words, GAZETTEER.mentions(words)).party(Span(0, len(words)))
    return party and party.canonical


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Norway", "gov:NO"),
        ("The Norwegian government", "gov:NO"),
        ("Sources", "unknown:sources"),
        ("Two people familiar with the matter", "unknown:sources"),
        ("Diplomats", "class:diplomats"),
        ("Alex Example", "person:alex-example"),
        ("Lord Example of Sampleton", "person:lord-example-of-sampleton"),
        ("The foreign minister", "role:foreign-minister"),
        ("Example Research Institute", "org:example-research-institute"),
        ("a report by Example Labs", "org:example-labs"),
        ("Last year Alex Example", "person:alex-example"),
        ("The agency", "unknown:agency"),
        ("I", "self"),
        ("It", None),
    ],
)
def test_a_noun_phrase_means_somebody(words: str, meant: str | None) -> None:
    assert canonical(words) == meant


def test_pronouns_mean_the_last_of_their_kind() -> None:
    text = "Alex Example. Norway. Diplomats. He It They We"
    cast = Cast(text, GAZETTEER.mentions(text))
    for words in ("Alex Example", "Norway", "Diplomats"):
        cast.party(span_of(text, words))
    meant = [cast.party(span_of(text, word)) for word in ("He", "It", "They")]
    assert [party and party.canonical for party in meant] == ["person:alex-example", "gov:NO", "class:diplomats"]
    assert cast.party(span_of(text, "We")) is SELF


def test_an_office_said_to_be_held_means_its_holder_from_there_on() -> None:
    text = "Alex Example, the Norwegian foreign minister. The foreign minister"
    cast = Cast(text, GAZETTEER.mentions(text))
    assert cast.introduces(span_of(text, "Alex Example"), span_of(text, "the Norwegian foreign minister"))
    later = cast.party(span_of(text, "The foreign minister"))
    assert later is not None
    assert later.canonical == "person:alex-example"


def test_forms_of_address_mean_who_spoke_before() -> None:
    text = "My Lords, is it so? The noble Lord is right to ask."
    asker = Party(canonical="unknown:noble-lord-1")
    turns = [
        Segment(kind=SegmentKind.TURN, span=Span(0, 19), speaker=asker, rule="turn-questioner"),
        Segment(kind=SegmentKind.TURN, span=Span(20, len(text)), speaker=Party(canonical="unknown:minister")),
    ]
    meant = Cast(text, (), turns).party(span_of(text, "The noble Lord"))
    assert meant is not None
    assert meant.canonical == "unknown:noble-lord-1"


def span_of(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))
