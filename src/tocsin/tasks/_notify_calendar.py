"""The world's business days and times, as the planner asks for them."""

from __future__ import annotations

from datetime import UTC, date, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tocsin.errors import WorkspaceError
from tocsin.notices.calendar import Calendar, is_weekday, zone_name


def real_calendar() -> Calendar:
    """By the library ``holidays``; Monday to Friday for countries that it does not know, and for none.

    Raises ``WorkspaceError`` when it is not installed.
    """
    try:
        import holidays
    except ImportError as error:
        raise WorkspaceError(
            f"planning needs a library that is not installed: {error.name}", remedy="pip install 'tocsin[notify]'"
        ) from error

    @cache
    def country_days(country: str) -> holidays.HolidayBase | None:
        try:
            return holidays.country_holidays(country) if country else None
        except NotImplementedError:
            return None

    @cache
    def is_business_day(country: str, day: date) -> bool:
        days = country_days(country)
        return is_weekday(country, day) if days is None else bool(days.is_working_day(day))

    return Calendar(is_business_day=is_business_day, zone_of=_zone_of)


@cache
def _zone_of(country: str) -> tzinfo:
    """UTC where a country has several times, or where the machine has no time zones."""
    try:
        name = zone_name(country)
        return ZoneInfo(name) if name else UTC
    except ZoneInfoNotFoundError:
        return UTC
