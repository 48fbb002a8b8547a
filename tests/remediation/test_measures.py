"""One unit's course, of the whole and of a group."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from tests.remediation.measuring import TEMPLATE, bounds, course, followed
from tests.remediation.slowly import watched
from tests.remediation.watching import Host, after_patch, listing, scan, scans

from tocsin.figures import Measure, Query
from tocsin.remediation import Body
from tocsin.remediation.changes import Change
from tocsin.remediation.curves import Draws
from tocsin.remediation.measures import Asked, Course, Subject, measure_group
from tocsin.remediation.panel import Look
from tocsin.remediation.units import UNITS

MANY = ["AAFF"] * 6 + ["AFFF"] * 6 + ["AAAA"] * 6
CHANGE = Change(day=after_patch(5), source="scan", text="other probes", is_declared=True)


def _many(subject_changes: tuple[Change, ...] = ()) -> Subject:
    return followed(scans(1, 3, 5, 8), *MANY, changes=subject_changes)


def _group(subject: Subject, rows: np.ndarray, group: str, unit: str = "services") -> Course:
    draws = Draws(replicates=20, rng=np.random.default_rng(1))
    return measure_group(subject, Asked(unit=unit, template=TEMPLATE), rows, group, draws)


def test_every_figure_takes_unit_place_day_method_and_source_from_its_frame() -> None:
    for each in course(_many()).figures():
        assert each.unit == "services"
        assert each.place in ("everywhere seen", "everywhere a complete scan saw")
        assert each.method.startswith("Followed.")
        assert each.source == Query(command="tocsin remediation case", versions=("pack 1",))
        assert str(each)


def test_no_two_figures_have_the_same_name_state_and_day() -> None:
    found = course(_many()).figures()
    names = [(each.id, each.state, each.as_of, each.denominator.state if each.denominator else "") for each in found]
    assert len(set(names)) == len(names)


def test_the_share_still_exposed_is_what_a_hand_would_divide_here() -> None:
    found = course(_many()).exposure
    assert [round(each.estimate.value, 4) for each in found if each.estimate] == [1, 0.6667, 0.3333, 0.3333]


def test_the_median_lies_between_the_looks_that_say_so() -> None:
    median = course(_many()).median
    assert median is not None
    assert (median.measure, median.low, median.high) == (Measure.DAYS, 5, 5)


def test_a_median_that_was_not_reached_is_at_least_the_last_look() -> None:
    median = course(followed(scans(1, 8), *["AA"] * 11, "AF")).median
    assert median is not None
    assert (median.low, median.high, median.estimate) == (8, float("inf"), None)


def test_the_undetermined_widen_the_identification_band() -> None:
    found = course(followed(scans(1, 3), *["AA"] * 6, *["AF"] * 6, *["A?"] * 6)).exposure[-1]
    assert found.estimate is not None
    assert (found.low, found.high) == pytest.approx((1 / 3, 2 / 3), abs=1e-4)
    assert found.low <= found.estimate.value <= found.high


def test_organisations_end_with_their_last_service() -> None:
    hosts = [
        Host(course=line, address=f"192.0.2.{2 * n + part}", constituent=f"c{n}", certainty="proven")
        for n in range(12)
        for part, line in enumerate(("AFFF", "AAFF" if n < 6 else "AAAA"))
    ]
    bodies = {f"c{n}": Body(kind="organisation", sector="", is_public=False, country="GB") for n in range(12)}
    found = course(followed(scans(1, 3, 5, 8), *hosts, bodies=bodies), unit="organisations")
    assert [round(each.estimate.value, 4) for each in found.exposure if each.estimate] == [1, 1, 0.5, 0.5]


def test_a_change_is_named_by_every_figure_after_it_and_by_every_curve_across_it() -> None:
    found = course(_many((CHANGE,)))
    assert found.breaks == (after_patch(5),)
    assert [str(CHANGE) in each.method for each in found.standing if each.state == "fixed"] == [
        False,
        False,
        True,
        True,
    ]
    assert all(f"Across: {CHANGE}." in each.method for each in found.exposure)


def test_days_asked_for_bound_every_series() -> None:
    found = course(_many(), begins=after_patch(3), ends=after_patch(5))
    for series in (found.standing, found.exposure, found.naive, found.cohort):
        assert {each.as_of for each in series} == {after_patch(3), after_patch(5)}


def test_a_unit_of_which_none_was_seen_says_so() -> None:
    assert course(_many(), unit="public-bodies") == Course(unit="public bodies", absent=("no public bodies were seen",))


def test_few_units_are_counted_and_not_estimated() -> None:
    found = course(followed(scans(1, 2), "AF", "AA"))
    assert (found.exposure, found.ends, found.median) == ((), (), None)
    assert any("too few services were exposed" in why for why in found.absent)
    assert found.standing


def test_without_a_look_after_the_patch_there_are_counts_alone() -> None:
    found = course(followed(scans(-3, -1), *["AA"] * 12))
    assert found.exposure == ()
    assert found.standing
    assert any("no look came after the patch" in why for why in found.absent)


def test_a_group_holds_only_what_is_asked() -> None:
    subject = _many()
    rows = np.arange(len(subject.lives)) < 12
    found = _group(subject, rows, "country=GB")
    assert found.group == "country=GB"
    assert {each.as_of for each in found.standing} == {after_patch(8)}
    assert sum(each.low for each in found.standing) == 12
    assert all(each.group == "country=GB" and each.id.endswith("/country=GB") for each in found.figures())


def test_a_group_of_nobody_says_so() -> None:
    subject = _many()
    found = _group(subject, np.zeros(len(subject.lives), dtype=bool), "country=FR")
    assert found.absent == ("no services were seen in country=FR",)


def test_the_same_seed_gives_the_same_course() -> None:
    assert course(_many()) == course(_many())


def test_two_sources_that_list_and_scan_are_measured_together() -> None:
    found = course(followed([scan(1), listing(2), scan(3)], *["AAF"] * 12, *["AAA"] * 12))
    assert [each.as_of for each in found.exposure] == [after_patch(1), after_patch(3)]


@pytest.mark.parametrize("unit", UNITS)
@given(watched())
def test_whatever_was_seen_every_figure_can_be_said(
    unit: str, given: tuple[list[Look], list[Host], list[Change]]
) -> None:
    looks, hosts, changes = given
    if not hosts:
        return
    found = course(followed(looks, *hosts, changes=changes), unit=unit, replicates=5)
    for each in found.figures():
        assert "nan" not in str(each).lower()
        assert each.low <= each.high
    for low, high in bounds(found.naive):
        assert 0 <= low <= high <= 1


def test_a_move_cleans_nothing() -> None:
    hosts = [
        Host(course="A..", address="192.0.2.1", name="mail.example"),
        Host(course=".AF", address="192.0.2.2", name="mail.example"),
    ]
    place = {"ip_hi": 0, "ip_lo": (0xFFFF << 32) | 0xC0000201}
    seen = place | {"seen_at": datetime(2021, 3, 3, tzinfo=UTC), "compromise": "confirmed"}
    found = course(followed(scans(1, 2, 3), *hosts, traces=[seen]))
    assert found.compromised_fixed is not None
    assert bounds([found.compromised_fixed]) == [(1, 1)]


def test_what_only_lists_showed_is_left_out_of_the_curves_and_said_to_be() -> None:
    hosts = [*["A.F"] * 12, Host(course=".A.", address="198.51.100.9")]
    found = course(followed([scan(1), listing(2), scan(3)], *hosts))
    assert any("only lists of positives showed affected (1 services)" in why for why in found.absent)
    assert found.exposure[0].denominator is not None
    assert (found.exposure[0].denominator.high, found.exposure[0].place) == (12, "everywhere a complete scan saw")
    assert found.ever_affected is not None
    assert found.ever_affected.low == 13


def test_what_was_affected_again_is_still_exposed() -> None:
    found = course(followed(scans(1, 2, 3, 4), *["AFAA"] * 20)).exposure[-1]
    assert found.estimate is not None
    assert found.estimate.value == 1


def test_the_forecast_has_both_bands() -> None:
    ended = [f"{'A' * n}{'F' * (8 - n)}" for n in range(1, 8) for _ in range(6)]
    found = course(followed(scans(*range(1, 9)), *ended, *["A" * 8] * 30, *["AAAA????"] * 10))
    assert found.half_life is not None
    assert found.half_life.low < found.half_life.high


def test_what_was_compromised_is_cleaned_only_by_evidence_and_a_fix_is_none() -> None:
    def trace(number: int, second: int, level: str) -> dict[str, object]:
        place = {"ip_hi": 0, "ip_lo": (0xFFFF << 32) | 0xC0000200 | number}
        return place | {"seen_at": datetime(2021, 3, 3, 0, 0, second, tzinfo=UTC), "compromise": level}

    seen = [trace(1, 1, "confirmed"), trace(2, 1, "confirmed"), trace(2, 4, "cleaned")]
    found = course(followed(scans(1, 3, 5), "AFF", "AFF", traces=seen))
    assert found.cleaned is not None
    assert found.cleaned.denominator is not None
    assert bounds([found.cleaned, found.cleaned.denominator]) == [(1, 1), (2, 2)]
    assert found.compromised_fixed is not None
    assert bounds([found.compromised_fixed]) == [(1, 1)]


def test_a_scan_that_loses_a_part_does_not_fix_it() -> None:
    """Thirty are seen fixed, twenty never again: between none and two fifths are still exposed."""
    found = course(followed(scans(1, 3, 5, 7, 9), *["AAFFF"] * 30, *["AA..."] * 20))
    last = found.exposure[-1]
    assert (last.low, last.high) == pytest.approx((0, 0.4), abs=1e-4)
    fixed = [each for each in found.ends if each.state == "fixed"][-1]
    assert fixed.low <= 0.6 + 1e-4
    assert "unseen taken either way" in str(last)


def test_of_one_look_no_pace_is_told() -> None:
    found = course(followed(scans(5), *["A"] * 15, *["F"] * 15))
    assert (found.half_life, found.forecast) == (None, None)
    assert any("only one look" in why for why in found.absent)
