"""Dates written with a month or a year: read outwards from the name of the month, or from the year."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from tocsin.record.reading import _calendar as calendar
from tocsin.record.reading._calendar import MONTHS, Days
from tocsin.record.spans import Span


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day of the utterance, and whether the words around the date look ahead of it."""

    day: date | None
    is_ahead: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it is written: what it means at an anchor, and whether it needs one; ``lead`` is its preposition."""

    span: Span
    meaning: Callable[[Anchor], Days | None]
    is_counted: bool = False
    lead: str = ""


LEAD = (
    r"\b(?:back\ in|as\ (?:of|at)|in|on|at|by|since|during|throughout|around|from|over|dated|of|until|between|before"
    r"|after|to)"
    r"\ (?:about\ |around\ |the\ )?"
)
PART = r"(?:(?:the\ )?(?:very\ )?(?:beginning|start|middle|end)\ of|early|mid|late)(?:\ in)?[ -](?:the\ )?"
_FULL = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?:(?:{_FULL})\b|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DAY = r"\d{1,2}(?!\d)(?:st|nd|rd|th)?(?![\d/:%]|[.,]\d|\ ?(?:%|per|percent|million|billion|thousand)\b)"
_YEAR = r"(?:19[5-9]|20[0-4])\d(?![\d/]|[.,:]\d|-\w)"
_OTHER_YEAR = re.compile(r",? (\d{4,9})(?![\w/]|[.,:]\d|-\w| (?!(?:the|and|but|when|by|in|at|on|a|an|it|they)\b)[a-z])")
"""Digits in the place of a year that are none of our time; not a count ("in March 12000 servers")."""
_FIRST_YEAR, _PAST_YEARS = 1000, 1950
_WHICH_YEAR = r"(?i:last|this|next)\ year"
_TO = r"\ ?(?:–|-|—|\bto\b|\buntil\b|\bthrough\b|\band\b)\ ?"
_WINDOW = 64
_LONGEST = 80

_MONTH_TAIL = re.compile(
    rf"""(?P<month>{_MONTH})(?:\ (?P<day>{_DAY}))?(?:,?\ (?P<first_year>{_YEAR}))?
      (?:{_TO}(?:(?:early|mid|late)[ -])?(?:(?P<to_day>{_DAY})(?:\ (?:of\ )?(?P<to_month>{_MONTH}))?
        |(?P<to_month_first>{_MONTH})(?:\ (?P<to_day_last>{_DAY}))?))
      (?:,?\ (?:of\ )?(?P<year>{_YEAR}|{_WHICH_YEAR}))?""",
    re.VERBOSE,
)
_MONTH_ALONE = re.compile(
    rf"(?P<month>{_MONTH})(?:\ (?P<day>{_DAY}))?(?:,?\ (?:of\ )?(?P<year>{_YEAR}|{_WHICH_YEAR}))?\)?", re.VERBOSE
)
_BORROWED = re.compile(rf"{_MONTH}(?:,? (?:and |or )?(?:{_FULL})){{1,4}},? ({_YEAR})")
_MONTH_HEAD = re.compile(
    rf"""(?P<same>\b(?:yesterday|(?:earlier\ )?today|tomorrow)(?:,?\ |\ \())?
      (?P<lead>{LEAD})?(?P<part>\b{PART})?(?P<which>\b(?:last|this|next)\ )?
      (?:\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)\b\.?,?\ (?:the\ )?)?
      (?:(?P<from_day>(?<![\d.,/:-]){_DAY}){_TO})?(?:(?P<day>(?<![\d.,/:]){_DAY})\ (?:of\ )?)?\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR_TAIL = re.compile(
    r"""(?P<year>\d{4})(?:
        -(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])
      | \ ?(?:–|-|/|\bto\b|\band\b|\buntil\b)\ ?(?P<to>(?:19|20)?\d\d)(?![\d/%-]|[.,]\d)
      | (?![-/.,:]?\d|-\w))""",
    re.VERBOSE,
)
_YEAR_HEAD = re.compile(
    rf"""(?P<lead>{LEAD})?(?P<part>\b{PART}|\b(?P<season>spring|summer|autumn|fall|winter)\ (?:of\ )?
      |\b(?:the\ )?(?P<half>first|second)\ half\ of\ |\b(?:H(?P<h>[12])|Q(?P<q>[1-4]))\ (?:of\ )?
      |\b(?:the\ )?(?P<quarter>first|second|third|fourth|last)\ quarter\ of\ )?\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMERIC = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2((?:19|20)?\d\d)(?![\d/]|[.]\d)")
_NAME_BEFORE = re.compile(r"(?:\b[A-Z][\w’'&-]{0,30}|\d) ?\Z|(?:[\w)][-/.]|[#§/\\$£€,.]\d{0,3})\Z")
_OPENERS = frozenset(
    "In The Since By Until During From Between After Before Throughout Of And A Early Mid Late".split()
)
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_AHEAD = {"last": -1, "this": 0, "next": 1}
_PARTS = {"beginning": "early", "start": "early", "middle": "mid"}


def read_month(text: str, within: Span, at: int) -> Written | None:
    """The date around the name of a month; ``None`` where the word is no month (``may have``, ``march``)."""
    head = _MONTH_HEAD.search(text, max(within.begins, at - _WINDOW), at)
    if head is None or (at and text[at - 1].isalnum()):
        return None
    tail = _MONTH_TAIL.match(text, at, min(within.ends, at + _LONGEST))
    if (
        tail
        and (" and" not in tail.group() or (head["lead"] or "").lower().startswith("between"))
        and not _is_list(tail)
    ):
        return _range(text, head, tail)
    alone = _MONTH_ALONE.match(text, at, min(within.ends, at + _LONGEST))
    return _one(text, within, head, alone) if alone else None


def read_year(text: str, within: Span, at: int) -> Written | None:
    """The date around a year, or all in digits; ``None`` where it belongs to a name (``Exchange 2013``)."""
    numeric = _NUMERIC.match(text, at, within.ends)
    if numeric:
        return Written(Span(at, numeric.end()), partial(_in_digits, numeric))
    head = _YEAR_HEAD.search(text, max(within.begins, at - _WINDOW), at)
    tail = _YEAR_TAIL.match(text, at, within.ends)
    if head is None or tail is None or not _stands_alone(text, within, head, at):
        return None
    lead = (head["lead"] or "").lower()
    if tail["to"] and " and" in tail.group() and not lead.startswith("between"):
        return Written(Span(head.start(), at + 4), partial(_in_year, head, int(tail["year"])), lead=lead)
    return Written(Span(head.start(), tail.end()), partial(_of_year, head, tail), lead=lead)


def part_named(words: str | None) -> str:
    """``early``, ``mid``, ``late``, ``end`` or nothing, for words such as ``the beginning of``."""
    found = next(
        (word for word in re.findall(r"[a-z]+", (words or "").lower()) if word not in ("the", "very", "in")), ""
    )
    return _PARTS.get(found, found)


def year_of(words: str | None, anchor: Anchor) -> int | None:
    """The year in words: ``2021``, ``last year``."""
    if words is None:
        return None
    if words.isdigit():
        return int(words)
    return anchor.day.year + _AHEAD[words.split()[0].lower()] if anchor.day else None


def nearest(anchor: Anchor, make: Callable[[int], Days | None]) -> Days | None:
    """The latest of the years' days that does not begin after the utterance; looking ahead, the first not before it."""
    if anchor.day is None:
        return None
    now = anchor.day.year
    for number in (now, now + 1) if anchor.is_ahead else (now, now - 1):
        found = make(number)
        if found and (found.ends >= anchor.day if anchor.is_ahead else found.begins <= anchor.day):
            return found
    return None


def _one(text: str, within: Span, head: re.Match[str], alone: re.Match[str]) -> Written | None:
    month, stated = MONTHS[alone["month"].strip(".").lower()], alone["year"]
    number = alone["day"] or head["day"]
    if stated is None and not number:
        following = _BORROWED.match(text, alone.start(), within.ends)
        stated = following[1] if following else None
    is_named = number or stated or head["part"] or head["which"] or head["lead"]
    if not is_named and not text.startswith(("’s", "'s"), alone.end()):
        return None
    other = _OTHER_YEAR.match(text, alone.end(), within.ends) if alone["year"] is None else None
    if other:
        stated = other[1]
    ends = other.end() if other else alone.end() - (alone.group().endswith(")") and "(" not in head.group())
    first = _number(head["from_day"]) if head["from_day"] and head["day"] else None
    part, which = part_named(head["part"]), (head["which"] or "").strip().lower()

    def make(year: int) -> Days | None:
        if other and not _FIRST_YEAR <= year < _PAST_YEARS:
            return None
        if not number:
            return calendar.month(year, month, part)
        day = calendar.day(year, month, _number(number))
        begins = calendar.day(year, month, first) if first else None
        return calendar.span_of(begins, day) if begins and day else day

    is_counted = stated is None or not stated.isdigit()
    meaning = partial(_dated, stated, which, make)
    begins = head.start() + (head.group().find(head["day"]) if number and alone["day"] and head["day"] else 0)
    return Written(Span(begins, ends), meaning, is_counted, (head["lead"] or "").lower())


def _range(text: str, head: re.Match[str], tail: re.Match[str]) -> Written | None:
    first = MONTHS[tail["month"].strip(".").lower()]
    named = tail["to_month"] or tail["to_month_first"]
    last = MONTHS[named.strip(".").lower()] if named else first
    first_day = tail["day"] or head["day"]
    last_day = tail["to_day"] or tail["to_day_last"]
    stated = tail["year"] or tail["first_year"]

    def make(year: int) -> Days | None:
        start = int(tail["first_year"]) if tail["first_year"] else year - (first > last)
        begins = calendar.day(start, first, _number(first_day)) if first_day else calendar.month(start, first)
        ends = calendar.day(year, last, _number(last_day)) if last_day else calendar.month(year, last)
        return calendar.span_of(begins, ends) if begins and ends else None

    is_counted = stated is None or not stated.isdigit()
    return Written(
        Span(head.start(), tail.end()), partial(_dated, stated, "", make), is_counted, (head["lead"] or "").lower()
    )


def _is_list(tail: re.Match[str]) -> bool:
    """``July and 2020``, or a month with a number that is no day of it: nothing that ranges."""
    return bool(tail["to_day"]) and not tail["to_month"] and not tail["day"]


def _dated(stated: str | None, which: str, make: Callable[[int], Days | None], anchor: Anchor) -> Days | None:
    if stated is None:
        return nearest(Anchor(anchor.day, anchor.is_ahead or which == "next"), make)
    number = year_of(stated, anchor)
    return make(number) if number else None


def _number(word: str) -> int:
    return int(word.rstrip("stndrhSTNDRH"))


def _stands_alone(text: str, within: Span, head: re.Match[str], at: int) -> bool:
    """Whether four digits are a year: after a preposition or a small word, not after a name or within a code."""
    if head["lead"] or head["part"]:
        before = text[max(within.begins, head.start() - 1) : head.start()]
        return not before or not (before.isalnum() or before in "-/.#")
    name = _NAME_BEFORE.search(text, max(within.begins, at - _WINDOW), at)
    return name is None or name.group().strip() in _OPENERS


def _of_year(head: re.Match[str], tail: re.Match[str], anchor: Anchor) -> Days | None:
    year = int(tail["year"])
    if tail["month"]:
        return calendar.day(year, int(tail["month"]), int(tail["day"]))
    if tail["to"]:
        last = int(str(year)[: 4 - len(tail["to"])] + tail["to"])
        return calendar.span_of(calendar.year(year), calendar.year(last))
    return _in_year(head, year, anchor)


def _in_year(head: re.Match[str], year: int, _: Anchor) -> Days | None:
    if head["season"]:
        return calendar.season(year, head["season"].lower())
    if head["half"] or head["h"]:
        return calendar.half(year, int(head["h"] or ORDINALS[head["half"].lower()]))
    if head["quarter"] or head["q"]:
        return calendar.quarter(year, int(head["q"] or ORDINALS[head["quarter"].lower()]))
    return calendar.year(year, part_named(head["part"]))


def _in_digits(found: re.Match[str], _: Anchor) -> Days | None:
    """The day where the order of day and month can be told, which it cannot when both are up to twelve."""
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    year += 2000 if year < 100 else 0
    if first > 12 or first == second:
        return calendar.day(year, second, first)
    return calendar.day(year, first, second) if second > 12 else None
