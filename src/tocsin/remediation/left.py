"""Who remains: every holder of a service that is exposed, undecided or compromised, worst first, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from tocsin.figures import Figure
from tocsin.remediation.census import Body
from tocsin.remediation.columns import NO_WORD, Integers, Mask, codes, is_word
from tocsin.remediation.measures import Subject
from tocsin.remediation.spells import OPEN, Standing

REASONS = (
    "compromised",
    "possibly compromised",
    "affected again",
    "never fixed",
    "undetermined",
    "no contact",
)
"""Why something remains, the gravest first; again: after it was fixed or mitigated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """One holder of what remains: a constituent, or (``constituent`` ``None``) nobody in the registry, by country.

    ``since`` is the day since when the longest of its open spells runs (``None``: none is open, it is undetermined or
    fixed but compromised), ``last_seen`` the day on which any of them was last seen.
    """

    constituent: str | None
    sector: str
    country: str
    services: int
    affected: int
    why: tuple[str, ...]
    since: date | None
    last_seen: date


def who_is_left(subject: Subject, reachable: AbstractSet[str]) -> tuple[Left, ...]:
    """What remains on the last day, by holder, worst first: by the gravest reason, then by how many services.

    A service counts under whoever it is proven to belong to; what is claimed or disputed is nobody's yet.
    ``reachable`` are the constituents that have a contact.
    """
    why, rows = _reasons(subject), np.flatnonzero(_remains(subject))
    open_ = _is_open(subject)
    holder, names = _holders(subject, rows)
    since, last = _since(subject), _last_seen(subject)
    found = []
    by_holder = np.split(rows[np.argsort(holder, kind="stable")], np.cumsum(np.bincount(holder))[:-1])
    for mine, (constituent, country) in zip(by_holder, names, strict=bool(len(rows))):
        reasons = [reason for reason, chosen in why.items() if chosen[mine].any()]
        if constituent is not None and constituent not in reachable:
            reasons.append("no contact")
        begun = since[mine][since[mine] != OPEN]
        found.append(
            Left(
                constituent=constituent,
                sector=_sector(subject.bodies, constituent),
                country=country,
                services=len(mine),
                affected=int(open_[mine].sum()),
                why=tuple(reasons),
                since=subject.lives.days[int(begun.min())] if len(begun) else None,
                last_seen=subject.lives.days[int(last[mine].max())],
            )
        )
    return tuple(sorted(found, key=_gravity))


def reasons_left(subject: Subject, template: Figure) -> tuple[Figure, ...]:
    """How many services remain for each reason that they show themselves; one may remain for several.

    ``template`` has method and source.
    """
    why = _reasons(subject)
    whole = replace(
        template,
        id="services-left",
        unit="services",
        place="everywhere seen",
        state="remaining",
        low=int(_remains(subject).sum()),
        high=int(_remains(subject).sum()),
    )
    return tuple(
        replace(
            whole,
            id=f"services-left/why={reason}",
            group=f"why={reason}",
            low=int(chosen.sum()),
            high=int(chosen.sum()),
            denominator=whole,
        )
        for reason, chosen in why.items()
        if chosen.any()
    )


def _gravity(left: Left) -> tuple[object, ...]:
    worst = min((REASONS.index(reason) for reason in left.why), default=len(REASONS))
    return (worst, -left.affected, -left.services, left.constituent is None, left.constituent or left.country)


def _is_open(subject: Subject) -> Mask:
    found: Mask = np.isin(subject.folded.standing[-1], (Standing.AFFECTED, Standing.DOUBTFUL))
    return found


def _remains(subject: Subject) -> Mask:
    undecided = subject.folded.standing[-1] == Standing.UNDETERMINED
    found: Mask = _is_open(subject) | undecided | subject.is_confirmed | subject.is_possible
    return found


def _reasons(subject: Subject) -> Mapping[str, Mask]:
    """Of each reason that a service can show, the gravest first, which services show it."""
    spells, open_ = subject.folded.spells, _is_open(subject)
    again = np.zeros(len(subject.lives), dtype=bool)
    again[spells.service[spells.is_reopened]] = True
    undecided = np.isin(subject.folded.standing[-1], (Standing.DOUBTFUL, Standing.UNDETERMINED))
    return {
        "compromised": subject.is_confirmed,
        "possibly compromised": subject.is_possible,
        "affected again": open_ & again,
        "never fixed": open_ & ~again,
        "undetermined": undecided,
    }


def _holders(subject: Subject, rows: Integers) -> tuple[Integers, list[tuple[str | None, str]]]:
    """The holder of each of ``rows``, as a number, and of each number the constituent (or ``None``) and the country."""
    services = subject.lives.services
    owner, words = codes(services.column("constituent"))
    country, lands = codes(services.column("country"))
    proven = is_word(services, "certainty", "proven")
    key = np.where(proven & (owner != NO_WORD), owner, -2 - country)[rows]
    distinct, number = np.unique(key, return_inverse=True)
    return number, [_holder(int(each), words, lands, subject.bodies) for each in distinct]


def _holder(key: int, words: Sequence[str], lands: Sequence[str], bodies: Mapping[str, Body]) -> tuple[str | None, str]:
    if key >= 0:
        return words[key], bodies[words[key]].country if words[key] in bodies else ""
    return None, lands[-2 - key] if key < NO_WORD and -2 - key < len(lands) else "not known"


def _sector(bodies: Mapping[str, Body], constituent: str | None) -> str:
    return bodies[constituent].sector if constituent is not None and constituent in bodies else ""


def _since(subject: Subject) -> Integers:
    spells = subject.folded.spells
    found = np.full(len(subject.lives), OPEN, dtype=np.int64)
    running = spells.ended == OPEN
    found[spells.service[running]] = spells.began[running]
    return found


def _last_seen(subject: Subject) -> Integers:
    seen = subject.lives.marks > 0
    found: Integers = len(seen) - 1 - np.argmax(seen[::-1], axis=0)
    return found
