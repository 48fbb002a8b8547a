"""Carries the notices of a plan from the outbox to the next hop with several hands, until none is due."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.engine import Engine

from tocsin.errors import TocsinError
from tocsin.notices.delivery import Carrier, LeaseLostError, Outcome, Parcel, Receipt, next_try
from tocsin.notices.pace import Pace
from tocsin.store.outbox import Taken, Tried, give_back, take
from tocsin.store.outbox_state import next_due
from tocsin.tasks._notify_journal import Clock, Journal

REFUSALS_IN_A_ROW = 20
NO_WAY_IN_A_ROW = 6
_LONGEST_PAUSE = 30.0
_SOON = 0.2
_WHILE = 20.0

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What to carry and how: ``write`` makes the message of a number, ``sender`` is the envelope's.

    ``stays``: waits for what is due later, too. ``pause``: seconds to wait when the server cannot be used at first.
    """

    plan: str
    sender: str
    lease: str
    accepted_as: str
    pace: Pace
    write: Callable[[str], bytes]
    hands: int = 16
    stays: bool = False
    pause: float = 1.0


@dataclass(slots=True)
class Tally:
    """What this run did: tries by outcome, leases lost to another, what could not be written and why not.

    ``why`` says why it ended early.
    """

    by_outcome: Counter[Outcome] = field(default_factory=Counter)
    lost: int = 0
    unwritten: dict[str, str] = field(default_factory=dict)
    why: str = ""
    is_stopped: bool = False

    @property
    def done(self) -> int:
        return sum(number for outcome, number in self.by_outcome.items() if outcome is not Outcome.NO_WAY)


class Pump:
    """One run of one sender."""

    def __init__(self, desk: Engine, carrier: Carrier, load: Load, *, clock: Clock, tell: Tell) -> None:
        self._desk = desk
        self._carrier = carrier
        self._load = load
        self._clock = clock
        self._tell = tell
        self._tally = Tally()
        self._queue = asyncio.Queue[Taken | None](maxsize=load.hands * 2)
        self._fault: Exception | None = None
        self._busy = self._refused = self._no_way = 0
        self._open = asyncio.Event()
        self._open.set()
        self._journal = Journal(desk, lease=load.lease, accepted_as=load.accepted_as, clock=clock)

    async def run(self) -> Tally:
        """Until nothing is due (or, where it ``stays``, nothing waits), it is stopped, or the way is broken.

        What is being handed over is waited for in any case: to cut it off would leave it uncertain.
        """
        loop = asyncio.get_running_loop()
        with suppress(ValueError, RuntimeError):  # only a main thread hears signals
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, self._stop, "stopped by hand")
        journal = asyncio.create_task(self._journal.run())
        hands = [asyncio.create_task(self._hand()) for _ in range(self._load.hands)]
        try:
            await self._feed()
            await asyncio.gather(*hands)
        finally:
            for task in (*hands, journal):
                task.cancel()
            await asyncio.gather(*hands, journal, return_exceptions=True)
            await asyncio.to_thread(give_back, self._desk, lease=self._load.lease, now=self._clock())
        if self._fault is not None:
            raise self._fault
        return self._tally

    def _stop(self, why: str) -> None:
        self._tally.why = self._tally.why or why
        self._tally.is_stopped = True
        self._open.set()

    async def _feed(self) -> None:
        load = self._load
        try:
            while not self._tally.is_stopped:
                ask = partial(take, self._desk, load.plan, lease=load.lease, limit=4 * load.hands, pace=load.pace)
                found = await asyncio.to_thread(ask, without=set(self._tally.unwritten), now=self._clock())
                for each in found:
                    await self._queue.put(each)
                if not found and not await self._is_more():
                    return
        finally:
            for _ in range(load.hands):
                await self._queue.put(None)

    async def _is_more(self) -> bool:
        """Waits a little where nothing could be taken; false when nothing is due any more."""
        if self._busy or not self._queue.empty():
            await asyncio.sleep(_SOON / 10)
            return True
        due = await asyncio.to_thread(next_due, self._desk, self._load.plan, without=set(self._tally.unwritten))
        if due is None:
            return False
        wait = (due - self._clock()).total_seconds()
        if wait > 0 and not self._load.stays:
            return False
        await asyncio.sleep(min(max(wait, _SOON), _WHILE))
        return True

    async def _hand(self) -> None:
        """One hand, until the feeder has no more for it."""
        while (taken := await self._queue.get()) is not None:
            self._busy += 1
            try:
                await self._open.wait()
                if not self._tally.is_stopped:
                    await self._carry(taken)
            except Exception as fault:  # raised at the end, when the other hands are empty
                self._fault = self._fault or fault
                self._stop("the outbox cannot be written")
            finally:
                self._busy -= 1

    async def _carry(self, taken: Taken) -> None:
        load, number = self._load, taken.number
        try:
            content = await asyncio.to_thread(load.write, number)
        except TocsinError as fault:
            self._tally.unwritten[number] = str(fault)
            return
        parcel = Parcel(
            number=number, message_id=taken.message_id, sender=load.sender, recipient=taken.address, content=content
        )
        try:
            receipt = await self._carrier.carry(parcel, handing=partial(self._journal.handing, number))
        except LeaseLostError:
            self._tally.lost += 1
            return
        now = self._clock()
        again = next_try(taken.attempts + 1, deadline=taken.deadline, now=now, chance=random.random())  # noqa: S311
        await self._journal.keep(Tried(number=number, receipt=receipt, next_at=again))
        self._tally.by_outcome[receipt.outcome] += 1
        self._tell(self._tally.done)
        await self._watch(receipt)

    async def _watch(self, receipt: Receipt) -> None:
        """Stops when the server refuses whatever comes, and pauses, longer each time, while it cannot be used."""
        if receipt.outcome is Outcome.NO_WAY:
            if self._open.is_set() and not self._tally.is_stopped:
                self._open.clear()
                self._no_way += 1
                if self._no_way >= NO_WAY_IN_A_ROW and not self._load.stays:
                    self._stop(f"the mail server cannot be used: {receipt.text}")
                await self._rest(min(self._load.pause * 2 ** (self._no_way - 1), _LONGEST_PAUSE))
            return
        self._no_way = 0
        self._refused = self._refused + 1 if receipt.outcome is Outcome.PERMANENT else 0
        if self._refused >= REFUSALS_IN_A_ROW:
            self._stop(f"the server refused {self._refused} notices in a row, the last with: {receipt.text}")

    async def _rest(self, seconds: float) -> None:
        ends = asyncio.get_running_loop().time() + seconds
        while not self._tally.is_stopped and (left := ends - asyncio.get_running_loop().time()) > 0:
            await asyncio.sleep(min(left, _SOON))
        self._open.set()
