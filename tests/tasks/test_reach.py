"""Whom have you told: the ledger end to end, on scans and a desk."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE
from tests.tasks.telling import LATE, told_workspace

from tocsin.errors import AskError
from tocsin.figures import Query, from_json
from tocsin.remediation.reach import Place
from tocsin.store.workspace import Workspace
from tocsin.tasks.reach import Reached, who_was_reached


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Nothing here writes to it."""
    return told_workspace(tmp_path_factory.mktemp("told"))


def _reached(workspace: Workspace, **asked: object) -> Reached:
    wanted = {"by": None, "as_of": None, "now": LATE, **asked}
    return who_was_reached(workspace, CASE, tell=lambda *_: None, **wanted)  # type: ignore[arg-type]


def _counts(found: Reached, unit: str = "organisations") -> dict[str, tuple[float, float]]:
    figures = (each for each in found.ledger.figures if each.unit == unit)
    return {each.id.removeprefix(f"{unit}-reach-"): (each.low, each.high) for each in figures}


def test_each_step_counts_those_of_the_step_before(told: Workspace) -> None:
    found = _counts(_reached(told))
    steps = ("identified", "contact", "planned", "sent", "accepted", "answered")
    assert [found[each] for each in steps] == [(5, 6), (4, 5), (4, 4), (4, 4), (3, 3), (1, 1)]
    assert [found[f"{each}-fixed"] for each in steps] == [(2, 2), (2, 2), (2, 2), (1, 1), (1, 1), (0, 0)]
    assert (found["at-bounced"], found["at-silent"], found["at-no-contact"]) == ((1, 1), (2, 2), (1, 1))


def test_persons_are_counted_and_what_lies_beside_the_ledger_too(told: Workspace) -> None:
    reached = _reached(told)
    assert _counts(reached, "persons")["sent"] == (1, 1)
    assert _counts(reached, "services")["services-reach-beyond-registry".removeprefix("services-reach-")] == (1, 1)
    assert _counts(reached, "constituents")["told-beside"] == (1, 1)


def test_the_unreachable_are_named_and_no_person_is(told: Workspace) -> None:
    reached = _reached(told)
    named = [(reached.names[each.constituent], each.place) for each in reached.ledger.unreached]
    assert named == [("Example Clinic", Place.NO_CONTACT), ("Example Mill", Place.BOUNCED)]
    assert "Some Body" not in json.dumps(reached.as_json())


def test_a_past_day_knows_only_what_had_happened(told: Workspace) -> None:
    found = _counts(_reached(told, as_of=date(2021, 3, 12)))
    assert (found["planned"], found["identified-fixed"]) == ((0, 0), (1, 1))
    assert _counts(_reached(told, as_of=date(2021, 3, 20)))["at-accepted"] == (2, 2)


def test_by_group(told: Workspace) -> None:
    by_seat = _counts(_reached(told, by="country"))
    assert (by_seat["sent/seat=GB"], by_seat["sent/seat=FR"]) == ((2, 2), (2, 2))
    assert _counts(_reached(told, by="channel"))["identified/channel=none"] == (1, 2)


def test_figures_read_back_and_name_the_command(told: Workspace) -> None:
    found = _reached(told, by="sector")
    read = tuple(from_json(each) for each in json.loads(json.dumps(found.as_json()))["figures"])
    assert read == found.ledger.figures
    source = read[0].source
    assert isinstance(source, Query)
    assert source.command == f"tocsin reach {CASE} --by sector --as-of 2021-03-24"


def test_it_is_refused_where_it_cannot_be_told(told: Workspace, workspace: Workspace, tmp_path: Path) -> None:
    for asked, why in (
        ({"by": "colour"}, "nothing is reached by 'colour'"),
        ({"as_of": LATE.date() + timedelta(days=1)}, "still to come"),
        ({"as_of": date(2021, 3, 1)}, "nothing was observed"),
    ):
        with pytest.raises(AskError, match=why):
            _reached(told, **asked)


def test_for_the_public_nothing_small_is_left(told: Workspace) -> None:
    shown = _reached(told).for_public()
    assert shown.ledger.unreached == ()
    assert all(bound == 0 or bound >= 5 for each in shown.ledger.figures for bound in (each.low, each.high))
