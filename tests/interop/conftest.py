"""What the tests against real programs share: the command itself, a small feed of any size, and a workspace."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

CASE = "exchange-proxylogon-2021"
REGISTRY = """\
id,name,country,sector,public_body,domains,networks,asns,contacts
council,Example Council,GB,Government,yes,council.example,192.0.2.0/25;2001:db8:1::/48,,security@council.example
hospital,Example Hospital,GB,Health,yes,hospital.example,198.51.100.0/24,,it@hospital.example
shop,Example Shop,GB,Retail,no,shop.example,203.0.113.0/24,,hello@shop.example
"""
HEADER = (
    '"timestamp","severity","ip","protocol","port","hostname","tag","asn","geo","region","city","naics",'
    '"hostname_source","sector","version","servername","url"\n'
)
BUILDS = ("15.1.2106.2", "15.1.2106.13", "15.1.2176", "15.2.792.3", "15.2.792.10")


def feed_text(rows: int, day: str, *, first: int = 0) -> str:
    """``rows`` rows of a ``scan_exchange`` report in documentation addresses, each on a service of its own."""
    return HEADER + "".join(
        f'"{day} {number % 24:02}:00:00","critical","2001:db8:{number >> 16:x}:{number & 65535:x}::1","tcp",443,'
        f'"mail{number}.shop.example","exchange;cve-2021-26855",64496,"GB","REGION","TOWN",511210,"ssl","Retail",'
        f'"{BUILDS[number % len(BUILDS)]}","EXCH{number}",\n'
        for number in range(first, first + rows)
    )


def write_feed(folder: Path, rows: int, day: str, *, first: int = 0) -> Path:
    """The report under the name that Shadowserver would give it."""
    path = folder / f"{day}-scan_exchange-example-geo.csv"
    path.write_text(feed_text(rows, day, first=first), "utf-8")
    return path


def command(*words: str | Path) -> list[str]:
    """The command line of one call."""
    return [sys.executable, "-m", "tocsin", *map(str, words)]


def tocsin(
    *words: str | Path, expect: int | None = 0, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """One call of the command, to its end."""
    done = subprocess.run(command(*words), capture_output=True, text=True, preexec_fn=before)
    assert expect is None or done.returncode == expect, done.stderr + done.stdout
    return done


def census(root: Path, *words: str) -> Any:
    """What ``tocsin census --json`` says, without the moment at which it was asked."""
    answer = json.loads(tocsin("census", CASE, "--json", "--workspace", root, *words).stdout)
    return without_moments(answer)


def findings(root: Path, *words: str) -> list[str]:
    """The lines of ``tocsin findings``, header included, sorted."""
    done = tocsin("findings", CASE, "--format", "csv", "--workspace", root, *words)
    return sorted(done.stdout.splitlines())


def without_moments(value: Any) -> Any:
    """``value`` without its keys ``known_at``, which differ from one asking to the next."""
    if isinstance(value, Mapping):
        return {key: without_moments(part) for key, part in value.items() if key != "known_at"}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [without_moments(part) for part in value]
    return value


def program(name: str) -> str:
    """Where a real program is; its absence is a failure, never a skip."""
    found = shutil.which(name)
    assert found, f"{name} is not here; run: make interop"
    return found


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with three constituents and one day of a small feed."""
    root = tmp_path / "workspace"
    registry = tmp_path / "registry.csv"
    registry.write_text(REGISTRY, "utf-8")
    tocsin("init", root)
    tocsin("constituency", "import", registry, "--workspace", root)
    tocsin("ingest", write_feed(tmp_path, 500, "2021-03-10"), "--workspace", root)
    return root
