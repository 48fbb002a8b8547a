"""Forgets: batches by age, or everything kept about one constituent; old versions of the lake go too.

All of it is done with the lake's commit lock held, so that nothing is committed between what is decided and what is
deleted. The desk forgets first: what is half deleted is invisible, and the next purge finishes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tocsin.constituency import Resolver, content_hash
from tocsin.findings import assign
from tocsin.store import audit
from tocsin.store.batches import batches_before, forget_batches
from tocsin.store.clock import instant_text
from tocsin.store.constituents import current_version, load_constituents
from tocsin.store.contacts import forget_contacts
from tocsin.store.forgetting import forget_told, forget_told_before
from tocsin.store.lake import Lake, Part, Staging, read_chunks
from tocsin.store.ledger import note
from tocsin.store.lookups import forget_lookups
from tocsin.store.panels import forget_panels
from tocsin.store.schema import batches, constituency_versions, constituents, judgements, overrides

Lines = Mapping[str, pa.Array]
Places = list[tuple[str, dict[str, str]]]


def purge_before(desk: Engine, lake: Lake, day: date, *, now: datetime) -> int:
    """Forgets every batch that reports on a day before ``day``, and what was told by then.

    Gives how many files were deleted from the lake.
    """
    with lake.committing():
        ids = batches_before(desk, day)
        with desk.begin() as connection:
            audit.hold(connection)
            forget_batches(connection, ids)
            forget_told_before(connection, day, now=now)
            connection.execute(sa.delete(overrides).where(overrides.c.expires_on < day.isoformat()))
            note(connection, "purge", f"{len(ids)} batches before {day}", now=now)
        return _sweep(desk, lake)


def purge_constituent(desk: Engine, lake: Lake, constituent: str, resolver: Resolver, *, now: datetime) -> int:
    """Forgets the constituent in every version, and every observation and finding that is or was assigned to it.

    What other findings say of it goes too, and of notices about it whom they went to and what they told. A new version
    of the constituency without it makes the rest stale. Rows that were rejected belong to nobody and stay until they
    are purged by age. Gives the deleted files.
    """
    with lake.stage() as staging, lake.committing():
        lines = rows_of_constituent(desk, lake, constituent, resolver)
        places = _places(desk, lake)
        parts = [
            part
            for table, place in places
            for part in _rewritten(lake, staging, table, place, constituent, desk, lines)
        ]
        with desk.begin() as connection:
            _forget_constituent(connection, constituent, now)
            note(connection, "purge", "one constituent", now=now)
        _save_version_without(desk, now=now)
        lake.commit(parts, clear=places)
        return _sweep(desk, lake)


def rows_of_constituent(desk: Engine, lake: Lake, constituent: str, resolver: Resolver) -> Lines:
    """The lines of each batch that any judgement, retired ones too, or the registry of today assigns to it."""
    found: dict[str, set[int]] = {}
    for table, place in _places(desk, lake):
        batch = place.get("batch") or _batch_of(desk, place["judgement"])
        for rows in _chunks(lake, table, place):
            assigned = rows if table == "findings" else assign(rows, resolver) if table == "observations" else None
            if assigned is not None:
                mine = rows.column("line").filter(_holds(assigned.column("constituent"), constituent))
                found.setdefault(batch, set()).update(mine.to_pylist())
    return {batch: pa.array(sorted(lines), pa.int64()) for batch, lines in found.items() if lines}


def orphans(desk: Engine, lake: Lake) -> Places:
    """The partitions that the desk does not name: what a killed process left. Call with the commit lock held."""
    with desk.connect() as connection:
        kept = set(connection.scalars(sa.select(batches.c.id))), set(connection.scalars(sa.select(judgements.c.id)))
    return [
        (table, place)
        for table in ("observations", "rejected", "findings", "traces")
        for place in lake.partitions(table)
        if place.get("batch", place.get("judgement")) not in kept["judgement" in place]
    ]


def _sweep(desk: Engine, lake: Lake) -> int:
    """Drops from the lake whatever the desk does not name, then every old version; how many files were deleted."""
    lake.commit([], clear=orphans(desk, lake))
    gone = lake.vacuum()
    forget_panels(lake)
    if desk.dialect.name == "sqlite":
        with desk.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM"))
            connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    return gone


def _places(desk: Engine, lake: Lake) -> Places:
    """The partitions of observations, findings and traces that the desk names."""
    lost = orphans(desk, lake)
    return [
        (table, place)
        for table in ("observations", "findings", "traces")
        for place in lake.partitions(table)
        if (table, place) not in lost
    ]


def _chunks(lake: Lake, table: str, place: Mapping[str, str]) -> Iterator[pa.Table]:
    for path in lake.files(table, {name: [value] for name, value in place.items()}):
        yield from read_chunks(path, table)


def _rewritten(
    lake: Lake, staging: Staging, table: str, place: dict[str, str], constituent: str, desk: Engine, lines: Lines
) -> Iterator[Part]:
    """The partition without those lines, and without a word about the constituent; nothing if no row is left."""
    gone = lines.get(place.get("batch") or _batch_of(desk, place["judgement"]))
    writer = staging.writer(table)
    for rows in _chunks(lake, table, place):
        if gone is not None:
            rows = rows.filter(pc.invert(pc.is_in(rows.column("line"), value_set=gone)))
        writer.write(_silenced(rows, constituent))
    part = writer.finish(place)
    if part is not None:
        yield part


def _silenced(rows: pa.Table, constituent: str) -> pa.Table:
    """The rows with dictionaries of what they still use only, the constituent not among what was considered."""
    schema = rows.schema
    for name in schema.names:
        if pa.types.is_dictionary(schema.field(name).type):
            words = rows.column(name).cast(pa.string())
            if name == "considered":
                around = pc.binary_join_element_wise("; ", words, "")
                words = pc.if_else(pc.match_substring(around, f"; {constituent}: "), "", words)
            rows = rows.set_column(schema.names.index(name), name, words.combine_chunks().dictionary_encode())
    return rows.cast(schema)


def _holds(owners: pa.ChunkedArray, constituent: str) -> pa.ChunkedArray:
    """Which rows name the constituent among the owners joined by ``;``."""
    around = pc.binary_join_element_wise("", owners.cast(pa.string()), "", ";")
    return pc.fill_null(pc.match_substring(around, f";{constituent};"), False)


def _batch_of(desk: Engine, judgement: str) -> str:
    with desk.connect() as connection:
        return str(connection.scalar(sa.select(judgements.c.batch_id).where(judgements.c.id == judgement)))


def _forget_constituent(connection: Connection, constituent: str, now: datetime) -> None:
    """In every version, with its contacts, what it was told, and what was looked up about its domains."""
    audit.hold(connection)
    held = connection.scalars(sa.select(constituents.c.holdings).where(constituents.c.id == constituent))
    domains = {value for text in held for kind, value, *_ in json.loads(text) if kind == "domain"}
    forget_told(connection, constituent, domains, now=now)
    forget_contacts(connection, [f"constituent:{constituent}", *(f"domain:{each}" for each in domains)], now=now)
    forget_lookups(connection, domains)
    connection.execute(sa.update(constituents).where(constituents.c.parent == constituent).values(parent=None))
    connection.execute(sa.delete(constituents).where(constituents.c.id == constituent))
    connection.execute(sa.delete(overrides).where(overrides.c.value == constituent))


def _save_version_without(desk: Engine, *, now: datetime) -> None:
    """A new version with what is left, so that whatever was judged with the constituent is stale."""
    version = current_version(desk)
    if version is None:
        return
    left = content_hash(load_constituents(desk, version))
    values = {"source": "purge", "file": "", "file_sha256": "", "added": 0, "changed": 0, "removed": 1, "rejected": 0}
    with desk.begin() as connection:
        connection.execute(
            sa.insert(constituency_versions).values(
                number=version.number + 1, content_sha256=left, imported_at=instant_text(now), **values
            )
        )
