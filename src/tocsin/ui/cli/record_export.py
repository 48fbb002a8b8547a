"""``tocsin record export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tocsin.ui.cli.shell import BelowOption, LabelOption, WorkspaceOption, output_label, running, say, workspace_at


def register(group: typer.Typer) -> None:
    """Adds ``export`` to the commands of ``tocsin record``."""
    group.command("export")(export)


def export(
    kind: Annotated[str, typer.Option("--format", help="csv, annotations, stix or eurepoc.")] = "csv",
    doc: Annotated[list[str] | None, typer.Option(metavar="DOC", help="Only this document; may be repeated.")] = None,
    incident: Annotated[str | None, typer.Option(help="Only what is about this incident.")] = None,
    reviewed_only: Annotated[bool, typer.Option("--reviewed-only", help="Leave out what is machine-read.")] = False,
    creator: Annotated[
        str, typer.Option(metavar="NAME", help="Your organisation, as the creator of a STIX bundle.")
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file to write.", show_default="stdout")] = None,
    label: LabelOption = None,
    below_label: BelowOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write the record for others: a plain table, W3C Web Annotations, STIX 2.1, or EuRepoC's table.

    Every item says whether a person reviewed it or a machine read it.

    Example: tocsin record export --format annotations --doc 1 -o annotations.jsonld

    Example: tocsin record export --format stix --reviewed-only --creator "Example CERT" -o record.json
    """
    with running():
        from tocsin.sharing.filed import Choice
        from tocsin.store.files import written_whole
        from tocsin.tasks.record_export import export_record

        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        choice = Choice(reviewed_only=reviewed_only, incident=incident)
        made = export_record(place, kind, documents=doc or [], choice=choice, label=marked, creator=creator)
        if out is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(made.content)
            sys.stdout.buffer.flush()
        else:
            with written_whole(out) as file:
                file.write(made.content)
        told = f"{made.assertions:,} assertions of {made.documents:,} documents, {made.reviewed:,} of them reviewed"
        say(f"{out or 'stdout'}: {told}, {marked}")
