"""Declaring that a source looks in another way."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.tasks.conftest import NOW, Take, row, write_report

from tocsin.errors import AskError
from tocsin.store.workspace import Workspace
from tocsin.tasks.sources import list_source_notes, note_source, withdraw_source_note

DAY = date(2021, 3, 8)


@pytest.fixture
def filled(take: Take, tmp_path: Path, workspace: Workspace) -> Workspace:
    take(write_report(tmp_path, [row("203.0.113.7")]))
    return workspace


def _note(workspace: Workspace, source: str = "scan_exchange", **changes: str) -> int:
    words = {"text": "also scans port 8443", "author": "A. Officer"} | changes
    return note_source(workspace, source, on=DAY, now=NOW, **words)


def test_a_note_is_kept_with_who_when_and_what(filled: Workspace) -> None:
    _note(filled, text="  also scans port 8443 \n", author=" A. Officer ")
    (entry,) = list_source_notes(filled)
    assert (entry.source, entry.on_day) == ("scan_exchange", "2021-03-08")
    assert (entry.text, entry.author) == ("also scans port 8443", "A. Officer")
    assert entry.withdrawn_at is None


def test_what_is_withdrawn_stays_on_record(filled: Workspace) -> None:
    number = _note(filled)
    withdraw_source_note(filled, number, author="B. Officer", now=NOW + timedelta(hours=1))
    (entry,) = list_source_notes(filled)
    assert entry.withdrawn_by == "B. Officer"


def test_what_is_not_in_force_cannot_be_withdrawn(filled: Workspace) -> None:
    number = _note(filled)
    withdraw_source_note(filled, number, author="B. Officer", now=NOW)
    for gone in (number, number + 1, 0, -1):
        with pytest.raises(AskError, match=f"no note {gone} is in force"):
            withdraw_source_note(filled, gone, author="B. Officer", now=NOW)


def test_a_source_that_never_reported_names_the_near_one(filled: Workspace) -> None:
    with pytest.raises(AskError, match="did you mean scan_exchange"):
        _note(filled, "scan_exchang")


def test_before_anything_was_taken_in_there_is_no_source(workspace: Workspace) -> None:
    with pytest.raises(AskError) as refused:
        _note(workspace)
    assert "tocsin ingest" in refused.value.remedy


@pytest.mark.parametrize("missing", ["text", "author"])
def test_a_note_says_what_and_by_whom(filled: Workspace, missing: str) -> None:
    with pytest.raises(AskError):
        _note(filled, **{missing: " \n"})
    assert list_source_notes(filled) == []
