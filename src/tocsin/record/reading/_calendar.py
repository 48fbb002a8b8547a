"""Days of calendar units: parts of months and years, weeks, and the year that a date without one must mean."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        """jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october
        |nov november|dec december""".split("|"),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        "mon monday|tue tues tuesday|wed wednesday|thu thurs thursday|fri friday|sat saturday|sun sunday".split("|")
    )
    for name in names.split()
}
_QUARTER_MONTHS = 3
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Days:
    """The days ``begins`` to ``ends``, both included, and how exactly the words give them (see ``When``)."""

    begins: date
    ends: date
    precision: str


def a_day(day: date) -> Days:
    """That day."""
    return Days(day, day, "day")


def day(year: int, month: int, number: int) -> Days | None:
    """That day, or ``None`` when there is none such."""
    try:
        return a_day(date(year, month, number))
    except ValueError:
        return None


def month(year: int, number: int, part: str = "") -> Days:
    """A month, or its ``early`` (to the 10th), ``mid`` (to the 20th) or ``late`` part, or its ``end``: the last day."""
    last = monthrange(year, number)[1]
    if part == "end":
        return Days(date(year, number, last), date(year, number, last), "end-of-month")
    begins, ends = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part, (1, last))
    return Days(date(year, number, begins), date(year, number, ends), "part-of-month" if part else "month")


def year(number: int, part: str = "") -> Days:
    """A year, or its ``early``, ``mid`` or ``late`` third, or its ``end``: the last day."""
    if part == "end":
        return Days(date(number, _DECEMBER, 31), date(number, _DECEMBER, 31), "end-of-year")
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(part, (1, 12))
    return _months(number, first, last, "part-of-year" if part else "year")


def half(number: int, which: int) -> Days:
    """The first or second half of a year."""
    return _months(number, 6 * which - 5, 6 * which, "part-of-year")


def quarter(number: int, which: int) -> Days:
    """The first to fourth quarter of a year."""
    return _months(number, _QUARTER_MONTHS * (which - 1) + 1, _QUARTER_MONTHS * which, "part-of-year")


def season(number: int, name: str) -> Days:
    """A season of the northern year by whole months; the winter of 2020 begins in December 2020."""
    if name == "winter":
        return Days(date(number, _DECEMBER, 1), month(number + 1, 2).ends, "part-of-year")
    return _months(number, *_SEASONS[name], "part-of-year")


def week(anchor: date, ahead: int) -> Days:
    """The week, Monday to Sunday, that lies ``ahead`` of (negative: before) that of ``anchor``."""
    monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=ahead)
    return Days(monday, monday + timedelta(days=6), "range")


def months_from(anchor: date, ahead: int) -> tuple[int, int]:
    """Year and month of the month ``ahead`` of (negative: before) that of ``anchor``."""
    count = anchor.year * 12 + anchor.month - 1 + ahead
    return count // 12, count % 12 + 1


def weekday(anchor: date, number: int, *, is_ahead: bool) -> Days:
    """The latest such weekday up to ``anchor``, or the first one from it on."""
    away = (number - anchor.weekday()) % 7 if is_ahead else -((anchor.weekday() - number) % 7)
    return a_day(anchor + timedelta(days=away))


def span_of(first: Days, last: Days) -> Days | None:
    """From the first day of the one to the last of the other; ``None`` when reversed."""
    return Days(first.begins, last.ends, "range") if first.begins <= last.ends else None


def _months(number: int, first: int, last: int, precision: str) -> Days:
    return Days(date(number, first, 1), month(number, last).ends, precision)
