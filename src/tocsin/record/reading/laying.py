"""Lays a document out: coding tags taken out of the view, parts, speakers, sentences, names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tocsin.record.document import Document, Genre
from tocsin.record.gazetteer import Gazetteer, Mention
from tocsin.record.reading._places import Quotes
from tocsin.record.reading.codes import without_codes
from tocsin.record.reading.datelines import stated_date
from tocsin.record.reading.furniture import Label, furniture
from tocsin.record.reading.genres import guess_genre
from tocsin.record.reading.introduced import with_introduced
from tocsin.record.reading.page import Page, Sentence
from tocsin.record.reading.paragraphs import paragraphs
from tocsin.record.reading.quotations import quotations
from tocsin.record.reading.quoted import spoken
from tocsin.record.reading.reported import Act, Reported
from tocsin.record.reading.sentences import sentences
from tocsin.record.reading.subjects import Cast
from tocsin.record.reading.turns import labelled_openings, read_turns
from tocsin.record.segments import NOT_READ, Segment, SegmentKind
from tocsin.record.spans import Span, with_line_feeds


def lay_out(document: Document, gazetteer: Gazetteer) -> Page:
    """The document as its readers see it.

    The genre is the document's, or guessed where that is ``OTHER``; the date is the document's, or the one it states
    at its top, which then stands on every outermost segment.
    """
    view = without_codes(with_line_feeds(document.text))
    text = view.text
    genre = guess_genre(text) if document.genre is Genre.OTHER else document.genre
    stated = None if document.published else stated_date(text)
    published = document.published or (stated[0] if stated else None)
    mentions = with_introduced(text, gazetteer.mentions(text))
    parts = paragraphs(text)
    openings = labelled_openings(text, parts, genre)
    starts = frozenset(opening.number for opening in openings)
    labels = furniture(text, parts, genre=genre, title=document.title, turn_starts=starts)
    turns = read_turns(text, parts, openings, {number: kind for number, (kind, _) in labels.items()}, genre, published)
    running = [number for number in range(len(parts)) if number not in labels or labels[number][0] not in NOT_READ]
    split = _split(text, parts, running, turns)
    speech, acts = _speech(text, [parts[number] for number in running], [span for span, _ in split], turns, mentions)
    segments = nested([*_labelled(parts, labels), *turns, *speech])
    if stated:
        segments = _dated(segments, stated[0])
    placed = _placed(split, segments)
    return Page(document=document, view=view, segments=segments, sentences=placed, mentions=mentions, acts=acts)


def nested(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The segments in order, each with its parent: the outer before the inner, none across another's end.

    Reported speech that would cross an end stops there; anything else that would is left out.
    """
    found: list[Segment] = []
    open_ones: list[int] = []
    for segment in sorted(segments, key=lambda part: (part.span.begins, -part.span.ends, _RANK[part.kind])):
        while open_ones and found[open_ones[-1]].span.ends <= segment.span.begins:
            open_ones.pop()
        parent = open_ones[-1] if open_ones else None
        if parent is not None and segment.span.ends > (limit := found[parent].span.ends):
            if segment.kind is not SegmentKind.REPORTED:
                continue
            segment = replace(segment, span=Span(segment.span.begins, limit))
        open_ones.append(len(found))
        found.append(segment if parent == segment.parent else replace(segment, parent=parent))
    return tuple(found)


_RANK = {kind: rank for rank, kind in enumerate(SegmentKind)}


def _labelled(parts: Sequence[Span], labels: dict[int, Label]) -> list[Segment]:
    return [Segment(kind=kind, span=parts[number], rule=rule) for number, (kind, rule) in labels.items()]


def _split(
    text: str, parts: Sequence[Span], running: Sequence[int], turns: Sequence[Segment]
) -> list[tuple[Span, int]]:
    """The sentences of the paragraphs that are read, without the labels of turns, each with its paragraph's number."""
    labels = {part.span.begins: part.span.ends for part in turns if part.kind is SegmentKind.STAGE}
    found = []
    for number in running:
        part = parts[number]
        begins = labels.get(part.begins, part.begins)
        if begins < part.ends:
            found += [(span, number) for span in sentences(text, Span(begins, part.ends))]
    return found


def _speech(
    text: str, parts: Sequence[Span], split: Sequence[Span], turns: Sequence[Segment], mentions: Sequence[Mention]
) -> tuple[list[Segment], tuple[Act, ...]]:
    """Quotations and reported speech of the paragraphs that are read, and the acts that tell whose they are."""
    quotes, cast = Quotes(quotations(text, parts)), Cast(text, mentions, turns)
    acts = Reported(text, split, quotes, cast).read()
    quoted = set(quotes.spans)  # a clause that is one quotation, whole, is that quotation
    clauses = [segment for act in acts if (segment := act.segment()) is not None and segment.span not in quoted]
    return [*spoken(text, quotes, split, acts, cast), *clauses], tuple(sorted(acts, key=lambda act: act.cue.begins))


def _dated(segments: Sequence[Segment], day: date) -> tuple[Segment, ...]:
    outermost = (part.parent is None and part.uttered is None for part in segments)
    return tuple(
        replace(part, uttered=day) if is_bare else part for part, is_bare in zip(segments, outermost, strict=True)
    )


def _placed(split: Sequence[tuple[Span, int]], segments: Sequence[Segment]) -> tuple[Sentence, ...]:
    """Each sentence with the innermost segment at its start."""
    found, at = [], 0
    inner: int | None = None
    for span, paragraph in split:
        while at < len(segments) and segments[at].span.begins <= span.begins:
            inner, at = at, at + 1
        while inner is not None and segments[inner].span.ends <= span.begins:
            inner = segments[inner].parent
        found.append(Sentence(span, paragraph, inner))
    return tuple(found)
