"""The text of a document cut into runs, so that marks may overlap: within a run the same parts and assertions hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.record import Segment, SegmentKind, Span

_Step = tuple[int, bool, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Words between two cuts. ``assertions`` are indexes, the shortest first; ``begun`` those that begin in it.

    ``parts`` are the kinds of the segments around it.
    """

    span: Span
    assertions: tuple[int, ...]
    begun: tuple[int, ...]
    parts: frozenset[SegmentKind]


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty, in runs; ``opens`` are the indexes of the segments that begin on it."""

    runs: tuple[Run, ...]
    opens: tuple[int, ...]


def lines_of(text: str, marks: Sequence[Span], segments: Sequence[Segment]) -> Iterator[Line]:
    """The lines of ``text`` in order, cut wherever a mark or a segment begins or ends."""
    marking, parting = _Sweep(marks), _Sweep([segment.span for segment in segments])
    at = 0
    for line in text.splitlines(keepends=True):
        ends = at + len(line)
        words = Span(at, at + len(line.rstrip("\r\n")))
        if line.strip():
            yield _line(words, marking, parting, segments)
        at = ends


def _line(words: Span, marking: _Sweep, parting: _Sweep, segments: Sequence[Segment]) -> Line:
    runs: list[Run] = []
    opened: list[int] = []
    at = words.begins
    while at < words.ends:
        begun, opens = marking.move_to(at), parting.move_to(at)
        opened += opens
        ends = min(marking.next_cut, parting.next_cut, words.ends)
        parts = frozenset(segments[index].kind for index in parting.open)
        runs.append(Run(Span(at, ends), marking.by_length(), begun, parts))
        at = ends
    return Line(tuple(runs), tuple(opened))


class _Sweep:
    """Walks through the text once and knows which spans hold the place where it stands."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        steps = [(span.begins, True, index) for index, span in enumerate(spans) if len(span)]
        steps += [(span.ends, False, index) for index, span in enumerate(spans) if len(span)]
        self._steps: list[_Step] = sorted(steps)
        self._next = 0
        self.open: dict[int, None] = {}

    @property
    def next_cut(self) -> int:
        """Where the next span begins or ends; after the last one, as far as anybody asks."""
        return self._steps[self._next][0] if self._next < len(self._steps) else 1 << 62

    def move_to(self, at: int) -> tuple[int, ...]:
        """Goes on to ``at``; gives those that have begun since, and are open."""
        begun = []
        while self._next < len(self._steps) and self._steps[self._next][0] <= at:
            _, opens, index = self._steps[self._next]
            self._next += 1
            if opens:
                self.open[index] = None
                begun.append(index)
            else:
                self.open.pop(index, None)
        return tuple(index for index in begun if index in self.open)

    def by_length(self) -> tuple[int, ...]:
        return tuple(sorted(self.open, key=lambda index: (len(self._spans[index]), index)))
