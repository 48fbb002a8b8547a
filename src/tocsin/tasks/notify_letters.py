"""The letters that came in, for an officer to read."""

from __future__ import annotations

from dataclasses import asdict

from tocsin.errors import AskError
from tocsin.notices.incoming import LetterKind
from tocsin.store.desk import open_desk
from tocsin.store.letters import CameIn, newest_letters
from tocsin.store.workspace import Workspace
from tocsin.tasks.notify_show import HIDDEN, PERSON


def letters(workspace: Workspace, *, kind: str | None, limit: int) -> list[dict[str, object]]:
    """The newest letters, the newest first. What a person wrote stays in the mailbox: here it is counted only.

    Raises ``AskError`` for an unknown kind.
    """
    if kind is not None and kind not in list(LetterKind):
        known = ", ".join(LetterKind)
        raise AskError(f"no letter is of the kind {kind!r}", remedy=f"name one of {known} with --kind")
    desk = open_desk(workspace.desk_url)
    return [_shown(each) for each in newest_letters(desk, limit=limit, kind=kind)]


def _shown(each: CameIn) -> dict[str, object]:
    row = asdict(each) | {"is_believed": each.is_believed}
    hidden = {"constituent": PERSON, "sender": HIDDEN, "subject": HIDDEN, "summary": HIDDEN}
    return row | hidden if each.is_person else row
