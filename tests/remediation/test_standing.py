"""Counts by day: where units stand, what plain division gives, and the common cohort."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.remediation.measuring import bounds, course, followed
from tests.remediation.watching import Host, after_patch, listing, scan, scans

from tocsin.figures import Figure
from tocsin.remediation.measures import Course
from tocsin.remediation.standing import EVER_AFFECTED, EVERY_SCAN, SEEN_THAT_DAY, day_numbers


def _standing(found: Course, state: str) -> list[tuple[float, float]]:
    return bounds([each for each in found.standing if each.state == state])


def _naive(found: Course, whole: str) -> dict[int, tuple[float, float]]:
    return {
        each.as_of.day - 2: (each.low, each.high)  # type: ignore[union-attr]
        for each in found.naive
        if each.denominator and each.denominator.state == whole
    }


def test_of_each_day_every_state_is_counted() -> None:
    found = course(followed(scans(1, 2, 3), "AAF", "FFF", "A..", "AMM", "???"))
    assert _standing(found, "affected") == [(3, 4), (2, 3), (0, 1)]
    assert _standing(found, "fixed") == [(1, 2), (1, 2), (2, 3)]
    assert _standing(found, "mitigated") == [(0, 0), (1, 1), (1, 1)]
    assert _standing(found, "unseen") == [(0, 0), (0, 0), (1, 1)]
    assert _standing(found, "undetermined") == [(1, 1), (1, 1), (1, 1)]


def test_a_spell_that_the_last_look_did_not_decide_is_in_the_upper_bounds_alone() -> None:
    found = course(followed(scans(1, 2), "A?", "FF"))
    assert _standing(found, "affected") == [(1, 1), (0, 1)]
    assert _standing(found, "fixed") == [(1, 1), (1, 2)]


def test_every_count_is_of_those_seen_so_far() -> None:
    found = course(followed(scans(1, 2), "AA", ".F"))
    wholes = {each.as_of: each.denominator.low for each in found.standing if each.denominator}
    assert wholes == {after_patch(1): 1, after_patch(2): 2}


def test_the_states_of_a_day_add_up_to_those_seen() -> None:
    found = course(followed(scans(1, 2), "A?", "AF", "?.", "NN", "AM"))
    last = [each for each in found.standing if each.as_of == after_patch(2)]
    whole = last[0].denominator
    assert whole is not None
    assert sum(each.low for each in last) == whole.low - 1, "one never had the flaw"


def test_the_share_of_those_seen_that_day_leaves_out_whoever_was_missed() -> None:
    found = course(followed(scans(1, 2), "AF", "A.", "FF", "A?"))
    assert _naive(found, SEEN_THAT_DAY) == {1: (1 / 4, 1 / 4), 2: (2 / 3, 1)}


def test_the_share_of_those_ever_affected_counts_whoever_was_missed_as_not_fixed() -> None:
    found = course(followed(scans(1, 2), "AF", "A.", "FF", "A?"))
    assert _naive(found, EVER_AFFECTED) == {2: (1 / 3, 2 / 3)}


def test_mitigated_is_not_fixed_in_either_share() -> None:
    found = course(followed(scans(1, 2), "AM", "AF"))
    assert _naive(found, SEEN_THAT_DAY)[2] == _naive(found, EVER_AFFECTED)[2] == (1 / 2, 1 / 2)


def test_lists_of_positives_give_no_share_of_those_seen_that_day() -> None:
    found = course(followed([listing(1), listing(2)], "AA", "A."))
    assert _naive(found, SEEN_THAT_DAY) == {}


def test_what_a_list_alone_showed_that_day_is_not_seen_in_the_scan() -> None:
    looks = [scan(1), scan(2), listing(2)]
    assert _naive(course(followed(looks, "A.A", "AF.")), SEEN_THAT_DAY)[2] == (1, 1)


@pytest.mark.parametrize("courses", [("??", "??"), ("NN", "NN"), ("AA", "AA")])
def test_where_there_is_nothing_to_divide_by_or_nobody_fixed_there_is_no_share(courses: tuple[str, ...]) -> None:
    assert course(followed(scans(1, 2), *courses)).naive == ()


def test_the_cohort_are_those_in_every_complete_scan() -> None:
    found = course(followed([scan(1), listing(2), scan(3)], "AAA", "A.A", "FFF", "A..", "..A", "?.A"))
    assert bounds(found.cohort) == [(2, 3), (3, 3)]
    assert [each.denominator.low for each in found.cohort if each.denominator] == [4, 4]
    assert {each.group for each in found.cohort} == {EVERY_SCAN}


def test_what_a_list_showed_when_the_scan_missed_it_is_not_in_the_cohort() -> None:
    found = course(followed([scan(1), scan(2), listing(2)], "A.A", "AA."))
    assert [each.denominator.low for each in found.cohort if each.denominator] == [1, 1]


def test_a_larger_scan_does_not_look_like_a_relapse_in_the_cohort() -> None:
    found = course(followed(scans(1, 2), "AF", "AA", *[".A"] * 20))
    assert bounds(found.cohort) == [(2, 2), (1, 1)]


def test_without_a_complete_scan_there_is_no_cohort() -> None:
    assert course(followed([listing(1)], "A")).cohort == ()


def test_an_organisation_stands_where_its_worst_service_does() -> None:
    hosts = [
        Host(course="AF", address="192.0.2.1", constituent="council", certainty="proven"),
        Host(course="AA", address="192.0.2.2", constituent="council", certainty="proven"),
        Host(course="AF", address="192.0.2.3", constituent="bakery", certainty="proven"),
    ]
    found = course(followed(scans(1, 2), *hosts), unit="organisations")
    assert (_standing(found, "affected")[1], _standing(found, "fixed")[1]) == ((1, 1), (1, 1))


def test_reopened_and_moved_units_are_counted() -> None:
    hosts = [
        Host(course="AFA", address="192.0.2.1"),
        Host(course="AMA", address="192.0.2.2"),
        Host(course="A.A", address="192.0.2.3"),
        Host(course="A..", address="192.0.2.4", name="a.example"),
        Host(course=".AA", address="192.0.2.5", name="a.example"),
    ]
    found = course(followed(scans(1, 2, 3), *hosts))
    assert bounds([_some(found.reopened), _some(found.moved)]) == [(2, 2), (1, 1)]


def _some(figure: Figure | None) -> Figure:
    assert figure is not None
    return figure


def _trace(low: int, level: str) -> dict[str, object]:
    return {"ip_hi": 0, "ip_lo": (0xFFFF << 32) | 0xC0000200 | low, "compromise": level}


def test_compromised_and_fixed_is_a_count_of_its_own_with_bounds() -> None:
    traces = [_trace(1, "confirmed"), _trace(2, "possible"), _trace(3, "confirmed"), _trace(4, "confirmed")]
    found = course(followed(scans(1, 2), "AF", "AF", "AA", "A?", "AF", traces=traces))
    figure = _some(found.compromised_fixed)
    assert (figure.low, figure.high) == (1, 3)
    assert figure.denominator is not None
    assert (figure.denominator.low, figure.denominator.high) == (3, 4)


def test_what_was_cleaned_is_no_longer_compromised() -> None:
    cleaned = _trace(1, "cleaned") | {"seen_at": datetime(2021, 4, 1, tzinfo=UTC)}
    found = course(followed(scans(1, 2), "AF", traces=[_trace(1, "confirmed"), cleaned]))
    assert bounds([_some(found.compromised_fixed)]) == [(0, 0)]


def test_the_days_asked_for_are_both_included() -> None:
    days = [after_patch(n) for n in (1, 2, 3)]
    assert day_numbers(days, None, None) == (0, 3)
    assert day_numbers(days, after_patch(2), after_patch(2)) == (1, 2)
    assert day_numbers(days, after_patch(4), None) == (0, 0)
