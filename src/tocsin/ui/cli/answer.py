"""``tocsin answer``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.errors import AskError
from tocsin.ui.cli.asking import AsOfOption, CaseArgument, KnownOption
from tocsin.ui.cli.progress import told_rounds
from tocsin.ui.cli.shell import BelowOption, LabelOption, WorkspaceOption, output_label, running, say, workspace_at

if TYPE_CHECKING:
    from tocsin.labels import Label
    from tocsin.reports.answered import Answers

QuestionOption = Annotated[
    list[str] | None, typer.Option("--question", "-q", help="Only this question, by its id; may be repeated.")
]
SinceOption = Annotated[Path | None, typer.Option(help="An earlier answer as JSON: say what has changed since.")]


def answer(
    case: CaseArgument,
    question: QuestionOption = None,
    as_of: AsOfOption = None,
    known_at: KnownOption = None,
    since: SinceOption = None,
    names: Annotated[bool, typer.Option("--names", help="Name public bodies and the worst that remain.")] = False,
    format_: Annotated[str, typer.Option("--format", help="text, markdown, json or pdf.")] = "text",
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of stdout.")] = None,
    label: LabelOption = None,
    below_label: BelowOption = False,
    workspace: WorkspaceOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Answer the questions put in public: figures, what they count, what is not known, and how to ask again.

    Example: tocsin answer exchange-proxylogon-2021 --as-of 2021-03-31

    Example: tocsin answer exchange-proxylogon-2021 -q fixed -q remaining --format markdown

    Example: tocsin answer exchange-proxylogon-2021 --since last-week.json --format pdf --out brief.pdf
    """
    with running(as_json=as_json or format_ == "json"):
        from tocsin.reports.answers import check_answer_format
        from tocsin.tasks.answer import Wish
        from tocsin.tasks.answer import answer as give
        from tocsin.tasks.asking import parse_day, parse_moment

        kind = check_answer_format("json" if as_json else format_)
        if kind == "pdf" and out is None and sys.stdout.isatty():
            raise AskError("a PDF is nothing for a terminal", remedy="give --out FILE")
        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        wish = Wish(
            label=marked,
            questions=tuple(question or ()),
            as_of=parse_day(as_of, option="--as-of"),
            known_at=parse_moment(known_at, option="--known-at"),
            since=_read(since) if since else None,
            names=names,
        )
        _write(give(place, case, wish, tell=told_rounds("reports folded in")), kind, marked, out)


def _read(path: Path) -> tuple[str, bytes]:
    from tocsin.reports.earlier import MOST_BYTES

    try:
        with path.open("rb") as file:
            return str(path), file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise AskError(
            f"--since {path} cannot be read: {fault.strerror or fault}", remedy="give the file of an earlier answer"
        ) from fault


def _write(answers: Answers, kind: str, marked: Label, out: Path | None) -> None:
    from tocsin.reports.answers import rendered
    from tocsin.store.files import written_whole

    made = rendered(answers, kind, marked)
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
        return
    with written_whole(out) as file:
        file.write(made)
    say(f"{out}: {len(answers.given)} answers, {marked}")
