"""Whom have you told: the answer end to end, beside what ``tocsin reach`` says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.tasks.conftest import CASE
from tests.tasks.telling import LATE, told_workspace

from tocsin.labels import Label
from tocsin.reports.answered import Answer
from tocsin.reports.answers import rendered
from tocsin.store.workspace import Workspace
from tocsin.tasks.answer import Wish, answer
from tocsin.tasks.reach import who_was_reached

AMBER = Wish(label=Label.AMBER, questions=("told",))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Nothing here writes to it."""
    return told_workspace(tmp_path_factory.mktemp("told"))


def _told(workspace: Workspace, wish: Wish = AMBER) -> Answer:
    (found,) = answer(workspace, CASE, wish, tell=lambda *_: None).given
    return found


def test_the_answer_has_the_figures_that_reach_gives(workspace: Workspace) -> None:
    found = _told(workspace)
    assert found.is_answered
    reached = who_was_reached(
        workspace, CASE, by=None, as_of=date(2021, 3, 20), now=LATE, tell=lambda *_: None
    ).ledger.figures
    assert set(found.figures) <= set(reached)
    assert found.commands[0] == f"tocsin reach {CASE} --as-of 2021-03-20"
    by_id = {figure.id: figure for figure in found.figures}
    assert (by_id["organisations-reach-sent"].low, by_id["organisations-reach-answered"].low) == (4, 1)


def test_a_day_that_is_asked_for_is_the_day_of_the_ledger(workspace: Workspace) -> None:
    found = _told(workspace, replace(AMBER, as_of=date(2021, 3, 12)))
    by_id = {figure.id: figure for figure in found.figures}
    assert by_id["organisations-reach-planned"].high == 0
    assert "No notice was planned here up to that day" in found.unknown


def test_who_could_not_be_reached_is_named_only_where_names_were_asked_for(workspace: Workspace) -> None:
    assert [table.is_naming for table in _told(workspace).tables] == [False]
    named = _told(workspace, replace(AMBER, names=True)).tables[1]
    assert [row[0] for row in named.rows] == ["Example Clinic", "Example Mill"]


def test_for_the_public_small_counts_are_withheld_and_nobody_is_named(workspace: Workspace) -> None:
    given = answer(workspace, CASE, replace(AMBER, label=Label.CLEAR), tell=lambda *_: None)
    (found,) = given.given
    assert all(bound == 0 or bound >= 5 for figure in found.every_figure for bound in (figure.low, figure.high))
    assert given.material.withheld > 0
    text = rendered(given, "text", Label.CLEAR).decode()
    assert "Example" not in text.replace("Example:", "")


def test_how_the_ledger_was_made_is_said(workspace: Workspace) -> None:
    given = answer(workspace, CASE, AMBER, tell=lambda *_: None)
    assert "An answer fixes nothing." in rendered(given, "text", Label.AMBER).decode()
