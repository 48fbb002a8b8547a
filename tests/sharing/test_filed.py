"""What every export begins with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.record.reviewing import GROUP, NUMBER, READING, TEXT
from tests.sharing.records import actions, filed

from tocsin.record import Party, Segment, SegmentKind, Span
from tocsin.sharing.filed import Choice, as_read, countries, fields_of, review_of, uttered


def test_rejected_ones_leave_only_when_asked_for() -> None:
    record = filed(*actions())
    assert [item.assertion.id for item in Choice().items(record)] == ["organ", "group", "number", "denial"]
    assert len(list(Choice().items(record, withdrawn=True))) == 5


def test_reviewed_ones_only() -> None:
    chosen = Choice(reviewed_only=True).items(filed(*actions()))
    assert [item.assertion.id for item in chosen] == ["organ", "number", "denial"]


def test_one_incident_only() -> None:
    assert list(Choice(incident="another").items(filed())) == []
    assert len(list(Choice(incident="example-mail").items(filed()))) == 5


def test_fields_are_words() -> None:
    said = fields_of(GROUP, TEXT)
    assert (said["level"], said["accused"], said["actors"]) == ("territory", ["territory:FR"], ["actor:example-panda"])
    assert (said["probability_words"], said["band"]) == ("Almost certainly", "almost_certain")
    assert (said["date_begins"], said["date_precision"]) == ("2021-03-02", "day")
    assert fields_of(NUMBER, TEXT)["hedges"] == ["About"]


def test_what_the_machine_wrote_is_told_of_corrected_fields_alone() -> None:
    by_id = {item.assertion.id: item for item in Choice().items(filed(*actions()))}
    assert as_read(by_id["number"], TEXT) == {"unit": "servers"}
    assert as_read(by_id["organ"], TEXT) == {}


def test_the_state_of_review_is_told() -> None:
    by_id = {item.assertion.id: review_of(item) for item in Choice().items(filed(*actions()))}
    assert by_id["organ"]["review"] == "accepted"
    assert by_id["organ"]["reviewers"] == ["A. Example", "B. Sample"]
    assert by_id["group"] == {"review": "machine-read", "reviewers": [], "reviewed_at": None, "reason": None}


def test_countries_are_those_that_names_carry() -> None:
    named = ("gov:GB", "org:EU", "organ:FR-sample", "group:us-sample", "person:example", "state:FR", "org:UN")
    assert countries(Party(canonical=name) for name in named) == ["GB", "FR", "US"]


def test_the_day_of_the_innermost_part_counts() -> None:
    outer = Segment(kind=SegmentKind.TURN, span=Span(0, 90), uttered=date(2021, 7, 1))
    inner = Segment(kind=SegmentKind.QUOTATION, span=Span(0, 9), parent=0)
    record = filed()
    reading = replace(READING, segments=(outer, inner))
    record = replace(record, reviewed=replace(record.reviewed, reading=reading))
    assert uttered(record, replace(GROUP, segment=1)) == date(2021, 7, 1)
    assert uttered(record, GROUP) == date(2021, 7, 19)
