"""What chance leaves open: bootstrap, bands, days, half-life and forecast."""

from __future__ import annotations

from math import inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t
from tests.remediation.ending import known, outcomes

from tocsin.remediation.bands import Forecast, HalfLife, band, bootstrap, forecast, half_life, quantile_days, student
from tocsin.remediation.incidence import Incidence, incidence
from tocsin.remediation.outcomes import NOT_ENDED, Outcomes


def decaying(units: int, *, per_cluster: int = 1, days: int = 14, left: float = 0.9) -> Outcomes:
    """Of ``units``, the share ``left`` of those exposed stays so from each day to the next, in clusters of alike."""
    fixed_in = np.floor(np.log(1 - (np.arange(units) + 0.5) / units) / log(left)).astype(np.int64)
    last = np.minimum(fixed_in, days)
    return Outcomes(
        grid=np.arange(1, days + 1),
        first=last,
        last=last,
        cause=np.where(last == days, NOT_ENDED, 0),
        entry=np.zeros_like(last),
        cluster=np.arange(units) // per_cluster,
    )


def estimates(units: Outcomes, replicates: int = 200, seed: int = 1) -> tuple[Incidence, Incidence]:
    weights = bootstrap(units, replicates=replicates, rng=np.random.default_rng(seed))
    return incidence(units), incidence(units, weights)


@given(outcomes(), st.integers(0, 5))
def test_each_replicate_draws_as_many_clusters_as_there_are(units: Outcomes, seed: int) -> None:
    few = units.patterns()
    sizes = np.bincount(few.cluster, few.count)
    weights = bootstrap(units, replicates=3, rng=np.random.default_rng(seed))
    assert weights.shape == (3, len(few))
    assert (weights.sum(axis=1) >= few.clusters * sizes.min()).all()
    assert (weights.sum(axis=1) <= few.clusters * sizes.max()).all()


def test_clusters_are_drawn_whole() -> None:
    units = known((0, 0, "fixed"), (1, 1, "fixed"), (2, 2, None), grid=[1, 2], cluster=[0, 0, 1])
    weights = bootstrap(units, replicates=50, rng=np.random.default_rng(2))
    assert (weights[:, 0] == weights[:, 1]).all()
    assert (weights[:, 0] + weights[:, 2] == 2).all()


def test_the_same_seed_draws_the_same() -> None:
    one, other = (bootstrap(decaying(50), replicates=5, rng=np.random.default_rng(3)) for _ in range(2))
    assert (one == other).all()


def test_the_band_of_independent_units_is_wilsons() -> None:
    central, replicates = estimates(decaying(400), replicates=2000)
    low, high = band(central.exposed[0], replicates.exposed, clusters=400)
    # Wilson's limits for 254 of 400 by hand: centre (0.635 + z²/800) / (1 + z²/400), z = 1.966
    day = 4
    share = central.exposed[0, day - 1]
    centre, half = (share + 0.00483) / 1.00966, 1.966 / 1.00966 * np.sqrt(share * (1 - share) / 400 + 6.04e-6)
    assert (low[day - 1], high[day - 1]) == pytest.approx((centre - half, centre + half), abs=0.004)


def test_units_that_move_together_widen_the_band() -> None:
    widths = []
    for size in (1, 20):
        units = decaying(2000, per_cluster=size)
        central, replicates = estimates(units)
        low, high = band(central.exposed[0], replicates.exposed, clusters=units.patterns().effective_clusters)
        widths.append(float((high - low).mean()))
    assert widths[1] == pytest.approx(widths[0] * np.sqrt(20), rel=0.2)


def test_a_day_on_which_nothing_had_ended_has_a_band_all_the_same() -> None:
    units = known(*[(1, 1, "fixed")] * 20, *[(2, 2, None)] * 20, grid=[1, 2])
    central, replicates = estimates(units)
    low, high = band(central.exposed[0], replicates.exposed, clusters=40)
    assert 0.8 < low[0] < high[0] == 1.0


def test_nothing_varies_and_yet_the_number_of_clusters_counts() -> None:
    central, replicates = estimates(known(*[(1, 1, None)] * 10, grid=[1]))
    low, high = band(central.exposed[0], replicates.exposed, clusters=10)
    assert 0.6 < low[0] < 0.75
    assert high[0] == 1.0


def test_two_organisations_tell_nothing() -> None:
    units = known((0, 0, "fixed"), (1, 1, None), grid=[1])
    central, replicates = estimates(units)
    low, high = band(central.exposed[0], replicates.exposed, clusters=units.patterns().effective_clusters)
    assert (low.tolist(), high.tolist()) == ([0.0], [1.0])


@given(outcomes(), st.floats(0.5, 0.99))
def test_the_band_holds_the_estimate_and_falls_with_it(units: Outcomes, level: float) -> None:
    central, replicates = estimates(units, replicates=20)
    exposed = central.exposed[0]
    low, high = band(exposed, replicates.exposed, clusters=units.patterns().effective_clusters, level=level)
    assert (low <= exposed).all()
    assert (exposed <= high).all()
    assert (np.diff(low) <= 1e-12).all()
    assert (np.diff(high) <= 1e-12).all()


@pytest.mark.parametrize("freedom", [2, 3, 5, 20, 1000])
def test_students_quantile_is_within_four_hundredths(freedom: int) -> None:
    assert student(0.95, freedom) == pytest.approx(float(t.ppf(0.975, freedom)), rel=0.04)


def test_the_median_lies_between_two_looks() -> None:
    grid, rising = np.array([2, 5, 9]), np.array([0.2, 0.6, 0.7])
    reached = quantile_days(grid, rising, rising - 0.15, rising + 0.15)
    assert (reached.low, reached.high) == (2.0, 5.0)
    assert (reached.low_at_least, reached.high_at_most) == (2.0, 9.0)


def test_a_median_not_reached_is_at_least_the_last_look() -> None:
    grid, rising = np.array([2, 5]), np.array([0.1, 0.3])
    reached = quantile_days(grid, rising, rising - 0.1, rising + 0.3)
    assert (reached.low, reached.high) == (5.0, inf)
    assert (reached.low_at_least, reached.high_at_most) == (2.0, inf)


def test_a_median_before_the_first_look_began_at_the_origin() -> None:
    reached = quantile_days(np.array([3]), np.array([0.9]), np.array([0.8]), np.array([1.0]))
    assert (reached.low, reached.high, reached.low_at_least, reached.high_at_most) == (0.0, 3.0, 0.0, 3.0)


def test_the_half_life_of_a_steady_pace() -> None:
    pace = half_life(*estimates(decaying(2000, left=0.9)), clusters=2000)
    assert isinstance(pace, HalfLife)
    assert pace.value == pytest.approx(log(2) / -log(0.9), rel=0.02)
    assert 0 < pace.low < pace.value < pace.high < inf
    assert pace.days == 7.0


def test_a_forecast_goes_on_at_the_pace() -> None:
    day = forecast(*estimates(decaying(2000, left=0.9)), share=0.05, clusters=2000)
    assert isinstance(day, Forecast)
    assert day.value == pytest.approx(log(0.05) / log(0.9), rel=0.03)
    assert 14.0 <= day.low < day.value < day.high < inf


def test_no_half_life_from_fewer_than_ten_ends() -> None:
    assert "only about 2 ended" in str(half_life(*estimates(decaying(10, left=0.95)), clusters=10))


def test_no_half_life_when_one_organisation_did_it_all() -> None:
    units = known(
        *[(5, 5, "fixed")] * 30, *[(6, 6, None)] * 30, grid=[1, 2, 3, 4, 5, 6], cluster=[0] * 30 + [*range(1, 31)]
    )
    assert "no upper limit" in str(half_life(*estimates(units), clusters=8))


@given(outcomes(), st.floats(0.05, 0.9))
def test_any_data_give_a_half_life_and_a_forecast_or_a_reason(units: Outcomes, share: float) -> None:
    many = units.select(np.repeat(np.arange(len(units)), 10))
    pair = estimates(many, replicates=20)
    clusters = many.patterns().effective_clusters
    pace = half_life(*pair, clusters=clusters, looks=2)
    day = forecast(*pair, share=share, clusters=clusters, looks=2)
    assert isinstance(pace, str) or 0 < pace.low <= pace.value <= pace.high < inf
    assert isinstance(day, str) or units.grid[-1] <= day.low <= day.value <= day.high < inf


def test_no_half_life_of_two_organisations() -> None:
    assert "fewer than 3" in str(half_life(*estimates(decaying(100)), clusters=2.0))


def test_no_forecast_without_a_pace() -> None:
    assert "only about" in str(forecast(*estimates(decaying(10, left=0.95)), share=0.1, clusters=10))


def test_no_forecast_of_what_was_reached() -> None:
    assert "already reached" in str(forecast(*estimates(decaying(500)), share=0.5, clusters=500))
