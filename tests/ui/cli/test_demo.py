from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tocsin.ui.cli.demo import run_here
from tocsin.ui.cli.main import app


def test_a_small_demo_tells_what_it_compared(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["demo", str(tmp_path / "d"), "--scale", "300", "--days", "1"])
    assert done.exit_code == 0, done.output
    assert "services-affected" in done.stdout
    assert "0 findings are wrong" in done.stdout
    assert (tmp_path / "d" / "report" / "report.html").exists()


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    done = CliRunner().invoke(app, ["demo", str(tmp_path)])
    assert done.exit_code == 1
    assert "something else" in done.stderr


def test_a_command_run_here_is_caught_with_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Path.cwd()
    assert run_here(["init", "w"], tmp_path)[0] == 0
    assert (tmp_path / "w" / "tocsin.toml").exists()
    assert run_here(["init", "w"], tmp_path)[0] == 1
    assert capsys.readouterr().out == ""
    assert Path.cwd() == before
