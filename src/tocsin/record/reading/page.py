"""A document laid out for its readers: what is read, its parts, its sentences, the names in it, who speaks where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.record.assertions import Body, Polarity, When
from tocsin.record.document import Document
from tocsin.record.gazetteer import Mention
from tocsin.record.segments import NOT_READ, Party, Segment
from tocsin.record.spans import Span, View


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the view: its span, its paragraph's number, and the index of the innermost segment at its start."""

    span: Span
    paragraph: int
    segment: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim as one rule found it, in code points of the view. ``claimants``: those that the clause itself names."""

    span: Span
    rule: str
    body: Body
    triggers: tuple[Span, ...] = ()
    claimants: tuple[Party, ...] = ()
    polarity: Polarity = Polarity.ASSERTED
    when: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One document as its readers see it. Every span counts code points of ``view.text``.

    ``sentences`` and ``mentions`` are in order; parts that are not read (furniture, captions) have no sentences.
    """

    document: Document
    view: View
    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]

    @property
    def text(self) -> str:
        return self.view.text

    def innermost(self, span: Span) -> int | None:
        """The index of the smallest segment that holds ``span``."""
        holding = [(len(part.span), -number) for number, part in enumerate(self.segments) if part.span.holds(span)]
        return -min(holding)[1] if holding else None

    def around(self, segment: int | None) -> list[Segment]:
        """The segment and those around it, the innermost first."""
        found: list[Segment] = []
        while segment is not None:
            found.append(self.segments[segment])
            segment = self.segments[segment].parent
        return found

    def chain(self, segment: int | None) -> tuple[Party, ...]:
        """Who speaks there, the outermost first: (the minister, Microsoft) for what a minister says Microsoft said."""
        return tuple(part.speaker for part in reversed(self.around(segment)) if part.speaker is not None)

    def uttered(self, segment: int | None) -> date | None:
        """The day of the utterance there: that of the innermost segment that has one, else the document's."""
        days = (part.uttered for part in self.around(segment) if part.uttered is not None)
        return next(days, self.document.published)

    def is_read(self, segment: int | None) -> bool:
        return not any(part.kind in NOT_READ for part in self.around(segment))


Reader = Callable[[Page], Sequence[Candidate]]
"""What reads one kind of assertion off a page."""
