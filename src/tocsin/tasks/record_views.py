"""What the record's views show: the documents that have been read, as reviewers left them, and what they state."""

from __future__ import annotations

from datetime import datetime

from tocsin.errors import AskError
from tocsin.reports.stated import ReadDocument, Statement, statements
from tocsin.store.workspace import Workspace
from tocsin.tasks._record_filed import load_filed, load_one


def read_document(workspace: Workspace, wanted: str) -> ReadDocument:
    """One document. Raises ``AskError`` when there is none of that name, or it has not been read."""
    found = load_one(workspace, wanted)
    return ReadDocument(document=found.document, reviewed=found.reviewed)


def every_statement(
    workspace: Workspace, incident: str | None = None, *, known_at: datetime | None = None
) -> tuple[Statement, ...]:
    """What the documents state that had been added by ``known_at`` (``None``: all), of one incident or of every one.

    Raises ``AskError`` when nothing has been read, or nobody speaks of the incident.
    """
    documents = _documents(workspace, known_at)
    if not documents:
        raise AskError(
            "no document of the record has been read", remedy="run 'tocsin record add FILE', then 'tocsin record read'"
        )
    return statements(documents, incident)


def statements_if_any(workspace: Workspace, known_at: datetime | None) -> tuple[Statement, ...] | None:
    """The same for whoever can do without; ``None`` where nothing has been read."""
    documents = _documents(workspace, known_at)
    return statements(documents) if documents else None


def _documents(workspace: Workspace, known_at: datetime | None) -> list[ReadDocument]:
    return [
        ReadDocument(document=each.document, reviewed=each.reviewed)
        for each in load_filed(workspace)
        if known_at is None or each.taken_at <= known_at
    ]
