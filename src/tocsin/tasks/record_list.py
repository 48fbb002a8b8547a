"""The documents of the record: all of them with what was read in each, or the one that an officer means."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import Engine

from tocsin.errors import AskError, did_you_mean
from tocsin.store.assertions import Mark, reading_marks
from tocsin.store.desk import open_desk
from tocsin.store.documents import Kept, all_documents
from tocsin.store.workspace import Workspace

SHORTEST_PREFIX = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document by its number in the list, with the mark of its newest reading, if it was read."""

    number: int
    kept: Kept
    mark: Mark | None


def list_documents(workspace: Workspace) -> list[Entry]:
    """Every document of the record, in the order in which they were added."""
    desk = open_desk(workspace.desk_url)
    marks = reading_marks(desk)
    return [
        Entry(number=number, kept=kept, mark=marks.get(kept.document.sha256))
        for number, kept in enumerate(all_documents(desk), 1)
    ]


def choose_document(desk: Engine, wanted: str) -> Kept:
    """The document that an officer means: by its number in the list, the beginning of its sha256, or how it came.

    Raises ``AskError`` when it is none, or could be several.
    """
    known = all_documents(desk)
    if wanted.isdecimal() and len(wanted) <= len(str(len(known))) and 0 < int(wanted) <= len(known):
        return known[int(wanted) - 1]
    found = [kept for kept in known if _is_meant(kept, wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(kept.document.sha256[:12] for kept in found[:5])
        raise AskError(f"{wanted!r} could be {len(found)} documents: {several}", remedy="give more of its sha256")
    names = [name for kept in known for name in _names(kept)]
    raise AskError(
        f"no document {wanted!r} is in the record{did_you_mean(wanted, names)}",
        remedy="'tocsin record list' shows them" if known else "add one with 'tocsin record add FILE'",
    )


def _is_meant(kept: Kept, wanted: str) -> bool:
    is_prefix = len(wanted) >= SHORTEST_PREFIX and kept.document.sha256.startswith(wanted.lower())
    return is_prefix or wanted in _names(kept)


def _names(kept: Kept) -> list[str]:
    """Every name by which it came: the file's name, the address, and the last part of it."""
    ways = [name for arrival in kept.arrivals for name in (arrival.source, arrival.address) if name]
    return [*ways, *(name.rstrip("/").rpartition("/")[2] for name in ways)]
