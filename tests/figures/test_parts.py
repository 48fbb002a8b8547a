"""What a figure is made of holds together or is refused."""

from __future__ import annotations

from datetime import date

import pytest
from tests.figures.arbitrary import PASSAGE

from tocsin.figures import Estimate, Period, Query


def test_a_reversed_range_of_days_is_refused() -> None:
    with pytest.raises(ValueError, match="no range of days"):
        Period(begins=date(2021, 3, 31), ends=date(2021, 3, 1))


@pytest.mark.parametrize(
    ("value", "low", "high", "level"),
    [(5, 6, 7, 0.95), (5, 3, 4, 0.95), (5, 4, 6, 1), (5, 4, 6, 0), (1, -1, 2, 0.95), (float("nan"), 0, 1, 0.95)],
)
def test_a_value_outside_its_interval_is_no_estimate(value: float, low: float, high: float, level: float) -> None:
    with pytest.raises(ValueError, match="no estimate"):
        Estimate(value=value, low=low, high=high, level=level)


def test_what_was_not_reached_is_null_in_json() -> None:
    told = Estimate(value=float("inf"), low=28, high=float("inf")).as_json()
    assert told == {"value": None, "low": 28, "high": None, "level": 0.95}


def test_a_source_says_in_json_which_kind_it_is() -> None:
    assert Query(command="c", versions=("v",)).as_json() == {"query": {"command": "c", "versions": ["v"]}}
    assert list(PASSAGE.as_json()) == ["passage"]
