"""Who speaks where on a page, and when."""

from __future__ import annotations

from datetime import date

from tocsin.record.document import Document
from tocsin.record.reading.page import Page
from tocsin.record.segments import Party, Segment, SegmentKind
from tocsin.record.spans import Span, View

MINISTER, FIRM = Party(canonical="person:example"), Party(canonical="org:example-firm")
TEXT = "x" * 100


def page() -> Page:
    document = Document(
        sha256="0" * 64, text=TEXT, media_type="text/plain", source="a.txt", published=date(2023, 5, 22)
    )
    segments = (
        Segment(kind=SegmentKind.TURN, span=Span(0, 60), speaker=MINISTER, uttered=date(2023, 5, 20)),
        Segment(kind=SegmentKind.REPORTED, span=Span(10, 40), parent=0, speaker=FIRM),
        Segment(kind=SegmentKind.CAPTION, span=Span(70, 90)),
    )
    return Page(document=document, view=View(TEXT), segments=segments, sentences=(), mentions=())


def test_the_chain_runs_from_the_outermost_to_whoever_is_reported() -> None:
    assert page().chain(page().innermost(Span(12, 20))) == (MINISTER, FIRM)
    assert page().chain(page().innermost(Span(45, 50))) == (MINISTER,)
    assert page().chain(page().innermost(Span(5, 20))) == (MINISTER,)


def test_a_day_holds_for_what_is_inside_and_else_the_page_has_its_own() -> None:
    assert page().uttered(1) == date(2023, 5, 20)
    assert page().innermost(Span(61, 65)) is None
    assert page().uttered(None) == date(2023, 5, 22)


def test_captions_are_not_read() -> None:
    assert not page().is_read(2)
    assert page().is_read(1)
    assert page().is_read(None)
