"""Politeness towards real servers on this machine, with a clock of our own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from tests.transports.test_web import Handler, answer, serving

from tocsin.transports.asking import Asker, Manners
from tocsin.transports.web import Patience

BEGUN = datetime(2021, 3, 14, 10, tzinfo=UTC)
QUICK = Patience(connect_seconds=1, read_seconds=0.3, total_seconds=0.6, most_bytes=2_000_000, redirects=3)
MANNERS = Manners(per_server_per_minute=60, in_all_per_minute=6000, patience=QUICK, allow_private=True, failures=3)


class Clock:
    """A clock that goes on by waiting only."""

    def __init__(self) -> None:
        self.now = BEGUN
        self.waited = list[float]()

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += timedelta(seconds=seconds)


def asker(clock: Clock, manners: Manners = MANNERS) -> Asker:
    return Asker(manners, clock=clock, sleep=clock.sleep)


def in_turn(*handlers: Handler) -> tuple[Handler, list[str]]:
    """Answers with each handler in turn, the last one for ever; what was asked."""
    asked = list[str]()

    def handle(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)
        handlers[min(len(asked), len(handlers)) - 1](request)

    return handle, asked


def test_a_server_is_asked_at_its_rate_and_another_one_at_once() -> None:
    clock = Clock()
    asking = asker(clock)
    with serving(answer(b"a")) as first, serving(answer(b"b")) as second:
        for _ in range(3):
            assert asking.ask(first, accept="*/*").outcome == "answer"
        assert clock.waited == [1.0, 1.0]
        asking.ask(second, accept="*/*")
    assert sum(clock.waited) < 2.1


def test_all_servers_together_have_a_rate_too() -> None:
    clock = Clock()
    asking = asker(clock, Manners(per_server_per_minute=60, in_all_per_minute=30, patience=QUICK, allow_private=True))
    with serving(answer(b"a")) as first, serving(answer(b"b")) as second:
        asking.ask(first, accept="*/*")
        asking.ask(second, accept="*/*")
    assert clock.waited == [2.0]


@pytest.mark.parametrize("status", [429, 503])
def test_a_short_pause_that_is_asked_for_is_waited_out(status: int) -> None:
    clock = Clock()
    handle, asked = in_turn(answer(b"", status=status, Retry_After="7"), answer(b"here"))
    with serving(handle) as address:
        found = asker(clock).ask(address, accept="*/*")
    assert found.outcome == "answer"
    assert len(asked) == 2
    assert 7.0 in clock.waited


@pytest.mark.parametrize("after", ["3600", "Sun, 14 Mar 2021 11:00:00 GMT"])
def test_a_long_pause_puts_off_every_question_to_that_server(after: str) -> None:
    clock = Clock()
    handle, asked = in_turn(answer(b"", status=429, Retry_After=after))
    with serving(handle) as address:
        asking = asker(clock)
        first, second = (asking.ask(f"{address}/{name}", accept="*/*") for name in "ab")
        assert (first.outcome, first.not_before) == ("failed", BEGUN + timedelta(hours=1))
        assert second.not_before == first.not_before
        assert "put off" in second.why
        assert asked == ["/a"]
        clock.now = BEGUN + timedelta(hours=2)
        asking.ask(f"{address}/c", accept="*/*")
        assert asked[:2] == ["/a", "/c"]


@pytest.mark.parametrize("after", [None, "soon", "-5", "9" * 40])
def test_a_pause_without_sense_is_a_minute_and_the_second_refusal_ends_it(after: str | None) -> None:
    clock = Clock()
    headers = {} if after is None else {"Retry_After": after}
    handle, asked = in_turn(answer(b"", status=503, **headers))
    with serving(handle) as address:
        found = asker(clock).ask(address, accept="*/*")
    assert found.outcome == "failed"
    assert len(asked) == 2
    assert found.not_before is not None
    assert found.not_before - clock.now <= timedelta(minutes=1)


def test_what_is_not_there_is_nothing_and_no_failure() -> None:
    with serving(answer(b"", status=404)) as address:
        found = asker(Clock()).ask(address, accept="*/*")
    assert (found.outcome, found.not_before) == ("nothing", None)


def test_a_server_that_fails_again_and_again_is_left_alone() -> None:
    clock = Clock()

    def hang(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)
        request.connection.settimeout(2)
        request.rfile.read(1)

    asked = list[str]()
    with serving(hang) as address:
        asking = asker(clock)
        found = [asking.ask(f"{address}/{number}", accept="*/*") for number in range(5)]
    assert [each.outcome for each in found] == ["failed"] * 5
    assert len(asked) == 3
    assert "3 questions" in found[-1].why
    assert "did not answer in time" in found[0].why


def test_a_redirect_without_end_and_a_large_body_are_failures_with_a_reason() -> None:
    def again(request: BaseHTTPRequestHandler) -> None:
        answer(b"", status=302, Location="/again")(request)

    with serving(again) as address:
        assert "redirects more than 3 times" in asker(Clock()).ask(address, accept="*/*").why
    with serving(answer(b"x" * 2_000_000)) as address:
        found = asker(Clock()).ask(address, accept="*/*", most_bytes=65_536)
    assert found.why == "it is larger than 65,536 bytes"


def test_a_private_address_is_not_asked_unless_that_is_allowed() -> None:
    handle, asked = in_turn(answer(b"x"))
    with serving(handle) as address:
        found = asker(Clock(), Manners(patience=QUICK)).ask(address, accept="*/*")
    assert (found.outcome, asked) == ("failed", [])
    assert "not on the public internet" in found.why


def test_a_rate_of_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="above nothing"):
        Manners(per_server_per_minute=0)
