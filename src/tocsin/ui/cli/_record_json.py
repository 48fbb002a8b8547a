"""Documents of the record as the commands give them with ``--json``."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.record import Assertion
from tocsin.record.codec import to_json
from tocsin.store.documents import Kept
from tocsin.tasks.record_add import Added
from tocsin.tasks.record_list import Entry
from tocsin.tasks.record_read import Read
from tocsin.tasks.record_show import Shown


def kept_json(kept: Kept) -> dict[str, object]:
    """A document as the desk knows it, without its text."""
    document = kept.document
    return {
        "sha256": document.sha256,
        "media_type": document.media_type,
        "title": document.title,
        "genre": document.genre,
        "published": document.published,
        "publisher": document.publisher,
        "licence": document.licence,
        "language": document.language,
        "origins": dict(document.origins),
        "bytes": kept.size,
        "characters": kept.characters,
        "words": kept.words,
        "added_at": kept.added_at,
        "sources": [
            {
                "source": each.source,
                "address": each.address,
                "content_type": each.content_type,
                "fetched_at": each.fetched_at,
                "added_at": each.added_at,
                "added_by": each.added_by,
            }
            for each in kept.arrivals
        ],
    }


def added_json(added: Added) -> dict[str, object]:
    """What became of a document that was added."""
    return {
        **kept_json(added.kept),
        "new": added.is_new,
        "remarks": list(added.remarks),
        "same_text": [twin for _, twin in added.same_text],
    }


def entry_json(entry: Entry) -> dict[str, object]:
    """One line of the list."""
    mark = entry.mark
    read = mark and {"reader": mark.reader, "read_at": mark.read_at, "counts": dict(mark.counts)}
    return {"number": entry.number, **kept_json(entry.kept), "reading": read}


def read_json(found: Read) -> dict[str, object]:
    """What was found in one document, in numbers."""
    sha256, mark = found.kept.document.sha256, found.mark
    return {"document": sha256, "reader": mark.reader, "new": found.is_new, "counts": dict(mark.counts)}


def shown_json(shown: Shown, wanted: Iterable[Assertion]) -> dict[str, object]:
    """A document with its text, segments and the wanted assertions, each with every field and its state of review."""
    states = shown.states()
    return {
        "document": {**kept_json(shown.kept), "text": shown.document.text},
        "reader": shown.reading and shown.reading.reader,
        "segments": to_json(shown.reading.segments) if shown.reading else None,
        "assertions": [_with_state(to_json(each), states[each.id]) for each in wanted],
        "withdrawn": shown.withdrawn,
    }


def _with_state(told: object, state: str) -> dict[str, object]:
    assert isinstance(told, dict)
    return {**told, "review": state}
