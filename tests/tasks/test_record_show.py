"""One document with what was read in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tocsin.errors import AskError
from tocsin.record import Attribution, Level
from tocsin.record.facts import Facts
from tocsin.record.review import Correct, Reject
from tocsin.store.workspace import Workspace
from tocsin.tasks.record_add import Wishes, add_document
from tocsin.tasks.record_read import read_documents
from tocsin.tasks.record_review import review
from tocsin.tasks.record_show import KINDS, show_document
from tocsin.tasks.workspace import init

NOW = datetime(2021, 7, 22, 8, tzinfo=UTC)
TEXT = "The Government of Norway said that Russia was behind the attack on the Example Mail Server."


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    made = init(tmp_path / "workspace", label="TLP:AMBER")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    add_document(made, str(tmp_path / "a.txt"), wishes=Wishes(author="A", facts=Facts()), clock=lambda: NOW)
    return made


def test_before_it_was_read_there_is_the_text_alone(place: Workspace) -> None:
    shown = show_document(place, "1")
    assert (shown.document.text, shown.reading, shown.assertions) == (TEXT, None, ())


def test_afterwards_there_are_the_assertions_of_each_kind(place: Workspace) -> None:
    list(read_documents(place, clock=lambda: NOW))
    shown = show_document(place, "a.txt")
    assert {each.kind for each in shown.of_kind("attribution")} == {"attribution"}
    assert shown.of_kind(None) == shown.assertions
    assert sum(len(shown.of_kind(kind)) for kind in KINDS) == len(shown.assertions)


def test_a_kind_that_there_is_not_gets_the_near_one(place: Workspace) -> None:
    with pytest.raises(AskError, match="did you mean quantity"):
        show_document(place, "1").of_kind("quantities")


def test_what_reviewers_did_is_shown(place: Workspace) -> None:
    list(read_documents(place, clock=lambda: NOW))
    (claim,) = show_document(place, "1").of_kind("attribution")
    assert show_document(place, "1").states()[claim.id] == "machine-read"
    lower = Correct(assertion=claim.id, values=(("level", "group"),))
    review(place, claim.document, lower, by="A. Example", now=NOW)
    (shown,) = show_document(place, "1").of_kind("attribution")
    assert isinstance(shown.body, Attribution)
    assert shown.body.level is Level.GROUP
    assert show_document(place, "1").states()[claim.id].startswith("corrected")
    review(place, claim.document, Reject(assertion=claim.id, reason="a jest"), by="A. Example", now=NOW)
    assert show_document(place, "1").of_kind("attribution") == ()
    assert show_document(place, "1").withdrawn == 1
