from __future__ import annotations

import pytest
from tests.record.reading.pages import page_of

from tocsin.record.document import Genre
from tocsin.record.segments import SegmentKind

LORDS = """Example Registry

Lord Sample of Northton (Lab)

My Lords, who hit the registry?

The Minister of State, Example Office (Lord Example) (Con)

My Lords, it was a group.

I cannot say more than that.

Lord Sample (Lab)

My Lords, can he say when?
"""
CONGRESS = """Mr. EXAMPLE. Mr. Speaker, I rise to speak of the pipeline.

Ms. SAMPLE of Texas. I thank the gentleman for his words.

The SPEAKER pro tempore. The time of the gentleman has expired.
"""
BRIEFING = """Daily Press Briefing

MR EXAMPLE: Good afternoon to you all. We know who did it.

We shall say more in time.

QUESTION: Who did it?

MR EXAMPLE: A group.

Q    (Inaudible.) And when?

MS. SAMPLE:  In May.
"""
MINISTRY = """Spokesperson Sample Example's Regular Press Conference on March 3, 2027

Reuters: Who hit the port? What is your comment?

Sample Example: We oppose all attacks. The report says one thing: nothing.

AFP: A follow-up. Will you respond?

Sample Example: We have said all.
"""


def turns(text: str, genre: Genre) -> list[tuple[str, str]]:
    page = page_of(text, genre)
    return [
        (part.speaker.canonical if part.speaker else "", part.span.of(page.text))
        for part in page.segments
        if part.kind is SegmentKind.TURN
    ]


def test_names_on_lines_of_their_own_open_turns() -> None:
    assert turns(LORDS, Genre.DEBATE) == [
        ("person:lord-sample-of-northton", "My Lords, who hit the registry?"),
        ("person:lord-example", "My Lords, it was a group.\n\nI cannot say more than that."),
        ("person:lord-sample-of-northton", "My Lords, can he say when?"),
    ]


def test_names_in_capitals_open_turns() -> None:
    assert [speaker for speaker, _ in turns(CONGRESS, Genre.DEBATE)] == [
        "person:example",
        "person:sample",
        "unknown:chair",
    ]


def test_a_briefing_has_questions_and_answers() -> None:
    assert [speaker for speaker, _ in turns(BRIEFING, Genre.BRIEFING)] == [
        "person:example",
        "unknown:journalist",
        "person:example",
        "unknown:journalist",
        "person:sample",
    ]
    assert turns(BRIEFING, Genre.BRIEFING)[0][1].endswith("in time.")
    assert turns(BRIEFING, Genre.BRIEFING)[3][1] == "(Inaudible.) And when?"


def test_a_ministrys_conference_names_the_papers() -> None:
    assert [speaker for speaker, _ in turns(MINISTRY, Genre.BRIEFING)] == [
        "org:reuters",
        "person:sample-example",
        "org:afp",
        "person:sample-example",
    ]


def test_labels_are_stage_directions_and_hold_no_sentence() -> None:
    page = page_of(BRIEFING, Genre.BRIEFING)
    labels = [part.span for part in page.segments if part.rule == "turn-label" and part.kind is SegmentKind.STAGE]
    assert [label.of(BRIEFING).strip() for label in labels] == [
        "MR EXAMPLE:",
        "QUESTION:",
        "MR EXAMPLE:",
        "Q",
        "MS. SAMPLE:",
    ]
    assert not any(label.holds(sentence.span) for label in labels for sentence in page.sentences)


@pytest.mark.parametrize("genre", [Genre.NEWS, Genre.STATEMENT, Genre.ADVISORY])
def test_other_genres_have_no_turns(genre: Genre) -> None:
    assert turns(BRIEFING, genre) == []


def test_a_member_named_once_with_office_or_party_speaks_by_the_plain_name_from_there_on() -> None:
    text = """Example Registry

The Minister for Security (Alex Example)

I will make a statement on the registry.

Sam Specimen (Northton) (Lab)

Who hit it?

Alex Example

A group did.

Another Heading

Some more of it.
"""
    assert [speaker for speaker, _ in turns(text, Genre.DEBATE)] == [
        "person:alex-example",
        "person:sam-specimen",
        "person:alex-example",
    ]


def test_a_question_on_the_paper_is_of_who_asked_it() -> None:
    text = """Asked by Lord Sample of Northton

To ask His Majesty's Government who hit the registry.

Lord Sample of Northton (Lab)

My Lords, I am grateful.
"""
    assert [speaker for speaker, _ in turns(text, Genre.DEBATE)] == ["person:lord-sample-of-northton"] * 2


def test_a_paper_with_an_article_is_a_body() -> None:
    assert turns(MINISTRY.replace("AFP:", "The Sample Herald:"), Genre.BRIEFING)[2][0] == "org:the-sample-herald"
