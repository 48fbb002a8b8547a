"""The sentences of a paragraph, where a stop ends one; abbreviations, initials and numbers do not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.record.spans import Span

LONGEST = 2_000
_STOP = re.compile(r"[.!?…](?<![.!?…]{2})[.!?…]*[\"'”’»)\]]*(?=\s)")  # from the first of several
_WORD_BEFORE = re.compile(r"[\w.&-]{1,24}\Z")
_NEXT = re.compile(r"\s+([\"'“‘«(\[]*)(\w?[\w’'-]{0,30})")
_MARKER = re.compile(r"\s*[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-z]|[ivxIVX]{2,5})[)\]]?[.)]\Z")

_BEFORE_A_NAME = frozenset(
    """mr mrs ms mx dr prof sen rep reps sens gov gen lt col sgt capt cmdr maj adm amb rev hon messrs st ste mt ft rt
    pres supt insp sir vs cf viz e.g i.e eg ie ca approx resp mme mlle fr dir dep asst""".split()
)
"""Never the end of a sentence: titles before a name, and words that lead on."""

_BEFORE_A_NUMBER = frozenset(
    """no nos art arts sec secs para paras p pp fig figs vol ch ed jan feb mar apr jun jul aug sep sept oct nov dec
    app reg regs ver rev c op""".split()
)
"""Not the end of a sentence when a number follows."""

_MAY_END = frozenset("inc ltd corp co plc llc bros jr sr etc al dept govt assn a.m p.m am pm bn est ave".split())
"""The end of a sentence only when the next word opens one; so are letters with stops (U.S., D.C.)."""

_LETTERS = re.compile(r"(?:[A-Za-z]\.){1,5}[A-Za-z]\Z|[A-Z]\Z")

_OPENERS = frozenset(
    """A After Also Although Among An And As Asked At Before But By Despite During Each Earlier For From He Her His
    However I If In It Its Last Later Many Meanwhile Most My No Nor Of On One Once Other Our Over Separately She Since
    So Some Such That The Their Then There These They This Those Through To Today Two Under Until We What When Where
    While Who Why With Yesterday You Your""".split()
)
"""Words that open a sentence and seldom follow an abbreviation inside one."""


def sentences(text: str, paragraph: Span) -> list[Span]:
    """The sentences of one paragraph in order; together they hold all of it but the space between them.

    A stop within quotation marks or brackets takes its closing marks along. One that a word in lower case follows
    ends nothing (``“Who did it?” asked the Minister``). What has no stop (a heading, a list item) is one sentence; one
    longer than ``LONGEST`` comes in pieces, so that no reader works on more than that at once.
    """
    found: list[Span] = []
    begins = paragraph.begins
    for stop in _STOP.finditer(text, paragraph.begins, paragraph.ends):
        if _ends_a_sentence(text, begins, stop, paragraph.ends):
            found.append(Span(begins, stop.end()))
            begins = _after_space(text, stop.end(), paragraph.ends)
    if begins < paragraph.ends:
        found.append(Span(begins, paragraph.ends))
    if paragraph.ends - paragraph.begins <= LONGEST:
        return found
    return [piece for span in found for piece in _pieces(text, span)]


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """A sentence without end in pieces that a reader can take in, cut at a space where there is one."""
    begins = span.begins
    while span.ends - begins > LONGEST:
        cut = text.rfind(" ", begins + LONGEST // 2, begins + LONGEST)
        ends = cut if cut > begins else begins + LONGEST
        yield Span(begins, ends)
        begins = _after_space(text, ends, span.ends)
    if begins < span.ends:
        yield Span(begins, span.ends)


def _ends_a_sentence(text: str, begins: int, stop: re.Match[str], limit: int) -> bool:
    following = _NEXT.match(text, stop.end(), limit)
    if following is None:
        return True
    mark, word = following.groups()
    if word[:1].islower() and not mark:
        return False
    if stop.group()[0] != "." or stop.group().startswith(".."):
        return not word[:1].islower()
    if stop.start() - begins <= 12 and _MARKER.match(text, begins, stop.start() + 1):
        return False
    before = _WORD_BEFORE.search(text, max(begins, stop.start() - 24), stop.start())
    return before is None or not _leads_on(before.group(), word)


def _leads_on(before: str, word: str) -> bool:
    """Whether the stop after ``before`` belongs to an abbreviation and the sentence goes on with ``word``."""
    lower = before.lower().lstrip(".")
    if (lower in _BEFORE_A_NAME and not before.islower()) or lower in {"e.g", "i.e", "vs", "cf", "viz", "approx"}:
        return True
    if lower in _BEFORE_A_NUMBER and word[:1].isdigit():
        return True
    if lower in _MAY_END or _LETTERS.match(before):
        return word not in _OPENERS
    return False


def _after_space(text: str, at: int, limit: int) -> int:
    while at < limit and text[at].isspace():
        at += 1
    return at
