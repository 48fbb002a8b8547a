"""``tocsin source``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from tocsin.ui.cli.shell import JsonOption, WorkspaceOption, running, show, show_json, show_table, workspace_at

app = typer.Typer(
    help="Note that a source looks in another way, or elsewhere, from a day on.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

AuthorOption = Annotated[str, typer.Option(help="Who declares this.")]


@app.command()
def note(
    source: Annotated[str, typer.Argument(help="The source's name; 'tocsin batches' shows them.")],
    text: Annotated[str, typer.Argument(help="What changed.")],
    on: Annotated[str, typer.Option(help="The first day on which it looked in the new way.")],
    author: AuthorOption,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Declare a change of method or scope: it is marked on every time line, and no curve runs across it unsaid.

    Example: tocsin source note own_exchange_scan "also scans port 8443" --on 2021-03-20 --author "duty officer"
    """
    with running(as_json=as_json):
        from tocsin.tasks.asking import parse_day
        from tocsin.tasks.sources import note_source

        day = parse_day(on, option="--on")
        assert day is not None
        number = note_source(workspace_at(workspace), source, on=day, text=text, author=author, now=datetime.now(UTC))
        if as_json:
            show_json({"note": number})
        else:
            show(f"note {number} is in force; 'tocsin source withdraw {number}' takes it back")


@app.command()
def withdraw(number: int, author: AuthorOption, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Take a note back.

    Example: tocsin source withdraw 1 --author "duty officer"
    """
    with running(as_json=as_json):
        from tocsin.tasks.sources import withdraw_source_note

        withdraw_source_note(workspace_at(workspace), number, author=author, now=datetime.now(UTC))
        if as_json:
            show_json({"withdrawn": number})
        else:
            show(f"note {number} is withdrawn")


@app.command("list")
def list_(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """List every note ever made.

    Example: tocsin source list --json
    """
    with running(as_json=as_json):
        from tocsin.tasks.sources import list_source_notes

        place = workspace_at(workspace)
        rows = [
            {
                "number": entry.id,
                "source": entry.source,
                "on": entry.on_day,
                "text": entry.text,
                "author": entry.author,
                "made": entry.created_at[:19],
                "withdrawn": entry.withdrawn_at and f"{entry.withdrawn_at[:19]} by {entry.withdrawn_by}",
            }
            for entry in list_source_notes(place)
        ]
        if as_json:
            show_json({"notes": rows}, place.label)
            return
        show(str(place.label))
        columns = list(rows[0]) if rows else ["number"]
        show_table(columns, ([row[name] for name in columns] for row in rows))
