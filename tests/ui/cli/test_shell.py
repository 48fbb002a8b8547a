"""Errors, labels and tables on the terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from tocsin.errors import AskError, FeedError
from tocsin.labels import Label
from tocsin.provenance import Pointer
from tocsin.store.workspace import create_workspace
from tocsin.tasks.workspace import init
from tocsin.ui.cli.shell import PAGE, output_label, running, show_json, show_paragraph, show_table, workspace_at

ERROR = FeedError("odd \x1b[2J text", remedy="look at it", where=Pointer(source="a.csv", line=3))


def _fail(*, as_json: bool) -> None:
    with running(as_json=as_json):
        raise ERROR


def test_an_error_is_one_line_and_a_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        _fail(as_json=False)
    assert ended.value.exit_code == 1
    assert capsys.readouterr().err == "tocsin: a.csv:3: odd \\x1b[2J text\n  → look at it\n"


def test_an_error_as_json_has_one_shape(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        _fail(as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert found["error"] == {
        "kind": "feed",
        "what": "odd \x1b[2J text",
        "where": {"source": "a.csv", "line": 3},
        "remedy": "look at it",
    }


def _interrupt() -> None:
    with running():
        raise KeyboardInterrupt


def test_ctrl_c_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        _interrupt()
    assert ended.value.exit_code == 130
    assert "nothing was left half done" in capsys.readouterr().err


def test_json_carries_its_label_and_no_raw_text(capsys: pytest.CaptureFixture[str]) -> None:
    show_json({"name": "\x1b\u202e"}, Label.RED)
    shown = capsys.readouterr().out
    assert shown.isascii()
    assert "\x1b" not in shown
    assert list(json.loads(shown)) == ["label", "name"]


def test_cells_are_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(("name", "number"), [("[bold]\x1b[2J", 3), (None, 4)], right=("number",))
    shown = capsys.readouterr().out
    assert "[bold]\\x1b[2J" in shown


def test_a_table_fits_on_a_page_and_what_is_copied_stays_whole(capsys: pytest.CaptureFixture[str]) -> None:
    number = "k3v7qm2rtx5ybn4wc6dzhjf2ae"
    show_table(("number", "why"), [(number, "for a reason " * 30)], whole=("number",), width=PAGE)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= PAGE
    assert any(line.startswith(number) for line in lines)


def test_a_paragraph_fits_on_a_page_and_is_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    show_paragraph("\x1b[2J first " + "word " * 60)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert max(map(len, lines)) <= PAGE
    assert lines[0].startswith("\\x1b[2J first word")


def test_labels_below_need_the_flag(tmp_path: Path) -> None:
    workspace = init(tmp_path / "w", label="TLP:AMBER")
    assert output_label(workspace, None, below=False) is Label.AMBER
    assert output_label(workspace, "red", below=False) is Label.RED
    assert output_label(workspace, "clear", below=True) is Label.CLEAR
    with pytest.raises(AskError, match="is below"):
        output_label(workspace, "clear", below=False)


def test_a_workspace_named_by_a_folder_in_it(tmp_path: Path) -> None:
    root = create_workspace(tmp_path / "w", Label.AMBER).root
    assert workspace_at(root).root == root
    assert workspace_at(root / "packs").root == root


def test_a_very_long_table_is_written_with_tabs(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(("name", "number"), (("\x1b[2J", number) for number in range(2_001)))
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[1], len(lines)) == ("name\tnumber", "\\x1b[2J\t0", 2_002)


def test_an_output_without_room_is_told_and_no_traceback(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tocsin", "case", "list", "--json"]
    with open("/dev/full", "w", encoding="ascii") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    assert done.returncode == 1
    assert "no room for the output" in done.stderr
    assert "Traceback" not in done.stderr
