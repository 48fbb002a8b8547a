"""The lake: observations, findings and rejected rows as Delta tables, written in whole commits.

Parts are written to a staging folder, moved into place and committed to the Delta log while one lock is held; the
desk's row, written last, makes them visible. What a killed process left is invisible; the next writer finds its
staging folder and clears the rest. Source: ADR 0002.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from deltalake.transaction import AddAction, RemoveAction
from sqlalchemy.exc import OperationalError

from tocsin.errors import WorkspaceError
from tocsin.tables import FINDINGS, OBSERVATIONS, REJECTED, TRACES

PARTITIONS: dict[str, tuple[str, ...]] = {
    "observations": ("batch",),
    "findings": ("case_id", "judgement"),
    "traces": ("case_id", "judgement"),
    "rejected": ("batch",),
}
SCHEMAS = {"observations": OBSERVATIONS, "findings": FINDINGS, "traces": TRACES, "rejected": REJECTED}
_COMPRESSION_LEVEL = 1
_UNLOCKED = "new-"
_GRACE_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A finished Parquet file, still in the staging folder, and the partition it will belong to."""

    table: str
    partition: Mapping[str, str]
    path: Path
    rows: int


class Staging:
    """A folder of its own for one writer; removed at the end, or by ``sweep`` after its writer was killed.

    ``after_a_kill`` says that such a folder was just swept: the lake may hold what its writer never made visible.
    """

    def __init__(self, folder: Path, lock: IO[str], *, after_a_kill: bool) -> None:
        self.folder = folder
        self.after_a_kill = after_a_kill
        self._lock = lock

    def writer(self, table: str) -> PartWriter:
        return PartWriter(self.folder / f"{table}-{uuid4().hex}.parquet", table)

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.close()


class PartWriter:
    """Appends chunks of one table to one Parquet file; the file is made with the first chunk."""

    def __init__(self, path: Path, table: str) -> None:
        self.path = path
        self.table = table
        self.rows = 0
        self._writer: pq.ParquetWriter | None = None

    def write(self, chunk: pa.Table) -> None:
        if not chunk.num_rows:
            return
        if self._writer is None:
            schema = SCHEMAS[self.table]
            words = [field.name for field in schema if pa.types.is_dictionary(field.type)]
            self._writer = pq.ParquetWriter(
                self.path,
                schema,
                compression="zstd",
                compression_level=_COMPRESSION_LEVEL,
                use_dictionary=words,
                write_statistics=["seen_at"] if "seen_at" in schema.names else False,
                store_schema=False,
                data_page_size=1 << 18,
            )
        self._writer.write_table(chunk.select(SCHEMAS[self.table].names), row_group_size=chunk.num_rows)
        self.rows += chunk.num_rows

    def finish(self, partition: Mapping[str, str]) -> Part | None:
        """Closes the file and has it on the disk; ``None`` when nothing was written."""
        if self._writer is None:
            return None
        self._writer.close()
        with open(self.path, "rb") as file:
            os.fsync(file.fileno())
        return Part(table=self.table, partition=partition, path=self.path, rows=self.rows)


class Lake:
    """The Delta tables below one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextmanager
    def stage(self) -> Iterator[Staging]:
        """A staging folder that no other process uses, gone at the end."""
        swept = self.sweep()
        name = uuid4().hex
        fresh = self.root / "staging" / f"{_UNLOCKED}{name}"
        fresh.mkdir(parents=True, mode=0o700)
        lock = open(fresh / "lock", "w", encoding="ascii")  # noqa: SIM115  # held until the staging ends
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = fresh.rename(fresh.with_name(name))
        staging = Staging(folder, lock, after_a_kill=swept > 0)
        try:
            yield staging
        finally:
            staging.close()

    def sweep(self) -> int:
        """Removes staging folders whose writer is gone; how many there were."""
        swept = 0
        for folder in (self.root / "staging").glob("*"):
            if _is_abandoned(folder):
                shutil.rmtree(folder, ignore_errors=True)
                swept += 1
        return swept

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Holds the lake's one commit lock; whoever holds it may ``commit`` and then write the desk."""
        with open(self.root / "commit.lock", "a", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def commit(self, parts: Sequence[Part], *, clear: Sequence[tuple[str, Mapping[str, str]]] = ()) -> None:
        """Moves ``parts`` into place and adds them to the Delta logs, one commit a table.

        What ``clear`` names (table and partition) is removed in the same commit: parts that a killed process left, or
        that a purge takes away. Call with the commit lock held.
        """
        for table in SCHEMAS:
            mine = [part for part in parts if part.table == table]
            partitions = [partition for name, partition in clear if name == table]
            if mine or (partitions and self._exists(table)):
                self._commit_table(table, mine, partitions)

    def files(self, table: str, partition: Mapping[str, Sequence[str]]) -> list[Path]:
        """The current files of ``table`` whose partition values are among those given, in the order of the log."""
        if not self._exists(table) or not all(partition.values()):
            return []
        wanted = {f"{name}={value}" for name, values in partition.items() for value in values}
        uris = DeltaTable(self._uri(table)).file_uris()
        paths = [Path(unquote(uri.removeprefix("file://"))) for uri in uris]
        return [path for path in paths if len(wanted.intersection(path.parts[-3:-1])) == len(partition)]

    def partitions(self, table: str) -> list[dict[str, str]]:
        """The partitions that ``table`` holds now."""
        return [dict(found) for found in DeltaTable(self._uri(table)).partitions()] if self._exists(table) else []

    def vacuum(self) -> int:
        """Deletes every file that no table refers to, and the old versions of the logs; how many files went."""
        gone = 0
        for table in SCHEMAS:
            if self._exists(table):
                delta = DeltaTable(self._uri(table))
                gone += len(delta.vacuum(retention_hours=0, dry_run=False, enforce_retention_duration=False, full=True))
                delta = DeltaTable(self._uri(table))
                delta.create_checkpoint()
                gone += _forget_old_logs(self.root / table / "_delta_log", delta.version())
        return gone

    def _exists(self, table: str) -> bool:
        return (self.root / table / "_delta_log").is_dir()

    def _commit_table(self, table: str, parts: Sequence[Part], clear: Sequence[Mapping[str, str]]) -> None:
        delta = self._open(table)
        actions: list[AddAction | RemoveAction] = []
        for partition in clear:
            actions += _removals(delta, partition)
        actions += [_placed(self.root / table, part) for part in parts]
        if not actions:
            return
        delta.create_write_transaction(
            actions, mode="append", schema=_delta_schema(table), partition_by=list(PARTITIONS[table])
        )

    def _open(self, table: str) -> DeltaTable:
        if not self._exists(table):
            return DeltaTable.create(self._uri(table), _delta_schema(table), partition_by=list(PARTITIONS[table]))
        return DeltaTable(self._uri(table))

    def _uri(self, table: str) -> str:
        """The table's folder as an address: a plain path would be read as one, and ``%20`` in it as a space."""
        return (self.root / table).absolute().as_uri()


def read_chunks(path: Path, table: str) -> Iterator[pa.Table]:
    """The rows of one file of ``table`` in its declared shape, a row group at a time and in order."""
    schema = SCHEMAS[table]
    words = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    file = pq.ParquetFile(path, read_dictionary=words)
    for group in range(file.num_row_groups):
        yield file.read_row_group(group, columns=schema.names).cast(schema).combine_chunks()


def _delta_schema(table: str) -> pa.Schema:
    """The table's schema as the log states it: plain text instead of dictionaries, and the partition columns."""
    fields = [
        pa.field(field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
        for field in SCHEMAS[table]
    ]
    return pa.schema(fields + [pa.field(name, pa.string()) for name in PARTITIONS[table]])


def _placed(root: Path, part: Part) -> AddAction:
    folder = Path(*(f"{name}={part.partition[name]}" for name in PARTITIONS[part.table]))
    (root / folder).mkdir(parents=True, exist_ok=True)
    relative = folder / part.path.name
    os.replace(part.path, root / relative)
    _sync_folder(root / folder)
    stats = json.dumps({"numRecords": part.rows})
    size = (root / relative).stat().st_size
    return AddAction(str(relative), size, dict(part.partition), int(time.time() * 1000), True, stats)


def _removals(delta: DeltaTable, partition: Mapping[str, str]) -> list[RemoveAction]:
    found = pa.table(delta.get_add_actions(flatten=True)).to_pylist()
    mine = [row for row in found if all(row[f"partition.{name}"] == value for name, value in partition.items())]
    now = int(time.time() * 1000)
    return [
        RemoveAction(
            path=row["path"],
            data_change=True,
            deletion_timestamp=now,
            partition_values=dict(partition),
            size=row["size_bytes"],
        )
        for row in mine
    ]


def _is_abandoned(folder: Path) -> bool:
    """True when the folder's writer is gone. One that has no lock yet is given a minute to take it."""
    try:
        if folder.name.startswith(_UNLOCKED):
            return time.time() - folder.stat().st_mtime > _GRACE_SECONDS
        with open(folder / "lock", "r+", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except (BlockingIOError, FileNotFoundError):
        return False  # somebody writes in it, or has just removed it


def _forget_old_logs(log: Path, version: int) -> int:
    old = [path for path in log.iterdir() if path.name[:20].isdigit() and int(path.name[:20]) < version]
    for path in old:
        path.unlink()
    return len(old)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def disk_errors(root: Path) -> Iterator[None]:
    """Turns a write below ``root`` that the machine refused into a ``WorkspaceError`` that says why."""
    try:
        yield
    except (OSError, DeltaError, OperationalError) as fault:
        raise WorkspaceError(
            f"reading or writing below {root} failed: {_cause(fault)}; nothing of this file was kept",
            remedy="make room or mend the rights, then run the same command again",
        ) from fault


def _cause(fault: Exception) -> str:
    if isinstance(fault, OperationalError):
        return str(fault.orig)
    return (fault.strerror if isinstance(fault, OSError) else None) or str(fault)
