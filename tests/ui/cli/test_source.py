"""``tocsin source`` as a person sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tasks.conftest import CASE
from tests.tasks.scanning import many, write_scan
from tests.ui.cli.conftest import Run, data

WHO = ("--author", "A. Officer")
NOTE = ("population-scan", "other probes", "--on", "2021-03-05", *WHO)


@pytest.fixture(autouse=True)
def _filled(run: Run, tmp_path: Path) -> None:
    scans = [write_scan(tmp_path, day, many("A", "F", "A")) for day in (3, 5, 8)]
    run("ingest", "--map", "population-scan", *scans)


def test_note_list_withdraw(run: Run) -> None:
    assert "note 1 is in force" in run("source", "note", *NOTE).stdout
    shown = run("source", "list").stdout
    assert shown.startswith("TLP:AMBER")
    assert "other probes" in shown
    assert "note 1 is withdrawn" in run("source", "withdraw", "1", "--author", "B. Officer").stdout
    (entry,) = data(run("source", "list", "--json"))["notes"]  # type: ignore[misc]
    assert (entry["on"], entry["source"]) == ("2021-03-05", "population-scan")
    assert "by B. Officer" in entry["withdrawn"]


def test_a_note_is_marked_on_the_time_line_until_it_is_withdrawn(run: Run) -> None:
    run("source", "note", *NOTE)
    assert "5 March 2021: population-scan: other probes (declared)" in run("remediation", CASE).stdout
    assert data(run("remediation", CASE, "--json"))["changes"] == [
        "5 March 2021: population-scan: other probes (declared)"
    ]
    run("source", "withdraw", "1", *WHO)
    assert "other probes" not in run("remediation", CASE).stdout


def test_figures_of_days_after_it_name_it_in_their_method(run: Run) -> None:
    run("source", "note", *NOTE)
    figures = data(run("remediation", CASE, "--json"))["figures"]
    told = {each["as_of"]: "other probes" in each["method"] for each in figures if "standing" in each["id"]}  # type: ignore[attr-defined]
    assert told == {"2021-03-03": False, "2021-03-05": True, "2021-03-08": True}


def test_an_empty_list(run: Run) -> None:
    assert data(run("source", "list", "--json"))["notes"] == []
    run("source", "list")


def test_numbers_on_stdout_are_data(run: Run) -> None:
    assert data(run("source", "note", *NOTE, "--json")) == {"note": 1}
    assert data(run("source", "withdraw", "1", *WHO, "--json")) == {"withdrawn": 1}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("note", "population-scn", "x", "--on", "2021-03-05", *WHO), "did you mean population-scan"),
        (("note", "population-scan", " ", "--on", "2021-03-05", *WHO), "the note is empty"),
        (("note", "population-scan", "x", "--on", "the fifth", *WHO), "--on 'the fifth' is no date"),
        (("note", "population-scan", "x", "--on", "2021-03-05", "--author", ""), "nobody's name is given"),
        (("withdraw", "9", *WHO), "no note 9 is in force"),
    ],
)
def test_what_cannot_be_noted(run: Run, words: tuple[str, ...], says: str) -> None:
    assert says in run("source", *words, exits=1).stderr


def test_nothing_foreign_reaches_the_terminal(run: Run) -> None:
    run("source", "note", "population-scan", "evil \x1b[2J", "--on", "2021-03-05", "--author", "\x1b[1A")
    for words in (("source", "list"), ("remediation", CASE)):
        assert "\x1b" not in run(*words).stdout
