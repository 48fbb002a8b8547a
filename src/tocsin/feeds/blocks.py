"""From blocks of bytes to chunks of whole rows: encodings, line ends, physical line numbers, lines without end.

Every chunk begins at the start of a row and ends with a line feed, wherever the blocks were cut. Rows that span
lines are described in ``_grammar.py``.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pyarrow as pa

from tocsin.errors import FeedError
from tocsin.feeds._grammar import LONGEST_ROW, Dialect, last_border
from tocsin.provenance import RAW_LIMIT, Pointer

CHUNK = 16 << 20
HEAD = 64 << 10

_UTF8_BOM = codecs.BOM_UTF8
_UTF32_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NEWLINE = 10
_KEPT_OF_LONG_LINE = 4 * RAW_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class RawChunk:
    """Whole rows as text in UTF-8, not yet looked at; ``line`` is the physical line on which it begins.

    With ``is_overlong`` it is one line of more than ``LONGEST_ROW`` bytes, and ``text`` only its beginning.
    """

    line: int
    text: bytes
    is_overlong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How the bytes of a file become lines: ``codec`` is ``utf-8`` or ``utf-16``."""

    codec: str = "utf-8"
    has_bom: bool = False
    ends_lines_with_cr: bool = False

    def decode(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """The same text in UTF-8, without byte-order mark, lines ending in a line feed."""
        decoded = self._decoded_utf16(blocks) if self.codec == "utf-16" else self._without_bom(blocks)
        return (block.replace(b"\r", b"\n") for block in decoded) if self.ends_lines_with_cr else decoded

    def _without_bom(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        head, rest = peek(blocks, size=len(_UTF8_BOM))
        return chain([next(rest)[len(_UTF8_BOM) :]], rest) if self.has_bom and head else rest

    def _decoded_utf16(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
        for block in blocks:
            yield decoder.decode(block).encode("utf-8", "replace")
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def peek(blocks: Iterable[bytes], *, size: int = HEAD) -> tuple[bytes, Iterator[bytes]]:
    """The first ``size`` bytes (fewer only when there are no more), and all the blocks as if none had been taken."""
    source = iter(blocks)
    taken: list[bytes] = []
    while sum(map(len, taken)) < size and (block := next(source, None)) is not None:
        taken.append(block)
    joined = b"".join(taken)
    return joined[:size], chain([joined], source) if joined else source


def detect_encoding(head: bytes, *, source: str) -> Encoding:
    """The encoding that the beginning of a file shows. Raises ``FeedError`` for one that is not read."""
    if head.startswith(_UTF32_BOMS):
        raise _unknown_encoding("this is UTF-32 text", source)
    if head.startswith(_UTF16_BOMS):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
        return Encoding(codec="utf-16", has_bom=True, ends_lines_with_cr=_ends_lines_with_cr(text))
    if _is_half_nul(head):
        raise _unknown_encoding("this looks like UTF-16 text without a byte-order mark", source)
    ends = _ends_lines_with_cr(head.decode("latin-1"))
    return Encoding(has_bom=head.startswith(_UTF8_BOM), ends_lines_with_cr=ends)


def split_text(blocks: Iterable[bytes], *, line: int, dialect: Dialect, target: int = CHUNK) -> Iterator[RawChunk]:
    """Chunks of about ``target`` bytes out of decoded text whose first line is number ``line``.

    Bytes that are no UTF-8 become U+FFFD.
    """
    splitter = _Splitter(line, dialect)
    pending: list[bytes] = []
    size, threshold = 0, target
    for block in blocks:
        pending.append(block)
        size += len(block)
        if size < threshold:
            continue
        # Joined up to a line's end, so that the chunk need not be copied once more to cut it there.
        cut = block.rfind(b"\n") + 1 or len(block)
        pending[-1] = block[:cut]
        yield from splitter.split(b"".join(pending), is_final=False)
        pending = [splitter.rest, block[cut:]]
        size = sum(map(len, pending))
        threshold = max(target, 2 * size)
    yield from splitter.split(b"".join(pending), is_final=True)


class _Splitter:
    """Where the splitting stands: the next line's number, and text that cannot be given yet."""

    def __init__(self, line: int, dialect: Dialect) -> None:
        self.rest = b""
        self._line = line
        self._dialect = dialect
        self._long_line: bytes | None = None

    def split(self, text: bytes, *, is_final: bool) -> Iterator[RawChunk]:
        """What of ``text``, which begins with ``rest``, can be given; ``rest`` is then what cannot."""
        self.rest = b""
        if self._long_line is not None:
            end = text.find(b"\n") + 1
            if not end and not is_final:
                return
            yield from self._finish_long_line()
            text = text[end:] if end else b""
        if is_final and text and not text.endswith(b"\n"):
            text += b"\n"
        complete = text.rfind(b"\n") + 1
        start = 0
        for begin, end in _long_lines(text, complete):
            yield from self._give(_repaired(text[start:begin]))
            self._long_line = text[begin : begin + _KEPT_OF_LONG_LINE]
            yield from self._finish_long_line()
            start = end
        rows = _repaired(text[start:complete])
        if len(text) - complete > LONGEST_ROW:
            self._long_line = text[complete : complete + _KEPT_OF_LONG_LINE]
            yield from self._give(rows)
            return
        border = len(rows) if is_final else last_border(rows, self._dialect)
        yield from self._give(rows[:border])
        # The rest is kept as it came: what is repaired is longer, and would be measured anew.
        self.rest = text[_lines_back(text, complete, rows.count(b"\n", border)) :]

    def _give(self, text: bytes) -> Iterator[RawChunk]:
        if text:
            yield RawChunk(line=self._line, text=text)
            # NumPy counts twice as fast as ``bytes.count``.
            self._line += int(np.count_nonzero(np.frombuffer(text, dtype=np.uint8) == _NEWLINE))

    def _finish_long_line(self) -> Iterator[RawChunk]:
        if self._long_line is not None:
            yield RawChunk(line=self._line, text=self._long_line, is_overlong=True)
            self._line += 1
            self._long_line = None


def _long_lines(text: bytes, complete: int) -> Iterator[tuple[int, int]]:
    """Begin and end of each line of more than ``LONGEST_ROW`` bytes among the complete ones."""
    probe = 0
    while probe < complete:
        inside = text.rfind(b"\n", probe, min(probe + LONGEST_ROW + 1, complete))
        if inside >= 0:
            probe = inside + 1
            continue
        end = text.find(b"\n", probe) + 1
        yield probe, end
        probe = end


def _lines_back(text: bytes, end: int, lines: int) -> int:
    """Where the last ``lines`` lines before ``end`` begin."""
    for _ in range(lines):
        end = text.rfind(b"\n", 0, end - 1) + 1
    return end


def _repaired(text: bytes) -> bytes:
    if text.isascii() or _is_utf8(text):
        return text
    return text.decode("utf-8", "replace").encode()


def _is_utf8(text: bytes) -> bool:
    offsets = pa.array([0, len(text)], pa.int64()).buffers()[1]
    try:
        pa.LargeStringArray.from_buffers(1, offsets, pa.py_buffer(text)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _ends_lines_with_cr(text: str) -> bool:
    return "\r" in text[:-1] and "\n" not in text


def _is_half_nul(head: bytes) -> bool:
    sample = head[:4096]
    few, many = sorted((sample[::2].count(0), sample[1::2].count(0)))
    return len(sample) >= 4 and many * 4 > len(sample) and few * 20 < many


def _unknown_encoding(what: str, source: str) -> FeedError:
    return FeedError(what, where=Pointer(source=source, line=1), remedy="convert the file to UTF-8 (iconv -t UTF-8)")
