"""The day of a figure: which dates of its sentence a number is of, and which only say when somebody spoke or acted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from tocsin.record.assertions import When
from tocsin.record.spans import Span

# What stands across these from a number is of another clause: of who said it, or of a remark within.
_SAID = re.compile(r";|\b(?:said|says|told)\b")
_OTHER_CLAUSE = re.compile(r";|\b(?:that|which|whom?|whose|said|says|told|and then)\b")
# "Back in 2021, which took 300 websites offline": the clause is of that date.
_OF_THE_DATE = re.compile(r",? (?:which|when) ")
# "In 2024 the ministry recorded that …", "told us in 2025 that …": what is said is of then, unless it says otherwise.
_REPORTED_THEN = re.compile(
    r"(?:,? [^,;.]{1,60}? (?:said|told|found|reported|recorded|counted|estimated|noted|warned|calculated|put)\w*"
    r"(?: [A-Z]?[\w’']{1,15}){0,3})? that "
)
# Such a date belongs to a noun (the 2020 election, the report of 3 March), not to the clause.
_OF_A_NOUN = re.compile(r"(?:\b(?:the|an?|of|this|its|their) |[-–/])\Z", re.IGNORECASE)
_A_NOUNS = re.compile(r"[Tt]he (?:\d{4}\b|[A-Z][a-z]{2,8} [a-z])")
_BARE_DATE = re.compile(r"\d|[A-Z][a-z]{2,8}\b")
# A day of this week says when somebody spoke or acted; of a figure it is the day only where the words say so
# ("by Monday"), or tell how things stood ("on Monday 40 servers were still exposed").
_THESE_DAYS = re.compile(
    r"(?:(?:late |early )?on |earlier )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tonight"
    r"|last night|this (?:morning|afternoon|evening|week))\b",
    re.IGNORECASE,
)
_STANDS = frozenset(
    """updates-installed updates-not-installed mitigated vulnerable exposed compromised exploited affected impacted
    encrypted stolen lost removed""".split()
)
_DATE_REACH = 80
_MOST_DATES = 4
_LONGEST_GAP = 400
_LONGEST_WORD = 8


def as_of(text: str, number: Span, stop: int, dates: Sequence[When]) -> When | None:
    """The date in the number's own clause: one that follows before the next number, else the last before it.

    ``dates`` all have days and say when, in order.
    """
    place = bisect_left(dates, number, key=lambda when: when.span or number)
    following = [when for when in dates[place : place + _MOST_DATES] if when.span and _is_near(number, when.span)]
    before = [when for when in dates[max(0, place - _MOST_DATES) : place] if when.span]
    soon = [when for when in following if when.span and when.span.begins < stop]
    for when in (*soon, *reversed(before), *following):
        if when.span and not _is_apart(text, number, when.span):
            return when
    return None


def is_of_figure(text: str, when: When, state: str, *, uttered: date | None, is_expected: bool) -> bool:
    """Whether a date of the clause is that of its figure, whose things are in ``state``.

    A day to come is only that of what is expected.
    """
    if when.begins and uttered and when.begins > uttered and not is_expected:
        return False
    if when.span is None or _THESE_DAYS.match(text, when.span.begins, when.span.ends) is None:
        return True
    return state.removeprefix("not-") in _STANDS


def dates_a_clause(text: str, when: When) -> bool:
    """Whether a date says when, and not which (``the 2020 election``, ``Monday’s announcement``)."""
    span = when.span
    if span is None or when.days is None or text.startswith(("’s", "'s"), span.ends):
        return False
    if _A_NOUNS.match(text, span.begins):
        return False
    is_bare = _BARE_DATE.match(text, span.begins, span.ends) is not None
    return not (is_bare and _OF_A_NOUN.search(text, max(0, span.begins - _LONGEST_WORD), span.begins))


def _is_near(number: Span, day: Span) -> bool:
    return day.begins < number.ends + _DATE_REACH


def _is_apart(text: str, number: Span, day: Span) -> bool:
    if day.begins >= number.ends:
        return _SAID.search(text, number.ends, day.begins) is not None
    begins = max(day.ends, number.begins - _LONGEST_GAP)
    if begins == day.ends and not _THESE_DAYS.match(text, day.begins, day.ends):
        own = _OF_THE_DATE.match(text, begins, number.begins) or _REPORTED_THEN.match(text, begins, number.begins)
        begins = own.end() if own else begins
    return _OTHER_CLAUSE.search(text, begins, number.begins) is not None
