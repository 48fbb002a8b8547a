"""``tocsin init`` and ``purge`` as a person sees them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.tasks.conftest import row, write_report
from tests.ui.cli.conftest import Run, data
from typer.testing import CliRunner

from tocsin.ui.cli.main import app


def test_init_says_what_it_made_and_what_is_next(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["init", str(tmp_path / "new")])
    assert result.exit_code == 0
    assert "a workspace, TLP:AMBER" in result.stdout
    assert "list of targets" in result.stderr
    assert CliRunner().invoke(app, ["init", str(tmp_path / "new")]).exit_code == 1


def test_init_does_not_print_the_desks_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = SimpleNamespace(root=tmp_path, desk_url="postgresql+psycopg://me:secret@host/db", label="TLP:AMBER")
    monkeypatch.setattr("tocsin.tasks.workspace.init", lambda *_, **__: made)
    result = CliRunner().invoke(app, ["init", str(tmp_path / "new"), "--json"])
    assert data(result)["desk"] == "postgresql+psycopg://me:***@host/db"


def test_init_refuses_an_unknown_label(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["init", str(tmp_path / "new"), "--label", "puce"])
    assert result.exit_code == 1
    assert not (tmp_path / "new").exists()


def test_purge_shows_before_it_does(run: Run, tmp_path: Path) -> None:
    run("ingest", write_report(tmp_path, [row("203.0.113.7")]))
    assert "1 batches would be forgotten" in run("purge", "--before", "2021-03-11").stdout
    assert "1 batches forgotten" in run("purge", "--before", "2021-03-11", "--yes").stdout
    assert data(run("batches", "--json"))["batches"] == []


def test_the_version_and_help() -> None:
    assert CliRunner().invoke(app, ["--version"]).stdout.startswith("tocsin ")
    assert "census" in CliRunner().invoke(app, ["--help"]).stdout
