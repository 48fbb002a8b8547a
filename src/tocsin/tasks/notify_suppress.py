"""The list of addresses and domains that are not written to."""

from __future__ import annotations

import re
from datetime import datetime

from tocsin.errors import AskError
from tocsin.persons import checked_name
from tocsin.store.desk import open_desk
from tocsin.store.suppressions import Suppression, add_suppression, end_suppression, list_suppressions
from tocsin.store.workspace import Workspace

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_WHAT = re.compile(rf"(?:[^\s@\"<>,;]{{1,64}}@)?{_LABEL}(?:\.{_LABEL})+")


def suppress(workspace: Workspace, what: str, *, reason: str, by: str, now: datetime) -> int:
    """Puts a mail address or a whole domain on the list; the entry's number.

    Raises ``AskError`` for what is neither, without reason or name, or what is on the list already.
    """
    author = checked_name(by, need="the list needs the name of whoever adds to it", option="--by")
    name = what.strip().lower().removeprefix("@")
    if len(name) > 320 or not name.isprintable() or not _WHAT.fullmatch(name):
        raise AskError(f"{what[:100]!r} is no mail address and no domain", remedy="write one such as it@bakery.example")
    if not reason.strip():
        raise AskError("whoever is not written to is not told: that needs a reason", remedy="say why with --reason")
    number = add_suppression(open_desk(workspace.desk_url), name, reason=reason.strip(), author=author, now=now)
    if number is None:
        raise AskError(f"{name} is on the list already", remedy="'tocsin notify suppress list' shows it")
    return number


def end(workspace: Workspace, number: int, *, by: str, now: datetime) -> None:
    """Takes an entry off the list. Raises ``AskError`` when none of that number is in force."""
    author = checked_name(by, need="the list needs the name of whoever takes from it", option="--by")
    desk = open_desk(workspace.desk_url)
    if not 0 < number < 2**31 or not end_suppression(desk, number, author=author, now=now):
        raise AskError(f"no entry {number} is in force", remedy="'tocsin notify suppress list' shows them")


def list_suppressed(workspace: Workspace) -> list[Suppression]:
    """Every entry there ever was, oldest first."""
    return list_suppressions(open_desk(workspace.desk_url))
