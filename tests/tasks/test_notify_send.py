"""Sending a plan: to a real server on loopback, or into the outbox folder while none is set up."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.store.queued import FAST, NOW, PLAN, events_of, number_of, state_of
from tests.tasks.notified import WISHES, clock_from, letter, make_workspace, sent
from tests.transports.mail_servers import CA, MailServer, Script

from tocsin.errors import AskError, PackError, WorkspaceError
from tocsin.notices.delivery import Outcome
from tocsin.store.audit import list_entries, verify
from tocsin.store.desk import open_desk
from tocsin.store.outbox import begin_handing, enqueue, take
from tocsin.store.workspace import Workspace
from tocsin.tasks import _notify_pump
from tocsin.tasks.notify_send import prospect

MANY = [f"it@o{count}.example" for count in range(60)]


def by_message(script: Script) -> Counter[str]:
    return Counter(taken.message_id for taken in script.taken)


def every(addresses: list[str]) -> Counter[str]:
    return Counter(f"<{number_of(count)}@cert.example>" for count in range(len(addresses)))


def test_a_relay_with_a_certificate_of_an_authority_of_ours_is_believed(tmp_path: Path) -> None:
    script = Script()
    with MailServer(script, security="starttls") as server:
        workspace = make_workspace(tmp_path / "w", ["it@a.example"], port=server.port)
        (workspace.root / "ca.pem").write_bytes(CA.read_bytes())
        settings = workspace.root / "notify.toml"
        text = settings.read_text("utf-8").replace('security = "none"', 'security = "starttls"\nca_file = "ca.pem"')
        settings.write_text(text.replace("127.0.0.1", "localhost"), "utf-8")
        assert sent(workspace).tally.by_outcome == {Outcome.ACCEPTED: 1}
    assert len(script.taken) == 1


def test_without_smtp_everything_goes_into_the_outbox_folder_once(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "w", MANY)
    first = sent(workspace)
    assert first.tally.by_outcome == {Outcome.ACCEPTED: 60}
    assert "since [smtp] is not set up" in first.way
    files = sorted((tmp_path / "w" / "outbox").iterdir())
    assert [path.name for path in files] == sorted(f"{number_of(count)}.eml" for count in range(60))
    assert files[0].read_bytes() == letter(files[0].stem)
    assert sent(workspace).tally.by_outcome == {}
    desk = open_desk(workspace.desk_url)
    assert events_of(desk, number_of(0)) == ["queued", "written"], "nobody has accepted anything"


def test_every_notice_arrives_once_and_a_second_run_sends_nothing(tmp_path: Path) -> None:
    script = Script()
    told = list[int]()
    with MailServer(script) as server:
        workspace = make_workspace(tmp_path / "w", MANY, port=server.port)
        assert sent(workspace, tell=told.append).queue == {"done": 60}
        assert sent(workspace).queue == {"done": 60}
    assert by_message(script) == every(MANY)
    assert {taken.sender for taken in script.taken} == {"cert@cert.example"}
    assert told[-1] == 60
    assert len({taken.peer for taken in script.taken}) <= 16, "connections are used again"
    assert verify(open_desk(workspace.desk_url)).broken is None


def test_four_senders_at_once_send_every_notice_once(tmp_path: Path) -> None:
    script = Script()
    with MailServer(script) as server:
        workspace = make_workspace(tmp_path / "w", MANY, port=server.port)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: sent(workspace), range(4)))
    assert by_message(script) == every(MANY)


def test_refused_deferred_and_lost_after_the_message(tmp_path: Path) -> None:
    answers = {"it@o1.example": "550 5.1.1 no such user", "it@o2.example": "450 4.2.0 greylisted"}
    lost = number_of(3).encode()
    script = Script(on_rcpt=answers.get, on_data=lambda content: "drop" if lost in content else None)
    with MailServer(script) as server:
        workspace = make_workspace(tmp_path / "w", MANY[:5], port=server.port)
        first = sent(workspace)
        assert first.queue == {"done": 2, "failed": 1, "uncertain": 1, "waiting": 1}
        assert first.next_due is not None
        assert first.next_due > NOW
        answers.clear()
        again = sent(workspace, clock=clock_from(hours=3))
        assert again.queue == {"done": 3, "failed": 1, "uncertain": 1}
    expected = every(MANY[:5])
    del expected[f"<{number_of(1)}@cert.example>"]
    assert by_message(script) == expected, "the one whose answer was lost is not repeated"
    desk = open_desk(workspace.desk_url)
    assert events_of(desk, number_of(2)) == ["queued", "deferred", "accepted"]
    assert events_of(desk, number_of(3)) == ["queued", "uncertain"]


def test_after_the_deadline_nobody_is_tried_any_more(tmp_path: Path) -> None:
    with MailServer(Script(on_rcpt=lambda _: "450 later")) as server:
        workspace = make_workspace(tmp_path / "w", MANY[:1], port=server.port)
        sent(workspace)
        assert sent(workspace, clock=clock_from(hours=47.99)).queue == {"failed": 1}


def test_a_server_that_is_not_there_costs_no_notice_a_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_notify_pump, "_LONGEST_PAUSE", 0.05)
    script = Script()
    with MailServer(script) as server:
        port = server.port
    workspace = make_workspace(tmp_path / "w", MANY[:5], port=port)
    stopped = sent(workspace)
    assert "the mail server cannot be used" in stopped.tally.why
    assert stopped.queue == {"waiting": 5}
    assert events_of(open_desk(workspace.desk_url), number_of(0)) == ["queued"]


def test_a_server_that_refuses_everything_stops_the_run(tmp_path: Path) -> None:
    with MailServer(Script(on_rcpt=lambda _: "554 5.7.1 relay access denied")) as server:
        workspace = make_workspace(tmp_path / "w", MANY, port=server.port)
        stopped = sent(workspace)
    assert "in a row" in stopped.tally.why
    assert stopped.queue["waiting"] > 0


def test_a_letter_that_cannot_be_written_stops_no_other(tmp_path: Path) -> None:
    def letters(number: str) -> bytes:
        if number == number_of(1):
            raise PackError("the letter has no subject", remedy="mend it")
        return letter(number)

    script = Script()
    with MailServer(script) as server:
        workspace = make_workspace(tmp_path / "w", MANY[:4], port=server.port)
        done = sent(workspace, letters=letters)
        assert list(done.tally.unwritten) == [number_of(1)]
        assert done.queue == {"done": 3, "waiting": 1}
        assert sent(workspace, clock=clock_from(hours=1)).queue == {"done": 4}
    assert by_message(script) == every(MANY[:4])


def test_a_rehearsal_sends_all_to_one_mailbox_and_changes_nothing(tmp_path: Path) -> None:
    script = Script()
    with MailServer(script) as server:
        workspace = make_workspace(tmp_path / "w", MANY[:5], port=server.port, approved=False)
        sent(workspace, wishes=replace(WISHES, redirect="me@cert.example"))
        assert {taken.recipient for taken in script.taken} == {"me@cert.example"}
        assert by_message(script) == every(MANY[:5])
    desk = open_desk(workspace.desk_url)
    assert events_of(desk, number_of(0)) == []
    assert [entry.what for entry in list_entries(desk)] == ["rehearsed"]
    with pytest.raises(AskError, match="no mail address"):
        sent(workspace, wishes=replace(WISHES, redirect="everybody"))


def test_a_plan_goes_only_when_it_is_approved(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "w", MANY[:2], approved=False)
    with pytest.raises(AskError, match="nobody has approved it"):
        sent(workspace)
    assert prospect(workspace, PLAN).as_json()["may_go"] is False
    assert not (tmp_path / "w" / "outbox").exists()


def test_what_the_doctor_finds_holds_a_plan_unless_a_reason_is_kept(tmp_path: Path) -> None:
    script = Script()
    with MailServer(script) as server:
        workspace = make_workspace(tmp_path / "w", MANY[:2], port=server.port)
        with pytest.raises(WorkspaceError, match="no SPF"):
            sent(workspace, examined=lambda _: ["no SPF"])
        assert script.taken == []
        despite = replace(WISHES, despite="the record is on its way")
        assert sent(workspace, wishes=despite, examined=lambda _: ["no SPF"]).queue == {"done": 2}
    first = list_entries(open_desk(workspace.desk_url))[0]
    assert first.what == "sent despite the doctor"
    assert "the record is on its way" in first.detail


def test_what_would_go_is_told_before_anything_does(tmp_path: Path) -> None:
    workspace: Workspace = make_workspace(tmp_path / "w", MANY[:2])
    seen = prospect(workspace, PLAN).as_json()
    assert (seen["mails"], seen["may_go"], seen["approved_by"], seen["queue"]) == (2, True, ["B. Approver"], {})
    with pytest.raises(AskError, match="no plan"):
        prospect(workspace, "another")
    assert state_of(open_desk(workspace.desk_url), number_of(0)) == "None"


def test_what_a_server_may_have_is_not_written_again_when_the_server_is_taken_out(tmp_path: Path) -> None:
    with MailServer(Script()) as server:
        workspace = make_workspace(tmp_path / "w", MANY[:1], port=server.port)
        desk = open_desk(workspace.desk_url)
        enqueue(desk, PLAN, deadline=timedelta(hours=48), author="A. Sender", now=NOW)
        taken = take(desk, PLAN, lease="accepted-1", limit=5, pace=FAST, now=NOW)
        begin_handing(desk, [taken[0].number], lease="accepted-1", now=NOW)
    path = tmp_path / "w" / "notify.toml"
    path.write_text(path.read_text("utf-8").partition("[smtp]")[0], "utf-8")
    done = sent(workspace, clock=clock_from(hours=2))
    assert (dict(done.recovered), dict(done.queue)) == ({number_of(0): "uncertain"}, {"uncertain": 1})
    assert not (tmp_path / "w" / "outbox").exists()
