"""Look-ups on the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine
from tests.constituency.reaching import NOW

from tocsin.store.lookups import Lookup, add_lookup, fresh_questions, latest_answers, latest_lookup

DAY = timedelta(days=1)


def add(
    desk: Engine, asked: str, outcome: str = "answer", *, day: int = 0, days: int = 7, kind: str = "rdap"
) -> Lookup:
    moment = NOW + day * DAY
    lookup = Lookup(
        kind=kind,
        asked=asked,
        server="https://rdap.example",
        asked_at=moment,
        outcome=outcome,
        answer=f"{outcome} of day {day}",
        expires_at=moment + days * DAY,
    )
    with desk.begin() as connection:
        add_lookup(connection, lookup)
    return lookup


def test_what_was_asked_is_not_asked_again_before_it_expires(desk: Engine) -> None:
    add(desk, "192.0.2.7")
    add(desk, "192.0.2.8", days=1)
    add(desk, "council.example", kind="mx")
    assert fresh_questions(desk, "rdap", now=NOW + DAY / 2) == {"192.0.2.7", "192.0.2.8"}
    assert fresh_questions(desk, "rdap", now=NOW + 2 * DAY) == {"192.0.2.7"}


def test_a_failure_does_not_hide_the_answer_before_it(desk: Engine) -> None:
    first = add(desk, "192.0.2.7")
    last = add(desk, "192.0.2.7", "failed", day=8)
    assert latest_lookup(desk, "rdap", "192.0.2.7") == last
    assert list(latest_answers(desk, "rdap")) == [first]
    third = add(desk, "192.0.2.7", "nothing", day=9)
    assert list(latest_answers(desk, "rdap")) == [third]


def test_what_was_never_asked_is_not_known(desk: Engine) -> None:
    assert latest_lookup(desk, "rdap", "192.0.2.7") is None


def test_kinds_and_outcomes_are_fixed(desk: Engine) -> None:
    with pytest.raises(ValueError, match="whois"):
        add(desk, "192.0.2.7", kind="whois")
