"""Measures planning: 250,000 findings of 46,000 constituents become 46,000 notices, each step a process of its own.

Run as ``python benchmarks/plan_notices.py`` (``--quick``: 5,000 findings of 920; the target is shown but not held).
Making the workspace is no part of any figure. A plan is made with nobody told before, approved, and made again with
every notice of the first in the way. Appends to ``RESULTS.md``; a missed target ends with exit code 1.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from run import CASE, DAY, Run, run, say, tocsin

HERE = Path(__file__).parent
PLAN_SECONDS = 20.0
PEAK_MB = 1500
HEADER = "timestamp,ip,port,hostname,tag,asn,geo,version,servername,hostname_source"
COUNTRIES = "GB DE US FR NL IT ES PL SE NO".split()


def registry(constituents: int) -> Iterator[str]:
    """A line for each: one network, one contact, every eighth a public body."""
    yield "id,name,country,sector,public_body,domains,networks,asns,contacts"
    for number in range(constituents):
        public = "yes" if number % 8 == 0 else "no"
        name, network = f"organisation{number}.example", f"11.{number >> 8}.{number & 255}.0/24"
        country = COUNTRIES[number % len(COUNTRIES)]
        yield f"org-{number},Example Organisation {number},{country},Other,{public},{name},{network},,security@{name}"


def report(findings: int, constituents: int) -> Iterator[str]:
    """A line for each: affected, in the network of a constituent, each of which has its share."""
    yield HEADER
    for number in range(findings):
        owner, nth = number % constituents, number // constituents
        address = f"11.{owner >> 8}.{owner & 255}.{nth + 1}"
        tag = "exchange;webshell" if number % 50 == 0 else "exchange;cve-2021-26855"
        yield f"{DAY} 00:11:30,{address},443,mail{number}.organisation{owner}.example,{tag},64500,GB,15.1.2106,M,"


def make_world(folder: Path, findings: int, constituents: int) -> Path:
    """A workspace in which every finding is open and some constituent's."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    names = folder / "registry.csv", folder / f"{DAY}-scan_exchange-owned.csv"
    for path, lines in zip(names, (registry(constituents), report(findings, constituents)), strict=True):
        path.write_text("\n".join(lines) + "\n", "ascii")
    root = folder / "w"
    run(tocsin("init", root))
    run(tocsin("constituency", "import", names[0], "--workspace", root))
    run(tocsin("ingest", names[1], "--workspace", root))
    return root


def plans(root: Path) -> list[dict[str, object]]:
    """Every plan in the workspace."""
    command = [str(word) for word in tocsin("notify", "list", "--json", "--workspace", root)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: list[dict[str, object]] = json.loads(done.stdout)["plans"]
    return found


def measure(root: Path) -> dict[str, Run]:
    """Each step as its user waits for it."""
    plan = tocsin("notify", "plan", CASE, "--by", "A. Officer", "--json", "--workspace", root)
    steps = {"plan, nobody told before": run(plan)}
    first = str(plans(root)[0]["plan"])
    steps["approve it"] = run(tocsin("notify", "approve", first, "--by", "B. Sample", "--workspace", root))
    steps["plan again, every notice in the way"] = run(plan)
    return steps


def main() -> int:
    """Measures, prints, keeps; 1 when the target was missed in a full run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="small, and the target is not held")
    parser.add_argument("--no-record", action="store_true", help="leave RESULTS.md as it is")
    parser.add_argument("--data", type=Path, default=HERE / "data", help="where the workspace is made")
    args = parser.parse_args()
    findings, constituents = (5_000, 920) if args.quick else (250_000, 46_000)
    say("making a workspace to plan in (no part of any figure)")
    folder = args.data / "plan-notices"
    root = make_world(folder, findings, constituents)
    steps = measure(root)
    made = [(plan["notices"], plan["withheld"]) for plan in plans(root)]
    assert made == [(constituents, 0), (0, constituents)], made
    shutil.rmtree(folder)
    seconds, peak = steps["plan, nobody told before"].seconds, max(one.peak_mb for one in steps.values())
    kept = seconds < PLAN_SECONDS and peak < PEAK_MB
    each = list(steps.items())
    lines = [
        f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, planning notices",
        "",
        f"{findings:,} findings, {constituents:,} notices. {platform.machine()}, Python {platform.python_version()}.",
        "",
        "| step | seconds | peak MB | processor s |",
        "| --- | ---: | ---: | ---: |",
        *(f"| {name} | {one.seconds:.1f} | {one.peak_mb:,.0f} | {one.cpu_seconds:.1f} |" for name, one in each),
        "",
        f"Asked: a plan in {PLAN_SECONDS:.0f} s and {PEAK_MB:,} MB: {'kept' if kept else 'MISSED'}.",
    ]
    print("\n".join(lines))
    if not (args.quick or args.no_record):
        with (HERE / "RESULTS.md").open("a", encoding="utf-8") as file:
            file.write("\n" + "\n".join(lines) + "\n")
    return int(not args.quick and not kept)


if __name__ == "__main__":
    sys.exit(main())
