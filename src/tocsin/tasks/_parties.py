"""Gathers those whom a case concerns, with what they were told and how they may be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from tocsin.errors import AskError
from tocsin.figures import Figure, Query
from tocsin.remediation.ladder import Way
from tocsin.remediation.parties import Party, exposures, nobodys
from tocsin.remediation.reach import Beside
from tocsin.store.bodies import load_names
from tocsin.store.constituents import current_version, load_constituents
from tocsin.store.reach import load_told
from tocsin.store.workspace import Workspace
from tocsin.tasks.following import Followed, Manner, open_follow
from tocsin.tasks.ways import load_ways, needs_followed

Tell = Callable[[int, int], None]
A_PERSON = "a person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """The parties of a case on a day, what stands beside them, their ways and their names; persons have none."""

    on: date
    parties: tuple[Party, ...]
    beside: Beside
    ways: Mapping[str, tuple[Way, ...]]
    names: Mapping[str, str]


def follow_until(workspace: Workspace, case_id: str, *, on: date, known_at: datetime | None, tell: Tell) -> Followed:
    """The case followed up to the day, in the plain manner. Raises ``AskError``."""
    command = f"tocsin remediation {case_id}"
    return open_follow(workspace, case_id, as_of=on, known_at=known_at, manner=Manner(), command=command, tell=tell)


def day_asked(as_of: date | None, now: datetime) -> date:
    """The day that is asked about: today by UTC unless another is named. Raises ``AskError`` for one to come."""
    today = now.astimezone(UTC).date()
    if as_of is not None and as_of > today:
        raise AskError(f"{as_of} is still to come", remedy="leave --as-of out for today, or name a day that has begun")
    return as_of or today


def gather_parties(followed: Followed, *, on: date, now: datetime) -> Concerned:
    """All whom the case concerns, with their notices as they stood at the end of the day, as far as that was known."""
    desk, known_at = followed.view.desk, followed.view.selection.known_at
    end = datetime.combine(on + timedelta(days=1), time(), UTC) - timedelta(microseconds=1)
    until = min(each for each in (end, now, known_at) if each is not None)
    seen, bodies = exposures(followed.subject), followed.subject.bodies
    told = load_told(desk, followed.view.selection.case_id, until=until, on=on)
    everyone = load_constituents(desk, current_version(desk, known_at=known_at))
    needs = needs_followed(followed.subject, everyone, seen.keys())
    ways = load_ways(desk, needs, at=until, known_at=known_at)
    parties = tuple(
        Party(
            id=name,
            body=bodies[name],
            exposure=exposure,
            has_contact=any(way.remove != "cert" for way in ways.get(name, ())),
            notices=told.get(name, ()),
        )
        for name, exposure in sorted(seen.items())
    )
    beside = sum(any(each.left_on for each in notices) for name, notices in told.items() if name not in seen)
    counted = nobodys(followed.subject)
    names = {
        name: A_PERSON if name in bodies and bodies[name].kind == "person" else text
        for name, text in load_names(desk, known_at=known_at).items()
    }
    return Concerned(
        on=on,
        parties=parties,
        beside=Beside(beyond=counted["none"], unproven=counted["claimed"], told=beside),
        ways=ways,
        names=names,
    )


def framed(followed: Followed, command: str, method: str, on: date) -> Figure:
    """What all figures of one answer have in common: day, method, and the command that gives them again."""
    moment = followed.view.selection.known_at
    asked = f"{command} --as-of {on}" + (f" --known-at {moment.isoformat()}" if moment else "")
    source = Query(command=asked, versions=followed.view.versions())
    return replace(followed.template, as_of=on, method=method, source=source)


def looked_on(followed: Followed) -> date:
    """The day of the last look."""
    return followed.subject.lives.days[-1]
