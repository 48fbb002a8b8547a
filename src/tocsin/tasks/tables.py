"""Imports the tables that say where an address is: its AS number and its country."""

from __future__ import annotations

import gzip
import hashlib
import lzma
import re
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from io import BufferedIOBase, BufferedReader
from pathlib import Path

from tocsin.constituency import LOCATION_KINDS, LocationFile, read_location
from tocsin.errors import AskError, FeedError, did_you_mean
from tocsin.provenance import Pointer
from tocsin.store.desk import open_desk
from tocsin.store.lake import disk_errors
from tocsin.store.ranges import TableEntry, list_tables, save_table
from tocsin.store.workspace import Workspace

LIMIT_BYTES = 1 << 30
"""Decompressed bytes of a table; the largest that are known have a tenth."""

_DATE = re.compile(r"(?<!\d)(20\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_SUFFIX = re.compile(r"(\.(csv|txt|gz|xz))+$", re.IGNORECASE)
_GZIP, _XZ = b"\x1f\x8b", b"\xfd7zXZ\x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableImport:
    """What an import kept: an entry for each family, those that were there before, and what was guessed."""

    found: LocationFile
    entries: tuple[TableEntry, ...]
    known: tuple[str, ...]
    guessed: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        overlapping = {table.family: table.overlapping for table in self.found.tables}
        return {
            "rows": self.found.rows,
            "tables": [
                {**each.as_json(), "overlapping": overlapping[each.family], "new": each.id not in self.known}
                for each in self.entries
            ],
            "guessed": list(self.guessed),
            "rejected": [
                {**row.pointer.as_json(), "reason": row.reason, "raw": row.raw} for row in self.found.rejected
            ],
        }


def import_table(
    workspace: Workspace, kind: str, path: Path, *, source: str | None, as_of: date | None, now: datetime
) -> TableImport:
    """Takes in one file of ranges, plain, ``.gz`` or ``.xz``; each family it has becomes a table of its own.

    Source and date are guessed from the file's name when they are not given. Raises ``AskError`` when there is no date
    in it or the kind is unknown, ``FeedError`` for a file of which no row can be read.
    """
    if kind not in LOCATION_KINDS:
        near = did_you_mean(kind, LOCATION_KINDS)
        raise AskError(f"no kind {kind!r}{near}", remedy=f"one of {', '.join(LOCATION_KINDS)}")
    day, name, guessed = _labels(path.name, source, as_of)
    data = _read(path)
    found = read_location(data, kind=kind, source=path.name)
    if not found.tables:
        told = f"; the first: {found.rejected[0].reason}" if found.rejected else ""
        raise FeedError(
            f"no row of {found.rows} is a range with a value{told}",
            where=Pointer(source=path.name),
            remedy="rows are start,end,VALUE or prefix,VALUE; docs/how-to/import-ip-tables.md shows them",
        )
    entries, known = list[TableEntry](), list[str]()
    sha256 = hashlib.sha256(data).hexdigest()
    with disk_errors(workspace.root):
        desk = open_desk(workspace.desk_url)
        for table in found.tables:
            entry, is_new = save_table(
                workspace.lake, desk, table, kind=kind, source=name, as_of=day, file=path.name, sha256=sha256, now=now
            )
            entries.append(entry)
            known += [] if is_new else [entry.id]
    return TableImport(found=found, entries=tuple(entries), known=tuple(known), guessed=guessed)


def show_tables(workspace: Workspace) -> tuple[TableEntry, ...]:
    """Every imported table."""
    return list_tables(open_desk(workspace.desk_url))


def _labels(file: str, source: str | None, as_of: date | None) -> tuple[date, str, tuple[str, ...]]:
    """Date and source of a table, and which of them were guessed from the file's name."""
    guessed = list[str]()
    stem = _SUFFIX.sub("", file)
    match = _DATE.search(stem)
    if as_of is None:
        if match is None:
            raise AskError(f"the name {file!r} holds no date", remedy="say of which day the table is with --date")
        try:
            as_of = date(*map(int, match.groups()))
        except ValueError as fault:
            raise AskError(f"{match[0]!r} is no date", remedy="say of which day the table is with --date") from fault
        guessed.append(f"date {as_of}")
    if source is None:
        source = _DATE.sub("", stem).strip("-_. ") or stem
        guessed.append(f"source {source}")
    return as_of, source, tuple(guessed)


def _read(path: Path) -> bytes:
    """The file's content, decompressed. Raises ``FeedError`` when it is damaged, cut off or too large."""
    where = Pointer(source=path.name)
    try:
        with open(path, "rb") as file:
            magic = file.read(len(_XZ))
            file.seek(0)
            data = _decompressed(magic, file).read(LIMIT_BYTES + 1)
    except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile) as fault:
        raise FeedError(f"is damaged or cut off: {fault}", where=where, remedy="fetch it again") from fault
    except OSError as fault:
        raise FeedError(
            f"cannot be read: {fault.strerror or fault}", where=where, remedy="check its name and rights"
        ) from fault
    if len(data) > LIMIT_BYTES:
        raise FeedError(
            f"holds more than {LIMIT_BYTES:,} bytes when decompressed", where=where, remedy="check what it is"
        )
    return data


def _decompressed(magic: bytes, file: BufferedReader) -> BufferedIOBase:
    if magic.startswith(_GZIP):
        return gzip.GzipFile(fileobj=file)
    return lzma.LZMAFile(file) if magic.startswith(_XZ) else file
