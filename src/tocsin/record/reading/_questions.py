"""Which question a reply meets: the nearest one before it, in its turn or the one before, on the same topic."""

from __future__ import annotations

import re
from bisect import bisect_left

from tocsin.record.reading._deeds import Sheet
from tocsin.record.reading.page import Sentence
from tocsin.record.segments import SegmentKind
from tocsin.record.spans import Span

# Words of one topic, so that "public bodies were compromised" meets "government organisations were victims".
_TOPICS = (
    "compromised affected impacted victims victim hit breached vulnerable accessed targeted",
    "bodies organisations organizations departments institutions agencies",
    "sanctions sanction measures action actions response steps",
    "damage cost costs losses economic economy",
    "responsible attributed attribution behind blame accused",
    "confirm confirmation confirmed",
)
_TOPIC_OF = {word: topic.split()[0] for topic in _TOPICS for word in topic.split()}
_WORD = re.compile(r"[a-z]{5,}")
_EMPTY = frozenset(
    "about after again against because before being between could doing during every having might noble other should"
    " since still their there these thing think those today under until which while whose would right whether lords"
    " baroness friend honourable question answer minister government house given asked speaker members member".split()
)
_ROOT = 6
_LOOKS_BACK = 60
_LONGEST = 1000
"""Sentences and characters of one, so that a page of one endless turn costs no more than its length."""


def answered(sheet: Sheet, sentence: Sentence, span: Span) -> Span | None:
    """The question before ``span`` that shares a topic with it; ``None`` when there is none."""
    page = sheet.page
    asked_from = _turn_before(sheet, sentence)
    topics = _topics(sheet, span)
    place = bisect_left(page.sentences, sentence.span, key=lambda one: one.span)
    for earlier in reversed(page.sentences[max(0, place - _LOOKS_BACK) : place]):
        if earlier.span.begins < asked_from:
            return None
        is_question = "?" in page.text[max(earlier.span.begins, earlier.span.ends - 3) : earlier.span.ends]
        if is_question and not topics.isdisjoint(_topics(sheet, earlier.span)):
            return earlier.span
    return None


def _turn_before(sheet: Sheet, sentence: Sentence) -> int:
    """Where the turn before the sentence's own begins; the document's begin when it has no turns."""
    own = next((part for part in sheet.page.around(sentence.segment) if part.kind is SegmentKind.TURN), None)
    if own is None:
        return 0
    return sheet.turns[max(0, bisect_left(sheet.turns, own.span.begins) - 1)]


def _topics(sheet: Sheet, span: Span) -> set[str]:
    words = _WORD.findall(sheet.lowered, max(span.begins, span.ends - _LONGEST), span.ends)
    return {_TOPIC_OF.get(word, word[:_ROOT]) for word in words if word not in _EMPTY}
