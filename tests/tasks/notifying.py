"""A workspace with findings of several constituents, for the tests of planning and approving."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from tests.tasks.conftest import CASE, REGISTRY, row, write_report
from tests.tasks.test_viewing import furnished

from tocsin.store.workspace import Workspace
from tocsin.tasks.notify_plan import Planned, plan_notices

MONDAY = datetime(2021, 4, 12, 10, tzinfo=UTC)
MORE = """\
mill,Example Mill,GB,food,no,,192.0.2.0/25,,
smithy,Example Smithy,GB,metal,no,,192.0.2.128/26,,owner@smithy.example
"""
PERSON = "ann,Ann Example,GB,,no,,192.0.2.192/26,,ann@home.example,person\n"
ROWS = (
    row("203.0.113.7", build="15.1.2106.2"),
    row("203.0.113.8", build="15.1.2106.2"),
    row("198.51.100.7", build="15.1.2106.2"),
    row("192.0.2.7", build="15.1.2106.2"),
    row("192.0.2.130", build="15.1.2106.2"),
    row("192.0.2.131", build="15.1.2106.13", tags="exchange"),
)


def world(folder: Path, rows: Iterable[str] = ROWS, *, registry: str = REGISTRY + MORE) -> Workspace:
    """A public body and two firms that can be reached, one that cannot, and one server that is fixed."""
    folder.mkdir(exist_ok=True)
    return furnished(folder, [write_report(folder, rows)], registry=registry)


def planned(workspace: Workspace, *, by: str = "A. Officer", now: datetime = MONDAY, **rest: object) -> Planned:
    return plan_notices(workspace, CASE, by=by, now=now, **rest)  # type: ignore[arg-type]  # passed on as it is


def write_policy(workspace: Workspace, text: str) -> None:
    """``notify.toml`` with this text."""
    path = workspace.root / "notify.toml"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
