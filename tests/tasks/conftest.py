"""A workspace with a small registry, and the reports that tests feed it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tocsin.feeds import FeedMapping
from tocsin.store.workspace import Workspace
from tocsin.tasks.constituency import import_registry
from tocsin.tasks.ingest import Intake, Wishes, ingest
from tocsin.tasks.workspace import init

CASE = "exchange-proxylogon-2021"
NOW = datetime(2021, 4, 1, 9, tzinfo=UTC)
HEADER = "timestamp,ip,port,hostname,tag,asn,geo,version,servername,hostname_source"
REGISTRY = """\
id,name,country,sector,public_body,domains,networks,asns,contacts
council,Example Council,GB,local government,yes,council.example,203.0.113.0/24,,security@council.example
bakery,Example Bakery,GB,food,no,bakery.example,198.51.100.0/25,,it@bakery.example
"""


def row(
    ip: str,
    *,
    day: int = 10,
    port: int = 443,
    host: str = "",
    tags: str = "exchange;cve-2021-26855",
    build: str = "15.1.2106",
    name_from: str = "",
) -> str:
    """One line of a ``scan_exchange`` report."""
    return f"2021-03-{day:02d} 00:11:30,{ip},{port},{host},{tags},64500,GB,{build},MAIL,{name_from}"


def write_report(
    folder: Path, rows: Iterable[str], *, day: int = 10, kind: str = "scan_exchange", suffix: str = ""
) -> Path:
    """A report of that day in ``folder``."""
    path = folder / f"2021-03-{day:02d}-{kind}{suffix}.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def import_text(workspace: Workspace, folder: Path, registry: str, *, now: datetime) -> None:
    """Imports a registry as of ``now``."""
    path = folder / "registry.csv"
    path.write_text(registry, encoding="utf-8")
    import_registry(workspace, path, source=None, mapping=None, dry_run=False, now=now)


Take = Callable[..., list[Intake]]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with two organisations."""
    made = init(tmp_path / "workspace", label="TLP:AMBER")
    import_text(made, tmp_path, REGISTRY, now=NOW - timedelta(days=30))
    return made


@pytest.fixture
def take(workspace: Workspace) -> Take:
    """Ingests files into the workspace at NOW, or as late as ``now`` says."""

    def taken(
        *paths: Path,
        now: datetime = NOW,
        mapping: FeedMapping | None = None,
        coverage: str | None = None,
        scope: str | None = None,
    ) -> list[Intake]:
        wishes = Wishes(mapping=mapping, coverage=coverage, scope=scope)
        return list(ingest(workspace, list(paths), wishes=wishes, clock=lambda: now))

    return taken


def counts(intakes: Sequence[Intake]) -> list[tuple[int, int, int, int]]:
    """Rows, observations, duplicates and rejected of each."""
    return [
        (each.batch.rows_in, each.batch.observations, each.batch.duplicates, each.batch.rejected) for each in intakes
    ]
