"""Which numbers of a sentence count something, and what: nouns left out are taken from the number before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import inf

from tocsin.record.reading._quantity_bare import body_counted, counts_alone, tallied
from tocsin.record.reading._quantity_hedges import Hedging, read_hedges
from tocsin.record.reading._quantity_nouns import (
    Noun,
    antecedent,
    is_never_counted,
    is_of_the_speech,
    is_time,
    noun_after,
)
from tocsin.record.reading.numbers import TIMES, Number, NumberKind
from tocsin.record.spans import Span

PERCENT = "percent"

_PART_OF = re.compile(
    r" (?:out )?of (?:the |its |their |our |all |a total of |some |about |more than )?", re.IGNORECASE
)
_SKIPPED = re.compile(r" or (?:so|more|fewer|less)\b| such\b|-(?:odd|strong)\b", re.IGNORECASE)
_ODD = re.compile(r"-odd\b")
_BEFORE_SHARE = re.compile(
    r"\b(?:by|to|from|than|of|at|for|only|just|is|was|are|were|the|other|remaining|over|under|about|almost|nearly"
    r"|some|roughly|around) \Z",
    re.IGNORECASE,
)
_OF_SHARE = re.compile(
    r" (?:of|more|less|fewer|higher|lower|the|their|its|were|had|have|are|per|point|percentage)\b|[-.]|\Z"
)
_OF_TIME = re.compile(r" of (?:an?|the|this|that|last|next) (?:century|decade|year|month|week|day|hour|minute|time)\b")
_JOINS = re.compile(r",? (?:and|or|as well as) (?:(?:about|some|at least|over|another) )?")
_IN_MANY = re.compile(r" (?:in|out of) ", re.IGNORECASE)
_TAKEN = re.compile(r"[a-z]{2} \Z")
_SHARED_NOUN = re.compile(r" [A-Za-z][a-z-]{2,20}(?:,| and|, and| or) (?:(?:about|some|another) )?")
_MORE = re.compile(
    r" times (?:(?:as|the|that|its|more)\b|(?:high|low|great|larg|small|long|short|fast|slow|bigg|old|strong|wid)e?r\b)"
)
_LASTED = re.compile(
    r"\b(?:for|spent|last(?:ed|ing|s)|(?:outage|blackout|delay|stoppage|shutdown|disruption) of)"
    r" (?:about |around |some |nearly |almost |more than |over |at least |up to |roughly |as long as )?\Z",
    re.IGNORECASE,
)
# What a length of time tells the harm of: "unavailable for six days", "the intrusion lasted 212 days".
_HARM = re.compile(
    r"\b(?:unavailable|inaccessible|off ?line|down|closed?|shut|without|outage\w*|disrupt\w*|interrupt\w*|halt\w*"
    r"|out of|suspended|paraly[sz]\w+|cut off|blackout|unable|undetected|unnoticed|lost|los(?:e|ing)|last(?:ed|ing|s)"
    r"|crippl\w+|locked out|stopped)\b",
    re.IGNORECASE,
)
_DEADLINE = re.compile(r"\b(?:within|in under) (?:the next |the |about |at most )?\Z", re.IGNORECASE)
_OLD = re.compile(r"[ -]old\b")
COUNTS = (NumberKind.COUNT, NumberKind.SHARE)
"""What leaves its thing to the next number: ``4,200 devices, of which 650``; an amount of money does not."""

_LEAST_BARE = 100
_LEAST_TIMES = 10
_TWO = 2
_NEAR = 40
_HARM_REACH = 120


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with its words: ``noun`` is what it counts, ``whole`` the number it is of.

    ``unit`` is that of ``Quantity``; ``counted`` the thing counted in the plural: for a share that of its whole.
    """

    number: Number
    noun: Noun | None
    unit: str
    counted: str
    hedging: Hedging
    whole: Number | None = None
    is_substantive: bool = True

    @property
    def ends(self) -> int:
        return max(self.number.span.ends, self.noun.span.ends if self.noun else 0)


@dataclass(slots=True)
class Earlier:
    """What was counted before the sentence: last in its paragraph, and by each greater number (``the 650``)."""

    unit: str = ""
    by_value: dict[float, str] = field(default_factory=dict)

    def add(self, one: Counted) -> None:
        """Remember a number that was read."""
        if one.counted and one.number.kind in COUNTS:
            self.unit = one.counted
            if one.number.value is not None and one.number.value >= _LEAST_BARE:
                self.by_value.setdefault(one.number.value, one.counted)


def counted_in(text: str, sentence: Span, numbers: Sequence[Number], earlier: Earlier) -> list[Counted]:
    """The numbers that count something, in order, each added to ``earlier``.

    A thing left out is that of the number before.
    """
    found: list[Counted] = []
    for place, number in enumerate(numbers):
        following = numbers[place + 1] if place + 1 < len(numbers) else None
        whole = following if following and _is_part(text, number, following) else None
        one = _read(text, sentence, number, whole)
        if one is None or not _is_meant(text, sentence, one, found, earlier, following):
            continue
        if not one.counted:
            counted = _left_out(text, sentence, one, earlier)
            one = replace(one, unit=one.unit or counted, counted=counted)
        found.append(one)
        earlier.add(one)
    return found


def _left_out(text: str, sentence: Span, one: Counted, earlier: Earlier) -> str:
    """The thing counted where it is not said: that of the same number earlier, or of the number before."""
    if one.noun is None and one.number.value in earlier.by_value:
        return earlier.by_value[one.number.value]
    body = body_counted(text[max(sentence.begins, one.number.span.begins - _NEAR) : one.number.span.begins])
    if body:
        return body
    tally = None if one.noun else tallied(text, sentence, one.number)
    if tally and tally["of"]:
        return antecedent(text, tally.start("of"), tally.end())
    if earlier.unit or one.noun is None or one.noun.whole is not None:
        return earlier.unit
    return antecedent(text, sentence.begins, one.number.span.begins)


def _is_part(text: str, part: Number, whole: Number) -> bool:
    between = text[part.span.ends : whole.span.begins]
    return len(between) <= _NEAR and _PART_OF.fullmatch(between) is not None


def _read(text: str, sentence: Span, number: Number, whole: Number | None) -> Counted | None:
    """The number with its noun and hedges; ``None`` where it measures time or counts nothing."""
    at = (whole or number).span.ends
    skipped = _SKIPPED.match(text, at, sentence.ends)
    noun = noun_after(
        text,
        skipped.end() if skipped else at,
        sentence.ends,
        is_share=number.kind is NumberKind.SHARE,
        is_one=number.value == 1,
    )
    if noun and number.kind is NumberKind.SHARE and _IN_MANY.search(text, number.span.begins, number.span.ends):
        noun = replace(noun, whole=noun.whole or noun.span)
    is_substantive = True
    if number.kind is NumberKind.SHARE and _OF_TIME.match(text, number.span.ends):
        return None
    if number.kind is NumberKind.COUNT and noun and noun.unit:
        before = text[max(sentence.begins, number.span.begins - _NEAR) : number.span.begins]
        if is_time(noun.unit):
            is_harm = _is_harm(text, sentence, number, before)
            if not (is_harm or _DEADLINE.search(before) or _OLD.match(text, noun.span.ends)):
                return None
            number, is_substantive = replace(number, span=Span(number.span.begins, noun.span.ends)), is_harm
        elif is_never_counted(noun.unit, before.lower(), is_two=number.value == _TWO):
            return None
        is_substantive = is_substantive and not is_of_the_speech(noun.unit)
        if noun.unit == TIMES and not _is_multiple(text, number, before):
            return None
    hedging = read_hedges(text, sentence, number.span, max(at, noun.span.ends if noun else 0))
    if skipped and _ODD.match(text, skipped.start()):
        hedging = replace(hedging, comparator="~")
    if number.value is not None and number.high == inf:
        hedging = replace(hedging, comparator=">=")
    counted = number.unit or (noun.unit if noun else "")
    unit = PERCENT if number.kind is NumberKind.SHARE else counted
    return Counted(number, noun, unit, counted, hedging, whole, is_substantive)


def _is_harm(text: str, sentence: Span, number: Number, before: str) -> bool:
    """Whether a length of time is that of an outage or an intrusion."""
    if not _LASTED.search(before):
        return False
    around = (number.span.begins - _HARM_REACH, number.span.ends + _NEAR)
    return _HARM.search(text, max(sentence.begins, around[0]), min(sentence.ends, around[1])) is not None


def _is_multiple(text: str, number: Number, before: str) -> bool:
    """Whether times are counted: so many a day, or ``three times as many``; not ``he asked three times``."""
    if number.low >= _LEAST_TIMES or _MORE.match(text, number.span.ends):
        return True
    return before.endswith(("at least ", "more than ", "over "))


def _is_meant(
    text: str, sentence: Span, one: Counted, found: Sequence[Counted], earlier: Earlier, following: Number | None
) -> bool:
    """Whether the number counts at all: one that stands without a noun must show it by other words."""
    number = one.number
    is_hedged = one.hedging.comparator != "="
    if number.is_word and number.value == 1 and number.kind is NumberKind.COUNT:
        if one.noun is not None and text.endswith(("all but ", "All but "), sentence.begins, number.span.begins):
            return True
        joins = bool(found) and number.span.begins - found[-1].ends <= _NEAR and one.noun is not None
        is_whole = one.noun is not None and one.noun.whole is None
        return is_whole and (
            one.hedging.comparator == ">="
            or _is_joined(text, one, following)
            or (joins and " and " in text[found[-1].ends : number.span.begins])
        )
    if number.kind is NumberKind.DATA and not (one.noun or is_hedged):
        return _TAKEN.search(text, sentence.begins, number.span.begins) is not None
    if text.startswith(" = ", number.span.ends) or text.endswith(" = ", sentence.begins, number.span.begins):
        return False
    if number.kind is NumberKind.SHARE and not (one.noun or is_hedged):
        is_next = any(other.number.kind is NumberKind.SHARE for other in found)
        return is_next or _may_be_share(text, sentence, number)
    if number.kind is not NumberKind.COUNT or one.noun or one.whole or is_hedged or number.unit:
        return number.value != 0 or number.kind is NumberKind.SHARE
    if found and found[-1].whole == number:
        return True
    if following and _SHARED_NOUN.fullmatch(text, number.span.ends, following.span.begins):
        return True
    before = text[max(sentence.begins, number.span.begins - _NEAR) : number.span.begins]
    return counts_alone(text, sentence, number, before, others=len(found), is_known=bool(earlier.unit))


def _may_be_share(text: str, sentence: Span, number: Number) -> bool:
    """Whether a part named in words is one: ``fell by a third``, but not ``a third, tracked as …``."""
    if not number.is_word or _OF_SHARE.match(text, number.span.ends):
        return True
    return _BEFORE_SHARE.search(text, sentence.begins, number.span.begins) is not None


def _is_joined(text: str, one: Counted, following: Number | None) -> bool:
    """``one company and two officers``: only in such a list does a bare one count."""
    if one.noun is None or following is None:
        return False
    return _JOINS.fullmatch(text, one.ends, following.span.begins) is not None
