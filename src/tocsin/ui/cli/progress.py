"""Progress of long reads: a bar with rate and time left on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tocsin.ui.cli.shell import say

if TYPE_CHECKING:
    from rich.progress import TaskID

    from tocsin.transports.files import Member

_PLAIN_EVERY_SECONDS = 10.0
_ROUNDS_EVERY_SECONDS = 2.0
_MIB = 1 << 20


class FileProgress:
    """Call it with the member being read; it shows how far that is."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._member: Member | None = None
        self._task: TaskID | None = None
        self._told = time.monotonic()
        if self._live:
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                DownloadColumn,
                Progress,
                TextColumn,
                TimeRemainingColumn,
                TransferSpeedColumn,
            )

            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                DownloadColumn(),
                TransferSpeedColumn(),
                TimeRemainingColumn(),
                console=Console(file=sys.stderr),
                transient=True,
            )

    def __enter__(self) -> Self:
        if self._live:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._bar.stop()

    def __call__(self, member: Member) -> None:
        if self._live:
            self._draw(member)
        elif time.monotonic() - self._told > _PLAIN_EVERY_SECONDS:
            self._told = time.monotonic()
            size = f" of {member.size / _MIB:,.0f}" if member.size else ""
            say(f"{self._name(member)}: {member.position() / _MIB:,.0f}{size} MiB")

    def pause(self, tell: Callable[[], None]) -> None:
        """Ends the bar of the file just finished and lets ``tell`` print."""
        if self._live and self._task is not None:
            self._bar.remove_task(self._task)
            self._task, self._member = None, None
        tell()

    def _draw(self, member: Member) -> None:
        if member is not self._member:
            self._member = member
            self._task = self._bar.add_task(self._name(member), total=member.size)
        assert self._task is not None
        self._bar.update(self._task, completed=member.position())

    def _name(self, member: Member) -> str:
        from tocsin.reports import terminal

        return terminal(member.name)


def told_rounds(what: str) -> Callable[[int, int], None]:
    """Says on stderr how many of how many rounds are done, every few seconds; nothing of what is over at once."""
    begun = told = time.monotonic()

    def tell(done: int, of: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= _ROUNDS_EVERY_SECONDS or (done == of and now - begun >= _ROUNDS_EVERY_SECONDS):
            told = now
            say(f"{done:,} of {of:,} {what}")

    return tell
