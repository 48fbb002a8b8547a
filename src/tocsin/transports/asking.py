"""Asks strangers' servers politely: a rate for each of them, a pause when one asks for it, and an end to trying.

Nothing here decides what is asked. A question that was put off is no failure for good: it comes up again in the next
run. Source: RFC 9110, section 10.2.3 (Retry-After); RFC 6585, section 4 (429).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Lock
from urllib.parse import urlsplit

from tocsin.errors import DocumentError
from tocsin.transports.web import DeclinedError, Fetched, Patience, fetch

_PATIENCE = Patience(connect_seconds=5, read_seconds=10, total_seconds=20, most_bytes=2_000_000, redirects=4)
_BUSY = frozenset({429, 503})
_GONE = frozenset({404, 410})

Clock = Callable[[], datetime]
Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How often and how long.

    Questions a minute to one server and to all; the longest pause waited out within a run; how many failures in a row
    until a server is left alone for ``rest_seconds``; limits of a single answer.
    """

    per_server_per_minute: float = 10
    in_all_per_minute: float = 120
    longest_pause_seconds: float = 60
    failures: int = 5
    rest_seconds: float = 3600
    patience: Patience = _PATIENCE
    allow_private: bool = False

    def __post_init__(self) -> None:
        if min(self.per_server_per_minute, self.in_all_per_minute) <= 0 or self.failures < 1:
            raise ValueError("a rate and a number of failures are above nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of one question: ``answer``, ``nothing`` (there is none there) or ``failed``.

    ``why`` tells what went wrong; ``not_before`` is set where the question was put off: it may be asked again then.
    """

    outcome: str
    place: str
    fetched: Fetched | None = None
    why: str = ""
    not_before: datetime | None = None


class Asker:
    """Keeps the pace with every server through one run. May be used from several threads."""

    def __init__(self, manners: Manners, *, clock: Clock, sleep: Sleep) -> None:
        self._manners, self._clock, self._sleep = manners, clock, sleep
        self._lock = Lock()
        self._next = dict[str, datetime]()
        self._failed = dict[str, int]()
        self._resting = dict[str, tuple[datetime, str]]()

    def ask(self, place: str, *, accept: str, most_bytes: int | None = None) -> Asked:
        """Puts one question, waiting for its turn. Asks a second time after a short pause that the server asked for."""
        found = self._ask_once(place, accept, most_bytes)
        if found.not_before is not None and found.outcome == "failed" and _server(place) not in self._resting:
            wait = (found.not_before - self._clock()).total_seconds()
            if wait <= self._manners.longest_pause_seconds:
                self._sleep(max(0.0, wait))
                found = self._ask_once(place, accept, most_bytes)
            if found.not_before is not None:
                self._resting[_server(place)] = (found.not_before, found.why)
        return found

    def _ask_once(self, place: str, accept: str, most_bytes: int | None) -> Asked:
        server = _server(place)
        resting = self._resting.get(server)
        if resting is not None:
            until, why = resting
            if until > self._clock():
                return Asked(outcome="failed", place=place, why=f"put off: {why}", not_before=until)
            del self._resting[server]
        self._await_turn(server)
        try:
            fetched = fetch(
                place, patience=self._patience(most_bytes), allow_private=self._manners.allow_private, accept=accept
            )
        except DeclinedError as declined:
            return self._declined(place, declined)
        except DocumentError as fault:
            return self._failed_to(place, fault)
        self._failed.pop(server, None)
        return Asked(outcome="answer", place=place, fetched=fetched)

    def _await_turn(self, server: str) -> None:
        """Waits until both this server and all of them together may be asked."""
        rates = {server: self._manners.per_server_per_minute, "": self._manners.in_all_per_minute}
        with self._lock:
            now = self._clock()
            turn = max(now, *(self._next.get(who, now) for who in rates))
            for who, rate in rates.items():
                self._next[who] = turn + timedelta(seconds=60 / rate)
        if turn > now:
            self._sleep((turn - now).total_seconds())

    def _declined(self, place: str, declined: DeclinedError) -> Asked:
        if declined.status in _GONE:
            self._failed.pop(_server(place), None)
            return Asked(outcome="nothing", place=place, why=declined.what)
        if declined.status in _BUSY:
            until = _retry_moment(declined.retry_after, self._clock(), self._manners)
            return Asked(outcome="failed", place=place, why=declined.what, not_before=until)
        return Asked(outcome="failed", place=place, why=declined.what)

    def _failed_to(self, place: str, fault: DocumentError) -> Asked:
        """After several failures in a row the server is left alone: it has troubles of its own."""
        server = _server(place)
        failures = self._failed[server] = self._failed.get(server, 0) + 1
        if failures >= self._manners.failures:
            self._failed.pop(server, None)
            until = self._clock() + timedelta(seconds=self._manners.rest_seconds)
            self._resting[server] = (
                until,
                f"{failures} questions to {server} failed, at last: {fault.what}",
            )
        return Asked(outcome="failed", place=place, why=fault.what)

    def _patience(self, most_bytes: int | None) -> Patience:
        given = self._manners.patience
        if most_bytes is None or most_bytes >= given.most_bytes:
            return given
        return Patience(
            connect_seconds=given.connect_seconds,
            read_seconds=given.read_seconds,
            total_seconds=given.total_seconds,
            most_bytes=most_bytes,
            redirects=given.redirects,
        )


def _server(place: str) -> str:
    return urlsplit(place).netloc.lower()


def _retry_moment(text: str | None, now: datetime, manners: Manners) -> datetime:
    """When the server wants to be asked again: seconds or a date; a minute where it does not say, a day at most."""
    wait = timedelta(minutes=1)
    if text and text.strip().isdigit() and len(text.strip()) < 9:
        wait = timedelta(seconds=int(text))
    elif text:
        try:
            moment = parsedate_to_datetime(text)
            wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
        except (TypeError, ValueError):
            pass
    return now + min(max(wait, timedelta(0)), timedelta(days=1))
