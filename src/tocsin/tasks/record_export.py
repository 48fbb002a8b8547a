"""Exports the record: the chosen assertions of the chosen documents, in a standard's form, under a label."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tocsin.errors import AskError, did_you_mean
from tocsin.labels import Label
from tocsin.record.incidents import joined
from tocsin.sharing.annotations import annotated
from tocsin.sharing.eurepoc import eurepoc
from tocsin.sharing.filed import Choice, Filed
from tocsin.sharing.sheet import sheet
from tocsin.sharing.stix import stix
from tocsin.store.workspace import Workspace
from tocsin.tasks._record_filed import load_filed

_WRITERS: Mapping[str, Callable[[Sequence[Filed], Choice, Label, str], bytes]] = {
    "csv": lambda record, choice, label, _: sheet(record, choice, label),
    "annotations": lambda record, choice, label, _: annotated(record, choice, label),
    "stix": lambda record, choice, label, creator: stix(record, choice, label, creator=creator),
    "eurepoc": lambda record, choice, label, _: eurepoc(record, choice, label),
}
FORMATS = tuple(_WRITERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A finished export, and how many assertions of how many documents were chosen for it; ``reviewed`` of them."""

    content: bytes
    documents: int
    assertions: int
    reviewed: int


def export_record(
    workspace: Workspace,
    kind: str,
    *,
    documents: Sequence[str] = (),
    choice: Choice,
    label: Label,
    creator: str,
) -> Exported:
    """The record in the form ``kind`` (one of ``FORMATS``).

    Raises ``AskError`` for an unknown form, document or incident.
    """
    if kind not in _WRITERS:
        raise AskError(f"no format {kind!r}{did_you_mean(kind, FORMATS)}", remedy=f"one of {', '.join(FORMATS)}")
    if kind == "stix" and not creator.strip():
        raise AskError("a STIX bundle needs a creator", remedy="name your organisation with --creator")
    record = load_filed(workspace)
    choice = replace(choice, alike=_alike(record))
    _check_incident(choice)
    if documents:
        record = load_filed(workspace, documents)
    chosen = [item for filed in record for item in choice.items(filed)]
    return Exported(
        content=_WRITERS[kind](record, choice, label, creator),
        documents=len(record),
        assertions=len(chosen),
        reviewed=sum(item.is_reviewed for item in chosen),
    )


def _alike(record: Sequence[Filed]) -> Mapping[str, str]:
    """Each incident of the whole record by the one that it is told under, as the comparisons have it."""
    items = (item for filed in record for item in filed.reviewed.items)
    return joined(item.assertion.incident for item in items if item.assertion.incident)


def _check_incident(choice: Choice) -> None:
    names = sorted(set(choice.alike.values()))
    if choice.incident is not None and choice.incident not in names:
        raise AskError(
            f"nothing is recorded about {choice.incident!r}{did_you_mean(choice.incident, names)}",
            remedy=f"one of {', '.join(names[:20])}" if names else "read a document that names an incident",
        )
