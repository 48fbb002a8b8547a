"""``tocsin answer`` as a person sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, row, write_report
from tests.ui.cli.conftest import Run, data

from tocsin.reports.questions import QUESTIONS


@pytest.fixture(autouse=True)
def _filled(run: Run, tmp_path: Path) -> None:
    evil = row("203.0.113.8", tags="exchange;webshell").replace("MAIL", "=cmd\x1b[2J")
    run("ingest", write_report(tmp_path, [row("203.0.113.7"), evil, row("192.0.2.7")]))


def test_it_puts_the_questions_under_the_label(run: Run) -> None:
    shown = run("answer", CASE).stdout
    assert shown.startswith("TLP:AMBER")
    assert all(question.text in shown for question in QUESTIONS)
    assert "Cannot be answered yet" in shown


def test_one_question_may_be_asked_or_several(run: Run) -> None:
    found = data(run("answer", CASE, "-q", "told", "--question", "exposed", "--json"))
    assert [each["id"] for each in found["answers"]] == ["exposed", "told"]  # type: ignore[attr-defined]


def test_an_unknown_question_is_refused_in_words_and_in_json(run: Run) -> None:
    assert "did you mean exposed" in run("answer", CASE, "-q", "expsed", exits=1).stderr
    refused = data(run("answer", CASE, "-q", "expsed", "--json", exits=1))
    assert refused["error"]["kind"] == "ask"  # type: ignore[index]


def test_json_is_a_synonym_of_the_format(run: Run) -> None:
    one, other = (run("answer", CASE, *words).stdout for words in (["--json"], ["--format", "json"]))
    assert one == other
    assert next(iter(json.loads(one))) == "label"


def test_an_unknown_format_is_refused(run: Run) -> None:
    assert "did you mean markdown" in run("answer", CASE, "--format", "markdow", exits=1).stderr


def test_it_is_written_into_a_file_whole(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "answer.md"
    assert "answers, TLP:AMBER" in run("answer", CASE, "--format", "markdown", "--out", out).stderr
    assert out.read_text("utf-8").startswith("**TLP:AMBER**")
    assert "cannot be written" in run("answer", CASE, "--out", tmp_path / "no" / "a.md", exits=1).stderr


def test_a_pdf_goes_to_a_pipe_as_bytes(run: Run) -> None:
    pytest.importorskip("typst", reason="the optional extra 'report' is not installed")
    assert run("answer", CASE, "--format", "pdf").stdout_bytes.startswith(b"%PDF-")


def test_what_has_changed_is_told_from_the_file_of_an_earlier_answer(run: Run, tmp_path: Path) -> None:
    then = tmp_path / "then.json"
    run("answer", CASE, "-q", "exposed", "--format", "json", "--out", then)
    shown = run("answer", CASE, "-q", "changed", "--since", then).stdout
    assert "no change" in shown
    assert f"--since {then}" in shown


def test_a_file_that_is_no_answer_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"a": NaN}', "utf-8")
    assert "NaN is no number" in run("answer", CASE, "--since", tmp_path / "x.json", exits=1).stderr
    assert "cannot be read" in run("answer", CASE, "--since", tmp_path / "none.json", exits=1).stderr


def test_names_are_for_those_who_may_have_them(run: Run) -> None:
    assert "Example Council" in run("answer", CASE, "--names").stdout
    assert "Example Council" not in run("answer", CASE).stdout
    clear = ("--label", "TLP:CLEAR", "--below-label")
    assert "no organisation is named" in run("answer", CASE, "--names", *clear, exits=1).stderr


def test_a_label_below_the_workspaces_needs_a_flag(run: Run) -> None:
    assert "--below-label" in run("answer", CASE, "--label", "TLP:GREEN", exits=1).stderr
    assert run("answer", CASE, "--label", "TLP:GREEN", "--below-label").stdout.startswith("TLP:GREEN")


def test_nothing_foreign_reaches_the_terminal(run: Run) -> None:
    assert "\x1b" not in run("answer", CASE, "--names").stdout


def test_small_counts_do_not_reach_the_public(run: Run) -> None:
    found = data(run("answer", CASE, "--json", "--label", "TLP:CLEAR", "--below-label"))
    assert int(str(found["withheld"])) > 0
    figures = [figure for each in found["answers"] for figure in each["figures"]]  # type: ignore[attr-defined]
    assert all(figure["high"] not in range(1, 5) for figure in figures)
