"""The main job on the real, anonymised report of May 2021, where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, NOW, Take, counts

from tocsin.errors import FeedError
from tocsin.store.workspace import Workspace
from tocsin.tasks.census import take_census
from tocsin.tasks.findings import list_findings

LATER = NOW.replace(month=6)


@pytest.fixture
def reports(shared_data: Path) -> Path:
    return shared_data / "scan-samples" / "shadowserver-intelmq"


def test_the_report_of_may_2021_goes_through_as_it_is(take: Take, workspace: Workspace, reports: Path) -> None:
    (intake,) = take(reports / "scan_exchange.csv", now=LATER)
    assert counts([intake]) == [(7, 7, 0, 0)]
    figures = {figure.id: (figure.low, figure.high) for figure in take_census(workspace, CASE).figures}
    assert figures["services-affected"] == (6, 7)
    assert figures["services-fixed"] == (0, 1)
    assert figures["services-undetermined"] == (1, 1)
    assert figures["services-compromised_confirmed"] == (2, 2)


def test_each_of_its_servers_has_its_reason(take: Take, workspace: Workspace, reports: Path) -> None:
    take(reports / "scan_exchange.csv", now=LATER)
    by_build = {row["build"]: row for row in list_findings(workspace, CASE).to_pylist()}
    assert by_build["15.0.847"]["reason"] == "partial_build"
    assert by_build["15.0.847"]["candidates"].count(";") == 5
    assert "all 2 builds it could be by 2021-05-14 lack the fix" in by_build["15.0.1178"]["basis"]
    assert by_build[None]["status"] == "affected"


def test_every_row_of_the_special_report_is_accounted_for(take: Take, reports: Path) -> None:
    (intake,) = take(reports / "special.csv", now=LATER)
    rows, observations, duplicates, rejected = counts([intake])[0]
    assert rows == observations + duplicates + rejected > 0


def test_every_other_report_is_refused_in_plain_words(take: Take, reports: Path) -> None:
    others = [path for path in sorted(reports.glob("*.csv")) if path.stem not in ("scan_exchange", "special")]
    for path in others:
        with pytest.raises(FeedError, match="--map"):
            take(path, now=LATER)
    assert others
