"""Declares that a source looks in another way from a day on, and takes that back; by name and for the record."""

from __future__ import annotations

from datetime import date, datetime

from tocsin.errors import AskError, did_you_mean
from tocsin.store.batches import visible_batches
from tocsin.store.desk import open_desk
from tocsin.store.notes import SourceNote, all_notes, save_note, withdraw_note
from tocsin.store.workspace import Workspace

LONGEST_NOTE = 500
LONGEST_NAME = 200
LARGEST_NUMBER = 2**31 - 1
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)


def note_source(workspace: Workspace, source: str, *, on: date, text: str, author: str, now: datetime) -> int:
    """Notes that ``source`` changed its method or scope on ``on``; gives the note's number.

    Raises ``AskError`` for a source that never reported, or where it is not said what changed, or by whom.
    """
    desk = open_desk(workspace.desk_url)
    known = sorted({batch.source for batch in visible_batches(desk)})
    if source not in known:
        raise AskError(
            f"no source {source!r} here{did_you_mean(source, known)}",
            remedy=f"one of {', '.join(known)}" if known else "take in its reports first with 'tocsin ingest'",
        )
    if len(text) > LONGEST_NOTE or not _is_text(text):
        raise AskError(
            f"the note has {len(text):,} characters, or some that are no characters",
            remedy=f"say what changed in a line of at most {LONGEST_NOTE}: every figure after it repeats it",
        )
    if not FIRST_DAY <= on <= LAST_DAY:
        raise AskError(f"{on} is no day on which anything was observed", remedy="name a day from 1970 to 2199")
    if not text.strip():
        raise AskError("the note is empty", remedy="say what changed: the method, the scope, the machine")
    if not author.strip() or not _is_text(author) or len(author) > LONGEST_NAME:
        raise AskError(
            "nobody's name is given, or one that cannot be kept", remedy="name whoever declares it: --author"
        )
    return save_note(desk, source=source, on=on, text=text.strip(), author=author.strip(), now=now)


def withdraw_source_note(workspace: Workspace, number: int, *, author: str, now: datetime) -> None:
    """Takes the note of that number back. Raises ``AskError`` when none is in force."""
    if not author.strip():
        raise AskError("nobody's name is given", remedy="name whoever withdraws it with --author")
    if not 0 < number <= LARGEST_NUMBER or not withdraw_note(open_desk(workspace.desk_url), number, by=author, now=now):
        raise AskError(f"no note {number} is in force", remedy="'tocsin source list' shows them")


def list_source_notes(workspace: Workspace) -> list[SourceNote]:
    """Every note ever made, oldest first."""
    return all_notes(open_desk(workspace.desk_url))


def _is_text(text: str) -> bool:
    """Whether it can be written down: a half of a surrogate pair, from bytes that are no UTF-8, cannot."""
    try:
        return bool(text.encode()) or not text
    except UnicodeEncodeError:
        return False
