"""Opens the desk: SQLite in the workspace by default, PostgreSQL for a team.

SQLite runs with write-ahead logging and full synchronisation: a commit that returned is on the disk, readers never
wait for a writer. Source: https://www.sqlite.org/wal.html, sections 2 and 2.2.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Engine

from tocsin.errors import WorkspaceError

BUSY_SECONDS = 60
REVISIONS = ("0001", "0002", "0003", "0004")
"""The migrations in ``migrations/versions``, oldest first; a test holds the two together."""
_MIGRATIONS = Path(__file__).parent / "migrations"


def open_desk(url: str | URL, *, busy_seconds: int = BUSY_SECONDS) -> Engine:
    """The desk at ``url``, which must be at the newest schema. Raises ``WorkspaceError`` for an older or newer one.

    ``busy_seconds``: for so long a writer waits for another where the desk is SQLite.
    """
    engine = _engine(url, busy_seconds)
    try:
        found = _revision(engine)
    except sa.exc.OperationalError as fault:
        raise WorkspaceError(
            f"the desk {engine.url.render_as_string()} cannot be opened: {fault.orig}",
            remedy="check that its server runs and that you may read and write it",
        ) from fault
    except sa.exc.DatabaseError as fault:
        raise WorkspaceError(
            f"the desk {engine.url.render_as_string()} is damaged or no database: {fault.orig}",
            remedy="restore it from a copy; the lake beside it is not touched",
        ) from fault
    if found == REVISIONS[-1]:
        return engine
    if found in REVISIONS:
        upgrade_desk(url)
        return engine
    raise WorkspaceError(
        f"the desk is of schema {found!r}, which this tocsin does not know",
        remedy="install the tocsin that wrote it, or a newer one" if found else "run tocsin init first",
    )


def upgrade_desk(url: str | URL) -> None:
    """Makes the desk's tables, or brings them to the newest schema. Safe to repeat."""
    from alembic import command  # a third of the start-up, and needed only when the schema is old
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["engine"] = engine = sa.create_engine(url)
    command.upgrade(config, "head")
    engine.dispose()


def _engine(url: str | URL, busy_seconds: int) -> Engine:
    if sa.make_url(url).get_backend_name() != "sqlite":
        return sa.create_engine(url)
    engine = sa.create_engine(url, connect_args={"timeout": busy_seconds})

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: object, _record: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]  # a DBAPI connection has no type

    return engine


def _revision(engine: Engine) -> str | None:
    """The revision that Alembic noted in the desk; ``None`` when it has none yet."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return None if found is None else str(found)
