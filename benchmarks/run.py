"""Measures the main job against the limit of the machine, each step as a process of its own.

Run as ``python benchmarks/run.py`` (``--quick``: a small run that only shows that everything works). Prints the table,
appends it to ``RESULTS.md`` and writes the numbers to ``data/results.json``; a missed target ends with exit code 1.
This file loads no large library, because a child's peak memory is never reported below its parent's own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
CASE = "exchange-proxylogon-2021"
DAY = "2021-03-14"
LIBRARIES = ("tocsin", "duckdb", "pyarrow", "numpy", "deltalake", "sqlalchemy")
LIMIT_SHARE = 0.30
ROWS_PER_SECOND = 250_000
PEAK_MB = 1500
SAME_WITHIN = 0.20
CENSUS_SECONDS = 2.0
FOLD_DAY_SECONDS = 2.0
MEASURES_SECONDS = 10.0
REPORT_SECONDS = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process: how long, how much memory at its peak, how much processor time."""

    seconds: float
    peak_mb: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The median of several runs of one step over ``rows`` rows."""

    name: str
    rows: int
    seconds: float
    peak_mb: float
    cpu_seconds: float

    @property
    def rate(self) -> float:
        """Rows per second."""
        return self.rows / self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What was promised, and whether it was kept."""

    what: str
    measured: str
    kept: bool


def run(command: Sequence[str | Path]) -> Run:
    """Runs ``command`` to its end and measures it. Stops everything when it fails.

    Where it prints an object with ``seconds``, those are taken: it times a part of itself.
    """
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+") as talk, tempfile.TemporaryFile("w+") as data:
        with subprocess.Popen([str(word) for word in command], stdout=data, stderr=talk) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - begun
        data.seek(0)
        told = data.readline()
        if told.startswith('{"seconds":'):
            seconds = float(json.loads(told)["seconds"])
        if process.returncode:
            talk.seek(0)
            sys.exit(f"{talk.read()}exit code {process.returncode}: {' '.join(map(str, command))}")
    return Run(seconds=seconds, peak_mb=usage.ru_maxrss / 1024, cpu_seconds=usage.ru_utime + usage.ru_stime)


def tocsin(*words: str | Path) -> list[str | Path]:
    """The command line of one call of tocsin with this very Python."""
    return [sys.executable, "-m", "tocsin", *words]


class Bench:
    """The folder of one benchmark run, and what was measured in it."""

    def __init__(self, folder: Path, repeats: int) -> None:
        self.folder = folder
        self.repeats = repeats
        self.prepared = False
        self.steps: dict[str, Step] = {}

    def feed(self, rows: int) -> Path:
        """A report of ``rows`` rows, made once and kept."""
        path = self.folder / f"{DAY}-scan_exchange-benchmark-{rows}.csv"
        if not path.exists():
            say(f"making {path.name}")
            run([sys.executable, HERE / "make_feed.py", "--rows", str(rows), "--out", self.folder])
        return path

    def zipped(self, feed: Path) -> Path:
        """The same report as ``.gz``."""
        path = feed.with_name(feed.name + ".gz")
        if not path.exists():
            say(f"making {path.name}")
            with feed.open("rb") as plain, gzip.open(path, "wb", compresslevel=6) as packed:
                shutil.copyfileobj(plain, packed, 1 << 20)
        return path

    def workspace(self, name: str) -> Path:
        """A fresh workspace with the registry in it; the import is done once and copied."""
        template, root = self.folder / "template", self.folder / name
        if not self.prepared:
            shutil.rmtree(template, ignore_errors=True)
            run(tocsin("init", template))
            run(tocsin("constituency", "import", self.folder / "registry.csv", "--workspace", template))
            self.prepared = True
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(template, root)
        return root

    def measure(self, name: str, rows: int, once: Sequence[Run]) -> None:
        """Keeps the medians of the runs ``once`` under ``name``."""
        step = Step(
            name=name,
            rows=rows,
            seconds=median(one.seconds for one in once),
            peak_mb=median(one.peak_mb for one in once),
            cpu_seconds=median(one.cpu_seconds for one in once),
        )
        self.steps[name] = step
        say(f"{name}: {step.seconds:.1f} s, {step.rate:,.0f} rows/s, {step.peak_mb:,.0f} MB")

    def limit(self, feed: Path, rows: int) -> None:
        """The engine alone, over a file that is in the disk's cache, as it is for the steps after it."""
        out = self.folder / "limit.parquet"
        run(["cat", feed])
        self.measure("limit", rows, [run([sys.executable, HERE / "limit.py", feed, out]) for _ in range(self.repeats)])
        out.unlink()

    def ingest(self, name: str, feed: Path, rows: int) -> None:
        """From file to committed, judged and assigned lake, each time in a fresh workspace."""
        runs = []
        for _ in range(self.repeats):
            root = self.workspace("workspace")
            runs.append(run(tocsin("ingest", feed, "--workspace", root)))
            shutil.rmtree(root)
        self.measure(name, rows, runs)

    def census(self, services: int, days: int) -> None:
        """One whole census process over a month that was taken in before."""
        month = self.folder / f"month-{services}-{days}"
        if not month.exists():
            say(f"making {month.name}")
            make = [sys.executable, HERE / "make_month.py", "--services", str(services), "--days", str(days)]
            run([*make, "--out", month])
        root = self.workspace("workspace-month")
        say("ingesting the month (not part of any figure)")
        run(tocsin("ingest", *sorted(month.glob("*.csv")), "--workspace", root))
        ask = tocsin("census", CASE, "--json", "--workspace", root)
        self.measure("census", services * days, [run(ask) for _ in range(self.repeats)])
        self.remediation(root, services * days)
        shutil.rmtree(root)

    def remediation(self, root: Path, rows: int) -> None:
        """One more day folded in, all measures, and the whole report, over the month in the workspace ``root``."""
        fold = [sys.executable, HERE / "fold_day.py", root, CASE]
        self.measure("fold a day", rows, [run(fold) for _ in range(self.repeats)])
        ask = tocsin("remediation", CASE, "--json", "--workspace", root)
        self.measure("remediation", rows, [run(ask) for _ in range(self.repeats)])
        write = tocsin("report", CASE, "--out", root / "report", "--workspace", root)
        self.measure("report", rows, [run(write) for _ in range(self.repeats)])

    def targets(self) -> list[Target]:
        """What issue and design promise, beside what was measured."""
        return [*(self._ingest_targets() if "ingest" in self.steps else []), *self._month_targets()]

    def _ingest_targets(self) -> list[Target]:
        limit, plain, small = (self.steps[name] for name in ("limit", "ingest", "ingest, small"))
        share, growth = plain.rate / limit.rate, plain.peak_mb / small.peak_mb
        peak = max(plain.peak_mb, self.steps["ingest, gzip"].peak_mb)
        return [
            _target(f"ingest at {LIMIT_SHARE:.0%} of the limit", f"{share:.0%}", share >= LIMIT_SHARE),
            _target(f"ingest {ROWS_PER_SECOND:,} rows/s", f"{plain.rate:,.0f}", plain.rate >= ROWS_PER_SECOND),
            _target(f"peak memory under {PEAK_MB:,} MB", f"{peak:,.0f} MB", peak < PEAK_MB),
            _target(
                f"the same memory, within {SAME_WITHIN:.0%}, for {small.rows:,} and {plain.rows:,} rows",
                f"{small.peak_mb:,.0f} and {plain.peak_mb:,.0f} MB ({growth - 1:+.0%})",
                abs(growth - 1) <= SAME_WITHIN,
            ),
        ]

    def _month_targets(self) -> list[Target]:
        limits = {
            "census": CENSUS_SECONDS,
            "fold a day": FOLD_DAY_SECONDS,
            "remediation": MEASURES_SECONDS,
            "report": REPORT_SECONDS,
        }
        peak = max(self.steps[name].peak_mb for name in ("remediation", "report"))
        found = [
            _target(f"{name} under {most} s", f"{self.steps[name].seconds:.2f} s", self.steps[name].seconds < most)
            for name, most in limits.items()
        ]
        return [*found, _target(f"measures and report under {PEAK_MB:,} MB", f"{peak:,.0f} MB", peak < PEAK_MB)]


def machine() -> dict[str, str]:
    """What the figures depend on; nothing that tells one machine from another of its kind."""
    cpu = next((line for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ": unknown")
    memory = next((line for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "MemTotal: 0")
    return {
        "processor": cpu.partition(":")[2].strip(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{int(memory.split()[1]) / 1024**2:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
    } | {name: version(name) for name in LIBRARIES}


def report(bench: Bench, targets: Sequence[Target], about: dict[str, str]) -> str:
    """The section that goes into ``RESULTS.md``."""
    limit = bench.steps["limit"].rate if "limit" in bench.steps else None
    lines = [
        f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "",
        ", ".join(f"{name} {value}" for name, value in about.items()) + f". Median of {bench.repeats}.",
        "",
        "| step | rows | seconds | rows/s | of the limit | peak MB | processor s |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for step in bench.steps.values():
        share = f"{step.rate / limit:.0%}" if limit and step.name.startswith(("limit", "ingest")) else ""
        lines.append(
            f"| {step.name} | {step.rows:,} | {step.seconds:.2f} | {step.rate:,.0f} | {share} "
            f"| {step.peak_mb:,.0f} | {step.cpu_seconds:.1f} |"
        )
    lines += ["", "| target | measured | |", "| --- | --- | --- |"]
    lines += [f"| {one.what} | {one.measured} | {'kept' if one.kept else '**MISSED**'} |" for one in targets]
    return "\n".join(lines) + "\n"


def say(text: str) -> None:
    """Talk, on stderr."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Measures, prints, keeps; 1 when a target was missed in a full run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="small inputs, once; targets are shown but not held")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--data", type=Path, default=HERE / "data", help="where inputs and workspaces are made")
    parser.add_argument("--month-only", action="store_true", help="only what is asked about a month, no ingest")
    parser.add_argument("--no-record", action="store_true", help="leave RESULTS.md as it is")
    args = parser.parse_args()
    rows, repeats, services, days = (200_000, 1, 10_000, 5) if args.quick else (args.rows, args.repeats, 250_000, 28)
    args.data.mkdir(parents=True, exist_ok=True)
    bench = Bench(args.data, repeats)
    small = bench.feed(rows // 5)
    if not args.month_only:
        feed = bench.feed(rows)
        bench.limit(feed, rows)
        bench.ingest("ingest", feed, rows)
        bench.ingest("ingest, gzip", bench.zipped(feed), rows)
        bench.ingest("ingest, small", small, rows // 5)
    bench.census(services, days)
    return _conclude(bench, recorded=not (args.quick or args.no_record), held=not args.quick)


def _conclude(bench: Bench, *, recorded: bool, held: bool) -> int:
    targets, about = bench.targets(), machine()
    text = report(bench, targets, about)
    print(text)
    results = {"machine": about, "steps": [asdict(step) for step in bench.steps.values()]}
    (bench.folder / "results.json").write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    if recorded:
        with (HERE / "RESULTS.md").open("a", encoding="utf-8") as file:
            file.write("\n" + text)
    missed = [one for one in targets if not one.kept]
    for one in missed:
        say(f"TARGET MISSED: {one.what}: {one.measured}")
    return int(held and bool(missed))


def _target(what: str, measured: str, kept: bool) -> Target:
    return Target(what=what, measured=measured, kept=kept)


def _lines(path: str) -> list[str]:
    return Path(path).read_text("utf-8").splitlines() if Path(path).exists() else []


if __name__ == "__main__":
    sys.exit(main())
