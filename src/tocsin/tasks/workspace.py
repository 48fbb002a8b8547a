"""Makes a workspace: the folder, its settings, its desk."""

from __future__ import annotations

from pathlib import Path

from tocsin.errors import AskError
from tocsin.labels import parse_label
from tocsin.store.desk import upgrade_desk
from tocsin.store.lake import disk_errors
from tocsin.store.workspace import Workspace, create_workspace


def init(root: Path, *, label: str) -> Workspace:
    """A new workspace at ``root``. Raises ``WorkspaceError`` when there is one already or it cannot be made."""
    try:
        parsed = parse_label(label)
    except ValueError as fault:
        raise AskError(str(fault), remedy="name one of these labels with --label") from fault
    workspace = create_workspace(root, parsed)
    with disk_errors(root):
        upgrade_desk(workspace.desk_url)
    desk_file = root / "desk.sqlite"
    if desk_file.exists():
        desk_file.chmod(0o600)
    return workspace
