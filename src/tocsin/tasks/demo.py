"""Makes a world with known truth and runs the main job on it, by the very commands that an officer would type."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tocsin.errors import AskError, WorkspaceError
from tocsin.store.workspace import Workspace, read_workspace
from tocsin.tasks._demo_commands import Ask, CommandLine
from tocsin.tasks.cases import find_packs, load_pack
from tocsin.tasks.census import take_census
from tocsin.tasks.remediation import Wish as Measures
from tocsin.tasks.remediation import remediation
from tocsin.testing import (
    POPULATION,
    Check,
    KnownBuild,
    ShareCheck,
    World,
    compare,
    make_world,
    read_builds,
    registry_csv,
    scan_files,
    true_counts,
    true_exposure,
    when_last_seen,
    wrong_findings,
)

CASE = "exchange-proxylogon-2021"
_MARK = ".tocsin-demo"
_OUTSIDE = 0.05
_THERE = ("--workspace", "workspace")

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which world to make, and where."""

    folder: Path
    scale: int
    seed: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it: the page, every figure beside the truth, and whatever finding was wrong, in words.

    ``page`` is ``None`` where the libraries that draw are not installed. ``shares`` is the share still exposed on each
    day of a complete scan; the truth may lie outside both bands together on one day in twenty.
    """

    page: Path | None
    checks: tuple[Check, ...]
    shares: tuple[ShareCheck, ...]
    wrong: tuple[str, ...]

    @property
    def holds(self) -> bool:
        missed = sum(not share.holds for share in self.shares)
        return (
            not self.wrong and all(check.holds for check in self.checks) and missed <= _OUTSIDE * len(self.shares) + 1
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """The world as written to disk, and everything that was true of every row."""

    wish: Wish
    world: World
    builds: tuple[KnownBuild, ...]
    observed: pa.Table

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.world.start + timedelta(days=day) for day in range(self.world.days))


def run_demo(wish: Wish, *, ask: Ask, force: bool, show: Tell, say: Tell) -> Outcome:
    """The whole demonstration below ``wish.folder``; ``ask`` runs a command, ``show`` takes data, ``say`` talk.

    Raises ``WorkspaceError`` for a folder that holds something else, and ``AskError`` when a command fails.
    """
    _clear(wish.folder, force=force)
    made = _make(wish, say)
    command_line = CommandLine(folder=wish.folder, ask=ask, show=show)
    _main_job(made, command_line)
    page, workspace = _drawn(made, command_line, say), read_workspace(wish.folder / "workspace")
    say("holding every figure against the truth")
    checks = tuple(check for day in _compared(made.days) for check in _checks(made, workspace, day))
    last = made.days[-1]
    findings = command_line.rows("findings", CASE, "--as-of", last.isoformat(), "--format", "jsonl", *_THERE)
    named = (row for row in findings if "address" in row)
    wrong = tuple(wrong_findings(named, made.observed, made.builds, as_of=last))
    shares = tuple(_shares(made, workspace))
    _write_comparison(wish.folder / "truth" / "comparison.csv", checks, shares)
    return Outcome(page=page, checks=checks, shares=shares, wrong=wrong)


def _main_job(made: _Made, command_line: CommandLine) -> None:
    run, first, last = command_line.run, made.days[0].isoformat(), made.days[-1].isoformat()
    run("init", "workspace")
    run("constituency", "import", "registry.csv", *_THERE)
    run("ingest", "scans/*_exchange-*.csv", *_THERE)
    run("ingest", "--map", POPULATION, f"scans/*-{POPULATION}.csv", *_THERE)
    run("census", CASE, "--as-of", first, *_THERE)
    run("census", CASE, "--as-of", last, *_THERE)
    run("census", CASE, "--as-of", last, "--by", "public-body", *_THERE)
    run("remediation", CASE, "--to", last, *_THERE)
    run("remediation", CASE, "--to", last, "--unit", "organisations", "--by", "sector", *_THERE)
    run("answer", CASE, "--as-of", last, *_THERE)
    run("findings", CASE, "--as-of", last, "--format", "csv", "--out", "findings.csv", *_THERE)
    service = _telling_service(made)
    if service:
        run("explain", service, "--case", CASE, *_THERE)
    run("rejected", "--limit", "12", *_THERE)


def _drawn(made: _Made, command_line: CommandLine, say: Tell) -> Path | None:
    """The report's page; ``None`` where the libraries that draw are missing."""
    missing = [name for name in ("altair", "typst", "vl_convert") if find_spec(name) is None]
    if missing:
        say(f"no report is drawn: {', '.join(missing)} not installed; install tocsin[report]")
        return None
    last = made.days[-1].isoformat()
    command_line.run("report", CASE, "--as-of", last, "--out", "report", "--note", _note(made), *_THERE)
    return made.wish.folder / "report" / "report.html"


def _clear(folder: Path, *, force: bool) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).is_file():
            raise WorkspaceError(f"{folder} holds something else", remedy="name a new folder for the demo")
        if not force:
            raise WorkspaceError(f"{folder} holds a demo already", remedy="add --force to make it anew")
        shutil.rmtree(folder)
    try:
        for part in ("scans", "truth", "output"):
            (folder / part).mkdir(parents=True, mode=0o700)
        (folder / _MARK).write_text("made by 'tocsin demo'; everything here is made up\n", encoding="ascii")
    except OSError as fault:
        raise WorkspaceError(
            f"{folder} cannot be made: {fault.strerror}", remedy="choose a folder that you may write"
        ) from fault


def _make(wish: Wish, say: Tell) -> _Made:
    say(f"making a world of {wish.scale:,} servers, {wish.days} days, seed {wish.seed}")
    builds = _known_builds()
    try:
        world = make_world(builds, scale=wish.scale, seed=wish.seed, days=wish.days)
    except ValueError as fault:
        raise AskError(str(fault), remedy="choose --scale and --days within these bounds") from fault
    (wish.folder / "registry.csv").write_bytes(registry_csv(world.organisations))
    truths, rows = [], 0
    for file in scan_files(world):
        (wish.folder / "scans" / file.name).write_bytes(file.data)
        named = file.truth.append_column("file", pa.repeat(file.name, file.truth.num_rows))
        truths.append(named.append_column("source", pa.repeat(file.source, file.truth.num_rows)))
        rows += file.observations + file.duplicates + file.broken
    observed = pa.concat_tables(truths).combine_chunks()
    pq.write_table(observed, wish.folder / "truth" / "observations.parquet", compression="zstd")
    say(f"wrote {len(truths)} reports with {rows:,} rows to {wish.folder / 'scans'}, and the truth beside them")
    return _Made(wish=wish, world=world, builds=builds, observed=observed)


def _known_builds() -> tuple[KnownBuild, ...]:
    """The build table of the case's own pack; its deciding flaw is the one that the world is about."""
    pack = find_packs(None)[CASE]
    case = load_pack(pack)
    cve = next(cve for cve in case.cves if cve.id == case.deciding[0])
    table = (pack / "builds.csv").read_text(encoding="utf-8")
    return read_builds(table, cve=cve.id, concerned=cve.products)


def _telling_service(made: _Made) -> str | None:
    """A public body's server that was affected, was fixed, and has its web shell still: a story worth reading."""
    seen = when_last_seen(made.observed, as_of=made.days[-1])
    public = {org.id for org in made.world.organisations if org.public_body}
    for row in range(len(seen.service)):
        if seen.has_shell[row] and seen.status[row] == "fixed" and seen.holder[row] in public:
            address = str(seen.address[row])
            return f"[{address}]:{seen.port[row]}" if ":" in address else f"{address}:{seen.port[row]}"
    return None


def _compared(days: Sequence[date]) -> list[date]:
    """The days on which every figure is held against the truth: the first, every fifth and the last."""
    return sorted({*days[::5], days[-1]})


def _checks(made: _Made, workspace: Workspace, day: date) -> list[Check]:
    counts = true_counts(when_last_seen(made.observed, as_of=day), made.world.organisations)
    answers = (take_census(workspace, CASE, as_of=day, by=by) for by in (None, "sector", "public-body"))
    return [check for answer in answers for check in compare(answer.figures, counts)]


def _shares(made: _Made, workspace: Workspace) -> Iterator[ShareCheck]:
    """The share still exposed on each day of a complete scan, beside the truth."""
    found = remediation(workspace, CASE, Measures(ends=made.days[-1]), tell=lambda _done, _of: None)
    for figure in found.course.exposure:
        assert isinstance(figure.as_of, date)
        yield ShareCheck(figure=figure, truth=true_exposure(made.world, figure.as_of))


def _write_comparison(path: Path, checks: Sequence[Check], shares: Sequence[ShareCheck]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("day", "figure", "low", "truth", "high", "holds"))
        for check in checks:
            figure = check.figure
            verdict = "yes" if check.holds else "no"
            writer.writerow((figure.as_of, figure.id, figure.low, check.truth, figure.high, verdict))
        for share in shares:
            span = (f"{share.low:.4f}", f"{share.truth:.4f}", f"{share.high:.4f}")
            writer.writerow((share.figure.as_of, share.figure.id, *span, "yes" if share.holds else "no"))


def _note(made: _Made) -> str:
    providers = sum(org.provider for org in made.world.organisations)
    return (
        f"A made-up world: {made.wish.scale:,} servers, {len(made.world.organisations) - providers:,} registered "
        f"organisations and {providers} providers, seed {made.wish.seed}. "
        "No address, name or organisation in it is real."
    )
