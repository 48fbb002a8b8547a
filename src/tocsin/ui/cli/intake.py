"""``tocsin ingest``, ``batches``, ``rejected`` and ``rejudge``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.errors import AskError
from tocsin.ui.cli.shell import JsonOption, WorkspaceOption, running, say, show, show_json, show_table, workspace_at

if TYPE_CHECKING:
    from tocsin.tasks.ingest import Intake

GIB = 1 << 30


def ingest(
    files: Annotated[list[Path], typer.Argument(help="Files: plain, .gz, .zst or .zip.")],
    report: Annotated[str | None, typer.Option(help="The report type, when the file's name does not say it.")] = None,
    map_: Annotated[
        str | None, typer.Option("--map", help="A mapping file, or the name of one that tocsin ships.")
    ] = None,
    coverage: Annotated[str | None, typer.Option(help="positives or population; overrides the reader's.")] = None,
    scope: Annotated[str | None, typer.Option(help="What part of the world the file covers; overrides.")] = None,
    day: Annotated[str | None, typer.Option(help="The day reported on; overrides.")] = None,
    max_gib: Annotated[int, typer.Option(help="Refuse a file that unpacks to more than this.")] = 64,
    max_ratio: Annotated[int, typer.Option(help="Refuse a file that unpacks to over so many times its size.")] = 1000,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take in scan reports: read, judge, assign, commit; each file wholly or not at all.

    Example: tocsin ingest reports/2021-03-*-scan_exchange-*.csv.gz

    Example: tocsin ingest --map population-scan scan-2021-03-10.csv
    """
    with running(as_json=as_json):
        from tocsin.tasks.asking import parse_day
        from tocsin.tasks.ingest import Wishes
        from tocsin.tasks.ingest import ingest as take_in
        from tocsin.tasks.mappings import find_mapping
        from tocsin.transports.files import Limits
        from tocsin.ui.cli.progress import FileProgress

        place = workspace_at(workspace)
        wishes = Wishes(
            report=report,
            mapping=find_mapping(map_) if map_ else None,
            coverage=coverage,
            scope=scope,
            day=parse_day(day, option="--day"),
            limits=Limits(total_bytes=max_gib * GIB, ratio=max_ratio),
        )
        results = []
        with FileProgress() as progress:
            for intake in take_in(place, files, wishes=wishes, clock=lambda: datetime.now(UTC), progress=progress):
                results.append(intake)
                if not as_json:
                    progress.pause(lambda intake=intake: _tell(intake))  # type: ignore[misc]
        if as_json:
            show_json({"batches": [_as_json(intake) for intake in results]}, place.label)


def batches(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """List the batches that count: day, source, coverage, scope and the row sum.

    Example: tocsin batches --json
    """
    with running(as_json=as_json):
        from tocsin.tasks.intakes import list_batches

        place = workspace_at(workspace)
        found = list_batches(place)
        columns = ("day", "source", "coverage", "scope", "rows_in", "observations", "duplicates", "rejected", "file")
        if as_json:
            show_json(
                {"batches": [{"id": row.id} | {name: getattr(row, name) for name in columns} for row in found]},
                place.label,
            )
            return
        show(str(place.label))
        show_table(columns, ([getattr(row, name) for name in columns] for row in found), right=columns[4:8])


def rejected(
    file: Annotated[
        str | None, typer.Argument(help="Only rows of this file, or of the batch whose id begins so.")
    ] = None,
    limit: Annotated[int, typer.Option(help="At most so many rows; 0 for all.")] = 100,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the rows that could not be read: file, line, column, reason and raw text.

    Example: tocsin rejected 2021-03-10-scan_exchange-example-gb.csv
    """
    with running(as_json=as_json):
        from tocsin.tasks.intakes import list_rejected

        place = workspace_at(workspace)
        if not 0 <= limit <= sys.maxsize:
            raise AskError(f"--limit {limit} is no number of rows", remedy="give 0 for all, or how many")
        rows = list(islice(list_rejected(place, file=file), limit or None))
        if as_json:
            show_json(
                {"rejected": [{**row.pointer.as_json(), "reason": row.reason, "raw": row.raw} for row in rows]},
                place.label,
            )
            return
        show(str(place.label))
        cells = ((row.pointer.source, row.pointer.line, row.pointer.column, row.reason, row.raw[:120]) for row in rows)
        show_table(("file", "line", "column", "reason", "raw text"), cells, right=("line",))
        if limit and len(rows) == limit:
            say(f"the first {limit}; --limit 0 shows all")


def rejudge(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Renew what a change of pack, constituency or program made stale.

    Example: tocsin rejudge
    """
    with running(as_json=as_json):
        from tocsin.reports import terminal
        from tocsin.tasks.rejudge import rejudge as renew

        place = workspace_at(workspace)
        done = []
        for renewed in renew(place, clock=lambda: datetime.now(UTC)):
            done.append({"batch": renewed.batch.id, "file": renewed.batch.file, "findings": renewed.findings})
            say(f"{renewed.done} of {renewed.of}: {renewed.batch.day} {terminal(renewed.batch.source)} judged anew")
        if as_json:
            show_json({"renewed": done}, place.label)
        else:
            show(f"{len(done)} batches renewed" if done else "nothing was stale")


def _tell(intake: Intake) -> None:
    from tocsin.reports import terminal

    batch, name = intake.batch, terminal(intake.file)
    if intake.outcome == "known":
        show(f"{name}: taken in before (batch {batch.id[:12]}); nothing changed")
        return
    if intake.outcome == "outdated":
        show(f"{name}: taken in before and superseded since (batch {batch.id[:12]}); nothing changed")
        return
    show(
        f"{name}: {batch.rows_in:,} rows = {batch.observations:,} observations + {batch.duplicates:,} duplicates "
        f"+ {batch.rejected:,} rejected ({terminal(f'{batch.source}, {batch.day}, {batch.coverage}, {batch.scope}')})"
    )
    for case_id, count in intake.findings.items():
        if count:
            show(f"  {terminal(case_id)}: {count:,} findings")
    if intake.supersedes:
        older = intake.supersedes
        show(f"  supersedes {terminal(older.file)} (batch {older.id[:12]}) of the same day and scope")
    if batch.rejected:
        say(f"  see them with: tocsin rejected {batch.id[:12]}")


def _as_json(intake: Intake) -> dict[str, object]:
    batch = intake.batch
    return {
        "file": intake.file,
        "batch": batch.id,
        "outcome": intake.outcome,
        "source": batch.source,
        "day": batch.day,
        "scope": batch.scope,
        "coverage": batch.coverage,
        "rows": batch.rows_in,
        "observations": batch.observations,
        "duplicates": batch.duplicates,
        "rejected": batch.rejected,
        "supersedes": intake.supersedes.id if intake.supersedes else None,
        "findings": intake.findings,
    }
