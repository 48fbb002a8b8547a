"""``tocsin record compare`` as a person sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from tests.record.comparing.told import INCIDENT, Paper
from tests.tasks.conftest import CASE, row, write_report
from tests.tasks.test_record_compare import file_papers, two_papers
from tests.ui.cli.conftest import Run
from typer.testing import CliRunner, Result

from tocsin.record import Denial
from tocsin.store.workspace import read_workspace
from tocsin.ui.cli.record_compare import register

GROUP = typer.Typer()
register(GROUP)
GROUP.command("other")(lambda: None)  # one command alone would have no name


@pytest.fixture
def compare(root: Path) -> Run:
    """Runs ``compare`` in a workspace with two papers."""
    file_papers(read_workspace(root), *two_papers())

    def ran(*words: object, exits: int = 0) -> Result:
        result = CliRunner().invoke(GROUP, ["compare", *map(str, words), "--workspace", str(root)])
        assert result.exit_code == exits, result.output
        return result

    return ran


def test_both_sides_stand_in_their_own_words(compare: Run) -> None:
    shown = compare("--family", "level").stdout
    assert shown.startswith("TLP:AMBER\n1. level: differs, between claimants")
    assert "   A  paper.txt, 2021-03-10: The EU named the territory. Some 3 services" in shown
    assert "   B  paper.txt, 2021-03-12: The government named the state." in shown


def test_a_tally_says_how_many_of_each(compare: Run) -> None:
    lines = compare().stdout.splitlines()
    head = next(number for number, line in enumerate(lines) if line.startswith("family"))
    assert lines[head].split() == ["family", "differs", "not", "comparable", "same"]
    assert any(line.split() == ["level", "1"] for line in lines[head:])


def test_no_line_says_more_than_a_machine_may(compare: Run) -> None:
    assert "contradict" not in compare().stdout


def test_json_has_the_comparisons_and_how_many_there_are(compare: Run) -> None:
    told = json.loads(compare("--json").stdout)
    assert told["label"] == "TLP:AMBER"
    assert told["total"] == len(told["comparisons"]) > 0
    assert {"id", "family", "verdict", "parts", "explanation", "sides"} <= set(told["comparisons"][0])


def test_an_unknown_family_is_refused(compare: Run) -> None:
    assert "did you mean level" in compare("--family", "levels", exits=1).stderr


def test_claimed_beside_measured(compare: Run, run: Run, tmp_path: Path) -> None:
    run("ingest", write_report(tmp_path, [row("203.0.113.7"), row("203.0.113.8")]))
    shown = compare("--measured", CASE, "--incident", INCIDENT).stdout
    assert "Claimed: 3 services affected" in shown
    assert "Some [3] services were affected" in shown
    told = json.loads(compare("--measured", CASE, "--incident", INCIDENT, "--json").stdout)
    assert (told["measured"][0]["claimed"]["low"], told["left_out"]) == (3, 0)
    assert "1 claimed figures of other incidents are left out" in compare("--measured", CASE).stderr


def test_measured_has_no_families(compare: Run) -> None:
    assert "there is no --family" in compare("--measured", CASE, "--family", "level", exits=1).stderr


def test_hostile_text_does_not_reach_the_terminal(compare: Run, root: Path) -> None:
    paper = Paper("Russia \x1b[2J denied it. \u202e")
    paper.says("Russia \x1b[2J denied it", Denial(what="responsibility_denial"), by="gov:RU")
    file_papers(read_workspace(root), paper)
    shown = compare("--family", "denial").stdout
    assert "\x1b" not in shown
    assert "\\x1b[2J denied it" in shown
    assert "\u202e" not in shown
