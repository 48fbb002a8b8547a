"""What is stated of a document beside its text (genre, day, publisher …), by metadata or a person, and kept apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from tocsin.errors import AskError, did_you_mean
from tocsin.record.document import Document, Genre, Origin

LONGEST = 500
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one origin states; ``None`` where it states nothing. ``language`` is a BCP 47 tag, ``licence`` free text."""

    genre: Genre | None = None
    published: date | None = None
    publisher: str | None = None
    title: str | None = None
    licence: str | None = None
    language: str | None = None

    def as_texts(self) -> dict[str, str]:
        """What is stated, as text by field; ``facts_of`` reads it again."""
        return {name: str(getattr(self, name)) for name in FIELDS if getattr(self, name) is not None}


FIELDS = tuple(each.name for each in fields(Facts))
"""The fields of a document that have an origin."""


def facts_of(texts: Mapping[str, str]) -> Facts:
    """The facts that these texts state, by field. Raises ``AskError`` naming the field of a value that cannot be."""
    for name in texts:
        if name not in FIELDS:
            raise AskError(
                f"a document has no {name!r}{did_you_mean(name, FIELDS)}", remedy=f"one of {', '.join(FIELDS)}"
            )
    return Facts(
        genre=_genre(texts["genre"]) if "genre" in texts else None,
        published=_day(texts["published"]) if "published" in texts else None,
        **{name: _text(name, texts[name]) for name in FIELDS if name in texts and name not in ("genre", "published")},
    )


def with_facts(document: Document, facts: Facts, origin: Origin) -> Document:
    """The document with what ``facts`` states in place of what was stated before; its origins say so."""
    origins = dict(document.origins) | dict.fromkeys(facts.as_texts(), origin)
    return replace(
        document,
        genre=facts.genre or document.genre,
        published=facts.published or document.published,
        publisher=facts.publisher or document.publisher,
        title=facts.title or document.title,
        licence=facts.licence or document.licence,
        language=facts.language or document.language,
        origins=tuple((name, origins[name]) for name in FIELDS if name in origins),
    )


def _genre(text: str) -> Genre:
    """By its name or a part of it that only one has (``debate``, ``news``)."""
    wanted = text.strip().lower().replace("-", "_").replace(" ", "_")
    found = [each for each in Genre if wanted and wanted in (each.value, each.name.lower())]
    found = found or [each for each in Genre if wanted and wanted in each.value]
    if len(found) != 1:
        short = [each.name.lower() for each in Genre]
        raise AskError(f"no genre {text[:60]!r}{did_you_mean(wanted, short)}", remedy=f"one of {', '.join(short)}")
    return found[0]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise AskError(f"{text[:60]!r} is no day of publication", remedy="write it as 2021-07-22") from None


def _text(name: str, text: str) -> str:
    found = " ".join(text.split())
    if not found or len(found) > LONGEST or _UNWRITABLE.search(found):
        raise AskError(f"the {name} is empty, too long, or no text", remedy=f"write at most {LONGEST} characters")
    return found
