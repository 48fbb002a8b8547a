"""Dates, counted from the day on which the words were said. The texts are invented."""

from __future__ import annotations

from datetime import date

import pytest
from tests.record.reading.pages import running_text

from tocsin.record.reading.dates import find_dates


@pytest.mark.parametrize(
    ("words", "begins", "ends"),
    [
        ("on 22 July 2021", date(2021, 7, 22), date(2021, 7, 22)),
        ("on March 3, 2020", date(2020, 3, 3), date(2020, 3, 3)),
        ("yesterday", date(2023, 5, 2), date(2023, 5, 2)),
        ("in early March", date(2023, 3, 1), date(2023, 3, 10)),
        ("in 2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("last year", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_a_date_is_counted_from_the_day_of_the_page(words: str, begins: date, ends: date) -> None:
    page = running_text(f"The attack on Example Mail was found {words}.", day=date(2023, 5, 3))
    (when,) = find_dates(page)
    assert (when.begins, when.ends) == (begins, ends)
    assert when.span is not None
    assert when.span.of(page.text) in words


def test_the_end_of_a_month_is_its_last_day_in_the_latest_year_that_is_past() -> None:
    (when,) = find_dates(running_text("By the end of March, most had patched.", day=date(2023, 2, 1)))
    assert when.begins == date(2022, 3, 31)


def test_a_modal_verb_is_no_month() -> None:
    assert find_dates(running_text("They may have been hit.", day=date(2023, 5, 3))) == ()
