from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog  # type: ignore[import-untyped]  # ships no hints
from tests.remediation.reaching import AFTER, party, told
from tests.reports.dossiers import ORIGIN, WORLDS, clear, figure, large, share

from tocsin.figures import Figure, Measure
from tocsin.labels import Label
from tocsin.remediation.curves import STILL_EXPOSED
from tocsin.remediation.reach import Beside
from tocsin.remediation.reach import reach as count_reached
from tocsin.remediation.standing import EVER_AFFECTED
from tocsin.reports.dossier import STATES, Course, Dossier, Panel, every_figure
from tocsin.reports.small import counts, is_small
from tocsin.reports.suppress import described, for_label, suppressed

K = 5
DAY = ORIGIN + timedelta(days=5)
SIZES = st.one_of(st.integers(0, 7), st.integers(0, 60))
Cells = Mapping[tuple[str, str], int]
Sum = tuple[Mapping[object, int], float]
"""An equation: what is unknown with its sign, and what it comes to."""


def public(**others: object) -> Dossier:
    plain = replace(clear(), courses=(), panels=(), countries=(), reasons=(), extra=(), headline=(), marks=())
    return replace(plain, **others)  # type: ignore[arg-type]  # each test names fields of Dossier


def standing(values: Mapping[str, int], unit: str = "organisations") -> Course:
    whole = figure(EVER_AFFECTED, sum(values.values()), day=DAY, unit=unit)
    found = tuple(figure(state, count, day=DAY, unit=unit, whole=whole) for state, count in values.items())
    return Course(unit=unit, standing=found)


def sectors(cells: Cells) -> tuple[Panel, ...]:
    found = []
    for group in dict.fromkeys(group for group, _ in cells):
        now = tuple(
            figure(state, count, day=DAY, unit="organisations", group=f"sector={group}")
            for (one, state), count in cells.items()
            if one == group
        )
        found.append(Panel(kind="sector", group=group, standing_now=now))
    return tuple(found)


def reach(cells: Sequence[object], sums: Sequence[Sum], wanted: object) -> tuple[float, float]:
    """How little and how much a withheld cell could be, for somebody who solves what is published."""
    columns = {cell: number for number, cell in enumerate(cells)}
    matrix, right = np.zeros((len(sums), len(cells))), np.array([total for _, total in sums])
    for row, (parts, _) in enumerate(sums):
        for part, sign in parts.items():
            matrix[row, columns[part]] += sign
    aim = np.zeros(len(cells))
    aim[columns[wanted]] = 1
    least, most = (linprog(sign * aim, A_eq=matrix, b_eq=right, bounds=(0, 10_000)) for sign in (1, -1))
    return float(least.fun), float(-most.fun)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(SIZES, min_size=3, max_size=3), min_size=1, max_size=5))
def test_nobody_can_work_out_a_withheld_count(table: list[list[int]]) -> None:
    states = STATES[:3]
    cells = {(f"g{number}", state): row[at] for number, row in enumerate(table) for at, state in enumerate(states)}
    totals = {state: sum(count for (_, one), count in cells.items() if one == state) for state in states}
    kept = suppressed(public(courses=(standing(totals),), panels=sectors(cells)))
    shown = {(one.group, one.state) for panel in kept.panels for one in panel.standing_now}
    told = {one.state for one in kept.courses[0].standing}
    unknown: list[object] = [cell for cell in cells if (f"sector={cell[0]}", cell[1]) not in shown]
    unknown += [state for state in totals if state not in told]
    sums: list[Sum] = []
    for state in states:
        hidden: dict[object, int] = {cell: 1 for cell in cells if cell in unknown and cell[1] == state}
        known = sum(count for cell, count in cells.items() if cell[1] == state and cell not in unknown)
        sums.append((hidden, totals[state] - known) if state in told else (hidden | {state: -1}, -known))
    if told:  # the denominator of what is told is the sum of all states
        missing: dict[object, int] = {state: 1 for state in totals if state not in told}
        sums.append((missing, sum(totals[state] for state in totals if state not in told)))
    for cell, count in [*cells.items(), *totals.items()]:
        if 0 < count < K:
            assert cell in unknown, "a small count is never shown"
            least, most = reach(unknown, sums, cell)
            assert least < most
            assert most >= K - 1e-6


def test_zero_and_large_counts_are_shown() -> None:
    values = {"affected": 0, "fixed": 60, "mitigated": 7}
    assert suppressed(public(courses=(standing(values),))).courses[0].standing == standing(values).standing


def test_a_small_count_takes_another_with_it() -> None:
    kept = suppressed(public(courses=(standing({"affected": 3, "fixed": 60, "mitigated": 9}),)))
    assert [one.state for one in kept.courses[0].standing] == ["fixed"]


def test_a_share_is_the_count_that_it_makes() -> None:
    whole = figure(EVER_AFFECTED, 100)
    rest = share("fixed", 0.97, spread=0.0, open_=0.0, whole=whole)
    assert (97.0, 97.0) in list(counts(rest))
    assert any(is_small(span) for span in counts(rest)), "three are not fixed"
    assert suppressed(public(extra=(rest,))).extra == ()


def test_public_bodies_go_where_the_rest_of_the_organisations_is_small() -> None:
    courses = (
        standing({"affected": 20, "fixed": 60}),
        standing({"affected": 18, "fixed": 30}, unit="public bodies"),
    )
    kept = suppressed(public(courses=courses))
    assert len(kept.courses[0].standing) == 2
    assert "affected" not in {one.state for one in kept.courses[1].standing}


def test_a_country_with_few_is_not_alone_in_being_withheld() -> None:
    kept = for_label(clear())
    assert [one.group for one in kept.countries] == ["country=GB", "country=DE"]
    assert {one.group for one in kept.withheld if one.unit == "services"} >= {"country=FR", "country=IE"}


def test_a_median_of_a_tiny_group_is_withheld() -> None:
    whole = figure(EVER_AFFECTED, 3, day=DAY, unit="organisations", group="sector=space")
    exposure = (share(STILL_EXPOSED, 0.0, spread=0.0, open_=0.0, day=DAY, unit="organisations", whole=whole),)
    assert suppressed(public(panels=(Panel(kind="sector", group="space", exposure=exposure),))).panels == ()


def exposed_sectors(**sizes: int) -> tuple[Panel, ...]:
    """A panel a sector of so many exposed; one of fewer than ten is too small for a curve."""
    found = []
    for name, size in sizes.items():
        group = f"sector={name}"
        whole = figure("exposed", size, day=DAY, unit="organisations", group=group)
        still = share(STILL_EXPOSED, 0.5, spread=0, open_=0, day=DAY, unit="organisations", group=group, whole=whole)
        median = replace(whole, id=f"organisations-median/{group}", measure=Measure.DAYS, low=7, high=9)
        now = figure("affected", 20, day=DAY, unit="organisations", group=group)
        found.append(
            Panel(
                kind="sector",
                group=name,
                standing_now=(now,),
                exposure=(still,) if size >= 10 else (),
                median=replace(median, denominator=whole) if size >= 10 else None,
            )
        )
    return tuple(found)


def test_of_83_exposed_two_sectors_of_40_do_not_leave_3_to_be_worked_out() -> None:
    kept = suppressed(public(panels=exposed_sectors(food=40, retail=40, health=3)))
    assert not any(panel.exposure or panel.median for panel in kept.panels)
    assert [panel.group for panel in kept.panels if panel.standing_now] == ["food", "retail", "health"]


def test_a_sector_whose_curve_is_withheld_takes_all_curves_with_it() -> None:
    kept = suppressed(public(panels=exposed_sectors(food=40, retail=60, health=14, law=11)))
    assert all(panel.exposure for panel in kept.panels)
    few = suppressed(public(panels=exposed_sectors(food=40, retail=60, health=14, law=11)[:3] + tiny_curve()))
    assert not any(panel.exposure or panel.median for panel in few.panels)


def tiny_curve() -> tuple[Panel, ...]:
    whole = figure("exposed", 3, day=DAY, unit="organisations", group="sector=law")
    still = share(STILL_EXPOSED, 0.5, spread=0, open_=0, day=DAY, unit="organisations", group="sector=law", whole=whole)
    return (Panel(kind="sector", group="law", exposure=(still,)),)


def reasons(whole: int, **counted: int) -> tuple[Figure, ...]:
    every = figure("remaining", whole, day=DAY)
    names = {"never": "never fixed", "again": "affected again", "contact": "no contact"}
    return tuple(
        figure("remaining", number, day=DAY, group=f"why={names.get(name, name)}", whole=every)
        for name, number in counted.items()
    )


@pytest.mark.parametrize(
    ("whole", "counted", "shown"),
    [
        (42, {"never": 40, "contact": 20}, ["why=no contact"]),
        (60, {"never": 38, "again": 3, "contact": 20}, ["why=no contact"]),
        (42, {"never": 30, "again": 10, "contact": 20}, ["why=no contact"]),
        (60, {"never": 30, "again": 10, "undetermined": 18}, ["why=undetermined"]),
        (60, {"never": 40, "contact": 20}, ["why=never fixed", "why=no contact"]),
    ],
)
def test_a_reason_leaves_no_few_to_be_worked_out(whole: int, counted: dict[str, int], shown: list[str]) -> None:
    kept = suppressed(public(reasons=reasons(whole, **counted)))
    assert [one.group for one in kept.reasons] == shown


def test_no_reason_is_shown_where_the_states_it_is_made_of_are_withheld() -> None:
    course = replace(standing({"affected": 3, "undetermined": 20, "fixed": 60}), unit="services")
    course = replace(course, standing=tuple(replace(one, unit="services") for one in course.standing))
    assert suppressed(public(courses=(course,), reasons=reasons(60, undetermined=20))).reasons == ()


def test_a_census_by_country_does_not_hide_what_a_course_counts_there() -> None:
    lands = {"GB": 3, "DE": 30, "FR": 60}
    panels = tuple(
        Panel(
            kind="country",
            group=land,
            standing_now=(figure("affected", number, day=DAY, group=f"country={land}", name=f"course-{land}"),),
        )
        for land, number in lands.items()
    )
    census = tuple(figure("affected", 50, day=DAY, group=f"country={land}", name=f"census-{land}") for land in lands)
    kept = suppressed(public(panels=panels, countries=census))
    assert [panel.group for panel in kept.panels] == ["FR"]


def test_public_bodies_ever_affected_go_where_the_other_organisations_are_few() -> None:
    every = {"organisations": 60, "public bodies": 58}
    courses = tuple(
        Course(unit=unit, ever_affected=figure(EVER_AFFECTED, number, day=DAY, unit=unit))
        for unit, number in every.items()
    )
    first, second = suppressed(public(courses=courses)).courses
    assert (first.ever_affected is None, second.ever_affected is None) == (False, True)


def test_what_a_course_does_not_show_stands_nowhere_else() -> None:
    whole = figure(EVER_AFFECTED, 83, day=DAY)
    plain = share("fixed", 0.5, spread=0, open_=0, day=DAY, whole=whole)
    course = replace(standing({"affected": 3, "fixed": 80}, unit="services"), naive=(plain,))
    kept = suppressed(public(courses=(course,), headline=(plain,), extra=(plain,)))
    assert (kept.courses[0].naive, kept.headline, kept.extra) == ((), (), ())


def test_40_cleaned_of_42_would_tell_of_2() -> None:
    cleaned = figure("shown_to_be_cleaned", 40, day=DAY, whole=figure("compromised", 42, day=DAY))
    assert suppressed(public(extra=(cleaned,))).extra == ()


def test_what_was_withheld_before_is_still_counted() -> None:
    gone = described(figure("affected", 3, day=DAY))
    assert gone in suppressed(public(withheld=(gone,))).withheld


def test_organisations_are_not_named_to_the_public() -> None:
    kept = for_label(clear())
    assert kept.small_counts_suppressed
    assert (kept.remaining, kept.remaining_more) == ((), 0)


def test_what_is_not_for_the_public_stays_as_it_is() -> None:
    dossier = large(3)
    assert dossier.label is not Label.CLEAR
    assert for_label(dossier) is dossier


def test_what_is_withheld_is_named_without_its_value() -> None:
    kept = for_label(clear())
    assert kept.withheld
    assert all(str(one) == "fewer than 5 or withheld to protect others" for one in kept.withheld)


@pytest.mark.parametrize("name", WORLDS)
def test_no_figure_for_the_public_tells_a_small_count(name: str) -> None:
    kept = suppressed(WORLDS[name]())
    telling: list[Figure] = [one for one in every_figure(kept) if any(is_small(span) for span in counts(one))]
    assert telling == []


def test_suppressing_twice_is_suppressing_once() -> None:
    once = suppressed(clear())
    assert suppressed(once).courses == once.courses
    assert suppressed(once).panels == once.panels


def test_small_steps_of_those_told_are_withheld_and_described() -> None:
    parties = [*(party(f"deaf-{n}", told("silent")) for n in range(30)), party("kind", told("answered"))]
    ledger = count_reached(parties, Beside(), AFTER).figures
    shown = suppressed(public(reached=ledger))
    kept = {each.id for each in shown.reached}
    assert "organisations-reach-accepted" in kept
    assert "organisations-reach-answered" not in kept
    assert described(next(each for each in ledger if each.id == "organisations-reach-answered")) in shown.withheld
