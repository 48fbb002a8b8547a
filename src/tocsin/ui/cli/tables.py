"""``tocsin tables``: where addresses are, by tables of one's own choice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.ui.cli.shell import JsonOption, WorkspaceOption, running, say, show, show_json, show_table, workspace_at

if TYPE_CHECKING:
    from tocsin.store.ranges import TableEntry
    from tocsin.tasks.tables import TableImport

app = typer.Typer(
    help="Where addresses are: tables of AS numbers and countries.", no_args_is_help=True, rich_markup_mode=None
)

SHOWN = 20


@app.command("import", epilog="Example: tocsin tables import asn asn-ipv4.csv.xz --date 2026-06-17")
def import_(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="asn or country.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, plain, .gz or .xz.")],
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who made the table; default: from the file's name.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day it describes; default: from the file's name.")
    ] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    """Takes in a table of address ranges with their AS number or country.

    For each report the newest table not after its day is used; without one, what the feed itself says.
    """
    with running(as_json=json):
        from tocsin.tasks.asking import parse_day
        from tocsin.tasks.tables import import_table

        place = workspace_at(workspace)
        day = parse_day(date, option="--date")
        done = import_table(place, kind, file, source=source, as_of=day, now=datetime.now(UTC))
        if json:
            show_json(done.as_json(), place.label)
        else:
            _tell(done)


@app.command("list", epilog="Example: tocsin tables list")
def list_(workspace: WorkspaceOption = None, json: JsonOption = False) -> None:
    """Lists the imported tables, with source and date."""
    with running(as_json=json):
        from tocsin.tasks.tables import show_tables

        place = workspace_at(workspace)
        found = show_tables(place)
        if json:
            show_json({"tables": [each.as_json() for each in found]}, place.label)
            return
        show(str(place.label))
        show_table(
            ("kind", "family", "date", "source", "ranges", "file", "imported at"),
            map(_cells, found),
            right=("ranges",),
        )


def _tell(done: TableImport) -> None:
    from tocsin.reports import terminal

    for row in done.found.rejected[:SHOWN]:
        say(terminal(f"{row.pointer}: rejected: {row.reason}"))
    if len(done.found.rejected) > SHOWN:
        say(f"… and {len(done.found.rejected) - SHOWN:,} more rejected rows (--json has them all)")
    if done.guessed:
        say(terminal(f"guessed from the file's name: {', '.join(done.guessed)}"))
    kept = sum(table.ranges for table in done.found.tables)
    show(f"{done.found.rows:,} rows = {kept:,} ranges + {len(done.found.rejected):,} rejected")
    overlapping = {table.family: table.overlapping for table in done.found.tables}
    for entry in done.entries:
        known = "was there already" if entry.id in done.known else "taken in"
        ranges = f"{entry.ranges:,} ranges of {entry.source}, {entry.as_of}"
        show(terminal(f"{entry.kind}, IPv{entry.family}: {ranges}: {known}"))
        if overlapping[entry.family]:
            show(f"  {overlapping[entry.family]:,} of them overlap others; the smallest range holds")


def _cells(each: TableEntry) -> tuple[object, ...]:
    family, count = f"IPv{each.family}", f"{each.ranges:,}"
    return each.kind, family, each.as_of, each.source, count, each.file, each.imported_at[:19]
