"""What a change made stale is refused, and renewed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, NOW, REGISTRY, Take, import_text, row, write_report

from tocsin.errors import AskError
from tocsin.store.workspace import Workspace
from tocsin.tasks.census import take_census
from tocsin.tasks.findings import list_findings
from tocsin.tasks.rejudge import rejudge

WITH_SCHOOL = REGISTRY + "school,Example School,GB,education,yes,,192.0.2.0/24,,\n"


def _owners(workspace: Workspace) -> list[object]:
    return list_findings(workspace, CASE).column("constituent").to_pylist()


def test_a_new_registry_makes_figures_stale_until_they_are_renewed(
    take: Take, tmp_path: Path, workspace: Workspace
) -> None:
    take(write_report(tmp_path, [row("192.0.2.7"), row("203.0.113.7")]))
    assert _owners(workspace) == [None, "council"]
    import_text(workspace, tmp_path, WITH_SCHOOL, now=NOW + timedelta(hours=1))
    with pytest.raises(AskError, match="tocsin rejudge"):
        take_census(workspace, CASE)
    later = NOW + timedelta(hours=2)
    assert [each.findings[CASE] for each in rejudge(workspace, clock=lambda: later)] == [2]
    assert _owners(workspace) == ["school", "council"]
    assert list(rejudge(workspace, clock=lambda: later)) == []


def test_what_was_known_before_is_answered_as_it_was_judged_then(
    take: Take, tmp_path: Path, workspace: Workspace
) -> None:
    take(write_report(tmp_path, [row("192.0.2.7")]))
    import_text(workspace, tmp_path, WITH_SCHOOL, now=NOW + timedelta(hours=1))
    list(rejudge(workspace, clock=lambda: NOW + timedelta(hours=2)))
    table = list_findings(workspace, CASE, known_at=NOW + timedelta(minutes=30))
    assert table.column("constituent").to_pylist() == [None]


def test_a_moment_at_which_verdicts_were_stale_is_refused(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(write_report(tmp_path, [row("192.0.2.7")]))
    import_text(workspace, tmp_path, WITH_SCHOOL, now=NOW + timedelta(hours=1))
    list(rejudge(workspace, clock=lambda: NOW + timedelta(hours=3)))
    with pytest.raises(AskError, match="judged with an older constituency"):
        take_census(workspace, CASE, known_at=NOW + timedelta(hours=2))
    assert list_findings(workspace, CASE, known_at=NOW + timedelta(hours=4)).column("constituent").to_pylist() == [
        "school"
    ]


def test_a_moment_to_come_is_refused(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(write_report(tmp_path, [row("192.0.2.7")]))
    with pytest.raises(AskError, match="is still to come"):
        take_census(workspace, CASE, known_at=NOW.replace(year=2999))
