"""``tocsin record compare``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.errors import AskError
from tocsin.ui.cli.shell import (
    BelowOption,
    CopiesOption,
    JsonOption,
    LabelOption,
    WorkspaceOption,
    output_label,
    running,
    say,
    say_copies,
    show,
    show_json,
    show_table,
    workspace_at,
)

if TYPE_CHECKING:
    from tocsin.record import Span
    from tocsin.tasks.record_compare import Claimed, Row, Side

_AROUND = 60


def register(group: typer.Typer) -> None:
    """Adds ``compare`` to the commands of ``tocsin record``."""
    group.command("compare")(compare)


def compare(
    incident: Annotated[str | None, typer.Option(help="Only what is about this incident.")] = None,
    family: Annotated[
        str | None,
        typer.Option(help="Only level, organ, likelihood, figure, complement, count, relay, denial, answer and so on."),
    ] = None,
    measured: Annotated[
        str | None, typer.Option(metavar="CASE", help="Hold claimed figures beside those measured for this case.")
    ] = None,
    copies: CopiesOption = False,
    limit: Annotated[int, typer.Option(min=1, help="How many to show, the weightiest first.")] = 40,
    label: LabelOption = None,
    below_label: BelowOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show where two claims differ, agree, or cannot be compared: both in their own words, and which part differs.

    Each is a candidate until somebody has reviewed it; that two contradict each other is for reviewers to say.

    Example: tocsin record compare --family level

    Example: tocsin record compare --measured exchange-proxylogon-2021
    """
    with running(as_json=as_json):
        from tocsin.tasks.record_compare import against_census, compare_record

        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        if measured is not None:
            if family is not None:
                raise AskError("with --measured there is no --family", remedy="leave out one of the two")
            beside = against_census(place, measured, incident=incident)
            held = beside.rows[:limit]
            if as_json:
                show_json({"measured": [each.as_json() for each in held], "left_out": beside.left_out}, marked)
            else:
                show(f"{marked}  claimed and measured, {measured}")
                _show_measured(held)
                if beside.left_out:
                    say(f"{beside.left_out:,} claimed figures of other incidents are left out; --incident takes those")
            return
        rows = compare_record(place, family=family, incident=incident, copies=copies, tell=say_copies)
        if as_json:
            told = [row.as_json() for row in rows[:limit]]
            show_json({"comparisons": told, "total": len(rows)}, marked)
            return
        show(str(marked))
        _show_rows(rows, limit)


def _show_rows(rows: Sequence[Row], limit: int) -> None:
    if not rows:
        say("Nothing stands beside anything else")
        return
    for number, row in enumerate(rows[:limit], 1):
        _print(_row(number, row))
    tally = Counter((row.comparison.family.value, row.comparison.verdict.value) for row in rows)
    verdicts = ("differs", "not comparable", "same")
    families = dict.fromkeys(family for family, _ in tally)
    show_table(
        ("family", *verdicts),
        [(family, *(tally[family, verdict] or "" for verdict in verdicts)) for family in families],
        right=verdicts,
    )
    if len(rows) > limit:
        say(f"{len(rows) - limit:,} more: --limit {len(rows)} shows them all")


def _show_measured(held: Sequence[Claimed]) -> None:
    if not held:
        say("No claimed figure is of a kind that was measured")
    for number, each in enumerate(held, 1):
        _print([[(f"{number}. {each.held.verdict}", "bold")], _side("claim", each.side), [(each.held.explanation, "")]])


def _row(number: int, row: Row) -> Iterator[list[tuple[str, str]]]:
    told = row.comparison
    head = f"{number}. {told.family}: {told.verdict}, between {told.between}"
    yield [(head, "bold"), (f"  {told.incident or 'no incident told'}  {told.id}", "dim")]
    if row.contradiction:
        state = "contradicts" if row.contradiction.is_reviewed else "called a contradiction, a second person must agree"
        yield [(f"   {state}: {', '.join(row.contradiction.by)}", "red")]
    yield [(f"   {told.explanation}", "")]
    yield _side("A", row.left)
    if row.right is not None:
        yield _side("B", row.right)
    if told.also:
        yield [(f"   and {len(told.also)} more that say the same as one of them", "dim")]


def _side(name: str, side: Side) -> list[tuple[str, str]]:
    """The words of one side with those before and after, the telling ones marked."""
    text, span = side.document.text, side.assertion.span
    begins, ends = max(0, span.begins - _AROUND), min(len(text), span.ends + _AROUND)
    pieces = [(f"   {name}  ", "bold"), (f"{side.source}: ", "dim"), (_line(text[begins : span.begins]), "dim")]
    at = span.begins
    for mark in _marks(side):
        pieces += [(_line(text[at : mark.begins]), ""), (f"[{_line(text[mark.begins : mark.ends])}]", "bold yellow")]
        at = mark.ends
    return [*pieces, (_line(text[at : span.ends]), ""), (_line(text[span.ends : ends]), "dim")]


def _marks(side: Side) -> list[Span]:
    """The places of the words that tell, in order and apart."""
    from tocsin.record import Attribution, Quantity

    body, span = side.assertion.body, side.assertion.span
    spans = list(side.assertion.triggers)
    if isinstance(body, Attribution):
        spans += [party.span for party in body.accused if party.span]
        spans += [body.likelihood.words] if body.likelihood.words else []
    if isinstance(body, Quantity):
        spans += [body.number, *body.hedges]
    kept: list[Span] = []
    for each in sorted(each for each in spans if span.holds(each) and len(each)):
        if not kept or kept[-1].ends <= each.begins:
            kept.append(each)
    return kept


def _line(text: str) -> str:
    return " ".join(text.replace("\n", " ").split("  "))


def _print(lines: Iterable[Sequence[tuple[str, str]]]) -> None:
    """In colours on a terminal; else plain. Nothing in it can steer the terminal."""
    from rich.console import Console
    from rich.text import Text

    from tocsin.reports import terminal

    console = Console(file=sys.stdout, highlight=False) if sys.stdout.isatty() else None
    for pieces in (*lines, [("", "")]):
        clean = [(terminal(text), style) for text, style in pieces]
        if console is None:
            show("".join(text for text, _ in clean))
        else:
            console.print(Text.assemble(*clean))
