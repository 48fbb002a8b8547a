"""A public document: its bytes as they came, the text read from them, and what is known about it, with who said so."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256


class Genre(StrEnum):
    """What kind of document it is; how its speakers and quotations are found depends on it."""

    DEBATE = "parliamentary_debate"
    NEWS = "news_article"
    STATEMENT = "government_press_release"
    BRIEFING = "press_briefing"
    ADVISORY = "advisory"
    OTHER = "other"


class Origin(StrEnum):
    """Where a value comes from: the words of the text, the file's or page's metadata, a person, or an inference."""

    TEXT = "text"
    METADATA = "metadata"
    PERSON = "person"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document. ``sha256`` (hex) is of the bytes as they came; every span counts code points of ``text``.

    ``origins`` says for each of ``genre``, ``published``, ``publisher``, ``title``, ``licence`` and ``language`` where
    its value comes from; a field that nobody states is ``None`` (``genre``: ``OTHER``) and has no origin. ``source`` is
    the file name or address it came by.
    """

    sha256: str
    text: str
    media_type: str
    source: str
    genre: Genre = Genre.OTHER
    published: date | None = None
    publisher: str | None = None
    title: str | None = None
    licence: str | None = None
    language: str | None = None
    origins: tuple[tuple[str, Origin], ...] = ()


def wording(text: str) -> str:
    """The sha256 of its words in order: the same whatever its line ends, blanks, byte order marks and accents' form."""
    words = unicodedata.normalize("NFC", text).replace("\ufeff", "").split()
    return sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()
