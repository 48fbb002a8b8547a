"""Runs commands as a person would, in a workspace of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.tasks.conftest import REGISTRY
from typer.testing import CliRunner, Result

from tocsin.ui.cli.main import app

Run = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with two organisations."""
    assert CliRunner().invoke(app, ["init", str(tmp_path / "w")]).exit_code == 0
    registry = tmp_path / "registry.csv"
    registry.write_text(REGISTRY, encoding="utf-8")
    done = CliRunner().invoke(app, ["constituency", "import", str(registry), "-w", str(tmp_path / "w")])
    assert done.exit_code == 0, done.output
    return tmp_path / "w"


@pytest.fixture
def run(root: Path) -> Run:
    """Runs ``tocsin WORDS… --workspace ROOT``; ``exits`` is the exit code expected."""

    def ran(*words: object, exits: int = 0) -> Result:
        result = CliRunner().invoke(app, [*map(str, words), "--workspace", str(root)])
        assert result.exit_code == exits, result.output
        return result

    return ran


def data(result: Result) -> dict[str, object]:
    """The JSON document on stdout."""
    found: dict[str, object] = json.loads(result.stdout)
    return found
