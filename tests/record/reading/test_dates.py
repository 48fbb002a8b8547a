"""Dates, counted from the day on which the words were said. The texts are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.reading.pages import document_of, running_text

from tocsin.record.document import Genre
from tocsin.record.gazetteer import load_gazetteer
from tocsin.record.reading.dates import find_dates
from tocsin.record.reading.laying import lay_out

WEDNESDAY = date(2023, 5, 3)


def told(text: str, day: date = WEDNESDAY) -> list[tuple[str, str, str]]:
    page = running_text(text, day=day)
    return [
        (when.span.of(text), f"{when.begins}/{when.ends}", when.precision) for when in find_dates(page) if when.span
    ]


@pytest.mark.parametrize(
    ("words", "begins", "ends"),
    [
        ("on 22 July 2021", date(2021, 7, 22), date(2021, 7, 22)),
        ("on March 3, 2020", date(2020, 3, 3), date(2020, 3, 3)),
        ("on Thursday, 2 March", date(2023, 3, 2), date(2023, 3, 2)),
        ("on 2021-07-19", date(2021, 7, 19), date(2021, 7, 19)),
        ("on 25/12/2020", date(2020, 12, 25), date(2020, 12, 25)),
        ("yesterday", date(2023, 5, 2), date(2023, 5, 2)),
        ("yesterday, on 2 May", date(2023, 5, 2), date(2023, 5, 2)),
        ("last night", date(2023, 5, 2), date(2023, 5, 2)),
        ("on Monday", date(2023, 5, 1), date(2023, 5, 1)),
        ("on Wednesday", date(2023, 5, 3), date(2023, 5, 3)),
        ("last Wednesday", date(2023, 4, 26), date(2023, 4, 26)),
        ("in March 2021", date(2021, 3, 1), date(2021, 3, 31)),
        ("in early March", date(2023, 3, 1), date(2023, 3, 10)),
        ("in June", date(2022, 6, 1), date(2022, 6, 30)),
        ("at the end of February 2024", date(2024, 2, 29), date(2024, 2, 29)),
        ("between October 2021 and January 2022", date(2021, 10, 1), date(2022, 1, 31)),
        ("from 3 to 5 March 2021", date(2021, 3, 3), date(2021, 3, 5)),
        ("in 2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("in mid-2020", date(2020, 5, 1), date(2020, 8, 31)),
        ("in Q3 2022", date(2022, 7, 1), date(2022, 9, 30)),
        ("in the first half of 2021", date(2021, 1, 1), date(2021, 6, 30)),
        ("last summer", date(2022, 6, 1), date(2022, 8, 31)),
        ("last year", date(2022, 1, 1), date(2022, 12, 31)),
        ("late last year", date(2022, 9, 1), date(2022, 12, 31)),
        ("earlier this year", date(2023, 1, 1), date(2023, 5, 2)),
        ("last week", date(2023, 4, 24), date(2023, 4, 30)),
        ("two months ago", date(2023, 3, 1), date(2023, 3, 31)),
        ("ten days ago", date(2023, 4, 23), date(2023, 4, 23)),
        ("in the past three years", date(2020, 1, 1), date(2023, 5, 3)),
        ("since 2021", date(2021, 1, 1), date(2023, 5, 3)),
    ],
)
def test_a_date_is_counted_from_the_day_of_the_page(words: str, begins: date, ends: date) -> None:
    page = running_text(f"The attack on Example Mail was found {words}.", day=WEDNESDAY)
    (when,) = find_dates(page)
    assert (when.begins, when.ends) == (begins, ends)
    assert when.span is not None
    assert when.span.of(page.text) in words


def test_the_end_of_a_month_is_its_last_day_in_the_latest_year_that_is_past() -> None:
    assert told("By the end of March, most had patched.", date(2023, 2, 1)) == [
        ("By the end of March", "2022-03-31/2022-03-31", "end-of-month")
    ]


def test_words_that_look_ahead_mean_the_next_such_day() -> None:
    text = "It was released on 9 April and the review will report by the end of June."
    assert [days for _, days, _ in told(text)] == ["2023-04-09/2023-04-09", "2023-06-30/2023-06-30"]


def test_a_month_borrows_the_year_of_the_list_that_it_stands_in() -> None:
    assert [days[:7] for _, days, _ in told("They were hit in July and September 2020.")] == ["2020-07", "2020-09"]


def test_only_what_is_counted_from_the_utterance_has_an_anchor() -> None:
    dates = find_dates(running_text("It began in May 2021 and ended yesterday.", day=WEDNESDAY))
    assert [when.anchor for when in dates] == [None, WEDNESDAY]


def test_yesterday_within_an_answer_read_out_later_is_counted_from_the_answer() -> None:
    text = (
        "Sample Incident\n\nVolume 1: debated on Thursday 22 June 2023\n\nUrgent Question\n\n"
        "The following Answer was given in the House of Commons on Tuesday 20 June.\n\n"
        "“Yesterday the Government named those behind the attack on Example Mail.”\n\n"
        "My Lords, I repeated yesterday what the Minister had said."
    )
    page = lay_out(document_of(text, Genre.DEBATE, date(2023, 6, 22)), load_gazetteer())
    assert [when.begins for when in find_dates(page)] == [date(2023, 6, 19), date(2023, 6, 21)]


@pytest.mark.parametrize("text", ["A recent report says so.", "At the time, nobody knew.", "In the past few months."])
def test_what_cannot_be_resolved_has_no_days(text: str) -> None:
    assert all(when.days is None and when.precision == "unresolved" for when in find_dates(running_text(text)))


@pytest.mark.parametrize(
    "text",
    [
        "They may have been hit.",
        "May I ask who did it?",
        "They march on.",
        "Example Server 2013 and Horizon 2020.",
        "CVE-2021-12345 and Directive (EU) 2022/2555.",
        "It costs 2,021 pounds.",
        "The Sunday Times said so.",
    ],
)
def test_a_modal_verb_a_name_and_a_code_are_no_dates(text: str) -> None:
    assert told(text) == []


def test_a_page_without_a_day_resolves_only_what_stands_by_itself() -> None:
    page = running_text("It began on 3 May 2021 and ended yesterday.", day=WEDNESDAY)
    bare = replace(page, document=replace(page.document, published=None))
    assert [when.begins for when in find_dates(bare)] == [date(2021, 5, 3), None]


@given(st.dates(min_value=date(1960, 1, 1), max_value=date(2040, 1, 1)))
def test_every_day_written_out_is_read_back(day: date) -> None:
    text = f"It was found on {day.day} {day:%B} {day.year}, they say."
    assert told(text) == [(f"on {day.day} {day:%B} {day.year}", f"{day}/{day}", "day")]


@given(st.text(alphabet="In on the 0123456789-/ May March Monday last year ago", max_size=80))
def test_dates_are_in_order_and_do_not_meet(text: str) -> None:
    spans = [when.span for when in find_dates(running_text(text)) if when.span]
    assert all(first.ends <= second.begins for first, second in pairwise(spans))


@pytest.mark.parametrize(
    ("words", "begins"),
    [("On 7 December 1941", "1941-12-07"), ("On December 7, 1941,", "1941-12-07"), ("In June 1944", "1944-06-01")],
)
def test_a_year_long_past_is_the_year(words: str, begins: str) -> None:
    assert [days.partition("/")[0] for _, days, _ in told(f"{words} Exampleland was attacked.")] == [begins]


@pytest.mark.parametrize("words", ["On 3 March 99999", "On 1 January 0000", "In March 9999", "On March 3, 12345,"])
def test_a_year_that_none_can_mean_is_left_unresolved(words: str) -> None:
    ((_, days, precision),) = told(f"{words} Exampleland was attacked.")
    assert (days, precision) == ("None/None", "unresolved")


def test_a_count_after_a_month_is_no_year() -> None:
    ((_, days, _),) = told("In March 12000 servers were hit.")
    assert days == "2023-03-01/2023-03-31"
