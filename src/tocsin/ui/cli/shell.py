"""What every command shares: options, showing data, saying things, and turning an error into an exit code.

stdout is data, stderr is talk; exit 0 done, 1 refused with a ``TocsinError``, 2 wrong usage. Rich and the tasks are
imported where they are used, so that ``tocsin --help`` answers at once.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tocsin.errors import AskError, TocsinError
from tocsin.labels import Label, parse_label

if TYPE_CHECKING:
    from tocsin.store.workspace import Workspace

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", "-w", envvar="TOCSIN_WORKSPACE", help="The workspace; default: the one you stand in."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Data as JSON on stdout.")]
LabelOption = Annotated[
    str | None, typer.Option("--label", help="Traffic-light label of this output; default: the workspace's.")
]
BelowOption = Annotated[
    bool, typer.Option("--below-label", help="Allow a --label below the workspace's own; it is noted in the ledger.")
]
CopiesOption = Annotated[bool, typer.Option("--copies", help="Count documents of the same words each; default: once.")]
PackOption = Annotated[
    list[Path] | None, typer.Option("--pack", help="A folder with a case pack of your own; may be repeated.")
]


_ALIGNED_ROWS = 2_000
_WIDE = 200
PAGE = 120
"""Columns of a table that is read rather than searched."""


def show(text: str) -> None:
    """One line of data on stdout. Text from outside must have gone through ``reports.terminal``."""
    print(text)


def say(text: str) -> None:
    """One line of talk on stderr."""
    print(text, file=sys.stderr)


def say_copies(copies: int) -> None:
    """Talk of documents that are left out because another has the same words."""
    be = "1 document has" if copies == 1 else f"{copies:,} documents have"
    say(f"{be} the same words as another and counted once: --copies counts each")


def show_json(value: object, label: Label | None = None) -> None:
    """``value`` as one JSON document; an object gets the key ``label`` first when ``label`` is given.

    ASCII only: whatever a stranger wrote reaches the terminal as ``\\u`` escapes.
    """
    if label is not None and isinstance(value, dict):
        value = {"label": str(label), **value}
    print(json.dumps(value, indent=2, ensure_ascii=True, default=str))


def show_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    right: Sequence[str] = (),
    whole: Sequence[str] = (),
    width: int = _WIDE,
) -> None:
    """A plain aligned table on stdout; every cell is escaped for the terminal. ``right`` columns align right.

    What does not fit goes on in the next line of its cell, but not in the columns ``whole``, whose words are copied.
    ``width`` counts where stdout is no terminal. A very long table is written with tabs instead.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from tocsin.reports import terminal

    cells = [["" if cell is None else terminal(str(cell)) for cell in row] for row in rows]
    if len(cells) > _ALIGNED_ROWS:  # aligning takes a second for every few thousand rows, and nobody reads so many
        print("\n".join("\t".join(row) for row in [list(columns), *cells]))
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in columns:
        side: Literal["left", "right"] = "right" if name in right else "left"
        table.add_column(name, justify=side, overflow="fold", no_wrap=name in whole)
    for row in cells:
        table.add_row(*map(Text, row))
    fits = None if sys.stdout.isatty() else width
    Console(file=sys.stdout, width=fits, highlight=False, soft_wrap=False).print(table)


def show_paragraph(text: str) -> None:
    """Sentences on stdout, escaped for the terminal, in lines as wide as a page."""
    from tocsin.reports import terminal

    for line in text.splitlines():
        show(fill(terminal(line), PAGE, break_on_hyphens=False, break_long_words=False))


@contextmanager
def running(*, as_json: bool = False) -> Iterator[None]:
    """Turns a ``TocsinError`` into exit code 1 (with the JSON error shape on stdout if asked), Ctrl-C into 130."""
    try:
        yield
        sys.stdout.flush()
    except TocsinError as error:
        if as_json:
            show_json(error.as_json())
        else:
            from tocsin.reports import terminal

            lines = str(error).split("\n")
            say("\n".join(["tocsin: " + terminal(lines[0]), *map(terminal, lines[1:])]))
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        say("tocsin: stopped; nothing was left half done")
        raise typer.Exit(130) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise typer.Exit(0) from None
    except OSError as fault:
        if fault.errno != errno.ENOSPC:
            raise
        say("tocsin: there is no room for the output\n  → make room, or name another place")
        sys.stdout = open(os.devnull, "w", encoding="ascii")  # noqa: SIM115  # what is left of it goes nowhere
        raise typer.Exit(1) from fault


def workspace_at(path: Path | None) -> Workspace:
    """The workspace named by ``--workspace``, or the one that the current folder lies in."""
    from tocsin.store.workspace import find_workspace, read_workspace

    if path is None:
        return find_workspace(Path.cwd())
    return read_workspace(path) if (path / "tocsin.toml").is_file() else find_workspace(path)


def output_label(workspace: Workspace, wanted: str | None, *, below: bool) -> Label:
    """The label that an output carries; one below the workspace's own is noted in the ledger.

    Raises ``AskError`` for one below the workspace's own without the flag.
    """
    if wanted is None:
        return workspace.label
    try:
        label = parse_label(wanted)
    except ValueError as fault:
        raise AskError(str(fault), remedy="name one of these labels with --label") from fault
    if label < workspace.label and not below:
        raise AskError(
            f"{label} is below the workspace's label {workspace.label}",
            remedy="add --below-label if you may release it at that label",
        )
    if label < workspace.label:
        from tocsin.tasks.workspace import note_release

        note_release(workspace, label, command=" ".join(sys.argv[1:]), now=datetime.now(UTC))
    return label
