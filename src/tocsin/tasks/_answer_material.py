"""Gathers what the answers of a case are made of: one census, one following, a measure for each unit asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from tocsin.cases import Case
from tocsin.errors import AskError
from tocsin.figures import Figure, Query
from tocsin.remediation import census
from tocsin.remediation.measures import Course, measure
from tocsin.remediation.reach import reach
from tocsin.reports.material import Material, OtherCase
from tocsin.reports.questions import EVERY_UNIT, LEFT, OTHERS, REACH, RECORD, of_record
from tocsin.reports.reach_tables import unreached_named
from tocsin.reports.remaining import remaining_figures, worst_named
from tocsin.store.reach import last_event
from tocsin.store.workspace import Workspace
from tocsin.tasks._answer_names import name_public_bodies
from tocsin.tasks._parties import gather_parties
from tocsin.tasks.cases import active_cases
from tocsin.tasks.census import bodies_of, census_frame
from tocsin.tasks.following import REPLICATES, Followed, Manner, open_follow
from tocsin.tasks.reach import reach_frame
from tocsin.tasks.record_views import statements_if_any
from tocsin.tasks.remediation import asked_of, remaining
from tocsin.tasks.viewing import open_view

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is wanted: of which case, up to which day, what the questions need, which of them are to name anybody.

    ``is_of_record``: all of them are answered from the public record alone.
    """

    case_id: str
    as_of: date | None
    known_at: datetime | None
    needs: frozenset[str]
    names: frozenset[str]
    is_of_record: bool = False


def gather(workspace: Workspace, scope: Scope, *, tell: Tell) -> Material:
    """The material of the scope. Raises ``AskError`` when not even a census can be taken.

    What the public record alone answers needs no census: where nothing was taken in, it is of the day last told.
    """
    cases = active_cases(workspace)
    try:
        view = open_view(workspace, scope.case_id, as_of=scope.as_of, known_at=scope.known_at)
    except AskError as refusal:
        return _of_record(workspace, scope, cases, refusal)
    services, frame = view.services(), census_frame(view, None)
    found = Material(
        case_id=scope.case_id,
        title=cases[scope.case_id].title,
        as_of=frame.as_of,
        known_at=scope.known_at,
        census=census(services, bodies_of(view), frame),
        public_bodies=name_public_bodies(view, services) if "public-bodies" in scope.names else None,
        method=(frame.method,),
        versions=frame.source.versions,
        record=statements_if_any(workspace, scope.known_at) if RECORD in scope.needs else None,
    )
    if scope.needs - {OTHERS, RECORD}:
        found = _followed(workspace, scope, found, tell)
    if OTHERS in scope.needs:
        found = replace(found, others=tuple(_others(workspace, cases, scope, tell)))
    return found


def _of_record(workspace: Workspace, scope: Scope, cases: Mapping[str, Case], refusal: AskError) -> Material:
    """The material without a census. Raises ``refusal`` where more is asked for, or where nothing was read."""
    stated = statements_if_any(workspace, scope.known_at) if scope.case_id in cases else None
    days = [each.day for each in stated or () if each.day]
    if stated is None or not days:
        raise refusal
    if not scope.is_of_record:
        alone = ", ".join(f"-q {question.id}" for question in of_record())
        raise AskError(refusal.what, remedy=f"{refusal.remedy}; the public record alone answers {alone}")
    return Material(
        case_id=scope.case_id, title=cases[scope.case_id].title, as_of=scope.as_of or max(days), record=stated
    )


def _followed(workspace: Workspace, scope: Scope, found: Material, tell: Tell) -> Material:
    """The same with what came of it over time, or with why that cannot be told."""
    try:
        followed = _follow(workspace, scope.case_id, found.as_of, scope.known_at, tell)
    except AskError as refusal:
        return replace(found, why_no_course=refusal.what)
    subject, days = followed.subject, followed.subject.lives.days
    changes = (f"Change of method or scope: {change}." for change in subject.changes)
    found = replace(
        found,
        courses=tuple(_course(followed, unit) for unit in EVERY_UNIT if unit in scope.needs),
        looks=sum(day > subject.origin.day for day in days),
        method=(*found.method, followed.template.method, *changes),
        versions=tuple(dict.fromkeys((*found.versions, *followed.view.versions()))),
    )
    if LEFT in scope.needs:
        found = _with_remaining(found, followed, named="remaining" in scope.names)
    return _with_reached(found, followed, scope) if REACH in scope.needs else found


def _with_remaining(found: Material, followed: Followed, *, named: bool) -> Material:
    rows = remaining(followed)
    left = [each for each, _ in rows]
    names = {each.constituent: name for each, name in rows if each.constituent and name}
    bodies = followed.subject.bodies
    return replace(
        found,
        remaining=remaining_figures(left, bodies, left_template(followed)),
        worst=worst_named(left, names, bodies) if named else None,
    )


def _with_reached(found: Material, followed: Followed, scope: Scope) -> Material:
    """The ledger of the day asked for; where none is, of the last look or of the last event of a notice since."""
    now = datetime.now(UTC)
    last = last_event(followed.view.desk, found.case_id, until=min(now, found.known_at or now))
    on = max(found.as_of, last.date()) if last is not None and scope.as_of is None else found.as_of
    concerned = gather_parties(followed, on=on, now=now)
    frame = reach_frame(followed, on)
    ledger = reach(concerned.parties, concerned.beside, frame)
    return replace(
        found,
        reached=ledger.figures,
        method=(*found.method, frame.method),
        unreached=unreached_named(ledger.unreached, concerned.names) if "told" in scope.names else None,
    )


def left_template(followed: Followed) -> Figure:
    """What the figures of who remains have in common, with the command that lists them."""
    source = followed.template.source
    assert isinstance(source, Query)
    return replace(followed.template, source=replace(source, command=f"{source.command} --left"))


def _course(followed: Followed, unit: str) -> Course:
    """The very course that ``tocsin remediation`` gives, with the command that does."""
    return measure(followed.subject, asked_of(followed, unit), followed.draws(REPLICATES, unit))


def _others(workspace: Workspace, cases: Mapping[str, Case], scope: Scope, tell: Tell) -> Iterator[OtherCase]:
    """Every other case that this workspace judges, up to the last day reported on."""
    for case in cases.values():
        if case.id != scope.case_id:
            yield _other(workspace, case, scope.known_at, tell)


def _other(workspace: Workspace, case: Case, known_at: datetime | None, tell: Tell) -> OtherCase:
    found = OtherCase(case_id=case.id, title=case.title)
    try:
        followed = _follow(workspace, case.id, None, known_at, tell)
    except AskError as refusal:
        return replace(found, why=(refusal.what,))
    courses = [_course(followed, unit) for unit in EVERY_UNIT]
    medians = tuple(course.median for course in courses if course.median is not None)
    absent = dict.fromkeys(why for course in courses if course.median is None for why in course.absent)
    return replace(found, as_of=followed.view.selection.as_of, medians=medians, why=tuple(absent))


def _follow(workspace: Workspace, case_id: str, as_of: date | None, known_at: datetime | None, tell: Tell) -> Followed:
    return open_follow(
        workspace,
        case_id,
        as_of=as_of,
        known_at=known_at,
        manner=Manner(),
        command=f"tocsin remediation {case_id}",
        tell=tell,
    )
