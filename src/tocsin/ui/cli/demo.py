"""``tocsin demo``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import chdir, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.ui.cli.shell import running, say, show, show_table

if TYPE_CHECKING:
    from tocsin.tasks.demo import Outcome


def demo(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")] = Path("demo"),
    scale: Annotated[int, typer.Option(help="How many servers, up to 250,000.")] = 40_000,
    seed: Annotated[int, typer.Option(help="Another seed, another world.")] = 2021,
    days: Annotated[int, typer.Option(help="How many days from 4 March 2021, up to 28.")] = 28,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier demo in the folder.")] = False,
) -> None:
    """Make a world with known truth, run the main job on it, and hold the result against the truth.

    Example: tocsin demo demo --scale 4000
    """
    with running():
        from tocsin.tasks.demo import Wish, run_demo

        wish = Wish(folder=folder, scale=scale, seed=seed, days=days)
        outcome = run_demo(wish, ask=run_here, force=force, show=show, say=say)
        _tell(outcome)
        if not outcome.holds:
            raise typer.Exit(1)


def run_here(words: Sequence[str], folder: Path) -> tuple[int, str]:
    """Runs ``tocsin`` with ``words`` in ``folder``, in this process: its exit code, and what it printed on stdout."""
    from tocsin.ui.cli.main import app

    printed = BytesIO()
    out = TextIOWrapper(printed, encoding="utf-8", write_through=True)
    sys.stdout.flush()
    with chdir(folder), redirect_stdout(out):
        code = app(list(words), standalone_mode=False)
    if code == 130:
        raise KeyboardInterrupt
    out.flush()
    return code or 0, printed.getvalue().decode("utf-8", "replace")


def _tell(outcome: Outcome) -> None:
    last = outcome.checks[-1].figure.as_of
    show(f"\nWhat was said on {last} beside what was true; truth/comparison.csv has {len(outcome.checks):,} figures:")
    rows = (
        (
            check.figure.id,
            *(f"{count:,}" for count in (check.figure.low, check.truth, check.figure.high)),
            "yes" if check.holds else "NO",
        )
        for check in outcome.checks
        if check.figure.as_of == last and "/" not in check.figure.id
    )
    show_table(("figure", "at least", "truth", "at most", "holds"), rows, right=("at least", "truth", "at most"))
    for sentence in outcome.wrong[:20]:
        show(f"wrong: {sentence}")
    held = sum(check.holds for check in outcome.checks)
    show(f"{held:,} of {len(outcome.checks):,} figures enclose the truth; {len(outcome.wrong):,} findings are wrong")
    within = sum(share.holds for share in outcome.shares)
    show(f"on {within:,} of {len(outcome.shares):,} days the true share still exposed lies within the bands")
    if outcome.page:
        show(f"the page: {outcome.page}")
