"""The commands of sending, as a person calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest
import typer
from tests.store.queued import PLAN, number_of
from tests.tasks.conftest import CASE, REGISTRY, row, write_report
from tests.tasks.notified import make_workspace, sent
from tests.transports.mail_servers import MailServer, Script
from typer.testing import CliRunner, Result

from tocsin.ui.cli.main import app as whole
from tocsin.ui.cli.notify_send import _show_sent, add_to

Run = Callable[..., Result]
app = typer.Typer(rich_markup_mode=None)
add_to(app)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command in the workspace of these tests."""

    def ran(*words: str, exits: int = 0) -> Result:
        result = CliRunner().invoke(app, [*words, "--workspace", str(tmp_path / "w")])
        assert result.exit_code == exits, result.output
        return result

    return ran


def uncertain(folder: Path) -> None:
    """A workspace with one notice that arrived, and one whose answer was lost."""
    lost = number_of(1).encode()
    with MailServer(Script(on_data=lambda content: "drop" if lost in content else None)) as server:
        sent(make_workspace(folder, ["it@a.example", "it@b.example"], port=server.port))


def test_a_dry_run_says_what_would_go(run: Run, tmp_path: Path) -> None:
    make_workspace(tmp_path / "w", ["it@a.example"])
    shown = run("send", PLAN, "--dry-run").stdout
    assert "1 mail, to the folder outbox" in shown
    assert "approved by B. Approver; it would go now" in shown
    found = json.loads(run("send", PLAN, "--dry-run", "--json").stdout)
    assert (found["mails"], found["may_go"], found["queue"]) == (1, True, {})
    assert not (tmp_path / "w" / "outbox").exists()


def test_a_dry_run_needs_no_name_and_sending_does(run: Run, tmp_path: Path) -> None:
    make_workspace(tmp_path / "w", ["it@a.example"])
    assert "sending needs the name of a person" in run("send", PLAN, exits=1).output
    assert not (tmp_path / "w" / "outbox").exists()


def test_a_dry_run_says_why_not(run: Run, tmp_path: Path) -> None:
    make_workspace(tmp_path / "w", ["it@a.example"], approved=False)
    assert "it may not go: nobody has approved it" in run("send", PLAN, "--by", "A. Officer", "--dry-run").stdout
    assert "no plan" in run("send", "another", "--by", "A. Officer", "--dry-run", exits=1).output


def test_status_names_those_that_wait_for_a_person_and_settle_ends_it(run: Run, tmp_path: Path) -> None:
    uncertain(tmp_path / "w")
    shown = run("status", PLAN).stdout
    assert "1 done, 1 uncertain" in shown
    assert number_of(1) in shown
    words = ("--by", "A. Officer", "--reason", "in the relay's log")
    grouped = "-".join(number_of(1)[start : start + 5] for start in range(0, 26, 5)).upper()
    assert "was sent" in run("settle", grouped, "--was-sent", *words).stdout
    assert json.loads(run("status", "--json").stdout)["queue"] == {"done": 2}
    assert "does not wait" in run("settle", grouped, "--send-again", *words, exits=1).output


def test_what_is_to_be_sent_again_waits(run: Run, tmp_path: Path) -> None:
    uncertain(tmp_path / "w")
    words = ("--by", "A. Officer", "--reason", "not in the relay's log", "--json")
    found = json.loads(run("settle", number_of(1), "--send-again", *words).stdout)
    assert found == {"notice": number_of(1), "was_sent": False}
    assert json.loads(run("status", PLAN, "--json").stdout)["queue"] == {"done": 1, "waiting": 1}


def test_a_person_must_say_which(run: Run, tmp_path: Path) -> None:
    uncertain(tmp_path / "w")
    run("settle", number_of(1), "--by", "A. Officer", "--reason", "so", exits=2)
    assert (
        "needs the name of whoever knows"
        in run("settle", number_of(1), "--was-sent", "--by", " ", "--reason", "x", exits=1).output
    )


def test_doctor_tells_what_is_wrong_and_what_to_do(run: Run, tmp_path: Path) -> None:
    make_workspace(tmp_path / "w", [])
    shown = run("doctor").stdout
    assert "warning" in shown
    assert "→ write [sender] into notify.toml" in shown
    assert json.loads(run("doctor", "--json").stdout)["may_go"] is True


def test_doctor_ends_with_1_where_a_plan_may_not_go(run: Run, tmp_path: Path) -> None:
    with MailServer(Script()) as server:
        port = server.port
    make_workspace(tmp_path / "w", [], port=port)
    path = tmp_path / "w" / "notify.toml"
    path.write_text(path.read_text() + '\n[dns]\nservers = ["127.0.0.1"]\n')
    found = json.loads(run("doctor", "--json", exits=1).stdout)
    assert found["may_go"] is False
    assert {"smtp", "openpgp", "page"} <= {check["name"] for check in found["checks"] if check["outlook"] == "fault"}


def test_collect_says_what_to_set_up(run: Run, tmp_path: Path) -> None:
    make_workspace(tmp_path / "w", [])
    assert "no mailbox is set up" in run("collect", exits=1).output


def test_a_plan_is_made_approved_and_sent_into_the_folder(tmp_path: Path) -> None:
    def tocsin(*words: object) -> Result:
        done = CliRunner().invoke(whole, [*map(str, words), "--workspace", str(tmp_path / "w")])
        assert done.exit_code == 0, done.output
        return done

    (tmp_path / "registry.csv").write_text(REGISTRY, encoding="utf-8")
    assert CliRunner().invoke(whole, ["init", str(tmp_path / "w")]).exit_code == 0
    tocsin("constituency", "import", tmp_path / "registry.csv")
    tocsin("ingest", write_report(tmp_path, [row("203.0.113.8", build="15.1.2106.2")]))
    plan = json.loads(tocsin("notify", "plan", CASE, "--by", "A. Officer", "--json").stdout)["plan"]
    tocsin("notify", "approve", plan, "--by", "B. Officer")
    rehearsed = json.loads(
        tocsin("notify", "send", plan, "--by", "A. Officer", "--redirect-to", "me@cert.example", "--json").stdout
    )
    assert rehearsed["tried"] == {"written": 1}
    [path] = (tmp_path / "w" / "outbox-rehearsal").glob("*.eml")
    letter = message_from_bytes(path.read_bytes())
    assert path.stem in letter["Message-ID"]
    assert letter["To"] is not None
    found = json.loads(tocsin("notify", "send", plan, "--by", "A. Officer", "--json").stdout)
    assert sum(found["queue"].values()) == 1, "it goes now, or when its business hours begin"


def test_what_went_into_the_folder_is_written_and_the_way_back_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = sent(make_workspace(tmp_path / "w", ["it@a.example"]))
    _show_sent(done, as_json=False)
    shown = capsys.readouterr()
    assert shown.out.startswith("1 written, to the folder outbox of the workspace")
    assert "cancel it, and plan anew" in shown.err
