from __future__ import annotations

from datetime import date

from tests.record.reading.pages import page_of

from tocsin.record.document import Genre
from tocsin.record.reading.page import Page
from tocsin.record.segments import Segment, SegmentKind

LORDS = """Cyber-attack: Example Registry

Volume 901: debated on Tuesday 4 March 2025

Commons Urgent Question

The following Answer to an Urgent Question was given in the House of Commons on Monday 3 March.

“The registry was attacked last week. Yesterday we said who did it.

The registry is open again.”

My Lords, nobody told us. Can the noble Lord, Lord Example of Northton, state what was copied? Was it Russia?

My Lords, the noble Lord is right to be concerned. We believe that 40 files were copied.

My Lords, what will be done for the staff of the registry?

My Lords, the noble Baroness raises an important point. The noble Lord, Lord Sample, pointed to Russian hackers.

My Lords, I ask about the towns. Will they be told?

My Lords, my noble friend speaks for many. They will.

My Lords, the time allowed for this Question has elapsed.
"""

COMMONS = """Example Port

I thank the Minister for coming here. What steps will he take for the port?

The hon. Lady raises an important point. The Government have sent engineers.

They work day and night.

Does he agree that this was a scandal?

I do not agree with my hon. Friend, who makes a point that he has made before. The Government will answer for it.
"""


def laid_out(text: str) -> tuple[Page, list[Segment]]:
    page = page_of(text, Genre.DEBATE)
    return page, [part for part in page.segments if part.kind is SegmentKind.TURN]


def speakers(text: str) -> list[str]:
    return [turn.speaker.canonical if turn.speaker else "" for turn in laid_out(text)[1]]


def test_questions_and_answers_take_turns_and_forms_of_address_tell_who() -> None:
    assert speakers(LORDS) == [
        "unknown:commons-minister",
        "person:lord-sample",
        "person:lord-example-of-northton",
        "unknown:noble-baroness-1",
        "person:lord-example-of-northton",
        "unknown:noble-friend-1",
        "person:lord-example-of-northton",
        "unknown:chair",
    ]


def test_an_answer_read_out_is_of_the_day_it_was_given() -> None:
    page, turns = laid_out(LORDS)
    assert [turn.uttered for turn in turns[:2]] == [date(2025, 3, 3), None]
    assert turns[0].span.of(page.text).endswith("open again.”")
    inside = page.innermost(next(one.span for one in page.sentences if "Yesterday" in one.span.of(page.text)))
    assert page.uttered(inside) == date(2025, 3, 3)
    assert page.uttered(page.sentences[-1].segment) == date(2025, 3, 4)
    assert [party.canonical for party in page.chain(inside)] == ["unknown:commons-minister"]


def test_without_vocatives_a_change_of_role_opens_a_turn() -> None:
    assert speakers(COMMONS) == [
        "unknown:hon-lady-1",
        "unknown:minister",
        "unknown:hon-friend-1",
        "unknown:minister",
    ]
    assert laid_out(COMMONS)[1][1].span.of(COMMONS).endswith("day and night.")


def test_a_statement_that_was_made_in_the_other_house_is_read_out_too() -> None:
    announced = "The following Statement was made in the House of Commons on Monday 3 March."
    _, turns = laid_out(LORDS.replace(LORDS.split("\n\n")[3], announced))
    assert turns[0].speaker is not None
    assert turns[0].speaker.canonical == "unknown:commons-minister"
    assert turns[0].uttered == date(2025, 3, 3)
