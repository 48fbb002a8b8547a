"""``tocsin reach``, ``due`` and ``effect``."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.errors import AskError
from tocsin.labels import Label
from tocsin.ui.cli.asking import CaseArgument, SmallOption, refuse_small_counts
from tocsin.ui.cli.progress import told_rounds
from tocsin.ui.cli.shell import (
    PAGE,
    BelowOption,
    JsonOption,
    LabelOption,
    WorkspaceOption,
    output_label,
    running,
    say,
    show,
    show_json,
    show_paragraph,
    show_table,
    workspace_at,
)

if TYPE_CHECKING:
    from tocsin.reports.calendar import Entry
    from tocsin.tasks.due import DueNow
    from tocsin.tasks.effect import Effects
    from tocsin.tasks.reach import Reached

DayOption = Annotated[str | None, typer.Option("--as-of", help="The day described; default: today, by UTC.")]
_FOLDED = "reports folded in"
_OLD_LOOK = timedelta(days=7)
_SHOWN = ("rank", "who", "why", "since", "next_step", "channel", "address", "tried")


def reach(
    case: CaseArgument,
    by: Annotated[str | None, typer.Option(help="sector, country or channel.")] = None,
    as_of: DayOption = None,
    label: LabelOption = None,
    below_label: BelowOption = False,
    small_counts: SmallOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say whom you have told: identified, with a contact, planned for, sent, accepted, heard, and seen fixed.

    Whoever could not be reached is named; under TLP:CLEAR nobody is, and small counts are withheld.

    Example: tocsin reach exchange-proxylogon-2021

    Example: tocsin reach exchange-proxylogon-2021 --by sector --json
    """
    with running(as_json=as_json):
        from tocsin.tasks.asking import parse_day
        from tocsin.tasks.reach import who_was_reached

        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        if by and not small_counts:
            refuse_small_counts(marked)
        found = who_was_reached(
            place,
            case,
            by=by,
            as_of=parse_day(as_of, option="--as-of"),
            now=datetime.now(UTC),
            tell=told_rounds(_FOLDED),
        )
        if marked is Label.CLEAR and not small_counts:
            every = len(found.ledger.figures)
            found = found.for_public()
            say(f"{every - len(found.ledger.figures):,} figures are withheld as too small, or to protect such")
        if as_json:
            show_json(found.as_json(named=marked is not Label.CLEAR), marked)
            return
        _show_reach(found, marked)


def due(
    case: CaseArgument,
    as_of: DayOption = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the list to this CSV file.")] = None,
    ics: Annotated[Path | None, typer.Option("--ics", help="Write it to this calendar file (iCalendar).")] = None,
    label: LabelOption = None,
    below_label: BelowOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """List whom to turn to now, why, and the next step for each: public bodies first, until a look shows the fix.

    Example: tocsin due exchange-proxylogon-2021 --csv due.csv --ics due.ics
    """
    with running(as_json=as_json):
        from tocsin.tasks.asking import parse_day
        from tocsin.tasks.due import what_is_due

        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        if marked is Label.CLEAR:
            raise AskError(
                f"what is due names organisations, and nobody is named in what is labelled {marked}",
                remedy="label it TLP:GREEN or above, or write the counts with 'tocsin reach'",
            )
        now = datetime.now(UTC)
        day = parse_day(as_of, option="--as-of")
        found = what_is_due(place, case, as_of=day, now=now, tell=told_rounds(_FOLDED))
        _write_due(found, marked, csv, ics, now)
        if as_json:
            show_json(found.as_json(), marked)
        elif csv is None and ics is None:
            _show_due(found, marked)


def effect(
    case: CaseArgument,
    as_of: DayOption = None,
    label: LabelOption = None,
    below_label: BelowOption = False,
    small_counts: SmallOption = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what being told first changed, where a plan was sent in waves that chance drew and somebody looked between.

    Example: tocsin effect exchange-proxylogon-2021

    Small counts are in it: under TLP:CLEAR it is refused without --small-counts.
    """
    with running(as_json=as_json):
        from tocsin.tasks.asking import parse_day
        from tocsin.tasks.effect import what_telling_changed

        place = workspace_at(workspace)
        marked = output_label(place, label, below=below_label)
        if not small_counts:
            refuse_small_counts(marked)
        day = parse_day(as_of, option="--as-of")
        found = what_telling_changed(place, case, as_of=day, now=datetime.now(UTC), tell=told_rounds(_FOLDED))
        if as_json:
            show_json(found.as_json(), marked)
        else:
            _show_effect(found, marked)


def _show_reach(found: Reached, marked: Label) -> None:
    from tocsin.reports import terminal
    from tocsin.reports.reach_tables import unreached_named
    from tocsin.reports.reached import UNITS, steps

    figures = found.ledger.figures
    show(f"{marked}  {terminal(found.case_id)}, as of {found.as_of}; last look on {found.looked_on}")
    groups = list(dict.fromkeys(figure.group or "" for figure in figures if figure.unit in UNITS))
    for unit in UNITS:
        for group in groups:
            rows = steps(figures, unit, group)
            if rows:
                show(f"\n{terminal(group.replace('=', ' '))}" if group else "")
                show_table((unit, "number", "seen fixed"), rows, right=("number", "seen fixed"))
    show("")
    for figure in figures:
        if figure.unit not in UNITS and (figure.high or figure.unit == "services"):
            show_paragraph(f"{str(figure)[0].upper()}{str(figure)[1:]}.")
    if marked is not Label.CLEAR and found.ledger.unreached and found.by is None:
        table = unreached_named(found.ledger.unreached, found.names)
        show(f"\n{table.title}:")
        show_table(table.columns, table.rows, width=PAGE)
    show("")
    show_paragraph(f"{found.method} {'; '.join(found.versions)}.")


def _show_due(found: DueNow, marked: Label) -> None:
    from tocsin.reports import terminal
    from tocsin.tasks.due import COLUMNS

    show(f"{marked}  {terminal(found.case_id)}, due as of {found.as_of}; last look on {found.looked_on}")
    chosen = [COLUMNS.index(name) for name in _SHOWN]
    rows = [[cells[number] for number in chosen] for cells in found.cells()]
    if rows:
        heads = [name.replace("_", " ") for name in _SHOWN]
        show_table(heads, rows, right=("rank", "tried"), whole=("since",), width=PAGE)
    say(f"{len(found.rows):,} {'is' if len(rows) == 1 else 'are'} due; --csv, --ics and --json give every column")
    if found.as_of - found.looked_on > _OLD_LOOK:
        days = (found.as_of - found.looked_on).days
        say(f"the last look is {days:,} days old: what it showed may be over, so take in a newer scan")


def _write_due(found: DueNow, marked: Label, csv: Path | None, ics: Path | None, now: datetime) -> None:
    """The files that were asked for, each whole or not at all."""
    import io

    from tocsin.reports.calendar import calendar
    from tocsin.reports.tables import write_rows
    from tocsin.store.files import written_whole
    from tocsin.tasks.due import COLUMNS

    if csv is not None:
        text = io.StringIO()
        write_rows(COLUMNS, found.cells(), marked, text)
        with written_whole(csv) as file:
            file.write(text.getvalue().encode())
        say(f"{csv}: {len(found.rows):,} rows, {marked}")
    if ics is not None:
        with written_whole(ics) as file:
            file.write(calendar(_entries(found), marked, name=f"{found.case_id}: due", now=now))
        say(f"{ics}: {len(found.rows):,} entries, {marked}")


def _entries(found: DueNow) -> list[Entry]:
    from tocsin.reports.calendar import Entry
    from tocsin.tasks.due import COLUMNS

    entries = []
    for (row, name), cells in zip(found.rows, found.cells(), strict=True):
        told = dict(zip(COLUMNS, cells, strict=True))
        shown = ("why", "since", "next_step", "channel", "address", "tried", "notice", "deadline")
        lines = (f"{key.replace('_', ' ')}: {told[key]}" for key in shown if told[key] not in (None, ""))
        key = f"{found.case_id} {row.constituent} {row.notice or ''}"
        entries.append(Entry(key=key, on=found.as_of, summary=f"{name}: {row.step}", lines=tuple(lines)))
    return entries


def _show_effect(found: Effects, marked: Label) -> None:
    from tocsin.remediation.effect import CAVEATS, METHOD
    from tocsin.reports import terminal

    show(f"{marked}  {terminal(found.case_id)}, as of {found.as_of}; last look on {found.looked_on}")
    for each in found.found.contrasts:
        show("")
        show_paragraph(f"Plan {each.plan}: {each}.")
        for figure in (each.told, each.waiting):
            show_paragraph(f"{str(figure)[0].upper()}{str(figure)[1:]}.")
    for why in found.found.declined:
        show_paragraph(f"Not told: {why}.")
    if found.found.contrasts:
        show("\nWhat must be said with it:")
        for caveat in CAVEATS:
            show_paragraph(f"- {caveat}")
        show("")
        show_paragraph(METHOD)
