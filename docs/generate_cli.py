"""Writes ``docs/reference/cli.md`` from the commands themselves; with ``--check`` it only compares.

Run as ``python docs/generate_cli.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import typer.main
from typer.core import TyperGroup

from tocsin.ui.cli.main import app

PAGE = Path(__file__).parent / "reference" / "cli.md"
HEAD = """\
# Commands

This page is made from the commands' own help (`python docs/generate_cli.py`); `make docs` and a test compare the two.

`stdout` is data, `stderr` is talk. Every command that shows data takes `--json`. Exit code 0: done; 1: refused, with
[an error that says what to do](errors.md); 2: wrong usage; 130: stopped with Ctrl-C, nothing left half done.
"""


def commands() -> Iterator[tuple[str, str]]:
    """Each command's name as typed and its help, groups before their members."""
    root = typer.main.get_command(app)
    yield from _below(root, "tocsin")


def page() -> str:
    """The whole page."""
    return HEAD + "".join(f"\n## {name}\n\n```text\n{text.strip()}\n```\n" for name, text in commands())


def _below(command: object, name: str) -> Iterator[tuple[str, str]]:
    assert hasattr(command, "get_help")
    assert hasattr(command, "context_class")
    context = command.context_class(command, info_name=name, terminal_width=100, max_content_width=100)
    text = command.get_help(context)
    yield name, "\n".join(line.rstrip() for line in text.splitlines())
    if isinstance(command, TyperGroup):
        for word, member in command.commands.items():
            if not member.hidden:
                yield from _below(member, f"{name} {word}")


if __name__ == "__main__":
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(page(), "utf-8")
    elif not PAGE.exists() or PAGE.read_text("utf-8") != page():
        sys.exit("docs/reference/cli.md is not current\n  → run: python docs/generate_cli.py")
