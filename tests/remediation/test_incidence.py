"""The estimate of when exposure ended: against lifelines, published tables and sums done by hand."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.datasets import load_leukemia
from tests.remediation.ending import known, outcomes

from tocsin.remediation.columns import Integers, Mask
from tocsin.remediation.incidence import incidence, log_likelihood
from tocsin.remediation.outcomes import CAUSES, NOT_ENDED, Outcomes

# Finkelstein and Wolfe (1985, Biometrics 41:933), months to breast retraction after radiotherapy; "-" is not yet.
RADIOTHERAPY = (
    "45- 6,10 0,7 46- 46- 7,16 17- 7,14 37,44 0,8 4,11 15- 11,15 22- 46- 46- 25,37 46- 26,40 46- 27,34 36,44 46- 36,48"
    " 37- 40- 17,25 46- 11,18 38- 5,12 37- 0,5 18- 24- 36- 5,11 19,35 17,25 24- 32- 33- 19,26 37- 34- 36-"
)
# Fay and Shaw (2010, J. Stat. Softw. 36(2)): the estimate, share by interval in months.
PUBLISHED = {5: 0.0463, 7: 0.0334, 8: 0.0887, 12: 0.0708, 25: 0.0926, 34: 0.0818, 40: 0.1209, 48: 0.4656}
# Freireich et al. (1963), weeks of remission under 6-mercaptopurine; Kaplan-Meier as in Klein and Moeschberger (2003,
# table 4.1A).
SIX_MP = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def from_times(ended: Mask, time: Integers, cause: Integers | None = None, entry: Integers | None = None) -> Outcomes:
    """Exact times on a grid of every time that occurs; censored ones outlast the events of their day."""
    grid = np.unique(np.concatenate([time, [] if entry is None else entry[entry > 0]])).astype(np.int64)
    cell = np.searchsorted(grid, time)
    return Outcomes(
        grid=grid,
        first=np.where(ended, cell, cell + 1),
        last=np.where(ended, cell, len(grid)),
        cause=np.where(ended, 0 if cause is None else cause, NOT_ENDED),
        entry=np.zeros_like(cell) if entry is None else np.searchsorted(grid, entry, side="right"),
        cluster=np.arange(len(time)),
    )


def from_intervals(after: Integers, until: Integers) -> Outcomes:
    """Ends in (after, until]; ``until`` is 0 where none was seen."""
    grid = np.unique(np.concatenate([after, until]))[1:]
    return Outcomes(
        grid=grid,
        first=np.searchsorted(grid, after, side="right"),
        last=np.where(until > 0, np.searchsorted(grid, until), len(grid)),
        cause=np.where(until > 0, 0, NOT_ENDED),
        entry=np.zeros_like(after),
        cluster=np.arange(len(after)),
    )


def cosmesis() -> Outcomes:
    pairs = [text.rstrip("-").split(",") for text in RADIOTHERAPY.split()]
    return from_intervals(
        np.array([int(pair[0]) for pair in pairs]), np.array([int(pair[1]) if len(pair) > 1 else 0 for pair in pairs])
    )


def test_the_published_kaplan_meier_table_comes_out() -> None:
    patients = load_leukemia().query("Rx == 0")
    units = from_times(patients["status"].to_numpy() == 1, patients["t"].to_numpy())
    exposed = dict(zip(units.grid.tolist(), incidence(units).exposed[0].tolist(), strict=True))
    assert {week: exposed[week] for week in SIX_MP} == pytest.approx(SIX_MP, abs=0.0006)


def test_the_published_estimate_from_intervals_comes_out() -> None:
    units = cosmesis()
    estimate = incidence(units, tolerance=1e-12, rounds=100_000)
    shares = dict(zip(units.grid.tolist(), np.diff(estimate.of("fixed")[0], prepend=0.0).tolist(), strict=True))
    assert len(units) == 46
    assert {month: share for month, share in shares.items() if share > 1e-4} == pytest.approx(PUBLISHED, abs=0.00006)


def test_intervals_give_what_lifelines_gives() -> None:
    rng = np.random.default_rng(3)
    end, looks = rng.exponential(5, 300), np.sort(rng.integers(1, 12, (300, 4)), axis=1).astype(float)
    seen = np.concatenate([np.zeros((300, 1)), looks, np.full((300, 1), np.inf)], axis=1)
    cut = (seen < end[:, np.newaxis]).sum(axis=1)
    after, until = seen[np.arange(300), cut - 1], seen[np.arange(300), cut]
    # lifelines takes both ends of an interval as within it
    oracle = KaplanMeierFitter().fit_interval_censoring(after + 0.5, until, tol=1e-8).survival_function_
    units = from_intervals(after.astype(int), np.where(np.isinf(until), 0, until).astype(int))
    estimate = incidence(units, tolerance=1e-9, rounds=20_000)
    for day, exposed in zip(units.grid[:-1], estimate.exposed[0, :-1], strict=True):
        # where within an interval the ends lie is open, so lifelines has an upper and a lower curve
        row = oracle.loc[:day].iloc[-1]
        assert row.min() - 1e-3 <= exposed <= row.max() + 1e-3


def test_late_entry_gives_what_lifelines_gives() -> None:
    rng = np.random.default_rng(4)
    entry = rng.integers(0, 8, 400)
    entry[:40] = 0
    time = entry + 1 + rng.geometric(0.15, 400)
    ended = rng.random(400) < 0.7
    oracle = KaplanMeierFitter().fit(time, ended, entry=entry).survival_function_["KM_estimate"]
    units = from_times(ended, time, entry=entry)
    assert incidence(units).exposed[0] == pytest.approx([oracle.loc[:day].iloc[-1] for day in units.grid], abs=1e-9)


@pytest.mark.parametrize("cause", [0, 2])
def test_competing_ends_give_what_lifelines_gives(cause: int) -> None:
    rng = np.random.default_rng(5)
    time = rng.permutation(np.arange(1, 151))
    kind = rng.choice([NOT_ENDED, 0, 2], 150, p=[0.3, 0.5, 0.2])
    fitter = AalenJohansenFitter(calculate_variance=False).fit(time, kind + 1, event_of_interest=cause + 1)
    oracle = fitter.cumulative_density_.iloc[:, 0]
    units = from_times(kind != NOT_ENDED, time, cause=kind)
    assert incidence(units).of(CAUSES[cause])[0] == pytest.approx(oracle.loc[units.grid].to_numpy(), abs=1e-9)


def test_every_end_in_one_cell_is_done_in_one_round() -> None:
    units = known((0, 0, "fixed"), (1, 1, "unseen"), (1, 2, None), (2, 2, None), grid=[1, 2])
    estimate = incidence(units, rounds=1)
    assert estimate.converged.all()
    assert estimate.of("fixed")[0].tolist() == [0.25, 0.25]
    # one of the three exposed after day 1 was not looked at again: half of the two that were went out of sight
    assert estimate.of("unseen")[0].tolist() == [0.0, 0.375]
    assert estimate.at_risk[0].tolist() == [4.0, 2.0]


def test_a_missed_look_shares_an_end_out_as_those_seen_ended() -> None:
    # three of those looked at on both days ended in cell 0, one in cell 1; the fifth was missed on day 1
    seen = [(0, 0, "fixed")] * 3 + [(1, 1, "fixed")]
    estimate = incidence(known(*seen, (0, 1, "fixed"), grid=[1, 2]), tolerance=1e-12)
    assert estimate.of("fixed")[0] == pytest.approx([0.75, 1.0])
    assert estimate.ends[0, 0] == pytest.approx([3.75, 1.25])


def test_an_end_that_nothing_places_is_spread_by_days_and_said_to_be_unsettled() -> None:
    estimate = incidence(known((0, 1, "fixed"), (2, 3, None), grid=[3, 4, 9]))
    assert estimate.of("fixed")[0] == pytest.approx([0.375, 0.5, 0.5])
    assert estimate.settled.tolist() == [False, True, False]


def test_replicates_are_estimated_each_for_itself() -> None:
    units = cosmesis()
    rng = np.random.default_rng(6)
    weights = rng.multinomial(46, np.full(len(units.patterns()), 1 / len(units.patterns())), size=120).astype(float)
    together = incidence(units, weights, tolerance=1e-7, rounds=10_000)
    for row in (0, 77, 119):
        alone = incidence(units, weights[[row]], tolerance=1e-7, rounds=10_000)
        assert alone.exposed[0] == pytest.approx(together.exposed[row], abs=1e-4)


def test_too_few_rounds_are_reported() -> None:
    assert incidence(cosmesis(), rounds=2).converged.tolist() == [False]


def test_where_nobody_is_left_to_watch_the_share_is_carried_on() -> None:
    estimate = incidence(known((1, 3, None), (0, 0, "fixed"), grid=[1, 2, 3]))
    assert estimate.exposed[0].tolist() == [0.5, 0.5, 0.5]
    assert estimate.at_risk[0].tolist() == [2.0, 0.0, 0.0]


def test_latecomers_are_weighed_although_all_known_before_have_ended() -> None:
    units = known((0, 0, "fixed"), (1, 2, "fixed"), (1, 1, "fixed"), (2, 3, None), grid=[1, 2, 3], entry=[0, 1, 1, 1])
    estimate = incidence(units)
    assert estimate.exposed[0].tolist() == [0.0, 0.0, 0.0]
    assert estimate.ends[0, 0].sum() == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("weights", "why"),
    [([[1.0, 1.0, 1.0]], "2 patterns"), ([[1.0, -1.0]], "less than 0"), ([[1.0, 1.0], [0.0, 0.0]], "weighs something")],
)
def test_weights_that_cannot_be_are_refused(weights: list[list[float]], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        incidence(known((0, 0, "fixed"), (0, 1, None), grid=[1]), np.array(weights))


def test_nobody_exposed_is_refused() -> None:
    with pytest.raises(ValueError, match="no unit was exposed"):
        incidence(known(grid=[1]))


@given(outcomes())
def test_shares_never_fall_and_never_exceed_the_whole(units: Outcomes) -> None:
    estimate = incidence(units)
    assert (np.diff(estimate.cumulative, axis=2, prepend=0.0) >= -1e-12).all()
    assert (estimate.cumulative.sum(axis=1) <= 1 + 1e-9).all()
    assert estimate.exposed[0] + estimate.cumulative[0].sum(axis=0) == pytest.approx(np.ones(len(units.grid)))


@given(outcomes())
def test_no_round_ends_at_what_is_likelier_than_the_answer(units: Outcomes) -> None:
    units = replace(units, entry=np.zeros_like(units.entry))
    answer = float(log_likelihood(units, incidence(units))[0])
    for rounds in range(1, 9):
        assert float(log_likelihood(units, incidence(units, rounds=rounds))[0]) <= answer + 1e-3


@given(outcomes(), st.randoms())
def test_order_and_names_of_units_and_clusters_do_not_matter(units: Outcomes, chance: Random) -> None:
    order = np.array(chance.sample(range(len(units)), len(units)))
    mixed = replace(
        units,
        first=units.first[order],
        last=units.last[order],
        cause=units.cause[order],
        entry=units.entry[order],
        cluster=(units.cluster[order] * 7 + 3) % 11,
    )
    assert incidence(mixed).cumulative == pytest.approx(incidence(units).cumulative, abs=1e-9)


@given(outcomes())
def test_twice_the_same_data_say_the_same(units: Outcomes) -> None:
    twice = units.select(np.tile(np.arange(len(units)), 2))
    assert incidence(twice).cumulative == pytest.approx(incidence(units).cumulative, abs=1e-9)
    doubled = (2.0 * units.patterns().units[np.newaxis]).astype(np.float64)
    assert incidence(units, doubled).cumulative == pytest.approx(incidence(units).cumulative, abs=1e-9)


def _late(rng: np.random.Generator) -> tuple[Integers, Integers, Integers]:
    """30,000 services with a mean of 6 days to the fix; first seen on day 1 to 10, thenceforth daily until day 12."""
    fixed_in = np.minimum(rng.exponential(6.0, 30_000).astype(np.int64), 12)
    seen_from = rng.integers(0, 10, 30_000)
    return fixed_in, seen_from, np.where(fixed_in <= seen_from, 0, fixed_in)


def _of(first: Integers, last: Integers, entry: Integers) -> Outcomes:
    return Outcomes(
        grid=np.arange(1, 13),
        first=first,
        last=last,
        cause=np.where(last == 12, NOT_ENDED, 0),
        entry=entry,
        cluster=np.arange(len(first)),
    )


def test_first_seen_late_in_a_population_is_no_late_entry() -> None:
    fixed_in, seen_from, first = _late(np.random.default_rng(8))
    last, affected = np.maximum(fixed_in, seen_from), fixed_in > seen_from
    truth = np.exp(-np.arange(1, 13) / 6.0)
    alike = incidence(_of(first, last, np.zeros_like(first))).exposed[0]
    mixed = incidence(_of(first, last, np.where(affected, seen_from + 1, 0))).exposed[0]
    assert np.abs(alike - truth).max() < 0.01
    assert (truth - mixed).max() > 0.05, "taking only the affected for latecomers makes exposure look too short"


def test_first_listed_late_among_positives_is_late_entry() -> None:
    fixed_in, seen_from, first = _late(np.random.default_rng(9))
    listed = fixed_in > seen_from
    first, fixed_in, seen_from = first[listed], fixed_in[listed], seen_from[listed]
    truth = np.exp(-np.arange(2, 13) / 6.0) / np.exp(-1 / 6)
    late = incidence(_of(first, fixed_in, seen_from + 1)).exposed[0]
    ignored = incidence(_of(first, fixed_in, np.zeros_like(first))).exposed[0]
    assert late[0] == 1.0, "whoever was fixed before the first list is never heard of"
    assert np.abs(late[1:] - truth).max() < 0.02
    assert (ignored[1:] - truth).max() > 0.1, "without it exposure looks too long"
