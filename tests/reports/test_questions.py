"""The questions that were put in public."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
from tests.building import findings

from tocsin.figures import Query
from tocsin.remediation import Frame, census
from tocsin.reports.questions import QUESTIONS, answers


def test_every_question_has_figures_or_says_what_is_missing() -> None:
    assert all(question.figures or question.missing for question in QUESTIONS)


def test_every_figure_that_a_question_names_is_one_that_a_census_gives() -> None:
    services = findings([{}])
    for name in ("is_sure", "is_doubted", "is_current"):
        services = services.append_column(name, pa.array([True]))
    frame = Frame(as_of=date(2021, 3, 31), known_at=None, method="by test", source=Query(command="a test"))
    given = answers(census(services, {}, frame))
    assert all(len(figures) == len(question.figures) for question, figures in given)
