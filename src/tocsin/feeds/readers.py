"""Which reader reads a file, and the reader itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from tocsin.errors import FeedError, did_you_mean
from tocsin.feeds import shadowserver
from tocsin.feeds._grammar import Dialect, scan_row
from tocsin.feeds.blocks import CHUNK, HEAD, Encoding, RawChunk, detect_encoding, split_text
from tocsin.feeds.chunks import Chunk, read_chunk
from tocsin.feeds.mapping import FeedMapping
from tocsin.feeds.recipe import Format, Recipe, Scope
from tocsin.feeds.rows import Columns
from tocsin.provenance import Pointer

READERS: tuple[Callable[[str, str | None, FeedMapping | None], Format | None], ...] = (
    lambda name, report, mapping: mapping.recognise(name) if mapping else None,
    lambda name, report, mapping: shadowserver.recognise(name, report),
)
"""Asked in order; each gets the file's name, the type of report asked for, and the mapping. The first answer holds."""

_FETCH = "fetch it again; a report has a header at least"
_BEGINNINGS = {
    b"<!doctype": "an HTML page",
    b"<html": "an HTML page",
    b"<?xml": "XML",
    b"<": "markup (HTML or XML)",
    b"{": "JSON",
    b"[": "JSON",
    b"%pdf": "a PDF",
    b"par1": "Parquet",
    b"\xd0\xcf\x11\xe0": "an old Office document",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads one file. ``source`` names what it is of, with ``day`` and ``scope`` the file that a later one supersedes.

    ``coverage`` is ``positives`` (it lists what was found vulnerable) or ``population`` (all that was seen); ``bounds``
    is where absence means something. ``day`` is ``None`` when the file's name does not tell it.
    """

    source: str
    day: date | None
    scope: str
    coverage: str
    bounds: Scope
    recipe: Recipe
    encoding: Encoding
    header: Header
    columns: Columns = field(repr=False)

    def split(self, blocks: Iterable[bytes], *, target: int = CHUNK) -> Iterator[RawChunk]:
        """The file's rows in chunks of about ``target`` bytes; ``blocks`` are all of it, from the first byte.

        Cheap, and to be called in one thread. Raises what ``blocks`` raises.
        """
        text = _dropped(self.encoding.decode(blocks), self.header.size)
        return split_text(text, line=self.header.line + 1, dialect=self.columns.dialect, target=target)

    def parse(self, raw: RawChunk, *, now: datetime) -> Chunk:
        """The observations and rejected rows of a chunk. Pure, and safe in several threads at once."""
        return read_chunk(raw, columns=self.columns, recipe=self.recipe, now=now)

    def read(self, blocks: Iterable[bytes], *, now: datetime) -> Iterator[Chunk]:
        """All chunks, one after the other; none when the file has a header only."""
        return (self.parse(raw, now=now) for raw in self.split(blocks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The names in the header, its physical line, and how many bytes of decoded text it and what is before it take."""

    names: tuple[str, ...]
    line: int
    size: int


def choose_reader(name: str, header: bytes, *, report: str | None = None, mapping: FeedMapping | None = None) -> Reader:
    """The reader for a file, by the mapping, the type of report asked for, or the file's name.

    ``header`` is the beginning of the file as bytes (``peek``). Raises ``FeedError`` when nothing reads such a file.
    """
    where = Pointer(source=name, line=1)
    if not header:
        raise FeedError("the file is empty", where=Pointer(source=name), remedy=_FETCH)
    found = _recognise(name, report, mapping)
    encoding = detect_encoding(header, source=name)
    text = b"".join(encoding.decode([header]))
    _refuse_what_is_no_table(text, where)
    head = _read_header(text, found, where, is_cut=len(header) >= HEAD)
    _require(head, found.required, where)
    recipe = found.recipe(head.names)
    return Reader(
        source=found.source,
        day=found.day,
        scope=str(found.scope),
        coverage=found.coverage,
        bounds=found.scope,
        recipe=recipe,
        encoding=encoding,
        header=head,
        columns=Columns(
            names=head.names,
            wanted=recipe.wanted(),
            repeating=frozenset(recipe.wanted()) - recipe.distinct(),
            dialect=Dialect(width=len(head.names), delimiter=found.delimiter.encode()),
        ),
    )


def _recognise(name: str, report: str | None, mapping: FeedMapping | None) -> Format:
    for reader in READERS:
        if (found := reader(name, report, mapping)) is not None:
            return found
    reports = ", ".join(shadowserver.REPORTS)
    kind = report or shadowserver.read_name(name).report
    if kind is None:
        what = f"the name {name!r} does not tell what kind of report this is"
    else:
        what = f"{kind!r} is no report that tocsin reads{did_you_mean(kind, shadowserver.REPORTS)}"
    raise FeedError(
        what,
        where=Pointer(source=name),
        remedy=f"name its type with --report (it reads {reports}), or say with --map which column is what",
    )


def _read_header(text: bytes, found: Format, where: Pointer, *, is_cut: bool) -> Header:
    start, line = 0, 1
    while blank := re.match(rb"\r?\n", text[start : start + 2]):
        start, line = start + blank.end(), line + 1
    if not text[start:]:
        raise FeedError("the file has blank lines only", where=where, remedy=_FETCH)
    end = text.find(b"\n", start) + 1
    if not end and is_cut:
        raise _not_a_table(f"its first line is longer than {HEAD:,} bytes", where)
    dialect = Dialect(width=1, delimiter=found.delimiter.encode())
    row = scan_row(text[start:end] if end else text[start:] + b"\n", 0, dialect)
    place = Pointer(source=where.source, line=line)
    if not row.fields:
        raise FeedError(f"the header cannot be read: {row.problem}", where=place, remedy="repair the header")
    names = tuple(value.decode("utf-8", "replace").strip() for value in row.fields)
    names = tuple(name.lower() for name in names) if found.lower_names else names
    _refuse_twice(names, place)
    return Header(names=names, line=line, size=start + row.end if end else len(text))


def _refuse_twice(names: tuple[str, ...], where: Pointer) -> None:
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise FeedError(
            f"the header names {', '.join(map(repr, twice))} more than once", where=where, remedy="rename the columns"
        )


def _require(header: Header, wanted: Iterable[str], where: Pointer) -> None:
    missing = [name for name in wanted if name not in header.names]
    if not missing:
        return
    shown = ", ".join(map(repr, header.names[:40])) + (", …" if len(header.names) > 40 else "")
    hint = "".join(_near(name, header.names) for name in missing)
    raise FeedError(
        f"column {', '.join(map(repr, missing))} is missing{hint}; the header has {shown}",
        where=Pointer(source=where.source, line=header.line),
        remedy="check that this is the report its name says, or say with --map which column is what"
        + (" (and the delimiter)" if len(header.names) == 1 else ""),
    )


def _near(name: str, names: tuple[str, ...]) -> str:
    parts = [other for other in names if name in other.split("_")]
    return f" (did you mean {' or '.join(parts[:3])}?)" if parts else did_you_mean(name, names)


def _refuse_what_is_no_table(text: bytes, where: Pointer) -> None:
    beginning = text[:512].lstrip().lower()
    for mark, kind in _BEGINNINGS.items():
        if beginning.startswith(mark):
            raise _not_a_table(f"it begins as {kind} does", where)
    first = text.lstrip(b"\r\n").partition(b"\n")[0]
    if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", first):
        raise _not_a_table("its first line holds control characters, as binary files do", where)
    if "\ufffd" in first.decode("utf-8", "replace"):
        raise _not_a_table("its first line is no text in UTF-8", where)


def _not_a_table(why: str, where: Pointer) -> FeedError:
    remedy = "give the report itself, as delimited text with a header"
    return FeedError(f"this is not CSV: {why}", where=where, remedy=remedy)


def _dropped(blocks: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The blocks without their first ``size`` bytes."""
    for block in blocks:
        if size < len(block):
            yield block[size:]
        size = max(0, size - len(block))
