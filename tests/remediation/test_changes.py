"""Changes of method or scope: which scans jump, and which looks can be held against each other."""

from __future__ import annotations

from datetime import date

import pytest
from tests.remediation.watching import Host, after_patch, listing, panel, scan, scans

from tocsin.remediation.changes import Change, detect_changes, stretch_of
from tocsin.remediation.panel import Look, Panel


def _seen(looks: list[Look], *sizes: int) -> Panel:
    """A panel in which each look showed so many services."""
    courses = ["".join("A" if n < size else "." for size in sizes) for n in range(max(sizes))]
    return panel(looks, [Host(course=course, address=f"192.0.2.{n}") for n, course in enumerate(courses)])


def _days(found: Panel, **how: float) -> list[date]:
    return [change.day for change in detect_changes(found, **how)]


@pytest.mark.parametrize(
    ("sizes", "jumps"), [((100, 126), 1), ((100, 125), 0), ((100, 75), 0), ((100, 74), 1), ((8, 8), 0)]
)
def test_a_scan_jumps_when_it_sees_over_a_quarter_more_or_fewer(sizes: tuple[int, ...], jumps: int) -> None:
    assert len(_days(_seen(scans(1, 2), *sizes))) == jumps


def test_the_share_that_is_a_jump_may_be_stated() -> None:
    assert _days(_seen(scans(1, 2), 100, 120), jump=0.05) == [after_patch(2)]
    assert _days(_seen(scans(1, 2), 100, 10), jump=0.95) == []


def test_each_scan_is_held_against_the_one_before_it() -> None:
    assert _days(_seen(scans(1, 2, 3, 4), 100, 120, 140, 10)) == [after_patch(4)]


def test_a_list_of_positives_shrinks_by_its_nature() -> None:
    assert _days(_seen([listing(1), listing(2)], 100, 10)) == []


def test_scans_of_other_sources_and_scopes_are_not_compared() -> None:
    looks = [scan(1), scan(2, source="other"), scan(3, scope="uk (countries GB)"), scan(4)]
    assert _days(_seen(looks, 100, 10, 10, 100)) == []


def test_after_an_empty_scan_many_are_a_jump_and_none_are_not() -> None:
    assert _days(_seen(scans(1, 2, 3, 4), 30, 0, 0, 20)) == [after_patch(2), after_patch(4)]


def test_in_a_small_scan_a_few_that_switch_off_are_no_change() -> None:
    assert _days(_seen(scans(1, 2), 8, 5)) == []
    assert _days(_seen(scans(1, 2), 60, 41)) == []


def test_a_scan_in_two_files_a_day_is_one_scan() -> None:
    looks = [scan(day, judgement=f"{day}{part}") for day in (1, 2) for part in "ab"]
    hosts = [Host(course="A.A." if n < 70 else ".A.A", address=f"192.0.2.{n}") for n in range(100)]
    assert _days(panel(looks, hosts)) == []


def test_a_change_detected_in_one_scope_leaves_the_others_alone() -> None:
    (found,) = detect_changes(_seen([scan(1, scope="de"), scan(2, scope="de")], 100, 10))
    assert [stretch_of(scan(2, scope=scope), [found]) for scope in ("de", "gb")] == [1, 0]


def test_a_change_says_what_happened_and_who_said_so() -> None:
    (found,) = detect_changes(_seen(scans(1, 2), 100, 10))
    assert str(found) == "4 March 2021: scan: 90% fewer services seen than in the scan before (detected)"
    declared = Change(day=after_patch(2), source="scan", text="also port 8443", is_declared=True)
    assert str(declared) == "4 March 2021: scan: also port 8443 (declared)"


def test_a_service_that_changed_its_owner_is_counted_once() -> None:
    hosts = [Host(course="A.", constituent="a"), Host(course=".A", constituent="b")]
    assert _days(panel(scans(1, 2), hosts)) == []


def test_nothing_seen_nothing_changed() -> None:
    assert _days(panel([], [])) == []


@pytest.mark.parametrize(("day", "stretch"), [(1, 0), (2, 1), (3, 1), (4, 2)])
def test_a_stretch_begins_with_each_change_of_the_source(day: int, stretch: int) -> None:
    changes = [
        Change(day=after_patch(on), source=source, text="", is_declared=True)
        for on, source in ((2, "scan"), (3, "other"), (4, "scan"))
    ]
    assert stretch_of(scan(day), changes) == stretch
