"""Gathers from the census what the demo's page shows: a course over the days, the sectors, the first and last day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from tocsin.figures import Figure
from tocsin.figures.words import day_words
from tocsin.reports.page import Report, Share, StatusCourse
from tocsin.store.workspace import Workspace
from tocsin.tasks.census import take_census

_STATES = ("affected", "fixed", "undetermined", "not_affected")
_HEADLINES = (
    "services-seen",
    *(f"services-{state}" for state in _STATES),
    "services-compromised_possible",
    "services-compromised_confirmed",
    "constituency-services-affected",
    "organisations-seen",
    "organisations-affected",
    "organisations-compromised_confirmed",
    "public-bodies-seen",
    "public-bodies-affected",
    "public-bodies-compromised_confirmed",
    "beyond-registry-services-affected",
)


def gather_report(
    workspace: Workspace, case_id: str, days: Sequence[date], *, note: str, progress: Callable[[date], None]
) -> Report:
    """The report over ``days``, oldest first; ``progress`` is told each day once it is counted."""
    counted: list[dict[str, Figure]] = []
    for day in days:
        answer = take_census(workspace, case_id, as_of=day)
        counted.append({figure.id: figure for figure in answer.figures})
        progress(day)
    sectors = take_census(workspace, case_id, as_of=days[-1], by="sector").figures
    return Report(
        title=f"Census of {case_id}",
        label=workspace.label,
        notes=(note, _headline(counted[-1])),
        courses=tuple(
            StatusCourse(state=state, figures=tuple(figures[f"services-{state}"] for figures in counted))
            for state in _STATES
        ),
        organisations=tuple(_shares(sectors, "organisations")),
        public_bodies=tuple(_shares(sectors, "public-bodies")),
        first=_chosen(counted[0]),
        last=_chosen(counted[-1]),
    )


def _headline(figures: dict[str, Figure]) -> str:
    every, public = figures["organisations-affected"], figures["public-bodies-affected"]
    return (
        f"{day_words(every.as_of).capitalize()}, {every.bounds} registered organisations were affected, "
        f"among them {public.bounds} public bodies."
    )


def _chosen(figures: dict[str, Figure]) -> tuple[Figure, ...]:
    return tuple(figures[name] for name in _HEADLINES if name in figures)


def _shares(figures: Sequence[Figure], kind: str) -> Iterator[Share]:
    by_id = {figure.id: figure for figure in figures}
    for figure in figures:
        name, _, group = figure.id.partition("/sector=")
        seen = by_id.get(f"{kind}-seen/sector={group}")
        if name == f"{kind}-affected" and seen is not None and seen.high:
            yield Share(name=group, affected=figure, seen=seen)
