"""Which numbers of a sentence count something, and what: nouns left out are taken from the number before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import inf

from tocsin.record.reading._quantity_hedges import Hedging, read_hedges
from tocsin.record.reading._quantity_nouns import (
    Noun,
    antecedent,
    is_never_counted,
    is_of_the_speech,
    is_time,
    noun_after,
)
from tocsin.record.reading.numbers import Number, NumberKind
from tocsin.record.spans import Span

PERCENT = "percent"

_PART_OF = re.compile(
    r" (?:out )?of (?:the |its |their |our |all |a total of |some |about |more than )?", re.IGNORECASE
)
_SKIPPED = re.compile(r" or (?:so|more|fewer|less)\b", re.IGNORECASE)
_OF_WHICH = re.compile(
    r"\b(?:of (?:which|whom|these|those|them)|among (?:them|these|those)),? (?:\w+ )?\Z", re.IGNORECASE
)
_THE = re.compile(r"\b(?:the|these|those|all|another|remaining|among|only) (?:\w+ )?\Z", re.IGNORECASE)
_PREDICATE = re.compile(r" (?:were|was|are|is|had|have|has|may|might|could|will|would|did|do)\b")
_GOES_ON = re.compile(
    r"[ \u00a0]+(?!(?:were|was|are|is|had|have|has|may|might|could|will|would|did|do|of|in|on|at|by|to|for|from"
    r"|and|or|but|as|that|which|who|when|while|after|before|since|last|this|worldwide|across|with|more|so|because)\b)[A-Za-z]"
)
_DEADLINE = re.compile(r"\b(?:within|in under) (?:the next |the |about |at most )?\Z", re.IGNORECASE)
_OLD = re.compile(r"[ -]old\b")
COUNTS = (NumberKind.COUNT, NumberKind.SHARE)
"""What leaves its thing to the next number: ``4,200 devices, of which 650``; an amount of money does not."""

_LEAST_BARE = 100
_LEAST_SPLIT = 1000
_TWO = 2
_NEAR = 40


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
        if one is None or not _is_meant(text, sentence, one, found):
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
    is_substantive = True
    if number.kind is NumberKind.COUNT and noun and noun.unit:
        before = text[max(sentence.begins, number.span.begins - _NEAR) : number.span.begins]
        if is_time(noun.unit):
            if not (_DEADLINE.search(before) or _OLD.match(text, noun.span.ends)):
                return None
            number, is_substantive = replace(number, span=Span(number.span.begins, noun.span.ends)), False
        elif is_never_counted(noun.unit, before.lower(), is_two=number.value == _TWO):
            return None
        is_substantive = is_substantive and not is_of_the_speech(noun.unit)
    hedging = read_hedges(text, sentence, number.span, max(at, noun.span.ends if noun else 0))
    if number.value is not None and number.high == inf:
        hedging = replace(hedging, comparator=">=")
    counted = number.unit or (noun.unit if noun else "")
    unit = PERCENT if number.kind is NumberKind.SHARE else counted
    return Counted(number, noun, unit, counted, hedging, whole, is_substantive)


def _is_meant(text: str, sentence: Span, one: Counted, found: Sequence[Counted]) -> bool:
    """Whether the number counts at all: one that stands without a noun must show it by other words."""
    number = one.number
    is_hedged = one.hedging.comparator != "="
    if number.is_word and number.value == 1 and number.kind is NumberKind.COUNT:
        joins = bool(found) and number.span.begins - found[-1].ends <= _NEAR and one.noun is not None
        is_whole = one.noun is not None and one.noun.whole is None
        return is_whole and (
            one.hedging.comparator == ">=" or (joins and " and " in text[found[-1].ends : number.span.begins])
        )
    if number.kind is NumberKind.DATA:
        return one.noun is not None
    if number.kind is not NumberKind.COUNT or one.noun or one.whole or is_hedged:
        return number.value != 0 or number.kind is NumberKind.SHARE
    before = text[max(sentence.begins, number.span.begins - _NEAR) : number.span.begins]
    if _OF_WHICH.search(before) or (found and found[-1].whole == number):
        return True
    is_written_out = number.low >= _LEAST_SPLIT and not number.span.of(text).isdigit()
    is_subject = _PREDICATE.match(text, number.span.ends) is not None
    if is_written_out or (is_subject and (found or number.span.begins == sentence.begins)):
        return True
    if _GOES_ON.match(text, number.span.ends, sentence.ends):
        return False
    if _THE.search(before):
        return number.low >= _LEAST_BARE or is_subject
    return number.is_vague or (number.low >= _LEAST_BARE and not number.span.of(text).isdigit())
