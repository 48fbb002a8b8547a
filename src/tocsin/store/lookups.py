"""What was asked of strangers' servers, when, and what came: kept, so that nothing is asked twice too soon."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.store.clock import instant_text, parse_instant
from tocsin.store.schema import lookups

KINDS = ("security.txt", "rdap", "bootstrap", "mx")
OUTCOMES = ("answer", "nothing", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """One question and what came of it. ``answer`` is as it came, or what went wrong.

    ``server`` is the address that was asked; before ``expires_at`` it is not asked again.
    """

    kind: str
    asked: str
    server: str
    asked_at: datetime
    outcome: str
    answer: str
    expires_at: datetime

    def as_json(self) -> dict[str, object]:
        return {
            **{name: getattr(self, name) for name in ("kind", "asked", "server", "outcome")},
            "asked_at": self.asked_at.isoformat(),
            "expires_at": self.expires_at.isoformat(),
            "answer": self.answer,
        }


def add_lookup(connection: Connection, lookup: Lookup) -> None:
    """Keeps one look-up, in the transaction of what it led to."""
    if lookup.kind not in KINDS or lookup.outcome not in OUTCOMES:
        raise ValueError(f"{lookup.kind} {lookup.outcome}")
    connection.execute(
        sa.insert(lookups).values(
            kind=lookup.kind,
            asked=lookup.asked[:300],
            server=lookup.server,
            asked_at=instant_text(lookup.asked_at),
            outcome=lookup.outcome,
            answer=lookup.answer,
            expires_at=instant_text(lookup.expires_at),
        )
    )


def forget_lookups(connection: Connection, asked: Collection[str]) -> None:
    """Deletes what was looked up about these domains."""
    connection.execute(sa.delete(lookups).where(lookups.c.asked.in_(sorted(asked))))


def fresh_questions(desk: Engine, kind: str, *, now: datetime) -> frozenset[str]:
    """What of one kind need not be asked now."""
    query = (
        sa.select(lookups.c.asked).where(lookups.c.kind == kind, lookups.c.expires_at > instant_text(now)).distinct()
    )
    with desk.connect() as connection:
        return frozenset(connection.scalars(query))


def latest_lookup(desk: Engine, kind: str, asked: str) -> Lookup | None:
    """The newest look-up of one question, failed ones included."""
    query = sa.select(lookups).where(lookups.c.kind == kind, lookups.c.asked == asked[:300])
    with desk.connect() as connection:
        row = connection.execute(query.order_by(lookups.c.id.desc()).limit(1)).mappings().one_or_none()
        return None if row is None else _lookup(row)


def latest_answers(desk: Engine, kind: str) -> Iterator[Lookup]:
    """Of each question of one kind its newest look-up that was answered (or answered with nothing)."""
    newest = (
        sa.select(sa.func.max(lookups.c.id))
        .where(lookups.c.kind == kind, lookups.c.outcome != "failed")
        .group_by(lookups.c.asked)
    )
    query = sa.select(lookups).where(lookups.c.id.in_(newest)).order_by(lookups.c.asked)
    with desk.connect() as connection:
        yield from map(_lookup, connection.execute(query).mappings())


def _lookup(row: sa.RowMapping) -> Lookup:
    return Lookup(
        kind=row["kind"],
        asked=row["asked"],
        server=row["server"],
        asked_at=parse_instant(row["asked_at"]),
        outcome=row["outcome"],
        answer=row["answer"],
        expires_at=parse_instant(row["expires_at"]),
    )
