"""Gives each notice its moment: when its recipient's country is at work, and no more a minute than the rates allow."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from tocsin.notices.calendar import Calendar, next_open
from tocsin.notices.policy import Policy

_ALL = ""
"""The key under which mail to all domains together is counted; no domain is empty."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


class Schedule:
    """Hands out moments in the order in which they are asked for."""

    def __init__(self, policy: Policy, calendar: Calendar) -> None:
        self._policy = policy
        self._calendar = calendar
        self._used = Counter[tuple[str, int]]()
        self._after = dict[tuple[str, int], int]()  # of a minute that is full, one after it that may not be
        self._open = dict[tuple[str, int], datetime]()

    def place(self, earliest: datetime, *, country: str, domain: str) -> datetime:
        """The first moment from ``earliest`` on for one more mail to ``domain``; it is then taken. In UTC."""
        moment = earliest.astimezone(UTC)
        while True:
            opening = self._next_open(moment, country)
            minute = (opening - _EPOCH) // _MINUTE
            free = max(self._free(_ALL, minute), self._free(domain, minute))
            if free == minute:
                self._take(_ALL, minute, self._policy.in_all_per_minute)
                self._take(domain, minute, self._policy.per_domain_per_minute)
                return opening
            moment = _EPOCH + free * _MINUTE

    def _next_open(self, moment: datetime, country: str) -> datetime:
        key = (country, (moment - _EPOCH) // _MINUTE)
        if key not in self._open:
            self._open[key] = next_open(_EPOCH + key[1] * _MINUTE, country, self._policy, self._calendar)
        return max(moment, self._open[key])

    def _take(self, key: str, minute: int, rate: int) -> None:
        self._used[key, minute] += 1
        if self._used[key, minute] >= rate:
            self._after[key, minute] = minute + 1

    def _free(self, key: str, minute: int) -> int:
        """The first minute from ``minute`` on with room; the way there is cut short for the next one."""
        begun = minute
        while (key, minute) in self._after:
            minute = self._after[key, minute]
        while begun != minute:
            self._after[key, begun], begun = minute, self._after[key, begun]
        return minute
