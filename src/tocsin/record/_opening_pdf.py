"""The text of a PDF that has one: its lines put together to paragraphs, running heads and page numbers left out.

A PDF holds glyphs at places, neither words nor paragraphs. A paragraph ends where the lines stand further apart than
they do elsewhere on the page, where the size of the type changes, or where a bullet begins the next.
Source: ISO 32000-2, sections 9.4 (text objects) and 14.3.3 (document information).
"""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise, takewhile

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from tocsin.errors import DocumentError
from tocsin.record._opening_parts import Found
from tocsin.record.facts import LONGEST, Facts

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # its remarks on odd files are no news to an officer

_WIDER = 1.2
_OTHER_SIZE = 0.12
_MOST_FURNITURE = 2
_BULLET = re.compile(r"[•◦▪‣●○–—]\s|\(?\d{1,2}[.)]\s|\([a-z]\)\s")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s)?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
_ENDS = (".", "!", "?", ":", ";", "”", '"', "’", "'", ")")
_HALF = re.compile("[\ud800-\udfff]")
_BROKEN = (  # what a damaged or hostile file makes the library raise, beside its own
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    PyPdfError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    height: float
    size: float


def open_pdf(content: bytes, *, longest: int) -> Found:
    """The text and the file's own metadata; reading stops beyond ``longest`` characters.

    Raises ``DocumentError`` for a file that is damaged, locked, or made of pictures.
    """
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("this PDF is locked with a password", remedy="unlock it, then add the unlocked file")
        pages = list(_pages(reader, longest))
        facts = _facts(reader)
    except _BROKEN as fault:
        raise DocumentError(
            f"this PDF is damaged, or locked in a way that tocsin does not know: {str(fault)[:200] or type(fault)}",
            remedy="open it in a viewer, print it to a new PDF, and add that",
        ) from fault
    text = _HALF.sub("\ufffd", "\n\n".join(_joined(_without_furniture(pages))))
    if not text.strip():
        raise DocumentError(
            f"there is no text in this PDF of {len(pages):,} pages: they are pictures",
            remedy="run OCR (text recognition) first, check its text, and add that",
        )
    bare = sum(not page for page in pages)
    remarks = (f"{bare:,} of {len(pages):,} pages have no text",) if bare else ()
    return Found(text=text, facts=facts, remarks=remarks)


def _pages(reader: PdfReader, longest: int) -> Iterator[list[_Line]]:
    seen = 0
    for page in reader.pages:
        lines = _lines(page)
        seen += sum(len(line.text) for line in lines)
        yield lines
        if seen > longest:
            return


def _lines(page: PageObject) -> list[_Line]:
    lines: list[_Line] = []
    words: list[str] = []
    place = (0.0, 0.0)

    def end() -> None:
        if text := " ".join("".join(words).split()):
            lines.append(_Line(text, *place))
        words.clear()

    def visit(text: str, outer: list[float], inner: list[float], _font: object, size: float) -> None:
        nonlocal place
        first, *others = text.split("\n")
        for number, part in enumerate([first, *others]):
            if number:
                end()
            if part.strip() and not "".join(words).strip():
                place = (outer[5] + outer[3] * inner[5], size * abs(inner[3] * outer[3]))
            words.append(part)

    page.extract_text(visitor_text=visit)
    end()
    return lines


def _without_furniture(pages: Sequence[list[_Line]]) -> list[list[_Line]]:
    """The pages without bare page numbers, and without lines at the very top and end that most of them have."""
    ends = Counter(_furniture_key(line) for page in pages for line in {*page[:1], *page[-1:]})
    running = {key for key, times in ends.items() if times > max(1, len(pages) // 2)}

    def is_furniture(line: _Line) -> bool:
        return _furniture_key(line) in running or _PAGE_NUMBER.fullmatch(line.text) is not None

    kept = []
    for page in pages:
        above = len(list(takewhile(is_furniture, page[:_MOST_FURNITURE])))
        rest = page[above:]
        below = len(list(takewhile(is_furniture, rest[: -_MOST_FURNITURE - 1 : -1])))
        kept.append(rest[: len(rest) - below])
    return kept


def _furniture_key(line: _Line) -> str:
    return _DIGITS.sub("#", line.text)


def _joined(pages: Sequence[list[_Line]]) -> list[str]:
    """The paragraphs of all pages; one that runs over the end of a page is one."""
    known = {word for page in pages for line in page for word in _WORD.findall(line.text)}
    found: list[str] = []
    for page in pages:
        for number, block in enumerate(_blocks(page)):
            text = block[0].text
            for line in block[1:]:
                text = _continued(text, line.text, known)
            if number == 0 and found and text[:1].islower() and not found[-1].endswith(_ENDS):
                found[-1] = _continued(found[-1], text, known)
            else:
                found.append(text)
    return found


def _blocks(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    usual = _usual_distance(lines)
    block: list[_Line] = []
    for line in lines:
        if block and _begins_anew(block[-1], line, usual):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _usual_distance(lines: Sequence[_Line]) -> float:
    """The commonest distance between two lines, the smallest of equals."""
    steps = Counter(round(above.height - below.height, 1) for above, below in pairwise(lines))
    down = {step: times for step, times in steps.items() if step > 0}
    return min(down, key=lambda step: (-down[step], step), default=0.0)


def _begins_anew(above: _Line, below: _Line, usual: float) -> bool:
    step = above.height - below.height
    other_size = abs(above.size - below.size) > _OTHER_SIZE * max(above.size, below.size)
    is_top_of_column = step < 0 and above.text.endswith(_ENDS)
    return step > usual * _WIDER or other_size or is_top_of_column or _BULLET.match(below.text) is not None


def _continued(text: str, more: str, known: set[str]) -> str:
    """The two put together. A hyphen at the line's end goes where the word stands elsewhere without it."""
    if text.endswith("\xad"):
        return text[:-1] + more
    if not text.endswith("-") or not more[:1].islower():
        return f"{text} {more}"
    *_, first = _WORD.findall(text[:-1]) or [""]
    second = _WORD.match(more)
    return (text[:-1] if second and first + second.group() in known else text) + more


def _facts(reader: PdfReader) -> Facts:
    """Its title and language. The dates of a file say when it was made, not when it was published."""
    title = reader.metadata.title if reader.metadata else None
    language = reader.root_object.get("/Lang")
    return Facts(title=_clean(title), language=_clean(language if isinstance(language, str) else None))


def _clean(text: str | None) -> str | None:
    return " ".join(_HALF.sub("\ufffd", (text or "")[:LONGEST]).split()) or None
