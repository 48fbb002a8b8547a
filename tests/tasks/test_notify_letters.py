"""The letters that came in, as an officer reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.notices.letters_in import letter
from tests.store.queued import NOW, message_id_of, number_of
from tests.store.test_letters import filed
from tests.tasks.notified import make_workspace, sent

from tocsin.errors import AskError
from tocsin.store.clock import instant_text
from tocsin.store.desk import open_desk
from tocsin.store.letters import keep_letters
from tocsin.store.notices import add_event
from tocsin.store.schema import constituency_versions, constituents, notices
from tocsin.store.workspace import Workspace
from tocsin.tasks.notify_letters import letters


@pytest.fixture
def replied(tmp_path: Path) -> Workspace:
    """A workspace whose one recipient has written back."""
    workspace = make_workspace(tmp_path / "w", ["it@a.example"])
    sent(workspace)
    desk = open_desk(workspace.desk_url)
    add_event(desk, number_of(0), "accepted", "carried by hand", "A. Officer", NOW)
    keep_letters(desk, [filed(desk, letter("we are on it", In_Reply_To=message_id_of(0)))], of_none=0, now=NOW)
    return workspace


def test_a_reply_can_be_read(replied: Workspace) -> None:
    [found] = letters(replied, kind="reply", limit=5)
    assert (found["summary"], found["is_believed"]) == ("we are on it", True)
    assert letters(replied, kind="bounce", limit=5) == []
    with pytest.raises(AskError, match="no letter is of the kind 'complaint'"):
        letters(replied, kind="complaint", limit=5)


def test_what_a_person_wrote_stays_in_the_mailbox(replied: Workspace) -> None:
    moment = instant_text(NOW)
    version = {"number": 1, "source": "registry", "file": "r.csv", "file_sha256": "", "content_sha256": "", "added": 1}
    with open_desk(replied.desk_url).begin() as connection:
        name = connection.scalar(sa.select(notices.c.constituent))
        person = {"id": name, "since": 1, "registry": "registry", "name": "Some Body", "kind": "person"}
        more = {"country": "GB", "sector": "", "public_body": False, "contacts": "[]", "holdings": "[]"}
        connection.execute(
            sa.insert(constituency_versions).values(**version, imported_at=moment, changed=0, removed=0, rejected=0)
        )
        connection.execute(sa.insert(constituents).values(**person, **more))
    [found] = letters(replied, kind=None, limit=5)
    assert {found[key] for key in ("sender", "subject", "summary")} == {"not shown"}
    assert found["constituent"] == "a person"
