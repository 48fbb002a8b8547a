from __future__ import annotations

from pathlib import Path

from tests.tasks.conftest import CASE, row, write_report
from tests.ui.cli.conftest import Run, data


def _fed(run: Run, folder: Path) -> None:
    for day in (10, 12):
        run("ingest", write_report(folder, [row("203.0.113.7", day=day), row("198.51.100.9", day=day)], day=day))


def test_it_lists_what_it_wrote(run: Run, tmp_path: Path) -> None:
    _fed(run, tmp_path)
    done = run("report", CASE, "--out", tmp_path / "r", "--note", "a draft")
    assert str(tmp_path / "r" / "report.html") in done.stdout
    assert "a draft" in (tmp_path / "r" / "report.html").read_text("utf-8")


def test_as_json_it_says_where_and_how_many_are_withheld(run: Run, tmp_path: Path) -> None:
    _fed(run, tmp_path)
    told = data(run("report", CASE, "--out", tmp_path / "r", "--label", "clear", "--below-label", "--json"))
    assert told["as_of"] == "2021-03-12"
    assert isinstance(told["withheld"], int)
    assert told["withheld"] > 0


def test_a_label_below_the_workspaces_own_is_refused_without_the_flag(run: Run, tmp_path: Path) -> None:
    _fed(run, tmp_path)
    done = run("report", CASE, "--out", tmp_path / "r", "--label", "clear", exits=1)
    assert "--below-label" in done.stderr
    assert not (tmp_path / "r").exists()


def test_an_unknown_case_is_told_with_those_that_are_known(run: Run, tmp_path: Path) -> None:
    assert "did you mean" in run("report", "exchange-proxylogin-2021", "--out", tmp_path / "r", exits=1).stderr
