"""Officers' overrides: a verdict or an assignment set aside, by whom, why, from when and until when. Append-only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.remediation.overlay import Override
from tocsin.store.clock import instant_text
from tocsin.store.schema import overrides


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An override as the desk keeps it."""

    id: int
    override: Override
    created_at: str
    begins_on: str
    expires_on: str
    withdrawn_at: str | None
    withdrawn_by: str | None


def save_override(desk: Engine, override: Override, *, begins: date | None = None, expires: date, now: datetime) -> int:
    """Adds an override that counts from ``begins`` (by default the day of ``now``) to ``expires``; gives its number."""
    with desk.begin() as connection:
        return add_override(connection, override, begins=begins or now.date(), expires=expires, now=now)


def add_override(connection: Connection, override: Override, *, begins: date, expires: date, now: datetime) -> int:
    """As ``save_override``, as part of a larger transaction."""
    values = {
        "what": override.what,
        "case_id": override.case_id,
        "ip_hi": override.ip_hi,
        "ip_lo": override.ip_lo,
        "port": override.port,
        "value": override.value,
        "reason": override.reason,
        "author": override.author,
        "created_at": instant_text(now),
        "begins_on": begins.isoformat(),
        "expires_on": expires.isoformat(),
    }
    return int(connection.scalars(sa.insert(overrides).values(**values).returning(overrides.c.id)).one())


def withdraw_override(desk: Engine, number: int, *, by: str, now: datetime) -> bool:
    """Ends an override that is in force; false when there is none of that number."""
    with desk.begin() as connection:
        done = connection.execute(
            sa.update(overrides)
            .where(overrides.c.id == number, overrides.c.withdrawn_at.is_(None))
            .values(withdrawn_at=instant_text(now), withdrawn_by=by)
        )
        return done.rowcount == 1


def all_overrides(desk: Engine) -> list[Entry]:
    """Every override ever made, oldest first."""
    with desk.connect() as connection:
        return [_entry(row) for row in connection.execute(sa.select(overrides).order_by(overrides.c.id)).mappings()]


def overrides_in_force(desk: Engine, case_id: str, *, as_of: date, known_at: datetime | None) -> list[Override]:
    """The overrides that bear on one case on ``as_of``, oldest first, as far as ``known_at`` knew of them."""
    day = as_of.isoformat()
    every = overrides_ever(desk, case_id, known_at=known_at)
    return [entry.override for entry in every if entry.begins_on <= day <= entry.expires_on]


def overrides_ever(desk: Engine, case_id: str, *, known_at: datetime | None) -> list[Entry]:
    """The overrides that bear on one case on any day, oldest first, as far as ``known_at`` knew of them."""
    query = sa.select(overrides).where((overrides.c.case_id == case_id) | overrides.c.case_id.is_(None))
    if known_at is None:
        query = query.where(overrides.c.withdrawn_at.is_(None))
    else:
        moment = instant_text(known_at)
        query = query.where(
            overrides.c.created_at <= moment,
            overrides.c.withdrawn_at.is_(None) | (overrides.c.withdrawn_at > moment),
        )
    with desk.connect() as connection:
        return [_entry(row) for row in connection.execute(query.order_by(overrides.c.id)).mappings()]


def _entry(row: sa.RowMapping) -> Entry:
    return Entry(
        id=row["id"],
        override=Override(
            what=row["what"],
            case_id=row["case_id"],
            ip_hi=row["ip_hi"],
            ip_lo=row["ip_lo"],
            port=row["port"],
            value=row["value"],
            reason=row["reason"],
            author=row["author"],
        ),
        created_at=row["created_at"],
        begins_on=row["begins_on"],
        expires_on=row["expires_on"],
        withdrawn_at=row["withdrawn_at"],
        withdrawn_by=row["withdrawn_by"],
    )
