"""Location tables: pieces of address space with AS number or country, as Parquet files in the lake's ``tables/``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.constituency import NOTHING, Located, RangeTable, country_code
from tocsin.constituency.flat import Integers
from tocsin.errors import WorkspaceError
from tocsin.store.clock import instant_text
from tocsin.store.files import written_whole
from tocsin.store.schema import range_tables
from tocsin.tables import WORDS, require

_WORDS = {"asn": "AS number", "country": "country"}
_SCHEMA = pa.schema([("start_hi", pa.int64()), ("start_lo", pa.int64()), ("number", pa.int64())])


@dataclass(frozen=True, slots=True, kw_only=True)
class TableEntry:
    """One imported table as the desk knows it."""

    id: str
    kind: str
    family: int
    source: str
    as_of: str
    file: str
    file_sha256: str
    ranges: int
    imported_at: str

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in TableEntry.__dataclass_fields__}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationTables:
    """What is known of where an address is. A kind without a table leaves it to the feed."""

    entries: tuple[TableEntry, ...]
    tables: dict[str, RangeTable]

    def asn(self, ip_hi: Integers, ip_lo: Integers) -> pa.Int64Array:
        """The AS number that announces each address; null where it is not known."""
        return self._numbers("asn", ip_hi, ip_lo)

    def country(self, ip_hi: Integers, ip_lo: Integers) -> pa.DictionaryArray:
        """The country of each address (ISO 3166-1 alpha-2); null where it is not known."""
        found = self._numbers("country", ip_hi, ip_lo).dictionary_encode()
        codes = pa.array([country_code(number) for number in found.dictionary.to_pylist()], pa.string())
        return pa.DictionaryArray.from_arrays(found.indices, codes)

    def locate(self, seen: pa.Table) -> dict[str, pa.Array]:
        """The columns ``asn`` and ``country`` of ``seen`` as the tables have them, as the feed says where they do not.

        Needs ``ip_hi``, ``ip_lo`` and both columns. A kind without a table is not in the answer.
        """
        require(seen, "ip_hi", "ip_lo", "asn", "country")
        hi, lo = (seen.column(name).to_numpy() for name in ("ip_hi", "ip_lo"))
        found = dict[str, pa.Array]()
        if "asn" in self.tables:
            found["asn"] = pc.coalesce(self.asn(hi, lo), _whole(seen.column("asn")))
        if "country" in self.tables:
            told = _whole(seen.column("country")).cast(pa.string())
            known = self.country(hi, lo).cast(pa.string())
            found["country"] = pc.coalesce(known, told).dictionary_encode().cast(WORDS)
        return found

    def describe(self) -> str:
        """Which tables serve, with source and date; as the census says it."""
        parts = []
        for kind, words in _WORDS.items():
            used = sorted({(each.source, each.as_of) for each in self.entries if each.kind == kind})
            named = " and ".join(f"{source} of {as_of}" for source, as_of in used)
            parts.append(f"{words} by {named}, else as the feed says" if used else f"{words} as the feed says")
        return "; ".join(parts)

    def _numbers(self, kind: str, ip_hi: Integers, ip_lo: Integers) -> pa.Int64Array:
        if kind not in self.tables:
            return pa.nulls(len(ip_hi), pa.int64())
        found = self.tables[kind].lookup(ip_hi, ip_lo)
        return pa.array(found, mask=found == NOTHING)


def load_tables(lake: Path, desk: Engine) -> LocationTables:
    """The newest table of each kind and family. Raises ``WorkspaceError`` when a table's file is gone."""
    chosen = _newest(desk)
    tables = {
        kind: _joined(_read(lake, entry) for entry in chosen if entry.kind == kind)
        for kind in _WORDS
        if any(entry.kind == kind for entry in chosen)
    }
    return LocationTables(entries=chosen, tables=tables)


def describe_tables(desk: Engine) -> str:
    """``LocationTables.describe`` of the newest tables, without loading them."""
    return LocationTables(entries=_newest(desk), tables={}).describe()


def _newest(desk: Engine) -> tuple[TableEntry, ...]:
    """Of each kind and family the entry with the latest date, of one date the last imported."""
    return tuple({(entry.kind, entry.family): entry for entry in list_tables(desk)}.values())


def list_tables(desk: Engine) -> tuple[TableEntry, ...]:
    """Every imported table: by kind, family and date, of one date the last imported last."""
    table = range_tables.c
    query = sa.select(range_tables).order_by(table.kind, table.family, table.as_of, table.imported_at)
    with desk.connect() as connection:
        return tuple(TableEntry(**row._mapping) for row in connection.execute(query))


def save_table(
    lake: Path,
    desk: Engine,
    located: Located,
    *,
    kind: str,
    source: str,
    as_of: date,
    file: str,
    sha256: str,
    now: datetime,
) -> tuple[TableEntry, bool]:
    """Keeps one family's table; gives its entry, and ``False`` when the very same was there already."""
    words = "\n".join((kind, str(located.family), source, as_of.isoformat(), sha256))
    entry = TableEntry(
        id=hashlib.sha256(words.encode()).hexdigest()[:32],
        kind=kind,
        family=located.family,
        source=source,
        as_of=as_of.isoformat(),
        file=file,
        file_sha256=sha256,
        ranges=located.ranges,
        imported_at=instant_text(now),
    )
    with desk.connect() as connection:
        known = connection.execute(sa.select(range_tables).where(range_tables.c.id == entry.id)).one_or_none()
    if known is not None:
        return TableEntry(**known._mapping), False
    (lake / "tables").mkdir(mode=0o700, parents=True, exist_ok=True)
    columns = [located.starts_hi.view(np.int64), located.starts_lo.view(np.int64), located.numbers]
    with written_whole(_path(lake, entry)) as target:
        pq.write_table(pa.table(columns, schema=_SCHEMA), target, compression="zstd")
    with desk.begin() as connection:
        connection.execute(sa.insert(range_tables).values(**entry.as_json()))
    return entry, True


def _read(lake: Path, entry: TableEntry) -> pa.Table:
    try:
        return pq.read_table(_path(lake, entry), schema=_SCHEMA)
    except (OSError, pa.ArrowInvalid) as fault:
        raise WorkspaceError(
            f"the {entry.kind} table of {entry.source}, {entry.as_of}, cannot be read: {fault}",
            remedy=f"import {entry.file} again",
        ) from fault


def _joined(tables: Iterable[pa.Table]) -> RangeTable:
    """One table for both families."""
    whole = pa.concat_tables(tables)
    hi, lo, number = (whole.column(name).to_numpy() for name in _SCHEMA.names)
    order = np.lexsort((lo.view(np.uint64), hi.view(np.uint64)))
    return RangeTable(hi.view(np.uint64)[order], lo.view(np.uint64)[order], number[order])


def _path(lake: Path, entry: TableEntry) -> Path:
    return lake / "tables" / f"{entry.id}.parquet"


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks()
