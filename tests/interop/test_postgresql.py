"""A whole journey with the desk on a real PostgreSQL; ``make interop`` runs ``tests/store`` on one as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.interop.conftest import REGISTRY, census, findings, tocsin, write_feed


@pytest.fixture
def team(postgresql_url: str, tmp_path: Path) -> Path:
    """A workspace whose desk is on PostgreSQL."""
    root = tmp_path / "team"
    (tmp_path / "for-the-team").mkdir()
    registry = tmp_path / "for-the-team" / "registry.csv"  # of one name, since the version is stamped on every figure
    registry.write_text(REGISTRY, "utf-8")
    tocsin("init", root, "--desk", postgresql_url)
    tocsin("constituency", "import", registry, "--workspace", root)
    return root


def test_the_census_is_the_same_on_postgresql_as_on_sqlite(workspace: Path, team: Path, tmp_path: Path) -> None:
    tocsin("ingest", write_feed(tmp_path, 500, "2021-03-10"), "--workspace", team)
    assert census(team) == census(workspace)
    assert findings(team) == findings(workspace)


def test_a_second_ingest_changes_nothing_on_postgresql(team: Path, tmp_path: Path) -> None:
    feed = write_feed(tmp_path, 500, "2021-03-10")
    tocsin("ingest", feed, "--workspace", team)
    before = findings(team)
    tocsin("ingest", feed, "--workspace", team)
    assert findings(team) == before
    assert len(before) - 1 == 500
