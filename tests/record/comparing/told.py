"""Invented documents with assertions placed by their words, for the tests of comparing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tocsin.record import Assertion, Body, Document, Genre, Party, Polarity, Reading, Segment, SegmentKind, Span, When
from tocsin.record.comparing.claims import Claim, claims_of

DAY = date(2025, 3, 4)
INCIDENT = "sample-mail"


@dataclass
class Paper:
    """One document and what it asserts. ``parts`` are turns or titles: their words, kind, speaker and day."""

    text: str
    genre: Genre = Genre.NEWS
    day: date = DAY
    parts: Sequence[tuple[str, SegmentKind, str | None, date | None]] = ()
    assertions: list[Assertion] = field(default_factory=list)

    @property
    def document(self) -> Document:
        digest = hashlib.sha256(self.text.encode()).hexdigest()
        return Document(
            sha256=digest,
            text=self.text,
            media_type="text/plain",
            source="paper.txt",
            genre=self.genre,
            published=self.day,
            publisher="The Example",
        )

    @property
    def segments(self) -> tuple[Segment, ...]:
        body = Segment(kind=SegmentKind.BODY, span=Span(0, len(self.text)))
        parts = [
            Segment(
                kind=kind, span=self.at(words), parent=0, speaker=Party(canonical=who) if who else None, uttered=uttered
            )
            for words, kind, who, uttered in self.parts
        ]
        return (body, *parts)

    def at(self, words: str) -> Span:
        begins = self.text.index(words)
        return Span(begins, begins + len(words))

    def says(
        self,
        words: str,
        body: Body,
        *,
        by: str | Sequence[str] = (),
        chain: Sequence[str] = (),
        incident: str | None = INCIDENT,
        polarity: Polarity = Polarity.ASSERTED,
        on: date | None = None,
    ) -> str:
        """Adds one assertion and gives its id."""
        span, names = self.at(words), (by,) if isinstance(by, str) else by
        holding = [number for number, part in enumerate(self.segments) if part.span.holds(span)]
        claimants = tuple(Party(canonical=name) for name in names)
        made = Assertion(
            id=f"{self.document.sha256[:6]}-{len(self.assertions)}",
            document=self.document.sha256,
            span=span,
            rule="hand",
            body=body,
            chain=tuple(Party(canonical=name) for name in chain) or claimants[-1:],
            claimants=claimants,
            polarity=polarity,
            incident=incident,
            when=When(span=None, begins=on, ends=on, precision="day") if on else None,
            segment=holding[-1],
        )
        self.assertions.append(made)
        return made.id

    def reading(self) -> Reading:
        ordered = sorted(self.assertions, key=lambda assertion: assertion.span)
        return Reading(document=self.document.sha256, reader="hand", segments=self.segments, assertions=tuple(ordered))


def documents_of(papers: Sequence[Paper]) -> Mapping[str, Document]:
    return {paper.document.sha256: paper.document for paper in papers}


def claims(*papers: Paper) -> tuple[Claim, ...]:
    return claims_of([paper.reading() for paper in papers], documents_of(papers))


def placed(paper: Paper, canonical: str, words: str) -> Party:
    """A party that is named in the text."""
    return replace(Party(canonical=canonical), span=paper.at(words))
