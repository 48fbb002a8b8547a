"""Plans as they are shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tasks.notifying import MONDAY, planned, world

from tocsin.errors import AskError
from tocsin.tasks.notify_show import list_all, show_plan


def test_totals_count_what_would_be_sent_and_what_would_not(tmp_path: Path) -> None:
    place = world(tmp_path)
    totals = planned(place).view.totals()
    assert totals == {
        "notices": 3,
        "findings": 4,
        "compromised": 0,
        "public_bodies": 1,
        "persons": 0,
        "by_kind": {"first": 3},
        "by_channel": {"mail": 3},
        "withheld_constituents": 1,
        "withheld_findings": 1,
        "withheld": {"no_contact": {"constituents": 1, "findings": 1}},
    }


def test_rows_lead_back_to_the_line_that_was_seen(tmp_path: Path) -> None:
    shown = planned(world(tmp_path)).view.as_json(in_full=True)
    (first, *_) = shown["notices"]  # type: ignore[misc]
    assert first["name"] == "Example Council"
    assert [(item["address"], item["line"]) for item in first["items"]] == [("203.0.113.7", 2), ("203.0.113.8", 3)]
    assert "items" not in planned(world(tmp_path / "again")).view.as_json()["notices"][0]  # type: ignore[index]


def test_plans_are_listed_by_case(tmp_path: Path) -> None:
    place = world(tmp_path)
    made = planned(place).view.filed
    assert [each["plan"] for each in list_all(place, case_id=made.case_id)] == [made.id]
    assert list_all(place, case_id="other") == []
    with pytest.raises(AskError, match="no plan"):
        show_plan(place, "x", now=MONDAY)
