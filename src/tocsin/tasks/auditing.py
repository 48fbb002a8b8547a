"""Reads the audit log, and says whether it is as it was written."""

from __future__ import annotations

from tocsin.errors import AskError, WorkspaceError
from tocsin.store.audit import Entry, Verified, list_entries, verify
from tocsin.store.desk import open_desk
from tocsin.store.workspace import Workspace


def verify_audit(workspace: Workspace, *, kept: str | None = None) -> Verified:
    """How many rows hold, and what to keep of it. ``kept`` is what an earlier call gave to keep.

    Raises ``WorkspaceError`` naming the first row that does not hold, ``AskError`` when ``kept`` cannot be compared.
    """
    try:
        found = verify(open_desk(workspace.desk_url), kept=kept)
    except ValueError as fault:
        raise AskError(str(fault), remedy="give what an earlier 'tocsin audit verify' gave to keep") from fault
    if found.broken is not None:
        raise WorkspaceError(
            f"row {found.broken} of the audit log does not hold: {found.why}",
            remedy=f"the {found.rows} rows before it do; compare the desk with a copy, and ask who can write to it",
        )
    return found


def list_audit(
    workspace: Workspace, *, subject: str | None = None, what: str | None = None, newest: int | None = None
) -> list[Entry]:
    """The rows asked for, oldest first."""
    return list_entries(open_desk(workspace.desk_url), subject=subject, what=what, newest=newest)
