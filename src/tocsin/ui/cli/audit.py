"""``tocsin audit``."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from tocsin.ui.cli.shell import PAGE, JsonOption, WorkspaceOption, running, show, show_json, show_table, workspace_at

_LONG = re.compile(r"\b([0-9a-f]{8})[0-9a-f]{56}\b")  # ids and digests, as the other lists shorten them

app = typer.Typer(
    help="The log of everything that left or decided what leaves; tampering with it shows.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def verify(
    kept: Annotated[
        str | None, typer.Option(help="What an earlier call gave to keep; its row must still be there.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check that every row of the log is as it was written; exit code 1 names the first that is not.

    Rows cut off the end, or a log written anew, show beside what the last call kept in the workspace and beside the
    desk. Note what it gives to keep where nobody who can write to either can change it.

    Example: tocsin audit verify
    """
    with running(as_json=as_json):
        from tocsin.tasks.auditing import verify_audit

        found = verify_audit(workspace_at(workspace), kept=kept)
        if as_json:
            show_json({"rows": found.rows, "keep": found.head})
            return
        show(f"{found.rows:,} rows, each as it was written")
        show(f"to keep elsewhere: {found.head}")


@app.command("list")
def list_(
    subject: Annotated[str | None, typer.Option(help="Only about this, such as plan:20210314-7c2f6b1e.")] = None,
    what: Annotated[str | None, typer.Option(help="Only of this kind, such as approved.")] = None,
    last: Annotated[int | None, typer.Option(min=1, help="Only so many, the newest.")] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the log: who did what, when.

    Example: tocsin audit list --what approved --last 20
    """
    with running(as_json=as_json):
        from tocsin.tasks.auditing import list_audit

        place = workspace_at(workspace)
        rows = [entry.as_json() for entry in list_audit(place, subject=subject, what=what, newest=last)]
        if as_json:
            show_json({"audit": rows}, place.label)
            return
        show(str(place.label))
        cells = [
            [
                row["number"],
                str(row["at"])[:16].replace("T", " "),
                row["author"],
                row["what"],
                _LONG.sub(r"\1…", str(row["subject"])),
                _LONG.sub(r"\1…", _plain(row["detail"])),
            ]
            for row in rows
        ]
        heads = ("number", "at (UTC)", "author", "what", "subject", "detail")
        show_table(heads, cells, right=("number",), whole=("at (UTC)",), width=PAGE)


def _plain(detail: object) -> str:
    """What belongs to a row, to be read; JSON has all of it."""
    if not isinstance(detail, dict):
        return str(detail)
    told = ((key, value) for key, value in detail.items() if value not in (None, "", [], {}))
    return "; ".join(f"{key} {', '.join(map(str, value)) if isinstance(value, list) else value}" for key, value in told)
