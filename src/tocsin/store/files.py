"""Writes a file wholly or not at all, for its owner alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from uuid import uuid4

from tocsin.errors import WorkspaceError


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into that takes ``path``'s place at the end; on an error ``path`` stays as it was.

    Raises ``WorkspaceError`` when the disk refuses.
    """
    path = _regular(path)
    draft = path.with_name(f".{uuid4().hex}")
    try:
        with open(draft, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as fault:
        raise WorkspaceError(
            f"{path} cannot be written: {fault.strerror or fault}", remedy="choose a place that you may write"
        ) from fault
    finally:
        with suppress(OSError):  # it says nothing new
            draft.unlink()


def _regular(path: Path) -> Path:
    """The file that ``path`` names or would make, links followed. Raises ``WorkspaceError`` for anything else there."""
    try:
        real = path.resolve()
        if not real.name or (real.exists() and not real.is_file()):
            raise WorkspaceError(f"{path} is no file that could be written anew", remedy="name a file, new or old")
    except (OSError, RuntimeError, ValueError) as fault:
        raise WorkspaceError(
            f"{path} cannot be written: {fault}", remedy="choose a place that you may write"
        ) from fault
    return real
