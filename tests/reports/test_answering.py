"""Every question gets what can be said of it, with what is not known and how to ask again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.remediation.reaching import AFTER, party, told
from tests.reports.answering import CENSUS, DAY, FOLLOWED, course, material

from tocsin.figures import Figure
from tocsin.labels import Label
from tocsin.remediation.measures import Course
from tocsin.remediation.parties import Party
from tocsin.remediation.reach import Beside, reach
from tocsin.reports._each_answer import weekly
from tocsin.reports._statements import CASE, STATEMENTS
from tocsin.reports.answered import Answer
from tocsin.reports.answering import compose
from tocsin.reports.earlier import Earlier, latest
from tocsin.reports.material import Material, OtherCase, for_public
from tocsin.reports.questions import QUESTIONS, choose


def answer(id_: str, of: Material | None = None, earlier: Earlier | None = None, *, names: bool = False) -> Answer:
    (found,) = compose(of or material(), choose([id_]), earlier, names=names).given
    return found


def ids(figures: tuple[Figure, ...]) -> list[str]:
    return [figure.id for figure in figures]


def earlier(*figures: Figure, questions: frozenset[str] = frozenset({"exposed"})) -> Earlier:
    then = DAY - timedelta(days=7)
    return Earlier(name="last week.json", label=Label.GREEN, as_of=then, questions=questions, figures=latest(figures))


def test_every_question_is_there_in_the_order_asked() -> None:
    assert [each.question for each in compose(material(), QUESTIONS).given] == list(QUESTIONS)


def test_exposed_says_who_is_and_who_was() -> None:
    found = answer("exposed")
    assert ids(found.figures) == [
        *("services-affected", "organisations-affected"),
        *("services-ever-affected", "organisations-ever-affected"),
    ]
    assert "services-undetermined" in ids(found.doubts)


def test_every_command_is_that_of_a_figure_or_asks_the_same_again() -> None:
    found = answer("public-bodies", names=True)
    again = f"tocsin answer {CASE} --question public-bodies --as-of {DAY} --names"
    assert found.commands == (CENSUS.command, FOLLOWED.command, again)


def test_without_names_it_says_how_to_have_them() -> None:
    without = answer("public-bodies", material(public_bodies=None))
    assert any("--names" in each for each in without.unknown)
    assert not any("--names" in each for each in answer("public-bodies", names=True).unknown)


def test_fixed_gives_the_last_day_in_sentences_and_each_week_in_a_table() -> None:
    found = answer("fixed")
    assert {figure.as_of for figure in found.figures} == {DAY}
    assert {(figure.unit, figure.state) for figure in found.figures if figure.estimate} == {
        (unit, state) for unit in ("services", "organisations", "public bodies") for state in ("still exposed", "fixed")
    }
    assert {figure.as_of for figure in found.series} == {DAY, DAY - timedelta(days=3)}, "Sunday, and the last day"


def test_an_older_share_never_takes_the_place_of_one_that_is_withheld() -> None:
    whole = course("services")
    shown = material(courses=(replace(whole, exposure=whole.exposure[:-1]),), until=material(courses=(whole,)).ends())
    states = {figure.state for figure in answer("fixed", shown).figures}
    assert states == {"fixed"}


def test_the_last_look_of_each_week_is_kept() -> None:
    days = [figure.as_of for figure in weekly(course("services", days=range(20)).exposure)]
    assert list(map(str, days)) == ["2021-03-14", "2021-03-21", "2021-03-28", "2021-03-31"]


def test_the_statements_stand_with_their_own_units_and_are_not_comparable() -> None:
    found = answer("patched-share")
    assert found.statements == STATEMENTS
    told = " ".join(found.said)
    assert "unit (customers / firms)" in told
    assert "differ from the statements in unit, state, place, method and denominator: not comparable" in told
    assert f"tocsin remediation {CASE} --unit addresses" in told


def test_the_statements_were_made_of_one_case_alone() -> None:
    found = answer("patched-share", material(case_id="citrix-bleed-2023"))
    assert found.statements == ()
    assert any(CASE in each for each in found.unknown)


def test_how_long_says_that_no_other_case_can_be_told() -> None:
    unknown = answer("how-long").unknown
    assert "There is no other case here of which it can be told how long it took" in unknown
    assert "Of example-2023 it cannot be told: nothing was taken in yet" in unknown


def test_how_long_says_in_what_another_case_differs() -> None:
    median = course("services").median
    assert median is not None
    theirs = replace(median, method="another origin", as_of=DAY - timedelta(days=90))
    other = OtherCase(case_id="example-2023", title="Example", as_of=DAY, medians=(theirs,))
    found = answer("how-long", material(others=(other,)))
    assert found.beside == (other,)
    assert found.said == ("services, beside example-2023: lies side by side only, for it differs in as of, method",)


def test_a_pace_that_cannot_be_told_is_said_where_it_is_asked_for() -> None:
    assert any("half-life" in each for each in answer("how-long").unknown)
    assert not any("half-life" in each for each in answer("fixed").unknown)


def test_who_remains_is_a_total_and_its_groups() -> None:
    found = answer("remaining")
    assert ids(found.figures) == ["organisations-remaining"]
    assert [figure.group for figure in found.series][:2] == ["why=never fixed", "why=no contact"]


def test_whom_have_you_told_is_not_answered_but_counts_those_without_a_contact() -> None:
    found = answer("told")
    assert not found.is_answered
    assert [figure.group for figure in found.doubts] == ["why=no contact"]


def _reached(*parties: Party) -> tuple[Figure, ...]:
    return reach(parties, Beside(beyond=(7, 9)), replace(AFTER, as_of=DAY)).figures


def test_whom_have_you_told_is_answered_step_by_step() -> None:
    figures = _reached(party("deaf", told("silent")), party("lost", has_contact=False))
    found = answer("told", material(reached=figures))
    assert found.is_answered
    assert ids(found.figures)[:2] == ["organisations-reach-identified", "organisations-reach-contact"]
    assert {"organisations-reach-unreachable", "services-reach-beyond-registry"} <= set(ids(found.doubts))
    assert found.tables[0].rows[0] == ("identified", "2", "0")
    assert not any("--names" in each for each in found.commands)


def test_where_nobody_was_told_the_answer_is_nought_and_says_so() -> None:
    found = answer("told", material(reached=_reached(party("lost"))))
    assert {figure.low for figure in found.figures if "sent" in figure.id} == {0}
    assert "No notice was planned here up to that day" in found.unknown


def test_damage_and_authorship_have_no_figure_at_all() -> None:
    assert all(not answer(each).every_figure for each in ("damage", "who-did-it", "denials"))


def test_changed_says_how_to_ask_where_no_earlier_answer_is_given() -> None:
    assert any("--since" in each for each in answer("changed").unknown)


def test_changed_compares_what_the_earlier_answer_had_asked() -> None:
    (affected,) = material().counted("services-affected")
    then = replace(affected, low=300, high=300, as_of=DAY - timedelta(days=7))
    found = answer("changed", earlier=earlier(then))
    told = {each.id: each.told() for each in found.changed}
    assert told["services-affected"] == "100 to 200 fewer"
    assert told["organisations-affected"].startswith("new")
    assert not any(name.startswith("public-bodies") for name in told)
    assert found.commands == (f"tocsin answer {CASE} --question changed --as-of {DAY} --since 'last week.json'",)


def test_where_nothing_can_be_told_over_time_the_census_still_answers() -> None:
    bare = material(courses=(), why_no_course="the case states no day of a patch", remaining=())
    found = answer("exposed", bare)
    assert ids(found.figures) == ["services-affected", "organisations-affected"]
    assert "What came of it over time cannot be told: the case states no day of a patch" in found.unknown


def test_one_look_is_told_as_one_look() -> None:
    assert any("one day only" in each for each in answer("fixed", material(looks=1)).unknown)


def test_where_not_one_end_was_seen_it_says_so() -> None:
    censored = replace(course("services"), ends=())
    found = answer("fixed", material(courses=(censored,)))
    assert "Of the services not one end was seen: how long it will take is not known, only that it takes longer" in (
        found.unknown
    )


def test_too_few_are_told_as_too_few() -> None:
    few = Course(unit="services", absent=("3 services were exposed: too few to estimate anything",))
    assert any("too few" in each for each in answer("fixed", material(courses=(few,))).unknown)


def test_for_the_public_it_gives_what_is_left() -> None:
    found = answer("public-bodies", for_public(material()))
    assert found.tables == ()
    assert found.is_answered
