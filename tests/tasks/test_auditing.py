"""What is said of the audit log."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.store.queued import PLAN
from tests.tasks.conftest import NOW
from tests.tasks.notified import make_workspace, sent

from tocsin.errors import AskError, WorkspaceError
from tocsin.store.audit import note
from tocsin.store.desk import open_desk
from tocsin.store.schema import audit, plan_events
from tocsin.store.workspace import Workspace
from tocsin.tasks.auditing import KEPT, list_audit, verify_audit


@pytest.fixture
def written(workspace: Workspace) -> Workspace:
    """A workspace with two rows in its log."""
    with open_desk(workspace.desk_url).begin() as connection:
        note(connection, "A. Officer", "planned", "plan:p1", {}, NOW)
        note(connection, "B. Officer", "approved", "plan:p1", {}, NOW)
    return workspace


def test_an_honest_log_holds_and_is_listed(written: Workspace) -> None:
    assert verify_audit(written, kept=verify_audit(written).head).rows == 2
    assert [entry.author for entry in list_audit(written, what="approved")] == ["B. Officer"]


def test_a_changed_row_is_named_with_what_to_do(written: Workspace) -> None:
    with open_desk(written.desk_url).begin() as connection:
        connection.execute(sa.update(audit).where(audit.c.number == 2).values(author="C. Officer"))
    with pytest.raises(WorkspaceError, match="row 2 of the audit log does not hold: it is not as") as caught:
        verify_audit(written)
    assert "the 1 rows before it do" in caught.value.remedy


def test_nonsense_to_compare_with_is_refused(written: Workspace) -> None:
    with pytest.raises(AskError, match="no number and digest"):
        verify_audit(written, kept="yesterday")


def test_the_last_row_cut_off_shows_at_the_next_check_without_anybody_keeping_anything(written: Workspace) -> None:
    assert verify_audit(written).rows == 2
    with open_desk(written.desk_url).begin() as connection:
        connection.execute(sa.delete(audit).where(audit.c.number == 2))
    with pytest.raises(WorkspaceError, match=r"row 2 .* rows up to 2 are missing"):
        verify_audit(written)


def test_a_chain_written_anew_shows_at_the_next_check(written: Workspace) -> None:
    verify_audit(written)
    with open_desk(written.desk_url).begin() as connection:
        connection.execute(sa.delete(audit))
        for who in ("A. Officer", "C. Officer"):
            note(connection, who, "planned", "plan:p1", {}, NOW)
    with pytest.raises(WorkspaceError, match=r"row 2 .* not the row that was there"):
        verify_audit(written)


def test_what_was_kept_made_unreadable_shows(written: Workspace) -> None:
    verify_audit(written)
    (written.root / KEPT).write_text("gone", "ascii")
    with pytest.raises(WorkspaceError, match="no number and digest"):
        verify_audit(written)


@pytest.mark.parametrize("what", ["approved", "written"])
def test_a_decision_on_the_desk_whose_row_was_cut_off_before_any_check_shows(tmp_path: Path, what: str) -> None:
    place = make_workspace(tmp_path / "w", ["it@a.example"], approved=False)
    desk = open_desk(place.desk_url)
    with desk.begin() as connection:
        note(connection, "A. Planner", "planned", f"plan:{PLAN}", {}, NOW)
        connection.execute(sa.insert(plan_events).values(plan=PLAN, what="approved", author="B", reason="", at="2021"))
        if what == "written":
            note(connection, "B", "approved", f"plan:{PLAN}", {}, NOW)
    if what == "written":
        assert sent(place).queue == {"done": 1}
        assert verify_audit(place).rows > 2
        (place.root / KEPT).unlink()
        with desk.begin() as connection:
            last = sa.select(sa.func.max(audit.c.number)).scalar_subquery()
            connection.execute(sa.delete(audit).where(audit.c.number == last))
    with pytest.raises(WorkspaceError, match="the audit log lacks a row of"):
        verify_audit(place)
