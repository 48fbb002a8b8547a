"""The letters of a plan as they go: each composed from what the desk has of its notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Lock

from tocsin.errors import AskError
from tocsin.notices.settings import Settings
from tocsin.store.desk import open_desk
from tocsin.store.notices import load_notice
from tocsin.store.workspace import Workspace
from tocsin.tasks.composing import Composer


def letters_of(workspace: Workspace, settings: Settings, *, clock: Callable[[], datetime]) -> Callable[[str], bytes]:
    """Makes the message of a number; it may be called from several threads. Keys and packs are read once."""
    desk, lock = open_desk(workspace.desk_url), Lock()
    composer = Composer(workspace, now=clock(), settings=settings)

    def write(number: str) -> bytes:
        filed = load_notice(desk, number)
        if filed is None:
            raise AskError(f"there is no notice {number}", remedy="'tocsin notify show' lists those of a plan")
        with lock:
            return composer.compose(filed.notice, now=clock()).message

    return write
