"""Versions of the constituency: append-only rows, each valid from one import to another."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.constituency import Constituent, Holding, ImportPlan, Resolver, content_hash, version_text
from tocsin.errors import WorkspaceError
from tocsin.provenance import Pointer
from tocsin.store.clock import instant_text
from tocsin.store.schema import constituency_versions, constituents

NO_VERSION = "0"
"""The version of a constituency into which nothing was imported yet."""

_BLOCK = 500

_decode_contacts = msgspec.json.Decoder(tuple[str, ...]).decode
_decode_holdings = msgspec.json.Decoder(list[tuple[str, str, bool, str, int]]).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One import that changed something."""

    number: int
    source: str
    file: str
    file_sha256: str
    content_sha256: str
    imported_at: str
    added: int
    changed: int
    removed: int
    rejected: int

    def __str__(self) -> str:
        return version_text(self.number, self.content_sha256)

    def as_json(self) -> dict[str, object]:
        return {
            "version": str(self),
            "number": self.number,
            "source": self.source,
            "file": self.file,
            "file_sha256": self.file_sha256,
            "imported_at": self.imported_at,
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "rejected": self.rejected,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an import came from."""

    source: str
    file: str
    file_sha256: str
    rejected: int


def list_versions(desk: Engine) -> tuple[Version, ...]:
    """Every version, the oldest first."""
    with desk.connect() as connection:
        rows = connection.execute(sa.select(constituency_versions).order_by(constituency_versions.c.number))
        return tuple(Version(**row._mapping) for row in rows)


def current_version(desk: Engine, *, known_at: datetime | None = None) -> Version | None:
    """The newest version, or the newest one imported by ``known_at``; ``None`` when there is none."""
    query = sa.select(constituency_versions).order_by(constituency_versions.c.number.desc()).limit(1)
    if known_at is not None:
        query = query.where(constituency_versions.c.imported_at <= instant_text(known_at))
    with desk.connect() as connection:
        row = connection.execute(query).one_or_none()
        return None if row is None else Version(**row._mapping)


def load_constituents(desk: Engine, version: Version | None) -> tuple[Constituent, ...]:
    """The constituents valid in a version, by id; none when there is no version."""
    if version is None:
        return ()
    query = sa.select(constituents).where(_valid_in(version)).order_by(constituents.c.id)
    with desk.connect() as connection:
        return tuple(_constituent(row) for row in connection.execute(query))


def load_constituent(desk: Engine, id_: str, version: Version | None) -> Constituent | None:
    """One constituent as it is in a version."""
    if version is None:
        return None
    query = sa.select(constituents).where((constituents.c.id == id_) & _valid_in(version))
    with desk.connect() as connection:
        row = connection.execute(query).one_or_none()
        return None if row is None else _constituent(row)


def load_resolver(desk: Engine, *, known_at: datetime | None = None) -> Resolver:
    """The resolver of the newest constituency, or of the newest one imported by ``known_at``."""
    version = current_version(desk, known_at=known_at)
    if version is None:
        return Resolver((), NO_VERSION)
    table = constituents.c
    query = sa.select(table.id, table.parent, table.holdings).where(_valid_in(version)).order_by(table.id)
    with desk.connect() as connection:
        rows = connection.execute(query)
        return Resolver(((row.id, row.parent, _decode_holdings(row.holdings)) for row in rows), str(version))


def save_version(desk: Engine, plan: ImportPlan, origin: Origin, *, base: Version | None, now: datetime) -> Version:
    """Keeps what an import changes as a new version, in one transaction.

    Raises ``WorkspaceError`` when the newest version is no longer ``base``, from which the plan was made.
    """
    version = Version(
        number=base.number + 1 if base else 1,
        source=origin.source,
        file=origin.file,
        file_sha256=origin.file_sha256,
        content_sha256=content_hash(plan.after),
        imported_at=instant_text(now),
        added=len(plan.added),
        changed=len(plan.changed),
        removed=len(plan.removed),
        rejected=origin.rejected,
    )
    fresh = (*plan.added, *(change.after for change in plan.changed))
    ended = (*(change.after.id for change in plan.changed), *(each.id for each in plan.removed))
    try:
        with desk.begin() as connection:
            connection.execute(sa.insert(constituency_versions).values(**_row_of(version)))
            _end(connection, ended, version.number)
            if fresh:
                connection.execute(sa.insert(constituents), [_row(each, version.number) for each in fresh])
    except sa.exc.IntegrityError as fault:
        raise WorkspaceError(
            "another import changed the constituency in the meantime",
            remedy="nothing was changed by this one; run it again",
        ) from fault
    return version


def _end(connection: Connection, ids: Iterable[str], number: int) -> None:
    """Ends the rows that are valid now, in blocks that every database takes."""
    names = list(ids)
    for start in range(0, len(names), _BLOCK):
        block = constituents.c.id.in_(names[start : start + _BLOCK])
        connection.execute(sa.update(constituents).where(block & constituents.c.until.is_(None)).values(until=number))


def _valid_in(version: Version) -> sa.ColumnElement[bool]:
    table, number = constituents.c, version.number
    return (table.since <= number) & (table.until.is_(None) | (table.until > number))


def _row_of(version: Version) -> dict[str, object]:
    return {name: getattr(version, name) for name in Version.__dataclass_fields__}


def _row(each: Constituent, number: int) -> dict[str, object]:
    return {
        "id": each.id,
        "since": number,
        "until": None,
        "registry": each.registry,
        "name": each.name,
        "kind": each.kind,
        "country": each.country,
        "sector": each.sector,
        "public_body": each.public_body,
        "parent": each.parent,
        "contacts": json.dumps(each.contacts, ensure_ascii=False),
        "holdings": json.dumps(
            [[held.kind, held.value, held.provider, held.pointer.source, held.pointer.line] for held in each.holdings],
            ensure_ascii=False,
        ),
    }


def _constituent(row: sa.Row[tuple[object, ...]]) -> Constituent:
    pointers = dict[tuple[str, int], Pointer]()
    holdings = []
    for kind, value, provider, file, line in _decode_holdings(row.holdings):
        pointer = pointers.get((file, line))
        if pointer is None:
            pointer = pointers[file, line] = Pointer(source=file, line=line)
        holdings.append(Holding(kind=kind, value=value, provider=provider, pointer=pointer))
    return Constituent(
        id=row.id,
        name=row.name,
        kind=row.kind,
        country=row.country,
        sector=row.sector,
        public_body=row.public_body,
        parent=row.parent,
        contacts=_decode_contacts(row.contacts),
        holdings=tuple(holdings),
        registry=row.registry,
    )
