"""Planning from what was taken in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, NOW, REGISTRY, import_text, row
from tests.tasks.notifying import MONDAY, PERSON, planned, world, write_policy
from tests.tasks.scanning import take_courses
from tests.telling import add_notice, add_plan

from tocsin.errors import AskError, WorkspaceError
from tocsin.notices import Kind
from tocsin.store.audit import list_entries
from tocsin.store.desk import open_desk
from tocsin.store.notices import add_event, load_notices
from tocsin.store.schema import outbox
from tocsin.store.workspace import Workspace
from tocsin.tasks.notify_plan import WaveWish, plan_notices
from tocsin.tasks.notify_show import show_plan
from tocsin.tasks.notify_suppress import suppress
from tocsin.tasks.override import override_assignment, override_verdict
from tocsin.tasks.workspace import init


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """The world of ``tests.tasks.notifying``."""
    return world(tmp_path)


def told(place: Workspace, **rest: object) -> dict[str, list[str]]:
    """The services told of, by constituent."""
    notices = planned(place, **rest).view.notices
    return {each.recipient.constituent: [item.address for item in each.items] for each in notices}


def test_each_constituent_gets_one_notice_with_all_that_is_open(place: Workspace) -> None:
    made = planned(place)
    assert told(place) == {
        "council": ["203.0.113.7", "203.0.113.8"],
        "bakery": ["198.51.100.7"],
        "smithy": ["192.0.2.130"],
    }
    assert [(each.recipient.channel, each.recipient.address) for each in made.view.notices] == [
        ("mail", "security@council.example"),
        ("mail", "it@bakery.example"),
        ("mail", "owner@smithy.example"),
    ]
    assert [(each.constituent, each.code) for each in made.view.filed.withheld] == [("mill", "no_contact")]


@pytest.mark.parametrize(("course", "kinds"), [("AFAA", [Kind.FIRST]), ("AAAA", []), ("FFAA", [])])
def test_what_was_fixed_after_a_notice_and_is_affected_again_is_told_anew(
    tmp_path: Path, course: str, kinds: list[Kind]
) -> None:
    made = init(tmp_path / "w", label="TLP:AMBER")
    head = "id,name,country,sector,public_body,kind,networks,contacts\n"
    line = "council,Example Council,GB,health,yes,organisation,198.51.100.1/32,it@council.example\n"
    import_text(made, tmp_path, head + line, now=NOW - timedelta(days=30))
    take_courses(made, tmp_path, [8, 12, 16, 20], {"198.51.100.1": course})
    desk, left = open_desk(made.desk_url), datetime(2021, 3, 9 if course != "FFAA" else 17, 9, tzinfo=UTC)
    service = {"address": "198.51.100.1", "port": 443, "transport": "tcp"}
    add_plan(desk, made_at=left - timedelta(hours=1))
    item = {**service, "status": "affected", "compromise": "none_known"}
    add_notice(desk, "n1", "council", ("accepted", left), items=[item], due_on=date(2021, 3, 30))
    plan = plan_notices(made, CASE, by="A. Officer", now=datetime(2021, 3, 21, 9, tzinfo=UTC)).view
    assert [each.kind for each in plan.notices] == kinds
    assert [each.recipient.address for each in plan.notices] == ["it@council.example"] * len(kinds)
    assert all("affected again" in each.why for each in plan.notices)
    assert [each.code for each in plan.filed.withheld] == ([] if kinds else ["told_recently"])


def test_a_plan_is_kept_as_it_was_shown_and_nothing_is_queued(place: Workspace) -> None:
    made = planned(place)
    assert show_plan(place, made.view.filed.id, now=MONDAY).as_json(in_full=True) == made.view.as_json(in_full=True)
    desk = open_desk(place.desk_url)
    with desk.connect() as connection:
        assert connection.execute(outbox.select()).all() == []
    (entry,) = list_entries(desk)
    assert (entry.what, entry.author, entry.subject) == ("planned", "A. Officer", f"plan:{made.view.filed.id}")


def test_what_is_nobodys_or_only_claimed_or_undetermined_is_not_told(tmp_path: Path) -> None:
    rows = [
        row("203.0.113.9", build="15.1.2106", tags="exchange"),
        row("198.51.100.200", build="15.1.2106.2"),
        row("198.51.100.201", build="15.1.2106.2", host="mail.council.example", name_from="ptr"),
    ]
    made = planned(world(tmp_path, rows))
    assert made.view.notices == ()
    assert [(each.constituent, each.code) for each in made.view.filed.withheld] == [
        ("council", "claimed"),
        ("council", "undetermined"),
    ]
    assert made.nobodys == 1


def test_compromise_is_told_though_the_server_is_fixed(tmp_path: Path) -> None:
    rows = [row("203.0.113.7", build="15.1.2106.13", tags="exchange;webshell")]
    (notice,) = planned(world(tmp_path, rows)).view.notices
    assert [item.compromise for item in notice.items] == ["confirmed"]


def test_an_officers_override_counts(place: Workspace) -> None:
    days = {"begins": date(2021, 3, 1), "expires": date(2021, 12, 31), "now": NOW}
    override_assignment(place, "203.0.113.8", "bakery", reason="moved", author="A. Officer", **days)  # type: ignore[arg-type]
    assert told(place)["bakery"] == ["198.51.100.7", "203.0.113.8"]


def test_what_officers_say_among_themselves_of_an_override_does_not_leave(place: Workspace) -> None:
    days = {"author": "A. Officer", "begins": date(2021, 3, 1), "expires": date(2021, 12, 31), "now": NOW}
    override_assignment(place, "203.0.113.8", "bakery", reason="Ann Example was wrong", **days)  # type: ignore[arg-type]
    why = "seen by hand, ask Ann"
    override_verdict(place, "192.0.2.131:443", "affected", case_id=CASE, reason=why, **days)  # type: ignore[arg-type]
    items = {item.address: item for each in planned(place).view.notices for item in each.items}
    said = " ".join(item.basis for item in items.values())
    assert not {"Ann", "Officer", "bakery"} & set(re.findall(r"\w+", said))
    assert items["203.0.113.8"].basis.startswith("active check positive")
    assert items["192.0.2.131"].basis.startswith("judged by a person; the machine's own: 15.1.2106.13")


def test_who_was_told_is_not_told_again_but_reminded_by_another_way(tmp_path: Path) -> None:
    registry = REGISTRY.replace("it@bakery.example", "it@bakery.example;owner@bakery.example")
    place = world(tmp_path, registry=registry)
    made = planned(place)
    for each in made.view.notices:
        for what in ("queued", "accepted"):
            add_event(open_desk(place.desk_url), each.number, what, "", "tocsin", MONDAY)
    soon = planned(place, now=MONDAY + timedelta(days=1)).view
    assert (soon.notices, {each.code for each in soon.filed.withheld}) == ((), {"told_recently"})
    later = planned(place, now=MONDAY + timedelta(days=15)).view
    (notice,) = later.notices
    assert (notice.kind, notice.recipient.address) == (Kind.REMINDER, "owner@bakery.example")
    assert {each.constituent: each.code for each in later.filed.withheld} == {"council": "no_other_contact"}


def test_a_suppressed_domain_is_not_written_to(place: Workspace) -> None:
    suppress(place, "Council.example", reason="asked to stop", by="A. Officer", now=MONDAY)
    assert {each.code for each in planned(place).view.filed.withheld} == {"no_contact", "suppressed"}


def test_an_earlier_day_tells_what_was_seen_by_then(place: Workspace) -> None:
    assert planned(place, as_of=date(2021, 3, 12)).view.filed.as_of == date(2021, 3, 12)
    with pytest.raises(AskError, match="nothing was observed"):
        planned(place, as_of=date(2021, 3, 9))


def test_mail_goes_on_a_business_day_of_the_country(place: Workspace) -> None:
    easter = datetime(2021, 4, 2, 10, tzinfo=UTC)  # Good Friday; Easter Monday is a working day in Scotland
    moments = {each.not_before for each in planned(place, now=easter).view.notices}
    assert moments == {datetime(2021, 4, 5, 7, tzinfo=UTC)}


def test_the_policy_of_the_workspace_holds(place: Workspace) -> None:
    write_policy(place, '[sender]\norganisation = "C"\naddress = "warn@cert.example"\n[policy]\ndeadline_days = 2\n')
    made = planned(place).view
    assert {(each.due_on - each.not_before.date()).days for each in made.notices} == {2}
    assert all(each.message_id.endswith("@cert.example>") for each in made.notices)
    assert made.filed.policy["deadline_days"] == 2
    write_policy(place, "[policy]\ndeadline_days = -2\n")
    with pytest.raises(WorkspaceError, match=r"policy\.deadline_days"):
        planned(place)


def test_waves_are_kept_with_their_seed_and_approver(place: Workspace) -> None:
    made = planned(place, waves=WaveWish(count=2, days=2, approver="B. Sample")).view
    assert made.filed.waves is not None
    assert (made.filed.waves["approver"], made.filed.waves["sizes"]) == ("B. Sample", [2, 1])
    kept = {
        each.notice.number: each.notice.wave for each in load_notices(open_desk(place.desk_url), plan=made.filed.id)
    }
    assert kept == {each.number: each.wave for each in made.notices}
    with pytest.raises(AskError, match="8 days are more than the 7"):
        planned(place, waves=WaveWish(count=2, days=8, approver="B. Sample"))
    with pytest.raises(AskError, match="answers for the delay"):
        planned(place, waves=WaveWish(count=2, days=2, approver=""))
    with pytest.raises(AskError, match="60 waves"):
        planned(place, waves=WaveWish(count=60, days=2, approver="B. Sample"))


def test_a_limit_takes_the_worst_first(place: Workspace) -> None:
    made = planned(place, limit=1).view
    assert [each.recipient.constituent for each in made.notices] == ["council"]
    assert {each.code for each in made.filed.withheld} == {"no_contact", "over_limit"}


def test_a_person_is_counted_and_not_named(tmp_path: Path) -> None:
    registry = (
        REGISTRY.replace("contacts\n", "contacts,kind\n").replace(".example\n", ".example,organisation\n") + PERSON
    )
    made = planned(world(tmp_path, [row("192.0.2.193", build="15.1.2106.2")], registry=registry)).view
    assert made.notices[0].recipient.address == "ann@home.example"
    assert made.totals()["persons"] == 1
    for shown in (made.as_json(in_full=True), show_plan_of(tmp_path, made.filed.id)):
        assert "ann@" not in str(shown)
        assert "Ann Example" not in str(shown)
        assert "'constituent': 'ann'" not in str(shown)


def show_plan_of(folder: Path, plan: str) -> dict[str, object]:
    from tocsin.store.workspace import find_workspace

    (root,) = (each for each in folder.iterdir() if (each / "tocsin.toml").exists())
    return show_plan(find_workspace(root), plan, now=MONDAY).as_json()


def test_whoever_plans_has_a_name(place: Workspace) -> None:
    with pytest.raises(AskError, match="name of whoever makes it"):
        planned(place, by=" ")


def test_a_case_that_is_unknown_is_refused(place: Workspace) -> None:
    from tocsin.tasks.notify_plan import plan_notices

    with pytest.raises(AskError, match="no case"):
        plan_notices(place, CASE + "x", by="A. Officer", now=MONDAY)
