"""A workspace that sends to a mail server on loopback, and letters that say whose they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.store.queued import NOW, PLAN, make_plan

from tocsin.labels import Label
from tocsin.store.desk import open_desk, upgrade_desk
from tocsin.store.workspace import Workspace, create_workspace
from tocsin.tasks.notify_send import Sent, Wishes, send

WISHES = Wishes(author="A. Sender")
SETTINGS = """\
[sender]
organisation = "CERT Example"
address = "cert@cert.example"

[policy]
in_all_per_minute = 1000000
per_domain_per_minute = 1000000

[smtp]
host = "127.0.0.1"
port = {port}
security = "none"
timeout = {timeout}
deadline_hours = 48
"""


def make_workspace(
    folder: Path, addresses: list[str], *, port: int | None = None, approved: bool = True, timeout: int = 2
) -> Workspace:
    """With an approved plan of one notice for each address; sends by SMTP where a port is given."""
    workspace = create_workspace(folder, Label.AMBER)
    upgrade_desk(workspace.desk_url)
    desk = open_desk(workspace.desk_url)
    make_plan(desk, addresses, approved=approved)
    desk.dispose()
    if port is not None:
        path = folder / "notify.toml"
        path.write_text(SETTINGS.format(port=port, timeout=timeout), "utf-8")
        path.chmod(0o600)
    return workspace


def letter(number: str) -> bytes:
    """A letter by which it is known at the server."""
    return f"Message-ID: <{number}@cert.example>\r\nSubject: notice\r\n\r\nNotice {number}\r\n".encode()


def fine(_: object) -> list[str]:
    """A doctor who finds nothing."""
    return []


def clock_from(begins: datetime = NOW, **later: float) -> Callable[[], datetime]:
    """A clock that runs, from a moment of the test's choice."""
    real = datetime.now(UTC)
    return lambda: begins + timedelta(**later) + (datetime.now(UTC) - real)


def sent(workspace: Workspace, *, wishes: Wishes = WISHES, **more: object) -> Sent:
    """One run."""
    words: dict[str, object] = {"letters": letter, "examined": fine, "clock": clock_from(), "tell": lambda _: None}
    return send(workspace, PLAN, wishes=wishes, **{**words, **more})  # type: ignore[arg-type]  # as above
