"""What answers are made of, and how little of it the public is shown."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.reports.answering import CENSUS_FIGURES, DAY, count, course, material, remaining

from tocsin.figures import Figure
from tocsin.remediation.census import STATES
from tocsin.reports.material import Material, OtherCase, census_for_public, for_public
from tocsin.reports.small import counts, is_small

SMALL = st.integers(0, 12)


def ids(figures: tuple[Figure, ...]) -> set[str]:
    return {figure.id for figure in figures}


def without(name: str, *others: Figure) -> tuple[Figure, ...]:
    return (*(figure for figure in CENSUS_FIGURES if figure.id != name), *others)


def test_figures_are_found_by_id_as_far_as_they_are_there() -> None:
    found = material().counted("services-affected", "no-such", "services-seen")
    assert [figure.id for figure in found] == ["services-affected", "services-seen"]


def test_large_counts_are_shown_to_the_public_as_they_are() -> None:
    shown = for_public(material())
    assert ids(shown.census) == ids(CENSUS_FIGURES)
    assert shown.remaining == material().remaining
    assert shown.withheld == 0


def test_no_name_is_shown_to_the_public() -> None:
    assert for_public(material()).public_bodies is None


def test_a_small_count_goes_and_a_second_one_goes_with_it() -> None:
    shown = for_public(material(census=without("services-undetermined", count("services-undetermined", 3))))
    gone = ids(CENSUS_FIGURES) - ids(shown.census)
    assert "services-undetermined" in gone
    assert len(gone & {f"services-{state}" for state in STATES}) > 1


def test_what_the_difference_of_two_counts_would_tell_goes_too() -> None:
    shown = for_public(material(census=without("public-bodies-affected", count("public-bodies-affected", 58, 118))))
    assert "organisations-affected" in ids(shown.census)
    assert "public-bodies-affected" not in ids(shown.census)


def test_a_small_place_takes_the_other_with_it() -> None:
    name = "beyond-registry-services-affected"
    shown = for_public(material(census=without(name, count(name, 2, 90))))
    assert not ids(shown.census) & {name, "constituency-services-affected"}


def test_a_small_sector_is_hidden_among_others() -> None:
    sectors = (remaining("sector=health", 50), remaining("sector=food", 37), remaining("sector=law", 3))
    shown = for_public(material(remaining=(remaining(), *sectors)))
    assert [figure.group for figure in shown.remaining] == [None, "sector=health"]


def test_all_but_a_few_without_a_contact_would_tell_of_the_few() -> None:
    shown = for_public(material(remaining=(remaining(), remaining("why=no contact", 88))))
    assert [figure.group for figure in shown.remaining] == [None]


def test_a_course_of_few_tells_nothing_to_the_public() -> None:
    (shown,) = for_public(material(courses=(course("services", 24),))).courses
    assert not (*shown.exposure, *shown.ends, *shown.naive)


def test_the_reason_for_an_absence_does_not_tell_the_count() -> None:
    others = (OtherCase(case_id="a", title="A", why=("3 services were exposed: too few", "nothing was taken in yet")),)
    shown = for_public(material(others=others))
    assert shown.courses[0].absent == ("some estimates are left out: they rest on few",)
    assert shown.others[0].why == ("some estimates are left out: they rest on few", "nothing was taken in yet")


def test_the_median_of_another_case_is_protected_as_well() -> None:
    median = course("services").median
    assert median is not None
    few = replace(median, denominator=count("services-exposed", 3))
    others = (OtherCase(case_id="a", title="A", as_of=DAY, medians=(few,)),)
    assert for_public(material(others=others)).others[0].medians == ()


def test_of_30_affected_27_beyond_the_registry_do_not_leave_3_to_be_worked_out() -> None:
    figures = (
        count("services-seen", 90),
        count("services-affected", 30),
        count("services-fixed", 60),
        count("beyond-registry-services-affected", 27),
        count("constituency-services-affected", 3),
    )
    assert ids(census_for_public(figures)) == {"services-seen", "services-affected", "services-fixed"}


@given(st.lists(SMALL, min_size=9, max_size=9))
def test_no_small_count_is_left_whatever_they_are(numbers: list[int]) -> None:
    names = [figure.id for figure in CENSUS_FIGURES[1:10]]
    figures = (CENSUS_FIGURES[0], *(count(name, number) for name, number in zip(names, numbers, strict=True)))
    shown = for_public(Material(case_id="example", title="", as_of=DAY, census=figures))
    assert not any(is_small(span) for figure in shown.census for span in counts(figure))
    assert shown.withheld == len(figures) - len(shown.census)


def test_twice_is_no_different_from_once() -> None:
    once = for_public(material(courses=(course("services", 30),)))
    assert replace(for_public(once), withheld=once.withheld) == once
