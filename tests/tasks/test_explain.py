"""One service's whole story."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, Take, row, write_report

from tocsin.errors import AskError
from tocsin.store.workspace import Workspace
from tocsin.tasks.explain import explain


def test_every_observation_with_its_line_and_each_change(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    for day, build in ((10, "15.1.2106.2"), (12, "15.1.2106.13")):
        take(write_report(tmp_path, [row("203.0.113.7", day=day, tags="exchange", build=build)], day=day))
    story = explain(workspace, "203.0.113.7:443", case_id=CASE)
    assert [(each["source"], each["line"], each["status"]) for each in story.observations] == [
        ("2021-03-10-scan_exchange.csv", 2, "affected"),
        ("2021-03-12-scan_exchange.csv", 2, "fixed"),
    ]
    assert "2021-03-10 → 2021-03-12: status affected → fixed" in story.changes
    assert story.state is not None
    assert story.state["status"] == "fixed"
    assert story.owner is not None


def test_as_of_an_earlier_day_it_knows_only_what_was_seen_by_then(
    take: Take, tmp_path: Path, workspace: Workspace
) -> None:
    for day in (10, 12):
        take(write_report(tmp_path, [row("203.0.113.7", day=day)], day=day))
    assert len(explain(workspace, "203.0.113.7", case_id=CASE, as_of=date(2021, 3, 11)).observations) == 1


def test_a_service_never_seen_is_told(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(write_report(tmp_path, [row("203.0.113.7")]))
    with pytest.raises(AskError, match="was not observed"):
        explain(workspace, "203.0.113.8", case_id=CASE)
