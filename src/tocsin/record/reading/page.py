"""A document laid out for its readers: what is read, its parts, its sentences, the names in it, who speaks where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from tocsin.record.assertions import Body, Polarity, When
from tocsin.record.document import Document
from tocsin.record.gazetteer import Mention
from tocsin.record.reading.reported import Act
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page:
    """One document as its readers see it. Every span counts code points of ``view.text``.

    ``sentences``, ``mentions`` and ``acts`` (of speech) are in order; what is not read (furniture, captions) has no
    sentences. A page equals itself alone, so that what several readers need of it can be worked out once and kept.
    """

    document: Document
    view: View
    segments: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    acts: tuple[Act, ...] = ()
    text: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.view.text)  # kept, as every reader asks for it at every step

    def innermost(self, span: Span) -> int | None:
        """The index of the smallest segment that holds ``span``: the last to begin before it, or one around that."""
        begun = bisect_right(_begins(self), span.begins)
        found = begun - 1 if begun else None
        while found is not None and not self.segments[found].span.holds(span):
            found = self.segments[found].parent
        return found

    def speaker_at(self, at: int) -> Party | None:
        """Who is the subject of the reporting or accusing verb at a place, if one is there."""
        begun = bisect_right(self.acts, at, key=lambda act: act.cue.begins)
        act = self.acts[begun - 1] if begun else None
        return act.speaker if act is not None and at < act.cue.ends else None

    def around(self, segment: int | None) -> list[Segment]:
        """The segment and those around it, the innermost first."""
        found: list[Segment] = []
        while segment is not None:
            found.append(self.segments[segment])
            segment = self.segments[segment].parent
        return found

    def chain(self, segment: int | None) -> tuple[Party, ...]:
        """Who speaks there, the outermost first: (the minister, Microsoft) for what a minister says Microsoft said.

        Words quoted within their own speaker's reported speech are one link.
        """
        found: list[Party] = []
        for part in reversed(self.around(segment)):
            if part.speaker is not None and (not found or found[-1].canonical != part.speaker.canonical):
                found.append(part.speaker)
        return tuple(found)

    def uttered(self, segment: int | None) -> date | None:
        """The day of the utterance there: that of the innermost segment that has one, else the document's."""
        days = (part.uttered for part in self.around(segment) if part.uttered is not None)
        return next(days, self.document.published)

    def is_read(self, segment: int | None) -> bool:
        return not any(part.kind in NOT_READ for part in self.around(segment))


@lru_cache(maxsize=1)
def _begins(page: Page) -> list[int]:
    return [part.span.begins for part in page.segments]


Reader = Callable[[Page], Sequence[Candidate]]
"""What reads one kind of assertion off a page."""
