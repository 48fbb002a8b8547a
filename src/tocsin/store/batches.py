"""What was taken in and how it was judged: the rows that make a batch visible, and who replaced whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.store.clock import instant_text
from tocsin.store.schema import batches, judgements

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One file's content as it was taken in. Instants are UTC text; ``rows_in`` is the sum of the next three."""

    id: str
    source: str
    day: str
    scope: str
    coverage: str
    file: str
    rows_in: int
    observations: int
    duplicates: int
    rejected: int
    first_seen_at: str | None
    last_seen_at: str | None
    committed_at: str
    superseded_by: str | None = None
    superseded_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One batch judged and assigned under one case, and the versions that it rests on."""

    id: str
    case_id: str
    batch_id: str
    pack_version: str
    constituency_version: str
    code_version: str
    located_by: str
    findings: int
    created_at: str
    retired_at: str | None = None


def find_batch(desk: Engine, batch_id: str) -> Batch | None:
    """The batch with that content, superseded or not; ``None`` when it was never taken in."""
    with desk.connect() as connection:
        row = connection.execute(sa.select(batches).where(batches.c.id == batch_id)).mappings().first()
    return Batch(**row) if row else None


def predecessor(desk: Engine, *, source: str, day: str, scope: str) -> Batch | None:
    """The batch of the same source, day and scope that counts now."""
    same = (batches.c.source == source) & (batches.c.day == day) & (batches.c.scope == scope)
    with desk.connect() as connection:
        query = sa.select(batches).where(same & batches.c.superseded_at.is_(None))
        row = connection.execute(query.order_by(batches.c.committed_at.desc())).mappings().first()
    return Batch(**row) if row else None


def save_batch(desk: Engine, batch: Batch, judged: Sequence[Judgement], *, supersedes: str | None) -> None:
    """Makes ``batch`` and its judgements visible, and retires the batch that it supersedes, in one transaction."""
    with desk.begin() as connection:
        connection.execute(sa.insert(batches).values(**asdict(batch)))
        if judged:
            connection.execute(sa.insert(judgements), [asdict(row) for row in judged])
        if supersedes:
            connection.execute(
                sa.update(batches)
                .where(batches.c.id == supersedes)
                .values(superseded_by=batch.id, superseded_at=batch.committed_at)
            )


def visible_batches(desk: Engine, *, known_at: datetime | None = None) -> list[Batch]:
    """The batches that count, by day and time of commit; with ``known_at``, those that counted at that moment."""
    with desk.connect() as connection:
        rows = connection.execute(
            sa.select(batches).where(_visible_at(known_at)).order_by(batches.c.day, batches.c.committed_at)
        ).mappings()
        return [Batch(**row) for row in rows]


def judged_batches(
    desk: Engine, case_id: str, *, known_at: datetime | None = None
) -> list[tuple[Batch, Judgement | None]]:
    """Each batch that counts with its judgement in force under the case, ``None`` where it has none; oldest first.

    One query, so that a batch and the one that supersedes it are never both missing.
    """
    force = (judgements.c.case_id == case_id) & _in_force_at(known_at)
    query = (
        sa.select(batches, judgements)
        .set_label_style(sa.LABEL_STYLE_TABLENAME_PLUS_COL)
        .select_from(batches.outerjoin(judgements, (judgements.c.batch_id == batches.c.id) & force))
        .where(_visible_at(known_at))
        .order_by(batches.c.day, batches.c.committed_at)
    )
    with desk.connect() as connection:
        return [(_batch(row), _judgement(row)) for row in connection.execute(query).mappings()]


def current_judgements(desk: Engine, *, batch_id: str) -> list[Judgement]:
    """The judgements of one batch in force now, of every case."""
    query = sa.select(judgements).where(judgements.c.batch_id == batch_id, judgements.c.retired_at.is_(None))
    with desk.connect() as connection:
        return [Judgement(**row) for row in connection.execute(query.order_by(judgements.c.created_at)).mappings()]


def replace_judgements(desk: Engine, new: Sequence[Judgement], retired: Iterable[str], *, now: datetime) -> None:
    """Puts ``new`` in force and retires the judgements with these ids, in one transaction."""
    with desk.begin() as connection:
        if new:
            connection.execute(sa.insert(judgements), [asdict(row) for row in new])
        for ids in _chunks(list(retired)):
            connection.execute(
                sa.update(judgements).where(judgements.c.id.in_(ids)).values(retired_at=instant_text(now))
            )


def forget_batches(connection: Connection, batch_ids: Sequence[str]) -> None:
    """Deletes batches and their judgements; batches that they superseded stay superseded."""
    for ids in _chunks(list(batch_ids)):
        connection.execute(sa.delete(judgements).where(judgements.c.batch_id.in_(ids)))
        connection.execute(sa.update(batches).where(batches.c.superseded_by.in_(ids)).values(superseded_by=None))
        connection.execute(sa.delete(batches).where(batches.c.id.in_(ids)))


def batches_before(desk: Engine, day: date) -> list[str]:
    """The ids of all batches, superseded ones too, that report on a day before ``day``."""
    with desk.connect() as connection:
        return list(connection.scalars(sa.select(batches.c.id).where(batches.c.day < day.isoformat())))


def _visible_at(known_at: datetime | None) -> sa.ColumnElement[bool]:
    if known_at is None:
        return batches.c.superseded_at.is_(None)
    moment = instant_text(known_at)
    return (batches.c.committed_at <= moment) & (batches.c.superseded_at.is_(None) | (batches.c.superseded_at > moment))


def _in_force_at(known_at: datetime | None) -> sa.ColumnElement[bool]:
    counts: sa.ColumnElement[bool] = judgements.c.retired_at.is_(None)
    if known_at is None:
        return counts
    moment = instant_text(known_at)
    return (judgements.c.created_at <= moment) & (counts | (judgements.c.retired_at > moment))


def _batch(row: sa.RowMapping) -> Batch:
    return Batch(**{name: row[f"batches_{name}"] for name in Batch.__dataclass_fields__})


def _judgement(row: sa.RowMapping) -> Judgement | None:
    if row["judgements_id"] is None:
        return None
    return Judgement(**{name: row[f"judgements_{name}"] for name in Judgement.__dataclass_fields__})


def _chunks(ids: list[str]) -> Iterable[list[str]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
