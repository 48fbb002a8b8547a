"""The questions that are put in public."""

from __future__ import annotations

import pytest

from tocsin.errors import AskError
from tocsin.reports.questions import EVERY_UNIT, LEFT, OTHERS, QUESTIONS, REACH, RECORD, choose, needs_of

FOUNDING = {"helped", "urgent-steps", "denials", "responses", "shared", "all-identified", "patched-share"}
ISSUE = {"exposed", "public-bodies", "compromised", "fixed", "undetermined", "how-long", "remaining", "changed"}


def test_the_fixed_list_has_every_question_once() -> None:
    ids = [question.id for question in QUESTIONS]
    assert {*FOUNDING, *ISSUE, "told", "damage", "who-did-it", "promised"} == set(ids)
    assert len(ids) == len(set(ids))


def test_every_question_has_a_definition_or_says_what_is_missing() -> None:
    assert all(question.definition or question.missing for question in QUESTIONS)


def test_none_that_figures_answer_is_silent_on_what_is_not_known() -> None:
    assert all(question.unknown for question in QUESTIONS if not question.missing)


def test_chosen_ones_come_in_the_order_of_the_list() -> None:
    assert [question.id for question in choose(["told", "exposed", "told"])] == ["exposed", "told"]


def test_no_choice_is_all() -> None:
    assert choose([]) == QUESTIONS


def test_an_unknown_question_is_refused_with_the_nearest() -> None:
    with pytest.raises(AskError, match="did you mean damage") as refused:
        choose(["exposed", "damages"])
    assert "who-did-it" in refused.value.remedy


def test_only_what_is_needed_is_asked_for() -> None:
    assert needs_of(choose(["undetermined", "helped"])) == frozenset()
    assert needs_of(choose(["undetermined", "damage"])) == {RECORD}
    assert needs_of(choose(["exposed", "told"])) == {"services", "organisations", LEFT, REACH}
    assert needs_of(QUESTIONS) == {*EVERY_UNIT, LEFT, OTHERS, REACH, RECORD}
