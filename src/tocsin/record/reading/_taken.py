"""Places of a text that are already spoken for: whether a span meets one of them is told without looking at all."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from tocsin.record.spans import Span


class Taken:
    """Spans that do not meet each other, in any number."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans = sorted(spans)

    def add(self, span: Span) -> None:
        """Take one more, which meets none of those before."""
        insort(self._spans, span)

    def meets(self, begins: int, ends: int) -> bool:
        """Whether one of them shares a code point with ``begins`` to ``ends``."""
        place = bisect_left(self._spans, ends, key=lambda span: span.begins)
        return place > 0 and begins < self._spans[place - 1].ends
