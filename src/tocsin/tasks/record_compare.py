"""Compares what the record says: claims with claims, and claimed figures with those that tocsin measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.errors import AskError, did_you_mean
from tocsin.figures import Figure, Period
from tocsin.record import Assertion, Document, Quantity
from tocsin.record.comparing import Comparison, Family, Measured, against_measured, compare
from tocsin.record.review import Contradiction, contradictions, standing
from tocsin.reports.stated import is_of_case
from tocsin.sharing.filed import Filed
from tocsin.store.desk import open_desk
from tocsin.store.reviews import load_actions
from tocsin.store.workspace import Workspace
from tocsin.tasks._record_filed import each_once, load_filed
from tocsin.tasks.census import take_census
from tocsin.tasks.remediation import Wish as Course
from tocsin.tasks.remediation import remediation

FAMILIES = tuple(family.value for family in Family)
MOST_DAYS = 12
"""Days on which a census is taken for ``against_census``; claims of more days are held beside the latest one."""

_UNITS = ("services", "organisations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """An assertion with the document it stands in."""

    assertion: Assertion
    document: Document

    @property
    def source(self) -> str:
        return f"{self.document.title or self.document.source}, {self.document.published or 'no date'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One comparison with both sides, and who called it a contradiction (it is one when two persons did)."""

    comparison: Comparison
    left: Side
    right: Side | None
    contradiction: Contradiction | None

    def as_json(self) -> dict[str, object]:
        found = self.contradiction
        return {
            **self.comparison.as_json(),
            "status": "contradicts" if found and found.is_reviewed else "candidate",
            "called_contradiction_by": list(found.by) if found else [],
            "sides": [_side_json(side) for side in (self.left, self.right) if side is not None],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A claimed figure beside the nearest measured one."""

    held: Measured
    side: Side

    def as_json(self) -> dict[str, object]:
        return {**self.held.as_json(), "side": _side_json(self.side)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Claimed figures beside measured ones, and how many of other incidents are left out."""

    rows: tuple[Claimed, ...]
    left_out: int


def compare_record(
    workspace: Workspace,
    *,
    family: str | None = None,
    incident: str | None = None,
    copies: bool = False,
    tell: Callable[[int], None] = lambda copies: None,
) -> tuple[Row, ...]:
    """Every comparison of the record as it now stands (reviewed where it was), the weightiest first.

    Documents of the same words count once unless ``copies`` is true; ``tell`` is told how many are left out.
    Raises ``AskError`` for a family or incident that there is not, or when nothing has been read.
    """
    if family is not None and family not in FAMILIES:
        raise AskError(f"no family {family!r}{did_you_mean(family, FAMILIES)}", remedy=f"one of {', '.join(FAMILIES)}")
    filed = _read(workspace, copies=copies, tell=tell)
    documents = {each.document.sha256: each.document for each in filed}
    found = compare([standing(each.reviewed) for each in filed], documents)
    sides = _sides(filed)
    _check_incident(incident, filed, found)
    done = load_actions(open_desk(workspace.desk_url), list(documents))
    every = sorted((act for actions in done.values() for act in actions), key=lambda act: act.at)
    called = {each.comparison: each for each in contradictions(every)}
    return tuple(
        Row(
            comparison=each,
            left=sides[each.left],
            right=sides[each.right] if each.right else None,
            contradiction=called.get(each.id),
        )
        for each in found
        if family in (None, each.family.value) and incident in (None, each.incident)
    )


def against_census(workspace: Workspace, case_id: str, *, incident: str | None = None) -> Beside:
    """Each claimed figure beside tocsin's nearest one of a case: its census and what was fixed.

    Those about ``incident``; without one, about the incidents that are taken for the case (``is_of_case``). A census is
    taken for each day that a claim is of, where there are observations up to then. Raises ``AskError`` when there is no
    such case, or none of it was observed.
    """
    sides = _sides(_read(workspace))
    every = [side.assertion for side in sides.values()]
    told = [each for each in every if _is_about(each.incident, case_id, incident)]
    measured = _measured(workspace, case_id, _days(told))
    held = against_measured(told, measured)
    return Beside(
        rows=tuple(Claimed(held=each, side=sides[each.assertion]) for each in held),
        left_out=len(against_measured(every, measured)) - len(held),
    )


def _is_about(told: str | None, case_id: str, incident: str | None) -> bool:
    return told == incident if incident is not None else is_of_case(told or "", case_id)


def _read(
    workspace: Workspace, *, copies: bool = False, tell: Callable[[int], None] = lambda copies: None
) -> list[Filed]:
    filed = load_filed(workspace)
    if not filed:
        raise AskError("no document has been read", remedy="run 'tocsin record add' and 'tocsin record read' first")
    return filed if copies else each_once(filed, tell)


def _sides(filed: Sequence[Filed]) -> dict[str, Side]:
    return {
        assertion.id: Side(assertion=assertion, document=each.document)
        for each in filed
        for assertion in standing(each.reviewed).assertions
    }


def _check_incident(incident: str | None, filed: Sequence[Filed], found: Sequence[Comparison]) -> None:
    known = {each.incident for each in found}
    known |= {assertion.incident for each in filed for assertion in standing(each.reviewed).assertions}
    names = sorted(name for name in known if name)
    if incident is not None and incident not in names:
        raise AskError(
            f"nothing is recorded about {incident!r}{did_you_mean(incident, names)}",
            remedy=f"one of {', '.join(names[:20])}" if names else "read a document that names an incident",
        )


def _measured(workspace: Workspace, case_id: str, days: Iterable[date]) -> list[Figure]:
    latest = take_census(workspace, case_id)
    found = list(latest.figures)
    for day in sorted(set(days) - {latest.as_of})[:MOST_DAYS]:
        if day < latest.as_of:
            found += _if_there(workspace, case_id, day)
    for unit in _UNITS:
        found += remediation(workspace, case_id, Course(unit=unit), tell=lambda done, of: None).figures()
    return found


def _if_there(workspace: Workspace, case_id: str, day: date) -> Sequence[Figure]:
    try:
        return take_census(workspace, case_id, as_of=day).figures
    except AskError:  # nothing was observed by then
        return ()


def _days(assertions: Iterable[Assertion]) -> set[date]:
    figures = (each.body.figure for each in assertions if isinstance(each.body, Quantity))
    days = (figure.as_of for figure in figures if figure is not None)
    return {day.ends if isinstance(day, Period) else day for day in days}


def _side_json(side: Side) -> dict[str, object]:
    assertion = side.assertion
    return {
        "assertion": assertion.id,
        "kind": assertion.kind,
        "document": assertion.document,
        "title": side.document.title,
        "published": side.document.published,
        "claimants": [party.canonical for party in assertion.claimants],
        "incident": assertion.incident,
        "rule": assertion.rule,
        **assertion.span.as_json(side.document.text),
    }
