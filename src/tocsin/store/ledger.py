"""Acts that must be answerable later: purges, and outputs below the workspace's label. Append-only."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tocsin.store.clock import instant_text
from tocsin.store.schema import ledger


def note(connection: Connection, what: str, detail: str, *, now: datetime) -> None:
    """Adds an entry; ``what`` is the kind of act."""
    connection.execute(sa.insert(ledger).values(at=instant_text(now), what=what, detail=detail))


def entries(connection: Connection) -> list[tuple[str, str, str]]:
    """Every entry as time, kind and detail, oldest first."""
    rows = connection.execute(sa.select(ledger.c.at, ledger.c.what, ledger.c.detail).order_by(ledger.c.id))
    return [(row.at, row.what, row.detail) for row in rows]
