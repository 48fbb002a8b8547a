"""``tocsin record review`` as a person sees it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from tests.record.reviewing import DOCUMENT, READING, SHA, TEXT, at
from tests.tasks.test_record_review import NOON
from tests.ui.cli.conftest import Run, data
from typer.testing import CliRunner

from tocsin.store.assertions import save_reading
from tocsin.store.desk import open_desk
from tocsin.store.documents import Source, save_document
from tocsin.store.workspace import read_workspace
from tocsin.ui.cli.main import app

A, B = ("--as", "A. Example"), ("--as", "B. Sample")


@pytest.fixture(autouse=True)
def read(root: Path) -> None:
    """One document that has been read."""
    place = read_workspace(root)
    desk = open_desk(place.desk_url)
    source = Source(name="example.txt")
    save_document(desk, place.documents, DOCUMENT, TEXT.encode(), source=source, author="A", now=NOON)
    save_reading(desk, READING, basis="test", now=NOON)


def answer(root: Path, keys: str) -> str:
    """What the queue shows when these lines are typed."""
    words = ["record", "review", *A, "--workspace", str(root)]
    done = CliRunner().invoke(app, words, input=keys)
    assert done.exit_code == 0, done.output
    return done.output


def states(run: Run) -> dict[str, Any]:
    waiting: Any = data(run("record", "review", "--queue", "--json"))["waiting"]
    return {each["id"]: each["review"] for each in waiting}


def test_the_queue_is_answered_with_keys(root: Path, run: Run) -> None:
    shown = answer(root, "a\nr\na retort\nc\nunit=hosts\nn\nq\n")
    assert "▶Sampleland’s state security service was behind" in shown
    assert "3 reviewed, 2 left" in shown
    assert states(run) == {
        "organ": "accepted once (a second person must)",
        "group": "machine-read",
        "code": "machine-read",
    }


def test_a_wrong_answer_is_told_and_asked_again(root: Path) -> None:
    shown = answer(root, "?\nc\nlevel=stat\nc\nlevel\nr\n\na\n")
    assert "did you mean state" in shown
    assert "'level' gives no value" in shown
    assert "a rejection needs a reason" in shown
    assert "1 reviewed" in shown


def test_the_end_of_the_answers_stops_it(root: Path) -> None:
    assert "0 reviewed, 5 left" in answer(root, "")


def test_a_split_a_merge_and_a_code_in_the_queue(root: Path, run: Run) -> None:
    first, second = at("Sampleland’s state"), at("was behind the attack")
    spans = f"{first.begins}-{first.ends} {second.begins}-{second.ends}"
    assert "3 reviewed" in answer(root, f"s\n{spans}\nk\ndeny\nn\nm\norgan\nq\n")
    assert set(states(run).values()) >= {"corrected once (a second person must)"}


def test_each_thing_by_its_option(run: Run) -> None:
    assert "group: accepted" in run("record", "review", "--accept", "group", *A).stdout
    assert "second person" in run("record", "review", "--accept", "organ", *A).stdout
    assert "organ: accepted" in run("record", "review", "--accept", "organ", *B).stdout
    assert "rejected" in run("record", "review", "--reject", "code", "--reason", "a retort", *A).stdout
    assert "corrected" in run("record", "review", "--correct", "number", "--set", "unit=hosts", *A).stdout
    assert "deny" in run("record", "show", SHA[:8]).stdout
    assert "code" in run("record", "review", "--code", "denial", "deny", *A).stdout
    assert "coding" in run("record", "review", "--code", "code", "diminish", *A).stdout
    assert "denial: accepted" in run("record", "review", "--accept", "denial", *A).stdout
    missed = ("--add", SHA[:8], "--span", "0-10", "--kind", "event")
    assert "added" in run("record", "review", *missed, *A).stdout
    assert "merge" in run("record", "review", "--merge", "organ", "--merge", "group", *A).stdout
    assert "complete: kept" in run("record", "review", "--complete", SHA[:8], *A).stdout
    recall: Any = data(run("record", "review", "--rules", "--json"))
    assert recall["fully_reviewed"] == 1
    assert {each["kind"]: each["missed"] for each in recall["kinds"]}["event"] == 1


def test_the_rules_are_shown_with_their_precision(run: Run) -> None:
    run("record", "review", "--reject", "group", "--reason", "a question", *A)
    shown = run("record", "review", "--rules").stdout
    assert "sample.group" in shown
    assert "0.00" in shown


def test_an_act_is_told_as_json(run: Run) -> None:
    (found,) = cast(
        "list[dict[str, object]]", data(run("record", "review", "--accept", "group", *A, "--json"))["assertions"]
    )
    assert (found["id"], found["review"], found["reviewers"]) == ("group", "accepted", ["A. Example"])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--accept", "group"), "the name of a person"),
        (("--accept", "nobody", *A), "there is no assertion 'nobody'"),
        (("--accept", "group", "--reject", "code", *A), "one thing at a time"),
        (("--reject", "group", *A), "a rejection needs a reason"),
        (("--add", SHA[:8], "--kind", "event", *A), "has one place"),
        (("--contradicts", "c0", *A), "there is no comparison 'c0'"),
        (("--complete", SHA[:8], *A), "have not been looked at"),
        ((), "the name of a person"),
        (("--json", *A), "answered in words"),
    ],
)
def test_what_cannot_be_done_says_why(run: Run, words: tuple[str, ...], why: str) -> None:
    done = run("record", "review", *words, exits=1)
    assert why in done.output


def test_what_counts_no_more_is_told(root: Path, run: Run) -> None:
    run("record", "review", "--accept", "group", *A)
    fewer = replace(READING, reader="2", assertions=READING.assertions[:1])
    save_reading(open_desk(read_workspace(root).desk_url), fewer, basis="test", now=NOON)
    assert (
        "accept by A. Example counts no more: there is no assertion group" in run("record", "review", "--queue").output
    )


def test_the_queue_is_listed(run: Run) -> None:
    done = run("record", "review", "--queue")
    assert "▶Sampleland" in done.stdout
    assert "5 wait for a person" in done.output


def test_an_empty_id_is_refused_and_opens_no_queue(run: Run) -> None:
    run("record", "review", "--accept", "", *A, exits=2)
