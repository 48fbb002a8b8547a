"""What a census needs to know of every constituent, read without its holdings and contacts."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.remediation import Body
from tocsin.store.clock import instant_text
from tocsin.store.schema import constituency_versions, constituents


def load_bodies(desk: Engine, *, known_at: datetime | None = None) -> dict[str, Body]:
    """The constituents of the newest version, or of the newest one imported by ``known_at``, by id."""
    newest = sa.select(sa.func.max(constituency_versions.c.number))
    if known_at is not None:
        newest = newest.where(constituency_versions.c.imported_at <= instant_text(known_at))
    columns = (
        constituents.c.id,
        constituents.c.kind,
        constituents.c.sector,
        constituents.c.public_body,
        constituents.c.country,
    )
    with desk.connect() as connection:
        version = connection.scalar(newest) or 0
        valid = (constituents.c.since <= version) & (constituents.c.until.is_(None) | (constituents.c.until > version))
        rows = connection.execute(sa.select(*columns).where(valid)).all()
    return {
        name: Body(kind=kind, sector=sector, is_public=public, country=country)
        for name, kind, sector, public, country in rows
    }
