"""``tocsin notify answer``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from tocsin.ui.cli.shell import JsonOption, WorkspaceOption, running, say, show, show_json, workspace_at


def add_to(group: typer.Typer) -> None:
    """Adds ``answer`` to the commands of ``tocsin notify``."""
    group.command("answer")(answer)


def answer(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The notice's number, as it is printed.")],
    what: Annotated[str, typer.Argument(metavar="ANSWER", help="fixed, not_ours, wrong_contact, need_help or stop.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who enters it.")],
    via: Annotated[str, typer.Option(help="How it came: mail, or person for what was said.")] = "person",
    words: Annotated[str, typer.Option(help="What they said, in their words.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Enter what a recipient answered by mail or telephone. It closes no finding: only an observation does.

    Example: tocsin notify answer k3v5q-7zr2m-xa4tq-6w2bn-d5hj7-c fixed --via mail --by "A. Officer"
    --words "updated on Sunday"
    """
    with running(as_json=as_json):
        from tocsin.notices.answers import MEANINGS, Answer
        from tocsin.tasks.answering_notices import enter_answer

        place, now = workspace_at(workspace), datetime.now(UTC)
        done = enter_answer(place, number, what, via=via, words=words, author=by, now=now)
        if as_json:
            show_json(dict(done))
        else:
            show(f"answer {done['answer']} is kept: {what}")
            say(MEANINGS[Answer(what)].happens)
