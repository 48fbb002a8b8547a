"""The questions put in public are answered with figures, or with why they cannot be."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.tasks.answering import FIXED, followed
from tests.tasks.conftest import CASE, NOW, row, write_report
from tests.tasks.test_viewing import furnished
from typer.testing import CliRunner

from tocsin.errors import AskError
from tocsin.figures import Figure, from_json
from tocsin.labels import Label
from tocsin.reports.answered import Answer, Answers
from tocsin.reports.answers import rendered
from tocsin.reports.questions import QUESTIONS
from tocsin.store.workspace import Workspace
from tocsin.tasks._answer_names import SURELY
from tocsin.tasks.answer import Wish, answer
from tocsin.tasks.census import take_census
from tocsin.ui.cli.main import app

LAST = date(2021, 3, 22)
AMBER = Wish(label=Label.AMBER)


def quiet(_done: int, _of: int) -> None:
    """Hears of the reports folded in, and says nothing."""


def give(workspace: Workspace, wish: Wish = AMBER, case_id: str = CASE) -> Answers:
    return answer(workspace, case_id, wish, tell=quiet)


@pytest.fixture(scope="module")
def march(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Five complete scans, from 4 to 22 March; nothing here writes to it."""
    return followed(tmp_path_factory.mktemp("march"))


@pytest.fixture(scope="module")
def given(march: Workspace) -> Answers:
    """All answers, with names."""
    return give(march, replace(AMBER, names=True))


def one(answers: Answers, id_: str) -> Answer:
    return next(each for each in answers.given if each.question.id == id_)


def by_id(answers: Answers, id_: str) -> Mapping[str, Figure]:
    return {figure.id: figure for figure in one(answers, id_).every_figure}


def everything(answers: Answers) -> str:
    return "\n".join(rendered(answers, kind, Label.AMBER).decode() for kind in ("text", "markdown", "json"))


def test_every_question_is_there_in_the_order_asked(given: Answers) -> None:
    assert [each.question for each in given.given] == list(QUESTIONS)


def test_who_is_exposed_is_the_census_of_the_day(march: Workspace, given: Answers) -> None:
    census = {figure.id: figure for figure in take_census(march, CASE).figures}
    assert by_id(given, "exposed")["services-affected"] == census["services-affected"]
    assert census["services-affected"].low == 10, "four organisations with two, a person, and nobody's"


def test_who_was_exposed_is_everybody_seen_affected(given: Answers) -> None:
    found = by_id(given, "exposed")
    assert (found["services-ever-affected"].low, found["organisations-ever-affected"].low) == (26, 12)


def test_how_many_have_fixed_of_those_ever_affected(given: Answers) -> None:
    shares = {(each.unit, each.denominator.state): each.low for each in one(given, "fixed").figures if each.denominator}
    assert shares["organisations", "ever seen affected"] == pytest.approx(8 / 12)


def test_public_bodies_are_named_where_asked_and_as_many_as_the_lower_bound(given: Answers) -> None:
    (table,) = one(given, "public-bodies").tables
    named = [row[0] for row in table.rows if row[3] == SURELY]
    assert named == ["Example Council 09", "Example Council 11"]
    assert by_id(given, "public-bodies")["public-bodies-affected"].low == len(named)


def test_without_asking_nobody_is_named(march: Workspace) -> None:
    assert "Example Council" not in everything(give(march))


def test_a_person_is_never_named(given: Answers) -> None:
    assert "a person" in everything(given)
    assert "Jo Example" not in everything(given)


def test_a_public_body_is_not_named_upon_a_claim(tmp_path: Path) -> None:
    registry = "id,name,country,sector,public_body,domains,networks,asns,contacts\n"
    registry += "council,Example Council,GB,local government,yes,council.example,,,\n"
    claimed = row("192.0.2.7", host="mail.council.example", name_from="")
    made = furnished(tmp_path, [write_report(tmp_path, [claimed])], registry=registry)
    found = give(made, replace(AMBER, names=True))
    assert by_id(found, "public-bodies")["public-bodies-affected"].high == 1
    assert "Example Council" not in everything(found)


def test_who_remains_has_no_contact(given: Answers) -> None:
    found = by_id(given, "remaining")
    assert found["organisations-remaining"].low == 4
    assert by_id(given, "told")["organisations-remaining/why=no contact"].low == 4


def test_no_other_case_has_findings_and_it_says_so(given: Answers) -> None:
    assert any("no other case" in each for each in one(given, "how-long").unknown)


def test_only_the_question_asked_for_is_answered(march: Workspace) -> None:
    found = give(march, replace(AMBER, questions=("undetermined",)))
    assert [each.question.id for each in found.given] == ["undetermined"]
    assert found.material.courses == (), "no more is worked out than it needs"


def test_an_unknown_question_is_refused(march: Workspace) -> None:
    with pytest.raises(AskError, match="did you mean fixed"):
        give(march, replace(AMBER, questions=("fixd",)))


def test_every_command_runs_as_printed_and_gives_the_figure_again(march: Workspace, given: Answers) -> None:
    figures = {}
    for command in dict.fromkeys(command for each in given.given for command in each.commands):
        words = [*shlex.split(command)[1:], "--json", "--workspace", str(march.root)]
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, f"{command}\n{done.output}"
        for figure in map(from_json, json.loads(done.stdout).get("figures", [])):
            figures[command, figure.id, figure.as_of] = (figure.low, figure.high, figure.estimate)
    for figure in one(given, "fixed").figures:
        value = (figure.low, figure.high, figure.estimate)
        assert figures[figure.source.command, figure.id, figure.as_of] == value  # type: ignore[union-attr]


def test_what_has_changed_since_an_earlier_answer(march: Workspace) -> None:
    then = give(march, replace(AMBER, as_of=date(2021, 3, 14)))
    wish = replace(AMBER, questions=("changed",), since=("then.json", rendered(then, "json", Label.AMBER)))
    told = {each.id: each.told() for each in give(march, wish).given[0].changed}
    assert told["services-affected"] == "8 fewer"
    assert told["organisations-remaining"] == "4 fewer"
    assert set(told.values()) != {"no change"}


def test_an_earlier_answer_is_told_from_even_if_other_questions_are_asked(march: Workspace) -> None:
    then = rendered(give(march, replace(AMBER, questions=("exposed",))), "json", Label.AMBER)
    found = give(march, replace(AMBER, questions=("exposed",), since=("then.json", then)))
    assert [each.question.id for each in found.given] == ["exposed", "changed"]
    assert {each.told() for each in one(found, "changed").changed} == {"no change"}


def test_a_stricter_earlier_answer_is_not_told_under_a_looser_label(march: Workspace) -> None:
    then = rendered(give(march, replace(AMBER, questions=("exposed",))), "json", Label.RED)
    with pytest.raises(AskError, match="TLP:RED, above TLP:AMBER"):
        give(march, replace(AMBER, since=("then.json", then)))


def test_no_names_for_the_public() -> None:
    with pytest.raises(AskError, match="no organisation is named"):
        Wish(label=Label.CLEAR, names=True)


def test_small_counts_are_withheld_from_the_public(march: Workspace) -> None:
    found = give(march, Wish(label=Label.CLEAR))
    assert found.material.withheld > 0
    assert "organisations-remaining" not in by_id(found, "remaining")


def test_a_day_before_anything_was_seen_is_refused(march: Workspace) -> None:
    with pytest.raises(AskError, match="nothing was observed"):
        give(march, replace(AMBER, as_of=date(2021, 2, 1)))
    with pytest.raises(AskError, match="nothing was taken in yet"):
        give(march, replace(AMBER, known_at=NOW - timedelta(hours=1)))


def test_what_was_known_at_a_moment_is_asked_again_with_that_moment(march: Workspace) -> None:
    found = give(march, replace(AMBER, known_at=NOW + timedelta(hours=1), questions=("exposed", "remaining")))
    commands = [found.command, *(command for each in found.given for command in each.commands)]
    assert all(" --known-at 2021-04-01T10:00:00+00:00" in command for command in commands)


def test_an_unknown_case_is_refused_with_the_nearest(march: Workspace) -> None:
    with pytest.raises(AskError, match="did you mean exchange-proxylogon-2021"):
        give(march, case_id="exchange-proxylogin-2021")


def test_a_single_look_tells_no_course_and_says_so(tmp_path: Path) -> None:
    found = give(followed(tmp_path, [0]))
    assert any("one day only" in each for each in one(found, "fixed").unknown)
    told = rendered(found, "text", Label.AMBER).decode()
    assert " 0%" not in told
    assert "nan" not in told.lower()


def test_where_nobody_has_fixed_it_says_that_no_end_was_seen(tmp_path: Path) -> None:
    rows = [row(f"203.0.113.{n}", day=4) for n in range(1, 16)]
    again = [line.replace("03-04", "03-12") for line in rows]
    reports = [write_report(tmp_path, rows, day=4), write_report(tmp_path, again, day=12)]
    found = give(furnished(tmp_path, reports))
    assert any("not one end was seen" in each for each in one(found, "how-long").unknown)
    assert "nan" not in rendered(found, "text", Label.AMBER).decode().lower()


def test_where_no_look_came_after_the_patch_the_census_still_answers(tmp_path: Path) -> None:
    found = give(furnished(tmp_path, [write_report(tmp_path, [row("203.0.113.7", day=1)], day=1)]))
    assert by_id(found, "exposed")["services-affected"].low == 1
    assert any("no look came after" in each for each in one(found, "fixed").unknown)
    assert not any(figure.estimate for figure in one(found, "fixed").figures)


def test_where_all_are_fixed_nobody_remains(tmp_path: Path) -> None:
    fixed = write_report(tmp_path, [row("203.0.113.7", tags="exchange", build=FIXED)])
    found = by_id(give(furnished(tmp_path, [fixed])), "remaining")
    assert found["organisations-remaining"].high == 0
