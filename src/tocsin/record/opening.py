"""The door of the record: the bytes of a file or page come in, a document with its text goes out.

What kind it is: by its first bytes where they tell (PDF, Word), else by the declared type, the name's suffix, or its
beginning. A text file's text is the decoded bytes, sign by sign; of the others it is what a reader sees of them, in
blocks with an empty line between. It is never changed afterwards: every span counts its code points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from tocsin.errors import DocumentError
from tocsin.provenance import Pointer
from tocsin.record._opening_charset import decoded, known_charset
from tocsin.record._opening_docx import is_docx, open_docx
from tocsin.record._opening_html import open_html
from tocsin.record._opening_parts import Found
from tocsin.record._opening_pdf import open_pdf
from tocsin.record.document import Document, Genre, Origin
from tocsin.record.facts import Facts, with_facts
from tocsin.record.reading.datelines import stated_date
from tocsin.record.reading.genres import guess_genre
from tocsin.record.spans import with_line_feeds

MOST_BYTES = 20_000_000
MOST_CHARACTERS = 5_000_000
PDF, HTML, TEXT = "application/pdf", "text/html", "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_HTML_TYPES = frozenset({HTML, "application/xhtml+xml"})
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_LOOKS_LIKE_HTML = re.compile(r"\s{0,99}(?:<\?xml[^>]{0,99}>\s{0,99})?(?:<!--|<!doctype html|<html|<head|<body)", re.I)
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_META_WITHIN = 4096
_PDF, _PDF_WITHIN = b"%PDF-", 1024  # readers allow for something before it
_UNREADABLE = {
    b"\xd0\xcf\x11\xe0": ("an old or locked Office file", "open it, and save it as .docx without a password"),
    b"{\\rtf": ("an RTF file", "save it as .docx or as plain text"),
    b"\x89PNG": ("a picture", "run OCR (text recognition) on it, and add the text"),
    b"\xff\xd8\xff": ("a picture", "run OCR (text recognition) on it, and add the text"),
    b"GIF8": ("a picture", "run OCR (text recognition) on it, and add the text"),
    b"II*\0": ("a picture", "run OCR (text recognition) on it, and add the text"),
    b"MM\0*": ("a picture", "run OCR (text recognition) on it, and add the text"),
    b"\x1f\x8b": ("a compressed file", "unpack it first"),
    b"\x28\xb5\x2f\xfd": ("a compressed file", "unpack it first"),
    b"PK\x03\x04": ("an archive, or an Office file other than .docx", "unpack it, or save it as .docx, PDF or text"),
    b"PK\x05\x06": ("an empty archive", "give the document itself"),
}
_SAMPLE = 8192
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A document, and what had to be assumed to read it."""

    document: Document
    remarks: tuple[str, ...] = ()


def open_document(
    content: bytes, *, source: str, content_type: str | None = None, charset: str | None = None
) -> Opened:
    """The document that ``content`` is; ``content_type`` is the header it came with, ``charset`` a person's word.

    Raises ``DocumentError``: too large, empty, without text, locked, damaged, or of a kind that is not read.
    """
    try:
        check_size(len(content))
        _check_charset(charset)
        media_type = _media_type(content, source, content_type)
        found = _found(content, media_type, charset or _charset_of(content_type))
        _check_text(found.text)
    except DocumentError as error:
        if error.where is None:
            error.where = Pointer(source=source)
        raise
    document = Document(sha256=sha256(content).hexdigest(), text=found.text, media_type=media_type, source=source)
    return Opened(document=with_facts(_described(document), found.facts, Origin.METADATA), remarks=found.remarks)


def _described(document: Document) -> Document:
    """The document with the genre that its words suggest and the day that its text states."""
    text = with_line_feeds(document.text)
    guessed, stated = guess_genre(text), stated_date(text)
    if guessed is not Genre.OTHER:
        document = with_facts(document, Facts(genre=guessed), Origin.INFERRED)
    return with_facts(document, Facts(published=stated[0]), Origin.TEXT) if stated else document


def is_packed(content: bytes) -> bool:
    """Whether it may be a PDF or a zip: a small file of these may ask for work without end."""
    return content.startswith(b"PK\x03\x04") or _PDF in content[:_PDF_WITHIN]


def check_size(size: int) -> None:
    """Raises ``DocumentError`` for more bytes than a document may have."""
    if size > MOST_BYTES:
        raise DocumentError(
            f"more than {MOST_BYTES:,} bytes, which is more than any document of the record",
            remedy="take out pictures or save its text alone; give a collection part by part",
        )


def _media_type(content: bytes, source: str, content_type: str | None) -> str:
    declared = (content_type or "").partition(";")[0].strip().lower()
    is_called_pdf = declared == PDF or source.lower().endswith(".pdf")
    if content[:_PDF_WITHIN].lstrip().startswith(_PDF) or (is_called_pdf and _PDF in content[:_PDF_WITHIN]):
        return PDF
    if content.startswith(b"PK\x03\x04") and is_docx(content):
        return DOCX
    for beginning, (kind, remedy) in _UNREADABLE.items():
        if content.startswith(beginning):
            raise DocumentError(f"this is {kind}, which tocsin does not read", remedy=remedy)
    if declared in _HTML_TYPES or (not declared and source.lower().endswith(_HTML_SUFFIXES)):
        return HTML
    if declared == TEXT or source.lower().endswith(".txt"):
        return TEXT
    return HTML if _LOOKS_LIKE_HTML.match(decoded(content[:_SAMPLE])[0]) else TEXT


def _found(content: bytes, media_type: str, charset: str | None) -> Found:
    if media_type == PDF:
        return open_pdf(content, longest=MOST_CHARACTERS)
    if media_type == DOCX:
        return open_docx(content, longest=MOST_CHARACTERS)
    if media_type == HTML:
        text, remarks = decoded(content, charset or _charset_in(content))
        page = open_html(text)
        return Found(text=page.text, facts=page.facts, remarks=remarks)
    text, remarks = decoded(content, charset)
    return Found(text=text, remarks=remarks)


def _check_charset(charset: str | None) -> None:
    if charset is not None and known_charset(charset) is None:
        raise DocumentError(
            f"no character encoding is called {charset[:60]!r}", remedy="name it with --charset, such as utf-8"
        )


def _charset_in(page: bytes) -> str | None:
    """What the page declares of itself; whoever could read that it is UTF-16 knows that it is not."""
    found = _charset_of(page[:_META_WITHIN].decode("latin-1"))
    return None if found and found.lower().startswith(("utf-16", "utf-32")) else found


def _charset_of(text: str | None) -> str | None:
    match = _CHARSET.search(text or "")
    return match.group(1) if match else None


def _check_text(text: str) -> None:
    if not text.strip():
        raise DocumentError("there is no text in it", remedy="check that it is the file you meant")
    if len(text) > MOST_CHARACTERS:
        raise DocumentError(
            f"more than {MOST_CHARACTERS:,} characters of text", remedy="give a collection part by part"
        )
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _CONTROL_SHARE * len(sample):
        raise DocumentError(
            "this is no text: too many control characters", remedy="save it as text, HTML, PDF or .docx"
        )
