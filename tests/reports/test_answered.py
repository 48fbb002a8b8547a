"""An answer as a value."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.reports.answering import CENSUS_FIGURES, DAY, course, material

from tocsin.reports.answered import Answer, Answers
from tocsin.reports.material import OtherCase, Table
from tocsin.reports.questions import QUESTIONS, choose

(EXPOSED,) = choose(["exposed"])
(DAMAGE,) = choose(["damage"])


def test_it_is_answered_when_there_are_figures_and_nothing_is_missing() -> None:
    assert Answer(question=EXPOSED, figures=CENSUS_FIGURES).is_answered
    assert not Answer(question=EXPOSED).is_answered
    assert not Answer(question=DAMAGE, figures=CENSUS_FIGURES).is_answered


def test_every_figure_counts_the_doubtful_ones_in() -> None:
    one, two, three = CENSUS_FIGURES[:3]
    assert Answer(question=EXPOSED, figures=(one,), series=(two,), doubts=(three,)).every_figure == (one, two, three)


def test_its_json_has_everything_a_reader_needs() -> None:
    median = course("services").median
    assert median is not None
    table = Table(title="Who", columns=("who", "why"), rows=(("Example Council", "never fixed"),))
    found = Answer(
        question=EXPOSED,
        tables=(table,),
        beside=(OtherCase(case_id="example-2023", title="Example", as_of=DAY, medians=(median,)),),
    ).as_json()
    assert found["tables"] == [{"title": "Who", "rows": [{"who": "Example Council", "why": "never fixed"}]}]
    assert found["other_cases"] == [
        {"case": "example-2023", "as_of": "2021-03-31", "figures": [median.as_json()], "unknown": []}
    ]
    assert found["missing"] is None


def test_all_of_them_are_json_without_a_number_that_is_none() -> None:
    endless = replace(CENSUS_FIGURES[0], high=float("inf"))
    given = tuple(Answer(question=question, figures=(endless,)) for question in QUESTIONS)
    found = Answers(material=material(), given=given, command="tocsin answer x").as_json()
    assert json.loads(json.dumps(found, allow_nan=False))["command"] == "tocsin answer x"
