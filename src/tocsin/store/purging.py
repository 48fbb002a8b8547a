"""Forgets: batches by age, or everything kept about one constituent; old versions of the lake go too.

The desk forgets first, so that what is half deleted is invisible; the lake then drops whatever the desk does not name.
A purge that was killed is finished by the next one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.store.batches import batches_before, forget_batches
from tocsin.store.lake import Lake, Part, Staging, read_chunks
from tocsin.store.ledger import note
from tocsin.store.schema import batches, constituents, judgements, overrides

Lines = Mapping[str, pa.Array]


def purge_before(desk: Engine, lake: Lake, day: date, *, now: datetime) -> int:
    """Forgets every batch that reports on a day before ``day``; how many files were deleted from the lake."""
    ids = batches_before(desk, day)
    with desk.begin() as connection:
        forget_batches(connection, ids)
        connection.execute(sa.delete(overrides).where(overrides.c.expires_on < day.isoformat()))
        note(connection, "purge", f"{len(ids)} batches before {day}", now=now)
    return sweep_lake(desk, lake)


def purge_constituent(desk: Engine, lake: Lake, constituent: str, *, now: datetime) -> int:
    """Forgets the constituent in every version, and every observation and finding assigned to it, wholly or in dispute.

    Rows that were rejected belong to nobody and stay until they are purged by age. Gives the deleted files.
    """
    with lake.stage() as staging, lake.committing():
        lines = rows_of_constituent(desk, lake, constituent)
        parts = list(_rewritten(desk, lake, staging, lines))
        lake.commit(parts, clear=[(part.table, part.partition) for part in parts])
    with desk.begin() as connection:
        connection.execute(sa.update(constituents).where(constituents.c.parent == constituent).values(parent=None))
        connection.execute(sa.delete(constituents).where(constituents.c.id == constituent))
        connection.execute(sa.delete(overrides).where(overrides.c.value == constituent))
        note(connection, "purge", "one constituent", now=now)
    return sweep_lake(desk, lake)


def sweep_lake(desk: Engine, lake: Lake) -> int:
    """Drops from the lake whatever the desk does not name, then every old version; how many files were deleted."""
    with desk.connect() as connection:
        known = {"observations": set(connection.scalars(sa.select(batches.c.id)))}
        known["findings"] = set(connection.scalars(sa.select(judgements.c.id)))
    known |= {"traces": known["findings"], "rejected": known["observations"]}
    with lake.committing():
        orphans = [
            (table, partition)
            for table, ids in known.items()
            for partition in lake.partitions(table)
            if partition.get("batch", partition.get("judgement")) not in ids
        ]
        lake.commit([], clear=orphans)
        gone = lake.vacuum()
    if desk.dialect.name == "sqlite":
        with desk.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM"))
            connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return gone


def rows_of_constituent(desk: Engine, lake: Lake, constituent: str) -> Lines:
    """The lines of each batch that any judgement, retired ones too, assigned to the constituent."""
    with desk.connect() as connection:
        batch_of = {
            row.id: row.batch_id for row in connection.execute(sa.select(judgements.c.id, judgements.c.batch_id))
        }
    files = [str(path) for path in lake.files("findings", {"judgement": sorted(batch_of)})]
    if not files:
        return {}
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT DISTINCT judgement, line FROM read_parquet($files, hive_partitioning = true) "
            "WHERE list_contains(string_split(constituent, ';'), $id)",
            {"files": files, "id": constituent},
        ).fetchall()
    lines: dict[str, set[int]] = {}
    for judgement, line in found:
        lines.setdefault(batch_of[judgement], set()).add(line)
    return {batch: pa.array(sorted(rows), pa.int64()) for batch, rows in lines.items()}


def _rewritten(desk: Engine, lake: Lake, staging: Staging, lines: Lines) -> Iterator[Part]:
    """New files without those lines, for each batch's observations and for all of its judgements."""
    with desk.connect() as connection:
        judged = list(connection.execute(sa.select(judgements.c.id, judgements.c.case_id, judgements.c.batch_id)))
    for batch, gone in lines.items():
        yield from _without(lake, staging, "observations", {"batch": batch}, gone)
        for row in judged:
            if row.batch_id == batch:
                judgement = {"case_id": row.case_id, "judgement": row.id}
                yield from _without(lake, staging, "findings", judgement, gone)
                yield from _without(lake, staging, "traces", judgement, gone)


def _without(lake: Lake, staging: Staging, table: str, partition: Mapping[str, str], gone: pa.Array) -> Iterator[Part]:
    files: list[Path] = lake.files(table, {name: [value] for name, value in partition.items()})
    writer = staging.writer(table)
    for path in files:
        for rows in read_chunks(path, table):
            writer.write(rows.filter(pc.invert(pc.is_in(rows.column("line"), value_set=gone))))
    part = writer.finish(partition)
    if part is not None:
        yield part
