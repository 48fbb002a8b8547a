"""Invented documents as pages for the tests of the readers: laid out as they would be, or as running text alone."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from tocsin.record.document import Document, Genre
from tocsin.record.gazetteer import load_gazetteer
from tocsin.record.reading.laying import lay_out
from tocsin.record.reading.page import Page, Sentence
from tocsin.record.reading.sentences import sentences
from tocsin.record.segments import Segment, SegmentKind
from tocsin.record.spans import Span, View

_GAZETTEER = load_gazetteer()
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\n))*")


DAY = date(2025, 3, 4)


def document_of(text: str, genre: Genre = Genre.OTHER, day: date = DAY) -> Document:
    """An invented document, of 4 March 2025 unless said otherwise."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        sha256=digest, text=text, media_type="text/plain", source="invented.txt", genre=genre, published=day
    )


def page_of(text: str, genre: Genre = Genre.OTHER) -> Page:
    """``text`` laid out with its titles, turns and quotations."""
    return lay_out(document_of(text, genre), _GAZETTEER)


def running_text(text: str, genre: Genre = Genre.OTHER, day: date = DAY) -> Page:
    """``text`` with sentences and names and no parts: a short line is no title there."""
    found = tuple(
        Sentence(span, number, 0)
        for number, paragraph in enumerate(_PARAGRAPH.finditer(text))
        for span in sentences(text, Span(*paragraph.span()))
    )
    return Page(
        document=document_of(text, genre, day),
        view=View(text),
        segments=(Segment(kind=SegmentKind.BODY, span=Span(0, len(text))),),
        sentences=found,
        mentions=_GAZETTEER.mentions(text),
    )
