"""What being told first changed, and when that is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from scipy.stats import binomtest
from tests.remediation.reaching import AFTER

from tocsin.remediation.effect import FEWEST, Contrast, Draw, Effect, Watched, effect, newcombe, wilson

DAYS = [date(2021, 3, day) for day in (8, 12, 16, 20)]
FIRST, SECOND = date(2021, 3, 9), date(2021, 3, 18)


def _trial(courses: dict[int, list[str]], **more: object) -> tuple[Draw, Watched]:
    """Of each wave the courses of its organisations, a letter a look: A open, F fixed, . out of sight."""
    members = {f"w{wave}-{n}": wave for wave, lines in courses.items() for n, _ in enumerate(lines)}
    letters = np.array([list(line) for lines in courses.values() for line in lines]).T
    watched = Watched(days=DAYS, names=list(members), fixed=letters == "F", gone=letters == ".")
    draw = Draw(plan="p1", is_random=True, members=members, left_on={1: FIRST, 2: SECOND})
    return replace(draw, **more), watched  # type: ignore[arg-type]


def _effect(courses: dict[int, list[str]], **more: object) -> Effect:
    draw, watched = _trial(courses, **more)
    return effect([draw], watched, AFTER)


def _one(courses: dict[int, list[str]], **more: object) -> Contrast:
    found = _effect(courses, **more)
    assert found.declined == ()
    return found.contrasts[0]


TWENTY = {1: ["AFFF"] * 8 + ["AAFF"] * 4 + ["AAAA"] * 8, 2: ["AFFF"] * 2 + ["AAAF"] * 8 + ["AAAA"] * 10}


def test_those_told_are_held_against_those_who_wait_before_they_are_told() -> None:
    found = _one(TWENTY)
    assert found.told.as_of == date(2021, 3, 16)
    assert (found.told.low, found.waiting.low) == (12 / 20, 2 / 20)
    assert found.difference == pytest.approx(0.5)
    assert (found.low, found.high) == pytest.approx(newcombe(12, 20, 2, 20))
    assert "50.0 percentage points more of wave 1" in str(found)


def test_whoever_was_fixed_before_the_wave_left_is_in_neither_group() -> None:
    whole = _one({1: [*TWENTY[1], *["FFFF"] * 30], 2: [*TWENTY[2], "FFFF"]})
    assert whole == replace(_one(TWENTY), told=whole.told, waiting=whole.waiting)
    assert whole.told.denominator is not None
    assert whole.told.denominator.low == 20


def test_whoever_is_out_of_sight_is_not_fixed_and_widens_the_outer_bounds() -> None:
    found = _one({1: ["AFFF"] * 5 + ["A..."] * 5, 2: ["AAAA"] * 6 + ["A..."] * 4})
    assert found.difference == pytest.approx(0.5)
    assert (found.least, found.most) == pytest.approx((0.5 - 0.4, 1.0))
    assert (found.told.low, found.told.high) == (0.5, 1.0)


def test_every_later_wave_waits() -> None:
    courses = {1: ["AFFF"] * 10, 2: ["AAAF"] * 10, 3: ["AAAA"] * 10}
    found = _effect(courses, left_on={1: FIRST, 2: date(2021, 3, 13), 3: date(2021, 3, 19)})
    assert [(each.wave, each.waiting.group, each.difference) for each in found.contrasts] == [
        (1, "wave=2 | 3", 1.0),
        (2, "wave=3", 0.0),
    ]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"is_random": False}, "not drawn by chance"),
        ({"left_on": {}}, "wave 1 has not left"),
        ({"left_on": {1: FIRST, 2: FIRST}}, "left on the same day"),
        ({"left_on": {1: FIRST, 2: date(2021, 3, 12)}}, "lie within one scan"),
        ({"left_on": {1: date(2021, 3, 20)}}, "lie within one scan"),
        ({"left_on": {1: date(2021, 3, 1), 2: SECOND}}, "nobody looked before wave 1"),
    ],
)
def test_it_declines_where_chance_or_a_look_is_missing(more: dict[str, object], why: str) -> None:
    found = _effect(TWENTY, **more)
    assert found.contrasts == ()
    assert why in found.declined[0]


def test_it_declines_one_wave_few_organisations_and_no_plan() -> None:
    assert "nobody to hold it against" in _effect({1: ["AAAA"] * 20}).declined[0]
    assert f"fewer than {FEWEST}" in _effect({1: ["AFFF"] * 9, 2: ["AAAA"] * 20}).declined[0]
    assert effect([], _trial(TWENTY)[1], AFTER).declined == ("no plan was sent in waves",)


def test_while_the_next_wave_has_not_left_the_last_look_counts() -> None:
    assert _one(TWENTY, left_on={1: FIRST}).told.as_of == DAYS[-1]


@pytest.mark.parametrize(
    ("counts", "low", "high"), [((56, 70, 48, 80), 0.0524, 0.3339), ((9, 10, 3, 10), 0.1705, 0.8090)]
)
def test_the_interval_is_that_of_the_published_examples(
    counts: tuple[int, int, int, int], low: float, high: float
) -> None:
    """Newcombe (1998), table II, method 10, examples (a) and (b)."""
    assert newcombe(*counts) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_of_a_share_is_that_of_another_program(counts: tuple[int, int]) -> None:
    other = binomtest(*counts).proportion_ci(method="wilson")
    assert wilson(*counts) == pytest.approx((other.low, other.high), abs=1e-9)


@given(st.tuples(*(st.integers(0, 30) for _ in range(2))))
def test_it_points_the_other_way_when_the_groups_are_exchanged(counts: tuple[int, int]) -> None:
    low, high = newcombe(counts[0], 30, counts[1], 40)
    back = newcombe(counts[1], 40, counts[0], 30)
    assert (low, high) == pytest.approx((-back[1], -back[0]))
    assert low <= counts[0] / 30 - counts[1] / 40 <= high


@given(st.lists(st.sampled_from(["AFFF", "AAFF", "AAAF", "AAAA"]), min_size=FEWEST, max_size=40))
def test_the_share_is_that_of_a_survival_curve_without_losses(courses: list[str]) -> None:
    """The oracle: Kaplan and Meier's estimate, by lifelines."""
    found = _one({1: courses, 2: ["AAAA"] * FEWEST})
    looks = [(line.index("F") if "F" in line else len(line)) for line in courses]
    curve = KaplanMeierFitter().fit(looks, event_observed=["F" in line for line in courses])
    assert found.told.low == pytest.approx(1 - float(curve.predict(2)))
