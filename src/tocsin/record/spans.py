"""A place in a text, and a text with its coding tags taken out whose places map back one by one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Unicode code points ``begins`` (included) to ``ends`` (excluded) of a document's text."""

    begins: int
    ends: int

    def __init__(self, begins: int, ends: int) -> None:
        if not 0 <= begins <= ends:
            raise ValueError(f"code points {begins} to {ends} are no span")
        _set_begins(self, begins)
        _set_ends(self, ends)

    def __repr__(self) -> str:
        return f"Span(begins={self.begins}, ends={self.ends})"  # an assertion's id is made of many

    def __len__(self) -> int:
        return self.ends - self.begins

    def of(self, text: str) -> str:
        """The words there."""
        return text[self.begins : self.ends]

    def holds(self, other: Span) -> bool:
        return self.begins <= other.begins and other.ends <= self.ends

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.begins < other.ends and other.begins < self.ends

    def as_json(self, text: str) -> dict[str, object]:
        return {"begins": self.begins, "ends": self.ends, "text": self.of(text)}


# A reading makes many thousand spans: set so, one takes a sixth of the time that the constructor made for it takes.
_set_begins: Callable[[Span, int], None] = Span.__dict__["begins"].__set__
_set_ends: Callable[[Span, int], None] = Span.__dict__["ends"].__set__

_OTHER_ENDS = "\r\x85\u2028\u2029"
_LINE_END = re.compile("\r(?!\n)|[\x85\u2028\u2029]")


def with_line_feeds(text: str) -> str:
    """The text with a line feed for each line end of another kind, sign for sign: every place stays where it is.

    The carriage return before a line feed stays: it ends no line of its own. Source: Unicode, section 5.8 (NLF).
    """
    return _LINE_END.sub("\n", text) if any(end in text for end in _OTHER_ENDS) else text


class View:
    """``text`` as it is read: the original without ``removed`` spans, which are in order and do not meet.

    ``original`` maps a span of the view back, offset by offset. A span that ends where something was taken out ends
    before it in the original; one that begins there begins after it.
    """

    __slots__ = ("_cuts", "_shifts", "removed", "text")

    def __init__(self, original: str, removed: Sequence[Span] = ()) -> None:
        kept, at, gone = [], 0, 0
        self._cuts: list[int] = []
        self._shifts: list[int] = []
        for span in removed:
            if span.begins < at:
                raise ValueError("what is taken out must be in order and must not meet")
            kept.append(original[at : span.begins])
            self._cuts.append(span.begins - gone)
            gone += len(span)
            self._shifts.append(gone)
            at = span.ends
        self.removed = tuple(removed)
        self.text = "".join((*kept, original[at:])) if removed else original

    def original(self, span: Span) -> Span:
        """The span of the original that this span of the view stands for."""
        if not self._cuts:
            return span
        begins = self._shifted(span.begins, bisect_right(self._cuts, span.begins))
        ends = self._shifted(span.ends, bisect_left(self._cuts, span.ends))
        return Span(begins, max(begins, ends))

    def _shifted(self, offset: int, cuts: int) -> int:
        return offset + (self._shifts[cuts - 1] if cuts else 0)
