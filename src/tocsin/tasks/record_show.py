"""One document of the record with its text and the newest reading of it, as reviewers left it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.errors import AskError, did_you_mean
from tocsin.record import Assertion, Document, Reading
from tocsin.record.assertions import Body
from tocsin.record.review import Reviewed, fold, standing
from tocsin.store.assertions import load_reading
from tocsin.store.desk import open_desk
from tocsin.store.documents import Kept, with_text
from tocsin.store.reviews import actions_on
from tocsin.store.workspace import Workspace
from tocsin.tasks.record_list import choose_document

KINDS = tuple(kind.__name__.lower() for kind in Body.__args__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A document, its text, and what was read in it as reviewers left it; ``None`` before it was read."""

    kept: Kept
    document: Document
    reviewed: Reviewed | None

    @property
    def reading(self) -> Reading | None:
        """What the machine wrote; ``assertions`` has the corrections."""
        return self.reviewed.reading if self.reviewed else None

    @property
    def assertions(self) -> tuple[Assertion, ...]:
        """Those that count, with what was added; without what was rejected, split or merged away."""
        return standing(self.reviewed).assertions if self.reviewed else ()

    @property
    def withdrawn(self) -> int:
        return sum(not item.counts for item in self.reviewed.items) if self.reviewed else 0

    def states(self) -> Mapping[str, str]:
        """How far each assertion is reviewed, in words, by its id."""
        return {item.assertion.id: item.word for item in self.reviewed.items} if self.reviewed else {}

    def of_kind(self, kind: str | None) -> tuple[Assertion, ...]:
        """The assertions of one kind, or all. Raises ``AskError`` for a kind that there is not."""
        if kind is not None and kind not in KINDS:
            raise AskError(f"no kind {kind!r}{did_you_mean(kind, KINDS)}", remedy=f"one of {', '.join(KINDS)}")
        return tuple(each for each in self.assertions if kind in (None, each.kind))


def show_document(workspace: Workspace, wanted: str) -> Shown:
    """The document that an officer means. Raises ``AskError`` when there is none."""
    desk = open_desk(workspace.desk_url)
    kept = choose_document(desk, wanted)
    document = with_text(workspace.documents, kept)
    reading = load_reading(desk, document.sha256)
    reviewed = fold(reading, actions_on(desk, document.sha256)) if reading else None
    return Shown(kept=kept, document=document, reviewed=reviewed)
