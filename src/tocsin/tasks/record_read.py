"""Reads documents of the record: those that were not read yet by this reader, or as they are known now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tocsin.record import Document
from tocsin.record.gazetteer import load_gazetteer
from tocsin.record.opening import TEXT
from tocsin.record.reading.reading import read
from tocsin.store.assertions import Mark, reading_marks, save_reading
from tocsin.store.desk import open_desk
from tocsin.store.documents import Kept, all_documents, facts_hash, with_text
from tocsin.store.lake import disk_errors
from tocsin.store.workspace import Workspace
from tocsin.tasks.record_list import choose_document

Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was found in one document. ``is_new`` is false where this reader had read it before on this basis."""

    kept: Kept
    mark: Mark
    is_new: bool


def read_documents(
    workspace: Workspace,
    wanted: str | None = None,
    *,
    clock: Clock,
    progress: Progress = lambda done, of: None,
) -> Iterator[Read]:
    """Reads the document ``wanted``, or every one not read yet; yields each once its reading is kept.

    ``progress`` is told how many of how many are done. Raises ``AskError`` for a document that is not there.
    """
    desk = open_desk(workspace.desk_url)
    gazetteer = load_gazetteer()
    reader = read(Document(sha256="", text="", media_type=TEXT, source=""), gazetteer).reader
    marks = dict(reading_marks(desk))
    chosen = all_documents(desk) if wanted is None else [choose_document(desk, wanted)]
    unread = [kept for kept in chosen if not _is_read(kept, marks, reader)]
    for number, kept in enumerate(chosen if wanted is not None else unread, 1):
        is_new = kept in unread
        if is_new:
            with disk_errors(workspace.root):
                document = with_text(workspace.documents, kept)
                save_reading(desk, read(document, gazetteer), basis=facts_hash(document), now=clock())
            marks |= reading_marks(desk, document.sha256)
        progress(number, len(unread))
        yield Read(kept=kept, mark=marks[kept.document.sha256], is_new=is_new)


def _is_read(kept: Kept, marks: dict[str, Mark], reader: str) -> bool:
    mark = marks.get(kept.document.sha256)
    return mark is not None and (mark.reader, mark.basis) == (reader, facts_hash(kept.document))
