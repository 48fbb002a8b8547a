"""The curves as figures, and what is said where there is none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.remediation.ending import known
from tests.remediation.measuring import TEMPLATE
from tests.remediation.watching import PATCH, after_patch

from tocsin.figures import Measure
from tocsin.remediation.curves import FEWEST_UNITS, Curves, Draws, Readings, draw_curves
from tocsin.remediation.exposure import Origin
from tocsin.remediation.outcomes import Outcomes

GRID = (2, 5, 9)
ORIGIN = Origin(day=PATCH, what="the patch")
UNITS = [(0, 0, "fixed")] * 10 + [(1, 1, "fixed")] * 10 + [(1, 1, "unseen")] * 10 + [(3, 3, None)] * 10


def _curves(*readings: Outcomes, target: float = 0.1, whole: bool = True) -> Curves:
    template = replace(TEMPLATE, unit="services", place="everywhere seen")
    draws = Draws(replicates=30, rng=np.random.default_rng(1))
    both = Readings(central=readings[0], taken=readings[1:])
    return draw_curves(both, template, ORIGIN, draws, target=target, whole=whole)


def _plain(**how: object) -> Curves:
    return _curves(known(*UNITS, grid=GRID), **how)  # type: ignore[arg-type]


def test_exposure_is_a_share_a_look_of_those_exposed() -> None:
    found = _plain().exposure
    assert [each.as_of for each in found] == [after_patch(day) for day in GRID]
    assert {each.measure for each in found} == {Measure.SHARE}
    assert {(each.denominator.low, each.denominator.high) for each in found if each.denominator} == {(40, 40)}


def test_what_went_out_of_sight_is_no_fix_in_the_share_still_exposed() -> None:
    values = [each.estimate.value for each in _plain().exposure if each.estimate]
    by_hand = [30 / 40, 30 / 40 * 10 / 20, 30 / 40 * 10 / 20]  # of those at risk on day 2, ten were not followed on
    assert values == pytest.approx(by_hand, abs=1e-4)


def test_every_end_has_its_own_curve_and_those_that_nobody_came_to_have_none() -> None:
    ends = _plain().ends
    assert {each.state for each in ends} == {"fixed", "unseen"}
    last = {each.state: each.estimate.value for each in ends if each.as_of == after_patch(9) and each.estimate}
    assert last == pytest.approx({"fixed": 0.5, "unseen": 0.25}, abs=1e-4)


def test_both_bands_hold_the_value() -> None:
    for each in (*_plain().exposure, *_plain().ends):
        assert each.estimate is not None
        assert each.estimate.low <= each.estimate.value <= each.estimate.high
        assert each.low <= each.estimate.value <= each.high


def test_the_identification_band_spans_every_reading() -> None:
    better = known(*([(0, 0, "fixed")] * 30 + [(3, 3, None)] * 10), grid=GRID)
    worse = known(*([(0, 0, "fixed")] * 10 + [(3, 3, None)] * 40), grid=GRID)
    found = _curves(known(*UNITS, grid=GRID), better, worse).exposure[-1]
    assert (found.low, found.high) == pytest.approx((0.25, 0.8), abs=1e-4)
    assert found.denominator is not None
    assert (found.denominator.low, found.denominator.high) == (40, 50)


def test_a_reading_in_which_nobody_was_exposed_is_left_out() -> None:
    found = _curves(known(*UNITS, grid=GRID), known(grid=GRID)).exposure[-1]
    assert found.low == found.high


def test_the_median_is_the_look_by_which_half_were_fixed_and_holds_the_look_before() -> None:
    median = _plain().median
    assert median is not None
    assert median.measure is Measure.DAYS
    assert (median.low, median.high) == (5, 5)
    assert median.estimate is not None
    assert (median.estimate.value, median.estimate.low) == (5, 2)


def test_a_group_has_exposure_and_median_alone() -> None:
    found = _plain(whole=False)
    assert found.exposure
    assert found.median
    assert (found.ends, found.half_life, found.forecast, found.absent) == ((), None, None, ())


def test_a_forecast_is_marked_as_one_and_lies_beyond_the_last_look() -> None:
    ending = [(cell, cell, "fixed") for cell in range(3) for _ in range(20)] + [(3, 3, None)] * 60
    found = _curves(known(*ending, grid=GRID))
    assert found.forecast is not None
    assert "a forecast, if the present pace stays" in str(found.forecast)
    assert found.forecast.low >= 9
    assert found.half_life is not None
    assert found.half_life.estimate is not None
    assert 0 < found.half_life.estimate.low <= found.half_life.estimate.value <= found.half_life.estimate.high


def test_where_too_little_is_known_it_says_why_there_is_neither() -> None:
    found = _curves(known(*[(3, 3, None)] * 12, grid=GRID))
    assert (found.half_life, found.forecast) == (None, None)
    assert [why.partition(":")[0] for why in found.absent] == [
        "the half-life of exposure cannot be told",
        "no forecast of when 10% will be left",
    ]


def test_a_target_that_was_reached_is_no_forecast() -> None:
    found = _plain(target=0.6)
    assert found.forecast is None
    assert any("already reached" in why for why in found.absent)


@pytest.mark.parametrize("units", [0, 1, FEWEST_UNITS - 1])
def test_of_too_few_nothing_is_estimated(units: int) -> None:
    found = _curves(known(*[(0, 0, "fixed")] * units, grid=GRID))
    assert found == Curves(absent=(f"too few services were exposed to estimate anything ({units})",))


def test_no_share_is_drawn_where_nobody_is_watched_any_longer() -> None:
    found = _curves(known(*([(0, 0, "fixed")] * 6 + [(1, 3, None)] * 6), grid=GRID))
    assert [each.as_of for each in found.exposure] == [after_patch(2)]


def test_numbers_are_rounded_to_what_they_can_bear() -> None:
    for each in _plain().exposure:
        assert each.estimate is not None
        assert each.estimate.value == round(each.estimate.value, 6)
