"""Gathers what a report shows: one case followed once, counted once, asked about services, organisations and bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tocsin.errors import AskError
from tocsin.figures import Figure, Query
from tocsin.labels import Label
from tocsin.remediation import census
from tocsin.remediation.left import Left, reasons_left
from tocsin.remediation.measures import Course, measure
from tocsin.remediation.reach import reach
from tocsin.reports import dossier as shown
from tocsin.reports.material import census_for_public
from tocsin.reports.suppress import described
from tocsin.store.workspace import Workspace
from tocsin.tasks._answer_material import left_template
from tocsin.tasks._parties import gather_parties
from tocsin.tasks.census import bodies_of, census_frame
from tocsin.tasks.following import REPLICATES, Followed
from tocsin.tasks.reach import reach_frame
from tocsin.tasks.remediation import asked_of, courses_by, remaining
from tocsin.tasks.viewing import open_view

UNITS = ("services", "organisations", "public-bodies")
SHOWN_REMAINING = 25
_SMALL_MULTIPLES: tuple[tuple[str, shown.PanelKind], ...] = (
    ("organisations", "sector"),
    ("organisations", "public-body"),
    ("services", "country"),
)
_HEADLINES = (
    "services-affected",
    "organisations-affected",
    "public-bodies-affected",
    "services-compromised_confirmed",
    "organisations-compromised_confirmed",
    "services-undetermined",
    "beyond-registry-services-affected",
)
_OF_COUNTRIES = "services-affected"
_FIRST = 4
"""After how many of them the shares still exposed are said."""
LIMITS = (
    "A service that no source looked at is not in these figures; how many there are is not known.",
    "Absence is not a fix: what is unseen or no longer listed may be patched, moved, filtered or switched off.",
    "The census counts seven days up to the date; status over time, all ever seen, moves linked: not to be compared.",
    "Organisations are those of the registry; what lies beyond it is counted as services, by country.",
    "A fixed service may still be compromised: an update does not remove what was left behind before.",
    "What an owner says is not in these figures; only what was observed is.",
    "The figures say nothing of damage, or of who did it.",
)
_NOT_TOLD = "No notice is recorded here: the figures say nothing of who was told."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """The census of the day and by country; ``absent`` says why there is none."""

    headline: tuple[Figure, ...] = ()
    countries: tuple[Figure, ...] = ()
    method: str = ""
    absent: tuple[str, ...] = ()
    withheld: tuple[shown.Withheld, ...] = ()


def gather(
    workspace: Workspace, followed: Followed, label: Label, *, made_at: datetime, note: str = ""
) -> shown.Dossier:
    """Everything the report on a case that is being followed shows, under ``label``.

    ``note`` is said first. Under TLP:CLEAR the census is protected already, which takes all of its figures.
    """
    courses = {
        unit: measure(followed.subject, asked_of(followed, unit), followed.draws(REPLICATES, unit)) for unit in UNITS
    }
    left, counted = remaining(followed), _count(workspace, followed, label)
    panels = [panel for unit, by in _SMALL_MULTIPLES for panel in _panels(followed, unit, by)]
    shares = [course.exposure[-1] for course in courses.values() if course.exposure]
    ever = [course.ever_affected for course in courses.values() if course.ever_affected]
    reasons = reasons_left(followed.subject, left_template(followed))
    reached = _reached(followed, made_at)
    figures = [*counted.headline[:_FIRST], *shares, *ever, *counted.headline[_FIRST:]]
    return shown.Dossier(
        case_id=followed.case.id,
        title=followed.case.title,
        label=label,
        as_of=followed.view.selection.as_of,
        made_at=made_at,
        origin=followed.subject.origin.day,
        origin_text=followed.subject.origin.what,
        marks=tuple(_marks(followed)),
        headline=tuple(figures),
        courses=tuple(_course(course) for course in courses.values() if course.standing),
        panels=tuple(panels),
        countries=counted.countries,
        reasons=reasons,
        reached=reached,
        extra=tuple(_extra(tuple(courses.values()))),
        absent=(*counted.absent, *dict.fromkeys(why for course in courses.values() for why in course.absent)),
        remaining=tuple(_remaining(left[:SHOWN_REMAINING])),
        remaining_more=max(0, len(left) - SHOWN_REMAINING),
        method=tuple(dict.fromkeys(filter(None, (counted.method, followed.template.method, *_how(reached))))),
        limits=LIMITS if reached else (*LIMITS, _NOT_TOLD),
        commands=tuple(
            _commands((*figures, *counted.countries, *reasons, *reached, *_first_of_each(courses.values(), panels)))
        ),
        note=note,
        withheld=counted.withheld,
    )


def _count(workspace: Workspace, followed: Followed, label: Label) -> _Counted:
    chosen = followed.view.selection
    try:
        view = open_view(workspace, chosen.case_id, as_of=chosen.as_of, known_at=chosen.known_at)
    except AskError as fault:
        return _Counted(absent=(f"no census of the day: {fault.what}",))
    services, bodies = view.services(), bodies_of(view)
    frame, by_country = (census_frame(view, by) for by in (None, "country"))
    every = census(services, bodies, frame)
    told = frozenset(figure.id for figure in (census_for_public(every) if label is Label.CLEAR else every))
    by_id = {figure.id: figure for figure in every}
    lands = sorted(
        (
            figure
            for figure in census(services, bodies, by_country, by="country")
            if figure.id.startswith(f"{_OF_COUNTRIES}/") and figure.high
        ),
        key=lambda figure: (-figure.low, -figure.high, figure.group or ""),
    )
    # The countries add up to the whole: they would give it away.
    hidden = [*(by_id[name] for name in _HEADLINES if name not in told), *(() if _OF_COUNTRIES in told else lands)]
    return _Counted(
        headline=tuple(by_id[name] for name in _HEADLINES if name in told),
        countries=tuple(lands) if _OF_COUNTRIES in told else (),
        method=frame.method,
        withheld=tuple(map(described, hidden)),
    )


def _reached(followed: Followed, now: datetime) -> tuple[Figure, ...]:
    """The ledger of the report's day; nothing where no notice was planned until then."""
    on = followed.view.selection.as_of
    concerned = gather_parties(followed, on=on, now=now)
    if not any(party.notices for party in concerned.parties):
        return ()
    return reach(concerned.parties, concerned.beside, reach_frame(followed, on)).figures


def _how(reached: Sequence[Figure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(figure.method for figure in reached))


def _marks(followed: Followed) -> Iterator[shown.Mark]:
    kinds: dict[str, shown.MarkKind] = {"disclosure": "disclosure", "patch": "patch", "exploit": "exploit"}
    for event in followed.case.timeline:
        if event.on <= followed.view.selection.as_of:
            yield shown.Mark(day=event.on, text=event.what, kind=kinds.get(event.kind, "other"))
    for change in followed.subject.changes:
        yield shown.Mark(day=change.day, text=f"{change.source}: {change.text}", kind="method")


def _course(course: Course) -> shown.Course:
    return shown.Course(
        unit=course.unit,
        standing=course.standing,
        exposure=course.exposure,
        ends=course.ends,
        naive=course.naive,
        cohort=course.cohort,
        median=course.median,
        ever_affected=course.ever_affected,
        breaks=course.breaks,
    )


def _panels(followed: Followed, unit: str, by: shown.PanelKind) -> Iterator[shown.Panel]:
    for course in courses_by(followed, asked_of(followed, unit, by=by), by):
        if course.standing:
            yield shown.Panel(
                kind=by,
                group=(course.group or "").partition("=")[2],
                exposure=course.exposure,
                median=course.median,
                standing_now=course.standing,
            )


def _extra(courses: Sequence[Course]) -> Iterator[Figure]:
    for course in courses:
        single = (course.compromised_fixed, course.cleaned, course.reopened, course.moved)
        yield from (figure for figure in (*single, course.half_life, course.forecast) if figure is not None)
        yield from _last_of_each(course.naive)


def _last_of_each(figures: Sequence[Figure]) -> Iterator[Figure]:
    """The newest figure of each series."""
    yield from {figure.id: figure for figure in figures}.values()


def _first_of_each(courses: Iterable[Course], panels: Iterable[shown.Panel]) -> Iterator[Figure]:
    """A figure of each course and panel: all of one come from the same command."""
    for figures in (*(course.standing for course in courses), *(panel.standing_now for panel in panels)):
        yield from figures[:1]


def _remaining(rows: Sequence[tuple[Left, str | None]]) -> Iterator[shown.Remaining]:
    for rank, (left, name) in enumerate(rows, start=1):
        yield shown.Remaining(
            rank=rank,
            who=name or left.constituent or f"beyond the registry, {left.country}",
            sector=left.sector,
            country=left.country,
            services=left.services,
            why=left.why,
            since=left.since or left.last_seen,
            last_seen=left.last_seen,
        )


def _commands(figures: Iterable[Figure]) -> Iterator[str]:
    yield from dict.fromkeys(figure.source.command for figure in figures if isinstance(figure.source, Query))
