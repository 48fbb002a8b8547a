"""``tocsin notify letters``."""

from __future__ import annotations

from typing import Annotated

import typer

from tocsin.ui.cli.shell import (
    PAGE,
    JsonOption,
    WorkspaceOption,
    running,
    say,
    show,
    show_json,
    show_table,
    workspace_at,
)


def add_to(app: typer.Typer) -> None:
    """Gives the command to ``tocsin notify``."""
    app.command()(letters)


def letters(
    kind: Annotated[str | None, typer.Option(help="Only of this kind: reply, bounce, auto or other.")] = None,
    last: Annotated[int, typer.Option(min=1, help="Only so many, the newest.")] = 50,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what came back by mail, the newest first: who wrote, about whom, how it begins, and what is not believed.

    Example: tocsin notify letters --kind reply
    """
    with running(as_json=as_json):
        from tocsin.tasks.notify_letters import letters as came_in

        place = workspace_at(workspace)
        found = came_in(place, kind=kind, limit=last)
        if as_json:
            show_json({"letters": found}, place.label)
            return
        show(str(place.label))
        names = ("received_at", "kind", "constituent", "sender", "summary")
        cells = ([str(row[name] or "")[:10] if name == "received_at" else row[name] for name in names] for row in found)
        show_table(("received", "kind", "about", "from", "says"), cells, whole=("received",), width=PAGE)
        say("--json has the notice of each; 'tocsin notify answer' enters what a reply says")
