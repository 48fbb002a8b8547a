"""The dates that a page states, each as the days it means, counted from the day on which the words were said."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache

from tocsin.record.assertions import When
from tocsin.record.reading._calendar import MONTHS, WEEKDAYS, Days
from tocsin.record.reading._date_forms import Anchor, Written, read_month, read_year
from tocsin.record.reading._date_near import read_near, read_weekday
from tocsin.record.reading._taken import Taken
from tocsin.record.reading.page import Page, Sentence
from tocsin.record.spans import Span
from tocsin.record.words import words_of

_WORD = re.compile(r"[A-Za-z]+|\d+")
_TOKEN = re.compile(r"[A-Za-z]+|\d+(?:[/.]\d{1,4}){2}|\d+")
_PLAIN = re.compile(r"[^\Wʼ]+")
_JOINED = re.compile(r"\d[/.]\d")
_READERS = {"month": read_month, "year": read_year, "weekday": read_weekday, "near": read_near}
# In this order, since a month takes the weekday and the year beside it.
_ORDER = {name: place for place, name in enumerate(_READERS)}
# The words at which a date may stand, each with its reader.
_SIGNS = {
    **{name.title(): "month" for name in MONTHS},
    **{str(year): "year" for year in range(1950, 2050)},
    **{name.title(): "weekday" for name in WEEKDAYS if name.endswith("day")},
    **{
        word: "near"
        for words in (
            "yesterday today tomorrow tonight this last next most earlier recent recently shortly end",
            "Yesterday Today Tomorrow Tonight This Last Next Most Earlier Recent Recently Shortly At ago past",
        )
        for word in words.split()
    },
}
_LOOKS_AHEAD = re.compile(
    r"\b(?:(?:will|shall) have (?:been|had|\w{3,12}ed)|will|shall|must|should|would|going to|due|expected to"
    r"|plan(?:s|ned)? to|scheduled|deadline|upcoming|no later than|required|intends? to|set to|are to|is to"
    r"|until)\b|[’']ll\b",
    re.IGNORECASE,
)
_LOOKS_BACK = re.compile(
    r"\b(?:said|says|told|announced|reported|was|were|had|has|have|did|been|confirmed|published|added|issued|\w{3,12}ed)\b",
    re.IGNORECASE,
)
_REACH = 60
_SAYS_NOT_WHEN = re.compile(r"(?:of|from|to|over|until|before|after|dated) ", re.IGNORECASE)


def find_dates(page: Page) -> tuple[When, ...]:
    """The dates of all sentences in order; those that cannot be resolved have no days."""
    return tuple(when for whens in _by_sentence(page).values() for when in whens)


def dates_in(page: Page, sentence: Sentence) -> tuple[When, ...]:
    """The dates of one sentence of the page in order."""
    return _by_sentence(page).get(sentence.span.begins, ())


@lru_cache(maxsize=1)
def _by_sentence(page: Page) -> Mapping[int, tuple[When, ...]]:
    """The dates of each sentence that has any, by its begin, in the text's order."""
    places = words_of(page.text).where(_holds_a_sign)
    found = {}
    for sentence in page.sentences:
        first = bisect_left(places, sentence.span.begins)
        if first < len(places) and places[first] < sentence.span.ends:
            after = bisect_left(places, sentence.span.ends, first)
            found[sentence.span.begins] = _read(page, sentence, places[first:after])
    return found


@lru_cache(maxsize=50_000)
def _holds_a_sign(word: str) -> bool:
    is_plain = word.isascii() and word.isalpha()
    return word in _SIGNS or not (is_plain or _SIGNS.keys().isdisjoint(_WORD.findall(word)))


def _read(page: Page, sentence: Sentence, places: list[int]) -> tuple[When, ...]:
    """The dates of one sentence in order, with the ``places`` of the words in it that hold a sign.

    A date without a year is the latest such day up to that of the utterance, or the next one where the words look
    ahead of it (``will report by the end of June``). ``Yesterday, on 19 July`` is one date.
    """
    signs = _signs(page.text, sentence.span, places)
    found: list[When] = []
    taken = Taken()
    for kind, at in sorted(signs, key=lambda sign: _ORDER[sign[0]]):
        if taken.meets(at, at + 1):
            continue
        written = _READERS[kind](page.text, sentence.span, at)
        if written is not None and not taken.meets(written.span.begins, written.span.ends):
            taken.add(written.span)
            found.append(_when(page, sentence.span, written))
    return tuple(sorted(found, key=lambda when: when.span or sentence.span))


def _signs(text: str, within: Span, places: list[int]) -> list[tuple[str, int]]:
    """The signs of a sentence, each with the reader for it, by their places where they are whole words.

    They are not where a sign is part of a word, or digits are joined by strokes and stops.
    """
    whole = [(_PLAIN.match(text, at, within.ends), at) for at in places]
    if all(word and word[0] in _SIGNS for word, _ in whole) and not _JOINED.search(text, within.begins, within.ends):
        return [(_SIGNS[word[0]], at) for word, at in whole if word]
    return [
        (_SIGNS.get(word, "year"), token.start())
        for token in _TOKEN.finditer(text, within.begins, within.ends)
        if (word := token[0]) in _SIGNS or (word[0].isdigit() and ("/" in word or "." in word))
    ]


def _when(page: Page, sentence: Span, written: Written) -> When:
    uttered = page.uttered(page.innermost(written.span))
    is_ahead = written.is_counted and _is_ahead(page.text, sentence, written.span)
    days = written.meaning(Anchor(uttered, is_ahead))
    if days and uttered and written.lead.startswith("since"):
        days = Days(days.begins, max(days.ends, uttered), "range")
    return When(
        span=_without(page.text, written.span),
        begins=days.begins if days else None,
        ends=days.ends if days else None,
        precision=days.precision if days else "unresolved",
        anchor=uttered if written.is_counted and days else None,
    )


def _without(text: str, span: Span) -> Span:
    """The span without the prepositions that do not say when: ``of``, ``from``, ``to``."""
    lead = _SAYS_NOT_WHEN.match(text, span.begins, span.ends)
    return Span(lead.end(), span.ends) if lead else span


def _is_ahead(text: str, sentence: Span, span: Span) -> bool:
    """Whether the nearest sign of time before the date, or else after it, looks ahead."""
    before = text[max(sentence.begins, span.begins - _REACH) : span.begins]
    ahead = max((match.end() for match in _LOOKS_AHEAD.finditer(before)), default=-1)
    back = max((match.start() for match in _LOOKS_BACK.finditer(before)), default=-1)
    if ahead >= 0 or back >= 0:
        return ahead > back
    after = text[span.ends : min(sentence.ends, span.ends + _REACH)]
    next_ahead, next_back = _LOOKS_AHEAD.search(after), _LOOKS_BACK.search(after)
    return next_ahead is not None and (next_back is None or next_ahead.start() < next_back.start())
