"""What a purge leaves of notices: figures still add up, the audit log holds, and nobody can tell whose they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from tests.notices.test_notice import ITEM
from tests.store.planned import CASE, NOW, keep, notice

from tocsin.notices.answers import Answer, Via
from tocsin.notices.pace import Pace
from tocsin.store.answers import list_answers, save_answer
from tocsin.store.audit import list_entries, verify
from tocsin.store.clock import instant_text
from tocsin.store.confirmations import find_gone
from tocsin.store.contacts import FORGOTTEN, load_contacts
from tocsin.store.forgetting import count_told, count_told_before, forget_files, forget_told, forget_told_before
from tocsin.store.letters import posted_by
from tocsin.store.notices import add_event, load_notices
from tocsin.store.outbox import begin_handing, take
from tocsin.store.outbox_state import settle
from tocsin.store.plans import approve, is_as_planned, load_plan
from tocsin.store.reach import load_told
from tocsin.store.schema import answer_events, audit, letters_in, metadata, notices, outbox
from tocsin.store.suppressions import add_suppression, end_suppression, list_suppressions

LATER = NOW + timedelta(days=1)
END = datetime(2021, 12, 31, tzinfo=UTC)
ON = date(2021, 3, 20)
FAST = Pace(in_all=10_000, per_domain=10_000)
SERVER = {"a": "outlook.council.example", "b": "mx.bakery.example"}
THEIRS = ("council", "192.0.2.17", "outlook", "sorry", "J. Clerk")


@pytest.fixture
def told(desk: Engine) -> Engine:
    """A plan to the council (told, answered, bounced) and the bakery, and a letter of the council's clerk."""
    keep(desk, notice("a"), notice("b", to="bakery", items=[replace(ITEM, address="192.0.2.99", hostname="")]))
    approve(desk, "p1", author="B", moments=dict.fromkeys("ab", NOW), deadline=timedelta(days=2), now=NOW)
    for number in "ab":
        add_event(desk, number, "accepted", f"250 {SERVER[number]} took it", "tocsin", NOW)
    with desk.begin() as connection:
        connection.execute(sa.update(outbox).values(state="done"))
        for id_, number in (("l1", "a"), ("l2", None)):
            moment = instant_text(NOW)
            words = {"sender": "J. Clerk <security@council.example>", "subject": "sorry", "summary": "sorry"}
            when = {"received_at": moment, "collected_at": moment}
            connection.execute(sa.insert(letters_in).values(id=id_, notice=number, kind="reply", **words, **when))
    save_answer(desk, "a", Answer.NOT_OURS, via=Via.PAGE, words="sorry, J. Clerk", author="recipient", now=NOW)
    return desk


def forget(desk: Engine, constituent: str = "council", domains: tuple[str, ...] = ()) -> int:
    with desk.begin() as connection:
        return forget_told(connection, constituent, domains, now=LATER)


def everything(desk: Engine) -> str:
    """All that the desk holds, but for contacts, which are forgotten elsewhere."""
    with desk.connect() as connection:
        tables = [table for table in metadata.sorted_tables if table.name not in ("contacts", "suppressions")]
        return "\n".join(str(tuple(row)) for table in tables for row in connection.execute(sa.select(table)))


def test_nothing_tells_whose_the_notices_were(told: Engine) -> None:
    assert all(word in everything(told) for word in THEIRS)
    assert (count_told(told, "council"), forget(told), count_told(told, "council")) == (1, 1, 0)
    assert [line for line in everything(told).splitlines() if any(word in line for word in THEIRS)] == []


def test_the_others_stay_whole(told: Engine) -> None:
    before = load_notices(told, plan="p1")
    forget(told)
    assert load_notices(told, plan="p1") == [each for each in before if each.notice.number == "b"]


def test_the_audit_log_holds_and_says_that_words_were_taken_out(told: Engine) -> None:
    add_event(told, "a", "replied", "", "tocsin", NOW)
    kept = verify(told).head
    forget(told)
    assert verify(told, kept=kept).broken is None
    silent = [(entry.what, entry.as_json()["detail"]) for entry in list_entries(told) if entry.salt is None]
    assert silent == [("answer", "forgotten")]
    assert list_entries(told)[-1].what == "notices forgotten"


def test_reach_counts_it_as_told_and_its_state_under_a_name_that_means_nothing(told: Engine) -> None:
    before = load_told(told, CASE, until=END, on=ON)
    forget(told)
    after = load_told(told, CASE, until=END, on=ON)
    (nobody,) = set(after) - {"bakery"}
    assert nobody.startswith("forgotten:")
    was, now = before["council"][0], after[nobody][0]
    assert (now.number, now.channel, now.standing, now.left_on, now.answer) == (
        was.number, was.channel, was.standing, was.left_on, was.answer,
    )  # fmt: skip
    assert (now.address, now.is_settled) == ("", True)


def test_the_number_can_still_be_checked_but_nothing_answered_or_threaded(told: Engine) -> None:
    forget(told)
    assert find_gone(told, "a") is not None
    assert save_answer(told, "a", Answer.STOP, via=Via.PAGE, words="", author="recipient", now=LATER) is None
    assert posted_by(told, [], ["a"]) == []
    assert list_answers(told) == []


def test_the_contact_in_its_place_is_nobodys_and_not_shown(told: Engine) -> None:
    forget(told)
    forget(told, "bakery")
    assert FORGOTTEN not in [each.contact.id for each in load_contacts(told)]


def test_what_waits_is_not_sent_nor_what_a_sender_has_not_handed_over(desk: Engine) -> None:
    keep(desk, notice("a"), notice("b"), notice("c", to="bakery"))
    moments = dict.fromkeys("abc", NOW)
    approve(desk, "p1", author="B", moments=moments, deadline=timedelta(days=2), now=NOW)
    taken = take(desk, "p1", lease="x", limit=1, pace=FAST, now=NOW)
    forget(desk)
    assert begin_handing(desk, [each.number for each in taken], lease="x", now=NOW) <= {"c"}
    rest = take(desk, "p1", lease="y", limit=9, pace=FAST, now=LATER)
    assert [each.number for each in rest] == ["c"]
    assert not settle(desk, "a", was_sent=True, reason="r", author="B", deadline=timedelta(days=1), now=LATER)
    settle(desk, "a", was_sent=False, reason="r", author="B", deadline=timedelta(days=1), now=LATER)
    assert take(desk, "p1", lease="z", limit=9, pace=FAST, now=LATER) == []


def test_a_plan_that_is_approved_afterwards_goes_to_the_others_only(desk: Engine) -> None:
    keep(desk, notice("a"), notice("c", to="bakery"))
    forget(desk)
    moments = {"c": NOW}
    done = approve(desk, "p1", author="B", moments=moments, deadline=timedelta(days=2), now=LATER)
    assert done[1] == 1
    assert [each.number for each in take(desk, "p1", lease="y", limit=9, pace=FAST, now=LATER)] == ["c"]


def test_a_plan_says_no_more_who_was_not_told(told: Engine) -> None:
    forget(told, "mill")
    plan = load_plan(told, "p1")
    assert plan is not None
    (left,) = plan.withheld
    assert left.constituent.startswith("forgotten:")
    assert (left.code, left.items, left.why) == ("told_recently", 2, "forgotten by a purge")


def test_an_address_that_is_not_written_to_stays_so_without_why_and_what_was_ended_goes(told: Engine) -> None:
    for what in ("security@council.example", "council.example", "bakery.example"):
        add_suppression(told, what, reason="J. Clerk rang", author="B. Officer", now=NOW)
    end_suppression(told, 2, author="B. Officer", now=NOW)
    forget(told, domains=("council.example",))
    assert [(each.what, each.reason) for each in list_suppressions(told)] == [
        ("security@council.example", "stays after a purge, so that nobody writes again"),
        ("bakery.example", "J. Clerk rang"),
    ]
    assert verify(told).broken is None


def test_by_age_goes_what_was_told_and_whose_it_was_stays(told: Engine) -> None:
    old, new = date(2021, 3, 22), date(2021, 3, 23)
    assert (count_told_before(told, old), count_told_before(told, new)) == (0, 2)
    with told.begin() as connection:
        assert forget_told_before(connection, new, now=LATER) == 2
    assert [word for word in ("192.0.2.17", "sorry", "security@") if word in everything(told)] == []
    after = load_told(told, CASE, until=END, on=ON)
    assert {name: len(each) for name, each in after.items()} == {"council": 1, "bakery": 1}
    assert (count_told_before(told, new), verify(told).broken) == (0, None)


def test_by_age_what_a_sender_has_stays_whole(desk: Engine) -> None:
    keep(desk, notice("a"))
    approve(desk, "p1", author="B", moments={"a": NOW}, deadline=timedelta(days=2), now=NOW)
    with desk.begin() as connection:
        assert forget_told_before(connection, date(2022, 1, 1), now=LATER) == 0
    assert load_notices(desk, plan="p1")[0].notice.items == (ITEM,)


def test_an_answer_that_waited_is_settled_once(told: Engine) -> None:
    forget(told)
    forget(told, "bakery")
    with told.connect() as connection:
        rows = connection.execute(sa.select(answer_events.c.what, answer_events.c.outcome)).all()
    assert [tuple(row) for row in rows] == [("settled", "forgotten by a purge")]


def test_letters_in_the_outbox_folder_go(told: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    folder.mkdir()
    for name in ("a.eml", "b.eml", "other.eml"):
        (folder / name).write_text("x")
    forget(told)
    assert forget_files(told, folder, folder / "none") == 1
    assert sorted(path.name for path in folder.iterdir()) == ["b.eml", "other.eml"]


def test_words_taken_out_by_another_hand_show(told: Engine) -> None:
    with told.begin() as connection:
        connection.execute(sa.update(audit).where(audit.c.number == 2).values(detail="", salt=None))
    assert (verify(told).broken, verify(told).why) == (2, "its detail was taken out, and no purge says so")


def test_two_purges_leave_two_names(told: Engine) -> None:
    forget(told)
    forget(told, "bakery")
    assert len(load_told(told, CASE, until=END, on=ON)) == 2


def test_a_plan_goes_to_the_others_after_a_purge_and_an_altered_one_still_does_not(desk: Engine) -> None:
    keep(desk, notice("a"), notice("b", to="bakery", items=[replace(ITEM, address="192.0.2.99", hostname="")]))
    forget(desk)
    assert is_as_planned(desk, "p1")
    with desk.begin() as connection:
        connection.execute(sa.update(notices).where(notices.c.number == "b").values(address="other@bakery.example"))
    assert not is_as_planned(desk, "p1")
    forget(desk, "bakery")
    assert not is_as_planned(desk, "p1")
