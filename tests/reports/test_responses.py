"""What was done about it, incidents side by side."""

from __future__ import annotations

from datetime import date

import pytest
from tests.reports.stating import NEWS, both, read, said

from tocsin.record import Response, Standing
from tocsin.reports.responses import COLUMNS, responses, side_by_side
from tocsin.reports.stated import statements


def test_each_measure_has_its_standing_and_who_takes_it() -> None:
    found = responses(both())
    assert [(each.body.measure, each.actors) for each in found] == [
        ("sanctions", "government of the United Kingdom"),
        ("summons", "news.txt"),
    ]
    assert all(len(each.row()) == len(COLUMNS) for each in found)


@pytest.mark.parametrize("measure", ["denial", "non_disclosure"])
def test_a_denial_is_no_measure(measure: str) -> None:
    denial = said("denial", "We had no hand in it", Response(measure=measure, standing=Standing.DECLINED), text=NEWS)
    assert responses(statements([read("news", NEWS, date(2021, 7, 20), [denial])])) == ()


def test_a_column_for_each_incident_with_the_words() -> None:
    table = side_by_side(responses(both()))
    assert table.columns == ("measure", "standing", "example-mail")
    assert "“We have imposed sanctions”" in table.rows[0][2]
    assert "1 reviewed, 0 machine-read" in table.rows[0][2]


def test_what_has_no_column_is_counted() -> None:
    assert "1 more incidents have no column" in side_by_side(responses(both()), most=0).title


def test_json_has_the_span() -> None:
    first = responses(both())[0].as_json()
    assert first["span"]["text"] == "We have imposed sanctions"  # type: ignore[index]
    assert first["measure_standing"] == "taken"
