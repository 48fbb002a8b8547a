"""What the record's views find in a workspace, and what answers say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from tests.reports.stating import BOTH, accept
from tests.tasks.conftest import CASE, row, write_report
from tests.tasks.test_viewing import furnished

from tocsin.errors import AskError
from tocsin.labels import Label
from tocsin.record.review import Accept, Action, Reject
from tocsin.reports.answered import Answer
from tocsin.reports.answers import FORMATS, rendered
from tocsin.store.assertions import save_reading
from tocsin.store.desk import open_desk
from tocsin.store.documents import Source, save_document
from tocsin.store.reviews import save_action
from tocsin.store.workspace import Workspace
from tocsin.tasks.answer import Wish, answer
from tocsin.tasks.record_views import every_statement, read_document, statements_if_any
from tocsin.tasks.workspace import init

NOON = datetime(2021, 8, 1, 12, tzinfo=UTC)
OF_RECORD = ("damage", "who-did-it", "denials", "responses", "promised")


def fill(workspace: Workspace) -> None:
    """Keeps both documents with their readings, the second an hour later; one response is accepted."""
    desk = open_desk(workspace.desk_url)
    for hours, each in enumerate(BOTH):
        document, when = each.document, NOON + timedelta(hours=hours)
        content = document.text.encode()
        source = Source(name=document.source)
        save_document(desk, workspace.documents, document, content, source=source, author="A. Example", now=when)
        save_reading(desk, each.reviewed.reading, basis="test", now=when)
    save_action(desk, accept("sanctions", "A. Example"))


@pytest.fixture
def read(tmp_path: Path) -> Workspace:
    """A workspace with two documents that have been read."""
    made = init(tmp_path / "w", label="TLP:AMBER")
    fill(made)
    return made


def answered(workspace: Workspace, question: str, known_at: datetime | None = None) -> Answer:
    wish = Wish(label=Label.AMBER, questions=(question,), known_at=known_at)
    return answer(workspace, CASE, wish, tell=lambda done, of: None).given[0]


def test_the_statements_of_all_documents_with_what_reviewers_did(read: Workspace) -> None:
    found = every_statement(read)
    assert len(found) == 10
    assert [each.claim.id for each in found if each.is_reviewed] == ["sanctions"]


def keep_copy(workspace: Workspace, number: int) -> str:
    """Keeps one of the documents once more, with another end of its last line."""
    each, desk, later = BOTH[number], open_desk(workspace.desk_url), NOON + timedelta(days=1)
    content = (each.document.text + "\r\n").encode()
    name = sha256(content).hexdigest()
    document = replace(each.document, sha256=name, text=content.decode(), source="copy.txt")
    reading = each.reviewed.reading
    copied = tuple(replace(claim, document=name) for claim in reading.assertions)
    save_document(desk, workspace.documents, document, content, source=Source(name="copy.txt"), author="A", now=later)
    save_reading(desk, replace(reading, document=name, assertions=copied), basis="test", now=later)
    return name


def test_a_document_with_other_line_ends_counts_once_unless_asked(read: Workspace) -> None:
    name, told = keep_copy(read, 0), list[int]()
    assert len(every_statement(read, tell=told.append)) == 10
    assert told == [1]
    assert len(every_statement(read, copies=True)) > 10
    assert name in {each.claim.document.sha256 for each in every_statement(read, copies=True)}


def test_of_copies_the_one_that_was_reviewed_counts(read: Workspace) -> None:
    number = next(
        at for at, each in enumerate(BOTH) if any(x.id == "sanctions" for x in each.reviewed.reading.assertions)
    )
    name = keep_copy(read, number)
    assert name not in {each.claim.document.sha256 for each in every_statement(read)}
    desk = open_desk(read.desk_url)
    for act in (Accept(assertion="sanctions"), Reject(assertion="sanctions", reason="misread")):
        save_action(desk, Action(document=name, by="B. Example", at=NOON, act=act))
    assert name in {each.claim.document.sha256 for each in every_statement(read)}


def test_only_what_was_there_by_then(read: Workspace) -> None:
    assert {each.document for each in every_statement(read, known_at=NOON)} == {"statement.txt"}
    assert statements_if_any(read, NOON - timedelta(hours=1)) is None


def test_a_document_is_found_by_the_beginning_of_its_sha256(read: Workspace) -> None:
    assert read_document(read, BOTH[1].document.sha256[:12]).document == BOTH[1].document


def test_without_any_document_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AskError, match="no document") as refused:
        every_statement(init(tmp_path / "w", label="TLP:AMBER"))
    assert "tocsin record add" in refused.value.remedy


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with a scan of the case and two documents about something else than that case."""
    folder = tmp_path_factory.mktemp("judged")
    made = furnished(folder, [write_report(folder, [row("203.0.113.7")])])
    fill(made)
    return made


@pytest.mark.parametrize("question", OF_RECORD)
def test_once_documents_are_read_nothing_more_is_needed(judged: Workspace, question: str) -> None:
    found = answered(judged, question)
    assert found.question.missing == ""
    assert not found.is_answered, "the documents are about another incident"
    assert any(each.startswith("No document that has been read says anything") for each in found.unknown)
    assert any(each.startswith("Left out, as of other incidents") for each in found.unknown)


def test_before_they_were_there_it_says_what_is_missing(judged: Workspace) -> None:
    before = NOON - timedelta(hours=1)
    assert "the public record" in answered(judged, "who-did-it", before).question.missing


@pytest.mark.parametrize("format_", [name for name in FORMATS if name != "pdf"])
def test_every_format_is_written(judged: Workspace, format_: str) -> None:
    wish = Wish(label=Label.AMBER, questions=OF_RECORD)
    given = answer(judged, CASE, wish, tell=lambda done, of: None)
    assert b"TLP:AMBER" in rendered(given, format_, Label.AMBER)


def test_the_record_answers_where_no_scan_was_taken_in(read: Workspace) -> None:
    wish = Wish(label=Label.AMBER, questions=OF_RECORD)
    found = answer(read, CASE, wish, tell=lambda done, of: None)
    assert [each.question.id for each in found.given] == list(OF_RECORD)
    assert found.material.as_of.isoformat() == "2021-07-20"
    for format_ in FORMATS:
        if format_ != "pdf":
            assert rendered(found, format_, Label.AMBER)


def test_what_needs_a_scan_says_what_does_not(read: Workspace) -> None:
    for questions in ((), ("who-did-it", "exposed")):
        with pytest.raises(AskError, match="the public record alone answers -q damage, -q who-did-it"):
            answer(read, CASE, Wish(label=Label.AMBER, questions=questions), tell=lambda done, of: None)


def test_a_case_that_is_none_is_refused_whatever_was_read(read: Workspace) -> None:
    with pytest.raises(AskError, match="no case"):
        answer(read, "nothing-2021", Wish(label=Label.AMBER, questions=("denials",)), tell=lambda done, of: None)
