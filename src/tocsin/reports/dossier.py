"""Everything that a report on one case shows, as values: filled by a task, drawn by the renderers of this room.

Every number is a ``Figure``, which carries its own unit, method, denominator and source. Names of organisations stand
in ``Remaining`` alone; ``suppress.suppressed`` takes them out of what is labelled for the public.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tocsin.figures import Figure, Period
from tocsin.labels import Label

STATES = ("affected", "fixed", "mitigated", "undetermined", "unseen", "no_longer_listed")
"""The states of a standing, in the order in which they are listed."""

ENDS = ("fixed", "mitigated", "unseen", "no_longer_listed")
"""The ways in which exposure ends, as far as a scan can see."""

MarkKind = Literal["disclosure", "patch", "exploit", "method", "other"]
PanelKind = Literal["sector", "public-body", "country", "branch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A day on the case's time line; ``method`` is a change of method or scope, the others come from the case."""

    day: date
    text: str
    kind: MarkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What came of one unit's exposure over the days; every series is oldest first and may be empty.

    ``standing`` counts per day and state of ``STATES``, its bounds what the evidence leaves open. ``exposure`` is the
    share still exposed, with the sampling band in ``estimate`` and the identification band in ``low`` and ``high``.
    ``ends`` is the cumulative incidence per day and state of ``ENDS``. ``naive`` is the share fixed by plain division,
    in two series told apart by ``denominator.state``. ``cohort`` counts the affected among the services seen in every
    look, a diagnostic. ``ever_affected`` counts those ever seen affected, by anything that looked. ``breaks`` are the
    days on which method or scope changed: nothing is drawn across one.
    """

    unit: str
    standing: tuple[Figure, ...] = ()
    exposure: tuple[Figure, ...] = ()
    ends: tuple[Figure, ...] = ()
    naive: tuple[Figure, ...] = ()
    cohort: tuple[Figure, ...] = ()
    median: Figure | None = None
    ever_affected: Figure | None = None
    breaks: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One group of a kind (``health`` of ``sector``): its exposure over time, its median, its standing on the day."""

    kind: PanelKind
    group: str
    exposure: tuple[Figure, ...] = ()
    median: Figure | None = None
    standing_now: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """One organisation whose services are still exposed, and why; ``rank`` 1 is the worst."""

    rank: int
    who: str
    sector: str
    country: str
    services: int
    why: tuple[str, ...]
    since: date
    last_seen: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A figure that is not shown, described so that a reader knows that it exists: everything but its value."""

    id: str
    unit: str
    state: str
    place: str
    as_of: date | Period
    group: str | None = None

    def __str__(self) -> str:
        return "fewer than 5 or withheld to protect others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What a report on one case says, under one label, as of one day.

    ``courses`` has services first. ``countries`` counts services affected, a figure a country (``country=GB``);
    ``reasons`` counts those that remain by why (``why=never fixed``; one may have several, so they do not add up).
    ``reached`` is the ledger of notices as ``remediation.reach`` counts it, empty where none was planned.
    ``extra`` holds what stands on its own (compromised and fixed, half-life, forecast); ``absent`` says what could not
    be estimated, and why. ``remaining`` is cut: ``remaining_more`` says how many more there are. ``method``,
    ``limits`` (what these figures do not say) and ``commands`` are sentences and command lines. ``note`` is a
    sentence of whoever asked for the report, said first. All text is foreign until it is escaped.
    """

    case_id: str
    title: str
    label: Label
    as_of: date
    made_at: datetime
    origin: date
    origin_text: str
    marks: tuple[Mark, ...] = ()
    headline: tuple[Figure, ...] = ()
    courses: tuple[Course, ...] = ()
    panels: tuple[Panel, ...] = ()
    countries: tuple[Figure, ...] = ()
    reasons: tuple[Figure, ...] = ()
    reached: tuple[Figure, ...] = ()
    extra: tuple[Figure, ...] = ()
    absent: tuple[str, ...] = ()
    remaining: tuple[Remaining, ...] = ()
    remaining_more: int = 0
    method: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    small_counts_suppressed: bool = False
    note: str = ""
    withheld: tuple[Withheld, ...] = ()

    def breaks(self, course: Course) -> tuple[date, ...]:
        """The days on which method or scope changed: those of the course, and those that the time line marks."""
        marked = {mark.day for mark in self.marks if mark.kind == "method"}
        return tuple(sorted({*course.breaks, *marked}))


def every_figure(dossier: Dossier) -> tuple[Figure, ...]:
    """All figures of the dossier with their denominators, each once, in the order in which a reader meets them."""
    found = dict.fromkeys(part for figure in _shown(dossier) for part in with_denominators(figure))
    return tuple(found)


def with_denominators(figure: Figure) -> Iterator[Figure]:
    """The figure, the figure it is a part of, and so on."""
    part: Figure | None = figure
    while part is not None:
        yield part
        part = part.denominator


def last_day(figure: Figure) -> date:
    """The day that the figure speaks of, or the last of its days."""
    return figure.as_of.ends if isinstance(figure.as_of, Period) else figure.as_of


def group_name(figure: Figure) -> str:
    """``GB`` of ``country=GB``; empty for a figure of the whole."""
    return (figure.group or "").partition("=")[2]


def _shown(dossier: Dossier) -> Iterator[Figure]:
    yield from dossier.headline
    for course in dossier.courses:
        yield from (*course.standing, *course.exposure, *course.ends, *course.naive, *course.cohort)
        yield from (figure for figure in (course.median, course.ever_affected) if figure)
    for panel in dossier.panels:
        yield from (*panel.exposure, *panel.standing_now)
        yield from [panel.median] if panel.median else []
    yield from (*dossier.countries, *dossier.reasons, *dossier.reached, *dossier.extra)
