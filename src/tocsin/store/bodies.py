"""What a census needs to know of every constituent, read without its holdings and contacts."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.remediation import Body
from tocsin.store.clock import instant_text
from tocsin.store.schema import constituency_versions, constituents


def load_bodies(desk: Engine, *, known_at: datetime | None = None) -> dict[str, Body]:
    """The constituents of the newest version, or of the newest one imported by ``known_at``, by id."""
    columns = (
        constituents.c.id,
        constituents.c.kind,
        constituents.c.sector,
        constituents.c.public_body,
        constituents.c.country,
    )

    @cache
    def alike(kind: str, sector: str, is_public: bool, country: str) -> Body:
        return Body(kind=kind, sector=sector, is_public=is_public, country=country)

    with desk.connect() as connection:
        rows = connection.execute(sa.select(*columns).where(_valid(connection, known_at)))
        return {name: alike(*values) for name, *values in rows}


def load_parents(desk: Engine, *, known_at: datetime | None = None) -> dict[str, str | None]:
    """Who belongs to whom in that version: of each constituent that has a parent, the parent's id."""
    query = sa.select(constituents.c.id, constituents.c.parent).where(constituents.c.parent.is_not(None))
    with desk.connect() as connection:
        rows = connection.execute(query.where(_valid(connection, known_at))).all()
    return {name: parent for name, parent in rows}  # noqa: C416  mypy knows no dict() of rows


def load_names(desk: Engine, *, known_at: datetime | None = None) -> dict[str, str]:
    """The constituents' names in that version, by id."""
    query = sa.select(constituents.c.id, constituents.c.name)
    with desk.connect() as connection:
        rows = connection.execute(query.where(_valid(connection, known_at))).all()
    return {name: text for name, text in rows}  # noqa: C416  mypy knows no dict() of rows


def load_reachable(desk: Engine, *, known_at: datetime | None = None) -> frozenset[str]:
    """The constituents of that version that have a contact."""
    query = sa.select(constituents.c.id).where(constituents.c.contacts.not_in(("", "[]")))
    with desk.connect() as connection:
        return frozenset(connection.scalars(query.where(_valid(connection, known_at))))


def _valid(connection: sa.Connection, known_at: datetime | None) -> sa.ColumnElement[bool]:
    newest = sa.select(sa.func.max(constituency_versions.c.number))
    if known_at is not None:
        newest = newest.where(constituency_versions.c.imported_at <= instant_text(known_at))
    version = connection.scalar(newest) or 0
    return (constituents.c.since <= version) & (constituents.c.until.is_(None) | (constituents.c.until > version))
