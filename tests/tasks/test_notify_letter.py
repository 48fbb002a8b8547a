"""Looking at a notice, putting notices down as files, taking one back."""

from __future__ import annotations

import csv
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, NOW, REGISTRY, Take, import_text, row, write_report
from tests.tasks.noticing import planned, set_up

from tocsin.constituency.contacts import make_contact
from tocsin.constituency.mailboxes import Target
from tocsin.errors import AskError
from tocsin.notices import Kind
from tocsin.notices.state import Standing
from tocsin.store.audit import list_entries, verify
from tocsin.store.contacts import save_contacts
from tocsin.store.desk import open_desk
from tocsin.store.notices import Filed, add_event, load_notices
from tocsin.store.workspace import Workspace
from tocsin.tasks.notify_approve import approve_plan
from tocsin.tasks.notify_letter import _checked, drop, preview, preview_findings, retract

LATER = NOW + timedelta(hours=1)
PERSON = "ann,Ann Example,GB,,no,,192.0.2.192/26,,,person\n"
WHY = "The address 203.0.113.8 was registered as yours by mistake."


@pytest.fixture
def told(workspace: Workspace, take: Take, tmp_path: Path) -> Workspace:
    """A workspace with two organisations that are to be told."""
    rows = [row("203.0.113.8", build="15.1.2106.2"), row("198.51.100.9", build="15.1.2106.2", host="=cmd()")]
    take(write_report(tmp_path, rows))
    set_up(workspace, signed=True)
    return workspace


def filed_of(workspace: Workspace, plan: str) -> list[Filed]:
    return load_notices(open_desk(workspace.desk_url), plan=plan)


def approved(workspace: Workspace) -> str:
    plan = planned(workspace)
    approve_plan(workspace, plan, by="B. Officer", now=NOW)
    return plan


def test_a_notice_is_shown_and_nothing_is_noted(told: Workspace) -> None:
    plan = planned(told)
    number = filed_of(told, plan)[0].notice.number
    entries = len(list_entries(open_desk(told.desk_url)))
    composed = preview(told, number.upper(), now=LATER)
    assert composed.notice.number == number
    assert "First install KB5000871" in composed.draft.letter.text
    assert filed_of(told, plan)[0].events == ()
    assert len(list_entries(open_desk(told.desk_url))) == entries


def test_a_person_is_named_to_itself_and_not_to_its_provider(workspace: Workspace, tmp_path: Path, take: Take) -> None:
    known = REGISTRY.replace("contacts\n", "contacts,kind\n").replace(".example\n", ".example,organisation\n")
    import_text(workspace, tmp_path, known + PERSON, now=NOW - timedelta(days=1))
    take(write_report(tmp_path, [row("192.0.2.200", build="15.1.2106.2")]))
    set_up(workspace)
    abuse = Target(channel="mail", address="abuse@isp.example")
    asked = {"source": "rdap", "pointer": "https://rdap.example/ip/192.0.2.200", "now": NOW, "roles": ("abuse",)}
    desk = open_desk(workspace.desk_url)
    with desk.begin() as connection:
        found = make_contact("network:192.0.2.0/24", abuse, **asked)  # type: ignore[arg-type]  # as make_contact has it
        save_contacts(connection, [found], author="tocsin", now=NOW)
    [filed] = filed_of(workspace, planned(workspace))
    composed = preview(workspace, filed.notice.number, now=LATER)
    assert b"To: <abuse@isp.example>" in composed.message
    assert "to a private person (not named)" in composed.draft.letter.text
    letter = composed.draft.letter
    assert "Ann" not in f"{letter.subject}{letter.text}{letter.html}{composed.message.decode('ascii')}"
    own = make_contact("constituent:ann", Target(channel="mail", address="ann@home.example"), **asked)  # type: ignore[arg-type]
    with desk.begin() as connection:
        save_contacts(connection, [own], author="tocsin", now=NOW)
    [filed] = filed_of(workspace, planned(workspace))
    assert "to Ann Example" in preview(workspace, filed.notice.number, now=LATER).draft.letter.text


@pytest.mark.parametrize("number", ["", "k3v7", "a" * 26, "../../etc/passwd"])
def test_a_number_that_is_none_is_told(told: Workspace, number: str) -> None:
    with pytest.raises(AskError, match="there is no notice"):
        preview(told, number, now=LATER)


def test_a_letter_is_read_before_anything_is_planned(told: Workspace) -> None:
    composed = preview_findings(told, CASE, "council", as_of=None, language="de-AT", now=LATER)
    assert composed.draft.letter.language == "de"
    assert "203.0.113.8:443" in composed.draft.letter.text
    assert "OpenPGP" in composed.draft.letter.text
    assert composed.remarks == ()


def test_a_report_that_the_standard_refuses_is_told(told: Workspace) -> None:
    settings = (told.root / "notify.toml").read_text("utf-8")
    (told.root / "notify.toml").write_text(settings.replace("Example CERT", "E" * 150), "utf-8")
    composed = preview_findings(told, CASE, "council", as_of=None, language="en", now=LATER)
    broken = replace(composed.draft.attachments[1], content=b'{"xarf_version": "4.2.0"}')
    attachments = (composed.draft.attachments[0], broken)
    assert composed.remarks == ()
    assert _checked(replace(composed, draft=replace(composed.draft, attachments=attachments))).remarks


def test_whoever_has_nothing_open_gets_no_letter(told: Workspace, take: Take, tmp_path: Path) -> None:
    take(write_report(tmp_path, [row("203.0.113.8", day=12, build="15.1.2106.13", tags="exchange")], day=12))
    with pytest.raises(AskError, match="no open finding"):
        preview_findings(told, CASE, "council", as_of=None, language="en", now=LATER)


def test_letters_are_put_down_a_folder_each_and_noted(told: Workspace, tmp_path: Path) -> None:
    plan, out = approved(told), tmp_path / "post"
    done = drop(told, plan, out, everything=True, by="C. Officer", now=LATER)
    assert len(done.numbers) == 2
    with (out / "index.csv").open(newline="") as file:
        index = list(csv.DictReader(file))
    assert [entry["name"] for entry in index] == ["Example Bakery", "Example Council"]
    for entry in index:
        folder = out / entry["folder"]
        assert sorted(path.name for path in folder.iterdir()) == ["findings.csv", "letter.html", "letter.txt"]
        assert entry["number"][:5] in (folder / "letter.txt").read_text("utf-8")
        assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.iterdir())
        assert "OpenPGP" not in (folder / "letter.txt").read_text("utf-8")
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert all(filed.events[-1].what == "written" for filed in filed_of(told, plan))
    desk = open_desk(told.desk_url)
    assert list_entries(desk)[-1].what == "written"
    assert verify(desk).broken is None


def test_a_table_that_is_put_down_computes_nothing(told: Workspace, tmp_path: Path) -> None:
    drop(told, approved(told), tmp_path / "post", everything=True, by="C. Officer", now=LATER)
    tables = [path.read_text("utf-8") for path in (tmp_path / "post").glob("bakery-*/findings.csv")]
    assert tables
    assert all(",=" not in table for table in tables)


def test_nothing_is_put_down_twice_or_before_it_is_approved(told: Workspace, tmp_path: Path) -> None:
    plan = planned(told)
    with pytest.raises(AskError, match="is planned, not approved"):
        drop(told, plan, tmp_path / "post", everything=True, by="C. Officer", now=LATER)
    approve_plan(told, plan, by="B. Officer", now=NOW)
    with pytest.raises(AskError, match="no notice to put down"):
        drop(told, plan, tmp_path / "post", everything=False, by="C. Officer", now=LATER)
    drop(told, plan, tmp_path / "post", everything=True, by="C. Officer", now=LATER)
    with pytest.raises(AskError, match="is there already"):
        drop(told, plan, tmp_path / "post", everything=True, by="C. Officer", now=LATER)
    with pytest.raises(AskError, match="no notice to put down"):
        drop(told, plan, tmp_path / "other", everything=True, by="C. Officer", now=LATER)
    with pytest.raises(AskError, match="there is no plan"):
        drop(told, "20210101-000000", tmp_path / "other", everything=True, by="C. Officer", now=LATER)


def test_a_wrong_notice_is_taken_back_by_a_plan_of_one(told: Workspace) -> None:
    plan = approved(told)
    desk, wrong = open_desk(told.desk_url), filed_of(told, plan)[0].notice
    add_event(desk, wrong.number, "accepted", "250 ok", "tocsin", NOW)
    done = retract(told, wrong.number, reason=WHY, by="C. Officer", now=LATER)
    (correction,) = filed_of(told, done.plan)
    assert (correction.notice.kind, correction.notice.corrects) == (Kind.CORRECTION, wrong.number)
    assert correction.notice.recipient == wrong.recipient
    taken_back = next(each for each in filed_of(told, plan) if each.notice.number == wrong.number)
    assert taken_back.standing(LATER.date()) is Standing.RETRACTED
    letter = preview(told, done.correction, now=LATER).draft.letter
    assert " ".join(letter.text.split()).count(WHY) == 1
    assert list_entries(desk)[-1].what == "retracted"
    assert verify(desk).broken is None
    assert approve_plan(told, done.plan, by="B. Officer", now=LATER) == 1


def test_only_what_left_and_was_not_taken_back_can_be(told: Workspace) -> None:
    plan = approved(told)
    number = filed_of(told, plan)[0].notice.number
    with pytest.raises(AskError, match="has not left"):
        retract(told, number, reason=WHY, by="C. Officer", now=LATER)
    add_event(open_desk(told.desk_url), number, "accepted", "250 ok", "tocsin", NOW)
    with pytest.raises(AskError, match="says what was wrong"):
        retract(told, number, reason=" ", by="C. Officer", now=LATER)
    done = retract(told, number, reason=WHY, by="C. Officer", now=LATER)
    with pytest.raises(AskError, match="retracted before"):
        retract(told, number, reason=WHY, by="C. Officer", now=LATER)
    add_event(open_desk(told.desk_url), done.correction, "accepted", "250 ok", "tocsin", LATER)
    with pytest.raises(AskError, match="correction itself"):
        retract(told, done.correction, reason=WHY, by="C. Officer", now=LATER)
