"""Forgets what need not be kept: by age, or all about one constituent. Shows what would go before it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tocsin.errors import AskError, did_you_mean
from tocsin.store.batches import batches_before
from tocsin.store.bodies import load_bodies
from tocsin.store.constituents import load_resolver
from tocsin.store.desk import open_desk
from tocsin.store.forgetting import count_told, count_told_before, forget_files
from tocsin.store.lake import Lake, disk_errors
from tocsin.store.purging import purge_before, purge_constituent, rows_of_constituent
from tocsin.store.workspace import OUTBOX, REHEARSED, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What a purge takes, or took: batches, observations of a constituent, notices, files deleted (0 in a dry run)."""

    batches: int
    observations: int
    notices: int
    files: int


def purge(
    workspace: Workspace, *, before: date | None, constituent: str | None, dry_run: bool, now: datetime
) -> Purged:
    """Forgets batches on days before ``before``, or everything about ``constituent``; exactly one must be given.

    Raises ``AskError`` for an unknown constituent and ``WorkspaceError`` when the disk refuses.
    """
    if (before is None) == (constituent is None):
        raise AskError("say what to forget", remedy="give either --before DATE or --constituent ID")
    desk, lake = open_desk(workspace.desk_url), Lake(workspace.lake)
    letters = [workspace.root / folder for folder in (OUTBOX, REHEARSED)]
    with disk_errors(workspace.root):
        if before is not None:
            found = len(batches_before(desk, before))
            told = count_told_before(desk, before)
            files = 0 if dry_run else purge_before(desk, lake, before, now=now) + forget_files(desk, *letters)
            return Purged(batches=found, observations=0, notices=told, files=files)
        assert constituent is not None
        resolver = load_resolver(desk)
        lines = rows_of_constituent(desk, lake, constituent, resolver)
        known, told = load_bodies(desk), count_told(desk, constituent)
        if constituent not in known and not lines and not told:
            raise AskError(
                f"nothing is kept about {constituent!r}{did_you_mean(constituent, known)}",
                remedy="see 'tocsin constituency list'",
            )
        files = 0
        if not dry_run:
            files = purge_constituent(desk, lake, constituent, resolver, now=now) + forget_files(desk, *letters)
        return Purged(batches=len(lines), observations=sum(map(len, lines.values())), notices=told, files=files)
