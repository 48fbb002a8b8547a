"""Acts of reviewers on the desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from tests.record.reviewing import DOCUMENT, SHA, did

from tocsin.errors import WorkspaceError
from tocsin.record import Span
from tocsin.record.review import (
    Accept,
    Act,
    Add,
    Coding,
    Complete,
    Contradict,
    Correct,
    Merge,
    Reject,
    Split,
)
from tocsin.store.documents import Source, save_document
from tocsin.store.reviews import actions_on, load_actions, save_action
from tocsin.store.schema import reviews

ACTS: tuple[Act, ...] = (
    Accept(assertion="a"),
    Reject(assertion="a", reason="a question, “not” a claim"),
    Correct(assertion="a", values=(("level", "state"), ("accused", "state:FR"))),
    Split(assertion="a", spans=(Span(0, 4), Span(5, 9))),
    Merge(assertions=("a", "b")),
    Add(span=Span(0, 4), kind="denial", values=(("what", "evasion"),)),
    Coding(assertion="a", strategy="deny"),
    Contradict(comparison="c1"),
    Complete(),
)


@pytest.fixture
def filled(desk: Engine, tmp_path: Path) -> Engine:
    """A desk with one document."""
    now = datetime(2021, 7, 20, tzinfo=UTC)
    save_document(desk, tmp_path / "d", DOCUMENT, b"x", source=Source(name="example.txt"), author="A", now=now)
    return desk


@pytest.mark.parametrize("act", ACTS, ids=lambda act: type(act).__name__)
def test_what_is_saved_is_loaded(filled: Engine, act: Act) -> None:
    action = did("A. Example", act)
    assert save_action(filled, action) == 1
    assert actions_on(filled, SHA) == [action]


def test_acts_come_in_the_order_in_which_they_were_done(filled: Engine) -> None:
    done = [did("A. Example", act) for act in ACTS]
    assert [save_action(filled, action) for action in done] == list(range(1, len(ACTS) + 1))
    assert load_actions(filled) == {SHA: done}


def test_another_document_has_none(filled: Engine) -> None:
    save_action(filled, did("A. Example", Complete()))
    assert actions_on(filled, "b2" * 32) == []


def test_an_act_without_a_document_is_a_fault(filled: Engine) -> None:
    with pytest.raises(ValueError, match="kept with a document"):
        save_action(filled, replace(did("A. Example", Complete()), document=None))


def test_a_damaged_act_is_told_by_its_number(filled: Engine) -> None:
    save_action(filled, did("A. Example", Accept(assertion="a")))
    with filled.begin() as connection:
        connection.execute(sa.update(reviews).values(action="hide"))
    with pytest.raises(WorkspaceError, match="review 1 is damaged"):
        load_actions(filled)
