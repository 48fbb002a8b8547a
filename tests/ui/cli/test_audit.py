"""``tocsin audit`` as a person sees it."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from tests.tasks.conftest import NOW
from tests.ui.cli.conftest import Run, data

from tocsin.store.audit import note
from tocsin.store.desk import open_desk
from tocsin.store.schema import audit
from tocsin.store.workspace import read_workspace
from tocsin.ui.cli.shell import PAGE


def test_the_log_is_listed_checked_and_its_tampering_shown(run: Run, root: Path) -> None:
    desk = open_desk(read_workspace(root).desk_url)
    with desk.begin() as connection:
        note(connection, "A. Officer\x1b[2J", "approved", "plan:p1", {"notices": 3}, NOW)
    assert "A. Officer\\x1b[2J" in run("audit", "list").stdout
    with desk.begin() as connection:
        detail = {"id": "ab" * 32, "key": None, "roles": ["owner", "abuse"], "why": "x" * 200}
        note(connection, "A. Officer", "contact added", f"contact:{'12' * 32}", detail, NOW)
    shown = run("audit", "list").stdout
    assert max(map(len, shown.splitlines())) <= PAGE
    assert "contact:12121212…" in shown
    assert "id abababab…; roles owner, abuse;" in " ".join(shown.split())
    (row, _) = data(run("audit", "list", "--json"))["audit"]  # type: ignore[misc]
    assert (row["number"], row["detail"]) == (1, {"notices": 3})
    keep = data(run("audit", "verify", "--json"))["keep"]
    assert str(keep) in run("audit", "verify", "--kept", keep).stdout
    with desk.begin() as connection:
        connection.execute(sa.update(audit).values(detail="{}"))
    assert "row 1 of the audit log does not hold" in run("audit", "verify", exits=1).stderr
