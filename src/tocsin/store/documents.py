"""The public record's documents: their bytes as they came and their texts as files, what is known of them in the desk.

The files are named by the sha256 of the bytes and written whole, and the row that names them last: what a killed
process left is written over by the next. The text is kept beside the bytes because every span counts its code points,
and a later version of a library may read another text from the same PDF. What a person says of a document is added,
never written over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.errors import WorkspaceError
from tocsin.record import Document, Origin
from tocsin.record.codec import from_json, to_json
from tocsin.record.document import wording
from tocsin.record.facts import Facts, facts_of, with_facts
from tocsin.store.clock import instant_text
from tocsin.store.files import written_whole
from tocsin.store.schema import document_notes, document_sources, documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """How a document came: ``name`` is the file's name or the address asked for, ``address`` the one that answered."""

    name: str
    address: str | None = None
    content_type: str | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One way by which a document came, as the desk keeps it."""

    source: str
    address: str | None
    content_type: str | None
    fetched_at: str | None
    added_at: str
    added_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A document as the desk knows it. ``document`` has no text; what persons said of it is in its fields."""

    document: Document
    text_sha256: str
    size: int
    characters: int
    words: int
    added_at: str
    arrivals: tuple[Arrival, ...]


def save_document(
    desk: Engine, folder: Path, document: Document, content: bytes, *, source: Source, author: str, now: datetime
) -> bool:
    """Keeps the document and how it came; false when it was there already (a new way by which it came is added).

    Raises ``WorkspaceError`` when the disk refuses. Safe to repeat, and to do twice at once.
    """
    text = document.text.encode("utf-8")
    row = {
        "sha256": document.sha256,
        "text_sha256": sha256(text).hexdigest(),
        "bytes": len(content),
        "characters": len(document.text),
        "words": len(document.text.split()),
        "about": json.dumps(to_json(replace(document, text=""))),
        "added_at": instant_text(now),
    }
    if find_document(desk, document.sha256) is None:
        _write(folder, document.sha256, content, text)
    is_new = _insert_once(desk, documents, row)
    _insert_once(desk, document_sources, _arrival(document.sha256, source, author=author, now=now))
    return is_new


def note_facts(desk: Engine, document: str, facts: Facts, *, author: str, now: datetime) -> None:
    """Adds what a person says of the document; the newest word on a field counts."""
    values = [
        {"document": document, "field": name, "value": text, "author": author, "made_at": instant_text(now)}
        for name, text in facts.as_texts().items()
    ]
    if values:
        with desk.begin() as connection:
            connection.execute(sa.insert(document_notes), values)


def find_document(desk: Engine, sha256_: str) -> Kept | None:
    """The document of that sha256, without its text."""
    found = _kept(desk, documents.c.sha256 == sha256_)
    return found[0] if found else None


def all_documents(desk: Engine) -> list[Kept]:
    """Every document, in the order in which they were added."""
    return _kept(desk, sa.true())


def same_text(desk: Engine, folder: Path, kept: Kept) -> list[tuple[int, str]]:
    """Other documents of the same words: number in the list of all, from 1, and sha256.

    The same words in other line ends or behind a byte order mark are another file, and the same text.
    """
    numbered = [(number, other) for number, other in enumerate(all_documents(desk), 1) if other.words == kept.words]
    alike = {number: other for number, other in numbered if other.document.sha256 != kept.document.sha256}
    wanted = wording(with_text(folder, kept).text) if alike else ""
    return [
        (number, other.document.sha256)
        for number, other in alike.items()
        if wording(with_text(folder, other).text) == wanted
    ]


def with_text(folder: Path, kept: Kept) -> Document:
    """The document with its text. Raises ``WorkspaceError`` when its file is missing or is not what was kept."""
    path = _text_path(folder, kept.document.sha256)
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise WorkspaceError(
            f"{path} cannot be read: {fault.strerror or fault}", remedy="restore it from a copy of the workspace"
        ) from fault
    if sha256(content).hexdigest() != kept.text_sha256:
        raise WorkspaceError(f"{path} was changed", remedy="restore it from a copy of the workspace")
    return replace(kept.document, text=content.decode("utf-8"))


def load_document(desk: Engine, folder: Path, sha256_: str) -> Document | None:
    """The document of that sha256 with its text; ``None`` when there is none."""
    kept = find_document(desk, sha256_)
    return None if kept is None else with_text(folder, kept)


def facts_hash(document: Document) -> str:
    """The sha256 of all that a reading rests on beside the text: when it changes, the document is to be read anew."""
    return sha256(json.dumps(to_json(replace(document, text=""))).encode()).hexdigest()


def _text_path(folder: Path, name: str) -> Path:
    return folder / f"{name}.txt"


def _write(folder: Path, name: str, content: bytes, text: bytes) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as fault:
        raise WorkspaceError(f"{folder} cannot be made: {fault.strerror}", remedy="check your rights to it") from fault
    for path, data in ((folder / name, content), (_text_path(folder, name), text)):
        with written_whole(path) as file:
            file.write(data)


def _arrival(document: str, source: Source, *, author: str, now: datetime) -> Mapping[str, object]:
    return {
        "id": sha256(f"{document} {json.dumps(source.name)}".encode()).hexdigest(),
        "document": document,
        "source": json.dumps(source.name),
        "address": source.address and json.dumps(source.address),
        "content_type": source.content_type and json.dumps(source.content_type),
        "fetched_at": source.fetched_at and instant_text(source.fetched_at),
        "added_at": instant_text(now),
        "added_by": author,
    }


def _insert_once(desk: Engine, table: sa.Table, row: Mapping[str, object]) -> bool:
    """Adds the row unless one with its key is there."""
    try:
        with desk.begin() as connection:
            connection.execute(sa.insert(table).values(**row))
    except sa.exc.IntegrityError:
        return False
    return True


def _kept(desk: Engine, which: sa.ColumnElement[bool]) -> list[Kept]:
    with desk.connect() as connection:
        rows = connection.execute(
            sa.select(documents).where(which).order_by(documents.c.added_at, documents.c.sha256)
        ).all()
        names = sa.select(documents.c.sha256).where(which)
        arrivals, noted = _arrivals(connection, names), _noted(connection, names)
    return [_as_kept(row, arrivals.get(row.sha256, []), noted.get(row.sha256, {})) for row in rows]


def _as_kept(row: sa.Row[tuple[object, ...]], arrivals: list[Arrival], noted: Mapping[str, str]) -> Kept:
    opened = from_json(json.loads(row.about), Document)
    return Kept(
        document=with_facts(opened, facts_of(noted), Origin.PERSON),
        text_sha256=row.text_sha256,
        size=row.bytes,
        characters=row.characters,
        words=row.words,
        added_at=row.added_at,
        arrivals=tuple(arrivals),
    )


def _arrivals(connection: Connection, names: sa.Select[tuple[str]]) -> Mapping[str, list[Arrival]]:
    table, found = document_sources, dict[str, list[Arrival]]()
    query = sa.select(table).where(table.c.document.in_(names)).order_by(table.c.added_at, table.c.id)
    for row in connection.execute(query):
        arrival = Arrival(
            source=json.loads(row.source),
            address=row.address and json.loads(row.address),
            content_type=row.content_type and json.loads(row.content_type),
            fetched_at=row.fetched_at,
            added_at=row.added_at,
            added_by=row.added_by,
        )
        found.setdefault(row.document, []).append(arrival)
    return found


def _noted(connection: Connection, names: sa.Select[tuple[str]]) -> Mapping[str, dict[str, str]]:
    """The newest word of a person on each field, by document."""
    table, found = document_notes, dict[str, dict[str, str]]()
    query = sa.select(table).where(table.c.document.in_(names)).order_by(table.c.id)
    for row in connection.execute(query):
        found.setdefault(row.document, {})[row.field] = row.value
    return found
