"""The dated events of a page: each date that says when something happened, with the clause that says what."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from tocsin.record.assertions import Event, When
from tocsin.record.reading.dates import dates_in
from tocsin.record.reading.page import Candidate, Page, Sentence
from tocsin.record.spans import Span
from tocsin.record.words import words_of

_HAPPENING = re.compile(
    r"""\b(?:(?!(?:united|hundred|need|indeed|speed|unprecedented)\b)[a-z]{2,14}ed|was|were|had|has|have|did|began|begun|came|became|broke
        |built|caught|chose|cut|fell|found|gave|given|got|held|hit|kept|knew|laid|led|left|lost|made|met|paid|put|ran|rose|said|sat|saw
        |seen|sent|set|shut|spent|spoke|stole|stolen|struck|swept|told|took|taken|went|won|wrote|written|is|are|will|would
        |attack|breach|intrusion|hack|incident|outage|disclosure|statement|announcement|release|patch|update|advisory|report
        |election|campaign|operation|arrest|indictment|sanction|theft|compromise|exploitation|meeting|summit|vote|speech
        |answer|debate|call|agreement|commitment|discovery|leak)(?:s|es)?\b""",
    re.VERBOSE | re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(r"[;:—]|\ [–-]\ |,?\ (?:but|while|whereas|although)\ |,\ (?:and|which|who|when|where)\ ")
_WORD = re.compile(r"\w")
_LONGEST = 300


def read_events(page: Page) -> Sequence[Candidate]:
    """One event for each date whose clause holds a verb or a noun of happening, in order.

    A date that cannot be resolved (``at the time of the attack``) is kept, with no days.
    """
    found: list[Candidate] = []
    happenings = words_of(page.text).where(_is_happening)
    for sentence in page.sentences:
        for when in dates_in(page, sentence):
            if when.span is None:
                continue
            clause = _clause(page.text, sentence, when.span)
            if _is_any(page.text, happenings, clause):
                found.append(_event(clause, when, when.span))
    return found


@lru_cache(maxsize=50_000)
def _is_happening(word: str) -> bool:
    return _HAPPENING.fullmatch(word) is not None


def _is_any(text: str, happenings: list[int], clause: Span) -> bool:
    """Whether a word of happening stands in the clause, whose last word may be cut by its greatest length."""
    at = bisect_left(happenings, clause.begins)
    if at < len(happenings) and _HAPPENING.match(text, happenings[at], clause.ends):
        return True
    return _HAPPENING.search(text, clause.begins, clause.ends) is not None


def _event(clause: Span, when: When, date: Span) -> Candidate:
    rule = "event.undated" if when.days is None else "event.relative" if when.anchor else "event.absolute"
    return Candidate(span=clause, rule=rule, body=Event(what=clause), triggers=(date,), when=when)


def _clause(text: str, sentence: Sentence, date: Span) -> Span:
    """The words around the date up to the next break of the sentence, without the space around them."""
    begins, ends = max(sentence.span.begins, date.begins - _LONGEST), min(sentence.span.ends, date.ends + _LONGEST)
    for stop in _CLAUSE_ENDS.finditer(text, begins, date.begins):
        begins = stop.end()
    following = _CLAUSE_ENDS.search(text, date.ends, ends)
    ends = following.start() if following else ends
    first = _WORD.search(text, begins, ends)
    begins = min(first.start(), date.begins) if first else date.begins
    return Span(begins, max(date.ends, begins + len(text[begins:ends].rstrip(" .,\n"))))
