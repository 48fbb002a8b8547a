"""Exporting the record of a workspace."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.record.reviewing import DOCUMENT, GROUP, READING, SHA, TEXT
from tests.sharing.records import rows

from tocsin.errors import AskError
from tocsin.labels import Label
from tocsin.record.review import Accept
from tocsin.sharing.filed import Choice
from tocsin.store.assertions import save_reading
from tocsin.store.desk import open_desk
from tocsin.store.documents import Source, save_document
from tocsin.store.workspace import Workspace
from tocsin.tasks.record_export import FORMATS, Exported, export_record
from tocsin.tasks.record_review import review

NOON = datetime(2021, 8, 1, 12, tzinfo=UTC)


@pytest.fixture
def place(workspace: Workspace) -> Workspace:
    """A workspace with one document, one of whose assertions is reviewed, and one that was not read."""
    desk = open_desk(workspace.desk_url)
    source = Source(name="example.txt")
    save_document(desk, workspace.documents, DOCUMENT, TEXT.encode(), source=source, author="A", now=NOON)
    save_reading(desk, READING, basis="test", now=NOON)
    review(workspace, SHA, Accept(assertion="group"), by="A. Example", now=NOON)
    return workspace


def made(place: Workspace, kind: str, *, choice: Choice | None = None, creator: str = "Example CERT") -> Exported:
    return export_record(place, kind, choice=choice or Choice(), label=Label.AMBER, creator=creator)


def test_a_table_has_a_row_for_each(place: Workspace) -> None:
    found = made(place, "csv")
    assert (found.documents, found.assertions, found.reviewed) == (1, 5, 1)
    assert len(rows(found.content)) == 5


def test_reviewed_ones_only(place: Workspace) -> None:
    found = made(place, "csv", choice=Choice(reviewed_only=True))
    assert [row["id"] for row in rows(found.content)] == ["group"]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_gives_the_same_bytes_again(place: Workspace, kind: str) -> None:
    assert made(place, kind).content == made(place, kind).content


@pytest.mark.parametrize("kind", ["annotations", "stix"])
def test_json_is_json(place: Workspace, kind: str) -> None:
    assert json.loads(made(place, kind).content)


def test_a_bundle_names_its_creator(place: Workspace) -> None:
    with pytest.raises(AskError, match="a STIX bundle needs a creator"):
        made(place, "stix", creator=" ")


def test_an_unknown_format_is_refused(place: Workspace) -> None:
    with pytest.raises(AskError, match="did you mean stix"):
        made(place, "stixx")


def test_an_incident_told_in_short_is_the_one_told_in_full(place: Workspace) -> None:
    other = replace(DOCUMENT, sha256="b2" * 32)
    short = replace(GROUP, id="short", document=other.sha256, incident="mail")
    desk = open_desk(place.desk_url)
    source = Source(name="other.txt")
    save_document(desk, place.documents, other, TEXT.encode(), source=source, author="A", now=NOON)
    reading = replace(READING, document=other.sha256, assertions=(short,))
    save_reading(desk, reading, basis="test", now=NOON)
    found = made(place, "eurepoc", choice=Choice(incident="example-mail"))
    assert {row["attribution_ID"]: row["incident_ID"] for row in rows(found.content)} == {
        "organ": "example-mail",
        "group": "example-mail",
        "short": "example-mail",
    }


def test_an_incident_that_is_not_there_is_refused_with_those_that_are(place: Workspace) -> None:
    with pytest.raises(AskError, match="did you mean example-mail"):
        made(place, "csv", choice=Choice(incident="example-mial"))
