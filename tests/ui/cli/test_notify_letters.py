"""``tocsin notify letters`` as a person sees it."""

from __future__ import annotations

from pathlib import Path

from tests.notices.letters_in import dsn, letter
from tests.store.queued import NOW, message_id_of, number_of
from tests.store.test_letters import filed
from tests.tasks.notified import make_workspace, sent
from tests.ui.cli.conftest import data
from typer.testing import CliRunner

from tocsin.store.desk import open_desk
from tocsin.store.letters import keep_letters
from tocsin.store.notices import add_event
from tocsin.ui.cli.main import app
from tocsin.ui.cli.shell import PAGE


def test_replies_and_what_is_not_believed_are_listed(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "w", ["it@a.example"])
    sent(workspace)
    desk = open_desk(workspace.desk_url)
    add_event(desk, number_of(0), "accepted", "carried by hand", "A. Officer", NOW)
    forged = dsn(address="x@b.example", about=message_id_of(0))
    came = [letter("on it \x1b[2J " + "word " * 40, In_Reply_To=message_id_of(0)), forged]
    keep_letters(desk, [filed(desk, each, str(n)) for n, each in enumerate(came)], of_none=0, now=NOW)
    words = ["notify", "letters", "--workspace", str(workspace.root)]
    shown = CliRunner().invoke(app, words)
    assert "on it" in shown.stdout
    assert "NOT BELIEVED" in shown.stdout
    assert "\x1b" not in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= PAGE
    (reply,) = data(CliRunner().invoke(app, [*words, "--kind", "reply", "--json"]))["letters"]  # type: ignore[misc]
    assert reply["is_believed"] is True
