"""The clause that reporting words report: where it begins, and where its sentence goes on in another voice."""

from __future__ import annotations

import re

from tocsin.record.reading._places import Place, Quotes
from tocsin.record.reading._reporting_words import KINDS, NEEDS_THAT, PASTS, Saying, one_of
from tocsin.record.spans import Span

_FAR_THAT = re.compile(r"(?:\s+[^,.;:“”\"\n]{1,90}?)?,?\s+that\b,?\s*", re.DOTALL)
THAT = re.compile(r",?\s+that\b,?\s*")
_DAY = re.compile(
    r"(?:\s+(?:on|late on|early on|late|early)?\s*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\s+yesterday"
    r"|\s+today|\s+last (?:week|month|year|night)"
    r"|\s+in an? (?:joint |separate |written )?(?:statement|tweet|report|interview|blog ?post|post"
    r"|briefing|letter|email|speech)(?:\s+on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?)?\s+"
)
_HEARER = re.compile(
    r"\s+(?:reporters|journalists|MPs|peers|lawmakers|parliament|investors|customers|them|him|her|us|me"
    r"|any(?:one|body)(?: who will listen)?|every(?:one|body)"
    r"|(?:the |a )?(?:[A-Z][\w’'&.-]*\s?){1,5}|(?:the|a|his|her|its|their|our|your|my)\s+[\w’'-]+"
    r"(?:\s+(?!(?:this|last|that|earlier|yesterday|today|they|he|she|it|there|we|its|their|the|a|an|no)\b)[\w’'-]+)?"
    r"|[a-z]{3,}s(?= (?:that|the|he|she|it|they|there|an?)\b))"
    r"(?:\s+(?:yesterday|today|(?:this|last|that|earlier this) (?:morning|afternoon|evening|night|week|month|year"
    r"|summer|autumn|winter|spring)))?\s*(?=\s)"
)
_NO_CLAUSE = re.compile(
    r"(?!(?:at (?:least|most)|(?:up to|about|over|under|more than|as (?:many|much) as|no more than|in all) \S)\b)"
    r"(?:[“\"‘'«,.;:)–—-]|(?:in|on|at|to|by|of|for|with|from|about|against|into|over|under|out|up|down|as"
    r"|so|the same|yes|no|more|little|nothing"
    r"|regarding|concerning|following|during|after|before|despite|amid"
    r"|something|anything|whether|who|what|which|why|how|and|or|but|because|when|while|is|was|were|are|has"
    r"|had|have|be|been)\b)"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|did|does|do|began|took"
    r"|made|went|hit|stole|got"
    r"|gave|came|led|ran|broke|sent|sought|used|represents?|remains?|poses?|targets?|continues?|shows?"
    r"|supports?|uses|\w{3,}ed)\b"
)
_RELATIVE = re.compile(r"\b(?:that|who|which|and|or)\b|[,;:]")
_CUT = re.compile(
    rf";|, but (?:there|it|he|she|they|we|its|the|an?|no|this|that)\b|, (?:he|she|it|they|the \w+) (?:said"
    rf"|says|added)\b"
    r"|, (?:will|does|can|would|could|do) (?:the|he|she|they|it|my)\b"
    rf"|,? (?:but|and|while) (?:(?:has|have|had|did not|does not|also|later|then|he|she|it"
    rf"|they) ){{0,2}}{one_of(PASTS)}\b"
    r"|,? (?:but|and) (?:did|declined|refused|has|have) not\b|,? (?:but|and) (?:declined|refused) to\b"
    r"|, (?:said|says|told|denied|declined|insisted)\b|,? according to\b"
    r"|, (?:adding|saying|noting|calling|citing|warning|urging)\b"
)
_ADJUNCT_OPENS = frozenset("in on at to last earlier yesterday today during after late this with by".split())


class Clauses:
    """The clauses of a text, in which quotations are opaque."""

    def __init__(self, text: str, quotes: Quotes) -> None:
        self._text = text
        self._quotes = quotes

    def reported(self, verb: re.Match[str], place: Place, subject: Span | None) -> tuple[Span | None, str]:
        """The clause that a verb reports, and the rule that found it."""
        at, ends, floor = verb.end(), place.window.ends, place.floor
        if subject and self._text[max(0, subject.begins - 3) : subject.begins].lower() == "as ":
            return self._of_as(subject, at, place)
        hearer = _HEARER.match(self._text, at, ends)
        if hearer and (KINDS[verb.group()] is Saying.TELL or THAT.match(self._text, hearer.end(), ends)):
            at = hearer.end()
        if that := THAT.match(self._text, at, ends) or self._far_that(at, ends):
            return self.to_end(that.end(), ends), "that-clause"
        adjunct = _DAY.match(self._text, at, ends)
        begins = adjunct.end() if adjunct else at
        is_bare = verb.group() not in NEEDS_THAT
        if is_bare and self.begins_at(begins, ends, is_sure=verb.group() in ("said", "says", "say")):
            return self.to_end(begins, ends), "bare-clause"
        if subject and subject.begins > floor + 2 and self._text[subject.begins - 2] == ",":
            if self._ends_after(at, ends):
                return Span(floor, subject.begins - 2), "postposed"
            if self._text[at] == ",":
                return self._around(floor, at, ends), "parenthetical"
        return None, "speech-verb"

    def _around(self, floor: int, at: int, ends: int) -> Span | None:
        """The clause that a parenthesis (``…, it said, …``) is in: what comes after it where its verb is there."""
        before = self.to_end(floor, ends)
        if before is not None and before.ends <= at and not _FINITE.search(self._text, before.begins, before.ends):
            return self.to_end(at + 2, ends)
        return before

    def _far_that(self, at: int, ends: int) -> re.Match[str] | None:
        """That after a time or place (``said in Sampleton on Monday that``)."""
        found = _FAR_THAT.match(self._text, at, ends)
        if found is None:
            return None
        words = found.group().split()
        return found if words[0] in _ADJUNCT_OPENS or "ago" in words or "ago," in words else None

    def _of_as(self, subject: Span, at: int, place: Place) -> tuple[Span | None, str]:
        """``As X made clear, …`` reports what follows; ``…, as X said`` what came before."""
        opens, floor, window = subject.begins - 3, place.floor, place.window
        if opens <= floor + 1 or self._text[max(floor, opens - 2) : opens].strip() == "":
            comma = self._text.find(", ", at, min(window.ends, at + 120))
            return (self.to_end(comma + 2, window.ends), "as-clause") if comma != -1 else (None, "speech-verb")
        if self._text[opens - 2 : opens] == ", ":
            return Span(floor, opens - 2), "as-clause"
        return None, "speech-verb"

    def begins_at(self, begins: int, ends: int, is_sure: bool) -> bool:
        """Whether a clause without that begins there: no preposition, and a finite verb before any other clause."""
        if begins >= ends or _NO_CLAUSE.match(self._text, begins):
            return False
        finite = _FINITE.search(self._text, begins, min(ends, begins + 200))
        if is_sure:
            return True
        return (
            finite is not None and finite.start() > begins and not _RELATIVE.search(self._text, begins, finite.start())
        )

    def _ends_after(self, at: int, ends: int) -> bool:
        """Whether nothing but a day stands between a verb and its sentence's end, or an aside after a comma."""
        comma = self._text.find(", in ", at, min(ends, at + 60))
        ends = ends if comma == -1 else comma
        adjunct = _DAY.match(f"{self._text[at:ends].rstrip('.!? ')} ")
        return adjunct is not None and at + adjunct.end() >= ends - 2

    def to_end(self, begins: int, ends: int) -> Span | None:
        """The clause from ``begins``: to the sentence's stop, or to where the reporter speaks again."""
        for cut in _CUT.finditer(self._text, begins, ends):
            if not self._quotes.begun_since(begins, cut.start()):
                ends = cut.start()
                break
        while ends > begins and self._text[ends - 1] in ".!?… \n\t,":
            ends -= 1
        return Span(begins, ends) if ends > begins else None
