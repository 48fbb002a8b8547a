"""The questions put in public are answered with figures, or with what is missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.tasks.conftest import CASE, NOW, row, write_report
from tests.tasks.test_viewing import furnished

from tocsin.errors import AskError
from tocsin.reports.questions import QUESTIONS
from tocsin.store.workspace import Workspace
from tocsin.tasks.answer import answer
from tocsin.tasks.census import take_census


@pytest.fixture(scope="module")
def march(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two services of a public body and one of nobody; nothing here writes to it."""
    folder = tmp_path_factory.mktemp("march")
    rows = [row("203.0.113.7"), row("203.0.113.8", tags="exchange;webshell"), row("192.0.2.7")]
    return furnished(folder, [write_report(folder, rows)])


def told(workspace: Workspace) -> dict[str, dict[str, object]]:
    """The answers in JSON, by question."""
    given = answer(workspace, CASE).as_json()["answers"]
    assert isinstance(given, list)
    return {each["id"]: each for each in given}


def test_every_question_is_there_in_the_order_asked(march: Workspace) -> None:
    assert list(told(march)) == [question.id for question in QUESTIONS]


def test_an_answer_is_made_of_the_figures_of_the_census(march: Workspace) -> None:
    figures = {figure.id: figure for figure in take_census(march, CASE).figures}
    for question, given in answer(march, CASE).given:
        assert given == tuple(figures[name] for name in question.figures)


def test_the_public_bodies_are_counted(march: Workspace) -> None:
    figures = told(march)["public-bodies"]["figures"]
    assert isinstance(figures, list)
    assert (figures[0]["id"], figures[0]["low"], figures[0]["high"]) == ("public-bodies-affected", 1, 1)


def test_each_question_is_answered_or_says_what_is_missing(march: Workspace) -> None:
    for each in told(march).values():
        assert each["answered"] is (each["missing"] is None)


def test_what_has_figures_but_lacks_something_is_not_called_answered(march: Workspace) -> None:
    share = told(march)["patched-share"]
    assert share["figures"]
    assert share["answered"] is False
    assert "denominator" in str(share["definition"])


def test_it_says_case_and_method(march: Workspace) -> None:
    given = answer(march, CASE).as_json()
    assert given["case"] == CASE
    assert str(given["method"]).startswith("Services seen in the 7 days")


def test_it_is_of_the_day_asked_for(march: Workspace) -> None:
    census = answer(march, CASE, as_of=date(2021, 3, 12)).census
    assert {figure.as_of for figure in census.figures} == {census.as_of} == {date(2021, 3, 12)}


def test_it_refuses_what_a_census_refuses(march: Workspace) -> None:
    with pytest.raises(AskError, match="did you mean exchange-proxylogon-2021"):
        answer(march, "exchange-proxylogin-2021")
    with pytest.raises(AskError, match="nothing was taken in yet"):
        answer(march, CASE, known_at=NOW - timedelta(hours=1))
