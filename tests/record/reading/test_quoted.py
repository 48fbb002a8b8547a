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
