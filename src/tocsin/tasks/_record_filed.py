"""The record as review and export need it: documents with their newest readings, and all that reviewers did."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tocsin.errors import AskError
from tocsin.record.document import wording
from tocsin.record.review import fold
from tocsin.sharing.filed import Filed
from tocsin.store.assertions import load_readings
from tocsin.store.clock import parse_instant
from tocsin.store.desk import open_desk
from tocsin.store.documents import all_documents, with_text
from tocsin.store.reviews import load_actions
from tocsin.store.workspace import Workspace
from tocsin.tasks.record_list import choose_document


def load_filed(workspace: Workspace, wanted: Sequence[str] = ()) -> list[Filed]:
    """Every document that has been read (of those ``wanted``, named as ``choose_document`` takes them), as reviewed."""
    desk = open_desk(workspace.desk_url)
    chosen = [choose_document(desk, name) for name in wanted] if wanted else all_documents(desk)
    kept = {each.document.sha256: each for each in chosen}
    read = {reading.document: reading for reading in load_readings(desk, list(kept))}
    done = load_actions(desk, list(kept))
    return [
        Filed(
            document=with_text(workspace.documents, each),
            reviewed=fold(read[name], done.get(name, [])),
            taken_at=parse_instant(each.added_at),
        )
        for name, each in kept.items()
        if name in read
    ]


def each_once(filed: Sequence[Filed], tell: Callable[[int], None]) -> list[Filed]:
    """Of documents with the same words one: the one that reviewers worked on, or else one with a date, or the first.

    ``tell`` is told how many are left out, when there are any.
    """
    chosen: dict[str, Filed] = {}
    for each in filed:
        words = wording(each.document.text)
        known = chosen.get(words)
        if known is None or _worth(each) > _worth(known):
            chosen[words] = each
    names = {each.document.sha256 for each in chosen.values()}
    if copies := len(filed) - len(names):
        tell(copies)
    return [each for each in filed if each.document.sha256 in names]


def _worth(filed: Filed) -> tuple[int, bool]:
    return sum(len(item.history) for item in filed.reviewed.items), filed.document.published is not None


def load_one(workspace: Workspace, wanted: str) -> Filed:
    """One document. Raises ``AskError`` when there is none of that name, or it has not been read."""
    found = load_filed(workspace, [wanted])
    if not found:
        raise AskError(f"{wanted!r} has not been read", remedy="run 'tocsin record read' first")
    return found[0]
