"""Makes a workspace: the folder, its settings, its desk; notes what left it below its label."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tocsin.errors import AskError
from tocsin.labels import Label, parse_label
from tocsin.store.desk import open_desk, upgrade_desk
from tocsin.store.lake import disk_errors
from tocsin.store.ledger import note
from tocsin.store.workspace import Workspace, create_workspace


def init(root: Path, *, label: str, desk: str | None = None) -> Workspace:
    """A new workspace at ``root``, its desk in SQLite or at the address ``desk``.

    Raises ``WorkspaceError`` when there is one already or it cannot be made.
    """
    try:
        parsed = parse_label(label)
    except ValueError as fault:
        raise AskError(str(fault), remedy="name one of these labels with --label") from fault
    workspace = create_workspace(root, parsed, desk=desk)
    with disk_errors(root):
        upgrade_desk(workspace.desk_url)
    desk_file = root / "desk.sqlite"
    if desk_file.exists():
        desk_file.chmod(0o600)
    return workspace


def note_release(workspace: Workspace, label: Label, *, command: str, now: datetime) -> None:
    """Notes in the ledger that an output was written below the workspace's label, and by which command."""
    with open_desk(workspace.desk_url).begin() as connection:
        note(connection, "label", f"{label} below {workspace.label}: {command}", now=now)
