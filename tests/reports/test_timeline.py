"""What the record dates, in order."""

from __future__ import annotations

import io

from tests.reports.stating import both

from tocsin.labels import Label
from tocsin.reports.tables import write_rows
from tocsin.reports.timeline import COLUMNS, timeline, timeline_table


def test_dated_ones_come_in_order_and_the_unresolved_last() -> None:
    found = timeline(both())
    assert [(each.statement.claim.id, each.when.precision) for each in found] == [
        ("broken", "day"),
        ("bank", "unresolved"),
    ]
    assert timeline_table(found).rows[0][0] == "2021-03-02"
    assert timeline_table(found).rows[1][0] == "unresolved"


def test_what_was_said_may_stand_among_them_on_its_day() -> None:
    found = timeline(both(), with_said=True)
    assert len(found) == len(both())
    assert [each.when.precision for each in found] == ["day", *["said"] * 8, "unresolved"]


def test_every_row_has_its_words_and_place_and_is_safe_in_a_spreadsheet() -> None:
    found, file = timeline(both()), io.StringIO()
    write_rows(COLUMNS, (each.row() for each in found), Label.AMBER, file)
    assert file.getvalue().splitlines()[0] == ",".join((*COLUMNS, "label"))
    assert all(len(each.row()) == len(COLUMNS) for each in found)
    assert "On 2 March" in file.getvalue()


def test_json_tells_the_words_of_the_date() -> None:
    when = timeline(both())[0].as_json()["when"]
    assert when == {
        "begins": "2021-03-02",
        "ends": "2021-03-02",
        "precision": "day",
        "words": "On 2 March",
        "counted_from": None,
    }
