"""An earlier answer comes from a file, which anybody may have written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.figures.arbitrary import figures
from tests.reports.answering import DAY, count, course, material

from tocsin.errors import AskError
from tocsin.figures import Comparison, Estimate, Figure, Measure
from tocsin.labels import Label
from tocsin.reports._statements import CASE
from tocsin.reports.answering import compose
from tocsin.reports.answers import rendered
from tocsin.reports.earlier import (
    MOST_BYTES,
    Changed,
    Earlier,
    amount,
    changes,
    difference_in_words,
    latest,
    read_earlier,
)
from tocsin.reports.questions import QUESTIONS

WEEK = timedelta(days=7)
WRITTEN = rendered(compose(material(), QUESTIONS), "json", Label.GREEN)
ENDLESS = float("inf")


def read(data: bytes, *, case_id: str = CASE, as_of: date = DAY) -> Earlier:
    return read_earlier(data, name="then.json", case_id=case_id, as_of=as_of)


def altered(**others: object) -> bytes:
    return json.dumps({**json.loads(WRITTEN), **others}).encode()


def changed(then: Figure, now: Figure) -> Changed:
    (found,) = changes(latest([then]), latest([now]))
    return found


def test_what_answer_wrote_is_read_back() -> None:
    found = read(WRITTEN)
    assert (found.label, found.as_of, found.questions) == (Label.GREEN, DAY, {each.id for each in QUESTIONS})
    assert found.figures["services-affected", Measure.COUNT] == material().counted("services-affected")[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[]", "holds no answer"),
        (b'{"a": NaN}', "NaN is no number"),
        (b"[" * 100_000, "no JSON"),
        (b'{"a": ' + b"9" * 9000 + b"}", "no JSON"),
        (altered(case="citrix-bleed-2023"), "not about"),
        (altered(as_of="2021-04-31"), "as_of"),
        (altered(as_of=7), "as_of"),
        (altered(as_of="2022-01-01"), "is of 2022-01-01, after 2021-03-31"),
        (altered(label="puce"), "label"),
        (altered(answers={}), "answers"),
        (altered(answers=[1]), "answers"),
        (altered(answers=[{"figures": 1}]), "must be a list"),
        (altered(answers=[{"figures": [{"id": "x"}]}]), "is missing"),
    ],
)
def test_anything_else_is_refused_with_a_reason(data: bytes, words: str) -> None:
    with pytest.raises(AskError) as refused:
        read(data)
    assert words in str(refused.value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda some: (
            st.lists(some)
            | st.dictionaries(
                st.sampled_from(["case", "as_of", "label", "answers", "figures", "not_known", "id"]), some
            )
        ),
    )
)
def test_no_json_at_all_does_more_than_be_refused(value: object) -> None:
    with pytest.raises(AskError):
        read(json.dumps(value).encode())


def test_a_huge_file_is_refused_unread() -> None:
    with pytest.raises(AskError, match="larger than 64 MiB"):
        read(b" " * (MOST_BYTES + 1))


def test_the_latest_of_a_series_stands_for_it() -> None:
    now = course("services").exposure
    assert latest(now)["services-still-exposed", Measure.SHARE].as_of == DAY


def test_a_count_and_a_share_of_one_id_are_two_figures() -> None:
    both = (count("services-fixed", 3), course("services").ends[0])
    assert len(latest(both)) == 2


def test_a_change_has_bounds_of_its_own() -> None:
    then, now = count("services-affected", 120, 150, as_of=DAY - WEEK), count("services-affected", 100, 110)
    assert changed(then, now).comparison == Comparison(relation="less", low=-50, high=-10)
    assert changed(then, now).told() == "10 to 50 fewer"


def test_what_differs_is_named_where_the_two_are_not_of_the_same_thing() -> None:
    then = count("services-affected", 120, as_of=DAY - WEEK, method="another", place="GB")
    told = changed(then, count("services-affected", 100)).told()
    assert told == "not comparable: place (GB / everywhere seen); method"


def test_new_and_gone_figures_are_listed() -> None:
    found = changes(latest([count("services-fixed", 1)]), latest([count("services-affected", 1)]))
    assert [each.told().partition(":")[0] for each in found] == ["new", "gone"]


def test_two_answers_of_one_day_can_be_held_beside_each_other() -> None:
    assert changed(count("services-affected", 5), count("services-affected", 7)).told() == "2 more"


@pytest.mark.parametrize(
    ("low", "high", "measure", "words"),
    [
        (0, 0, Measure.COUNT, "no change"),
        (-3, 12, Measure.COUNT, "between 3 fewer and 12 more"),
        (0, 12, Measure.COUNT, "0 to 12 more"),
        (-0.0312, -0.02, Measure.SHARE, "2 to 3.2 points less"),
        (1, ENDLESS, Measure.DAYS, "at least 1 days more"),
        (-ENDLESS, ENDLESS, Measure.DAYS, "cannot tell: one has no upper bound"),
        (-ENDLESS, -2, Measure.DAYS, "at least 2 days less"),
    ],
)
def test_differences_in_words(low: float, high: float, measure: Measure, words: str) -> None:
    assert difference_in_words(Comparison(relation="cannot tell", low=low, high=high), measure) == words


def test_amounts_for_a_cell() -> None:
    whole = count("services-exposed", 200)
    median = replace(whole, measure=Measure.DAYS, low=11, high=ENDLESS)
    assert amount(whole) == "200"
    assert amount(replace(whole, high=210)) == "200 to 210"
    assert amount(course("services").exposure[0]) == "10.0% (5.0% to 30.0%)"
    assert amount(median) == "at least 11 days"
    assert amount(replace(median, estimate=Estimate(value=18, low=17, high=20))) == "18 days (at least 11 days)"


@given(figures(), figures())
def test_any_two_figures_are_told_without_nan(then: Figure, other: Figure) -> None:
    values = {name: getattr(other, name) for name in ("measure", "low", "high", "estimate", "as_of")}
    for found in changes(latest([then]), latest([replace(then, **values)])):
        assert "nan" not in found.told().lower()
        json.dumps(found.as_json(), allow_nan=False)
