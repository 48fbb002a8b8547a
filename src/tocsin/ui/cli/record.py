"""``tocsin record``: the public record."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.ui.cli import record_compare, record_export, record_review, record_views
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
    from tocsin.store.documents import Kept
    from tocsin.tasks.record_add import Added
    from tocsin.tasks.record_list import Entry
    from tocsin.tasks.record_read import Read
    from tocsin.ui.cli._record_text import Pieces

app = typer.Typer(
    help="The public record: who said what, about whom, how surely, in which words.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

DocumentArgument = Annotated[
    str, typer.Argument(metavar="DOC", help="Its number in the list, file name, address, or beginning of its sha256.")
]


@app.command()
def add(
    places: Annotated[list[str], typer.Argument(metavar="FILE|URL…", help="Text, HTML, PDF with text, or .docx.")],
    genre: Annotated[
        str | None, typer.Option(help="debate, news, statement, briefing, advisory or other; default: by its words.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="The day it was published, such as 2021-07-22.")] = None,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    licence: Annotated[str | None, typer.Option(help="The licence under which it may be used.")] = None,
    language: Annotated[str | None, typer.Option(help="Its language, such as en-GB.")] = None,
    charset: Annotated[
        str | None, typer.Option(help="Its character encoding; default: as declared, else UTF-8.")
    ] = None,
    author: Annotated[str | None, typer.Option(help="Who adds it; default: your login name.")] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from an address that is not on the public internet too.")
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take public documents into the record; nothing is kept twice, and no text is ever changed.

    What you say of one that is there already is added to it, and counts from then on.

    Example: tocsin record add debate.html --genre debate --date 2021-07-22

    Example: tocsin record add https://www.example.org/statement
    """
    with running(as_json=as_json):
        from tocsin.record.facts import facts_of
        from tocsin.tasks.record_add import Wishes, add_document
        from tocsin.ui.cli._record_json import added_json

        place = workspace_at(workspace)
        said = {
            "genre": genre,
            "published": date,
            "title": title,
            "publisher": publisher,
            "licence": licence,
            "language": language,
        }
        wishes = Wishes(
            author=author or _login(),
            facts=facts_of({name: text for name, text in said.items() if text is not None}),
            charset=charset,
            allow_private=allow_private,
        )
        done = []
        for each in places:
            done.append(add_document(place, each, wishes=wishes, clock=_now))
            if not as_json:
                _tell_added(done[-1])
        if as_json:
            show_json({"documents": [added_json(each) for each in done]}, place.label)


@app.command()
def read(
    document: Annotated[
        str | None, typer.Argument(metavar="[DOC]", help="One document; default: all not read yet.")
    ] = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read what was not read yet: keep every assertion with its exact words, by rules alone, offline.

    A document is read anew when the reader has a newer version, or when you have corrected its genre or date.

    Example: tocsin record read
    """
    with running(as_json=as_json):
        from tocsin.tasks.record_read import read_documents
        from tocsin.ui.cli._record_json import read_json
        from tocsin.ui.cli.progress import told_rounds

        place = workspace_at(workspace)
        found = []
        for each in read_documents(place, document, clock=_now, progress=told_rounds("documents read")):
            found.append(each)
            if not as_json:
                _tell_read(each)
        if as_json:
            show_json({"read": [read_json(each) for each in found]}, place.label)
        elif not found:
            show("nothing was unread")


@app.command("list")
def list_(
    label: LabelOption = None,
    below_label: BelowOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the documents of the record, in the order in which they were added.

    Example: tocsin record list
    """
    with running(as_json=as_json):
        from tocsin.tasks.record_list import list_documents
        from tocsin.ui.cli._record_json import entry_json

        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        entries = list_documents(place)
        if as_json:
            show_json({"documents": [entry_json(entry) for entry in entries]}, marked)
            return
        show(str(marked))
        columns = ("number", "published", "genre", "title", "words", "assertions", "sha256")
        show_table(columns, map(_cells, entries), right=("number", "words", "assertions"))


@app.command("show")
def show_(
    document: DocumentArgument,
    kind: Annotated[
        str | None,
        typer.Option(help="Only attribution, assessment, quantity, event, denial, response, commitment or code."),
    ] = None,
    label: LabelOption = None,
    below_label: BelowOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a document's text with its assertions marked, and below each line what they are.

    Example: tocsin record show 1 --kind attribution
    """
    with running(as_json=as_json):
        from tocsin.reports import terminal
        from tocsin.tasks.record_show import show_document
        from tocsin.ui.cli._record_json import shown_json
        from tocsin.ui.cli._record_text import page

        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        shown = show_document(place, document)
        wanted = shown.of_kind(kind)
        if as_json:
            show_json(shown_json(shown, wanted), marked)
            return
        show(terminal(f"{marked}  {_headline(shown.kept)}"))
        show("")
        _show_page(page(shown.document.text, wanted, shown.states()))
        if shown.reading is None:
            say("It was not read yet: tocsin record read")
        elif shown.withdrawn:
            say(f"{shown.withdrawn:,} rejected, split or merged are not shown; 'tocsin record export' has them")
        elif not wanted:
            say("Nothing was found in it" if kind is None else f"No {kind} was found in it")


record_compare.register(app)
record_review.register(app)
record_export.register(app)
record_views.register(app)


def _now() -> datetime:
    return datetime.now(UTC)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a machine that does not know who is at it
        return ""


def _tell_added(added: Added) -> None:
    from tocsin.reports import terminal

    kept = added.kept
    short = kept.document.sha256[:12]
    if added.is_new:
        show(terminal(f"{kept.document.source}: added as {short}, {kept.words:,} words, {_described(kept)}"))
    else:
        ways = "; ".join(arrival.source for arrival in kept.arrivals)
        show(terminal(f"already here since {kept.added_at[:19]} as {short} (from {ways}), {_described(kept)}"))
    for remark in added.remarks:
        say(terminal(f"  {remark}"))
    for number, twin in added.same_text:
        say(f"  document {number} ({twin[:12]}) has the same text: both are kept, and count once")
    if kept.document.published is None:
        say("  no date is known, so that 'yesterday' cannot be told: add it again with --date")


def _described(kept: Kept) -> str:
    document, origins = kept.document, dict(kept.document.origins)
    genre = f"{document.genre} ({origins['genre']})" if "genre" in origins else "genre unknown"
    day = f"published {document.published} ({origins['published']})" if document.published else "no date"
    return f"{genre}, {day}"


def _tell_read(found: Read) -> None:
    from tocsin.reports import terminal

    counts = ", ".join(f"{count} {kind}" for kind, count in found.mark.counts.items()) or "nothing found"
    state = "" if found.is_new else " (read before)"
    show(terminal(f"{found.kept.document.sha256[:12]} {_headline(found.kept)}: {counts}{state}"))


def _headline(kept: Kept) -> str:
    return (
        f"{kept.document.title or kept.document.source}, {kept.document.genre}, {kept.document.published or 'no date'}"
    )


def _show_page(lines: Iterable[Pieces]) -> None:
    """In colours on a terminal; else plain."""
    if not sys.stdout.isatty():
        for pieces in lines:
            show("".join(text for text, _ in pieces))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=sys.stdout, highlight=False)
    for pieces in lines:
        console.print(Text.assemble(*pieces))


def _cells(entry: Entry) -> tuple[object, ...]:
    kept = entry.kept
    document = kept.document
    found = "not read" if entry.mark is None else f"{entry.mark.assertions:,}"
    name = document.title or document.source
    return entry.number, document.published, document.genre, name, f"{kept.words:,}", found, document.sha256[:12]
