from __future__ import annotations

import pytest
from tests.record.reading.pages import page_of

from tocsin.record.document import Genre
from tocsin.record.segments import SegmentKind

LEAD = "A storm passed over the coast and the lights of the town went out.\n\n"


def reported(text: str) -> list[tuple[str, str]]:
    page = page_of(LEAD + text, Genre.NEWS)
    return [
        (part.speaker.canonical if part.speaker else "", part.span.of(page.text))
        for part in page.segments
        if part.kind is SegmentKind.REPORTED
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "clause"),
    [
        ("Norway said that the port was hit.", "gov:NO", "the port was hit"),
        ("Norway said the port was hit.", "gov:NO", "the port was hit"),
        ("Norway said on Tuesday the port was hit.", "gov:NO", "the port was hit"),
        ("Example Labs has reported that, by May, 12 ports were hit.", "org:example-labs", "by May, 12 ports were hit"),
        ("Officials believe the port was hit.", "class:officials", "the port was hit"),
        ("Alex Example told reporters that the port was hit.", "person:alex-example", "the port was hit"),
        ("The port was hit, according to Norway.", "gov:NO", "The port was hit"),
        ("According to Norway, the port was hit.", "gov:NO", "the port was hit"),
        ("The port was hit, Norway said on Monday.", "gov:NO", "The port was hit"),
        ("The port was hit, said Alex Example.", "person:alex-example", "The port was hit"),
        ("As Norway made clear yesterday, the port was hit.", "gov:NO", "the port was hit"),
        ("It is believed that the port was hit.", "unknown:unattributed", "the port was hit"),
        (
            "Hackers are thought to have hit the port.",
            "unknown:unattributed",
            "Hackers are thought to have hit the port",
        ),
        ("Hackers reportedly hit the port.", "unknown:unattributed", "Hackers reportedly hit the port"),
        ("Norway's assessment that the port was hit is shared.", "gov:NO", "the port was hit is shared"),
        ("Norway said the port was hit but did not say by whom.", "gov:NO", "the port was hit"),
        ("Alex Example, who runs the port, said that it was hit.", "person:alex-example", "it was hit"),
        ("Alex Example is right to say that the port was hit.", "person:alex-example", "the port was hit"),
        ("In a statement, Norway said that the port was hit.", "gov:NO", "the port was hit"),
        ("Norway blamed the weather, saying that the port was hit.", "gov:NO", "the port was hit"),
    ],
)
def test_who_says_what(text: str, speaker: str, clause: str) -> None:
    assert reported(text) == [(speaker, clause)]


@pytest.mark.parametrize(
    "text",
    [
        "Norway denied that it hit the port.",
        "Norway did not say that the port was hit.",
        "Norway declined to say whether the port was hit.",
        "Norway accused Iran of hitting the port.",
        "We believe that the port was hit.",
        "Can the government confirm that the port was hit?",
        "The alleged intruders left, and the stated aim was plain.",
        "If Norway said that the port was hit, it would be wrong.",
        "The pattern of the waves shows that the port was hit.",
    ],
)
def test_nobody_reports_there(text: str) -> None:
    assert reported(text) == []


def test_speech_within_speech_has_both_speakers() -> None:
    page = page_of(LEAD + "Norway said Example Labs had found that 12 ports were hit.", Genre.NEWS)
    inner = max(number for number, part in enumerate(page.segments) if part.kind is SegmentKind.REPORTED)
    assert [party.canonical for party in page.chain(inner)] == ["gov:NO", "org:example-labs"]


def test_what_is_left_out_is_taken_from_the_verb_before() -> None:
    assert reported("Norway said the port was hit and warned that others would be.") == [
        ("gov:NO", "the port was hit"),
        ("gov:NO", "others would be"),
    ]


def test_a_pronoun_goes_on_from_who_spoke_before() -> None:
    assert reported("Alex Example said the port was hit. He added that nobody slept.")[1][0] == "person:alex-example"
    assert reported("Norway said the port was hit. It added that nobody slept.")[1][0] == "gov:NO"


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("Half of the ports were shut, it noted.", None, None),
        ("Norway said so. Half of the ports were shut, it noted.", "gov:NO", "Half of the ports were shut"),
        ("The ports were hit, Norway said on Thursday, in its first words on it.", "gov:NO", "The ports were hit"),
        ("Norway warned two years ago that the port was open.", "gov:NO", "the port was open"),
        ("Iran, through which the money is thought to have passed, said it knew nothing.", "gov:IR", "it knew nothing"),
        ("Alex Example met the owner and told him that the port was open.", "person:alex-example", "the port was open"),
    ],
)
def test_a_clause_has_the_subject_of_its_sentence(text: str, speaker: str | None, words: str | None) -> None:
    found = reported(text)
    assert (speaker, words) in found if speaker else not found


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("They told the Norwegian embassy, which replied that it was shut.", "role:NO-embassy", "it was shut"),
        ("There is a Norwegian report that says that the port was hit.", "gov:NO", "the port was hit"),
        ("We were assured by Norway at the time that the port was open.", "gov:NO", "the port was open"),
        ("Norway told our reporter this morning that the port was hit.", "gov:NO", "the port was hit"),
        ("It is odd and, according to Norway, the port was hit.", "gov:NO", "the port was hit"),
        ("Norway said two were shut. The third, it said, was open.", "gov:NO", "was open"),
        ("A second official, who was not named, was careful, saying that it was open.", "unknown:second-official",
         "it was open"),
        ("In May the supplier, Example Power, told Norway that it was open.", "org:example-power", "it was open"),
        ("According to the indictment, the port was hit.", "doc:indictment", "the port was hit"),
    ],
)  # fmt: skip
def test_who_speaks_in_a_relative_clause_a_passive_and_a_parenthesis(text: str, speaker: str, words: str) -> None:
    assert (speaker, words) in reported(text)


def test_a_clause_may_begin_with_an_amount() -> None:
    assert reported("Norway said at least eight ports were hit.") == [("gov:NO", "at least eight ports were hit")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Norwegian response team, CERT-NO Example, said that it was hit.", "org:cert-no-example"),
        ("The report, by Example Labs, says that it was hit.", "org:example-labs"),
        ("Norway told senators it was hit.", "gov:NO"),
        ("Norway told the newspaper they were hit.", "gov:NO"),
    ],
)
def test_appositions_and_hearers(text: str, speaker: str) -> None:
    assert [found[0] for found in reported(text)] == [speaker]
