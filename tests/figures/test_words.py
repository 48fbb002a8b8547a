"""The sentence that may be quoted: unit, state, day and bounds, and no number that says more than is known."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.figures.arbitrary import AFFECTED, DAYS, EVER, FIXED, MEDIAN, SEEN

from tocsin.figures import Estimate, Measure, Period
from tocsin.figures.words import day_words, group_words, singular, state_words

ENDLESS = float("inf")
AT_LAST = "of 3,107 services seen in GB were fixed, as of 31 March 2021"
OF_SEEN = replace(FIXED, denominator=SEEN)


def test_what_is_certain_is_one_number() -> None:
    assert replace(AFFECTED, low=1_234_567, high=1_234_567).bounds == "1,234,567"


def test_what_is_uncertain_is_two() -> None:
    assert AFFECTED.bounds == "at least 1,200 and at most 1,300"


def test_none_is_said_as_zero() -> None:
    assert replace(AFFECTED, low=0, high=0).bounds == "0"


def test_without_upper_bound_only_the_lower_is_said() -> None:
    assert str(replace(AFFECTED, high=ENDLESS)) == "at least 1,200 services affected in GB, as of 31 March 2021"


def test_a_count_has_unit_state_place_and_day() -> None:
    told = str(replace(AFFECTED, low=2941, high=3107, unit="organisations"))
    assert told == "at least 2,941 and at most 3,107 organisations affected in GB, as of 31 March 2021"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("the constituency", "affected in the constituency, as of"),
        ("everywhere seen", "affected everywhere seen, as of"),
        ("beyond the registry", "affected beyond the registry, as of"),
        ("", "affected, as of"),
    ],
)
def test_a_place_is_said_as_one_speaks(place: str, said: str) -> None:
    assert said in str(replace(AFFECTED, place=place))


@pytest.mark.parametrize(
    ("group", "said"),
    [
        ("sector=health", "sector health"),
        ("asn=64500", "AS number 64500"),
        ("public-body=yes", "public body yes"),
        ("sector=food | health", "sector food or health"),
    ],
)
def test_a_group_is_said(group: str, said: str) -> None:
    assert group_words(group) == said
    assert f"in GB ({said}), as of" in str(replace(AFFECTED, group=group))


@pytest.mark.parametrize(
    ("unit", "one"),
    [
        ("organisations", "organisation"),
        ("public bodies", "public body"),
        ("addresses", "address"),
        ("services of a branch", "service of a branch"),
        ("glass", "glass"),
        ("mailboxes", "mailbox"),
    ],
)
def test_one_is_singular(unit: str, one: str) -> None:
    assert singular(unit) == one
    assert str(replace(AFFECTED, low=1, high=1, unit=unit)).startswith(f"1 {one} affected")
    assert f"at most 1 {one} affected" in str(replace(AFFECTED, low=0, high=1, unit=unit))


def test_states_are_words() -> None:
    assert state_words("no_longer_listed") == "no longer listed"
    assert state_words("compromised_possible") == "possibly compromised"


def test_a_share_says_of_what_and_of_which_day() -> None:
    assert str(FIXED) == (
        "at least 71.2% and at most 74.0% of between 2,941 and 3,107 services ever affected in GB "
        "(as of 2 March 2021) were fixed, as of 31 March 2021"
    )


def test_the_day_of_the_whole_is_not_said_twice() -> None:
    assert str(OF_SEEN) == f"at least 71.2% and at most 74.0% {AT_LAST}"


def test_where_a_share_is_of_another_place_group_or_unit_than_its_whole_it_says_so() -> None:
    odd = str(replace(OF_SEEN, unit="customers", place="FR", group="sector=food"))
    assert odd.endswith(
        "services seen in GB were fixed (counted in customers) in FR (sector food), as of 31 March 2021"
    )


def test_a_share_of_an_unknown_whole_says_so() -> None:
    told = str(replace(FIXED, low=0.92, high=0.92, unit="customers", place="everywhere", denominator=None))
    assert told == "92.0% of customers everywhere (how many is not stated) were fixed, as of 31 March 2021"


def test_a_share_of_a_share_names_both() -> None:
    told = str(replace(OF_SEEN, state="cleaned", denominator=OF_SEEN))
    assert f"of what is at least 71.2% and at most 74.0% {AT_LAST}, were cleaned" in told


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0, 0, "0%"),
        (1, 1, "100%"),
        (0.0002, 0.0002, "under 0.1%"),
        (0.99999, 0.99999, "over 99.9%"),
        (0.0002, 0.5, "over 0% and at most 50.0%"),
        (0.4, 0.99999, "at least 40.0% and under 100%"),
        (0, 0.0002, "at least 0% and at most 0.1%"),
        (0.9996, 1, "at least 99.9% and at most 100%"),
        (0.29, 0.57, "at least 29.0% and at most 57.0%"),
        (0.1 + 0.2, 0.4, "at least 30.0% and at most 40.0%"),
        (1 / 3, 1 / 3, "33.3%"),
    ],
)
def test_a_percentage_is_never_rounded_to_none_or_all(low: float, high: float, said: str) -> None:
    assert str(replace(OF_SEEN, low=low, high=high)) == f"{said} {AT_LAST}"


def test_an_estimate_is_told_with_both_kinds_of_doubt() -> None:
    told = str(replace(OF_SEEN, estimate=Estimate(value=0.723, low=0.701, high=0.744)))
    assert told == (
        "an estimated 72.3% (95% interval 70.1% to 74.4%; "
        "71.2% to 74.0% with the undetermined and unseen taken either way) " + AT_LAST
    )


def test_an_estimate_that_nothing_undetermined_touches_is_told_with_its_interval() -> None:
    told = str(replace(OF_SEEN, low=0.723, high=0.723, estimate=Estimate(value=0.723, low=0.7, high=0.74, level=0.9)))
    assert told == f"an estimated 72.3% (90% interval 70.0% to 74.0%) {AT_LAST}"


def test_a_duration_is_in_days() -> None:
    told = str(replace(MEDIAN, estimate=Estimate(value=9, low=8, high=10)))
    assert told == (
        "an estimated 9 days (95% interval 8 to 10; 8 to 11 with the undetermined and unseen taken either way), "
        "median time to fix of services in GB, as of 31 March 2021"
    )


def test_a_duration_that_was_not_reached_is_at_least_what_was_seen() -> None:
    open_ended = replace(MEDIAN, low=28, high=ENDLESS)
    assert str(open_ended).startswith("at least 28 days, median time to fix of services")
    estimate = Estimate(value=ENDLESS, low=21.5, high=ENDLESS)
    told = str(replace(open_ended, estimate=estimate))
    assert told.startswith("at least 28 days (the estimate was not reached; 95% interval 21.5 or more), median")


def test_one_day_is_singular() -> None:
    assert replace(MEDIAN, low=1, high=1).bounds == "1 day"


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        (date(2021, 3, 1), date(2021, 3, 31), "from 1 to 31 March 2021"),
        (date(2021, 2, 28), date(2021, 3, 3), "from 28 February to 3 March 2021"),
        (date(2020, 3, 30), date(2021, 3, 2), "from 30 March 2020 to 2 March 2021"),
        (date(2021, 3, 1), date(2021, 3, 1), "on 1 March 2021"),
    ],
)
def test_a_range_of_days_is_said_shortly(begins: date, ends: date, said: str) -> None:
    assert day_words(Period(begins=begins, ends=ends)) == said
    assert str(replace(AFFECTED, as_of=Period(begins=begins, ends=ends))).endswith(f"in GB, {said}")


def test_what_was_known_only_until_a_moment_says_so() -> None:
    told = str(replace(AFFECTED, known_at=datetime(2021, 4, 1, 8, tzinfo=UTC)))
    assert told.endswith("as of 31 March 2021 (as far as known on 1 April 2021 at 08:00 UTC)")


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(["services", "public bodies"]), DAYS)
def test_a_count_in_words_has_unit_state_day_and_every_bound(one: int, other: int, unit: str, day: date) -> None:
    low, high = min(one, other), max(one, other)
    told = str(replace(AFFECTED, low=low, high=high, unit=unit, as_of=day))
    assert {f"{low:,}", f"{high:,}"} <= set(re.findall(r"[\d,]*\d", told))
    assert (singular(unit) if high == 1 else unit) in told
    assert "affected in GB" in told
    assert f"{day.day} {day:%B} {day.year}" in told


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_percentages_of_a_share_enclose_it(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    told = re.findall(
        r"(at least|over|at most|under)? ?([\d.]+)%", str(replace(OF_SEEN, low=low, high=high)).split(" of ")[0]
    )
    lowest, highest = float(told[0][1]), float(told[-1][1])
    if len(told) == 2:
        assert lowest / 100 <= low + 1e-9
        assert highest / 100 >= high - 1e-9
    assert low == 0 or (told[0][0], lowest) not in (("", 0.0), ("at least", 0.0))
    assert high == 1 or (told[-1][0], highest) not in (("", 100.0), ("at most", 100.0))


def test_a_whole_of_one_is_singular() -> None:
    assert "of 1 service seen in GB was fixed" in str(replace(FIXED, denominator=replace(SEEN, low=1, high=1)))


def test_a_whole_without_upper_bound_or_estimated_says_so() -> None:
    assert "of at least 2,941 services ever" in str(replace(FIXED, denominator=replace(EVER, high=ENDLESS)))
    guess = replace(EVER, estimate=Estimate(value=3000, low=2900, high=3050))
    assert "of an estimated 3,000 (95% interval 2,900 to 3,050; " in str(replace(FIXED, denominator=guess))


def test_no_measure_but_a_share_is_in_percent() -> None:
    assert "%" not in str(replace(AFFECTED, low=0, high=1, measure=Measure.DAYS))
