"""Files of scan reports: plain, gzip, Zstandard or zip, by their first bytes; out come blocks of the content."""

from __future__ import annotations

import hashlib
import stat
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO

import pyarrow as pa

from tocsin.errors import FeedError
from tocsin.provenance import Pointer

BLOCK = 1 << 20
STDIN = Path("-")

_GZIP, _ZSTD, _ZIP = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", (b"PK\x03\x04", b"PK\x05\x06")
_OTHER = {b"\xfd7zXZ\x00": "xz", b"BZh": "bzip2", b"7z\xbc\xaf\x27\x1c": "7-Zip", b"Rar!": "RAR"}
_SUFFIXES = (".gz", ".zst", ".zstd")
_BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # of the others, zipfile unfolds a whole read before it can count
_METHODS = {9: "Deflate64", zipfile.ZIP_BZIP2: "bzip2", zipfile.ZIP_LZMA: "LZMA", 93: "Zstandard", 95: "xz"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a compressed file may unfold: bytes in all, and times its own size beyond the first ``free_bytes``."""

    total_bytes: int = 64 << 30
    ratio: int = 1000
    free_bytes: int = 64 << 20


class Member:
    """One file's content: read ``blocks`` once, to the end; then ``sha256`` is known.

    ``name`` is the file's name without the compression's suffix, ``archive.zip!inside.csv`` for a zip's member.
    ``size`` is that of the file as it lies there (compressed), ``None`` when it comes through a pipe.
    """

    def __init__(self, *, name: str, size: int | None, content: Iterator[bytes], position: Callable[[], int]) -> None:
        self.name = name
        self.size = size
        self.bytes_read = 0
        self.blocks = self._hashed(content)
        self._position = position
        self._digest = hashlib.sha256()
        self._is_whole = False

    def position(self) -> int:
        """How much of ``size`` has been read."""
        return self._position()

    def sha256(self) -> str:
        """The digest of the decompressed content. Raises ``ValueError`` before ``blocks`` came to their end."""
        if not self._is_whole:
            raise ValueError(f"{self.name} has not been read to its end")
        return self._digest.hexdigest()

    def _hashed(self, content: Iterator[bytes]) -> Iterator[bytes]:
        for block in content:
            self._digest.update(block)
            self.bytes_read += len(block)
            yield block
        self._is_whole = True


def open_members(path: Path, *, limits: Limits) -> Iterator[Member]:
    """The content of ``path`` (``-`` is standard input); of a zip, each member as a file of its own.

    Read a member before asking for the next. Raises ``FeedError``, while the blocks are read too: for what cannot be
    opened, is cut off or damaged, lies in an archive within an archive, or unfolds beyond ``limits``.
    """
    with _opened(path) as file:
        where = Pointer(source=_shown(path))
        size = None if path == STDIN else path.stat().st_size
        magic = _beginning(file, where)
        if magic.startswith(_ZIP):
            yield from _zip_members(path, file, limits)
            return
        _refuse_other_archives(magic, where)
        meter = _Meter(limits, where)
        content: Iterator[bytes]
        if magic.startswith(_GZIP):
            content = meter.watch(_gunzip(file, where), file.tell)
        elif magic.startswith(_ZSTD):
            content = meter.watch(_unzstd(file, where), file.tell)
        else:
            content = _plain(file)
        yield Member(name=_bare(where.source), size=size, content=_guarded(content, where), position=file.tell)


class _Meter:
    """Counts what a compressed file unfolds to, over all its members."""

    def __init__(self, limits: Limits, where: Pointer) -> None:
        self._limits = limits
        self._where = where
        self._out = 0

    def watch(self, content: Iterator[bytes], taken: Callable[[], int]) -> Iterator[bytes]:
        """Passes blocks on; ``taken`` says how much of the compressed file they came from."""
        limits = self._limits
        for block in content:
            self._out += len(block)
            if self._out > limits.total_bytes:
                self._refuse(f"{limits.total_bytes:,} bytes (limit total_bytes)", "--max-gib")
            if self._out > limits.free_bytes + limits.ratio * taken():
                self._refuse(f"{limits.ratio:,} times its size (limit ratio)", "--max-ratio")
            yield block

    def _refuse(self, limit: str, option: str) -> None:
        raise FeedError(
            f"the file unfolds to more than {limit}; it may be a decompression bomb",
            where=self._where,
            remedy=f"if the file is what it should be, raise the limit with {option}",
        )


def _shown(path: Path) -> str:
    return "stdin" if path == STDIN else path.name


def _bare(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    return name


def _opened(path: Path) -> BufferedReader:
    if path == STDIN:
        return BufferedReader(sys.stdin.buffer)  # type: ignore[arg-type]  # BufferedReader wraps any readable stream
    where = Pointer(source=str(path))
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise FeedError("this is a folder", where=where, remedy="name the files in it")
        if not stat.S_ISREG(mode):
            raise FeedError(
                "this is a pipe or a device, not a file", where=where, remedy="give - and send the content to stdin"
            )
        return path.open("rb")
    except FileNotFoundError:
        raise FeedError("there is no such file", where=where, remedy="check the path") from None
    except OSError as problem:
        raise _unreadable(problem, where) from problem


def _beginning(file: BufferedReader, where: Pointer) -> bytes:
    try:
        return file.peek(8)[:8]
    except OSError as problem:
        raise _unreadable(problem, where) from problem


def _unreadable(problem: OSError, where: Pointer) -> FeedError:
    reason = problem.strerror or str(problem)
    return FeedError(
        f"the file cannot be read: {reason}", where=where, remedy="check the rights to read it and the disk it lies on"
    )


def _guarded(content: Iterator[bytes], where: Pointer) -> Iterator[bytes]:
    try:
        yield from content
    except OSError as problem:
        raise _unreadable(problem, where) from problem


def _plain(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block


def _gunzip(file: IO[bytes], where: Pointer) -> Iterator[bytes]:
    """All members of a gzip file, one after the other. Source: RFC 1952, section 2.2."""
    stream = zlib.decompressobj(wbits=31)
    data = file.read(BLOCK >> 2)
    while True:
        try:
            if block := stream.decompress(data, BLOCK):
                yield block
        except zlib.error as problem:
            raise _damaged("gzip", str(problem), where) from problem
        data = stream.unused_data if stream.eof else stream.unconsumed_tail
        if not data and not (data := file.read(BLOCK >> 2)):
            break
        if stream.eof:
            data = _next_gzip_member(data, file, where)
            if not data:
                return
            stream = zlib.decompressobj(wbits=31)
    if not stream.eof:
        raise _cut_off("gzip", where)


def _next_gzip_member(data: bytes, file: IO[bytes], where: Pointer) -> bytes:
    """``data`` from where another member begins; empty when only padding with zeros follows."""
    while not (rest := data.lstrip(b"\0")):
        if not (data := file.read(BLOCK >> 2)):
            return b""
    if len(rest) == 1:
        rest += file.read(1)
    if not rest.startswith(_GZIP):
        raise _damaged("gzip", "something else follows its end", where)
    return rest


def _unzstd(file: IO[bytes], where: Pointer) -> Iterator[bytes]:
    stream = pa.CompressedInputStream(pa.PythonFile(file, mode="r"), "zstd")
    while True:
        try:
            block: bytes = stream.read(BLOCK)
        except OSError as problem:
            if "runcated" in str(problem):
                raise _cut_off("Zstandard", where) from problem
            raise _damaged("Zstandard", str(problem), where) from problem
        if not block:
            return
        yield block


def _zip_members(path: Path, file: BufferedReader, limits: Limits) -> Iterator[Member]:
    archive, where = _shown(path), Pointer(source=_shown(path))
    if path == STDIN:
        raise FeedError("a zip cannot be read from a pipe", where=where, remedy="give the file itself")
    try:
        whole = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError) as problem:
        raise _damaged("zip", str(problem), where) from problem
    meter, size = _Meter(limits, where), path.stat().st_size
    for info in whole.infolist():
        if info.is_dir() or info.filename.startswith("__MACOSX/"):
            continue
        place = Pointer(source=f"{archive}!{info.filename}")
        if info.flag_bits & 1:
            remedy = "unpack the archive with its password, then give the files"
            raise FeedError("this member is encrypted", where=place, remedy=remedy)
        if info.compress_type not in _BOUNDED:
            raise _unknown_method(info.compress_type, place)
        content = meter.watch(_unzip(whole, info, place), lambda: size)
        yield Member(name=place.source, size=size, content=_guarded(content, place), position=file.tell)


def _unzip(whole: zipfile.ZipFile, info: zipfile.ZipInfo, where: Pointer) -> Iterator[bytes]:
    try:
        with whole.open(info) as file:
            block = file.read(BLOCK)
            if block.startswith((_GZIP, _ZSTD, *_ZIP, *_OTHER)):
                remedy = "unpack the outer one, then give the files"
                raise FeedError("this is an archive within an archive", where=where, remedy=remedy)
            while block:
                yield block
                block = file.read(BLOCK)
    except EOFError as problem:
        raise _cut_off("zip", where) from problem
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as problem:
        raise _damaged("zip", str(problem), where) from problem


def _unknown_method(method: int, where: Pointer) -> FeedError:
    return FeedError(
        f"this member is compressed by {_METHODS.get(method, f'method {method}')}, which tocsin does not unpack",
        where=where,
        remedy="make the zip with Deflate, or unpack it and give the files",
    )


def _refuse_other_archives(magic: bytes, where: Pointer) -> None:
    for beginning, kind in _OTHER.items():
        if magic.startswith(beginning):
            raise FeedError(
                f"this is a {kind} archive, which tocsin does not unpack",
                where=where,
                remedy="unpack it, or give it as .gz, .zst or .zip",
            )


def _cut_off(kind: str, where: Pointer) -> FeedError:
    return FeedError(
        f"the {kind} file is cut off before its end; nothing of it was kept",
        where=where,
        remedy="fetch the file again",
    )


def _damaged(kind: str, reason: str, where: Pointer) -> FeedError:
    return FeedError(f"the {kind} file is damaged: {reason}", where=where, remedy="fetch the file again")
