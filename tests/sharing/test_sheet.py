"""The record as one CSV table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.record.reviewing import GROUP, READING
from tests.sharing.records import actions, filed, rows

from tocsin.labels import Label
from tocsin.record import Segment, SegmentKind, Span
from tocsin.record.review import fold
from tocsin.sharing.filed import Choice
from tocsin.sharing.sheet import COLUMNS, cell, sheet


def test_every_assertion_is_a_row_with_its_state_of_review() -> None:
    found = {row["id"]: row for row in rows(sheet([filed(*actions())], Choice(), Label.AMBER))}
    assert {name: row["review"] for name, row in found.items()} == {
        "organ": "accepted",
        "group": "machine-read",
        "number": "corrected",
        "denial": "accepted",
        "code": "rejected",
    }
    assert found["code"]["reason"] == "a retort"
    assert (found["number"]["unit"], found["number"]["as_read"], found["number"]["value"]) == (
        "hosts",
        "unit=servers",
        "400",
    )
    assert found["organ"]["reviewers"] == "A. Example; B. Sample"
    assert {row["label"] for row in found.values()} == {"TLP:AMBER"}


def test_the_day_of_the_utterance_stands_beside_the_day_of_the_document() -> None:
    debate = filed()
    turn = Segment(kind=SegmentKind.TURN, span=Span(0, 90), uttered=date(2021, 7, 1))
    reading = replace(READING, segments=(turn,), assertions=(replace(GROUP, segment=0),))
    (row,) = rows(sheet([replace(debate, reviewed=fold(reading, []))], Choice(), Label.AMBER))
    assert (row["said_on"], row["published"]) == ("2021-07-01", "2021-07-19")


def test_the_header_is_there_without_any_row() -> None:
    assert sheet([], Choice(), Label.CLEAR).decode().strip().split(",") == list(COLUMNS)


def test_what_a_spreadsheet_would_compute_is_made_harmless() -> None:
    (row, *_) = rows(sheet([filed(title='=HYPERLINK("x")\x1b')], Choice(), Label.CLEAR))
    assert row["title"] == '\'=HYPERLINK("x")\\x1b'


def test_the_same_record_gives_the_same_bytes() -> None:
    assert len({sheet([filed(*actions())], Choice(), Label.CLEAR) for _ in range(3)}) == 1


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "yes"),
        (250_000.0, "250000"),
        (0.95, "0.95"),
        (12.5, "12.5"),
        (["a", "b"], "a; b"),
        ("-x", "'-x"),
    ],
)
def test_cells(value: object, shown: str) -> None:
    assert cell(value) == shown
