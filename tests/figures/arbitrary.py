"""Figures for the tests of their ground: one of each measure, and any that can be."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from tocsin.figures import Estimate, Figure, Measure, Passage, Period, Query

SEEN = Figure(
    id="services-seen",
    low=3107,
    high=3107,
    unit="services",
    state="seen",
    place="GB",
    as_of=date(2021, 3, 31),
    known_at=None,
    method="by test",
    denominator=None,
    source=Query(command="tocsin census example", versions=("pack 1",)),
)
EVER = Figure(
    id="services-ever-affected",
    low=2941,
    high=3107,
    unit="services",
    state="ever_affected",
    place="GB",
    as_of=date(2021, 3, 2),
    known_at=None,
    method="by test",
    denominator=None,
    source=Query(command="tocsin remediation example"),
)
AFFECTED = Figure(
    id="services-affected",
    low=1200,
    high=1300,
    unit="services",
    state="affected",
    place="GB",
    as_of=date(2021, 3, 31),
    known_at=None,
    method="by test",
    denominator=SEEN,
    source=Query(command="tocsin census example", versions=("pack 1",)),
)
FIXED = Figure(
    id="services-fixed-share",
    low=0.7126,
    high=0.7395,
    unit="services",
    state="fixed",
    place="GB",
    as_of=date(2021, 3, 31),
    known_at=None,
    method="by test",
    denominator=EVER,
    source=Query(command="tocsin remediation example"),
    measure=Measure.SHARE,
)
MEDIAN = Figure(
    id="services-median-days",
    low=8,
    high=11,
    unit="services",
    state="median_time_to_fix",
    place="GB",
    as_of=date(2021, 3, 31),
    known_at=None,
    method="by test",
    denominator=None,
    source=Query(command="tocsin remediation example"),
    measure=Measure.DAYS,
)
PASSAGE = Passage(document="ab" * 32, begins=10, ends=28, text="92% of known")

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
PERIODS = st.tuples(DAYS, DAYS).map(lambda ends: Period(begins=min(ends), ends=max(ends)))
MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 12, 31), timezones=st.just(UTC))
WORDS = st.text(max_size=12)
SOURCES = st.builds(Query, command=WORDS, versions=st.lists(WORDS, max_size=3).map(tuple)) | st.builds(
    lambda document, begins, length, text: Passage(document=document, begins=begins, ends=begins + length, text=text),
    WORDS,
    st.integers(0, 1000),
    st.integers(0, 1000),
    WORDS,
)


@st.composite
def numbers(draw: st.DrawFn, measure: Measure) -> tuple[float, float, Estimate | None]:
    """Bounds in order, and sometimes an estimate between them."""
    one = {Measure.COUNT: st.integers(0, 10**7), Measure.SHARE: st.floats(0, 1), Measure.DAYS: st.floats(0, 4000)}[
        measure
    ]
    low, value, high = sorted(draw(st.tuples(one, one, one)))
    if measure is not Measure.SHARE and draw(st.booleans()):
        high = float("inf")
    if draw(st.booleans()):
        return low, high, None
    below, above = draw(one), draw(one)
    return low, high, Estimate(value=value, low=min(below, value), high=max(above, value), level=0.9)


@st.composite
def figures(draw: st.DrawFn, depth: int = 2) -> Figure:
    """Any figure at all, with up to ``depth`` denominators within each other."""
    measure = draw(st.sampled_from(Measure))
    low, high, estimate = draw(numbers(measure))
    return Figure(
        id=draw(WORDS),
        low=low,
        high=high,
        unit=draw(WORDS),
        state=draw(WORDS),
        place=draw(WORDS),
        as_of=draw(DAYS | PERIODS),
        known_at=draw(st.none() | MOMENTS),
        method=draw(WORDS),
        denominator=draw(st.none() | figures(depth=depth - 1)) if depth else None,
        source=draw(SOURCES),
        group=draw(st.none() | WORDS),
        measure=measure,
        estimate=estimate,
    )
