"""From files to a committed, judged, assigned lake."""

from __future__ import annotations

import gzip
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, NOW, Take, counts, row, write_report

from tocsin.errors import AskError, FeedError, WorkspaceError
from tocsin.store.lake import Lake
from tocsin.store.workspace import Workspace
from tocsin.tasks.census import take_census
from tocsin.tasks.explain import explain
from tocsin.tasks.findings import list_findings
from tocsin.tasks.ingest import Wishes, ingest
from tocsin.tasks.intakes import list_batches, list_rejected
from tocsin.tasks.workspace import init


def _affected(workspace: Workspace, known_at: datetime | None = None) -> tuple[int, int]:
    figures = {figure.id: figure for figure in take_census(workspace, CASE, known_at=known_at).figures}
    return figures["services-affected"].low, figures["services-affected"].high


def test_the_rows_add_up(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    rows = [row("203.0.113.7"), row("203.0.113.7"), row("nonsense"), row("203.0.113.8"), "too,few"]
    (intake,) = take(write_report(tmp_path, rows))
    assert counts([intake]) == [(5, 2, 1, 2)]
    assert intake.findings[CASE] == 2
    assert [(each.pointer.line, each.pointer.column) for each in list_rejected(workspace, file=None)] == [
        (4, "ip"),
        (6, None),
    ]
    assert _affected(workspace) == (2, 2)


def test_the_same_content_again_changes_nothing_and_says_so(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    path = write_report(tmp_path, [row("203.0.113.7")])
    packed = tmp_path / "2021-03-10-scan_exchange.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert [each.outcome for each in take(path, path, packed)] == ["new", "known", "known"]
    assert len(list_batches(workspace)) == 1


def test_other_content_of_the_same_day_and_scope_supersedes(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(write_report(tmp_path, [row("203.0.113.7"), row("203.0.113.8")]))
    (second,) = take(write_report(tmp_path, [row("203.0.113.9")]), now=NOW + timedelta(hours=1))
    assert second.supersedes is not None
    assert _affected(workspace) == (1, 1)
    assert _affected(workspace, known_at=NOW + timedelta(minutes=1)) == (2, 2)


def test_what_was_superseded_does_not_come_back(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    (tmp_path / "old").mkdir()
    first = write_report(tmp_path / "old", [row("203.0.113.7")])
    take(first, write_report(tmp_path, [row("203.0.113.9")]))
    (again,) = take(first)
    assert again.outcome == "outdated"
    assert len(list_batches(workspace)) == 1


def test_another_scope_stands_beside(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(
        write_report(tmp_path, [row("203.0.113.7")], suffix="-example-a"),
        write_report(tmp_path, [row("203.0.113.8")], suffix="-example-b"),
    )
    assert _affected(workspace) == (2, 2)


def test_each_member_of_a_zip_is_a_batch(take: Take, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "reports.zip", "w") as archive:
        for day in (10, 11):
            archive.write(
                write_report(tmp_path, [row("203.0.113.7", day=day)], day=day), f"2021-03-{day}-scan_exchange.csv"
            )
    assert [each.batch.day for each in take(tmp_path / "reports.zip")] == ["2021-03-10", "2021-03-11"]


def test_a_truncated_file_leaves_nothing(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    path = write_report(tmp_path, [row("203.0.113.7")] * 1000)
    packed = tmp_path / "2021-03-10-scan_exchange.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes())[:-20])
    with pytest.raises(FeedError):
        take(packed)
    assert list_batches(workspace) == []
    assert Lake(workspace.lake).partitions("observations") == []
    assert list((workspace.lake / "staging").iterdir()) == []


def test_files_before_a_bad_one_stay(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    good = write_report(tmp_path, [row("203.0.113.7")])
    (tmp_path / "2021-03-11-scan_exchange.csv").write_bytes(b"")
    with pytest.raises(FeedError, match="empty"):
        take(good, tmp_path / "2021-03-11-scan_exchange.csv")
    assert len(list_batches(workspace)) == 1


def test_an_empty_report_is_a_batch_without_observations(take: Take, tmp_path: Path) -> None:
    (intake,) = take(write_report(tmp_path, []))
    assert counts([intake]) == [(0, 0, 0, 0)]
    assert intake.batch.day == "2021-03-10"


def test_coverage_and_scope_can_be_overridden(take: Take, tmp_path: Path) -> None:
    (intake,) = take(write_report(tmp_path, [row("203.0.113.7")]), coverage="population", scope="GB")
    assert (intake.batch.coverage, intake.batch.scope) == ("population", "GB")


def test_a_workspace_that_may_not_be_written_is_told(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    (workspace.lake / "staging").write_text("in the way", encoding="ascii")
    with pytest.raises(WorkspaceError, match="nothing of this file was kept"):
        take(write_report(tmp_path, [row("203.0.113.7")]))


def test_a_duplicate_may_stand_in_another_chunk(take: Take, tmp_path: Path) -> None:
    filler = "x" * 400
    rows = [
        row("203.0.113.7") + filler,
        *(row(f"203.0.{113 + n // 250}.{n % 250}", port=1 + n) + filler for n in range(60_000)),
        row("203.0.113.7") + filler,
    ]
    (intake,) = take(write_report(tmp_path, rows))
    assert intake.batch.duplicates == 1


@pytest.mark.parametrize("name", ["my work", "wü", "w?x#y", "batch=1/line=7"])
def test_a_workspace_may_have_an_odd_name(tmp_path: Path, name: str) -> None:
    root = init(tmp_path / name, label="TLP:AMBER")
    path = write_report(tmp_path, [row("203.0.113.7", host="mail.council.example")])
    list(ingest(root, [path], wishes=Wishes(), clock=lambda: NOW))
    assert _affected(root) == (1, 1)
    assert list_findings(root, CASE).column("hostname").to_pylist() == ["mail.council.example"]
    assert len(explain(root, "203.0.113.7", case_id=CASE).observations) == 1
    inside = {each.name.split("-")[0] for each in root.root.iterdir()}
    assert inside == {"desk.sqlite", "lake", "packs", "tocsin.toml"}


def test_a_misspelt_coverage_is_refused(take: Take, tmp_path: Path) -> None:
    with pytest.raises(AskError, match="did you mean positives"):
        take(write_report(tmp_path, [row("203.0.113.7")]), coverage="positive")


def test_a_case_that_no_source_speaks_of_has_no_figures(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(write_report(tmp_path, [row("203.0.113.7")]))
    with pytest.raises(AskError, match="no source has shown anything of it"):
        take_census(workspace, "citrix-bleed-2023")
