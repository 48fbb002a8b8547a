"""What is said of the audit log."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from tests.tasks.conftest import NOW

from tocsin.errors import AskError, WorkspaceError
from tocsin.store.audit import note
from tocsin.store.desk import open_desk
from tocsin.store.schema import audit
from tocsin.store.workspace import Workspace
from tocsin.tasks.auditing import list_audit, verify_audit


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
