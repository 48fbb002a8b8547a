"""Opening the desk, and its schema over time."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from tocsin.errors import WorkspaceError
from tocsin.store import desk as desks
from tocsin.store.desk import REVISIONS, open_desk, upgrade_desk
from tocsin.store.schema import metadata


def test_the_migrations_make_the_very_schema_that_the_code_declares(desk_url: str) -> None:
    upgrade_desk(desk_url)
    with open_desk(desk_url).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_list_of_revisions_is_the_folder_of_migrations() -> None:
    folder = Path(desks.__file__).parent / "migrations" / "versions"
    assert tuple(sorted(path.name.split("_")[0] for path in folder.glob("[0-9]*.py"))) == REVISIONS


def test_a_desk_of_a_newer_schema_is_refused(desk_url: str) -> None:
    upgrade_desk(desk_url)
    with sa.create_engine(desk_url).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WorkspaceError, match="'9999', which this tocsin does not know"):
        open_desk(desk_url)


def test_a_damaged_desk_is_told(tmp_path: Path) -> None:
    (tmp_path / "desk.sqlite").write_bytes(b"this is no database, but long enough to look at " * 20)
    with pytest.raises(WorkspaceError, match="damaged or no database"):
        open_desk(f"sqlite:///{tmp_path / 'desk.sqlite'}")


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="cannot be opened"):
        open_desk(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.sqlite'}")


def test_upgrading_twice_changes_nothing(desk_url: str) -> None:
    upgrade_desk(desk_url)
    upgrade_desk(desk_url)
    assert sa.inspect(open_desk(desk_url)).has_table("batches")
