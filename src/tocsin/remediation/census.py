"""Counts the services of a day, and the organisations behind them, with lower and upper bounds.

The rules are design section 6, "Bounds": what is sure counts in both bounds; what is undetermined, claimed, disputed
or was last seen affected earlier in the window counts in the upper one only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pyarrow as pa

from tocsin.figures import Figure, Query
from tocsin.remediation.columns import NO_WORD, Mask, codes, is_word
from tocsin.remediation.holders import Holders, hold
from tocsin.tables import require

GROUPINGS = ("sector", "public-body", "country", "asn", "branch", "status", "compromise")
_OF_BODIES = ("sector", "public-body")
STATES = ("affected", "fixed", "undetermined", "not_affected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a census needs to know of a constituent. ``kind`` is organisation or person."""

    kind: str
    sector: str
    is_public: bool
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every figure of one census has in common: ``method`` is how, the versions of ``source`` are on what."""

    as_of: date
    known_at: datetime | None
    method: str
    source: Query


@dataclass(frozen=True, slots=True)
class _Seen:
    """The services as masks: one row a service."""

    possible: dict[str, Mask]
    sure: dict[str, Mask]
    proven: Mask
    unclear: Mask
    nobody: Mask
    confirmed: Mask
    suspected: Mask


def census(
    services: pa.Table, bodies: Mapping[str, Body], frame: Frame, *, by: str | None = None
) -> tuple[Figure, ...]:
    """The figures of one day; with ``by``, each of them for every group of that kind that occurs.

    By sector or public body only the constituency is counted: what lies beyond the registry has neither.

    Needs the columns of ``store.services.fold_services``. ``bodies`` are the constituents by id. The order is: services
    seen, services of the constituency, organisations, public bodies, persons, beyond the registry.
    Raises ``ValueError`` for an unknown ``by``.
    """
    require(
        services, "status", "reason", "is_sure", "is_doubted", "is_current", "compromise", "constituent", "certainty"
    )
    seen, holders = _read(services), hold(services)
    figures = []
    for group, rows, members in _groups(services, holders, bodies, by):
        count = _Counter(frame=frame, group=group, seen=seen, rows=rows, of_bodies=by in _OF_BODIES)
        figures += [*_service_figures(count), *_body_figures(count, holders, bodies, members)]
    return tuple(figures)


def method_sentence(*, window_days: int, sources: Mapping[str, str], located_by: str) -> str:
    """How the figures were made, in a sentence that may be printed under them. ``sources`` maps name to coverage."""
    listed = ", ".join(f"{name} ({coverage})" for name, coverage in sorted(sources.items()))
    return (
        f"Services seen in the {window_days} days up to the date by {listed}; each in the state of its latest decisive "
        "finding. The lower bound counts what the latest complete scan of its source, or a list of positives within "
        "the window, shows beyond doubt; the upper bound adds the undetermined, those whose owner is only claimed or "
        f"disputed, and those last seen affected in an earlier scan. AS number and country: {located_by}."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counter:
    """Makes figures of the services in one group; with ``of_bodies`` the group is one of constituents."""

    frame: Frame
    group: str | None
    seen: _Seen
    rows: Mask
    of_bodies: bool

    def figure(self, name: str, unit: str, state: str, place: str, low: int, high: int, whole: Figure | None) -> Figure:
        suffix = f"/{self.group}" if self.group else ""
        return Figure(
            id=name + suffix,
            low=low,
            high=high,
            unit=unit,
            state=state,
            place=place,
            as_of=self.frame.as_of,
            known_at=self.frame.known_at,
            method=self.frame.method,
            denominator=whole,
            source=self.frame.source,
            group=self.group,
        )

    def services(self, kind: str, state: str, place: str, low: Mask, high: Mask, whole: Figure | None) -> Figure:
        certain, possible = int((low & self.rows).sum()), int((high & self.rows).sum())
        return self.figure(f"{kind}-{state}", "services", state, place, certain, possible, whole)


def _service_figures(count: _Counter) -> Iterator[Figure]:
    seen, every = count.seen, np.ones(len(count.rows), dtype=bool)
    places = (
        {}
        if count.of_bodies
        else {
            "services": ("everywhere seen", every, every),
            "beyond-registry-services": ("beyond the registry", seen.nobody, seen.nobody | seen.unclear),
        }
    )
    places["constituency-services"] = ("the constituency", seen.proven, seen.proven | seen.unclear)
    for kind, (place, sure, possible) in places.items():
        whole = count.services(kind, "seen", place, sure, possible, None)
        yield whole
        for state in STATES:
            low, high = seen.sure[state] & sure, seen.possible[state] & possible
            yield count.services(kind, state, place, low, high, whole)
        for state, rows in (("compromised_confirmed", seen.confirmed), ("compromised_possible", seen.suspected)):
            yield count.services(kind, state, place, rows & sure, rows & possible, whole)


def _body_figures(
    count: _Counter, holders: Holders, bodies: Mapping[str, Body], members: Callable[[str], bool]
) -> Iterator[Figure]:
    kinds: dict[str, tuple[str, Callable[[Body], bool]]] = {
        "organisations": ("organisations", lambda body: body.kind != "person"),
        "public-bodies": ("public bodies", lambda body: body.kind != "person" and body.is_public),
        "persons": ("persons", lambda body: body.kind == "person"),
    }
    for kind, (unit, belongs) in kinds.items():
        chosen = np.array([name in bodies and belongs(bodies[name]) and members(name) for name in holders.names], bool)
        if kind == "persons" and not chosen.any():
            continue
        yield from _held(count, holders, chosen, kind, unit)


def _held(count: _Counter, holders: Holders, chosen: Mask, kind: str, unit: str) -> Iterator[Figure]:
    seen = count.seen

    def own(rows: Mask) -> Mask:
        return holders.any(rows & count.rows & seen.proven) & chosen

    def maybe(rows: Mask) -> Mask:
        return holders.any(rows & count.rows) & chosen

    every = np.ones(len(count.rows), dtype=bool)
    affected, could_be = own(seen.sure["affected"]), maybe(seen.possible["affected"])
    doubtful = seen.possible["undetermined"]
    bounds = {
        "seen": (own(every), maybe(every)),
        "affected": (affected, could_be),
        "fixed": (own(seen.sure["fixed"]) & ~could_be, maybe(seen.possible["fixed"]) & ~affected),
        "undetermined": (own(doubtful) & ~affected, maybe(doubtful) & ~affected),
    }
    proof, chance = own(seen.confirmed), maybe(seen.confirmed)
    bounds["compromised_confirmed"] = (proof, chance)
    bounds["compromised_possible"] = (own(seen.suspected) & ~chance, maybe(seen.suspected) & ~proof)
    whole = None
    for state, (low, high) in bounds.items():
        least, most = int(low.sum()), int((low | high).sum())
        figure = count.figure(f"{kind}-{state}", unit, state, "the constituency", least, most, whole)
        # The first, those seen, are what all others are a part of.
        whole = whole or figure
        yield figure


def _read(services: pa.Table) -> _Seen:
    sure, now = _flags(services, "is_sure"), _flags(services, "is_current")
    status = {state: is_word(services, "status", state) for state in STATES}
    doubtful = status["undetermined"] | _flags(services, "is_doubted")
    # A build that is partly shown is of the product: it has the flaw or the fix, and is not beside the case.
    off_case = status["undetermined"] & ~is_word(services, "reason", "partial_build")
    possible = {state: rows | doubtful for state, rows in status.items()}
    return _Seen(
        possible=possible | {"not_affected": status["not_affected"] | off_case},
        sure={state: rows & sure for state, rows in status.items()} | {"undetermined": status["undetermined"] & now},
        proven=is_word(services, "certainty", "proven"),
        unclear=is_word(services, "certainty", "claimed") | is_word(services, "certainty", "disputed"),
        nobody=is_word(services, "certainty", "none"),
        confirmed=is_word(services, "compromise", "confirmed"),
        suspected=is_word(services, "compromise", "possible"),
    )


def _groups(
    services: pa.Table, holders: Holders, bodies: Mapping[str, Body], by: str | None
) -> Iterator[tuple[str | None, Mask, Callable[[str], bool]]]:
    """The groups that occur: name, the services in it, and which constituents belong to it."""
    every = np.ones(services.num_rows, dtype=bool)
    if by is None:
        yield None, every, lambda _name: True
    elif by in _OF_BODIES:
        kind = {name: _kind(body, by) for name, body in bodies.items()}
        owners = np.array([kind.get(name, "") for name in holders.names], dtype=object)
        for value in sorted(set(owners)):
            mine = holders.rows_of(owners == value)
            yield f"{by}={value}", mine, lambda name, value=value: kind.get(name, "") == value  # type: ignore[misc]
    elif by in GROUPINGS:
        numbers, words = codes(services.column(by))
        for number in sorted(set(numbers.tolist()), key=lambda number: words[number] if number >= 0 else ""):
            value = words[number] if number != NO_WORD else "not known"
            yield f"{by}={value}", numbers == number, lambda _name: True
    else:
        raise ValueError(f"no census by {by!r}; one of {', '.join(GROUPINGS)}")


def _kind(body: Body, by: str) -> str:
    return body.sector or "not stated" if by == "sector" else "yes" if body.is_public else "no"


def _flags(services: pa.Table, name: str) -> Mask:
    flags: Mask = services.column(name).to_numpy().astype(bool)
    return flags
