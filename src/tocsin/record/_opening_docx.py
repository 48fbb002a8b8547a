"""The text of a Word document (.docx): one block a paragraph or row of a table; deleted text is not in it.

It is a zip of XML parts. Either may be made to unfold without end: parts are read up to a limit, and a document type
declaration, which such a part must not have, is refused. Source: ECMA-376, part 1, sections 17.3 and 17.4 (paragraphs,
tables), part 2, section 8.2.5 (no DTD) and clause 11 (core properties).
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

from tocsin.errors import DocumentError
from tocsin.record._opening_parts import Found
from tocsin.record.facts import LONGEST, Facts

PART = "word/document.xml"
_CORE = "docProps/core.xml"
_MOST_XML = 100_000_000
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
_SKIPPED = frozenset({"Fallback", "instrText", "delText", "pPr", "rPr", "tblPr", "sectPr"})
_REMEDY = "open it in a word processor, save it anew as .docx, or as plain text, and add that"


def is_docx(content: bytes) -> bool:
    """Whether a zip holds the main part of a Word document."""
    try:
        return PART in zipfile.ZipFile(BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def open_docx(content: bytes, *, longest: int) -> Found:
    """The text and the file's own metadata; reading stops beyond ``longest`` characters.

    Raises ``DocumentError`` for a file that is damaged or locked, or unfolds without measure.
    """
    try:
        parts = zipfile.ZipFile(BytesIO(content))
        body = _Body(longest)
        _parse(_read(parts, PART), body)
        core = _Core()
        if _CORE in parts.namelist():
            _parse(_read(parts, _CORE), core)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError) as fault:
        raise DocumentError(f"this Word document is damaged or locked: {fault}", remedy=_REMEDY) from fault
    return Found(
        text="\n\n".join(body.blocks), facts=Facts(title=core.text_of("title"), language=core.text_of("language"))
    )


def _read(parts: zipfile.ZipFile, name: str) -> bytes:
    with parts.open(name) as file:
        content = file.read(_MOST_XML + 1)
    if len(content) > _MOST_XML:
        raise DocumentError(f"{name} in it unfolds to more than {_MOST_XML:,} bytes", remedy=_REMEDY)
    return content


class _EnoughError(Exception):
    """More text than anybody will keep: no need to read on."""


class _Body:
    """Gathers the blocks of the main part."""

    def __init__(self, longest: int) -> None:
        self.blocks: list[str] = []
        self._open: list[list[str]] = [[]]  # a text box is a paragraph within a paragraph
        self._row: list[str] | None = None
        self._tables = 0
        self._skipped = 0
        self._in_text = False
        self._left = longest

    def begin(self, name: str) -> None:
        if self._skipped or name in _SKIPPED:
            self._skipped += 1
        elif name == "p":
            self._open.append([])
        elif name == "tbl":
            self._tables += 1
        elif name == "tr" and self._tables == 1:
            self._row = []
        elif name == "t":
            self._in_text = True
        elif name in _SIGNS:
            self._open[-1].append(_SIGNS[name])

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "p":
            self._close("".join(self._open.pop()).strip())
        elif name == "tbl":
            self._tables -= 1
        elif name == "tr" and self._tables == 1 and self._row is not None:
            row, self._row = "\t".join(self._row), None
            self._close(row)
        elif name == "t":
            self._in_text = False

    def text(self, words: str) -> None:
        if self._in_text and not self._skipped:
            self._open[-1].append(words)
            self._left -= len(words)
            if self._left < 0:
                raise _EnoughError

    def _close(self, text: str) -> None:
        if text:
            (self.blocks if self._row is None else self._row).append(text)


class _Core:
    """Gathers the core properties that say something of the text."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}
        self._words: list[str] | None = None

    def begin(self, name: str) -> None:
        self._words = self._found.setdefault(name, []) if name in ("title", "language") else None

    def end(self, name: str) -> None:
        self._words = None

    def text(self, words: str) -> None:
        if self._words is not None:
            self._words.append(words)

    def text_of(self, name: str) -> str | None:
        return " ".join("".join(self._found.get(name, ()))[:LONGEST].split()) or None


def _parse(xml: bytes, part: _Body | _Core) -> None:
    """Feeds the part's elements, by their names without namespace, and its text."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _attributes: part.begin(name.rpartition(" ")[2])
    parser.EndElementHandler = lambda name: part.end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = part.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as fault:
        raise ValueError(f"its XML is broken: {fault}") from fault
    except _EnoughError:
        part.end("p")


def _refuse(*_declaration: object) -> None:
    raise DocumentError("it declares a document type, as no Word document does", remedy=_REMEDY)
