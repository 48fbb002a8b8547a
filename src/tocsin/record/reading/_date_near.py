"""Dates counted from the day of the utterance: yesterday, on Monday, last year, two months ago, recently."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial

from tocsin.record.reading import _calendar as calendar
from tocsin.record.reading._calendar import WEEKDAYS, Days
from tocsin.record.reading._date_forms import LEAD, ORDINALS, PART, Anchor, Written, nearest, part_named
from tocsin.record.spans import Span

_WEEKDAY = re.compile(
    r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?:\ (?:morning|afternoon|evening|night)\b)?", re.VERBOSE
)
_WEEKDAY_HEAD = re.compile(
    rf"(?P<lead>{LEAD}|early\ on\ |late\ on\ |earlier\ on\ )?(?P<which>\b(?:last|this|next)\ )?\Z", re.VERBOSE | re.I
)
_NAMED_DAY = re.compile(r"\b(?:Patch|Black|Good|Cyber|Easter|Palm|Ash|Shrove|Bloody|The|Mail on)\ \Z")
_PAPER = re.compile(r"\ (?:Times|Telegraph|Mirror|Mail|Express|Post|Herald|[A-Z]\w+)\b")

_NEAR = re.compile(
    r"""(?P<day>yesterday(?:\ (?:morning|afternoon|evening))?|tomorrow|tonight|today|this\ (?:morning|afternoon|evening)
        |last\ night|earlier\ today|later\ today)\b(?!\ ?’s\ world)
      | (?P<when>(?:earlier|later|early|late)\ )?(?P<which>last|this|next)\ (?P<unit>week(?!end)|month|year)\b
      | (?P<season_which>last|this|next)\ (?P<season>spring|summer|autumn|fall|winter)\b
      | (?P<end>end\ of\ the\ )(?P<end_unit>week|month|year)\b
      | (?P<vague>(?:most\ )?recently|recent\ (?:days|weeks|months|years)|shortly
        |(?-i:At)\ the\ time(?:\ of\ the\ [a-z]{3,20})?)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WHEN_BEFORE = re.compile(
    rf"""(?P<lead>{LEAD})?(?P<part>\b{PART})?(?:\b(?:the\ )?(?:(?P<half>first|second)\ half
      |(?P<quarter>first|second|third|fourth|last)\ quarter)\ of\ )?(?P<when>\b(?:earlier|later)\ )?\Z""",
    re.VERBOSE | re.I,
)
_NUMBER = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})"
_AGO = re.compile(
    rf"""(?:\b(?:about|around|more\ than|over|nearly|almost|just|less\ than)\ )?\b
      (?P<count>{_NUMBER}|(?:a\ )?few|several)\ (?P<unit>day|week|fortnight|month|year|decade)s?\ \Z""",
    re.VERBOSE | re.I,
)
_PAST = re.compile(
    rf"""(?:(?P<count>{_NUMBER})|few|several|couple\ of)?\ ?(?P<unit>day|week|fortnight|month|year|decade)s?\b""",
    re.VERBOSE | re.I,
)
_PAST_WORD = re.compile(r"(?:past|last) ")
_PAST_HEAD = re.compile(r"\b(?:in|over|during|within|for)\ (?:just\ )?the\ \Z", re.VERBOSE | re.I)
_DAYS_AHEAD = {"yesterday": -1, "last": -1, "tomorrow": 1}
_AHEAD = {"last": -1, "this": 0, "next": 1}
_SMALL = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
}
_OLDEST = 400
_WINDOW = 40


def read_weekday(text: str, within: Span, at: int) -> Written | None:
    """A day of the week (``on Monday``, ``last Thursday``, ``Monday’s``), unless it names something else."""
    found = _WEEKDAY.match(text, at, within.ends)
    head = _WEEKDAY_HEAD.search(text, max(within.begins, at - _WINDOW), at)
    if found is None or head is None or _NAMED_DAY.search(text, max(within.begins, at - _WINDOW), at):
        return None
    if not head.group() and _PAPER.match(text, found.end(), within.ends):
        return None
    which = (head["which"] or "").strip().lower()
    number = WEEKDAYS[found["weekday"].lower()]
    return Written(
        Span(head.start(), found.end()),
        partial(_weekday, number, which),
        is_counted=True,
        lead=(head["lead"] or "").lower(),
    )


def read_near(text: str, within: Span, at: int) -> Written | None:
    """A date in words of nearness, with what stands before it."""
    begins = max(within.begins, at - _WINDOW)
    if text.startswith("ago", at):
        counted = _AGO.search(text, begins, at)
        return Written(Span(counted.start(), at + 3), partial(_ago, counted), True) if counted else None
    word = _PAST_WORD.match(text, at, within.ends)
    if word and (before := _PAST_HEAD.search(text, begins, at)):
        past = _PAST.match(text, word.end(), within.ends)
        return Written(Span(before.start(), past.end()), partial(_past, past), True) if past else None
    found = _NEAR.match(text, at, within.ends)
    head = _WHEN_BEFORE.search(text, begins, at)
    if found is None or head is None:
        return None
    return Written(Span(head.start(), found.end()), partial(_near, found, head), True, (head["lead"] or "").lower())


def _weekday(number: int, which: str, anchor: Anchor) -> Days | None:
    if anchor.day is None:
        return None
    if which == "next":
        return calendar.weekday(anchor.day + timedelta(days=1), number, is_ahead=True)
    if which == "last":
        return calendar.weekday(anchor.day - timedelta(days=1), number, is_ahead=False)
    return calendar.weekday(anchor.day, number, is_ahead=anchor.is_ahead)


def _near(found: re.Match[str], head: re.Match[str], anchor: Anchor) -> Days | None:
    if anchor.day is None or found["vague"]:
        return None
    if found["day"]:
        return calendar.a_day(anchor.day + timedelta(days=_DAYS_AHEAD.get(found["day"].lower().split()[0], 0)))
    if found["season"]:
        return _season(found["season"].lower(), found["season_which"].lower(), anchor)
    unit, ahead = (found["end_unit"] or found["unit"]).lower(), _AHEAD[(found["which"] or "this").lower()]
    if unit == "year" and (head["half"] or head["quarter"]):
        number = ORDINALS[(head["half"] or head["quarter"]).lower()]
        return (calendar.half if head["half"] else calendar.quarter)(anchor.day.year + ahead, number)
    when = (found["when"] or head["when"] or "").strip().lower()
    part = "end" if found["end"] else part_named(head["part"]) or (when if when in ("early", "late") else "")
    days = _unit(unit, ahead, part, anchor)
    if days and when == "earlier":
        return (
            calendar.Days(days.begins, max(days.begins, anchor.day - timedelta(days=1)), "range")
            if ahead == 0
            else days
        )
    if days and when == "later" and ahead == 0:
        return calendar.Days(min(days.ends, anchor.day + timedelta(days=1)), days.ends, "range")
    return days


def _unit(unit: str, ahead: int, part: str, anchor: Anchor) -> Days | None:
    if anchor.day is None:
        return None
    if unit == "week":
        days = calendar.week(anchor.day, ahead)
        return calendar.a_day(days.ends) if part == "end" else days
    if unit == "month":
        return calendar.month(*calendar.months_from(anchor.day, ahead), part)
    return calendar.year(anchor.day.year + ahead, part)


def _season(name: str, which: str, anchor: Anchor) -> Days | None:
    def make(year: int) -> Days:
        return calendar.season(year, name)

    found = nearest(Anchor(anchor.day, which == "next"), make)
    if found is None or anchor.day is None:
        return None
    is_now = found.begins <= anchor.day <= found.ends
    return make(found.begins.year - 1) if which == "last" and is_now else found


def _count(word: str | None) -> int | None:
    """``None`` for a few or several."""
    lower = (word or "").lower()
    if lower in ("a", "an"):
        return 1
    return int(lower) if lower.isdigit() else _SMALL.get(lower)


def _ago(found: re.Match[str], anchor: Anchor) -> Days | None:
    count = _count(found["count"])
    return _back(count, found["unit"].lower(), anchor) if count else None


def _past(found: re.Match[str], anchor: Anchor) -> Days | None:
    """From as long ago up to the day of the utterance; nothing for a few of them."""
    count = _count(found["count"]) if found["count"] else 1 if found.group().strip() == found["unit"] else None
    begins = _back(count, found["unit"].lower(), anchor) if count else None
    return calendar.Days(begins.begins, anchor.day, "range") if begins and anchor.day else None


def _back(count: int, unit: str, anchor: Anchor) -> Days | None:
    """A day for days ago; the calendar week, month or year for those."""
    if anchor.day is None or count > _OLDEST:
        return None
    if unit == "day":
        return calendar.a_day(anchor.day - timedelta(days=count))
    if unit in ("week", "fortnight"):
        return calendar.week(anchor.day, -count * (2 if unit == "fortnight" else 1))
    if unit == "month":
        return calendar.month(*calendar.months_from(anchor.day, -count))
    return calendar.year(anchor.day.year - count * (10 if unit == "decade" else 1))
