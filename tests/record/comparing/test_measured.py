"""Claimed figures beside measured ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tocsin.figures import Figure, Measure, Passage, Query
from tocsin.record import Assertion, Event, Quantity, Span
from tocsin.record.comparing import Verdict, against_measured

_DAY = date(2025, 3, 31)
_MEASURED = Figure(
    id="census",
    low=2_000,
    high=2_600,
    unit="organisations",
    state="affected",
    place="GB",
    as_of=_DAY,
    known_at=None,
    method="scan",
    denominator=None,
    source=Query(command="tocsin census sample"),
)


def _claim(**changes: object) -> Assertion:
    claimed = replace(
        _MEASURED,
        id="claim",
        method="claimed",
        source=Passage(document="d", begins=0, ends=5, text="3,000"),
        **changes,  # type: ignore[arg-type]  # each test names fields of a figure
    )
    body = Quantity(number=Span(0, 5), value=claimed.low, unit=claimed.unit, figure=claimed)
    return Assertion(id="a", document="d", span=Span(0, 5), rule="hand", body=body)


@pytest.mark.parametrize(
    ("value", "verdict", "words"),
    [
        (3_000, Verdict.DIFFERS, "at least 400 and at most 1,000 more than what was measured"),
        (1_000, Verdict.DIFFERS, "at least 1,000 and at most 1,600 less than what was measured"),
        (2_300, Verdict.SAME, "The measured bounds allow the claim"),
    ],
)
def test_the_same_thing_is_told_with_its_distance(value: int, verdict: Verdict, words: str) -> None:
    [found] = against_measured([_claim(low=value, high=value)], [_MEASURED])
    assert (found.verdict, found.parts) == (verdict, ())
    assert words in found.explanation


def test_what_is_not_of_the_same_thing_names_every_part() -> None:
    [found] = against_measured([_claim(unit="servers", as_of=date(2025, 3, 1))], [_MEASURED])
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert {part.name for part in found.parts} == {"unit", "as_of"}
    assert (found.low, found.high) == (None, None)


def test_the_nearest_of_the_measured_ones_is_taken() -> None:
    services = replace(_MEASURED, id="services", unit="services", place="FR")
    [found] = against_measured([_claim(unit="services")], [_MEASURED, services])
    assert found.measured is services


def test_what_has_no_figure_of_that_measure_is_left_out() -> None:
    share = replace(_MEASURED, measure=Measure.SHARE, low=0.1, high=0.2)
    bare = Assertion(id="b", document="d", span=Span(0, 1), rule="hand", body=Event(what=Span(0, 1)))
    assert against_measured([_claim(), bare], [share]) == ()


def test_json_says_both_figures_and_the_verdict() -> None:
    [found] = against_measured([_claim(low=3_000, high=3_000)], [_MEASURED])
    told = found.as_json()
    assert (told["verdict"], told["low"], told["high"]) == ("differs", 400, 1_000)


@pytest.mark.parametrize("changes", [{"unit": "countries"}, {"unit": "dollars"}, {"state": "not stated"}])
def test_what_no_scan_could_measure_is_left_out(changes: dict[str, str]) -> None:
    assert against_measured([_claim(**changes)], [_MEASURED]) == ()
