from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog  # type: ignore[import-untyped]  # ships no hints
from tests.reports.dossiers import ORIGIN, WORLDS, clear, figure, large, share

from tocsin.figures import Figure
from tocsin.labels import Label
from tocsin.reports.dossier import EVER_AFFECTED, STATES, STILL_EXPOSED, Course, Dossier, Panel, every_figure
from tocsin.reports.suppress import counts, for_label, is_small, suppressed, withhold

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


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 40), max_size=8))
def test_what_is_withheld_in_a_sum_might_each_be_large(row: dict[str, int]) -> None:
    gone = withhold({name: {"count": (count, count)} for name, count in row.items()})
    assert {name for name, count in row.items() if 0 < count < K} <= gone
    hidden = sum(row[name] for name in gone)
    assert not gone or gone == row.keys() or (len(gone) > 1 and hidden - (len(gone) - 1) >= K)


def test_zero_and_large_counts_are_shown() -> None:
    values = {"affected": 0, "fixed": 60, "mitigated": 7}
    assert suppressed(public(courses=(standing(values),))).courses[0].standing == standing(values).standing


def test_a_small_count_takes_another_with_it() -> None:
    kept = suppressed(public(courses=(standing({"affected": 3, "fixed": 60, "mitigated": 9}),)))
    assert [one.state for one in kept.courses[0].standing] == ["fixed"]


@pytest.mark.parametrize(("low", "high"), [(3, 30), (0, 4), (4, 4)])
def test_a_bound_that_is_small_makes_a_count_small(low: float, high: float) -> None:
    assert is_small((low, high))


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
