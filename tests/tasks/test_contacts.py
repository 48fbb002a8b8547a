"""Contacts found at real servers on this machine, shown in order, and corrected by people."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, NOW, Take, row, write_report
from tests.tasks.finding import World, world

from tocsin.errors import AskError, ConstituencyError
from tocsin.store.audit import list_entries, verify
from tocsin.store.desk import open_desk
from tocsin.store.workspace import Workspace
from tocsin.tasks.contacts import (
    Found,
    Shown,
    add_contact,
    find_contacts,
    import_directory,
    list_contacts,
    said_of,
    say_of_contact,
    show_contacts,
)

OFFICER = "duty officer"


def find(workspace: Workspace, around: World, **more: object) -> Found:
    return find_contacts(workspace, around.ways, mail=lambda: around.mail.ask, **more)  # type: ignore[arg-type]  # case_id


def shown(workspace: Workspace, id_: str = "council", *, case: str | None = CASE) -> Shown:
    return show_contacts(workspace, id_, now=NOW, case_id=case)


def addresses(found: Shown) -> list[str]:
    return [each.contact.address for each in found.ranked]


@pytest.fixture
def scanned(workspace: Workspace, take: Take, tmp_path: Path) -> Workspace:
    """The council's own mail server is vulnerable."""
    take(write_report(tmp_path, [row("203.0.113.7", host="mail.council.example", name_from="certificate")]))
    return workspace


def test_everything_around_the_open_findings_of_a_case_is_found(scanned: Workspace) -> None:
    with world() as around:
        found = find(scanned, around, case_id=CASE)
    assert {each.source: (each.asked, each.answers, each.failed) for each in found.tallies} == {
        "registry": (1, 1, 0),
        "security.txt": (1, 1, 0),
        "rdap": (2, 2, 0),
        "mx": (2, 2, 0),
    }
    assert (found.constituents, found.with_contact) == (1, 1)
    assert addresses(shown(scanned)) == [
        "security@council.example",
        "csirt@council.example",
        "noc@isp.example",
        "abuse@isp.example",
    ]
    assert not any("bakery" in each for each in around.asked)


def test_mail_that_the_vulnerable_server_receives_is_passed_over_and_the_reason_told(scanned: Workspace) -> None:
    with world() as around:
        find(scanned, around, case_id=CASE)
    choice = shown(scanned).choice
    assert choice.chosen is not None
    assert choice.chosen.contact.address == "noc@isp.example"
    assert [(each.contact.contact.address, each.code) for each in choice.passed_over] == [
        ("security@council.example", "unsafe"),
        ("csirt@council.example", "unsafe"),
    ]
    assert "mail.council.example (203.0.113.7), which is affected" in choice.why
    assert choice.chosen.addresses == {"203.0.113.7"}


def test_the_registry_itself_is_refused_and_that_is_told(scanned: Workspace) -> None:
    with world() as around:
        found = find(scanned, around, case_id=CASE, sources=["rdap"])
    assert any("hostmaster@ripe.net is the registry's own desk" in each for each in found.tallies[0].problems)
    assert "hostmaster@ripe.net" not in [each.contact.address for each in list_contacts(scanned)]


def test_nothing_is_asked_twice_before_its_time(scanned: Workspace) -> None:
    with world() as around:
        find(scanned, around, case_id=CASE)
        before, named = len(around.asked), len(around.named)
        again = find(scanned, around, case_id=CASE)
        assert (len(around.asked), len(around.named)) == (before, named)
        assert [each.fresh for each in again.tallies] == [0, 1, 2, 2]
        around.now = NOW + timedelta(days=8)
        later = find(scanned, around, case_id=CASE)
    assert [each.asked for each in later.tallies] == [1, 1, 0, 2]


def test_a_run_that_is_stopped_goes_on_where_it_was(workspace: Workspace) -> None:
    with world() as around:

        def stop(_done: int, _of: int) -> None:
            raise KeyboardInterrupt

        stopping = World(
            ways=around.ways.__class__(**{**_fields(around.ways), "progress": stop}),
            mail=around.mail,
            asked=[],
            named=[],
        )
        with pytest.raises(KeyboardInterrupt):
            find(workspace, stopping, sources=["security.txt"])
        assert len(around.asked) == 1
        done = find(workspace, around, sources=["security.txt"])
    assert (done.tallies[0].fresh, done.tallies[0].asked) == (1, 1)
    assert len(around.asked) == 2


def _fields(ways: object) -> dict[str, object]:
    return {name: getattr(ways, name) for name in ways.__dataclass_fields__}  # type: ignore[attr-defined]  # a dataclass


def test_a_question_put_off_by_the_server_is_asked_when_it_said(workspace: Workspace) -> None:
    with world() as around:
        around.status = 429
        assert find(workspace, around, sources=["security.txt"]).tallies[0].failed == 1
        asked = len(around.asked)
        around.status, around.now = 200, NOW + timedelta(hours=1)
        assert find(workspace, around, sources=["security.txt"]).tallies[0].fresh == 2
        assert len(around.asked) == asked
        around.now = NOW + timedelta(hours=3)
        done = find(workspace, around, sources=["security.txt"]).tallies[0]
    assert (done.fresh, done.answers, done.failed) == (1, 1, 0)


def test_without_a_case_every_network_and_domain_held_is_asked_about(workspace: Workspace) -> None:
    with world() as around:
        found = find(workspace, around)
    assert found.constituents == 2
    assert "/rdap/ip/203.0.113.0" in around.asked
    assert "/rdap/ip/198.51.100.0" in around.asked
    assert "/txt/bakery.example" in around.asked
    assert addresses(shown(workspace, "bakery", case=None)) == ["it@bakery.example"]


def test_a_text_that_expired_gives_no_contact_and_is_told(workspace: Workspace) -> None:
    with world() as around:
        around.text = around.text.replace("2021-12-31", "2020-12-31")
        found = find(workspace, around, sources=["security.txt"])
    assert "council.example: it expired on 2020-12-31" in found.tallies[0].problems
    assert list_contacts(workspace) == []


def test_a_source_that_is_none_is_refused(workspace: Workspace) -> None:
    with world() as around, pytest.raises(AskError, match="did you mean rdap"):
        find(workspace, around, sources=["rdp"])


def test_a_person_comes_first_and_stays_when_the_sources_are_asked_again(scanned: Workspace) -> None:
    entered = add_contact(
        scanned,
        "council",
        channel="phone",
        address="+44 20 7946 0000",
        author=OFFICER,
        now=NOW,
        roles=("security",),
        language="en",
    )
    with world() as around:
        find(scanned, around, case_id=CASE)
    found = shown(scanned)
    assert found.ranked[0].contact == entered.contact
    assert found.choice.chosen is found.ranked[0]


def test_setting_aside_by_address_lasts_when_it_is_found_again(scanned: Workspace) -> None:
    with world() as around:
        find(scanned, around, case_id=CASE)
        say_of_contact(scanned, "noc@isp.example", "set_aside", reason="wrong desk", author=OFFICER, now=NOW)
        around.now = NOW + timedelta(days=40)
        find(scanned, around, case_id=CASE)
    aside = next(each for each in shown(scanned).ranked if each.contact.address == "noc@isp.example")
    assert aside.known.set_aside == "wrong desk"
    ((_, notes),) = said_of(scanned, "noc@isp.example")
    assert [(each.what, each.author) for each in notes] == [("set_aside", OFFICER)]
    assert verify(open_desk(scanned.desk_url)).broken is None


def test_a_confirmation_counts_for_its_days(workspace: Workspace) -> None:
    add_contact(workspace, "council", channel="mail", address="a@council.example", author=OFFICER, now=NOW, days=5)
    late = NOW + timedelta(days=6)
    assert (
        show_contacts(workspace, "council", now=late).choice.passed_over[0].code == "expired"
    )  # the registry's is next
    (known,) = say_of_contact(
        workspace, "a@council.example", "confirmed", reason="answered", author=OFFICER, now=late, days=10
    )
    assert known.valid_until == late + timedelta(days=10)
    chosen = show_contacts(workspace, "council", now=late).choice.chosen
    assert chosen is not None
    assert chosen.contact.address == "a@council.example"


def test_a_directory_is_taken_in_and_audited(scanned: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "certs.csv"
    path.write_text("country,name,mail\nGB,Example CERT,cert@cert.example\nXX1,,x\n", encoding="utf-8")
    _, dry = import_directory(scanned, path, dry_run=True, author=OFFICER, now=NOW)
    assert dry is None
    directory, saved = import_directory(scanned, path, dry_run=False, author=OFFICER, now=NOW)
    assert saved is not None
    assert (saved.added, len(directory.rejected)) == (1, 1)
    assert addresses(shown(scanned)) == ["security@council.example", "cert@cert.example"]
    assert [(each.what, each.author) for each in list_entries(open_desk(scanned.desk_url))] == [
        ("contact added", OFFICER)
    ]
    with pytest.raises(ConstituencyError, match="cannot be read"):
        import_directory(scanned, tmp_path / "none.csv", dry_run=False, author=OFFICER, now=NOW)


@pytest.mark.parametrize(
    ("subject", "channel", "address", "more", "what"),
    [
        ("counsil", "mail", "a@council.example", {}, "did you mean council"),
        ("planet:earth", "mail", "a@council.example", {}, "is none such as"),
        ("council", "mail", "a@council.example\nBcc: b@x.example", {}, "control"),
        ("council", "mail", "a@council.example", {"author": " "}, "author"),
        ("council", "mail", "a@council.example", {"roles": ["securty"]}, "did you mean security"),
        ("council", "mail", "a@council.example", {"language": "german"}, "no language"),
        ("council", "mail", "a@council.example", {"days": 0}, "0 days"),
    ],
)
def test_what_cannot_be_entered_is_refused(
    workspace: Workspace, subject: str, channel: str, address: str, more: dict[str, object], what: str
) -> None:
    with pytest.raises(AskError, match=what):
        add_contact(workspace, subject, channel=channel, address=address, **{"author": OFFICER, "now": NOW, **more})  # type: ignore[arg-type]  # as parametrized
    assert list_contacts(workspace) == []


def test_a_contact_that_is_not_there_or_without_reason_is_refused(workspace: Workspace) -> None:
    with pytest.raises(AskError, match="no contact"):
        say_of_contact(workspace, "a@council.example", "confirmed", reason="x", author=OFFICER, now=NOW)
    add_contact(workspace, "council", channel="mail", address="a@council.example", author=OFFICER, now=NOW)
    with pytest.raises(AskError, match="reason"):
        say_of_contact(workspace, "a@council.example", "confirmed", reason=" ", author=OFFICER, now=NOW)
    with pytest.raises(AskError, match="no constituent"):
        shown(workspace, "counsil", case=None)


def test_what_a_security_txt_names_no_more_is_passed_over(workspace: Workspace) -> None:
    def passed(moment: datetime) -> set[str]:
        ranked = show_contacts(workspace, "council", now=moment).ranked
        return {each.contact.address for each in ranked if each.known.is_expired(moment)}

    with world() as around:
        find(workspace, around, sources=["security.txt"])
        around.text = around.text.replace("csirt@", "new@")
        around.now = NOW + timedelta(days=8)
        find(workspace, around, sources=["security.txt"])
        later = around.now + timedelta(hours=1)
        assert "csirt@council.example" in passed(later)
        assert "new@council.example" not in passed(later)
        around.status, around.now = 404, NOW + timedelta(days=16)
        find(workspace, around, sources=["security.txt"])
        assert {"csirt@council.example", "new@council.example"} <= passed(around.now + timedelta(hours=1))


def test_the_registrys_contacts_count_before_any_source_was_asked(workspace: Workspace) -> None:
    assert addresses(shown(workspace, "bakery", case=None)) == ["it@bakery.example"]
    assert list_contacts(workspace) == []
