"""Complete scans and lists of a few days in March 2021, for the tests of what came of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from tests.tasks.conftest import NOW

from tocsin.feeds import FeedMapping
from tocsin.feeds.recipe import Scope
from tocsin.store.workspace import Workspace
from tocsin.tasks.ingest import Wishes, ingest
from tocsin.tasks.mappings import find_mapping

AFFECTED, FIXED = "15.1.2106.2", "15.1.2106.13"
HEADER = "timestamp,ip,port,transport,hostname,hostname_from,build,active_check,webshell,asn,country,banner"
LETTERS = {"A": AFFECTED, "F": FIXED, "?": "", "M": AFFECTED}


def write_scan(
    folder: Path, day: int, letters: Mapping[str, str], *, name: str = "scan", abroad: Collection[str] = ()
) -> Path:
    """A complete scan of that day: of each address a letter (A affected, F fixed, M mitigated, ? undetermined).

    Addresses are in GB, those ``abroad`` in FR.
    """
    lines = [
        f"2021-03-{day:02d}T03:00:00Z,{address},443,tcp,,,{LETTERS[letter]},{'no' if letter == 'M' else ''},,64500,"
        f"{'FR' if address in abroad else 'GB'},"
        for address, letter in letters.items()
    ]
    path = folder / f"{name}-2021-03-{day:02d}.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def mapping(*, scope: Scope | None = None, name: str = "population-scan") -> FeedMapping:
    """The shipped mapping for a complete scan, with another scope or name."""
    return replace(find_mapping("population-scan"), scope=scope or Scope(), name=name)


def take_courses(
    workspace: Workspace,
    folder: Path,
    days: list[int],
    courses: Mapping[str, str],
    *,
    scope: Scope | None = None,
    abroad: Collection[str] = (),
) -> None:
    """Takes in a complete scan of each day; of each address a line of letters, one a day (``.`` not seen)."""
    paths = []
    for n, day in enumerate(days):
        letters = {address: course[n] for address, course in courses.items() if course[n] != "."}
        paths.append(write_scan(folder, day, letters, abroad=abroad))
    assert len(list(ingest(workspace, paths, wishes=Wishes(mapping=mapping(scope=scope)), clock=lambda: NOW))) == len(
        days
    )


def many(*courses: str, times: int = 5, network: str = "192.0.2") -> dict[str, str]:
    """Addresses with these courses, each ``times`` times."""
    every = [course for course in courses for _ in range(times)]
    return {f"{network}.{number}": course for number, course in enumerate(every, 1)}
