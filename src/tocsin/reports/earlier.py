"""An earlier answer read back, and each of its figures held beside the same one now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, isfinite
from typing import Never

from tocsin.errors import AskError
from tocsin.figures import Comparison, Difference, Figure, Measure, NotComparable, change, compare, from_json
from tocsin.figures.words import bounds_in_words
from tocsin.labels import Label, parse_label
from tocsin.reports.dossier import last_day

Key = tuple[str, Measure]
"""What one figure is known by: counts and shares may have the same id."""

Latest = Mapping[Key, Figure]

MOST_BYTES = 64 << 20
_REMEDY = "give the file that 'tocsin answer --json' or '--format json --out' wrote, unchanged"
_LISTS = ("figures", "series")


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier answer: its file, label and day, the questions it answered, and the latest of each of its figures."""

    name: str
    label: Label
    as_of: date
    questions: frozenset[str]
    figures: Latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One figure then and now (``None``: not there), and the difference or every part in which they are not alike."""

    id: str
    then: Figure | None
    now: Figure | None
    comparison: Comparison | None = None
    differs: tuple[Difference, ...] = ()

    def as_json(self) -> dict[str, object]:
        found = self.comparison
        difference = found and {"relation": found.relation, "low": _plain(found.low), "high": _plain(found.high)}
        return {
            "id": self.id,
            "then": self.then.as_json() if self.then else None,
            "now": self.now.as_json() if self.now else None,
            "difference": difference,
            "differs": [each.name for each in self.differs],
        }

    def told(self) -> str:
        """The difference in words, or why there is none."""
        if self.then is None:
            return "new: the earlier answer did not have it"
        if self.now is None:
            return "gone: not told now"
        if self.comparison is None:
            return f"not comparable: {'; '.join(_named(each) for each in self.differs)}"
        return difference_in_words(self.comparison, self.now.measure)


def read_earlier(data: bytes, *, name: str, case_id: str, as_of: date) -> Earlier:
    """The answer about ``case_id`` on a day up to ``as_of`` that ``data`` holds, which may come from anybody.

    Raises ``AskError`` where it is anything else.
    """
    found = _decoded(data)
    answers = found.get("answers")
    if not isinstance(answers, list) or not all(isinstance(each, dict) for each in answers):
        _refuse("$.answers: must be a list of answers")
    if found.get("case") != case_id:
        _refuse(f"the earlier answer is about {found.get('case')!r:.80}, not about {case_id!r}")
    day = _day(found.get("as_of"))
    if day > as_of:
        raise AskError(
            f"the earlier answer is of {day}, after {as_of}", remedy="exchange the two: --as-of names the later day"
        )
    figures = [figure for each in answers for figure in _figures(each)]
    questions = frozenset(str(each.get("id")) for each in answers)
    return Earlier(name=name, label=_label(found.get("label")), as_of=day, questions=questions, figures=latest(figures))


def latest(figures: Sequence[Figure]) -> dict[Key, Figure]:
    """Of each key the figure of the latest day, in the order in which the keys come."""
    found = dict[Key, Figure]()
    for figure in figures:
        key = figure.id, figure.measure
        if key not in found or last_day(figure) >= last_day(found[key]):
            found[key] = figure
    return found


def changes(then: Latest, now: Latest) -> tuple[Changed, ...]:
    """Each figure then and now: those that are there now first, then those that are gone."""
    keys = dict.fromkeys((*now, *then))
    return tuple(_changed(key[0], then.get(key), now.get(key)) for key in keys)


def amount(figure: Figure) -> str:
    """The value alone, for a table's cell: ``2,941``, ``2,941 to 3,107``, ``36.5% (20.0% to 52.7%)``."""
    within = bounds_in_words(figure.low, figure.high, figure.measure)
    span = within.removeprefix("at least ").replace(" and at most ", " to ") if isfinite(figure.high) else within
    if figure.estimate is None or not isfinite(figure.estimate.value):
        return span
    value = bounds_in_words(figure.estimate.value, figure.estimate.value, figure.measure)
    return value if figure.low == figure.high else f"{value} ({span})"


def difference_in_words(found: Comparison, measure: Measure) -> str:
    """``no change``, ``120 to 340 fewer``, ``between 3 fewer and 12 more``; shares in percentage points."""
    unit = {Measure.COUNT: "", Measure.SHARE: " points", Measure.DAYS: " days"}[measure]
    scale = 100 if measure is Measure.SHARE else 1
    low, high = _outward(found.low * scale, floor), _outward(found.high * scale, ceil)
    if low == high == 0:
        return "no change"
    if not (isfinite(low) and isfinite(high)):
        return _half_open(low, high, unit)
    if low >= 0 or high <= 0:
        least, most = sorted((abs(low), abs(high)))
        span = _number(least) if least == most else f"{_number(least)} to {_number(most)}"
        return f"{span}{unit} {'more' if low >= 0 else 'fewer' if measure is Measure.COUNT else 'less'}"
    less = "fewer" if measure is Measure.COUNT else "less"
    return f"between {_number(-low)}{unit} {less} and {_number(high)}{unit} more"


def _changed(name: str, then: Figure | None, now: Figure | None) -> Changed:
    if then is None or now is None:
        return Changed(id=name, then=then, now=now)
    try:
        found = compare(now, then) if then.as_of == now.as_of else change(then, now)
    except NotComparable as refusal:
        return Changed(id=name, then=then, now=now, differs=refusal.differences)
    return Changed(id=name, then=then, now=now, comparison=found)


def _named(difference: Difference) -> str:
    # A method is a paragraph, which no cell holds.
    return difference.name if difference.name.endswith("method") else str(difference)


def _half_open(low: float, high: float, unit: str) -> str:
    if isfinite(low):
        return f"at least {_number(low)}{unit} more" if low > 0 else "cannot tell: one has no upper bound"
    return f"at least {_number(-high)}{unit} less" if high < 0 else "cannot tell: one has no upper bound"


def _outward(value: float, rounding: Callable[[float], int]) -> float:
    """To a tenth, so that what lies between two such ends still does; floats carry noise in their last digits."""
    return rounding(round(value * 10, 6)) / 10 if isfinite(value) else value


def _number(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,.1f}"


def _plain(value: float) -> float | None:
    return value if isfinite(value) else None


def _refuse(what: str) -> Never:
    raise AskError(f"--since: {what}", remedy=_REMEDY)


def _decoded(data: bytes) -> dict[str, object]:
    if len(data) > MOST_BYTES:
        _refuse(f"the file is larger than {MOST_BYTES >> 20} MiB")
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise AskError(f"--since: the file is no JSON: {str(fault)[:120]}", remedy=_REMEDY) from fault
    if not isinstance(found, dict):
        _refuse("the file holds no answer")
    return found


def _no_number(word: str) -> Never:
    raise ValueError(f"{word} is no number")


def _day(value: object) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        _refuse("$.as_of: must be a day such as 2021-03-31")


def _label(value: object) -> Label:
    try:
        return parse_label(value if isinstance(value, str) else "")
    except ValueError:
        _refuse("$.label: must be a traffic-light label")


def _figures(answer: Mapping[str, object]) -> Iterator[Figure]:
    not_known = answer.get("not_known")
    lists = [answer.get(name, []) for name in _LISTS]
    lists.append(not_known.get("figures", []) if isinstance(not_known, dict) else [])
    for each in lists:
        if not isinstance(each, list):
            _refuse("$.answers: the figures of an answer must be a list")
        yield from (from_json(value) for value in each)
