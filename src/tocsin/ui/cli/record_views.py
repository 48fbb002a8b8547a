"""``tocsin record page``, ``timeline``, ``actors``, ``who-says`` and ``responses``."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.errors import AskError
from tocsin.ui.cli.shell import (
    BelowOption,
    CopiesOption,
    JsonOption,
    LabelOption,
    WorkspaceOption,
    output_label,
    running,
    say,
    say_copies,
    show,
    show_json,
    show_table,
    workspace_at,
)

if TYPE_CHECKING:
    from tocsin.labels import Label
    from tocsin.reports.material import Table
    from tocsin.reports.who_says import WhoSays

IncidentOption = Annotated[
    str | None, typer.Option("--incident", metavar="KEY", help="Only what is said of this incident.")
]
CsvOption = Annotated[bool, typer.Option("--csv", help="Data as CSV on stdout.")]


def register(app: typer.Typer) -> None:
    """Adds the views to the group of commands."""
    app.command("page")(page)
    app.command("timeline")(timeline)
    app.command("actors")(actors)
    app.command("who-says")(who_says)
    app.command("responses")(responses)


def page(
    document: Annotated[
        str,
        typer.Argument(metavar="DOC", help="Its number in the list, file name, address, or beginning of its sha256."),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The page to write.")],
    label: LabelOption = None,
    below_label: BelowOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write a document as one page of HTML: its text with every assertion marked, and all about each at a click.

    The page holds everything, and asks for nothing.

    Example: tocsin record page 1 -o debate.html
    """
    with running():
        from tocsin.reports.record_page import record_page
        from tocsin.tasks.record_views import read_document

        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        _write(out, record_page(read_document(place, document), marked).encode(), marked)


def timeline(
    incident: IncidentOption = None,
    said: Annotated[
        bool, typer.Option("--said", help="Also what has no date of its own, on the day it was said.")
    ] = False,
    as_csv: CsvOption = False,
    copies: CopiesOption = False,
    label: LabelOption = None,
    below_label: BelowOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show in order of time what happened and what was said of which day, with how exactly the words date it.

    What the words do not date comes last.

    Example: tocsin record timeline --incident sample-mail
    """
    with running(as_json=as_json):
        from tocsin.reports import timeline as view
        from tocsin.tasks.record_views import every_statement

        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        found = view.timeline(every_statement(place, incident, copies=copies, tell=say_copies), with_said=said)
        if as_json:
            show_json({"timeline": [each.as_json() for each in found]}, marked)
        elif as_csv:
            _show_csv(view.COLUMNS, (each.row() for each in found), marked)
        else:
            _show_tables(marked, view.timeline_table(found))


def actors(
    incident: IncidentOption = None,
    copies: CopiesOption = False,
    label: LabelOption = None,
    below_label: BelowOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show who calls whom what, and what lists of threat actors say of these names; names are never merged.

    Example: tocsin record actors
    """
    with running(as_json=as_json):
        from tocsin.record.gazetteer import load_gazetteer
        from tocsin.reports import actors as view
        from tocsin.tasks.record_views import every_statement

        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        named = view.namings(every_statement(place, incident, copies=copies, tell=say_copies))
        listed = view.listings(named, load_gazetteer().actor_names())
        if as_json:
            data = {"names": [each.as_json() for each in named], "lists": [each.as_json() for each in listed]}
            show_json(data, marked)
        else:
            _show_tables(marked, view.namings_table(named), view.listings_table(listed))


def who_says(
    incident: IncidentOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write a .html table, or a .svg or .png chart.")
    ] = None,
    copies: CopiesOption = False,
    label: LabelOption = None,
    below_label: BelowOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show party by party who is said to have done it, at which level, in which words, and what was left unsaid.

    A chart is of one incident; a table may be of several.

    Example: tocsin record who-says --incident sample-mail

    Example: tocsin record who-says --incident sample-mail -o who-says.svg
    """
    with running(as_json=as_json):
        from tocsin.reports import who_says as view
        from tocsin.tasks.record_views import every_statement

        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        found = view.who_says(every_statement(place, incident, copies=copies, tell=say_copies))
        if out is not None:
            _write(out, _picture(found, marked, out.suffix.lower()), marked)
        elif as_json:
            show_json({"incidents": [each.as_json() for each in found]}, marked)
        else:
            _show_tables(marked, *map(view.who_says_table, found))


def responses(
    incident: IncidentOption = None,
    as_csv: CsvOption = False,
    copies: CopiesOption = False,
    label: LabelOption = None,
    below_label: BelowOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what was done about it, incidents side by side: measures and how far each has come.

    Example: tocsin record responses
    """
    with running(as_json=as_json):
        from tocsin.reports import responses as view
        from tocsin.tasks.record_views import every_statement

        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        found = view.responses(every_statement(place, incident, copies=copies, tell=say_copies))
        if as_json:
            show_json({"responses": [each.as_json() for each in found]}, marked)
        elif as_csv:
            _show_csv(view.COLUMNS, (each.row() for each in found), marked)
        else:
            _show_tables(marked, view.side_by_side(found))


def _picture(found: Sequence[WhoSays], label: Label, kind: str) -> bytes:
    from tocsin.reports.who_says import who_says_html

    if kind == ".html":
        return who_says_html(found, str(label)).encode()
    if kind not in (".svg", ".png"):
        raise AskError(f"no picture is written as {kind or 'a file without a kind'}", remedy="name .html, .svg or .png")
    if not found:
        raise AskError("nobody is said to have done it", remedy="read documents that say so")
    if len(found) > 1:
        known = ", ".join(each.incident for each in found[:20])
        raise AskError("a chart is of one incident", remedy=f"choose one with --incident: {known}")
    from tocsin.reports.who_says_plot import who_says_picture

    return who_says_picture(found[0], label, as_png=kind == ".png")


def _show_tables(label: Label, *tables: Table) -> None:
    from tocsin.reports import terminal

    show(str(label))
    for table in tables:
        show("")
        show(terminal(table.title))
        show_table(table.columns, table.rows, right=table.right)
    if not any(table.rows for table in tables):
        say("Nothing of the kind was found")


def _show_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], label: Label) -> None:
    from tocsin.reports.tables import write_rows

    text = io.StringIO()
    write_rows(columns, rows, label, text)
    sys.stdout.write(text.getvalue())


def _write(out: Path, content: bytes, label: Label) -> None:
    from tocsin.store.files import written_whole

    with written_whole(out) as file:
        file.write(content)
    say(f"{out}: written, {label}")
