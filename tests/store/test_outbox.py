"""The queue: leases, pace, and what of it is on the disk before anything leaves."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from tests.store.queued import FAST, NOW, PLAN, events_of, make_plan, queue, state_of

from tocsin.notices.delivery import Outcome, Receipt
from tocsin.notices.pace import Pace
from tocsin.store.audit import verify
from tocsin.store.clock import instant_text
from tocsin.store.outbox import HANDING, LEASE, Taken, Tried, begin_handing, enqueue, give_back, keep, take
from tocsin.store.outbox_state import counts
from tocsin.store.schema import contact_notes, notice_events, notices, plan_events, suppressions

SECOND = timedelta(seconds=1)
ACCEPTED = Receipt(outcome=Outcome.ACCEPTED, text="queued as 4711", code=250)


def leased(desk: Engine, lease: str = "one", *, limit: int = 10, pace: Pace = FAST, now: object = NOW) -> list[Taken]:
    return take(desk, PLAN, lease=lease, limit=limit, pace=pace, now=now)  # type: ignore[arg-type]  # a moment


def test_a_plan_is_queued_once(desk: Engine) -> None:
    numbers = queue(desk, ["it@a.example", "it@b.example"])
    assert enqueue(desk, PLAN, deadline=timedelta(hours=1), author="A. Sender", now=NOW) == 0
    assert events_of(desk, numbers[0]) == ["queued"]
    assert counts(desk, PLAN) == {"waiting": 2}


def test_what_is_taken_is_not_taken_again_until_its_lease_runs_out(desk: Engine) -> None:
    queue(desk, ["it@a.example", "it@b.example"])
    assert len(leased(desk)) == 2
    assert leased(desk, "two", now=NOW + LEASE - SECOND) == []
    assert len(leased(desk, "two", now=NOW + LEASE)) == 2


def test_a_notice_goes_no_earlier_than_it_may(desk: Engine) -> None:
    queue(desk, ["it@a.example"], not_before=NOW + timedelta(hours=1))
    assert leased(desk) == []
    assert len(leased(desk, now=NOW + timedelta(hours=1))) == 1


def test_a_sender_whose_lease_ran_out_may_not_hand_over(desk: Engine) -> None:
    [number] = queue(desk, ["it@a.example"])
    leased(desk)
    assert begin_handing(desk, [number], lease="one", now=NOW + LEASE) == set()
    leased(desk, "two", now=NOW + LEASE)
    assert begin_handing(desk, [number], lease="one", now=NOW + LEASE) == set()
    assert begin_handing(desk, [number], lease="two", now=NOW + LEASE) == {number}


def test_what_is_being_handed_over_is_never_taken_again(desk: Engine) -> None:
    [number] = queue(desk, ["it@a.example"])
    leased(desk)
    assert begin_handing(desk, [number], lease="one", now=NOW) == {number}
    assert begin_handing(desk, [number], lease="one", now=NOW) == set(), "nor handed over twice by its own sender"
    assert leased(desk, "two", now=NOW + 10 * HANDING) == []


def test_accepted_refused_deferred_and_uncertain(desk: Engine) -> None:
    numbers = queue(desk, [f"it@{name}.example" for name in "abcde"])
    leased(desk)
    outcomes = [Outcome.ACCEPTED, Outcome.PERMANENT, Outcome.TEMPORARY, Outcome.UNCERTAIN, Outcome.NO_WAY]
    later = NOW + timedelta(minutes=1)
    tried = [
        Tried(number=number, receipt=Receipt(outcome=outcome, text="so it said", code=250), next_at=later)
        for number, outcome in zip(numbers, outcomes, strict=True)
    ]
    keep(desk, tried, lease="one", accepted_as="accepted", now=NOW)
    assert [state_of(desk, number) for number in numbers] == ["done", "failed", "waiting", "uncertain", "waiting"]
    assert [events_of(desk, number)[1:] for number in numbers] == [
        ["accepted"],
        ["refused"],
        ["deferred"],
        ["uncertain"],
        [],
    ]
    assert [(each.number, each.attempts) for each in leased(desk, "two")] == [(numbers[4], 0)], "the way was broken"
    assert [(each.number, each.attempts) for each in leased(desk, "two", now=later)] == [(numbers[2], 1)]
    assert verify(desk).broken is None
    assert verify(desk).rows == 5, "the queueing of the plan, and four tries"


def test_after_the_deadline_a_deferred_notice_has_failed(desk: Engine) -> None:
    [number] = queue(desk, ["it@a.example"])
    leased(desk)
    tried = Tried(number=number, receipt=Receipt(outcome=Outcome.TEMPORARY, text="greylisted", code=450))
    keep(desk, [tried], lease="one", accepted_as="accepted", now=NOW)
    assert state_of(desk, number) == "failed"
    assert events_of(desk, number) == ["queued", "refused"]


def test_what_a_sender_gives_back_is_taken_at_once_but_not_what_it_handed_over(desk: Engine) -> None:
    numbers = queue(desk, ["it@a.example", "it@b.example"])
    leased(desk)
    begin_handing(desk, numbers[:1], lease="one", now=NOW)
    assert give_back(desk, lease="one", now=NOW) == 1
    assert [each.number for each in leased(desk, "two")] == numbers[1:]


def test_the_pace_holds_over_all_senders_and_a_full_domain_keeps_nobody_waiting(desk: Engine) -> None:
    numbers = queue(desk, [*(f"a{n}@big.example" for n in range(40)), "it@small.example"])
    pace = Pace(in_all=600, per_domain=12)
    first = leased(desk, "one", limit=20, pace=pace)
    assert Counter(each.address.partition("@")[2] for each in first) == {"big.example": 2, "small.example": 1}
    assert leased(desk, "two", limit=20, pace=pace) == [], "what another has in hand counts"
    handed = begin_handing(desk, [each.number for each in first], lease="one", now=NOW)
    keep(desk, [Tried(number=n, receipt=ACCEPTED) for n in handed], lease="one", accepted_as="accepted", now=NOW)
    assert leased(desk, "two", limit=20, pace=pace, now=NOW + 5 * SECOND) == []
    assert len(leased(desk, "two", limit=20, pace=pace, now=NOW + 11 * SECOND)) == 2
    assert len(numbers) == 41


def test_who_was_suppressed_or_called_off_since_the_plan_is_not_written_to(desk: Engine) -> None:
    numbers = queue(desk, ["it@a.example", "it@mail.b.example", "it@c.example", "it@d.example"])
    with desk.begin() as connection:
        row = {"reason": "asked us to stop", "author": "A. Officer", "made_at": instant_text(NOW)}
        connection.execute(sa.insert(suppressions), [{**row, "what": "it@a.example"}, {**row, "what": "b.example"}])
        event = {
            "notice": numbers[2],
            "what": "retracted",
            "detail": "",
            "author": "A. Officer",
            "at": instant_text(NOW),
        }
        connection.execute(sa.insert(notice_events).values(event))
    assert [each.number for each in leased(desk)] == numbers[3:]
    assert [events_of(desk, number)[-1] for number in numbers[:3]] == ["cancelled"] * 3
    assert [state_of(desk, number) for number in numbers[:3]] == ["failed"] * 3


def test_a_contact_set_aside_since_is_written_to_no_more_but_for_a_correction(desk: Engine) -> None:
    numbers = queue(desk, [f"it@{name}.example" for name in "abc"])
    note = {"reason": "left the firm", "author": "A. Officer", "made_at": instant_text(NOW)}
    said = [("c0", "set_aside"), ("c1", "set_aside"), ("c1", "restored"), ("c2", "set_aside")]
    with desk.begin() as connection:
        rows = [{"contact": contact, "what": what, **note} for contact, what in said]
        connection.execute(sa.insert(contact_notes), rows)
        correction = sa.update(notices).where(notices.c.number == numbers[2]).values(kind="correction")
        connection.execute(correction)
    assert {each.number for each in leased(desk)} == set(numbers[1:])
    assert (state_of(desk, numbers[0]), events_of(desk, numbers[0])[-1]) == ("failed", "cancelled")


def test_a_cancelled_plan_stops_in_the_middle(desk: Engine) -> None:
    queue(desk, ["it@a.example", "it@b.example"])
    assert len(leased(desk, limit=1)) == 1
    with desk.begin() as connection:
        values = {"plan": PLAN, "what": "cancelled", "author": "A. Officer", "reason": "", "at": instant_text(NOW)}
        connection.execute(sa.insert(plan_events).values(values))
    assert leased(desk, "two") == []


def test_many_senders_at_once_never_take_the_same(desk: Engine) -> None:
    numbers = queue(desk, [f"it@o{n}.example" for n in range(120)])

    def send(lease: str) -> list[str]:
        mine = list[str]()
        while found := take(desk, PLAN, lease=lease, limit=7, pace=FAST, now=NOW):
            mine += begin_handing(desk, [each.number for each in found], lease=lease, now=NOW)
        return mine

    with ThreadPoolExecutor(4) as pool:
        found = [number for mine in pool.map(send, ["one", "two", "three", "four"]) for number in mine]
    assert sorted(found) == sorted(numbers)


def test_notices_by_post_are_not_queued(desk: Engine) -> None:
    make_plan(desk, ["it@a.example"])
    with desk.begin() as connection:
        connection.execute(sa.text("UPDATE notices SET channel = 'post'"))
    assert enqueue(desk, PLAN, deadline=timedelta(hours=1), author="A. Sender", now=NOW) == 0
