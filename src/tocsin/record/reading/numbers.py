"""Numbers in running text: digits, words, shares, sums of money and vague amounts, each with the bounds it leaves.

Dates are not looked for here; versions, ports, sections, addresses, times and names with digits are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from math import inf
from typing import NamedTuple

from tocsin.record.reading._number_grammar import (
    AMOUNTS,
    CODES,
    DOZEN,
    FIRST_WORDS,
    IN_DIGITS,
    IN_WORDS,
    MARKS,
    MULTIPLES,
    ONE_IN_MANY,
    PARTS,
    SCALE,
    SCALES,
    SHORT_SCALES,
    UNITS,
    VALUES,
)
from tocsin.record.reading._number_names import Names
from tocsin.record.reading._taken import Taken
from tocsin.record.spans import Span
from tocsin.record.words import words_of


class NumberKind(StrEnum):
    """``SHARE`` is a part of a whole, in per cent; ``MONEY`` and ``DATA`` are amounts of what is not counted."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"
    DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number at a place: what it leaves open is ``low`` to ``high``; a share is in per cent (92).

    ``value`` is ``None`` for a range and for a vague amount (``dozens``), which has no upper bound. ``unit`` is the
    unit written with it (``dollars``, ``terabytes``), and ``is_word`` says that it is written in letters alone; of a
    range, ``limits`` are the places of its two ends, but for ``two or three``.
    """

    span: Span
    kind: NumberKind
    value: float | None
    low: float
    high: float
    unit: str = ""
    is_word: bool = False
    limits: tuple[Span, Span] | None = None

    @property
    def is_vague(self) -> bool:
        return self.value is None and self.high == inf


TIMES = "times"
"""The unit of a multiple: ``twice as many``, ``2.3 times higher``."""

_NOT_BEFORE = re.compile(r"[\w.,:/\\@#&=+_~^§%$£€¥₩₹₽‑-]")
_DIGIT = re.compile(r"\d")
_ONE = re.compile(r"\b(?:least|than|only|but) one\b|\bone (?:in|per|percent)\b")
# A sign of money or the first digit, found fast as one of a set, and what before it belongs to it.
_STARTS = re.compile(r"[$£€¥₩₹₽\d](?:(?<=\d)\d+)?")
_COUNTRY = re.compile(r"\b(?:US|AU|CA|NZ|HK|NT|[ACS])\Z")
_CODE = re.compile(rf"\b{CODES}[ \u00a0]?\Z")
_LONGEST_CODE = 4
_SCALE_AT_END = re.compile(rf"({SCALE}|bn|mn|tn|[km])\b", re.IGNORECASE)
_LINK = re.compile(r" ?[-–—] ?| (?:to|or) ", re.IGNORECASE)
_LINK_BETWEEN = re.compile(r" and ")
_BETWEEN = re.compile(r"\bbetween (?:about |some |roughly |an estimated )?\Z", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:rose|rising|fell|falling|grew|grown|risen|fallen|increas|dropp|declin|climb|shr[aiu]nk|jump|went|reduc|cut|up|down|rais)\w{0,4}"
    r"(?: \w{1,15}){0,3} from \Z",
    re.IGNORECASE,
)
_REACH = 60
_MOST_DIGITS = 18
"""Nobody counts further; a number without end is a trick, and too large for any figure."""


def has_number(text: str, within: Span) -> bool:
    """Whether there may be a number at all: a cheap look."""
    if _DIGIT.search(text, within.begins, within.ends):
        return True
    return _has_words(text, within)


def find_numbers(text: str, within: Span, *, apart: Sequence[Span] = ()) -> list[Number]:
    """The numbers in ``within`` in order, a range as one; names and references that hold digits are left out.

    ``apart`` are places known to hold none (dates). A range, ``between 3,000 and 5,000`` or ``20–30``, spans both its
    ends and nothing before them.
    """
    found: list[Number] = []
    names, taken = Names(text, within), Taken(apart)
    ends = within.begins
    starts = list(_starts(text, within))
    if _has_words(text, within):
        starts = sorted((*starts, *_inside(_words_in(text).first, within)))
    for start in starts:
        match = _match(text, within, start) if start >= ends else None
        if match is None or taken.meets(match.start(), match.end()):
            continue
        ends = match.end()
        number = _number(match)
        if number and not names.holds(number.span, is_plain=_is_plain(match)):
            found.append(number)
    return _ranges(text, found)


def _starts(text: str, within: Span) -> Iterator[int]:
    """Where signs of money and digits stand: a sign with the country before it, digits also from their currency on."""
    for sign in _STARTS.finditer(text, within.begins, within.ends):
        at = sign.start()
        before = _COUNTRY if text[at] == "$" else _CODE
        if at > within.begins and (found := before.search(text, max(within.begins, at - _LONGEST_CODE), at)):
            yield found.start()
            if before is _COUNTRY:
                continue
        yield at


class _WordPlaces(NamedTuple):
    """Where words stand that mark a number, that may begin one, and ``one``, in order."""

    marks: list[int]
    first: list[int]
    ones: list[int]


@lru_cache(maxsize=1)
def _words_in(text: str) -> _WordPlaces:
    words = words_of(text)
    return _WordPlaces(words.starts(MARKS), words.starts(FIRST_WORDS), words.starts(("one",)))


def _inside(places: list[int], within: Span) -> list[int]:
    return places[bisect_left(places, within.begins) : bisect_left(places, within.ends)]


def _has_words(text: str, within: Span) -> bool:
    words = _words_in(text)
    if _inside(words.marks, within):
        return True
    return bool(_inside(words.ones, within)) and _ONE.search(within.of(text).lower()) is not None


def _match(text: str, within: Span, at: int) -> re.Match[str] | None:
    """The form of a number that begins at a digit, a sign of money, or the first word of a number."""
    is_second = text[at - 1 : at] == "-" and text[at - 2 : at - 1].isdigit()
    if at > within.begins and _NOT_BEFORE.match(text, at - 1) and not is_second:
        return None
    in_many = ONE_IN_MANY.match(text, at, within.ends)
    return in_many or IN_DIGITS.match(text, at, within.ends) or IN_WORDS.match(text, at, within.ends)


def _is_plain(match: re.Match[str]) -> bool:
    """Bare digits or words, which a name may hold: no separator, scale, sign or unit."""
    if match.re is IN_DIGITS:
        return match["digits"].replace(".", "").isdigit() and not any(
            match.group("sign", "scale", "percent", "money", "data")
        )
    return match.re is IN_WORDS and match["words"] is not None


def _number(match: re.Match[str]) -> Number | None:
    make = partial(Number, span=Span(match.start(), match.end()))
    if match.re is IN_DIGITS:
        return _of_digits(match, make)
    if match.re is ONE_IN_MANY:
        return _share(make, _count(match["parts"].lower()) / _count(match["every"].lower().split()[-1]))
    if match["words"]:
        return _of_words(match, make)
    if match["multiple"]:
        value = MULTIPLES[match["multiple"].lower()]
        return make(kind=NumberKind.COUNT, value=value, low=value, high=value, unit=TIMES, is_word=True)
    if match["amount"] or match["handful"]:
        low = _least(match)
        money = match["vague_money"]
        kind = NumberKind.MONEY if money else NumberKind.COUNT
        unit = _unit_of(money) if money else ""
        return make(kind=kind, value=None, low=low, high=inf, unit=unit, is_word=True)
    if match["big"] or match["halved"]:
        value = _scale((match["big"] or match["halved"]).lower()) / (
            4 if (match["small"] or "").lower() == "quarter" else 2
        )
        return make(kind=NumberKind.COUNT, value=value, low=value, high=value, is_word=True)
    if match["whole_half"]:
        return _share(make, 1 / 2)
    part = match["part"].lower()
    parts = 2 if part.startswith("hal") else PARTS[part.removesuffix("s")]
    return _share(make, _count(match["times"].lower()) / parts)


def _share(make: partial[Number], share: float) -> Number | None:
    value = 100 * share
    return make(kind=NumberKind.SHARE, value=value, low=value, high=value, is_word=True) if 0 < value <= 100 else None


def _of_digits(match: re.Match[str], make: partial[Number]) -> Number | None:
    digits = match["digits"]
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return None
    plain = re.sub(r"[,\s](?=\d{3})", "", digits).replace(",", ".")
    if len(plain.partition(".")[0]) > _MOST_DIGITS:
        return None
    value = float(plain) * _scale((match["scale"] or "").strip(" -\u00a0").lower())
    high = inf if match["plus"] else value
    if match["percent"]:
        return make(kind=NumberKind.SHARE, value=value, low=value, high=max(value, 100.0) if match["plus"] else value)
    money = match["sign"] or match["money"]
    if money:
        unit = _unit_of(money)
        return make(kind=NumberKind.MONEY, value=value, low=value, high=high, unit=unit)
    if match["data"]:
        return make(kind=NumberKind.DATA, value=value, low=value, high=high, unit=_data_unit(match["data"]))
    return make(kind=NumberKind.COUNT, value=value, low=value, high=high)


def _of_words(match: re.Match[str], make: partial[Number]) -> Number | None:
    total = group = 0.0
    for word in re.findall(r"\w+", match["words"].lower()):
        if word == "and":
            continue
        if word in SCALES and word != "hundred":
            total, group = total + (group or 1) * SCALES[word], 0.0
        elif word in ("hundred", "dozen"):
            group = (group or 1) * _scale(word)
        else:
            group += VALUES[word]
    value = total + group
    if match["percent"]:
        return make(kind=NumberKind.SHARE, value=value, low=value, high=value, is_word=True)
    if match["money"]:
        unit = _unit_of(match["money"])
        return make(kind=NumberKind.MONEY, value=value, low=value, high=value, unit=unit, is_word=True)
    return make(kind=NumberKind.COUNT, value=value, low=value, high=value, is_word=True)


def _least(match: re.Match[str]) -> float:
    """Two of what is named: ``hundreds`` are at least 200; a handful is at least two."""
    if match["handful"]:
        return 2.0
    word = match["amount"].lower().split()[-1]
    base = AMOUNTS.get(word) or _scale(word)
    of = match["of"]
    return 2 * base * (AMOUNTS[of.split()[-1].lower()] if of else 1)


def _count(word: str) -> float:
    return float(word) or inf if word.isdigit() else VALUES.get(word) or _scale(word)


def _scale(word: str) -> float:
    return SCALES.get(word) or SHORT_SCALES.get(word) or (DOZEN if word == "dozen" else 1.0)


def _data_unit(word: str) -> str:
    prefix = {"m": "mega", "g": "giga", "t": "tera", "p": "peta"}[word[0].lower()]
    return f"{prefix}bytes"


def _unit_of(money: str) -> str:
    """The unit in the plural of a sign or word of money (``US$``, ``euro``)."""
    word = "$" if "$" in money else money.split()[-1].lower().rstrip(".")
    return UNITS.get(word, word)


def _ranges(text: str, numbers: list[Number]) -> list[Number]:
    """The same with two ends of a range as one number, and without those in a code such as ``21-1``."""
    found: list[Number] = []
    for number in numbers:
        if found and (joined := _joined(text, found[-1], number)):
            found[-1] = joined
        else:
            found.append(number)
    return [number for number in found if not _is_in_code(text, number.span)]


def _is_in_code(text: str, span: Span) -> bool:
    is_after = text.startswith("-", span.ends) and text[span.ends + 1 : span.ends + 2].isdigit()
    return is_after or (span.begins > 0 and text[span.begins - 1] == "-")


def _joined(text: str, first: Number, second: Number) -> Number | None:
    if first.value is None or second.value is None or first.is_word != second.is_word:
        return None
    between = text[first.span.ends : second.span.begins]
    before = text[max(0, first.span.begins - _REACH) : first.span.begins]
    is_range = _LINK.fullmatch(between) or (_LINK_BETWEEN.fullmatch(between) and _BETWEEN.search(before))
    if not is_range or _CHANGE.search(before):
        return None
    low = _carried(text, first, second)
    kinds = {first.kind, second.kind} - {NumberKind.COUNT}
    if low >= second.value or len(kinds) > 1:
        return None
    return Number(
        span=Span(first.span.begins, second.span.ends),
        kind=next(iter(kinds), NumberKind.COUNT),
        value=None,
        low=low,
        high=second.value,
        unit=first.unit or second.unit,
        is_word=first.is_word,
        limits=None if between.lower() == " or " else (first.span, second.span),
    )


def _carried(text: str, first: Number, second: Number) -> float:
    """The lower end in the scale of the upper: the three of ``3 to 5 million`` is three million."""
    low, high = first.low, second.low
    scale = _SCALE_AT_END.search(second.span.of(text))
    if scale is None or _SCALE_AT_END.search(first.span.of(text)):
        return low
    carried = low * _scale(scale.group(1).lower())
    return carried if carried < high else low
