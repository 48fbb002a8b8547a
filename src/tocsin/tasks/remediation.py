"""What came of it: how many have fixed, how fast, of what, and who remains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from tocsin.errors import AskError, did_you_mean
from tocsin.figures import Figure, Query
from tocsin.remediation.left import Left, who_is_left
from tocsin.remediation.measures import Asked, Course, measure, measure_group
from tocsin.remediation.units import GROUPED_BY, UNITS, groups_of
from tocsin.store.bodies import load_names, load_reachable
from tocsin.store.workspace import Workspace
from tocsin.tasks.following import GROUP_REPLICATES, REPLICATES, Followed, Manner, open_follow

TARGET = 0.1
A_PERSON = "a person"
PLAIN = Manner()
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked: of which unit, by which groups, on which days, as far as which moment knew."""

    unit: str = "services"
    by: str | None = None
    begins: date | None = None
    ends: date | None = None
    known_at: datetime | None = None
    target: float = TARGET
    manner: Manner = PLAIN

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise AskError(
                f"no unit {self.unit!r}{did_you_mean(self.unit, UNITS)}", remedy=f"one of {', '.join(UNITS)}"
            )
        if self.by is not None and self.by not in GROUPED_BY:
            known = did_you_mean(self.by, GROUPED_BY)
            raise AskError(f"nothing is told by {self.by!r}{known}", remedy=f"one of {', '.join(GROUPED_BY)}")
        if self.begins and self.ends and self.ends < self.begins:
            raise AskError(f"--from {self.begins} is after --to {self.ends}", remedy="exchange the two days")
        if not 0 < self.target < 1:
            raise AskError(f"--target {self.target} is no share", remedy="give one between 0 and 1, such as 0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remediation:
    """The course of the unit, of each group where groups were asked for, and what all figures rest on."""

    case_id: str
    as_of: date
    course: Course
    groups: tuple[Course, ...]
    changes: tuple[str, ...]
    method: str
    versions: tuple[str, ...]

    def figures(self) -> tuple[Figure, ...]:
        """Every figure, those of the whole first."""
        return tuple(figure for course in (self.course, *self.groups) for figure in course.figures())

    def as_json(self) -> dict[str, object]:
        return {
            "case": self.case_id,
            "as_of": self.as_of.isoformat(),
            "unit": self.course.unit,
            "method": self.method,
            "versions": list(self.versions),
            "changes": list(self.changes),
            "absent": [why for course in (self.course, *self.groups) for why in course.absent],
            "figures": [figure.as_json() for figure in self.figures()],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """Who is left, worst first, with the name where it is a constituent."""

    case_id: str
    as_of: date
    rows: tuple[tuple[Left, str | None], ...]

    def as_json(self) -> dict[str, object]:
        rows = [
            {
                "rank": rank,
                "constituent": None if name == A_PERSON else left.constituent,
                "name": name,
                "sector": left.sector,
                "country": left.country,
                "services": left.services,
                "affected": left.affected,
                "why": list(left.why),
                "since": left.since.isoformat() if left.since else None,
                "last_seen": left.last_seen.isoformat(),
            }
            for rank, (left, name) in enumerate(self.rows, start=1)
        ]
        return {"case": self.case_id, "as_of": self.as_of.isoformat(), "left": rows}


def remediation(workspace: Workspace, case_id: str, wish: Wish, *, tell: Tell) -> Remediation:
    """The measures of ``case_id``. ``tell`` hears of the reports being folded in. Raises ``AskError``."""
    followed = _followed(workspace, case_id, wish, tell)
    asked = asked_of(followed, wish.unit, by=wish.by, begins=wish.begins, target=wish.target)
    if wish.begins and not any(day >= wish.begins for day in followed.subject.lives.days):
        raise AskError(
            f"nothing was observed from {wish.begins} on, up to {followed.view.selection.as_of}",
            remedy="choose an earlier --from",
        )
    course = measure(followed.subject, asked, followed.draws(REPLICATES, wish.unit))
    return Remediation(
        case_id=case_id,
        as_of=followed.view.selection.as_of,
        course=course,
        groups=courses_by(followed, asked, wish.by) if wish.by else (),
        changes=tuple(str(change) for change in followed.subject.changes),
        method=followed.template.method,
        versions=followed.view.versions(),
    )


def who_remains(workspace: Workspace, case_id: str, wish: Wish, *, tell: Tell) -> Remaining:
    """Who is left on the last day, worst first, and why. Raises ``AskError``."""
    followed = _followed(workspace, case_id, wish, tell)
    return Remaining(case_id=case_id, as_of=followed.view.selection.as_of, rows=remaining(followed))


def remaining(followed: Followed) -> tuple[tuple[Left, str | None], ...]:
    """Who is left of a case that is being followed, each with the organisation's name; a person is never named."""
    desk, known_at = followed.view.desk, followed.view.selection.known_at
    left = who_is_left(followed.subject, load_reachable(desk, known_at=known_at))
    names, bodies = load_names(desk, known_at=known_at), followed.subject.bodies
    named = {name: A_PERSON if body.kind == "person" else names.get(name) for name, body in bodies.items()}
    return tuple((each, named.get(each.constituent) if each.constituent else None) for each in left)


def asked_of(
    followed: Followed, unit: str, *, by: str | None = None, begins: date | None = None, target: float = TARGET
) -> Asked:
    """The question for one unit, in the frame of a case that is being followed; its figures name the command for it."""
    source = followed.template.source
    assert isinstance(source, Query)
    words = ("" if unit == "services" else f" --unit {unit}") + (f" --by {by}" if by else "")
    words += (f" --from {begins}" if begins else "") + (f" --target {target}" if target != TARGET else "")
    template = replace(followed.template, source=replace(source, command=f"{source.command}{words}"))
    return Asked(unit=unit, template=template, begins=begins, target=target)


def courses_by(followed: Followed, asked: Asked, by: str) -> tuple[Course, ...]:
    """The course of each group of that kind, the largest first."""
    number, names = groups_of(followed.subject.lives, by, followed.subject.bodies)
    sizes = np.bincount(number[number >= 0], minlength=len(names))
    return tuple(
        measure_group(
            followed.subject,
            asked,
            number == place,
            f"{by}={names[place]}",
            followed.draws(GROUP_REPLICATES, f"{asked.unit} {by}={names[place]}"),
        )
        for place in np.argsort(-sizes, kind="stable").tolist()
        if sizes[place]
    )


def _followed(workspace: Workspace, case_id: str, wish: Wish, tell: Tell) -> Followed:
    return open_follow(
        workspace,
        case_id,
        as_of=wish.ends,
        known_at=wish.known_at,
        manner=wish.manner,
        command=f"tocsin remediation {case_id}",
        tell=tell,
    )
