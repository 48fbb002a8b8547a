"""``tocsin census``, ``findings`` and ``explain``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.errors import AskError
from tocsin.labels import Label
from tocsin.ui.cli.shell import (
    BelowOption,
    JsonOption,
    LabelOption,
    WorkspaceOption,
    output_label,
    running,
    say,
    show,
    show_json,
    show_table,
    workspace_at,
)

if TYPE_CHECKING:
    from pyarrow import Table

    from tocsin.figures import Figure
    from tocsin.tasks.explain import Story

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="A case's id; 'tocsin case list' shows them.")]
AsOfOption = Annotated[str | None, typer.Option(help="The day described; default: the last day reported on.")]
KnownOption = Annotated[str | None, typer.Option(help="Only what was known by this moment, such as 2021-03-12T08:00.")]
_SHOWN = ("address", "port", "hostname", "status", "basis", "compromise", "constituent", "certainty", "last_seen")
SmallOption = Annotated[
    bool, typer.Option("--small-counts", help="Under TLP:CLEAR: show counts that point at few all the same.")
]
WindowOption = Annotated[int, typer.Option(help="How many days back an observation counts.")]


def census(
    case: CaseArgument,
    as_of: AsOfOption = None,
    known_at: KnownOption = None,
    by: Annotated[
        str | None, typer.Option(help="sector, public-body, country, asn, branch, status or compromise.")
    ] = None,
    window: WindowOption = 7,
    label: LabelOption = None,
    below_label: BelowOption = False,
    small_counts: SmallOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count the exposed services and organisations on a day, with lower and upper bounds.

    Under TLP:CLEAR small counts are left out, and whatever would give them away; by group it is refused.

    Example: tocsin census exchange-proxylogon-2021 --as-of 2021-03-31

    Example: tocsin census exchange-proxylogon-2021 --by public-body --json
    """
    with running(as_json=as_json):
        from tocsin.reports import terminal
        from tocsin.tasks.asking import parse_day, parse_moment
        from tocsin.tasks.census import take_census

        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        if by and not small_counts:
            refuse_small_counts(marked)
        taken = take_census(
            place,
            case,
            as_of=parse_day(as_of, option="--as-of"),
            known_at=parse_moment(known_at, option="--known-at"),
            by=by,
            window_days=window,
        )
        if marked is Label.CLEAR and not small_counts:
            taken = taken.for_public()
            say(f"{taken.withheld:,} figures are withheld as too small for the public, or to protect those that are")
        if as_json:
            show_json(taken.as_json(), marked)
            return
        show(f"{marked}  {terminal(case)}, as of {taken.as_of}")
        _show_figures(taken.figures)
        show(terminal(taken.how()))


def refuse_small_counts(marked: Label) -> None:
    """Raises ``AskError`` where the output is for the public and would have small counts."""
    if marked is Label.CLEAR:
        raise AskError(
            f"small counts point at somebody, and this would be labelled {marked}",
            remedy="write the public's figures with 'tocsin report' or 'tocsin answer', which withhold small counts; "
            "or add --small-counts if you may",
        )


def findings(
    case: CaseArgument,
    as_of: AsOfOption = None,
    known_at: KnownOption = None,
    constituent: Annotated[
        str | None, typer.Option(help="Only services of this constituent, disputed ones too.")
    ] = None,
    status: Annotated[str | None, typer.Option(help="Only services of this status.")] = None,
    window: WindowOption = 7,
    format_: Annotated[str, typer.Option("--format", help="table, csv, jsonl or parquet.")] = "table",
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of stdout.")] = None,
    label: LabelOption = None,
    below_label: BelowOption = False,
    workspace: WorkspaceOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format jsonl.")] = False,
) -> None:
    """List the services of a day, with verdict, owner, reasons, and the file and line each rests on.

    Example: tocsin findings exchange-proxylogon-2021 --constituent council-0123 --format csv
    """
    with running(as_json=as_json):
        from tocsin.reports.export import check_format
        from tocsin.tasks.asking import parse_day, parse_moment
        from tocsin.tasks.findings import list_findings

        kind = check_format("jsonl" if as_json else format_)
        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        table = list_findings(
            place,
            case,
            as_of=parse_day(as_of, option="--as-of"),
            known_at=parse_moment(known_at, option="--known-at"),
            constituent=constituent,
            status=status,
            window_days=window,
        )
        _show_findings(table, kind, marked, out)


def explain(
    service: Annotated[str, typer.Argument(metavar="ADDRESS[:PORT]", help="IPv6 with a port as [ADDRESS]:PORT.")],
    case: Annotated[str, typer.Option(help="The case under which to explain it.")],
    as_of: AsOfOption = None,
    known_at: KnownOption = None,
    label: LabelOption = None,
    below_label: BelowOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell one service's whole story: what was seen, what it meant, what changed, whose it is and why.

    Example: tocsin explain 203.0.113.7:443 --case exchange-proxylogon-2021
    """
    with running(as_json=as_json):
        from tocsin.tasks.asking import parse_day, parse_moment
        from tocsin.tasks.explain import explain as tell

        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        story = tell(
            place,
            service,
            case_id=case,
            as_of=parse_day(as_of, option="--as-of"),
            known_at=parse_moment(known_at, option="--known-at"),
        )
        if as_json:
            show_json(story.as_json(), marked)
        else:
            show(str(marked))
            _show_story(story)


def _show_figures(figures: tuple[Figure, ...]) -> None:
    """A row a group and state, a column a kind of thing counted; bounds as ``low–high`` where they differ."""
    from tocsin.reports import terminal

    kinds = list(dict.fromkeys((figure.unit, figure.place) for figure in figures))
    cells = {(figure.group or "", figure.state, figure.unit, figure.place): _span(figure) for figure in figures}
    rows = [
        [group, state.replace("_", " "), *(cells.get((group, state, *kind), "") for kind in kinds)]
        for group, state in dict.fromkeys((figure.group or "", figure.state) for figure in figures)
    ]
    if not any(row[0] for row in rows):
        rows = [row[1:] for row in rows]
    heads = [terminal(unit if unit != "services" else f"services, {place}") for unit, place in kinds]
    columns = [*([""] if rows and len(rows[0]) > len(heads) + 1 else []), "", *heads]
    show_table(columns, rows, right=heads)


def _span(figure: Figure) -> str:
    return f"{figure.low:,}" if figure.low == figure.high else f"{figure.low:,}–{figure.high:,}"


def _show_findings(table: Table, kind: str, marked: Label, out: Path | None) -> None:
    from tocsin.reports.export import write_table

    if kind == "table":
        show(str(marked))
        cells = zip(*(table.column(name).to_pylist() for name in _SHOWN), strict=True)
        show_table(_SHOWN, cells, right=("port",))
        say(f"{table.num_rows:,} services; --format csv, jsonl or parquet gives every column")
    elif out is None:
        write_table(table, kind, marked, sys.stdout.buffer)
    else:
        from tocsin.store.files import written_whole

        with written_whole(out) as file:
            write_table(table, kind, marked, file)
        say(f"{out}: {table.num_rows:,} services, {marked}")


def _show_story(story: Story) -> None:
    from tocsin.reports import terminal
    from tocsin.reports.story import tell

    for line in tell(story.as_json()):
        show(terminal(line))
