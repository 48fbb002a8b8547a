"""Answers on the desk: kept once, with what they bring about, and settled once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from tests.store.noticing import CONTACT, NOW, NUMBER, OTHER, add_notice

from tocsin.notices.answers import Answer, Via
from tocsin.remediation.overlay import Override
from tocsin.store.answers import (
    Given,
    Kept,
    Mending,
    list_answers,
    load_answer,
    reopen_answer,
    save_answer,
    settle_answer,
)
from tocsin.store.audit import list_entries, verify
from tocsin.store.overrides import all_overrides
from tocsin.store.schema import answers, contact_notes, notice_events, suppressions

NONE = Override(
    what="assignment", case_id=None, ip_hi=0, ip_lo=7, port=443, value="none", reason="said so", author="A. Officer"
)
MENDING = Mending(overrides=[NONE], begins=date(2021, 3, 1), expires=date(2022, 3, 1), sets_contact_aside=True)


def answer(
    desk: Engine, what: Answer, *, via: Via = Via.PAGE, words: str = "", number: str = NUMBER, author: str = "recipient"
) -> Kept | None:
    return save_answer(desk, number, what, via=via, words=words, author=author, now=NOW)


def settle(desk: Engine, given: Given, mending: Mending = MENDING) -> tuple[int, ...] | None:
    return settle_answer(desk, given, mending, reason="by phone", author="A. Officer", now=NOW)


def count(desk: Engine, table: sa.Table) -> int:
    with desk.connect() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


def whats(desk: Engine, table: sa.Table) -> list[str]:
    with desk.connect() as connection:
        return list(connection.scalars(sa.select(table.c.what).order_by(table.c.id)))


def test_an_answer_is_an_event_of_its_notice_and_in_the_audit_log(desk: Engine) -> None:
    add_notice(desk)
    kept = answer(desk, Answer.FIXED, words="done on Sunday")
    assert kept is not None
    assert kept.is_new
    assert whats(desk, notice_events) == ["queued", "accepted", "answered"]
    assert [(each.what, each.subject) for each in list_entries(desk)] == [("answer", f"notice:{NUMBER}")]
    assert verify(desk).broken is None


def test_the_same_link_twice_is_one_answer(desk: Engine) -> None:
    add_notice(desk)
    first, again = answer(desk, Answer.STOP), answer(desk, Answer.STOP, words="again")
    assert first is not None
    assert again is not None
    assert (again.id, again.at, again.is_new) == (first.id, first.at, False)
    assert [count(desk, table) for table in (answers, suppressions)] == [1, 1]


def test_many_clicks_at_once_are_one_answer(desk: Engine) -> None:
    add_notice(desk)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: answer(desk, Answer.NOT_OURS), range(24)))
    assert sum(kept.is_new for kept in found if kept) == 1
    assert len({kept.id for kept in found if kept}) == 1
    assert count(desk, answers) == 1
    assert verify(desk).broken is None


def test_different_answers_to_one_notice_are_kept_each(desk: Engine) -> None:
    add_notice(desk)
    for what in Answer:
        assert answer(desk, what) is not None
    assert whats(desk, answers) == list(Answer)


def test_what_an_officer_enters_is_kept_each_time(desk: Engine) -> None:
    add_notice(desk)
    answer(desk, Answer.FIXED)
    for _ in range(2):
        kept = answer(desk, Answer.FIXED, via=Via.PERSON, words="on the phone", author="A. Officer")
        assert kept is not None
        assert kept.is_new
    assert count(desk, answers) == 3


def test_an_unknown_notice_takes_no_answer(desk: Engine) -> None:
    add_notice(desk)
    assert answer(desk, Answer.STOP, number=OTHER) is None
    assert [count(desk, table) for table in (answers, suppressions)] == [0, 0]
    assert list_entries(desk) == []


def test_stop_suppresses_the_address_in_lower_case(desk: Engine) -> None:
    add_notice(desk, address="Security@Council.example")
    answer(desk, Answer.STOP)
    assert whats(desk, suppressions) == ["security@council.example"]
    assert [each.what for each in list_entries(desk)] == ["suppression", "answer"]


@pytest.mark.parametrize("what", [each for each in Answer if each is not Answer.STOP])
def test_no_other_answer_suppresses(desk: Engine, what: Answer) -> None:
    add_notice(desk)
    answer(desk, what)
    assert count(desk, suppressions) == 0


def test_the_queue_holds_what_a_person_must_mend(desk: Engine) -> None:
    add_notice(desk)
    for what in Answer:
        answer(desk, what)
    assert [each.answer for each in list_answers(desk)] == [Answer.NOT_OURS, Answer.WRONG_CONTACT, Answer.NEED_HELP]
    assert len(list_answers(desk, every=True)) == 5
    given = list_answers(desk)[0]
    assert (given.constituent, given.contact, given.services) == (
        "council",
        CONTACT,
        ("192.0.2.17:443", "[2001:db8::7]:25"),
    )


def test_settling_makes_overrides_and_sets_the_contact_aside_in_one_go(desk: Engine) -> None:
    add_notice(desk)
    answer(desk, Answer.NOT_OURS)
    (given,) = list_answers(desk)
    assert settle(desk, given) == (1,)
    assert list_answers(desk) == []
    assert [(each.override, each.begins_on) for each in all_overrides(desk)] == [(NONE, "2021-03-01")]
    assert whats(desk, contact_notes) == ["set_aside"]
    settled = load_answer(desk, given.id)
    assert settled is not None
    ((what, outcome, author, _),) = settled.events
    assert (what, outcome, author) == ("settled", "override 1: none; contact set aside; by phone", "A. Officer")
    assert [each.what for each in list_entries(desk)] == ["answer", "contact set aside", "answer settled"]


def test_two_officers_settle_it_once(desk: Engine) -> None:
    add_notice(desk)
    answer(desk, Answer.NOT_OURS)
    (given,) = list_answers(desk)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: settle(desk, given), range(8)))
    assert sum(each is not None for each in made) == 1
    assert len(all_overrides(desk)) == 1


def test_what_cannot_be_saved_leaves_nothing_behind(desk: Engine) -> None:
    add_notice(desk)
    answer(desk, Answer.NOT_OURS)
    (given,) = list_answers(desk)
    with desk.begin() as connection:
        connection.execute(sa.text("DROP TABLE contact_notes"))
    with pytest.raises(sa.exc.DBAPIError):
        settle(desk, given)
    assert all_overrides(desk) == []
    assert [each.answer for each in list_answers(desk)] == [Answer.NOT_OURS]


def test_a_settled_answer_is_reopened_once(desk: Engine) -> None:
    add_notice(desk)
    answer(desk, Answer.NEED_HELP)
    (given,) = list_answers(desk)
    who = {"reason": "they called again", "author": "B. Officer", "now": NOW + timedelta(days=1)}
    assert not reopen_answer(desk, given, **who)  # type: ignore[arg-type]  # one dict for both calls
    settle(desk, given, Mending())
    assert reopen_answer(desk, given, **who)  # type: ignore[arg-type]
    (again,) = list_answers(desk)
    assert [what for what, *_ in again.events] == ["settled", "reopened"]
