"""The command ``tocsin``: gathers the commands of this folder in the order in which an officer meets them."""

from __future__ import annotations

from typing import Annotated

import typer

import tocsin
from tocsin.ui.cli import (
    answer,
    asking,
    audit,
    case,
    constituency,
    contacts,
    demo,
    desk,
    intake,
    notify,
    notify_answer,
    notify_letter,
    notify_letters,
    notify_send,
    override,
    reach,
    record,
    remediation,
    report,
    review,
    serve,
    source,
    tables,
)

app = typer.Typer(
    name="tocsin",
    help="The bell that warns everyone: from scan reports to whoever must know, and to figures that hold.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"tocsin {tocsin.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """The bell that warns everyone: from scan reports to whoever must know, and to figures that hold."""


app.command()(desk.init)
app.add_typer(case.app, name="case")
app.add_typer(constituency.app, name="constituency")
app.add_typer(contacts.app, name="contacts")
app.add_typer(tables.app, name="tables")
app.command()(intake.ingest)
app.command()(intake.batches)
app.command()(intake.rejected)
app.command()(intake.rejudge)
app.command()(asking.census)
app.command()(asking.findings)
app.command()(asking.explain)
app.command()(answer.answer)
app.command()(remediation.remediation)
app.command()(reach.reach)
app.command()(reach.due)
app.command()(reach.effect)
app.command()(report.report)
app.add_typer(record.app, name="record")
app.add_typer(source.app, name="source")
app.add_typer(override.app, name="override")
notify_letter.add_to(notify.app)
notify_answer.add_to(notify.app)
notify_send.add_to(notify.app)
notify_letters.add_to(notify.app)
app.add_typer(notify.app, name="notify")
app.add_typer(audit.app, name="audit")
app.add_typer(review.app, name="review")
app.command()(serve.serve)
app.command()(desk.purge)
app.command()(demo.demo)


def run() -> None:
    """The console script's entry."""
    app()
