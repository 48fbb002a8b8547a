"""What an assertion is known by, and what its parts say."""

from __future__ import annotations

from datetime import date

from tocsin.figures import Period
from tocsin.record.assertions import Assertion, Assessment, Attribution, Body, Level, Relation, When
from tocsin.record.spans import Span


def made(body: Body) -> Assertion:
    return Assertion(id="1", document="0" * 64, span=Span(0, 4), rule="a.rule", body=body)


def test_its_kind_is_the_name_of_its_body() -> None:
    assert made(Assessment(what="damage")).kind == "assessment"
    accused = Attribution(accused=(), level=Level.TERRITORY, relation=Relation.LOCATED_IN)
    assert made(accused).kind == "attribution"


def test_levels_are_in_order_and_have_the_words_of_gold_files() -> None:
    assert [level.word for level in sorted(Level)] == [
        "unspecified", "territory", "group", "state-affiliated", "state-organ", "state",
    ]  # fmt: skip


def test_a_date_gives_the_day_or_the_days_of_a_figure_or_nothing() -> None:
    day, last = date(2023, 3, 1), date(2023, 3, 10)
    assert When(span=None, begins=day, ends=day, precision="day").days == day
    assert When(span=None, begins=day, ends=last, precision="part-of-month").days == Period(begins=day, ends=last)
    assert When(span=None, begins=None, ends=None, precision="unresolved").days is None
