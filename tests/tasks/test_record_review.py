"""Reviewing the record in a workspace."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from tests.record.reviewing import DOCUMENT, READING, SHA, TEXT, at

from tocsin.errors import AskError, WorkspaceError
from tocsin.record import Span
from tocsin.record.review import Accept, Add, Complete, Contradict, Correct, Reject, Split, State
from tocsin.store import desk as desks
from tocsin.store.assertions import save_reading
from tocsin.store.desk import open_desk
from tocsin.store.documents import Source, save_document
from tocsin.store.reviews import actions_on
from tocsin.store.workspace import Workspace
from tocsin.tasks.record_compare import compare_record
from tocsin.tasks.record_review import document_of, find, review, scores, waiting

NOON = datetime(2021, 8, 1, 12, tzinfo=UTC)


@pytest.fixture
def place(workspace: Workspace) -> Workspace:
    """A workspace with one document that has been read."""
    desk = open_desk(workspace.desk_url)
    source = Source(name="example.txt")
    save_document(desk, workspace.documents, DOCUMENT, TEXT.encode(), source=source, author="A", now=NOON)
    save_reading(desk, READING, basis="test", now=NOON)
    return workspace


def test_what_waits_is_shown_in_its_paragraph(place: Workspace) -> None:
    (first, *rest) = waiting(place)
    assert (first.item.assertion.id, len(rest)) == ("organ", 4)
    assert (first.before, first.after) == ("", ", the minister said.")
    assert first.as_json()["review"] == "machine-read"


def test_an_act_is_kept_and_counts(place: Workspace) -> None:
    done = review(place, SHA[:8], Accept(assertion="group"), by="A.  Example ", now=NOON)
    assert (done.number, [item.word for item in done.items]) == (1, ["accepted"])
    assert [action.by for action in actions_on(open_desk(place.desk_url), SHA)] == ["A. Example"]
    assert "group" not in {card.item.assertion.id for card in waiting(place)}


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (Accept(assertion="nobody"), "there is no assertion nobody"),
        (Reject(assertion="group", reason=" "), "a rejection needs a reason"),
        (Split(assertion="group", spans=(Span(0, 9), Span(10, 9_999))), "the document ends at"),
        (Add(span=Span(0, 9_999), kind="event"), "the document ends at"),
        (Correct(assertion="group", values=()), "the correction changes nothing"),
        (Complete(), "5 of its assertions have not been looked at"),
    ],
)
def test_what_cannot_be_done_is_refused_and_not_kept(place: Workspace, act: Accept, why: str) -> None:
    with pytest.raises(AskError, match=why):
        review(place, SHA, act, by="A. Example", now=NOON)
    assert actions_on(open_desk(place.desk_url), SHA) == []


@pytest.mark.parametrize("values", [(("span", "0-9999999"),), (("probability_words", "0-9999999"),)])
def test_a_place_beyond_the_text_is_refused(place: Workspace, values: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(AskError, match="the document ends at"):
        review(place, SHA, Correct(assertion="group", values=values), by="A. Example", now=NOON)


def test_a_refusal_says_what_would_be_taken(place: Workspace) -> None:
    with pytest.raises(AskError, match="→ one of unspecified, territory, group"):
        review(place, SHA, Correct(assertion="group", values=(("level", "high"),)), by="A. Example", now=NOON)


def test_a_review_has_a_name(place: Workspace) -> None:
    with pytest.raises(AskError, match="the name of a person"):
        review(place, SHA, Accept(assertion="group"), by=" ", now=NOON)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("\u0410. Example", "the name reads as A. Example"),
        ("A. EXAMPLE", "the name reads as A. Example"),
        ("A. Example\u034f", "the name reads as A. Example"),
        ("A. Ex\u0430mple", "letters of two alphabets"),
        ("A. Exam\u200bple", "cannot be seen"),
        ("\u3164", "needs the name of a person"),
    ],
    ids=ascii,
)
def test_one_person_with_look_alike_letters_is_refused_as_the_second(place: Workspace, name: str, why: str) -> None:
    review(place, SHA, Accept(assertion="organ"), by="A. Example", now=NOON)
    with pytest.raises(AskError, match=why):
        review(place, SHA, Accept(assertion="organ"), by=name, now=NOON)


def test_a_desk_that_takes_no_review_is_told(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(place.root / "desk.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceError, match="database is locked"):
            review(place, SHA, Accept(assertion="group"), by="A. Example", now=NOON)
        other.execute("ROLLBACK")
    assert actions_on(open_desk(place.desk_url), SHA) == []


def test_the_same_person_does_not_count_twice(place: Workspace) -> None:
    review(place, SHA, Accept(assertion="organ"), by="A. Example", now=NOON)
    with pytest.raises(AskError, match="stands behind it already"):
        review(place, SHA, Accept(assertion="organ"), by="a. example", now=NOON + timedelta(hours=1))
    assert waiting(place, by="A. Example")[0].item.assertion.id != "organ"
    review(place, SHA, Accept(assertion="organ"), by="B. Sample", now=NOON + timedelta(hours=1))
    assert find(place, "organ").item.is_reviewed


def test_a_clock_set_back_does_not_change_the_order(place: Workspace) -> None:
    review(place, SHA, Accept(assertion="group"), by="A. Example", now=NOON)
    no = Reject(assertion="group", reason="no")
    review(place, SHA, no, by="B. Sample", now=NOON - timedelta(days=1))
    assert find(place, "group").item.state is State.REJECTED


def test_an_assertion_is_found_by_its_first_digits(place: Workspace) -> None:
    done = review(place, SHA, Add(span=at("the minister said"), kind="event"), by="A. Example", now=NOON)
    name = done.items[0].assertion.id
    assert find(place, name[:8]).item.assertion.id == name
    with pytest.raises(AskError, match="there is no assertion"):
        find(place, name[:3])


def test_only_what_is_asked_for(place: Workspace) -> None:
    assert len(waiting(place, documents=[SHA[:8]])) == 5
    with pytest.raises(AskError, match="no document"):
        waiting(place, documents=["ffff"])


def test_scores_of_the_rules(place: Workspace) -> None:
    review(place, SHA, Reject(assertion="group", reason="a question"), by="A. Example", now=NOON)
    found = scores(place)
    assert {each.rule: each.precision for each in found.rules}["sample.group"] == 0
    assert (found.kinds, found.complete) == ((), 0)


def test_a_contradiction_is_said_once_by_each_person(place: Workspace) -> None:
    said = Contradict(comparison="c1")
    assert review(place, SHA, said, by="A. Example", now=NOON).persons == 1
    with pytest.raises(AskError, match="has said so already"):
        review(place, SHA, said, by="A. Example", now=NOON)
    assert review(place, SHA, said, by="B. Sample", now=NOON).persons == 2


def test_a_comparison_belongs_to_the_document_of_its_first_side(place: Workspace) -> None:
    (first, *_) = compare_record(place)
    assert document_of(place, first.comparison.id) == SHA


def test_a_comparison_that_is_not_there_is_refused(place: Workspace) -> None:
    with pytest.raises(AskError, match="there is no comparison 'c0'"):
        document_of(place, "c0")
