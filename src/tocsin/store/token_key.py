"""The key with which a workspace signs the links of its notices: a file of its own, made at first use.

Whoever has it can answer in a recipient's name. A desk that several machines share needs the same key on each.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from tocsin.errors import WorkspaceError
from tocsin.notices.tokens import KEY_BYTES
from tocsin.provenance import Pointer

NAME = "tokens.key"


def token_key(root: Path) -> bytes:
    """The key of the workspace at ``root``; made (mode 0600) when there is none.

    Raises ``WorkspaceError`` when others may read it, when it is damaged, or when it cannot be written.
    """
    path = root / NAME
    try:
        if not path.exists():
            _make(path)
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise WorkspaceError(
                "others may read the key that signs answers",
                where=Pointer(source=str(path)),
                remedy=f"chmod 600 {path}; if a stranger read it, delete it: the links sent until now die with it",
            )
        text = path.read_text("ascii").strip()
        key = bytes.fromhex(text)
    except OSError as fault:
        raise WorkspaceError(
            f"the key that signs answers cannot be used: {fault.strerror}",
            where=Pointer(source=str(path)),
            remedy="check its rights, and that the disk has room",
        ) from fault
    except ValueError as fault:
        raise _damaged(path) from fault
    if len(key) < KEY_BYTES:
        raise _damaged(path)
    return key


def _make(path: Path) -> None:
    """Writes a whole key aside and links it into place, so that two at once end with one and the same key."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(aside, "x", encoding="ascii", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(secrets.token_bytes(KEY_BYTES).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def _damaged(path: Path) -> WorkspaceError:
    return WorkspaceError(
        "this is no key",
        where=Pointer(source=str(path)),
        remedy="restore it, or delete it: a new one is made, and the links sent until now die with the old one",
    )
