"""A figure in words: the sentence that may be quoted, never without unit, state, date and bounds.

Bounds are rounded outward, so that "at least" and "at most" stay true; a share is 0% or 100% only where it is exactly
that.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from math import isinf
from typing import TYPE_CHECKING

from tocsin.figures.parts import Measure, Period

if TYPE_CHECKING:
    from tocsin.figures.figure import Figure

JOINED = " | "
# Not from the calendar: its names follow the machine's language.
_MONTHS = "January February March April May June July August September October November December".split()
_STATES = {"compromised_possible": "possibly compromised", "compromised_confirmed": "surely compromised"}
_KINDS = {"asn": "AS number", "public-body": "public body"}
_NO_IN = ("everywhere", "beyond")
# Floats carry noise in their last digits, which must not push a bound over to the next tenth.
_EXACT = Decimal("1e-9")


def in_words(figure: Figure) -> str:
    """The figure as one sentence without a full stop."""
    amount, unit, is_one = _amount(figure), figure.unit, _is_one(figure)
    when = f"{day_words(figure.as_of)}{_known(figure.known_at)}"
    if figure.measure is Measure.COUNT:
        unit = singular(unit) if is_one else unit
        return f"{amount} {_of_what(figure, unit)}, {when}"
    if figure.measure is Measure.SHARE:
        verb = "was" if figure.denominator and _is_one(figure.denominator) else "were"
        return f"{amount} of {_whole(figure)} {verb} {state_words(figure.state)}{_apart(figure)}, {when}"
    return f"{amount}, {state_words(figure.state)} of {_whole(figure)}{_apart(figure)}, {when}"


def bounds_in_words(low: float, high: float, measure: Measure) -> str:
    """``1,234``; ``at least 1,200 and at most 1,300``; ``at least 28``. Days with their unit, shares in percent."""
    lowest, highest = _rounded(low, measure, ROUND_FLOOR), _rounded(high, measure, ROUND_CEILING)
    unit = "" if measure is not Measure.DAYS else " day" if (low if isinf(high) else high) == 1 else " days"
    if low == high or (lowest == highest and _is_plain(low, high, measure)):
        return f"{_rounded(low, measure, ROUND_HALF_EVEN)}{unit}"
    start = "over 0%" if lowest.startswith("under") else f"at least {lowest}"
    end = "under 100%" if highest.startswith("over") else f"at most {highest}"
    return f"{start}{unit}" if isinf(high) else f"{start} and {end}{unit}"


def state_words(state: str) -> str:
    """The state as it is said: ``not_affected`` is "not affected"."""
    return _STATES.get(state, state.replace("_", " "))


def place_words(place: str) -> str:
    """``in GB``, ``everywhere seen``, ``beyond the registry``."""
    return place if not place or place.startswith(_NO_IN) else f"in {place}"


def group_words(group: str) -> str:
    """``sector=health`` as "sector health"; several joined groups with "or"."""
    kind, _, value = group.partition("=")
    return f"{_KINDS.get(kind, kind)} {value.replace(JOINED, ' or ')}".rstrip()


def day_words(when: date | Period) -> str:
    """``as of 31 March 2021``, or ``from 1 to 31 March 2021``."""
    if not isinstance(when, Period):
        return f"as of {_day(when)}"
    begins, ends = when.begins, when.ends
    if begins == ends:
        return f"on {_day(ends)}"
    if begins.year != ends.year:
        return f"from {_day(begins)} to {_day(ends)}"
    month = "" if begins.month == ends.month else f" {_MONTHS[begins.month - 1]}"
    return f"from {begins.day}{month} to {_day(ends)}"


def singular(unit: str) -> str:
    """``public bodies`` as "public body"; of "services of a branch" the first word."""
    head, of, tail = unit.partition(" of ")
    for ending, one in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", "")):
        if head.endswith(ending) and not head.endswith("ss"):
            return head.removesuffix(ending) + one + of + tail
    return unit


def _of_what(figure: Figure, unit: str) -> str:
    words = (unit, state_words(figure.state), place_words(figure.place))
    group = f"({group_words(figure.group)})" if figure.group else ""
    return " ".join(word for word in (*words, group) if word)


def _whole(figure: Figure) -> str:
    """What a share or a duration is of: its denominator in words, or its unit where that is not stated."""
    whole = figure.denominator
    if whole is None:
        unstated = " (how many is not stated)" if figure.measure is Measure.SHARE else ""
        place = place_words(figure.place)
        return f"{figure.unit}{' ' if place else ''}{place}{_group(figure)}{unstated}"
    unit = singular(whole.unit) if _is_one(whole) else whole.unit
    if whole.measure is not Measure.COUNT:
        return f"what is {in_words(whole)},"
    differs = (whole.as_of, whole.known_at) != (figure.as_of, figure.known_at)
    day = f" ({day_words(whole.as_of)}{_known(whole.known_at)})" if differs else ""
    return f"{_span(whole)} {_of_what(whole, unit)}{day}"


def _apart(figure: Figure) -> str:
    """Where a share's unit, place or group is not its denominator's, the words that say so."""
    whole = figure.denominator
    if whole is None:
        return ""
    unit = f" (counted in {figure.unit})" if figure.unit != whole.unit else ""
    place = f" {place_words(figure.place)}" if figure.place != whole.place else ""
    return unit + place.rstrip() + (_group(figure) if figure.group != whole.group else "")


def _group(figure: Figure) -> str:
    return f" ({group_words(figure.group)})" if figure.group else ""


def _amount(figure: Figure) -> str:
    """The bounds, or the estimate with its interval and, where they differ from it, the bounds."""
    estimate, measure = figure.estimate, figure.measure
    if estimate is None:
        return figure.bounds
    interval = f"{_level(estimate.level)} interval {_between(estimate.low, estimate.high, measure)}"
    taken = f"{_between(figure.low, figure.high, measure)} with the undetermined and unseen taken either way"
    if isinf(estimate.value):
        return f"{figure.bounds} (the estimate was not reached; {interval})"
    value = _rounded(estimate.value, measure, ROUND_HALF_EVEN)
    unit = "" if measure is not Measure.DAYS else " day" if estimate.value == 1 else " days"
    within = interval if figure.low == figure.high else f"{interval}; {taken}"
    return f"an estimated {value}{unit} ({within})"


def _span(whole: Figure) -> str:
    """How many the whole is: ``3,107``, or ``between 2,941 and 3,107``, as it stands after "of"."""
    if whole.estimate is not None or whole.low == whole.high or isinf(whole.high):
        return _amount(whole)
    low, high = (_rounded(whole.low, whole.measure, ROUND_FLOOR), _rounded(whole.high, whole.measure, ROUND_CEILING))
    return f"between {low} and {high}"


def _between(low: float, high: float, measure: Measure) -> str:
    if isinf(low):
        return "not reached"
    begins = _rounded(low, measure, ROUND_FLOOR)
    return f"{begins} or more" if isinf(high) else f"{begins} to {_rounded(high, measure, ROUND_CEILING)}"


def _rounded(number: float, measure: Measure, rounding: str) -> str:
    """The number to a tenth (of a percent, where a share), or whole where it is."""
    if isinf(number):
        return "no upper bound"
    if measure is Measure.SHARE:
        return _percent(number, rounding)
    if number == int(number):
        return f"{int(number):,}"
    return f"{Decimal(number).quantize(_EXACT).quantize(Decimal('0.1'), rounding):,}"


def _percent(share: float, rounding: str) -> str:
    if share in (0, 1):
        return f"{int(share) * 100}%"
    if share < 0.001 and rounding != ROUND_CEILING:
        return "under 0.1%"
    if share > 0.999 and rounding != ROUND_FLOOR:
        return "over 99.9%"
    # What lies beyond the noise is cut off as well, so a share that is not 0 or 1 keeps its tenth.
    tenth = (Decimal(share).quantize(_EXACT) * 100).quantize(Decimal("0.1"), rounding)
    return f"{min(max(tenth, Decimal('0.1')), Decimal('99.9'))}%"


def _level(level: float) -> str:
    percent = Decimal(str(level)) * 100
    return f"{percent.normalize():f}%"


def _is_plain(low: float, high: float, measure: Measure) -> bool:
    """Whether two bounds that read alike may be said as one: shares near the ends may not."""
    return measure is not Measure.SHARE or (low >= 0.001 and high <= 0.999)


def _is_one(figure: Figure) -> bool:
    if figure.estimate is not None:
        return figure.estimate.value == 1
    return (figure.low if isinf(figure.high) else figure.high) == 1


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _known(moment: datetime | None) -> str:
    if moment is None:
        return ""
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return f" (as far as known on {_day(moment)} at {moment:%H:%M} UTC)"
