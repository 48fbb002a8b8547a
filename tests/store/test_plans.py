"""Plans on the desk: kept whole, approved once, cancelled with what has not left."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from tests.notices.planned import NOW
from tests.store.planned import CASE, WITHHELD, keep, notice
from tests.store.queued import FAST

from tocsin.notices import Kind, Plan, Policy
from tocsin.notices.waves import Waves
from tocsin.store.audit import list_entries, verify
from tocsin.store.clock import instant_text
from tocsin.store.desk import open_desk
from tocsin.store.notices import add_event, load_notice, load_notices
from tocsin.store.outbox import begin_handing, take
from tocsin.store.plans import Outcome, approve, cancel, list_plans, load_plan, save_correction
from tocsin.store.schema import contacts, outbox, plans

HOUR = timedelta(hours=1)


def approved(desk: Engine, plan: str = "p1", *, late: timedelta = HOUR) -> tuple[Outcome, int]:
    moments = {each.notice.number: NOW + HOUR for each in load_notices(desk, plan=plan)}
    return approve(desk, plan, author="B. Sample", moments=moments, deadline=72 * HOUR, now=NOW + late)


def test_a_plan_is_read_as_it_was_kept(desk: Engine) -> None:
    waves = Waves(seed="5eed", count=2, days=2, approver="A. Officer", sizes=(1, 1))
    kept = keep(desk, notice("a"), notice("b", to="bakery"), waves=waves)
    assert load_plan(desk, "p1") == kept
    assert (kept.state, kept.notices, kept.withheld) == ("planned", 2, (WITHHELD,))
    assert kept.waves is not None
    assert kept.waves["sizes"] == [1, 1]
    assert load_plan(desk, "p2") is None


def test_plans_are_listed_in_their_order_and_by_case(desk: Engine) -> None:
    keep(desk, notice("a"), made_at=NOW + HOUR)
    keep(desk, plan="p0")
    keep(desk, plan="p2", case_id="other")
    assert [each.id for each in list_plans(desk)] == ["p0", "p2", "p1"]
    assert [each.notices for each in list_plans(desk, case_id=CASE)] == [0, 1]


def test_contacts_of_the_registry_are_kept_once(desk: Engine) -> None:
    keep(desk, notice("a"))
    keep(desk, notice("b", plan="p2"), plan="p2")
    with desk.connect() as connection:
        assert [row.subject for row in connection.execute(sa.select(contacts))] == ["constituent:council"]


def test_approving_queues_every_mail_once(desk: Engine) -> None:
    keep(desk, notice("a"), notice("b", to="bakery"), notice("c", to="mill", channel="phone"))
    assert approved(desk) == (Outcome.DONE, 3)
    with desk.connect() as connection:
        rows = connection.execute(sa.select(outbox).order_by(outbox.c.notice)).all()
    assert [(row.notice, row.state, row.attempts, row.domain) for row in rows] == [
        ("a", "waiting", 0, "council.example"),
        ("b", "waiting", 0, "bakery.example"),
    ]
    assert {(row.next_at, row.deadline) for row in rows} == {(instant_text(NOW + HOUR), instant_text(NOW + 73 * HOUR))}
    assert [event.what for each in load_notices(desk, plan="p1") for event in each.events] == ["queued"] * 3
    assert approved(desk) == (Outcome.APPROVED, 0)
    assert [entry.what for entry in list_entries(desk)] == ["planned", "approved"]
    assert approved(desk, "p9") == (Outcome.UNKNOWN, 0)


def test_a_plan_made_before_another_was_approved_is_overtaken(desk: Engine) -> None:
    keep(desk, notice("a"))
    keep(desk, notice("b", plan="p2"), plan="p2", made_at=NOW + HOUR / 2)
    keep(desk, notice("c", plan="p3"), plan="p3", made_at=NOW + 2 * HOUR)
    assert approved(desk, "p2")[0] is Outcome.DONE
    assert approved(desk, "p1")[0] is Outcome.OVERTAKEN
    assert approved(desk, "p3", late=3 * HOUR)[0] is Outcome.DONE


def correction(number: str, plan: str, of: str = "a") -> Plan:
    made = replace(notice(number, plan=plan), kind=Kind.CORRECTION, corrects=of)
    day = date(2021, 3, 14)
    return Plan(
        id=plan, case_id=CASE, as_of=day, made_at=NOW + HOUR, made_by="A. Officer", notices=(made,), withheld=(),
        versions=(),
    )  # fmt: skip


def test_a_correction_neither_overtakes_other_plans_nor_is_overtaken(desk: Engine) -> None:
    keep(desk, notice("a"))
    keep(desk, notice("b", plan="p2"), plan="p2")
    assert save_correction(desk, correction("c", "p3"), policy=Policy(), reason="not theirs")
    assert save_correction(desk, correction("d", "p4", of="b"), policy=Policy(), reason="not theirs")
    assert approved(desk, "p3", late=2 * HOUR)[0] is Outcome.DONE
    assert approved(desk, "p2", late=2 * HOUR)[0] is Outcome.DONE
    assert approved(desk, "p1", late=2 * HOUR)[0] is Outcome.OVERTAKEN
    assert approved(desk, "p4", late=2 * HOUR)[0] is Outcome.DONE


def test_a_correction_and_what_it_takes_back_are_kept_together_and_once(desk: Engine) -> None:
    keep(desk, notice("a"))
    assert save_correction(desk, correction("c", "p3"), policy=Policy(), reason="not theirs")
    assert not save_correction(desk, correction("d", "p4"), policy=Policy(), reason="again")
    assert [each.id for each in list_plans(desk)] == ["p1", "p3"]
    told = [event.what for each in load_notices(desk, plan="p1") for event in each.events]
    assert (told, [each.what for each in list_entries(desk)]) == (["retracted"], ["planned", "planned", "retracted"])


def test_a_correction_that_cannot_be_kept_takes_nothing_back(desk: Engine) -> None:
    keep(desk, notice("a"))
    with pytest.raises(sa.exc.IntegrityError):
        save_correction(desk, correction("a", "p3"), policy=Policy(), reason="its number is there already")
    assert [event.what for each in load_notices(desk, plan="p1") for event in each.events] == []
    assert [each.id for each in list_plans(desk)] == ["p1"]


def test_of_many_who_approve_at_once_one_does(desk: Engine, desk_url: str) -> None:
    keep(desk, *(notice(f"n{number}", to=f"c{number}") for number in range(20)))
    keep(desk, notice("x", plan="p2", to="c1"), plan="p2")

    def one(number: int) -> Outcome:
        own = open_desk(desk_url)
        try:
            return approved(own, "p1" if number % 2 else "p2")[0]
        finally:
            own.dispose()

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(one, range(6)))
    assert found.count(Outcome.DONE) == 1
    assert verify(desk).broken is None
    with desk.connect() as connection:
        queued = connection.scalar(sa.select(sa.func.count()).select_from(outbox))
    assert queued in (1, 20)


def test_a_plan_nobody_approved_is_cancelled(desk: Engine) -> None:
    keep(desk, notice("a"))
    assert cancel(desk, "p1", author="B. Sample", reason="wrong", now=NOW) == (Outcome.DONE, 1)
    assert approved(desk)[0] is Outcome.CANCELLED
    assert cancel(desk, "p1", author="B. Sample", reason="wrong", now=NOW) == (Outcome.CANCELLED, 0)
    found = load_plan(desk, "p1")
    assert found is not None
    assert (found.state, found.events[0].reason) == ("cancelled", "wrong")


def test_cancelling_an_approved_plan_stops_what_waits_and_leaves_what_left(desk: Engine) -> None:
    keep(desk, notice("a"), notice("b", to="bakery"), notice("c", to="mill", channel="phone"))
    approved(desk)
    with desk.begin() as connection:
        connection.execute(sa.update(outbox).where(outbox.c.notice == "a").values(state="done"))
    add_event(desk, "a", "accepted", "250 ok", "tocsin", NOW + HOUR)
    assert cancel(desk, "p1", author="B. Sample", reason="wrong", now=NOW + 2 * HOUR) == (Outcome.DONE, 2)
    stands = {each.notice.number: str(each.standing(NOW.date())) for each in load_notices(desk, plan="p1")}
    assert stands == {"a": "accepted", "b": "cancelled", "c": "cancelled"}
    with desk.connect() as connection:
        states = {row.notice: row.state for row in connection.execute(sa.select(outbox))}
    assert states == {"a": "done", "b": "failed"}


def test_cancelling_takes_back_what_went_no_further_than_the_outbox_folder(desk: Engine) -> None:
    keep(desk, *(notice(name, to=name) for name in ("folder", "posted", "heard")))
    approved(desk)
    with desk.begin() as connection:
        connection.execute(sa.update(outbox).values(state="done"))
    for name in ("folder", "posted", "heard"):
        add_event(desk, name, "written", f"written: {name}.eml", "tocsin", NOW + HOUR)
    add_event(desk, "posted", "written", "to to-post", "A. Officer", NOW + HOUR)
    add_event(desk, "heard", "answered", "fixed", "recipient", NOW + HOUR)
    assert cancel(desk, "p1", author="B. Sample", reason="[smtp] is set up", now=NOW + 2 * HOUR) == (Outcome.DONE, 1)
    stands = {each.notice.number: str(each.standing(NOW.date())) for each in load_notices(desk, plan="p1")}
    assert stands == {"folder": "cancelled", "posted": "written", "heard": "answered"}


def test_a_plan_that_cannot_be_kept_whole_is_not_kept(desk: Engine) -> None:
    keep(desk, notice("a"))
    with pytest.raises(sa.exc.IntegrityError):
        keep(desk, notice("b", plan="p2"), notice("a", plan="p2"), plan="p2")
    assert load_plan(desk, "p2") is None
    assert load_notice(desk, "b") is None
    with desk.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(plans)) == 1
    assert len(list_entries(desk)) == 1


def test_what_a_sender_only_leased_does_not_leave_after_the_plan_is_cancelled(desk: Engine) -> None:
    keep(desk, notice("a"), notice("b", to="bakery"))
    approved(desk)
    assert len(take(desk, "p1", lease="one", limit=5, pace=FAST, now=NOW + HOUR)) == 2
    assert begin_handing(desk, ["a"], lease="one", now=NOW + HOUR) == {"a"}
    assert cancel(desk, "p1", author="B. Sample", reason="wrong", now=NOW + HOUR) == (Outcome.DONE, 1)
    assert begin_handing(desk, ["b"], lease="one", now=NOW + HOUR) == set()
