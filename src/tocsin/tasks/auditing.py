"""Reads the audit log, and says whether it is as it was written."""

from __future__ import annotations

import re
from pathlib import Path

from tocsin.errors import AskError, WorkspaceError
from tocsin.provenance import Pointer
from tocsin.store.audit import Entry, Verified, lacking, list_entries, verify
from tocsin.store.desk import open_desk
from tocsin.store.files import written_whole
from tocsin.store.workspace import Workspace

KEPT = "audit.kept"
"""Beside the desk: what the last check gave to keep, so that rows cut off since then show without anybody's doing."""
_HEAD = re.compile(r"[0-9]{1,12}:[0-9a-f]{64}")


def verify_audit(workspace: Workspace, *, kept: str | None = None) -> Verified:
    """How many rows hold, and what to keep of it, which the workspace keeps as well.

    ``kept`` is what an earlier call gave to keep. Raises ``WorkspaceError`` naming the first row that does not hold, or
    what the desk knows of and the log does not; ``AskError`` when ``kept`` cannot be compared.
    """
    desk, file = open_desk(workspace.desk_url), workspace.root / KEPT
    last = _last(file)
    try:
        found = verify(desk, kept=kept or last)
    except ValueError as fault:
        raise AskError(str(fault), remedy="give what an earlier 'tocsin audit verify' gave to keep") from fault
    if found.broken is None and kept and last:
        found = verify(desk, kept=last)
    if found.broken is not None:
        raise WorkspaceError(
            f"row {found.broken} of the audit log does not hold: {found.why}",
            remedy=f"the {found.rows} rows before it do; compare the desk with a copy, and ask who can write to it",
        )
    if subject := lacking(desk):
        raise WorkspaceError(
            f"the audit log lacks a row of {subject}: rows were cut off its end, or the log was written anew",
            remedy="compare the desk with a copy, and ask who can write to it",
        )
    with written_whole(file) as keeping:
        keeping.write(f"{found.head}\n".encode())
    return found


def list_audit(
    workspace: Workspace, *, subject: str | None = None, what: str | None = None, newest: int | None = None
) -> list[Entry]:
    """The rows asked for, oldest first."""
    return list_entries(open_desk(workspace.desk_url), subject=subject, what=what, newest=newest)


def _last(file: Path) -> str | None:
    """What the last check kept. Raises ``WorkspaceError`` when it was made unreadable."""
    try:
        text = file.read_text("ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as fault:
        text = f"it cannot be read: {type(fault).__name__}"
    if not _HEAD.fullmatch(text):
        raise WorkspaceError(
            "what the last check of the audit log kept is no number and digest",
            where=Pointer(source=str(file)),
            remedy="ask who changed it; compare with what you kept elsewhere (--kept), then delete it",
        )
    return text
