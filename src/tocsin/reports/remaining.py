"""Who remains, as figures: by every reason that holds, by sector, and what is not proven to be anybody's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tocsin.figures import Figure
from tocsin.remediation.census import Body
from tocsin.remediation.left import REASONS, Left
from tocsin.remediation.units import PROVEN
from tocsin.reports.material import Table

PERSON = "a person"
MOST_NAMED = 10
_REMAINING = "remaining"
_COLUMNS = ("rank", "who", "sector", "country", "services", "why", "since", "last seen")


def remaining_figures(left: Sequence[Left], bodies: Mapping[str, Body], template: Figure) -> tuple[Figure, ...]:
    """How many remain: organisations in all, by reason and by sector, persons if any, and services of nobody.

    ``template`` has day, method and source. By reason figures overlap; by sector they add up.
    """
    held = [each for each in left if each.constituent is not None]
    ours = [each for each in held if not _is_person(each, bodies)]
    base = replace(template, unit="organisations", state=_REMAINING, place=PROVEN, denominator=None)
    total = _counted(base, "organisations-remaining", len(ours))
    why = Counter(reason for each in ours for reason in each.why)
    sectors = Counter(each.sector or "not stated" for each in ours)
    by_why = [(f"why={reason}", why[reason]) for reason in REASONS if why[reason]]
    by_sector = [(f"sector={name}", number) for name, number in sorted(sectors.items(), key=_largest_first)]
    groups = (
        replace(_counted(base, f"organisations-remaining/{group}", number), group=group, denominator=total)
        for group, number in (*by_why, *by_sector)
    )
    return (total, *groups, *_others(left, len(held) - len(ours), base))


def worst_named(left: Sequence[Left], names: Mapping[str, str], bodies: Mapping[str, Body]) -> Table:
    """The worst of the constituents that remain, by name; persons without theirs."""
    held = [each for each in left if each.constituent is not None][:MOST_NAMED]
    rows = tuple(_row(rank, each, names, bodies) for rank, each in enumerate(held, start=1))
    return Table(title="The worst of them", columns=_COLUMNS, rows=rows, right=("rank", "services"))


def _row(rank: int, left: Left, names: Mapping[str, str], bodies: Mapping[str, Body]) -> tuple[str, ...]:
    known = names.get(left.constituent or "") or left.constituent or ""
    return (
        str(rank),
        PERSON if _is_person(left, bodies) else known,
        left.sector,
        left.country,
        f"{left.services:,}",
        "; ".join(left.why),
        str(left.since or ""),
        str(left.last_seen),
    )


def _others(left: Sequence[Left], persons: int, base: Figure) -> tuple[Figure, ...]:
    nobodys = sum(each.services for each in left if each.constituent is None)
    place = "beyond the registry or under an owner who is not proven"
    found = [_counted(replace(base, unit="services", place=place), "nobodys-services-remaining", nobodys)]
    if persons:
        found.append(_counted(replace(base, unit="persons"), "persons-remaining", persons))
    return tuple(found)


def _counted(base: Figure, name: str, number: int) -> Figure:
    return replace(base, id=name, low=number, high=number)


def _is_person(left: Left, bodies: Mapping[str, Body]) -> bool:
    body = bodies.get(left.constituent or "")
    return body is not None and body.kind == "person"


def _largest_first(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]
