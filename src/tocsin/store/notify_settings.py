"""Reads ``notify.toml`` of a workspace, and the secrets it points to."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

from tocsin.errors import WorkspaceError
from tocsin.notices.settings import Settings, check_settings
from tocsin.provenance import Pointer
from tocsin.store.workspace import Workspace

FILE = "notify.toml"
LARGEST_BYTES = 1_000_000


def load_settings(workspace: Workspace) -> Settings:
    """The settings of sending; the harmless ones where there is no file.

    Raises ``WorkspaceError`` that names every fault, or that others may read the file.
    """
    path = workspace.root / FILE
    if not path.exists():
        return Settings()
    where = Pointer(source=str(path))
    try:
        data = tomllib.loads(_read_private(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise WorkspaceError(f"not a TOML file: {fault}", where=where, remedy="mend it; nothing was sent") from fault
    settings, faults = check_settings(data)
    if faults:
        many = f"{len(faults)} faults: " if len(faults) > 1 else ""
        raise WorkspaceError(
            many + "; ".join(faults),
            where=where,
            remedy="mend these keys; docs/reference/notify-settings.md describes them",
        )
    return settings


def read_secret(workspace: Workspace, name: str) -> bytes:
    """A password or key by the name in the settings, relative to the workspace; without the line end at its end.

    Raises ``WorkspaceError`` when it cannot be read, or when others may read it too.
    """
    return _read_private(workspace.root / name).rstrip(b"\r\n")


def _read_private(path: Path) -> bytes:
    where = Pointer(source=str(path))
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise WorkspaceError("this is no file", where=where, remedy="name a file")
            if stat.S_IMODE(mode) & 0o077:
                raise WorkspaceError("others may read this file", where=where, remedy=f"run: chmod 600 {path.name}")
            data = file.read(LARGEST_BYTES + 1)
    except OSError as fault:
        raise WorkspaceError(f"cannot be read: {fault.strerror}", where=where, remedy="check its rights") from fault
    if len(data) > LARGEST_BYTES:
        raise WorkspaceError("this is too large for settings or a key", where=where, remedy="name the right file")
    return data
