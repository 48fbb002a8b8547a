"""Approving and cancelling plans."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.tasks.conftest import CASE, REGISTRY, import_text
from tests.tasks.notified import clock_from, letter
from tests.tasks.notifying import MONDAY, MORE, planned, world, write_policy

from tocsin.errors import AskError
from tocsin.store.audit import list_entries
from tocsin.store.clock import instant_text
from tocsin.store.desk import open_desk
from tocsin.store.schema import contacts, notices, outbox
from tocsin.store.workspace import Workspace
from tocsin.tasks.notify_approve import approve_plan, cancel_plan
from tocsin.tasks.notify_letter import drop
from tocsin.tasks.notify_send import Sent, Wishes, send
from tocsin.tasks.notify_show import list_all, show_plan
from tocsin.tasks.override import override_assignment, override_verdict
from tocsin.tasks.rejudge import rejudge


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """The world of ``tests.tasks.notifying``, where two notices need a second person."""
    made = world(tmp_path)
    write_policy(made, "[policy]\napprove_above = 1\n")
    return made


def queued(place: Workspace) -> list[str]:
    with open_desk(place.desk_url).connect() as connection:
        return sorted(connection.scalars(sa.select(outbox.c.next_at)))


def test_a_second_person_queues_the_notices(place: Workspace) -> None:
    plan = planned(place).view.filed.id
    assert approve_plan(place, plan, by="B. Sample", now=MONDAY) == 3
    assert len(queued(place)) == 3
    shown = show_plan(place, plan, now=MONDAY)
    assert (shown.filed.state, set(shown.standings)) == ("approved", {"waiting"})
    assert [entry.author for entry in list_entries(open_desk(place.desk_url))] == ["A. Officer", "B. Sample"]


@pytest.mark.parametrize("name", ["A. Officer", "a. officer", "A. Offic\u0435r", "A Officer"])
def test_whoever_planned_cannot_be_the_second_person(place: Workspace, name: str) -> None:
    plan = planned(place).view.filed.id
    with pytest.raises(AskError, match=r"needs somebody other than A\. Officer|two alphabets"):
        approve_plan(place, plan, by=name, now=MONDAY)
    assert queued(place) == []


def test_a_small_plan_needs_one_person(place: Workspace) -> None:
    assert approve_plan(place, planned(place, limit=1).view.filed.id, by="A. Officer", now=MONDAY) == 1


def test_many_small_plans_of_one_person_are_one_large_plan(place: Workspace) -> None:
    approve_plan(place, planned(place, limit=1).view.filed.id, by="A. Officer", now=MONDAY)
    later = MONDAY + timedelta(hours=1)
    second = planned(place, limit=1, now=later).view.filed.id
    with pytest.raises(AskError, match="with the 1 that one person approved alone within a day"):
        approve_plan(place, second, by="A Officer", now=later)
    assert approve_plan(place, second, by="B. Sample", now=later) == 1
    third = planned(place, limit=1, now=MONDAY + timedelta(days=1, hours=1)).view.filed.id
    assert approve_plan(place, third, by="A. Officer", now=MONDAY + timedelta(days=1, hours=1)) == 1


def test_a_policy_made_laxer_since_does_not_count(place: Workspace) -> None:
    plan = planned(place).view.filed.id
    write_policy(place, "[policy]\napprove_above = 500\n")
    with pytest.raises(AskError, match="more than 1"):
        approve_plan(place, plan, by="A. Officer", now=MONDAY)


def test_a_plan_is_approved_once(place: Workspace) -> None:
    plan = planned(place).view.filed.id
    approve_plan(place, plan, by="B. Sample", now=MONDAY)
    with pytest.raises(AskError, match="was approved before"):
        approve_plan(place, plan, by="C. Third", now=MONDAY)
    assert len(queued(place)) == 3


def test_of_two_plans_made_side_by_side_one_is_approved(place: Workspace) -> None:
    one, other = (planned(place).view.filed.id for _ in range(2))
    approve_plan(place, one, by="B. Sample", now=MONDAY + timedelta(hours=1))
    with pytest.raises(AskError, match="is overtaken"):
        approve_plan(place, other, by="B. Sample", now=MONDAY + timedelta(hours=1))
    again = planned(place, now=MONDAY + timedelta(hours=2)).view
    assert (again.notices, {each.code for each in again.filed.withheld}) == ((), {"no_contact", "waiting"})


def test_what_is_approved_late_waits_for_the_next_working_hours(place: Workspace) -> None:
    plan = planned(place).view.filed.id
    approve_plan(place, plan, by="B. Sample", now=datetime(2021, 4, 12, 22, tzinfo=UTC))
    assert queued(place) == [instant_text(datetime(2021, 4, 13, 7, tzinfo=UTC))] * 3


def test_a_plan_that_is_not_there_names_the_list(place: Workspace) -> None:
    with pytest.raises(AskError, match="no plan 'x'") as caught:
        approve_plan(place, "x", by="B. Sample", now=MONDAY)
    assert "tocsin notify list" in caught.value.remedy


def test_a_cancelled_plan_is_out_of_the_queue_and_its_findings_can_be_planned_again(place: Workspace) -> None:
    plan = planned(place).view.filed.id
    approve_plan(place, plan, by="B. Sample", now=MONDAY)
    assert cancel_plan(place, plan, by="B. Sample", reason="advice changed", now=MONDAY) == (3, 3)
    with pytest.raises(AskError, match="was cancelled"):
        cancel_plan(place, plan, by="B. Sample", reason="again", now=MONDAY)
    assert len(planned(place, now=MONDAY + timedelta(hours=1)).view.notices) == 3
    assert [each["state"] for each in list_all(place)] == ["cancelled", "planned"]


def test_a_plan_is_not_cancelled_without_a_reason(place: Workspace) -> None:
    with pytest.raises(AskError, match="without a reason"):
        cancel_plan(place, planned(place).view.filed.id, by="B. Sample", reason=" ", now=MONDAY)


def give_to_the_bakery(place: Workspace, *, now: datetime) -> None:
    """An officer finds that one of the council's two services is the bakery's."""
    how = {"reason": "its lease ended", "author": "C. Care", "expires": date(2022, 1, 1), "now": now}
    override_assignment(place, "203.0.113.7:443", "bakery", **how)  # type: ignore[arg-type]  # passed on as it is


def carried(place: Workspace, plan: str, *, now: datetime) -> Sent:
    """One run into the outbox folder."""
    return send(
        place,
        plan,
        wishes=Wishes(author="A. Sender"),
        letters=letter,
        examined=lambda _: [],
        clock=clock_from(now),
        tell=lambda _: None,
    )


def test_nobody_is_told_of_what_was_given_to_another_since_the_plan(place: Workspace) -> None:
    plan = planned(place).view.filed.id
    give_to_the_bakery(place, now=MONDAY + timedelta(minutes=1))
    with pytest.raises(AskError, match=r"1 notices .* do not hold any more.*203\.0\.113\.7:443 is not to be told"):
        approve_plan(place, plan, by="B. Sample", now=MONDAY + timedelta(hours=1))
    assert queued(place) == []
    again = planned(place, now=MONDAY + timedelta(hours=2)).view
    assert approve_plan(place, again.filed.id, by="B. Sample", now=MONDAY + timedelta(hours=3)) == 3


def test_what_was_given_to_another_after_the_approval_does_not_leave(place: Workspace, tmp_path: Path) -> None:
    plan = planned(place).view
    approve_plan(place, plan.filed.id, by="B. Sample", now=MONDAY)
    give_to_the_bakery(place, now=MONDAY + timedelta(minutes=1))
    done = carried(place, plan.filed.id, now=MONDAY + timedelta(hours=1))
    assert (done.called_off, dict(done.queue)) == (1, {"done": 2, "failed": 1})
    council = next(each for each in plan.notices if each.recipient.constituent == "council")
    assert council.number not in {path.stem for path in (place.root / "outbox").iterdir()}
    assert list_entries(open_desk(place.desk_url), what="cancelled")[0].subject == f"notice:{council.number}"
    assert carried(place, plan.filed.id, now=MONDAY + timedelta(hours=2)).called_off == 0
    with pytest.raises(AskError, match="no notice to put down"):
        drop(place, plan.filed.id, tmp_path / "post", everything=True, by="A. Officer", now=MONDAY)


def test_a_service_that_an_officer_finds_safe_is_not_told_of(place: Workspace) -> None:
    plan = planned(place).view.filed.id
    how = {"reason": "seen on the host", "author": "C. Care", "expires": date(2022, 1, 1), "now": MONDAY}
    override_verdict(place, "192.0.2.130:443", "fixed", case_id=CASE, **how)  # type: ignore[arg-type]  # as above
    with pytest.raises(AskError, match=r"192\.0\.2\.130:443"):
        approve_plan(place, plan, by="B. Sample", now=MONDAY + timedelta(hours=1))


def test_a_new_registry_holds_a_plan_up_until_it_is_known_whom_it_changes(place: Workspace, tmp_path: Path) -> None:
    plan = planned(place).view.filed.id
    moved = (REGISTRY + MORE).replace("it@bakery.example", "office@bakery.example")
    import_text(place, tmp_path, moved, now=MONDAY + timedelta(minutes=1))
    with pytest.raises(AskError, match="were judged before") as caught:
        approve_plan(place, plan, by="B. Sample", now=MONDAY + timedelta(hours=1))
    assert "tocsin rejudge" in caught.value.remedy
    list(rejudge(place, clock=clock_from(MONDAY + timedelta(hours=1))))
    assert approve_plan(place, plan, by="B. Sample", now=MONDAY + timedelta(hours=2)) == 3
    gone = moved.replace("203.0.113.0/24", "203.0.113.128/25")
    import_text(place, tmp_path, gone, now=MONDAY + timedelta(hours=3))
    list(rejudge(place, clock=clock_from(MONDAY + timedelta(hours=3))))
    assert carried(place, plan, now=MONDAY + timedelta(hours=4)).called_off == 1


@pytest.mark.parametrize("column", ["address", "items", "contact", "channel", "message_id"])
def test_a_plan_whose_notices_were_changed_in_the_desk_does_not_go(place: Workspace, column: str) -> None:
    one, other = (planned(place).view.filed.id for _ in range(2))
    approve_plan(place, one, by="B. Sample", now=MONDAY - timedelta(seconds=1))
    with open_desk(place.desk_url).begin() as connection:
        kept = connection.scalars(sa.select(notices.c[column]).where(notices.c.plan == one)).first()
        changed = "[]" if column == "items" else f"{kept}x"
        if column == "contact":  # a row that is there, as the database asks
            changed = connection.scalars(sa.select(contacts.c.id).where(contacts.c.id != kept)).first()
        connection.execute(sa.update(notices).values({column: changed}))
    with pytest.raises(AskError, match="were changed in the desk"):
        approve_plan(place, other, by="B. Sample", now=MONDAY)
    with pytest.raises(AskError, match="were changed in the desk"):
        carried(place, one, now=MONDAY)
    assert not (place.root / "outbox").exists()
