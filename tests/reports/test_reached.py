"""The ledger in rows, and without small counts."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from tests.remediation.reaching import AFTER, PARTIES, body, exposure, figures_by_id, party, told

from tocsin.figures import Figure
from tocsin.remediation.parties import Party
from tocsin.remediation.reach import Beside, Rung, reach
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
