"""``tocsin init`` and ``tocsin purge``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tocsin.ui.cli.shell import JsonOption, WorkspaceOption, running, say, show, show_json, workspace_at


def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")] = Path("tocsin"),
    label: Annotated[str, typer.Option(help="Traffic-light label of everything written from it.")] = "TLP:AMBER",
    desk: Annotated[
        str | None, typer.Option(help="Where the desk is, such as postgresql+psycopg://user@host/database.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make a workspace: a folder (mode 0700) with settings, lake, desk and packs.

    Example: tocsin init exchange-2021 --label TLP:AMBER
    """
    with running(as_json=as_json):
        from sqlalchemy.engine import make_url

        from tocsin.tasks.workspace import init as make

        workspace = make(folder, label=label, desk=desk)
        if as_json:
            desk_shown = make_url(workspace.desk_url).render_as_string(hide_password=True)
            show_json({"workspace": str(workspace.root), "desk": desk_shown}, workspace.label)
        else:
            show(f"{workspace.root}: a workspace, {workspace.label}")
            say("It will hold a list of targets: keep it to yourself, and purge what you no longer need.")
            say(f"Next: cd {workspace.root}, then tocsin constituency import FILE.csv, then tocsin ingest FILE…")


def purge(
    before: Annotated[
        str | None, typer.Option(help="Forget every batch that reports on a day before this one, and what was told.")
    ] = None,
    constituent: Annotated[str | None, typer.Option(help="Forget everything about this constituent.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without, only show what would go.")] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Forget what need not be kept; the lake's old versions go too.

    Example: tocsin purge --before 2021-03-01 --yes
    """
    with running(as_json=as_json):
        from tocsin.tasks.asking import parse_day
        from tocsin.tasks.purge import purge as forget

        place = workspace_at(workspace)
        day = parse_day(before, option="--before")
        gone = forget(place, before=day, constituent=constituent, dry_run=not yes, now=datetime.now(UTC))
        if as_json:
            counts = {name: getattr(gone, name) for name in ("batches", "observations", "notices", "files")}
            show_json({**counts, "done": yes}, place.label)
            return
        what = f"{gone.batches} batches" if before else f"{gone.observations} observations in {gone.batches} batches"
        what += f", and what {gone.notices} notices told," if gone.notices else ""
        show(f"{what} {'forgotten' if yes else 'would be forgotten'}; {gone.files} files deleted")
        if not yes:
            say("Nothing was changed. Add --yes to do it; it cannot be undone.")
