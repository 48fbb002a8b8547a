"""``tocsin notify answer`` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from tests.store.noticing import NUMBER, OTHER, add_notice
from typer.testing import CliRunner, Result

from tocsin.store.desk import open_desk
from tocsin.store.workspace import read_workspace
from tocsin.ui.cli.notify_answer import add_to


@pytest.fixture
def told(root: Path) -> Path:
    add_notice(open_desk(read_workspace(root).desk_url))
    return root


def run(root: Path, *words: str) -> Result:
    group = typer.Typer()
    group.callback()(lambda: None)
    add_to(group)
    return CliRunner().invoke(group, ["answer", *words, "--by", "A. Officer", "--workspace", str(root)])


def test_what_was_said_on_the_phone_is_kept_and_closes_nothing(told: Path) -> None:
    done = run(told, f"{NUMBER[:5]}-{NUMBER[5:]}", "fixed", "--words", "on Sunday")
    assert done.exit_code == 0
    assert "answer 1 is kept: fixed" in done.stdout
    assert "stay open until a later observation" in done.stderr


def test_json(told: Path) -> None:
    done = run(told, NUMBER, "stop", "--via", "mail", "--json")
    assert json.loads(done.stdout) == {"answer": 1, "notice": NUMBER, "what": "stop", "via": "mail"}


def test_refusals(told: Path) -> None:
    assert "went out" in run(told, OTHER, "fixed").stderr
    assert "did you mean not_ours" in run(told, NUMBER, "not_our").stderr
    assert run(told, NUMBER, "fixed", "--via", "page").exit_code == 1
