"""The words of a text and where each stands, found once for all who look for words of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache

# The modifier letter that some write for an apostrophe counts as a letter, but parts words as the apostrophe does.
_WORD = re.compile(r"[^\Wʼ]+")


class Words:
    """The places of a text's words, each a whole run of letters, digits and underscores."""

    def __init__(self, text: str) -> None:
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for word in _WORD.finditer(text):
            self._places[word[0]].append(word.start())
        self._spelled: defaultdict[str, list[str]] = defaultdict(list)
        for spelling in self._places:
            self._spelled[spelling.lower()].append(spelling)

    def among(self, known: Mapping[str, object]) -> list[tuple[int, str]]:
        """The words that are among ``known`` as they are written, each with where it stands, in order."""
        return sorted((at, word) for word in self._places.keys() & known.keys() for at in self._places[word])

    def has(self, word: str) -> bool:
        """Whether the word stands in the text as it is written."""
        return word in self._places

    def where(self, is_wanted: Callable[[str], bool]) -> list[int]:
        """Where the words stand that are wanted as they are written, in order; each word is asked of once."""
        return sorted(at for word, places in self._places.items() if is_wanted(word) for at in places)

    def like(self, pattern: re.Pattern[str]) -> list[str]:
        """The text's words, in lower case, that ``pattern`` fits from end to end."""
        fits = _asked_once(pattern)
        return [word for word in self._spelled if fits(word)]

    def starts(self, words: Iterable[str]) -> list[int]:
        """Where ``words``, given in lower case, stand in any case, in order."""
        known = self._spelled.keys() & words
        return sorted(at for word in known for spelling in self._spelled[word] for at in self._places[spelling])

    def found(self, pattern: re.Pattern[str], text: str, first: Iterable[str]) -> Iterator[re.Match[str]]:
        """What ``pattern.finditer(text)`` finds, of a pattern that begins with one of the words ``first``.

        ``text`` may be another one with the same words at the same places, such as the text in lower case.
        """
        return fitting(pattern, text, self.starts(first))


@cache
def _asked_once(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Whether a word fits the pattern from end to end: most words of a text were in another one before it."""
    return lru_cache(maxsize=50_000)(lambda word: pattern.fullmatch(word) is not None)


def fitting(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """What ``pattern`` finds that begins at one of the places, none inside another."""
    ends = 0
    for at in places:
        match = pattern.match(text, at) if at >= ends else None
        if match is not None:
            ends = match.end()
            yield match


@lru_cache(maxsize=1)
def words_of(text: str) -> Words:
    """The words of ``text``, found once for all the readers of a page."""
    return Words(text)
