"""Forgetting: by age and by constituent, the lake's old versions too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, NOW, Take, row, write_report

from tocsin.errors import AskError
from tocsin.store.workspace import Workspace
from tocsin.tasks.findings import list_findings
from tocsin.tasks.intakes import list_batches
from tocsin.tasks.purge import Purged, purge


def _purge(workspace: Workspace, *, dry_run: bool = False, **what: object) -> Purged:
    return purge(workspace, **({"before": None, "constituent": None} | what), dry_run=dry_run, now=NOW)  # type: ignore[arg-type]


def _bytes_of(workspace: Workspace) -> bytes:
    return b"".join(path.read_bytes() for path in workspace.root.rglob("*") if path.is_file())


def test_a_dry_run_changes_nothing(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(write_report(tmp_path, [row("203.0.113.7")]))
    gone = _purge(workspace, before=date(2021, 3, 11), dry_run=True)
    assert (gone.batches, gone.files) == (1, 0)
    assert len(list_batches(workspace)) == 1


def test_old_batches_go_with_every_file(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(
        write_report(tmp_path, [row("203.0.113.7"), "broken"]),
        write_report(tmp_path, [row("203.0.113.8", day=12)], day=12),
    )
    _purge(workspace, before=date(2021, 3, 11))
    assert [batch.day for batch in list_batches(workspace)] == ["2021-03-12"]
    assert list_findings(workspace, CASE).column("address").to_pylist() == ["203.0.113.8"]
    assert (
        len([path for path in (workspace.lake / "observations").rglob("*.parquet") if "_delta_log" not in path.parts])
        == 1
    )
    assert not [path for path in (workspace.lake / "rejected").rglob("*.parquet") if "_delta_log" not in path.parts]


def test_everything_about_a_constituent_goes(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    mail = row("203.0.113.7", host="owa.council.example", name_from="ssl", tags="exchange;webshell")
    take(write_report(tmp_path, [mail, row("198.51.100.7")]))
    assert b"security@council.example" in _bytes_of(workspace)
    gone = _purge(workspace, constituent="council")
    assert gone.observations == 1
    assert list_findings(workspace, CASE).column("address").to_pylist() == ["198.51.100.7"]
    assert b"security@council.example" not in _bytes_of(workspace)
    assert b"owa.council.example" not in _bytes_of(workspace)


def test_an_unknown_constituent_is_told(workspace: Workspace) -> None:
    with pytest.raises(AskError, match="did you mean council"):
        _purge(workspace, constituent="councli")


def test_one_of_both_must_be_said(workspace: Workspace) -> None:
    with pytest.raises(AskError, match="say what to forget"):
        _purge(workspace)
