"""What a person says of an uncertain notice."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.notices.letters_in import letter
from tests.store.queued import NOW, PLAN, number_of
from tests.store.test_letters import filed
from tests.tasks.notified import make_workspace

from tocsin.errors import AskError
from tocsin.store.desk import open_desk
from tocsin.store.letters import keep_letters
from tocsin.tasks.notify_settle import settle_notice, status


def test_a_notice_that_waits_for_nobody_cannot_be_settled(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "w", ["it@a.example"])
    words = {"was_sent": True, "reason": "so", "author": "A. Officer", "now": NOW}
    with pytest.raises(AskError, match="does not wait for a person"):
        settle_notice(workspace, number_of(0), **words)
    with pytest.raises(AskError, match="settling needs a reason"):
        settle_notice(workspace, number_of(0), **{**words, "reason": " "})


def test_status_tells_queue_and_letters_about_nothing_known(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "w", [])
    assert status(workspace, None) == {"queue": {}, "next_due": None, "uncertain": [], "strays": []}
    desk = open_desk(workspace.desk_url)
    keep_letters(desk, [filed(desk, letter("who are you?"))], of_none=0, now=NOW)
    [stray] = status(workspace, None)["strays"]  # type: ignore[misc]  # a list of letters
    assert stray["summary"] == "who are you?"
    assert status(workspace, PLAN)["strays"] == []
