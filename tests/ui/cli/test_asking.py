"""``tocsin census``, ``findings`` and ``explain`` as a person sees them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.tasks.conftest import CASE, row, write_report
from tests.ui.cli.conftest import Run, data

from tocsin.tasks.findings import COLUMNS


@pytest.fixture(autouse=True)
def _filled(run: Run, tmp_path: Path) -> None:
    evil = row("203.0.113.8", host="mail.council.example", tags="exchange;webshell").replace("MAIL", "=cmd\x1b[2J")
    run("ingest", write_report(tmp_path, [row("203.0.113.7"), evil, row("192.0.2.7", host="mail.bakery.example")]))


def test_the_census_shows_label_bounds_and_method(run: Run) -> None:
    shown = run("census", CASE).stdout
    assert shown.startswith("TLP:AMBER")
    assert "public bodies" in shown
    assert "Services seen in the 7 days" in shown


def test_the_census_as_figures(run: Run) -> None:
    found = data(run("census", CASE, "--by", "sector", "--json"))
    figures = {figure["id"]: figure for figure in found["figures"]}  # type: ignore[attr-defined, index]
    assert figures["organisations-affected/sector=local government"]["low"] == 1
    assert figures["organisations-affected/sector=food"]["high"] == 1


def test_findings_have_the_promised_keys(run: Run) -> None:
    lines = [json.loads(line) for line in run("findings", CASE, "--format", "jsonl").stdout.splitlines()]
    assert len(lines) == 3
    assert list(lines[0]) == [*COLUMNS, "label"]
    rows = list(csv.DictReader(io.StringIO(run("findings", CASE, "--format", "csv").stdout)))
    assert [each["certainty"] for each in rows] == ["claimed", "proven", "proven"]


def test_findings_of_one_constituent(run: Run) -> None:
    result = run("findings", CASE, "--constituent", "council", "--format", "jsonl")
    assert [json.loads(line)["address"] for line in result.stdout.splitlines()] == ["203.0.113.7", "203.0.113.8"]
    assert "did you mean council" in run("findings", CASE, "--constituent", "councl", exits=1).stderr


def test_findings_into_a_file(run: Run, tmp_path: Path) -> None:
    run("findings", CASE, "--format", "parquet", "--out", tmp_path / "f.parquet")
    assert pq.read_table(tmp_path / "f.parquet").num_rows == 3
    assert (
        "cannot be written"
        in run("findings", CASE, "--format", "csv", "--out", tmp_path / "no" / "f.csv", exits=1).stderr
    )


def test_nothing_foreign_reaches_the_terminal(run: Run) -> None:
    for words in (("findings", CASE), ("explain", "203.0.113.8:443", "--case", CASE), ("census", CASE)):
        assert "\x1b" not in run(*words).stdout


def test_explain_tells_the_story(run: Run) -> None:
    shown = run("explain", "203.0.113.7:443", "--case", CASE).stdout
    assert "2021-03-10-scan_exchange.csv:2" in shown
    assert "proven: council by network 203.0.113.0/24" in shown
    assert data(run("explain", "203.0.113.7", "--case", CASE, "--json"))["address"] == "203.0.113.7"


@pytest.mark.parametrize("words", [("census", CASE), ("findings", CASE), ("explain", "203.0.113.7", "--case", CASE)])
def test_a_label_below_the_workspaces_needs_a_flag(run: Run, words: tuple[str, ...]) -> None:
    assert "--below-label" in run(*words, "--label", "TLP:GREEN", exits=1).stderr
    run(*words, "--label", "TLP:GREEN", "--below-label")
    run(*words, "--label", "TLP:RED")
    assert "no TLP label" in run(*words, "--label", "puce", exits=1).stderr


PUBLIC = ("--label", "TLP:CLEAR", "--below-label")


def test_the_public_census_has_no_small_count_and_says_how_many_it_withholds(run: Run) -> None:
    shown = run("census", CASE, "--json", *PUBLIC)
    assert "figures are withheld" in shown.stderr
    figures = json.loads(shown.stdout)["figures"]
    assert not [figure["id"] for figure in figures if 0 < figure["low"] < 5 or 0 < figure["high"] < 5]
    assert run("census", CASE, *PUBLIC).stdout.startswith("TLP:CLEAR")


def test_a_public_census_by_group_needs_a_flag(run: Run) -> None:
    refused = run("census", CASE, "--by", "sector", *PUBLIC, exits=1)
    assert "which withhold small counts; or add --small-counts" in refused.stderr
    assert refused.stdout == ""
    assert "food" in run("census", CASE, "--by", "sector", *PUBLIC, "--small-counts").stdout
    whole = data(run("census", CASE, *PUBLIC, "--small-counts", "--json"))
    assert whole["withheld"] == 0


def test_a_source_cannot_write_to_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from tocsin.figures import Query
    from tocsin.tasks.census import CensusAnswer

    source = Query(command="tocsin census", versions=("pack \x1b[1A",))
    evil = CensusAnswer(
        case_id=CASE, as_of=date(2021, 3, 10), by=None, figures=(), method="seen by \x1b[2J", source=source
    )
    monkeypatch.setattr("tocsin.tasks.census.take_census", lambda *_, **__: evil)
    monkeypatch.setattr("tocsin.ui.cli.asking._show_figures", lambda _: None)
    assert "seen by \\x1b[2J Versions: pack \\x1b[1A." in run("census", CASE).stdout
