"""What many hands at once have to note in the outbox, in few transactions: whoever waits is told when it is on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.engine import Engine

from tocsin.notices.delivery import LeaseLostError
from tocsin.store.outbox import Tried, begin_handing, keep

Clock = Callable[[], datetime]


class Journal:
    """Keeps what is noted while the last transaction is on its way to the disk, and writes it in the next one."""

    def __init__(self, desk: Engine, *, lease: str, accepted_as: str, clock: Clock) -> None:
        self._desk = desk
        self._lease = lease
        self._accepted_as = accepted_as
        self._clock = clock
        self._news = asyncio.Event()
        self._handing = dict[str, asyncio.Future[bool]]()
        self._tried = list[tuple[Tried, asyncio.Future[bool]]]()

    async def handing(self, number: str) -> None:
        """Returns when it is on disk that this notice may leave. Raises ``LeaseLostError`` when it may not."""
        future = asyncio.get_running_loop().create_future()
        self._handing[number] = future
        self._news.set()
        if not await future:
            raise LeaseLostError(number)

    async def keep(self, tried: Tried) -> None:
        """Returns when it is on disk what came of a try."""
        future = asyncio.get_running_loop().create_future()
        self._tried.append((tried, future))
        self._news.set()
        await future

    async def run(self) -> None:
        """Writes until it is cancelled. What cannot be written is raised where it is waited for."""
        while True:
            await self._news.wait()
            self._news.clear()
            handing, self._handing = self._handing, {}
            tried, self._tried = self._tried, []
            waiting = [*handing.values(), *(future for _, future in tried)]
            try:
                ours = await asyncio.to_thread(self._write, list(handing), [each for each, _ in tried])
            except Exception as fault:  # each that waits gets it
                for future in waiting:
                    if not future.done():
                        future.set_exception(fault)
                continue
            for number, future in handing.items():
                if not future.done():
                    future.set_result(number in ours)
            for _, future in tried:
                if not future.done():
                    future.set_result(True)

    def _write(self, handing: list[str], tried: list[Tried]) -> set[str]:
        if tried:
            keep(self._desk, tried, lease=self._lease, accepted_as=self._accepted_as, now=self._clock())
        return begin_handing(self._desk, handing, lease=self._lease, now=self._clock()) if handing else set()
