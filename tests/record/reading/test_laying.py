from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.reading.pages import page_of

from tocsin.record.document import Document, Genre
from tocsin.record.gazetteer import load_gazetteer
from tocsin.record.reading.laying import lay_out, nested
from tocsin.record.segments import NOT_READ, Segment, SegmentKind
from tocsin.record.spans import Span

GAZETTEER = load_gazetteer()
STATEMENT = """UK exposes intruders of the Example grid

Press release

Published 3 March 2027

The UK and its allies have today named those who attacked the Example grid last May.

Foreign Secretary Alex Example said:

“The act was reckless. It harmed our allies.

“We will not let it stand.”

ENDS

Notes to editors

1. The EU said on 1 March 2027 that it “stands with” Norway.

Media enquiries: press@example.test
"""
PIECES = [
    "said ",
    "X ",
    "Norway ",
    "“",
    "”",
    '"',
    "\n\n",
    "that ",
    ". ",
    "was hit",
    ", ",
    "Q ",
    "My Lords, ",
    "He ",
    "? ",
]


def undated(text: str, genre: Genre = Genre.OTHER) -> Document:
    return Document(sha256="0" * 64, text=text, media_type="text/plain", source="a.txt", genre=genre)


def test_a_statement_is_laid_out_whole() -> None:
    page = page_of(STATEMENT)
    told = [(part.kind, part.span.of(page.text).split("\n")[0][:24]) for part in page.segments]
    assert told == [
        (SegmentKind.TITLE, "UK exposes intruders of "),
        (SegmentKind.BOILERPLATE, "Press release"),
        (SegmentKind.BOILERPLATE, "Published 3 March 2027"),
        (SegmentKind.QUOTATION, "“The act was reckless. I"),
        (SegmentKind.BOILERPLATE, "ENDS"),
        (SegmentKind.HEADING, "Notes to editors"),
        (SegmentKind.REPORTED, "it “stands with” Norway"),
        (SegmentKind.QUOTATION, "“stands with”"),
        (SegmentKind.BOILERPLATE, "Media enquiries: press@e"),
    ]


def test_the_date_stated_stands_on_the_outermost_parts_unless_the_document_has_one() -> None:
    page = lay_out(undated(STATEMENT), GAZETTEER)
    assert {part.uttered for part in page.segments if part.parent is None} == {date(2027, 3, 3)}
    assert {part.uttered for part in page_of(STATEMENT).segments} == {None}


def test_a_sentence_belongs_to_the_innermost_part_at_its_start() -> None:
    page = page_of(STATEMENT)
    kinds = {
        one.span.of(page.text): page.segments[one.segment].kind if one.segment is not None else None
        for one in page.sentences
    }
    assert kinds["It harmed our allies."] is SegmentKind.QUOTATION
    assert kinds["Foreign Secretary Alex Example said:"] is None
    assert "ENDS" not in kinds


def test_parts_that_would_cross_are_clipped_or_left_out() -> None:
    outer = Segment(kind=SegmentKind.QUOTATION, span=Span(0, 10))
    clause = Segment(kind=SegmentKind.REPORTED, span=Span(5, 15))
    crossing = Segment(kind=SegmentKind.QUOTATION, span=Span(6, 15))
    found = nested([crossing, clause, outer])
    assert [(part.span, part.parent) for part in found] == [(Span(0, 10), None), (Span(5, 10), 0)]


@pytest.mark.parametrize("text", ["", "   \n\n ", "Home", "“", "Q", "[Deny]", "\u202eright to left\u202c"])
def test_poor_documents_are_laid_out(text: str) -> None:
    for genre in Genre:
        lay_out(undated(text, genre), GAZETTEER)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from(Genre))
def test_parts_nest_and_sentences_are_of_what_is_read(text: str, genre: Genre) -> None:
    page = lay_out(undated(text, genre), GAZETTEER)
    for number, part in enumerate(page.segments):
        assert part.span.ends <= len(page.text)
        if part.parent is not None:
            assert part.parent < number
            assert page.segments[part.parent].span.holds(part.span)
    for one, other in zip(page.segments, page.segments[1:], strict=False):
        assert one.span.begins <= other.span.begins
    for sentence in page.sentences:
        if sentence.segment is not None:
            part = page.segments[sentence.segment]
            assert part.kind not in NOT_READ
            assert part.span.begins <= sentence.span.begins < part.span.ends


@pytest.mark.parametrize(
    "piece", ['"', "“Open\n\n", "said ", "x\n\n", "My Lords, x?\n\n", ". ", "according to X ", "(", "..."]
)
def test_hostile_text_is_laid_out_in_time(piece: str) -> None:
    lay_out(undated(piece * 3_000, Genre.DEBATE), GAZETTEER)
