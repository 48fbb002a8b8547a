"""``tocsin review`` as a person sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from tests.store.noticing import NUMBER, add_notice
from tests.ui.cli.conftest import Run, data
from typer.testing import CliRunner

from tocsin.store.desk import open_desk
from tocsin.store.workspace import read_workspace
from tocsin.ui.cli.notify_answer import add_to
from tocsin.ui.cli.shell import PAGE

WHO = ("--reason", "moved away", "--as", "A. Officer")


@pytest.fixture
def asked(root: Path) -> Path:
    """The council answered twice, once with what a terminal would obey."""
    add_notice(open_desk(read_workspace(root).desk_url))
    group = typer.Typer()
    add_to(group)
    group.callback()(lambda: None)
    for what in ("not_ours", "wrong_contact"):
        words = [
            "answer",
            NUMBER,
            what,
            "--by",
            "A. Officer",
            "--words",
            "sold\u202e to \x1b[31mothers",
            "-w",
            str(root),
        ]
        assert CliRunner().invoke(group, words).exit_code == 0
    return root


@pytest.mark.usefixtures("asked")
def test_list_settle_reopen(run: Run) -> None:
    shown = run("review", "list")
    assert "Example Council" in shown.stdout
    assert "192.0.2.17:443" in shown.stdout
    assert "\x1b" not in shown.output
    done = run("review", "settle", "1", "--override", "none", "--expires", "2099-01-01", *WHO)
    assert "192.0.2.17:443 is assigned to none: override 1" in done.stdout
    assert "override 2" in done.stdout
    run("review", "settle", "2", "--set-aside", *WHO)
    assert data(run("review", "list", "--json"))["answers"] == []
    every = data(run("review", "list", "--all", "--json"))["answers"]
    assert [(each["id"], each["open"]) for each in every] == [(1, False), (2, False)]  # type: ignore[attr-defined]
    assert "settled" in run("review", "list", "--all").stdout
    assert max(map(len, run("review", "list", "--all").stdout.splitlines())) <= PAGE
    assert "waits again" in run("review", "reopen", "1", *WHO).stdout
    (again,) = data(run("review", "list", "--json"))["answers"]  # type: ignore[misc]
    assert [event["what"] for event in again["events"]] == ["settled", "reopened"]


@pytest.mark.usefixtures("asked")
def test_json_of_what_was_done(run: Run) -> None:
    done = data(run("review", "settle", "2", "--set-aside", *WHO, "--json"))
    assert done == {"answer": 2, "overrides": [], "services": [], "contact_set_aside": "c" * 64}
    assert data(run("review", "reopen", "2", *WHO, "--json")) == {"reopened": 2}
    assert data(run("review", "settle", "7", *WHO, "--json", exits=1))["error"]["kind"] == "ask"  # type: ignore[index]


def test_an_empty_queue(run: Run) -> None:
    assert data(run("review", "list", "--json"))["answers"] == []
    run("review", "list")


@pytest.mark.usefixtures("asked")
def test_what_is_refused_says_what_to_do(run: Run) -> None:
    assert "no answer 9" in run("review", "settle", "9", *WHO, exits=1).stderr
    assert "is no date" in run("review", "settle", "1", "--override", "none", "--expires", "x", *WHO, exits=1).stderr
    assert "waits already" in run("review", "reopen", "1", *WHO, exits=1).stderr
