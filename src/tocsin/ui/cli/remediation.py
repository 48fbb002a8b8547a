"""``tocsin remediation``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.errors import AskError
from tocsin.labels import Label
from tocsin.ui.cli.asking import CaseArgument, KnownOption, SmallOption, refuse_small_counts
from tocsin.ui.cli.progress import told_rounds
from tocsin.ui.cli.shell import (
    BelowOption,
    JsonOption,
    LabelOption,
    WorkspaceOption,
    output_label,
    running,
    show,
    show_json,
    show_table,
    workspace_at,
)

if TYPE_CHECKING:
    from tocsin.figures import Figure
    from tocsin.remediation.measures import Course
    from tocsin.tasks.remediation import Remaining, Remediation

_STATES = ("affected", "fixed", "mitigated", "undetermined", "unseen", "no_longer_listed")
_LEFT = ("rank", "who", "sector", "country", "services", "why", "since", "last seen")

UnitOption = Annotated[str, typer.Option(help="services, addresses, organisations or public-bodies.")]
MissesOption = Annotated[int, typer.Option(help="After how many complete scans without it a service is unseen.")]
UnlistedOption = Annotated[int, typer.Option(help="After how many days off every list it is no longer listed.")]
JumpOption = Annotated[
    float, typer.Option(help="A scan that sees this share more or fewer services than the last one is a change.")
]


def remediation(
    case: CaseArgument,
    unit: UnitOption = "services",
    by: Annotated[str | None, typer.Option(help="sector, public-body, country or branch.")] = None,
    begins: Annotated[str | None, typer.Option("--from", help="The first day shown.")] = None,
    ends: Annotated[str | None, typer.Option("--to", help="The day described; default: the last reported on.")] = None,
    known_at: KnownOption = None,
    left: Annotated[bool, typer.Option("--left", help="Who remains, worst first, with why.")] = False,
    target: Annotated[float, typer.Option(help="The share still exposed that the forecast looks for.")] = 0.1,
    misses: MissesOption = 2,
    unlisted: UnlistedOption = 7,
    jump: JumpOption = 0.25,
    seed: Annotated[int, typer.Option(help="Where chance starts for the intervals.")] = 1,
    label: LabelOption = None,
    below_label: BelowOption = False,
    small_counts: SmallOption = False,
    workspace: WorkspaceOption = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Every figure as CSV on stdout.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Say how many have fixed, how fast, of what, and who remains: with both bands, and the plain share beside it.

    Example: tocsin remediation exchange-proxylogon-2021 --unit organisations --by sector

    Example: tocsin remediation exchange-proxylogon-2021 --left --json

    Small counts are in it: under TLP:CLEAR it is refused without --small-counts.
    """
    with running(as_json=as_json):
        from tocsin.tasks.asking import parse_day, parse_moment
        from tocsin.tasks.following import Manner
        from tocsin.tasks.remediation import Wish, who_remains
        from tocsin.tasks.remediation import remediation as follow

        place = workspace_at(workspace)
        wish = Wish(
            unit=unit,
            by=by,
            begins=parse_day(begins, option="--from"),
            ends=parse_day(ends, option="--to"),
            known_at=parse_moment(known_at, option="--known-at"),
            target=target,
            manner=Manner(misses=misses, unlisted_days=unlisted, jump=jump, seed=seed),
        )
        marked = output_label(place, label, below=below_label)
        if left:
            _check_left(marked, unit, by, begins)
        elif not small_counts:
            refuse_small_counts(marked)
        tell = told_rounds("reports folded in")
        if left:
            _show_left(who_remains(place, case, wish, tell=tell), marked, as_json=as_json, as_csv=as_csv)
        else:
            _show(follow(place, case, wish, tell=tell), marked, as_json=as_json, as_csv=as_csv)


def _check_left(marked: Label, unit: str, by: str | None, begins: str | None) -> None:
    if marked is Label.CLEAR:
        raise AskError(
            f"who remains is named, and nobody is in what is labelled {marked}",
            remedy="label it TLP:GREEN or above, or write the counts with 'tocsin report' or 'tocsin answer'",
        )
    unused = [("--unit", unit != "services"), ("--by", by is not None), ("--from", begins is not None)]
    given = [option for option, is_given in unused if is_given]
    if given:
        raise AskError(
            f"with --left there is no {' and no '.join(given)}: it lists every holder, as of the day of --to",
            remedy=f"leave out {' and '.join(given)}, or leave out --left",
        )


def _show(found: Remediation, marked: Label, *, as_json: bool, as_csv: bool) -> None:
    from tocsin.reports import terminal
    from tocsin.reports.tables import write_figures

    if as_json:
        show_json(found.as_json(), marked)
        return
    if as_csv:
        write_figures(found.figures(), marked, sys.stdout)
        return
    show(f"{marked}  {terminal(found.case_id)}, {found.course.unit}, as of {found.as_of}")
    for change in found.changes:
        show(f"change of method or scope: {terminal(change)}")
    show_table(*_by_day(found.course), right=_by_day(found.course)[0][1:])
    for sentence in _sentences(found.course):
        show(terminal(sentence))
    if found.groups:
        show("")
        show_table(*_by_group(found.groups), right=_by_group(found.groups)[0][1:])
    for why in dict.fromkeys(why for course in (found.course, *found.groups) for why in course.absent):
        show(terminal(f"Not told: {why}."))
    show(f"\n{terminal(found.method)} {terminal('; '.join(found.versions))}.")


def _by_day(course: Course) -> tuple[list[str], list[list[str]]]:
    """A row a day: counts by state, share still exposed with both bands, the plain shares, the cohort."""
    heads = ["day", *(state.replace("_", " ") for state in _STATES)]
    heads += ["still exposed", "95%", "either way", "fixed of seen", "fixed of ever", "cohort affected"]
    cells = {(figure.as_of, figure.id.partition("/")[0]): figure for figure in course.figures()}
    prefix = course.unit.replace(" ", "-")
    rows = []
    for day in dict.fromkeys(figure.as_of for figure in course.standing):
        exposure = cells.get((day, f"{prefix}-still-exposed"))
        row = [str(day), *(_count(cells.get((day, f"{prefix}-standing-{state}"))) for state in _STATES)]
        row += list(_bands(exposure))
        row += [_percent_span(cells.get((day, f"{prefix}-naive-{kind}"))) for kind in ("seen", "ever")]
        rows.append([*row, _count(cells.get((day, f"{prefix}-cohort-affected")))])
    return heads, rows


def _by_group(groups: Sequence[Course]) -> tuple[list[str], list[list[str]]]:
    heads = ["", "affected", "fixed", "undetermined", "still exposed", "95%", "either way", "median days to fix"]
    rows = []
    for course in groups:
        now = {figure.state: figure for figure in course.standing}
        counts = [_count(now.get(state)) for state in ("affected", "fixed", "undetermined")]
        last = course.exposure[-1] if course.exposure else None
        rows.append([course.group or "", *counts, *_bands(last), _days(course.median)])
    return heads, rows


def _sentences(course: Course) -> Iterator[str]:
    last = [figures[-1] for figures in (course.exposure,) if figures]
    naive = {figure.denominator.state: figure for figure in course.naive if figure.denominator}
    times, traces = (course.median, course.half_life, course.forecast), (course.compromised_fixed, course.cleaned)
    single = (*times, *traces, course.reopened, course.moved)
    for figure in (*last, *naive.values(), *(each for each in single if each is not None)):
        yield f"{str(figure)[0].upper()}{str(figure)[1:]}."
    if course.naive:
        from tocsin.remediation.standing import WHY_NAIVE_SHARES_DIFFER

        yield WHY_NAIVE_SHARES_DIFFER
    if course.cohort:
        yield (
            "The cohort are those that every complete scan of these days showed: a diagnostic, which a larger scan "
            "cannot make rise, and no estimate of the whole."
        )


def _bands(figure: Figure | None) -> tuple[str, str, str]:
    if figure is None or figure.estimate is None:
        return "", "", ""
    found = figure.estimate
    return _percent(found.value, found.value), _percent(found.low, found.high), _percent(figure.low, figure.high)


def _count(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return f"{figure.low:,}" if figure.low == figure.high else f"{figure.low:,}–{figure.high:,}"


def _percent_span(figure: Figure | None) -> str:
    return "" if figure is None else _percent(figure.low, figure.high)


def _percent(low: float, high: float) -> str:
    """A share as the sentences round it."""
    from tocsin.figures import Measure
    from tocsin.figures.words import bounds_in_words

    told = bounds_in_words(low, high, Measure.SHARE)
    return told.replace("at least ", "").replace("at most ", "").replace(" and ", "–")


def _days(figure: Figure | None) -> str:
    if figure is None:
        return ""
    if figure.estimate is None:
        return f"over {figure.low:.0f}"
    found = figure.estimate
    return f"{found.value:.0f} ({found.low:.0f}–{found.high:.0f})"


def _show_left(found: Remaining, marked: Label, *, as_json: bool, as_csv: bool) -> None:
    from tocsin.reports.tables import write_rows

    told = found.as_json()
    if as_json:
        show_json(told, marked)
        return
    rows = [
        (
            rank,
            name or left.constituent or "beyond the registry",
            left.sector,
            left.country,
            left.services,
            "; ".join(left.why),
            left.since or "",
            left.last_seen,
        )
        for rank, (left, name) in enumerate(found.rows, start=1)
    ]
    if as_csv:
        write_rows(_LEFT, rows, marked, sys.stdout)
        return
    show(f"{marked}  {found.case_id}, who remains as of {found.as_of}")
    show_table(_LEFT, rows, right=("rank", "services"))
