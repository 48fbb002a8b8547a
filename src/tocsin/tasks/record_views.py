"""What the record's views show: the documents that have been read, as reviewers left them, and what they state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tocsin.errors import AskError
from tocsin.reports.stated import ReadDocument, Statement, statements
from tocsin.store.workspace import Workspace
from tocsin.tasks._record_filed import each_once, load_filed, load_one


def read_document(workspace: Workspace, wanted: str) -> ReadDocument:
    """One document. Raises ``AskError`` when there is none of that name, or it has not been read."""
    found = load_one(workspace, wanted)
    return ReadDocument(document=found.document, reviewed=found.reviewed)


def every_statement(
    workspace: Workspace,
    incident: str | None = None,
    *,
    known_at: datetime | None = None,
    copies: bool = False,
    tell: Callable[[int], None] = lambda copies: None,
) -> tuple[Statement, ...]:
    """What the documents state that had been added by ``known_at`` (``None``: all), of one incident or of every one.

    Documents of the same words count once unless ``copies`` is true; ``tell`` is told how many are left out.
    Raises ``AskError`` when nothing has been read, or nobody speaks of the incident.
    """
    documents = _documents(workspace, known_at, copies=copies, tell=tell)
    if not documents:
        raise AskError(
            "no document of the record has been read", remedy="run 'tocsin record add FILE', then 'tocsin record read'"
        )
    return statements(documents, incident)


def statements_if_any(workspace: Workspace, known_at: datetime | None) -> tuple[Statement, ...] | None:
    """The same for whoever can do without; ``None`` where nothing has been read."""
    documents = _documents(workspace, known_at, copies=False, tell=lambda copies: None)
    return statements(documents) if documents else None


def _documents(
    workspace: Workspace, known_at: datetime | None, *, copies: bool, tell: Callable[[int], None]
) -> list[ReadDocument]:
    filed = [each for each in load_filed(workspace) if known_at is None or each.taken_at <= known_at]
    counted = filed if copies else each_once(filed, tell)
    return [ReadDocument(document=each.document, reviewed=each.reviewed) for each in counted]
