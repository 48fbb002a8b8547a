"""Collects bounces and replies: reads what has not been seen, keeps it, and only then says that it was seen."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy.engine import Engine

from tocsin.errors import WorkspaceError
from tocsin.notices.incoming import read_letter
from tocsin.notices.threads import thread
from tocsin.store.desk import open_desk
from tocsin.store.letters import Filed, keep_letters, posted_by
from tocsin.store.notify_settings import load_settings
from tocsin.store.workspace import Workspace

_AT_ONCE = 25


class Arrived(Protocol):
    """A letter as it lies in the mailbox; ``size`` may be more than its ``content``."""

    @property
    def uid(self) -> int: ...
    @property
    def content(self) -> bytes: ...
    @property
    def size(self) -> int: ...
    @property
    def received_at(self) -> datetime: ...


class Box(Protocol):
    """A mailbox that is open."""

    def unseen(self) -> Iterator[Arrived]: ...
    def mark_seen(self, uids: Sequence[int]) -> None: ...


@dataclass(slots=True)
class Collected:
    """Letters that were new, by kind; how many were here before, only counted, or not believed; contacts set aside."""

    new: Counter[str] = field(default_factory=Counter)
    of_none: int = 0
    before: int = 0
    counted_only: int = 0
    doubtful: int = 0
    set_aside: int = 0

    def as_json(self) -> dict[str, object]:
        return {
            "new": dict(sorted(self.new.items())),
            "about_no_notice": self.of_none,
            "here_before": self.before,
            "counted_only": self.counted_only,
            "not_believed": self.doubtful,
            "contacts_set_aside": self.set_aside,
        }


def collect(
    workspace: Workspace,
    *,
    clock: Callable[[], datetime],
    tell: Callable[[int], None],
    opened: Callable[[], AbstractContextManager[Box]] | None = None,
) -> Collected:
    """Everything that has not been seen; it may be stopped at any moment and begun again.

    ``opened`` opens another mailbox than the one of the settings. Raises ``WorkspaceError`` where there is none.
    """
    desk = open_desk(workspace.desk_url)
    collected, done = Collected(), 0
    with (opened or _mailbox(workspace))() as box:
        for some in _some(box.unseen()):
            _keep(desk, some, collected, clock())
            box.mark_seen([each.uid for each in some])
            done += len(some)
            tell(done)
    return collected


def _keep(desk: Engine, some: Sequence[Arrived], collected: Collected, now: datetime) -> None:
    filed = []
    for each in some:
        letter = read_letter(each.content, size=each.size)
        about = thread(letter, posted_by(desk, letter.message_ids, letter.numbers))
        digest = hashlib.sha256(each.content)
        if each.size > len(each.content):
            digest.update(str(each.size).encode())
        filed.append(Filed(id=digest.hexdigest(), letter=letter, thread=about, received_at=each.received_at))
    kept = keep_letters(desk, filed, of_none=collected.of_none, now=now)
    collected.of_none += kept.new.pop("", 0)
    collected.new += kept.new
    collected.before += kept.before
    collected.counted_only += kept.counted_only
    collected.doubtful += kept.doubtful
    collected.set_aside += kept.set_aside


def _some(letters: Iterable[Arrived]) -> Iterator[list[Arrived]]:
    some = list[Arrived]()
    for each in letters:
        some.append(each)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _mailbox(workspace: Workspace) -> Callable[[], AbstractContextManager[Box]]:
    settings = load_settings(workspace).imap
    if settings is None:
        raise WorkspaceError(
            "no mailbox is set up for bounces and replies", remedy="write [imap] into notify.toml: host, user and so on"
        )
    from tocsin.tasks._notify_ways import imap_server  # an optional part of the installation
    from tocsin.transports.imap import Mailbox

    return lambda: Mailbox(imap_server(workspace, settings))
