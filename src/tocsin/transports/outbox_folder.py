"""The outbox folder: where notices go until sending is configured. One file a notice, whole or not at all, once."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import uuid4

from tocsin.errors import WorkspaceError
from tocsin.notices.delivery import Outcome, Parcel, Receipt

_NUMBER = re.compile(r"[0-9A-Za-z_-]{1,64}")


class FolderCarrier:
    """Writes each message as ``NUMBER.eml`` into ``folder``, which is made for its owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def carry(self, parcel: Parcel, *, handing: Callable[[], Awaitable[None]]) -> Receipt:
        """Writes it once; a file that is there already is left as it is. See ``notices.delivery.Carrier``."""
        await handing()
        return await asyncio.to_thread(self._write, parcel)

    def has_taken(self, number: str) -> bool | None:
        return self._path(number).exists()

    async def close(self) -> None:
        """Nothing is left open."""

    def _write(self, parcel: Parcel) -> Receipt:
        path = self._path(parcel.number)
        draft = self._folder / f".{uuid4().hex}"
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with open(draft, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(parcel.content)
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(draft, path)
            except FileExistsError:
                return Receipt(outcome=Outcome.ACCEPTED, text=f"was written before: {path.name}")
            finally:
                draft.unlink()
            _sync(self._folder)
        except OSError as fault:
            return Receipt(outcome=Outcome.NO_WAY, text=f"{self._folder} cannot be written: {fault.strerror or fault}")
        return Receipt(outcome=Outcome.ACCEPTED, text=f"written: {path.name}")

    def _path(self, number: str) -> Path:
        if not _NUMBER.fullmatch(number):
            raise WorkspaceError(f"{number!r} is no notice's number", remedy="make the plan again")
        return self._folder / f"{number}.eml"


def _sync(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
