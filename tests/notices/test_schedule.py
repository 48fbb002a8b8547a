"""No more a minute than the rates allow, and only while a country is at work."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.notices.planned import CALENDAR, NOW

from tocsin.notices import Policy
from tocsin.notices.calendar import next_open
from tocsin.notices.schedule import Schedule


def test_with_room_mail_goes_at_once() -> None:
    assert Schedule(Policy(), CALENDAR).place(NOW, country="GB", domain="a.example") == NOW


def test_one_domain_waits_while_others_go() -> None:
    schedule = Schedule(Policy(per_domain_per_minute=1), CALENDAR)
    a = [schedule.place(NOW, country="GB", domain="a.example") for _ in range(3)]
    assert a == [NOW, NOW + timedelta(minutes=1), NOW + timedelta(minutes=2)]
    assert schedule.place(NOW, country="GB", domain="b.example") == NOW


def test_what_does_not_fit_into_the_day_goes_the_next() -> None:
    schedule = Schedule(Policy(in_all_per_minute=1), CALENDAR)
    late = datetime(2021, 3, 15, 17, 59, tzinfo=UTC)
    assert schedule.place(late, country="GB", domain="a.example") == late
    assert schedule.place(late, country="GB", domain="b.example") == datetime(2021, 3, 16, 8, tzinfo=UTC)


@given(
    st.lists(st.tuples(st.integers(0, 4000), st.sampled_from(["a", "b", "c"])), max_size=60),
    st.integers(1, 3),
    st.integers(1, 3),
)
def test_the_rates_hold_and_nobody_is_early(asked: list[tuple[int, str]], in_all: int, per_domain: int) -> None:
    policy = Policy(in_all_per_minute=in_all, per_domain_per_minute=per_domain)
    schedule = Schedule(policy, CALENDAR)
    every, domains = Counter[datetime](), Counter[tuple[str, datetime]]()
    for minutes, domain in asked:
        earliest = NOW + timedelta(minutes=minutes, seconds=7)
        given_ = schedule.place(earliest, country="GB", domain=domain)
        assert given_ >= earliest
        assert next_open(given_, "GB", policy, CALENDAR) == given_
        minute = given_.replace(second=0)
        every[minute] += 1
        domains[domain, minute] += 1
    assert max(every.values(), default=0) <= in_all
    assert max(domains.values(), default=0) <= per_domain
