"""What was taken in: the batches that count, and the rows of them that could not be read."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.errors import AskError, did_you_mean
from tocsin.provenance import Rejected
from tocsin.store.batches import Batch, visible_batches
from tocsin.store.desk import open_desk
from tocsin.store.lake import Lake
from tocsin.store.rejected import rejected_rows
from tocsin.store.workspace import Workspace


def list_batches(workspace: Workspace) -> list[Batch]:
    """The batches that count now, by day."""
    return visible_batches(open_desk(workspace.desk_url))


def list_rejected(workspace: Workspace, *, file: str | None) -> Iterator[Rejected]:
    """The rejected rows of every batch that counts, or of those taken in from ``file`` (name, or batch id's beginning).

    Raises ``AskError`` when no batch is of that file.
    """
    batches = list_batches(workspace)
    chosen = [batch for batch in batches if file is None or batch.file == file or batch.id.startswith(file)]
    if file is not None and not chosen:
        names = [batch.file for batch in batches]
        raise AskError(f"no batch was taken in from {file!r}{did_you_mean(file, names)}", remedy="see 'tocsin batches'")
    return rejected_rows(Lake(workspace.lake), chosen)
