"""A desk at the newest schema, empty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from tocsin.store.desk import open_desk, upgrade_desk


@pytest.fixture
def desk(desk_url: str) -> Iterator[Engine]:
    """SQLite, or with ``--desk postgresql`` a real PostgreSQL."""
    upgrade_desk(desk_url)
    engine = open_desk(desk_url)
    yield engine
    engine.dispose()
