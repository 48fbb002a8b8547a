"""The record's views as a person sees them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.tasks.test_record_views import fill
from tests.ui.cli.conftest import Run, data

from tocsin.store.workspace import read_workspace

MAIL = ("--incident", "example-mail")


@pytest.fixture(autouse=True)
def _filled(root: Path) -> None:
    fill(read_workspace(root))


def test_a_page_is_written_whole(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert "written, TLP:AMBER" in run("record", "page", "1", "-o", out).stderr
    assert out.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "cannot be written" in run("record", "page", "1", "-o", tmp_path / "no" / "x.html", exits=1).stderr


@pytest.mark.parametrize("view", ["timeline", "actors", "who-says", "responses"])
def test_each_view_is_a_table_under_its_label_and_json(run: Run, view: str) -> None:
    shown = run("record", view, *MAIL).stdout
    assert shown.startswith("TLP:AMBER")
    assert next(iter(data(run("record", view, "--json")))) == "label"


def test_who_says_names_what_was_not_said(run: Run) -> None:
    shown = run("record", "who-says").stdout
    assert "very likely" in shown
    assert "did not say" in shown


@pytest.mark.parametrize("view", ["timeline", "responses"])
def test_csv_has_a_label_on_every_row(run: Run, view: str) -> None:
    rows = list(csv.reader(io.StringIO(run("record", view, "--csv").stdout)))
    assert rows[0][-1] == "label"
    assert {row[-1] for row in rows[1:]} == {"TLP:AMBER"}


def test_a_timeline_may_hold_all_that_was_said(run: Run) -> None:
    few, all_ = (data(run("record", "timeline", "--json", *more))["timeline"] for more in ([], ["--said"]))
    assert (len(few), len(all_)) == (2, 10)  # type: ignore[arg-type]


def test_an_unknown_incident_is_refused_with_the_nearest(run: Run) -> None:
    assert "did you mean example-mail" in run("record", "who-says", "--incident", "example-mial", exits=1).stderr


def test_the_table_may_be_a_page_and_the_chart_a_picture(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("altair", reason="the optional extra 'report' is not installed")
    for name, begin in (("w.html", b"<!DOCTYPE"), ("w.svg", b"<svg"), ("w.png", b"\x89PNG")):
        run("record", "who-says", *MAIL, "-o", tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(begin)
    assert "name .html" in run("record", "who-says", "-o", tmp_path / "w.pdf", exits=1).stderr


def test_a_label_below_the_workspaces_needs_a_flag(run: Run, tmp_path: Path) -> None:
    words = ("record", "page", "1", "-o", tmp_path / "p.html", "--label", "TLP:CLEAR")
    assert "--below-label" in run(*words, exits=1).stderr
    run(*words, "--below-label")
    assert "TLP:CLEAR" in (tmp_path / "p.html").read_text("utf-8")
