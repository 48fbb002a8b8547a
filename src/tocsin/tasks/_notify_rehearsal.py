"""Sends the whole mail of a plan to one mailbox, so that people can read it first; the outbox is not touched."""

from __future__ import annotations

import asyncio

from sqlalchemy.engine import Engine

from tocsin.errors import TocsinError
from tocsin.notices.delivery import Carrier, Outcome, Parcel
from tocsin.store.releases import mails_of, note_rehearsal
from tocsin.tasks._notify_journal import Clock
from tocsin.tasks._notify_pump import Load, Tally, Tell


async def rehearse(
    desk: Engine, carrier: Carrier, load: Load, mailbox: str, *, author: str, clock: Clock, tell: Tell
) -> Tally:
    """Carries each letter once, as it would go, but to ``mailbox``; the rate for all holds."""
    note_rehearsal(desk, load.plan, mailbox=mailbox, author=author, now=clock())
    tally, mails = Tally(), iter(mails_of(desk, load.plan))
    starts = _Starts(60 / load.pace.in_all)

    async def hand() -> None:
        for number, message_id in mails:  # one iterator for all hands: each mail is one hand's
            if tally.is_stopped:
                return
            try:
                content = await asyncio.to_thread(load.write, number)
            except TocsinError as fault:
                tally.unwritten[number] = str(fault)
                continue
            parcel = Parcel(
                number=number, message_id=message_id, sender=load.sender, recipient=mailbox, content=content
            )
            await starts.next()
            receipt = await carrier.carry(parcel, handing=_at_once)
            tally.by_outcome[receipt.outcome] += 1
            tell(tally.done)
            if receipt.outcome is Outcome.NO_WAY:
                tally.why, tally.is_stopped = f"the mail server cannot be used: {receipt.text}", True

    await asyncio.gather(*(hand() for _ in range(load.hands)))
    return tally


class _Starts:
    """Lets one begin every so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = 0.0

    async def next(self) -> None:
        now = asyncio.get_running_loop().time()
        self._next = max(now, self._next + self._seconds)
        await asyncio.sleep(self._next - now)


async def _at_once() -> None:
    """Nothing is noted of a rehearsal but that it took place."""
