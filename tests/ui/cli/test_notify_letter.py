"""``tocsin notify preview``, ``drop`` and ``retract`` as a person sees them."""

from __future__ import annotations

from email import message_from_bytes
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, row, write_report
from tests.ui.cli.conftest import Run, data


@pytest.fixture(autouse=True)
def _seen(run: Run, tmp_path: Path) -> None:
    run("ingest", write_report(tmp_path, [row("203.0.113.8", build="15.1.2106.2")]))


WHOSE = ("--case", CASE, "--constituent", "council")


def test_a_letter_is_shown_as_text_page_and_data(run: Run) -> None:
    shown = run("notify", "preview", *WHOSE)
    assert shown.stdout.startswith("Subject: ")
    assert "attached: findings.csv" in shown.stderr
    assert "it is not signed" in shown.stderr
    assert "<!DOCTYPE html>" in run("notify", "preview", *WHOSE, "--html").stdout
    told = data(run("notify", "preview", *WHOSE, "--language", "de", "--json"))
    assert (told["language"], told["is_encrypted"]) == ("de", False)


def test_the_whole_message_is_written_to_a_new_file(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "notice.eml"
    assert run("notify", "preview", *WHOSE, "--out", str(out)).stdout == ""
    assert message_from_bytes(out.read_bytes())["Auto-Submitted"] == "auto-generated"
    assert "cannot be written" in run("notify", "preview", *WHOSE, "--out", str(out), exits=1).stderr


def test_nothing_to_show_says_what_to_give(run: Run) -> None:
    assert "give the number of a notice" in run("notify", "preview", exits=1).stderr
    assert "there is no notice" in run("notify", "preview", "k3v7q", exits=1).stderr


def test_what_is_not_there_is_neither_put_down_nor_taken_back(run: Run, tmp_path: Path) -> None:
    words = ("--by", "A. Officer")
    assert "there is no plan" in run("notify", "drop", "p1", "--out", str(tmp_path / "o"), *words, exits=1).stderr
    assert "there is no notice" in run("notify", "retract", "k3v7q", "--reason", "wrong", *words, exits=1).stderr


def test_letters_are_put_down_and_one_is_taken_back(run: Run, tmp_path: Path) -> None:
    plan = str(data(run("notify", "plan", CASE, "--by", "A. Officer", "--json"))["plan"])
    run("notify", "approve", plan, "--by", "B. Officer")
    out = tmp_path / "post"
    words = ("--out", str(out), "--by", "C. Officer", "--everything", "--json")
    numbers = data(run("notify", "drop", plan, *words))["written"]
    assert isinstance(numbers, list)
    assert (out / "index.csv").is_file()
    done = run("notify", "retract", numbers[0], "--reason", "It was not yours.", "--by", "C. Officer")
    assert "is retracted" in done.stdout
    assert "queues it" in done.stderr
