"""When mail may go."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

import pytest

from tocsin.notices import Policy
from tocsin.notices.calendar import Calendar, is_weekday, next_open, zone_name


def zone_of(country: str) -> tzinfo:
    name = zone_name(country)
    return ZoneInfo(name) if name else UTC


CALENDAR = Calendar(is_business_day=is_weekday, zone_of=zone_of)


def opens(moment: str, country: str, policy: Policy | None = None, calendar: Calendar = CALENDAR) -> str:
    found = next_open(datetime.fromisoformat(moment), country, policy or Policy(), calendar)
    assert found.tzinfo is UTC
    return found.isoformat()[:16]


@pytest.mark.parametrize(
    ("moment", "country", "opening"),
    [
        ("2021-03-15T10:00+00:00", "DE", "2021-03-15T10:00"),  # a Monday, eleven there
        ("2021-03-15T05:00+00:00", "DE", "2021-03-15T07:00"),
        ("2021-03-15T17:00+00:00", "DE", "2021-03-16T07:00"),  # closed at six
        ("2021-03-12T16:59+00:00", "DE", "2021-03-12T16:59"),
        ("2021-03-13T10:00+00:00", "DE", "2021-03-15T07:00"),  # a Saturday
        ("2021-03-14T23:30+00:00", "JP", "2021-03-14T23:30"),  # Monday there
        ("2021-03-27T10:00+00:00", "DE", "2021-03-29T06:00"),  # summer time began on the Sunday
        ("2021-03-13T10:00+00:00", "US", "2021-03-15T08:00"),  # many zones: by UTC
        ("2021-03-13T10:00+00:00", "", "2021-03-15T08:00"),
    ],
)
def test_it_is_the_recipients_day(moment: str, country: str, opening: str) -> None:
    assert opens(moment, country) == opening


def test_a_holiday_is_no_business_day() -> None:
    closed = Calendar(is_business_day=lambda _country, day: day != date(2021, 3, 15), zone_of=zone_of)
    assert opens("2021-03-15T10:00+00:00", "GB", calendar=closed) == "2021-03-16T08:00"


def test_a_policy_may_write_on_any_day_at_any_hour() -> None:
    policy = Policy(business_days_only=False, opens=time(0), closes=time(23, 59))
    assert opens("2021-03-14T03:00+00:00", "GB", policy) == "2021-03-14T03:00"


def test_an_hour_that_comes_twice_keeps_the_closing_time() -> None:
    late = Policy(business_days_only=False, opens=time(1), closes=time(2, 30))  # set back at three, to two
    assert opens("2021-10-31T00:45+00:00", "DE", late) == "2021-11-01T00:00"


def test_a_calendar_without_business_days_is_refused() -> None:
    never = Calendar(is_business_day=lambda _country, _day: False, zone_of=zone_of)
    with pytest.raises(ValueError, match="no business day in GB"):
        opens("2021-03-15T10:00+00:00", "GB", calendar=never)


def test_every_zone_named_is_one() -> None:
    from tocsin.notices._zones import ZONES

    assert {ZoneInfo(name).key for name in ZONES.values()} == set(ZONES.values())
    assert (zone_name("GB"), zone_name("US")) == ("Europe/London", None)
