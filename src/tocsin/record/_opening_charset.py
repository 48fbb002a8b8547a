"""Bytes of a text decoded, with nothing translated and nothing lost; what had to be assumed is said.

Sources: WHATWG Encoding Standard (byte order marks, windows-1252 as the fallback, its five gaps as control characters).
"""

from __future__ import annotations

import codecs
import re

_MARKS = (  # the longer first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FALLBACK = "windows-1252"
_STRAY = {
    0xDC00 + byte: bytes([byte]).decode(_FALLBACK, "ignore") or chr(byte) for byte in range(0x80, 0x100)
}  # what ``surrogateescape`` makes of a byte that is no UTF-8
_IS_STRAY = re.compile("[\udc80-\udcff]")
_SAMPLE = 4096
_OF_TEXT = re.compile(r"utf-(?:8|16|32)|iso(?:8859|2022)|cp\d|koi8|gb|big5|euc_|shift_jis|mac-|ascii|tis-620|johab|hz")
_LEGACY = {"ascii": _FALLBACK, "iso8859-1": _FALLBACK}  # as every browser takes these names


def decoded(content: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text without its byte order mark, and remarks on what was assumed.

    A byte order mark comes first, then the ``declared`` name if it is known, then UTF-8; what is no UTF-8 is read as
    windows-1252, byte by byte.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _by_name(content[len(mark) :], name)
    found = known_charset(declared) if declared else _wide(content)
    if found is not None and found != "utf-8":
        return _by_name(content, found)
    text, remarks = _utf8(content)
    if declared and found is None:
        remarks = (f"the declared encoding {declared[:40]!r} is not known", *remarks)
    return text, remarks


def known_charset(name: str) -> str | None:
    """The encoding of text that the name stands for; ``None`` when it is none that documents come in."""
    try:
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None
    return _LEGACY.get(found, found) if _OF_TEXT.match(found) else None


def _utf8(content: bytes) -> tuple[str, tuple[str, ...]]:
    text = content.decode("utf-8", "surrogateescape")
    strays = len(_IS_STRAY.findall(text))
    if not strays:
        return text, ()
    return text.translate(_STRAY), (f"{strays:,} bytes are not UTF-8 and were read as {_FALLBACK}",)


def _by_name(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """A half of a surrogate pair is no character: it becomes the replacement character, as bytes that mean nothing."""
    try:
        return content.decode(name), () if name.startswith("utf") else (f"read as {name}",)
    except UnicodeDecodeError:
        text = content.decode(name, "replace")
        return text, (f"read as {name}; {text.count(chr(0xFFFD)):,} places mean nothing in it",)


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a western text is zero then."""
    sample = content[:_SAMPLE]
    half = len(sample) // 2
    if half and len(content) % 2 == 0:
        for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
            if high.count(0) > half * 3 // 4:
                return name
    return None
