"""``tocsin report``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tocsin.ui.cli.asking import AsOfOption, CaseArgument, KnownOption
from tocsin.ui.cli.progress import told_rounds
from tocsin.ui.cli.remediation import JumpOption, MissesOption, UnlistedOption
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
    workspace_at,
)


def report(
    case: CaseArgument,
    out: Annotated[Path, typer.Option(help="The folder to write; a report that is there is written anew.")],
    as_of: AsOfOption = None,
    known_at: KnownOption = None,
    note: Annotated[str, typer.Option(help="A sentence said first, such as 'draft'.", show_default=False)] = "",
    misses: MissesOption = 2,
    unlisted: UnlistedOption = 7,
    jump: JumpOption = 0.25,
    label: LabelOption = None,
    below_label: BelowOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the report on a case: a page that works offline, charts as PNG and SVG, figures, a brief of two pages.

    Under TLP:CLEAR small counts are left out, and whatever would give them away, and nobody is named.

    Example: tocsin report exchange-proxylogon-2021 --out report-2021-03-31

    Example: tocsin report exchange-proxylogon-2021 --out public --label clear --below-label
    """
    with running(as_json=as_json):
        from tocsin.tasks.asking import parse_day, parse_moment
        from tocsin.tasks.following import Manner
        from tocsin.tasks.report import PAGE, write_report

        place = workspace_at(workspace)
        day, moment = parse_day(as_of, option="--as-of"), parse_moment(known_at, option="--known-at")
        written = write_report(
            place,
            case,
            out,
            as_of=day,
            known_at=moment,
            label=output_label(place, label, below=below_label),
            manner=Manner(misses=misses, unlisted_days=unlisted, jump=jump),
            made_at=datetime.now(UTC),
            tell=told_rounds("reports folded in"),
            note=note,
        )
        if as_json:
            show_json(written.as_json())
            return
        for name in written.files:
            show(f"{written.folder / name}")
        if written.withheld:
            say(f"{written.withheld:,} figures are withheld as too small for the public, or to protect those that are")
        say(f"open {written.folder / PAGE}")
