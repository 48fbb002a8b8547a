from __future__ import annotations

from datetime import date

import pytest

from tocsin.record.reading.datelines import day_named, is_dateline, stated_date
from tocsin.record.spans import Span

DAY = date(2027, 3, 9)


@pytest.mark.parametrize(
    "text",
    [
        "A title\n\n2027-03-09\n\nThe text of it.",
        "A title\n\nTue 9 Mar 2027 10.21 EDT\n\nFirst published on Mon 8 Mar 2027 07.37 EDT",
        "A title\n\nVolume 12: debated on Tuesday 9 March 2027",
        "Foreword\n\nMarch 9th, 2027",
        "For immediate release, 9 March 2027\n\nWe condemn the attack of 3 January 2027.",
        "EXAMPLETON, 9 March 2027 – The government said on 1 May 2026 that it was hit.",
        "Spokesperson's Regular Press Conference on March 9, 2027",
        "The breach of 3 February 2027\n\nPublished 9 March 2027",
    ],
)
def test_the_date_at_the_top_is_the_documents(text: str) -> None:
    found = stated_date(text)
    assert found is not None
    assert found[0] == DAY
    assert "2027" in found[1].of(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nothing is dated here.",
        "The attack began on 9 March 2027.",
        "The attack of 9 March 2027",
        "31 February 2027",
        "x\n\n" * 60 + "9 March 2027",
    ],
)
def test_a_date_in_running_text_or_of_the_event_is_not(text: str) -> None:
    assert stated_date(text) is None


def test_a_day_without_a_year_is_the_latest_before() -> None:
    text = "was given in the House of Commons on Monday 30 December."
    assert day_named(text, Span(0, len(text)), date(2027, 1, 4)) == date(2026, 12, 30)
    assert day_named(text, Span(0, len(text)), None) is None


def test_a_line_of_nothing_but_a_date_is_a_dateline() -> None:
    for text in ("Updated: 9 March 2027, 10:15 GMT", "2027-03-09", "Tue 9 Mar 2027 10.21 EDT"):
        assert is_dateline(text, Span(0, len(text)))
    assert not is_dateline("The meeting of 9 March 2027", Span(0, 27))
