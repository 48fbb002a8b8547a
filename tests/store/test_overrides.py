"""Which overrides are in force on a day, and which were known to be."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.engine import Engine

from tocsin.remediation.overlay import Override
from tocsin.store.overrides import all_overrides, overrides_ever, overrides_in_force, save_override, withdraw_override

MADE = datetime(2021, 3, 10, 8, tzinfo=UTC)
LATER = datetime(2021, 3, 12, 8, tzinfo=UTC)
EXPIRES = date(2021, 3, 31)
VERDICT = Override(
    what="verdict",
    case_id="case",
    ip_hi=0x20010DB8_00000000,
    ip_lo=-7,
    port=443,
    value="fixed",
    reason="seen on site",
    author="A. Officer",
)
ASSIGNMENT = Override(
    what="assignment",
    case_id=None,
    ip_hi=0,
    ip_lo=7,
    port=None,
    value="council",
    reason="they said so",
    author="A. Officer",
)


def save(desk: Engine, override: Override = VERDICT) -> int:
    return save_override(desk, override, expires=EXPIRES, now=MADE)


def in_force(
    desk: Engine, case_id: str = "case", *, as_of: date = EXPIRES, known_at: datetime | None = None
) -> list[Override]:
    return overrides_in_force(desk, case_id, as_of=as_of, known_at=known_at)


@pytest.mark.parametrize("override", [VERDICT, ASSIGNMENT])
def test_a_saved_override_comes_back_whole(desk: Engine, override: Override) -> None:
    save(desk, override)
    assert in_force(desk) == [override]


def test_it_counts_on_its_last_day(desk: Engine) -> None:
    save(desk)
    assert in_force(desk, as_of=date(2021, 3, 31)) == [VERDICT]


def test_what_was_seen_in_april_does_not_change_a_day_in_march(desk: Engine) -> None:
    save_override(desk, VERDICT, begins=date(2021, 3, 20), expires=EXPIRES, now=MADE)
    assert in_force(desk, as_of=date(2021, 3, 19)) == []
    assert in_force(desk, as_of=date(2021, 3, 20)) == [VERDICT]


def test_without_a_first_day_it_counts_from_the_day_it_is_made(desk: Engine) -> None:
    save(desk)
    assert in_force(desk, as_of=date(2021, 3, 9)) == []
    assert in_force(desk, as_of=date(2021, 3, 10)) == [VERDICT]
    assert all_overrides(desk)[0].begins_on == "2021-03-10"


def test_it_does_not_count_the_day_after(desk: Engine) -> None:
    save(desk)
    assert in_force(desk, as_of=date(2021, 4, 1)) == []


def test_a_verdict_bears_on_its_own_case_alone(desk: Engine) -> None:
    save(desk)
    assert in_force(desk, "another") == []


def test_one_without_a_case_bears_on_every_case(desk: Engine) -> None:
    save(desk, ASSIGNMENT)
    assert in_force(desk, "another") == [ASSIGNMENT]


def test_they_come_oldest_first_so_that_the_latest_wins(desk: Engine) -> None:
    save(desk, ASSIGNMENT)
    save(desk)
    assert in_force(desk) == [ASSIGNMENT, VERDICT]


def test_before_it_was_made_nobody_knew_of_it(desk: Engine) -> None:
    save(desk)
    assert in_force(desk, known_at=datetime(2021, 3, 10, 7, tzinfo=UTC)) == []
    assert in_force(desk, known_at=MADE) == [VERDICT]


def test_a_withdrawn_one_no_longer_counts(desk: Engine) -> None:
    withdraw_override(desk, save(desk), by="B. Officer", now=LATER)
    assert in_force(desk) == []


def test_a_withdrawn_one_counts_where_nobody_knew_of_the_withdrawal(desk: Engine) -> None:
    withdraw_override(desk, save(desk), by="B. Officer", now=LATER)
    assert in_force(desk, known_at=datetime(2021, 3, 11, tzinfo=UTC)) == [VERDICT]
    assert in_force(desk, known_at=LATER) == []


def test_a_withdrawn_one_stays_on_record_with_who_and_when(desk: Engine) -> None:
    number = save(desk)
    withdraw_override(desk, number, by="B. Officer", now=LATER)
    (entry,) = all_overrides(desk)
    assert (entry.id, entry.override, entry.expires_on) == (number, VERDICT, "2021-03-31")
    assert (entry.withdrawn_by, entry.withdrawn_at) == ("B. Officer", "2021-03-12T08:00:00.000000+00:00")


def test_withdrawing_ends_that_one_alone(desk: Engine) -> None:
    first = save(desk)
    save(desk, ASSIGNMENT)
    assert withdraw_override(desk, first, by="B. Officer", now=LATER)
    assert in_force(desk) == [ASSIGNMENT]


def test_what_was_withdrawn_cannot_be_withdrawn_again(desk: Engine) -> None:
    number = save(desk)
    withdraw_override(desk, number, by="B. Officer", now=LATER)
    assert not withdraw_override(desk, number, by="C. Officer", now=LATER)
    assert all_overrides(desk)[0].withdrawn_by == "B. Officer"


def test_one_that_never_was_cannot_be_withdrawn(desk: Engine) -> None:
    assert not withdraw_override(desk, 7, by="B. Officer", now=LATER)


def test_all_are_listed_oldest_first_expired_or_not(desk: Engine) -> None:
    numbers = [save(desk, ASSIGNMENT), save(desk)]
    assert [entry.id for entry in all_overrides(desk)] == numbers


def test_overrides_of_every_day_are_told_with_their_days(desk: Engine) -> None:
    save_override(desk, VERDICT, begins=date(2021, 3, 1), expires=date(2021, 3, 2), now=MADE)
    save_override(desk, ASSIGNMENT, begins=date(2021, 4, 1), expires=date(2021, 4, 2), now=LATER)
    ever = overrides_ever(desk, "case", known_at=None)
    assert [(entry.begins_on, entry.expires_on) for entry in ever] == [
        ("2021-03-01", "2021-03-02"),
        ("2021-04-01", "2021-04-02"),
    ]
    assert [entry.override for entry in overrides_ever(desk, "another case", known_at=None)] == [ASSIGNMENT]
    assert [entry.override for entry in overrides_ever(desk, "case", known_at=MADE)] == [VERDICT]


def test_a_withdrawn_override_was_one_until_then(desk: Engine) -> None:
    number = save(desk)
    withdraw_override(desk, number, by="B. Officer", now=LATER)
    assert overrides_ever(desk, "case", known_at=None) == []
    assert [entry.id for entry in overrides_ever(desk, "case", known_at=MADE)] == [number]
