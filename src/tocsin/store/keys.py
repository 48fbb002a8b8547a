"""OpenPGP certificates of those we write to, by fingerprint.

One is replaced when it is given anew: with a later expiry, or revoked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.store.audit import hold, note
from tocsin.store.clock import instant_text
from tocsin.store.schema import keys


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredKey:
    """A certificate as the desk keeps it."""

    fingerprint: str
    armored: str
    source: str
    added_at: str
    added_by: str


def save_key(desk: Engine, *, fingerprint: str, armored: str, source: str, author: str, now: datetime) -> bool:
    """Keeps a certificate; ``False`` when the very same was there already."""
    values = {"armored": armored, "source": source, "added_at": instant_text(now), "added_by": author}
    with desk.begin() as connection:
        hold(connection)
        known = connection.scalar(sa.select(keys.c.armored).where(keys.c.fingerprint == fingerprint))
        if known == armored:
            return False
        if known is None:
            connection.execute(sa.insert(keys).values(fingerprint=fingerprint, **values))
        else:
            connection.execute(sa.update(keys).where(keys.c.fingerprint == fingerprint).values(**values))
        what = "key replaced" if known else "key added"
        note(connection, author, what, f"key:{fingerprint}", {"source": source}, now)
        return True


def load_keys(desk: Engine, fingerprints: Iterable[str] | None = None) -> dict[str, StoredKey]:
    """The certificates with these fingerprints, or all, by fingerprint."""
    query = sa.select(keys).order_by(keys.c.fingerprint)
    if fingerprints is not None:
        query = query.where(keys.c.fingerprint.in_(sorted(set(fingerprints))))
    with desk.connect() as connection:
        return {row["fingerprint"]: StoredKey(**row) for row in connection.execute(query).mappings()}
