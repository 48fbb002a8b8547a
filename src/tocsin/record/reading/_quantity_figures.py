"""The claimed figure of a number: its bounds by its comparator, its unit, state, place, days and passage."""

from __future__ import annotations

import re
from functools import partial
from math import inf

from tocsin.figures import Figure, Measure, Passage
from tocsin.record.assertions import Quantity, When
from tocsin.record.reading._quantity_counted import Counted
from tocsin.record.reading.numbers import Number, NumberKind
from tocsin.record.reading.page import Page
from tocsin.record.spans import Span

CLAIMED = "claimed"
NOT_STATED = "not stated"
_PER_CENT = 100.0
_CHANGE = re.compile(
    r"\b(?:by|up|down|(?:increase|rise|fall|drop|growth|decline|reduction|cut|jump) of) (?:about |around |some )?\Z",
    re.IGNORECASE,
)
_REACH = 40


def claimed_figure(page: Page, span: Span, quantity: Quantity, one: Counted, when: When | None) -> Figure | None:
    """The figure that the words claim; ``None`` without any date, and for a percentage that is no share of a whole.

    Bounds: ``more than`` and ``at least`` leave no upper bound, ``up to`` and ``fewer than`` leave zero as the lower
    one; both ends of a range have its bounds. ``About`` and ``nearly`` state no width, so the value stands as both; the
    method names all hedges. The date is the one the words state, else the day of the utterance. A share has the
    unit of its whole.
    """
    as_of = (when.days if when else None) or page.uttered(page.innermost(span))
    if as_of is None:
        return None
    low, high = _bounds(one.number, quantity.comparator)
    is_share = one.number.kind is NumberKind.SHARE
    if is_share and (low > _PER_CENT or _CHANGE.search(page.text, max(0, span.begins - _REACH), span.begins)):
        return None
    make = partial(
        Figure,
        id=CLAIMED,
        unit=one.counted or NOT_STATED,
        place=quantity.place or NOT_STATED,
        as_of=as_of,
        known_at=None,
        source=_passage(page, span),
    )
    whole = one.whole
    of = make(low=whole.low, high=whole.high, state=NOT_STATED, method=CLAIMED, denominator=None) if whole else None
    return make(
        low=low / _PER_CENT if is_share else low,
        high=min(high, _PER_CENT) / _PER_CENT if is_share else high,
        state=quantity.state or NOT_STATED,
        method=_method(page, quantity),
        denominator=of,
        measure=Measure.SHARE if is_share else Measure.COUNT,
    )


def _bounds(number: Number, comparator: str) -> tuple[float, float]:
    if number.value is None and not number.is_vague:
        return number.low, number.high
    if comparator in (">", ">="):
        return number.low, inf
    if comparator in ("<", "<="):
        return 0.0, number.high
    return number.low, number.high


def _method(page: Page, quantity: Quantity) -> str:
    words = "; ".join(span.of(page.text).lower() for span in quantity.hedges)
    return f"{CLAIMED} ({words})" if words else CLAIMED


def _passage(page: Page, span: Span) -> Passage:
    place = page.view.original(span)
    return Passage(
        document=page.document.sha256, begins=place.begins, ends=place.ends, text=place.of(page.document.text)
    )
