"""A workspace in which a dozen organisations fix one after the other, for the tests of answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.tasks.conftest import NOW, row, write_report
from tests.tasks.test_viewing import furnished

from tocsin.store.workspace import Workspace
from tocsin.tasks.ingest import Wishes, ingest

DAYS = (4, 10, 14, 18, 22)
ORGANISATIONS = 12
FIXED = "15.1.2106.13"
HEAD = "id,name,kind,country,sector,public_body,domains,networks,asns,contacts"


def registry() -> str:
    """Twelve organisations with a network each, every other one a public body, and a person."""
    lines = [
        f"org{n:02d},Example {'Council' if n % 2 else 'Bakery'} {n:02d},organisation,GB,"
        f"{'local government' if n % 2 else 'food'},{'yes' if n % 2 else 'no'},,203.0.113.{n * 16}/28,,"
        for n in range(ORGANISATIONS)
    ]
    return "\n".join([HEAD, *lines, "jo,Jo Example,person,GB,,no,,198.51.100.0/28,,", ""])


def day_rows(number: int) -> list[str]:
    """Every service on the day of that number: by then the organisations below it twice have fixed."""
    fixed = {"tags": "exchange", "build": FIXED}
    rows = []
    for n in range(ORGANISATIONS):
        how = fixed if n < number * 2 else {}
        rows += [row(f"203.0.113.{n * 16 + host}", day=DAYS[number], **how) for host in (1, 2)]
    alone = [row("198.51.100.1", day=DAYS[number]), row("192.0.2.9", day=DAYS[number])]
    return [*rows, *alone]


def followed(folder: Path, numbers: Sequence[int] = range(len(DAYS))) -> Workspace:
    """The workspace after complete scans on these of the days."""
    made = furnished(folder, [], registry=registry())
    reports = [write_report(folder, day_rows(number), day=DAYS[number]) for number in numbers]
    wishes = Wishes(coverage="population")
    for _ in ingest(made, reports, wishes=wishes, clock=lambda: NOW):
        pass
    return made
