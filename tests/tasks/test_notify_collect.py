"""Collecting: kept first, seen after; stopped at any moment and begun again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from tests.notices.letters_in import dsn, huge, letter
from tests.store.queued import NOW, events_of, message_id_of, number_of
from tests.tasks.notified import make_workspace, sent
from tests.transports.mail_servers import MailServer, Script

from tocsin.errors import WorkspaceError
from tocsin.store.desk import open_desk
from tocsin.store.workspace import Workspace
from tocsin.tasks.notify_collect import Collected, collect


@dataclass(frozen=True)
class Lying:
    """A letter in the mailbox."""

    uid: int
    content: bytes
    size: int
    received_at: datetime = NOW


@dataclass
class Boxed:
    """A mailbox; the connection breaks before the letters at ``breaks`` are marked as seen."""

    letters: list[bytes]
    breaks: int | None = None
    seen: set[int] = field(default_factory=set)

    def unseen(self) -> Iterator[Lying]:
        for uid, content in enumerate(self.letters):
            if uid not in self.seen:
                yield Lying(uid, content[:1_000_000], len(content))

    def mark_seen(self, uids: Sequence[int]) -> None:
        if self.breaks in uids:
            raise WorkspaceError("the mailbox broke off", remedy="again")
        self.seen.update(uids)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    with MailServer(Script()) as server:
        place = make_workspace(tmp_path / "w", [f"it@o{n}.example" for n in range(40)], port=server.port)
        sent(place)
    return place


def collected(workspace: Workspace, box: Boxed) -> Collected:
    return collect(workspace, clock=lambda: NOW, tell=lambda _: None, opened=lambda: nullcontext(box))


def test_what_came_is_kept_and_marked_as_seen(workspace: Workspace) -> None:
    box = Boxed([dsn(address="it@o0.example", about=message_id_of(0)), letter(In_Reply_To=message_id_of(1)), letter()])
    found = collected(workspace, box)
    assert found.new == {"bounce": 1, "reply": 2}
    assert (found.of_none, found.set_aside) == (1, 1)
    assert box.seen == {0, 1, 2}
    assert collected(workspace, box).new.total() == 0


def test_a_break_between_keeping_and_marking_repeats_nothing(workspace: Workspace) -> None:
    box = Boxed([letter(f"reply {n}\n", In_Reply_To=message_id_of(n)) for n in range(40)], breaks=30)
    with pytest.raises(WorkspaceError, match="broke off"):
        collected(workspace, box)
    assert len(box.seen) == 25
    box.breaks = None
    again = collected(workspace, box)
    assert (again.before, again.new.total()) == (15, 0)
    desk = open_desk(workspace.desk_url)
    assert [events_of(desk, number_of(n)).count("replied") for n in range(40)] == [1] * 40


def test_a_reply_of_30_mb_is_one_reply(workspace: Workspace) -> None:
    found = collected(workspace, Boxed([huge(30).replace(b"abcdefghijklmnopqrstuvwx23", number_of(2).encode())]))
    assert found.new == {"reply": 1}
    assert events_of(open_desk(workspace.desk_url), number_of(2))[-1] == "replied"


def test_without_a_mailbox_it_says_what_to_write(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="no mailbox is set up"):
        collect(workspace, clock=lambda: NOW, tell=lambda _: None)
