from __future__ import annotations

import pytest
from tests.record.reading.pages import page_of

from tocsin.record.document import Genre
from tocsin.record.segments import SegmentKind

LEAD = "A storm passed over the coast and the lights of the town went out.\n\n"


def speakers(text: str) -> list[str | None]:
    page = page_of(LEAD + text, Genre.NEWS)
    return [
        part.speaker.canonical if part.speaker else None for part in page.segments if part.kind is SegmentKind.QUOTATION
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It was them,” said Alex Example.", "person:alex-example"),
        ("“It was them,” Alex Example told reporters.", "person:alex-example"),
        ("Alex Example said: “It was them.”", "person:alex-example"),
        ("Norway called the act “reckless” and left.", "gov:NO"),
        ("A spokesman for Alex Example's office rejected it as “a fairy tale”.", None),
        ("Oslo “strongly condemns” the act.", "gov:NO"),
        ("The act was “reckless”, according to Norway.", "gov:NO"),
        ("The so-called “patriots” did it.", None),
        ("Norway did not blame Iran for the “cruel” act.", "gov:NO"),
    ],
)
def test_who_speaks_a_quotation(text: str, speaker: str | None) -> None:
    found = speakers(text)
    assert len(found) == 1
    if speaker is not None or "so-called" in text:
        assert found == [speaker]


def test_a_quotation_goes_on_after_its_speaker_and_in_the_next_paragraph() -> None:
    assert speakers("“It was them,” said Alex Example. “We are sure.”") == ["person:alex-example"] * 2
    assert speakers("“It was them,” said Alex Example.\n\n“We are sure.”") == ["person:alex-example"] * 2


def test_a_line_with_a_colon_announces_the_block_below_it() -> None:
    text = "Foreign Minister Alex Example said:\n\n“It was them.\n\n“We are sure of it.”"
    assert speakers(text) == ["person:alex-example"]


def test_a_quotation_within_one_has_its_own_speaker() -> None:
    text = "“Norway's judgment that it is ‘almost certain’ worries us,” said Alex Example."
    assert speakers(text) == ["person:alex-example", "gov:NO"]


def test_two_speakers_in_one_paragraph_are_kept_apart() -> None:
    assert speakers("Norway called it “bad”. “It is worse,” said Alex Example.") == ["gov:NO", "person:alex-example"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Alex Example sighed. He put the cost at “two million, maybe more”, and left.", None),
        ("Alex Example said so. He put the cost at “two million, maybe more”, and left.", "person:alex-example"),
        ("‘They give dates,’ said Alex Example of the Specimen Institute in Oslo.", "person:alex-example"),
        ("Dr Alex Example of the University of Sampleton called it “odd”.", "person:alex-example"),
        ("Example Power, the utility, called it “odd”.", "org:example-power"),
        ("The Norwegian embassy was asked. A spokesman called it “odd”.", "role:NO-embassy-spokesperson"),
        ("Norway was cautious. Its foreign minister called it “odd”.", "role:NO-foreign-minister"),
        (
            "Example Ferries was hit. A spokesperson for the company called it “odd”.",
            "role:example-ferries-spokesperson",
        ),
        ("For Alex Example, 61, a driver, it was a bad day. “I lost it all,” he said.", "person:alex-example"),
        ("Norway said that it had asked Iran for help, and that its own people had been “asleep”.", "gov:NO"),
        ("Norway’s defence ministry – a part of the government – called it “odd”.", "role:NO-defence-ministry"),
    ],
)
def test_short_forms_mean_who_was_named_before(text: str, speaker: str | None) -> None:
    assert speakers(text) == [speaker]


def test_a_quotation_that_ends_with_a_stop_is_not_of_who_speaks_next() -> None:
    text = "“They knew in May,” said Alex Example. “Five weeks were lost.” Norway denied that it had waited."
    assert speakers(text) == ["person:alex-example"] * 2


def test_a_partial_quotation_is_not_of_a_later_verb_in_its_sentence() -> None:
    text = "The third, Norway said, was “an old pair of gloves”, which had allegedly been found by Iran."
    assert speakers(text) == ["gov:NO"]


def test_names_with_a_shortened_title_are_whole_and_an_announced_quotation_is_of_who_opens_its_sentence() -> None:
    assert speakers("“It was them,” said Sen. Alex Example, of Sampleton.") == ["person:alex-example"]
    assert speakers("Alex Example, a driver, took to the air to cry: “It was them.”") == ["person:alex-example"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It was them”, the Norwegian minister for ports, Alex Example, said.", "person:alex-example"),
        ("“It was them,” Microsoft's co-founder Alex Example said.", "person:alex-example"),
        ("Example Security Service said so. The agency called it “odd”.", "org:example-security-service"),
    ],
)
def test_appositions_after_a_quotation_and_bodies_by_another_noun(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Labour MP Alex Example called it “odd”.", "person:alex-example"),
        ("China was asked. Its London embassy issued a statement saying that it was “odd”.", "role:CN-embassy"),
        ("Alex Example, the ministry's spokesman, called Norway's claims “odd”.", "person:alex-example"),
        ("His spokesman, Alex Example, said so. The prime minister's official spokesman said: “It is odd.”",
         "role:prime-minister-spokesperson"),
    ],
)  # fmt: skip
def test_whose_the_office_and_whose_the_claims(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]
