"""When mail may go: in the hours of the policy, on business days of the recipient's country, in its own time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from tocsin.notices._zones import ZONES
from tocsin.notices.policy import Policy

_FARTHEST_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What must be known of countries (codes of ISO 3166-1, or empty): their business days and their time."""

    is_business_day: Callable[[str, date], bool]
    zone_of: Callable[[str], tzinfo]


def is_weekday(_country: str, day: date) -> bool:
    """Monday to Friday: business days where nothing better is known."""
    return day.weekday() < 5


def zone_name(country: str) -> str | None:
    """The time zone of a country that keeps one time everywhere; ``None`` for others, whose mail goes by UTC."""
    return ZONES.get(country)


def next_open(moment: datetime, country: str, policy: Policy, calendar: Calendar) -> datetime:
    """The first moment from ``moment`` on at which mail may go there, in UTC.

    Raises ``ValueError`` when there is none within two months, as with a calendar without business days.
    """
    zone = calendar.zone_of(country)
    first = moment.astimezone(zone).date()
    for day in (first + timedelta(days=more) for more in range(_FARTHEST_DAYS)):
        if policy.business_days_only and not calendar.is_business_day(country, day):
            continue
        opens, closes = (
            datetime.combine(day, each, zone).astimezone(UTC) for each in (policy.opens, policy.closes)
        )  # in UTC: two times of one zone compare by what the clock shows, also where it is set back
        if moment < closes:
            return max(moment.astimezone(UTC), opens)
    raise ValueError(f"no business day in {country or 'no country'} within {_FARTHEST_DAYS} days of {first}")
