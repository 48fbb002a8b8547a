"""Cues: phrases that tell what kind of claim a clause makes, looked for only where one of their key words stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.record.gazetteer import Mention
from tocsin.record.reading._deeds import Line, Sheet
from tocsin.record.reading.page import Sentence
from tocsin.record.spans import Span

_SELF = frozenset("i we".split())


@dataclass(frozen=True, slots=True)
class Cue:
    """``name`` is ``kind.rule``; ``phrase`` is of the text in lower case, and one of ``keys`` is a word of it.

    So is one of ``also``, where there are any: the phrase has them with a space on both sides.
    """

    name: str
    keys: frozenset[str]
    phrase: re.Pattern[str]
    also: frozenset[str]

    @property
    def kind(self) -> str:
        return self.name.partition(".")[0]


def cue(name: str, keys: str, phrase: str, *, also: str = "") -> Cue:
    """A cue whose phrase begins and ends at a word's edge."""
    return Cue(name, frozenset(keys.split()), re.compile(rf"\b(?:{phrase})\b"), frozenset(also.split()))


@dataclass(frozen=True, slots=True)
class Heard:
    """A cue found: words ``first`` to ``last`` (excluded) of the line, in the clause from ``begins`` to ``ends``."""

    cue: Cue
    sentence: Sentence
    line: Line
    match: re.Match[str]
    first: int
    last: int
    begins: int
    ends: int

    @property
    def span(self) -> Span:
        return self.line.at(self.begins, max(self.ends, self.last))

    @property
    def trigger(self) -> Span:
        return self.line.at(self.first, max(self.last, self.first + 1))

    @property
    def rest(self) -> Span | None:
        """What follows the cue in its clause."""
        return self.line.at(self.last, self.ends) if self.last < self.ends else None

    def repeats(self, other: Heard) -> bool:
        """Whether both say one thing: a kind of claim once in a clause, and words that tell one thing tell no other."""
        is_one_kind = self.cue.kind == other.cue.kind and self.span.meets(other.span)
        return is_one_kind or (self.first < other.last and other.first < self.last)

    def subject(self, sheet: Sheet) -> Sequence[Mention]:
        """The names that stand before the cue as its subject; after "but" and "and", those of the clause before."""
        begins = self.begins
        if not _SELF.isdisjoint(self.line.forms[max(begins, self.first - 3) : self.first]):
            return ()  # "although Exampleland pays them, we do not …"
        if begins == self.first and begins and self.line.forms[begins - 1] in ("but", "and"):
            begins = 0
        return sheet.first_names(self.line.at(begins, self.first)) if begins < self.first else ()

    def after(self, sheet: Sheet) -> Sequence[Mention]:
        """The first names that follow the cue in its clause."""
        return sheet.first_names(self.rest) if self.rest else ()


class Cues:
    """A table of cues, by key word; of the cues of one kind in a clause, the one earlier in the table is heard."""

    __slots__ = ("_by_key", "_cues", "keys")

    def __init__(self, *cues: Cue) -> None:
        self._cues = cues
        self._by_key: dict[str, list[int]] = {}  # places in the table
        for place, one in enumerate(cues):
            for key in one.keys:
                self._by_key.setdefault(key, []).append(place)
        self.keys = frozenset(self._by_key)

    def __iter__(self) -> Iterator[Cue]:
        return iter(self._cues)

    def heard(self, sheet: Sheet) -> Iterator[Heard]:
        """Every cue on the page, in the text's order."""
        for sentence, line in sheet.lines():
            if not self.keys.isdisjoint(line.forms):
                yield from self.heard_in(sheet, sentence, line)

    def heard_in(self, sheet: Sheet, sentence: Sentence, line: Line) -> list[Heard]:
        """The cues of one sentence, in the text's order."""
        present = frozenset(line.forms)
        tried = {place for key in self.keys & present for place in self._by_key[key]}
        found: list[Heard] = []
        text, begins, ends = sheet.lowered, line.span.begins, line.span.ends
        for one in [self._cues[place] for place in sorted(tried)]:
            if one.also and one.also.isdisjoint(present):
                continue
            for match in one.phrase.finditer(text, begins, ends):
                heard = _placed(one, sentence, line, match)
                if not any(heard.repeats(other) for other in found):
                    found.append(heard)
        return sorted(found, key=lambda heard: heard.first) if len(found) > 1 else found


def _placed(one: Cue, sentence: Sentence, line: Line, match: re.Match[str]) -> Heard:
    first, last = line.word_at(match.start()), line.word_at(match.end())
    last = max(last, first + 1)
    return Heard(one, sentence, line, match, first, last, line.clause_begins(first), line.clause_ends(last - 1))
