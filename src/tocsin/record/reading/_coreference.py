"""Who is meant by "the group", "it" or "the regime": whoever was last accused, for a few sentences."""

from __future__ import annotations

from dataclasses import replace

from tocsin.record.assertions import Level
from tocsin.record.reading._accused import Accused, accused_in
from tocsin.record.reading._tagging import Line

_FRESH = {"u": 2, "g": 8, "Y": 20}
"""Sentences for which those last accused are still meant by a pronoun, by "the group", by "the regime"."""


class Memory:
    """Those last accused on the page, and how long ago."""

    def __init__(self) -> None:
        self._last: Accused | None = None
        self._service: Accused | None = None
        self._age = max(_FRESH.values())

    @property
    def is_fresh(self) -> bool:
        return self._age < _FRESH["g"]

    def hear(self, accused: Accused) -> None:
        self._last, self._age = accused, -1
        if accused.level is Level.STATE_ORGAN:
            self._service = accused

    def sentence_ends(self) -> None:
        self._age += 1

    def meant(self, line: Line, who: tuple[int, int]) -> Accused | None:
        """Those meant by tokens ``who`` (begin and end), which name nobody; ``None`` where that cannot be told."""
        first, end = who
        kinds = line.kinds[first:end]
        if not kinds or kinds[-1] not in "guY" or (kinds != "u" and not self._points_back(line, first, end)):
            return None
        if kinds[-1] == "u" or line.tokens[first].relation == "own":
            named = self._named_before(line, first)
            if named is not None:
                return named
        last = self._service if line.tokens[end - 1].relation == "organ" else self._last
        is_stale = self._age >= _FRESH[kinds[-1]] or line.tokens[end - 1].relation == "anybody"
        if last is None or is_stale or (kinds[-1] == "g" and last.level is Level.TERRITORY):
            return None
        span = line.place(first, end - 1)
        return replace(last, parties=tuple(replace(party, span=span) for party in last.parties))

    def _points_back(self, line: Line, first: int, end: int) -> bool:
        """Whether "the group" is one already named: not "a group", nor "the group linked to" another."""
        return line.tokens[first].relation in ("the", "these", "own") and not set(line.kinds[end : end + 3]) & {
            "K",
            "L",
        }

    def _named_before(self, line: Line, first: int) -> Accused | None:
        """The state or organ that the pronoun follows in its own sentence."""
        for at in range(first - 1, max(-1, first - 9), -1):
            if line.kinds[at] == ";":
                return None
            if line.kinds[at] in "SO" and line.tokens[at].mention is not None:
                return accused_in(line, at, at)
        return None
