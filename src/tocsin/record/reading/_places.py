"""Places in a text of quotations: in which quotation, in which sentence, and what can be seen from there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.record.spans import Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: the sentence's index, the innermost quotation's, what they can see, their clause's start."""

    sentence: int
    level: int | None
    window: Span
    floor: int


class Quotes:
    """The quotations of a text, each after what holds it."""

    __slots__ = ("_begins", "parents", "spans")

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self._begins = [span.begins for span in spans]
        self.parents: list[int | None] = []
        for number, span in enumerate(spans):
            above = number - 1 if number else None
            while above is not None and spans[above].ends < span.ends:
                above = self.parents[above]
            self.parents.append(above)

    def around(self, at: int) -> int | None:
        """The index of the innermost quotation around a place."""
        begun = bisect_right(self._begins, at)
        found = begun - 1 if begun else None
        while found is not None and self.spans[found].ends <= at:
            found = self.parents[found]
        return found

    def begun_since(self, begins: int, at: int) -> bool:
        """Whether a place is within a quotation that began at ``begins`` or after."""
        found = self.around(at)
        return found is not None and self.spans[found].begins >= begins


def before_space(text: str, begins: int, ends: int) -> int:
    """``ends``, or where the space before it begins."""
    while ends > begins and text[ends - 1].isspace():
        ends -= 1
    return ends


def after_space(text: str, begins: int, ends: int) -> int:
    """``begins``, or where the space after it ends."""
    while begins < ends and text[begins].isspace():
        begins += 1
    return begins
