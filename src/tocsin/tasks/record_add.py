"""Takes a public document into the record: from a file or an address, once, with what a person says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from tocsin.errors import AskError, DocumentError
from tocsin.provenance import Pointer
from tocsin.record.facts import Facts
from tocsin.record.opening import MOST_BYTES, check_size
from tocsin.store.desk import open_desk
from tocsin.store.documents import Kept, Source, find_document, note_facts, same_text, save_document
from tocsin.store.lake import disk_errors
from tocsin.store.workspace import Workspace
from tocsin.transports.apart import open_apart
from tocsin.transports.web import Patience, fetch, is_address

LONGEST_NAME = 200

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the officer says: facts about the document, its character encoding, and where it may be fetched from."""

    author: str
    facts: Facts
    charset: str | None = None
    allow_private: bool = False
    patience: Patience = field(default_factory=lambda: Patience(most_bytes=MOST_BYTES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of it. ``remarks`` is what had to be assumed, ``same_text`` other documents of the same words.

    Of these, number in the list of all and sha256.
    """

    kept: Kept
    is_new: bool
    remarks: tuple[str, ...]
    same_text: tuple[tuple[int, str], ...]


def add_document(workspace: Workspace, place: str, *, wishes: Wishes, clock: Clock) -> Added:
    """Takes in the file or address ``place``; one that is there already gets this source and these facts in addition.

    Raises ``DocumentError`` for what cannot be fetched or read; nothing is kept then.
    """
    author = _name(wishes.author)
    if wishes.facts.published is not None and wishes.facts.published > clock().date() + timedelta(days=1):
        raise AskError(
            f"{wishes.facts.published} has not come yet", remedy="give the day it was published: --date 2021-07-22"
        )
    desk = open_desk(workspace.desk_url)
    content, source, doubts = _fetched(place, wishes, clock) if is_address(place) else (*_read(Path(place)), ())
    came_by = source.address or source.name
    opened = open_apart(content, source=came_by, content_type=source.content_type, charset=wishes.charset)
    with disk_errors(workspace.root):
        now = clock()
        is_new = save_document(
            desk, workspace.documents, opened.document, content, source=source, author=author, now=now
        )
        kept = find_document(desk, opened.document.sha256)
        assert kept is not None, "just added"
        if news := _news(wishes.facts, kept):
            note_facts(desk, kept.document.sha256, news, author=author, now=now)
            kept = find_document(desk, kept.document.sha256) or kept
    return Added(
        kept=kept,
        is_new=is_new,
        remarks=(*doubts, *opened.remarks),
        same_text=tuple(same_text(desk, workspace.documents, kept)) if is_new else (),
    )


def _fetched(address: str, wishes: Wishes, clock: Clock) -> tuple[bytes, Source, tuple[str, ...]]:
    found = fetch(address, patience=wishes.patience, allow_private=wishes.allow_private)
    source = Source(name=address, address=found.address, content_type=found.content_type, fetched_at=clock())
    doubts = () if found.is_measured else ("the server did not say how long it is: look whether all of it came",)
    return found.content, source, doubts


def _read(path: Path) -> tuple[bytes, Source]:
    where = Pointer(source=str(path))
    try:
        if path.is_dir():
            raise DocumentError("this is a folder", where=where, remedy="name the files in it")
        if path.exists() and not path.is_file():
            raise DocumentError("this is a pipe or a device, not a file", where=where, remedy="save it to a file first")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        remedy = "check the path; only http:// and https:// are fetched" if ":/" in str(path) else "check the path"
        raise DocumentError("there is no such file", where=where, remedy=remedy) from None
    except (OSError, ValueError) as fault:
        raise DocumentError(
            f"the file cannot be read: {fault}", where=where, remedy="check your right to it"
        ) from fault
    try:
        check_size(len(content))
    except DocumentError as error:
        raise DocumentError(error.what, where=where, remedy=error.remedy) from None
    return content, Source(name=path.name)


def _name(author: str) -> str:
    name = " ".join(author.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise AskError("nobody's name is given, or one that cannot be kept", remedy="name whoever adds it: --author")
    return name


def _news(facts: Facts, kept: Kept) -> Facts | None:
    """What of the facts a person has not said of it yet; ``None`` when nothing is new."""
    said = {name for name, origin in kept.document.origins if origin == "person"}
    same = {
        name: None
        for name, text in facts.as_texts().items()
        if name in said and str(getattr(kept.document, name)) == text
    }
    left = replace(facts, **same)
    return left if left.as_texts() else None
