"""The parts of a document, and which of them are read."""

from __future__ import annotations

from tocsin.record.document import Origin
from tocsin.record.segments import NOT_READ, Party, SegmentKind


def test_titles_and_speech_are_read_and_furniture_is_not() -> None:
    assert {SegmentKind.TITLE, SegmentKind.STANDFIRST, SegmentKind.TURN, SegmentKind.QUOTATION}.isdisjoint(NOT_READ)
    assert {SegmentKind.BOILERPLATE, SegmentKind.CAPTION, SegmentKind.DUPLICATE, SegmentKind.STAGE} == NOT_READ


def test_a_party_is_named_by_the_text_unless_said_otherwise() -> None:
    assert Party(canonical="gov:GB").origin is Origin.TEXT
