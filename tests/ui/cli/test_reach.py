"""``tocsin reach``, ``due`` and ``effect`` as a person sees them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE
from tests.tasks.telling import told_workspace
from tests.telling import add_notice
from typer.testing import CliRunner, Result

from tocsin.store.desk import open_desk
from tocsin.store.workspace import read_workspace
from tocsin.tasks.due import COLUMNS
from tocsin.ui.cli.main import app
from tocsin.ui.cli.shell import PAGE


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace's folder; one test here adds a notice to it."""
    return told_workspace(tmp_path_factory.mktemp("told")).root


def _run(root: Path, *words: object, exits: int = 0) -> Result:
    result = CliRunner().invoke(app, [*map(str, words), "--workspace", str(root)])
    assert result.exit_code == exits, result.output
    return result


def test_the_ledger_is_shown_with_label_steps_and_the_unreachable(root: Path) -> None:
    shown = _run(root, "reach", CASE, "--as-of", "2021-03-24").stdout
    assert shown.startswith(f"TLP:AMBER  {CASE}, as of 2021-03-24; last look on 2021-03-20")
    assert "sent a notice that the next hop accepted" in shown
    assert "Example Clinic" in shown
    assert "Some Body" not in shown
    assert "1 service ever seen affected or compromised beyond the registry" in shown
    assert "An answer fixes nothing." in shown


def test_what_is_due_says_how_old_the_last_look_is(root: Path) -> None:
    assert "days old" not in _run(root, "due", CASE, "--as-of", "2021-03-24").stderr
    late = _run(root, "due", CASE, "--as-of", "2021-04-24")
    assert "the last look is 35 days old" in late.stderr
    assert max(map(len, late.stdout.splitlines())) <= PAGE


def test_the_ledger_by_group(root: Path) -> None:
    shown = _run(root, "reach", CASE, "--as-of", "2021-03-24", "--by", "country").stdout
    assert "seat FR" in shown
    assert "Who could not be reached" not in shown


def test_the_command_that_a_figure_names_gives_the_figure(root: Path) -> None:
    found = json.loads(_run(root, "reach", CASE, "--as-of", "2021-03-24", "--by", "sector", "--json").stdout)
    assert found["label"] == "TLP:AMBER"
    command = found["figures"][0]["source"]["query"]["command"]
    again = json.loads(_run(root, *command.removeprefix("tocsin ").split(), "--json").stdout)
    assert again == found


def test_under_clear_nobody_is_named_and_small_counts_are_withheld(root: Path) -> None:
    clear = ("--label", "TLP:CLEAR", "--below-label", "--as-of", "2021-03-24")
    done = _run(root, "reach", CASE, *clear)
    assert "Example" not in done.stdout
    assert "figures are withheld" in done.stderr
    found = json.loads(_run(root, "reach", CASE, *clear, "--json").stdout)
    assert "unreachable" not in found
    assert all(each["low"] == 0 or each["low"] >= 5 for each in found["figures"])
    _run(root, "reach", CASE, *clear, "--by", "sector", exits=1)
    _run(root, "due", CASE, *clear, exits=1)
    _run(root, "effect", CASE, *clear, exits=1)


def test_what_is_due_as_a_table(root: Path) -> None:
    shown = _run(root, "due", CASE, "--as-of", "2021-03-24").stdout
    assert shown.index("Example Council") < shown.index("Example Clinic") < shown.index("Example Mill")
    assert "Example Bakery" not in shown


def test_what_is_due_as_csv_and_calendar(root: Path, tmp_path: Path) -> None:
    files = tmp_path / "due.csv", tmp_path / "due.ics"
    done = _run(root, "due", CASE, "--as-of", "2021-03-24", "--csv", files[0], "--ics", files[1])
    assert done.stdout == ""
    rows = list(csv.DictReader(io.StringIO(files[0].read_text("utf-8"))))
    assert list(rows[0]) == [*COLUMNS, "label"]
    assert [row["who"] for row in rows] == ["Example Council", "Example Clinic", "Example Mill", "a person"]
    assert {row["label"] for row in rows} == {"TLP:AMBER"}
    calendar = files[1].read_bytes()
    assert calendar.count(b"BEGIN:VEVENT") == 4
    assert b"SUMMARY:Example Council: put on the phone list" in calendar
    assert b"some@body.example" not in calendar


def test_a_formula_in_an_address_stays_text(root: Path, tmp_path: Path) -> None:
    desk = open_desk(read_workspace(root).desk_url)
    add_notice(desk, "n9", "mill", "queued", channel="mail", address="=cmd|x@mill.example")
    desk.dispose()
    _run(root, "due", CASE, "--csv", tmp_path / "due.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "due.csv").read_text("utf-8"))))
    assert "'=cmd|x@mill.example" in {row["address"] for row in rows}


def test_effect_declines_without_waves(root: Path) -> None:
    assert "Not told: no plan was sent in waves." in _run(root, "effect", CASE).stdout
    assert json.loads(_run(root, "effect", CASE, "--json").stdout)["contrasts"] == []


def test_an_unknown_case_is_refused_as_json(root: Path) -> None:
    for command in ("reach", "due", "effect"):
        assert "error" in json.loads(_run(root, command, "nothing", "--json", exits=1).stdout)
