"""A figure never stands without what it is a figure of."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime

import pytest
from tests.figures.arbitrary import AFFECTED, EVER, FIXED, SEEN

from tocsin.figures import Estimate
from tocsin.figures.figure import DEEPEST


@pytest.mark.parametrize(
    ("low", "high"), [(2, 1), (-1, 1), (-2, -1), (float("inf"), float("inf")), (float("nan"), 1), (1, float("nan"))]
)
def test_bounds_in_the_wrong_order_below_zero_or_of_nothing_are_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match=f"services-affected: at least {low} and at most {high} are no bounds"):
        replace(AFFECTED, low=low, high=high)


def test_a_share_of_more_than_the_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="more than the whole"):
        replace(FIXED, high=1.01)


def test_an_estimate_outside_the_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        replace(FIXED, estimate=Estimate(value=0.5, low=0.4, high=0.6))


def test_it_cannot_be_changed_later() -> None:
    with pytest.raises(FrozenInstanceError):
        AFFECTED.low = 0  # type: ignore[misc]


def test_its_wholes_go_up_to_the_last() -> None:
    assert replace(FIXED, denominator=AFFECTED).wholes == (AFFECTED, SEEN)


def test_denominators_without_end_are_refused() -> None:
    figure = EVER
    for _ in range(DEEPEST):
        figure = replace(figure, denominator=figure)
    with pytest.raises(ValueError, match="more than 16 denominators"):
        replace(figure, denominator=figure)


def test_its_json_holds_every_field_and_dates_as_text() -> None:
    known = replace(AFFECTED, known_at=datetime(2021, 4, 1, 8, tzinfo=UTC), group="sector=health")
    assert json.loads(json.dumps(known.as_json())) == {
        "id": "services-affected",
        "measure": "count",
        "low": 1200,
        "high": 1300,
        "unit": "services",
        "state": "affected",
        "place": "GB",
        "group": "sector=health",
        "as_of": "2021-03-31",
        "known_at": "2021-04-01T08:00:00+00:00",
        "method": "by test",
        "denominator": SEEN.as_json(),
        "source": {"query": {"command": "tocsin census example", "versions": ["pack 1"]}},
        "estimate": None,
    }


def test_its_json_has_no_infinity() -> None:
    told = json.dumps(replace(AFFECTED, high=float("inf")).as_json(), allow_nan=False)
    assert json.loads(told)["high"] is None
