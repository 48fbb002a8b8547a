"""Mail addresses and domains that are not written to, by whom and why. An entry is ended, never deleted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.store import audit
from tocsin.store.clock import instant_text
from tocsin.store.schema import suppressions


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An entry of the list; ``what`` is an address or a domain in lower case."""

    id: int
    what: str
    reason: str
    author: str
    made_at: str
    withdrawn_at: str | None
    withdrawn_by: str | None

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def add_suppression(desk: Engine, what: str, *, reason: str, author: str, now: datetime) -> int | None:
    """Adds an entry in a transaction of its own, as ``suppress`` does."""
    with desk.begin() as connection:
        return suppress(connection, what, reason=reason, author=author, now=now)


def suppress(connection: Connection, what: str, *, reason: str, author: str, now: datetime) -> int | None:
    """Adds an entry and gives its number; ``None`` when ``what`` is suppressed already."""
    audit.hold(connection)
    in_force = sa.select(suppressions.c.id).where(suppressions.c.what == what, suppressions.c.withdrawn_at.is_(None))
    if connection.execute(in_force).first() is not None:
        return None
    values = {"what": what, "reason": reason, "author": author, "made_at": instant_text(now)}
    query = sa.insert(suppressions).values(**values).returning(suppressions.c.id)
    number = int(connection.scalars(query).one())
    audit.note(connection, author, "suppression", f"suppression:{number}", {"what": what, "reason": reason}, now)
    return number


def end_suppression(desk: Engine, number: int, *, author: str, now: datetime) -> bool:
    """Ends an entry; false when none of that number is in force."""
    with desk.begin() as connection:
        audit.hold(connection)
        ended = (
            sa.update(suppressions)
            .where(suppressions.c.id == number, suppressions.c.withdrawn_at.is_(None))
            .values(withdrawn_at=instant_text(now), withdrawn_by=author)
        )
        what = connection.scalars(ended.returning(suppressions.c.what)).one_or_none()
        if what is None:
            return False
        audit.note(connection, author, "suppression ended", f"suppression:{number}", {"what": what}, now)
        return True


def list_suppressions(desk: Engine) -> list[Suppression]:
    """Every entry there ever was, oldest first."""
    with desk.connect() as connection:
        rows = connection.execute(sa.select(suppressions).order_by(suppressions.c.id))
        return [Suppression(**row._mapping) for row in rows]


def suppressed_now(desk: Engine) -> dict[str, str]:
    """What is not to be written to, with why."""
    query = sa.select(suppressions.c.what, suppressions.c.reason).where(suppressions.c.withdrawn_at.is_(None))
    with desk.connect() as connection:
        return {row.what: row.reason for row in connection.execute(query)}
