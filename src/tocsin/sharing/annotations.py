"""The record as W3C Web Annotations: one for each assertion, at its place in the text, with its provenance.

Sources: W3C, *Web Annotation Data Model* (2017), sections 3.2, 4.2.4, 4.2.5 and 5; *PROV-O* (2013), section 3;
RFC 6920 for naming a document by its sha256.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence

from tocsin.labels import Label
from tocsin.record import Span
from tocsin.record.review import Item
from tocsin.sharing.filed import Choice, Fields, Filed, as_read, fields_of, review_of, said_on

CONTEXT: tuple[object, ...] = (
    "http://www.w3.org/ns/anno.jsonld",
    {
        "prov": "http://www.w3.org/ns/prov#",
        "tocsin": "urn:tocsin:record:",
        "prov:generatedAtTime": {"@type": "xsd:dateTime"},
    },
)
"""Our own terms are all written with the prefix ``tocsin:``, so that they never take the place of a standard one."""
CONTEXT_CHARACTERS = 32


def annotated(record: Sequence[Filed], choice: Choice, label: Label) -> bytes:
    """One ``AnnotationCollection`` for each document, as JSON-LD; for one document that collection alone.

    What reviewers rejected, split or merged away is not among them.
    """
    made = [_collection(filed, choice, label) for filed in record]
    whole: dict[str, object] = made[0] if len(made) == 1 else {"@graph": made}
    return (json.dumps({"@context": list(CONTEXT), **whole}, indent=1, ensure_ascii=True) + "\n").encode("ascii")


def document_name(sha256: str) -> str:
    """The name of a document by its content, such as ``ni:///sha-256;…`` (RFC 6920, section 3)."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode("ascii").rstrip("=")


def _collection(filed: Filed, choice: Choice, label: Label) -> dict[str, object]:
    items = [_annotation(filed, item) for item in choice.items(filed)]
    name = f"urn:tocsin:document:{filed.document.sha256}"
    return {
        "id": name,
        "type": "AnnotationCollection",
        "label": filed.name,
        "tocsin:label": str(label),
        "tocsin:fullyReviewed": filed.reviewed.is_complete,
        "total": len(items),
        "first": {"id": f"{name}#page", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def _annotation(filed: Filed, item: Item) -> dict[str, object]:
    text, span = filed.document.text, item.assertion.span
    review = review_of(item)
    said = {**fields_of(item.assertion, text), "said_on": said_on(filed, item.assertion)}
    made: dict[str, object] = {
        "id": f"urn:tocsin:assertion:{item.assertion.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": {"type": "tocsin:Assertion", "purpose": "classifying", **_ours(said)},
        "target": {
            "source": document_name(filed.document.sha256),
            "selector": [
                {"type": "TextPositionSelector", "start": span.begins, "end": span.ends},
                _quote(text, span),
            ],
            "tocsin:cameFrom": filed.document.source,
        },
        **_ours(review),
        "prov:wasGeneratedBy": _generation(filed, item),
    }
    if item.agreed:
        made["prov:wasAttributedTo"] = [{"type": ["Person", "prov:Person"], "name": name} for name in item.agreed]
    before = as_read(item, text)
    if before and item.machine is not None:
        made["prov:wasRevisionOf"] = {
            "id": f"urn:tocsin:reading:{item.machine.id}",
            "type": "prov:Entity",
            **_ours(before),
        }
    return made


def _generation(filed: Filed, item: Item) -> dict[str, object]:
    """What made it: the rule of a reader, or a person where the reader had missed it."""
    used = {"id": document_name(filed.document.sha256), "type": "prov:Entity"}
    if item.machine is None:
        who: list[object] = [{"type": "prov:Person", "name": name} for name in item.agreed]
    else:
        reader = filed.reviewed.reading.reader
        who = [{"id": f"urn:tocsin:reader:{reader}", "type": "prov:SoftwareAgent", "name": f"tocsin reader {reader}"}]
    return {
        "type": "prov:Activity",
        "prov:used": used,
        "prov:wasAssociatedWith": who,
        "tocsin:rule": item.assertion.rule,
        "tocsin:triggers": [trigger.of(filed.document.text) for trigger in item.assertion.triggers],
    }


def _quote(text: str, span: Span) -> dict[str, object]:
    return {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.begins - CONTEXT_CHARACTERS) : span.begins],
        "suffix": text[span.ends : span.ends + CONTEXT_CHARACTERS],
    }


def _ours(fields: Fields) -> dict[str, object]:
    """The fields that say something, under our prefix."""
    return {f"tocsin:{name}": value for name, value in fields.items() if value is not None and value != []}
