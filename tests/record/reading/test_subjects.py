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


def meant_last(text: str, *heard: str) -> str | None:
    """Whom the last words mean after the others have spoken."""
    cast = Cast(text, GAZETTEER.mentions(text))
    parties = [cast.party(span_of(text, words)) for words in heard]
    return parties[-1] and parties[-1].canonical


@pytest.mark.parametrize(
    ("text", "heard", "meant"),
    [
        ("China's foreign ministry spoke. The FBI spoke. The ministry", ["The ministry"], "role:CN-foreign-ministry"),
        ("The FBI was asked. The bureau", ["The bureau"], "org:FBI"),
        ("Example Airlines was hit. The company", ["The company"], "org:example-airlines"),
        ("Norway's foreign ministry spokesman. The spokesman", ["Norway's foreign ministry spokesman", "The spokesman"],
         "role:NO-foreign-ministry-spokesperson"),
        ("Two diplomats. One", ["Two diplomats", "One"], "class:two-diplomats"),
        ("A second official", ["A second official"], "unknown:second-official"),
        ("Norwegian sources", ["Norwegian sources"], "unknown:sources"),
        ("The Sunday Example", ["The Sunday Example"], "org:sunday-example"),
        ("Because Alex Example", ["Because Alex Example"], "person:alex-example"),
        ("Example Ferries was hit. In a filing to the exchange the company",
         ["In a filing to the exchange the company"], "org:example-ferries"),
    ],
)  # fmt: skip
def test_a_short_form_means_who_was_named_or_heard_before(text: str, heard: list[str], meant: str) -> None:
    assert meant_last(text, *heard) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("The Norwegian foreign minister. Later: the Norwegian foreign minister, Alex Example, left.", "alex-example"),
        ("The Norwegian foreign minister said so.\n\nAlex Example called on others.", "alex-example"),
    ],
)
def test_an_office_means_whoever_the_text_says_holds_it(text: str, meant: str) -> None:
    assert meant_last(text, "The Norwegian foreign minister") == f"person:{meant}"


def test_an_office_of_two_persons_is_neither() -> None:
    text = "The Norwegian foreign minister, Alex Example, left. The Norwegian foreign minister, Sam Specimen, came."
    assert meant_last(text, "The Norwegian foreign minister") == "role:NO-foreign-minister"


def test_you_means_who_spoke_before() -> None:
    text = "A group did it. You say so."
    turns = [
        Segment(kind=SegmentKind.TURN, span=Span(0, 15), speaker=Party(canonical="person:example")),
        Segment(kind=SegmentKind.TURN, span=Span(16, len(text)), speaker=Party(canonical="unknown:journalist")),
    ]
    meant = Cast(text, (), turns).party(span_of(text, "You"))
    assert meant is not None
    assert meant.canonical == "person:example"


@pytest.mark.parametrize(
    ("text", "heard", "meant"),
    [
        ("Trade Minister Alex Example. The minister", ["Trade Minister Alex Example", "The minister"],
         "person:alex-example"),
        ("Foreign Minister Eriksen Example", ["Foreign Minister Eriksen Example"], "person:eriksen-example"),
        ("A House of Commons spokesman", ["A House of Commons spokesman"], "role:GB-parliament-spokesperson"),
        ("China's Oslo embassy", ["China's Oslo embassy"], "role:CN-embassy"),
        ("police in Sampleton", ["police in Sampleton"], "org:sampleton-police"),
    ],
)  # fmt: skip
def test_offices_beside_names(text: str, heard: list[str], meant: str) -> None:
    assert meant_last(text, *heard) == meant


def test_the_government_of_a_debate_at_westminster_is_the_british_one() -> None:
    text = "My Lords, is it so? The Government believe it."
    turns = [Segment(kind=SegmentKind.TURN, span=Span(0, len(text)), speaker=Party(canonical="unknown:asker"))]
    meant = Cast(text, GAZETTEER.mentions(text), turns).party(span_of(text, "The Government"))
    assert meant is not None
    assert meant.canonical == "gov:GB"


@pytest.mark.parametrize(
    ("text", "heard", "meant"),
    [
        ("Alex Specimen left. Ms Specimen", ["Ms Specimen"], "person:alex-specimen"),
        ("Alex Specimen left. But Specimen", ["But Specimen"], "person:alex-specimen"),
        ("Sir Alex Specimen. Sir Alex", ["Sir Alex Specimen", "Sir Alex"], "person:alex-specimen"),
        ("U.S. Secretary of State Alex Specimen", ["U.S. Secretary of State Alex Specimen"], "person:alex-specimen"),
        ("Labour's Alex Specimen", ["Labour's Alex Specimen"], "person:alex-specimen"),
    ],
)
def test_a_part_of_a_name_means_whose_name_it_is(text: str, heard: list[str], meant: str) -> None:
    cast = Cast(text, GAZETTEER.mentions(text))
    spans = [Span(text.rindex(words), text.rindex(words) + len(words)) for words in heard]
    parties = [cast.party(span) for span in spans]
    assert parties[-1] is not None
    assert parties[-1].canonical == meant
