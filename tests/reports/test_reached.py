"""The ledger in rows, and without small counts."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations, pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog  # type: ignore[import-untyped]  # ships no hints
from tests.remediation.reaching import AFTER, PARTIES, SENT, body, exposure, figures_by_id, party, told

from tocsin.figures import Figure
from tocsin.notices import Standing
from tocsin.remediation.parties import Exposure, Party
from tocsin.remediation.reach import UNREACHABLE, Beside, Place, Rung, reach, rung_of
from tocsin.reports.reached import reached_for_public, steps
from tocsin.reports.small import SMALLEST_SHOWN, is_small

K = SMALLEST_SHOWN
RUNGS = [f"organisations-reach-{rung.name.lower()}" for rung in Rung]


def _ledger(parties: list[Party], beside: Beside = Beside()) -> tuple[Figure, ...]:
    return reach(parties, beside, AFTER).figures


def _many(standing: str, number: int, state: str = "open") -> list[Party]:
    return [party(f"{standing}-{state}-{n}", told(standing), exposure=exposure(state)) for n in range(number)]


def test_a_row_a_step_and_under_it_its_places() -> None:
    rows = steps(_ledger([*_many("silent", 2), *_many("answered", 1, "fixed"), party("deaf", has_contact=False)]))
    assert rows == (
        ("identified", "4", "1"),
        ("  without a contact", "1", ""),
        ("with a contact", "3", "1"),
        ("planned for", "3", "1"),
        ("sent a notice", "3", "1"),
        ("sent a notice that the next hop accepted", "3", "1"),
        ("  silent past the deadline", "2", ""),
        ("heard from", "1", "1"),
        ("  answered by one of the offered answers", "1", ""),
    )
    assert steps(()) == ()


def test_what_is_large_enough_is_shown_in_full() -> None:
    parties = [
        *_many("silent", 20),
        *_many("silent", 20, "fixed"),
        *_many("answered", 20),
        *_many("answered", 20, "fixed"),
    ]
    figures = _ledger(parties, Beside(beyond=(40, 50)))
    assert {each.id for each in reached_for_public(figures)} == {each.id for each in figures}


def test_a_step_that_leaves_few_behind_is_not_shown() -> None:
    shown = figures_by_id(reached_for_public(_ledger([*_many("silent", 20), *_many("answered", 2)])))
    assert RUNGS[4] in shown
    assert RUNGS[5] not in shown
    assert not [name for name in shown if "-at-" in name]


def test_few_bounces_cannot_be_had_from_what_is_shown() -> None:
    parties = [*_many("silent", 30), *_many("bounced", 2)]
    shown = figures_by_id(reached_for_public(_ledger(parties)))
    assert [name for name in RUNGS if name in shown] == RUNGS[:4] + RUNGS[5:]
    assert shown[RUNGS[5]].low == 0
    assert "organisations-reach-unreachable" not in shown


def test_small_numbers_of_persons_or_services_are_left_out_alone() -> None:
    somebody = party("somebody", told("silent"), body=body(kind="person"))
    shown = reached_for_public(_ledger([*_many("silent", 30), somebody], Beside(beyond=(3, 3), unproven=(9, 9))))
    assert {each.unit for each in shown} >= {"organisations", "services"}
    assert "persons" not in {each.unit for each in shown}
    assert [each.low for each in shown if each.unit == "services"] == [9]


@given(PARTIES)
def test_neither_a_figure_nor_its_denominators_nor_the_gaps_between_steps_are_small(parties: list[Party]) -> None:
    shown = reached_for_public(_ledger(parties))
    for each in shown:
        assert not any(is_small((one.low, one.high)) for one in (each, *each.wholes))
    for unit in ("organisations", "persons"):
        rungs = [each for rung in Rung for each in shown if each.id == f"{unit}-reach-{rung.name.lower()}"]
        for one, other in pairwise(rungs):
            assert not is_small((one.low - other.low, one.high - other.high))
        fixed = [each for each in shown if each.id.startswith(f"{unit}-reach-") and each.id.endswith("-fixed")]
        for one, other in combinations(fixed, 2):
            assert not is_small((abs(one.low - other.low), abs(one.high - other.high)))
        for each in fixed:
            assert each.denominator in rungs
            assert not is_small((each.denominator.low - each.low, each.denominator.high - each.high))


CELLS = [(place, status) for place in Place for status in ("open", "fixed before", "fixed since")]
_SINCE = {place for place in Place if rung_of(place) >= Rung.SENT}


def _cells_of(name: str) -> set[tuple[Place, str]]:
    """What a figure of organisations counts, as cells of place and of how it stands."""
    for rung in Rung:
        above = {place for place in Place if rung_of(place) >= rung}
        if name == rung.name.lower():
            return {cell for cell in CELLS if cell[0] in above}
        if name == f"{rung.name.lower()}-fixed":
            wanted = {"fixed since"} if rung >= Rung.SENT else {"fixed since", "fixed before"}
            return {cell for cell in CELLS if cell[0] in above and cell[1] in wanted}
    if name == "unreachable":
        return {cell for cell in CELLS if cell[0] in UNREACHABLE}
    return {cell for cell in CELLS if name == f"at-{cell[0].name.lower().replace('_', '-')}"}


def _most(wanted: set[tuple[Place, str]], known: list[tuple[set[tuple[Place, str]], float]]) -> float:
    """How many there could be in these cells, for somebody who solves what is published."""
    matrix = np.array([[cell in cells for cell in CELLS] for cells, _ in known], dtype=float)
    # Nobody who was sent nothing can have fixed since.
    bounds = [(0, 0 if status == "fixed since" and place not in _SINCE else None) for place, status in CELLS]
    goal = -np.array([cell in wanted for cell in CELLS], dtype=float)
    solved = linprog(goal, A_eq=matrix, b_eq=[total for _, total in known], bounds=bounds)
    return float("inf") if solved.status == 3 else -float(solved.fun)


@given(st.lists(st.tuples(st.sampled_from(list(Standing)), st.integers(-1, 2), st.integers(0, 12)), max_size=6))
def test_nobody_who_solves_what_is_shown_finds_a_small_count(drawn: list[tuple[Standing, int, int]]) -> None:
    parties = [
        party(f"{n}-{m}", told(standing), exposure=_seen(after))
        for n, (standing, after, number) in enumerate(drawn)
        for m in range(number)
    ]
    figures = {each.id.removeprefix("organisations-reach-"): each for each in _ledger(parties)}
    shown = {each.id.removeprefix("organisations-reach-") for each in reached_for_public(tuple(figures.values()))}
    known = [(cells, figures[name].low) for name in shown if (cells := _cells_of(name))]
    for name, figure in figures.items():
        cells = _cells_of(name)
        if known and cells and name not in shown and 0 < figure.low < K:
            assert _most(cells, known) > K - 1, name


def _seen(after: int) -> Exposure:
    """Open, or fixed so many days after the notices left."""
    return exposure() if after < 0 else exposure("fixed", fixed_on=SENT + timedelta(days=after))
