"""The reach ledger: of those whom a case concerns, how many could be told, were told, answered and fixed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum

from tocsin.figures import Figure
from tocsin.notices import Standing
from tocsin.remediation.parties import Party, Told
from tocsin.remediation.units import PROVEN

GROUPED_BY = ("sector", "country", "channel")
_GROUPS = {"country": "seat"}
"""What groups are called in figures: an organisation has services in several countries, and its seat in one."""


class Place(IntEnum):
    """Where one constituent stands in the ledger: with its furthest notice. Each has exactly one place."""

    NO_CONTACT = 0
    NOT_PLANNED = 1
    CANCELLED = 2
    RETRACTED = 3
    PLANNED = 4
    WRITTEN = 5
    REFUSED = 6
    BOUNCED = 7
    UNCERTAIN = 8
    SILENT = 9
    ACCEPTED = 10
    AUTO_REPLIED = 11
    REPLIED = 12
    ANSWERED = 13


class Rung(IntEnum):
    """A step of the ledger; whoever reached one reached all before it."""

    IDENTIFIED = 0
    CONTACT = 1
    PLANNED = 2
    SENT = 3
    ACCEPTED = 4
    ANSWERED = 5


RUNG_WORDS = (
    "identified",
    "with a contact",
    "planned for",
    "sent a notice",
    "sent a notice that the next hop accepted",
    "heard from",
)
PLACE_WORDS = {
    Place.NO_CONTACT: "without a contact",
    Place.NOT_PLANNED: "never planned for",
    Place.CANCELLED: "planned for and cancelled",
    Place.RETRACTED: "told wrongly and not anew",
    Place.PLANNED: "waiting to be sent a notice",
    Place.WRITTEN: "with a letter written to a file only",
    Place.REFUSED: "refused by the next hop",
    Place.BOUNCED: "bounced",
    Place.UNCERTAIN: "sent a notice of uncertain end",
    Place.SILENT: "silent past the deadline",
    Place.ACCEPTED: "with time left to answer",
    Place.AUTO_REPLIED: "replied to by a machine only",
    Place.REPLIED: "replied to by a person",
    Place.ANSWERED: "answered by one of the offered answers",
}
UNREACHABLE = (Place.NO_CONTACT, Place.REFUSED, Place.BOUNCED)
"""The places of those who cannot be told by any way that is known, or by none that was tried."""

_FIRST_PLACE = (Place.NO_CONTACT, Place.NOT_PLANNED, Place.PLANNED, Place.BOUNCED, Place.SILENT, Place.REPLIED)
_RUNG_OF = {place: max(rung for rung in Rung if place >= _FIRST_PLACE[rung]) for place in Place}
_PLACES: Mapping[Standing, Place] = {
    Standing.WAITING: Place.PLANNED,
    **{each: Place[each.name] for each in Standing if each is not Standing.WAITING},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """One organisation that cannot be reached, and why."""

    constituent: str
    place: Place
    sector: str
    country: str
    is_public: bool
    is_fixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The figures, and the organisations that could not be reached, public bodies first; persons are only counted."""

    as_of: date
    figures: tuple[Figure, ...]
    unreached: tuple[Unreached, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the ledger does not hold: services of nobody and of unproven owners, and who was told beside it.

    Services are counted at least and at most, organisations and persons told exactly.
    """

    beyond: tuple[int, int] = (0, 0)
    unproven: tuple[int, int] = (0, 0)
    told: int = 0


def place_of(party: Party) -> Place:
    """The place of one constituent: that of its furthest notice, or why it has none."""
    return max((_PLACES[each.standing] for each in party.notices), default=_before_any(party))


def rung_of(place: Place) -> Rung:
    """The highest step that whoever has this place reached."""
    return _RUNG_OF[place]


def reach(parties: Sequence[Party], beside: Beside, template: Figure, *, by: str | None = None) -> Ledger:
    """The ledger of ``parties``; with ``by`` (one of GROUPED_BY) in every group, without what stands beside it.

    ``template`` has day, method and source. Lower bounds count those seen affected or compromised, upper bounds also
    those of whom something was undetermined. By channel a constituent is in that of its furthest notice. Raises
    ``ValueError`` for an unknown ``by``.
    """
    base = replace(template, place=PROVEN, denominator=None, group=None)
    organisations = [each for each in parties if not each.is_person]
    persons = [each for each in parties if each.is_person]
    figures = list[Figure]()
    for group, members in _groups(organisations, by):
        figures += _counted(members, replace(base, unit="organisations", group=group))
    for group, members in _groups(persons, by) if persons else ():
        figures += _counted(members, replace(base, unit="persons", group=group))
    if by is None:
        figures += _beside(beside, base)
    day = template.as_of
    assert isinstance(day, date)
    return Ledger(as_of=day, figures=tuple(figures), unreached=_unreached(organisations))


def _before_any(party: Party) -> Place:
    return Place.NOT_PLANNED if party.has_contact else Place.NO_CONTACT


def _groups(parties: Sequence[Party], by: str | None) -> Iterator[tuple[str | None, Sequence[Party]]]:
    if by is None:
        yield None, parties
        return
    if by not in _KEYS:
        raise ValueError(f"nothing is reached by {by!r}; one of {', '.join(GROUPED_BY)}")
    found = dict[str, list[Party]]()
    for party in parties:
        found.setdefault(_KEYS[by](party) or "not stated", []).append(party)
    for name, members in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"{_GROUPS.get(by, by)}={name}", members


def _channel(party: Party) -> str:
    furthest = max(party.notices, key=_furthest, default=None)
    return furthest.channel if furthest else "none"


def _furthest(told: Told) -> tuple[Place, date, str]:
    return _PLACES[told.standing], told.left_on or date.min, told.number


_KEYS: Mapping[str, Callable[[Party], str]] = {
    "sector": lambda party: party.body.sector,
    "country": lambda party: party.body.country,
    "channel": _channel,
}


@dataclass(slots=True)
class _Tally:
    """How many are at one place: surely concerned and in all; of them seen fixed, and since they were told."""

    all: list[int] = field(default_factory=lambda: [0, 0])
    fixed: list[int] = field(default_factory=lambda: [0, 0])
    since: list[int] = field(default_factory=lambda: [0, 0])
    traced: list[int] = field(default_factory=lambda: [0, 0])

    def add(self, party: Party) -> None:
        sure = party.exposure.is_sure
        for counted, holds in (
            (self.all, True),
            (self.fixed, party.is_fixed),
            (self.since, party.is_fixed_since_told),
            (self.traced, party.is_fixed and bool(party.exposure.compromise)),
        ):
            if holds:
                counted[0] += sure
                counted[1] += 1


def _counted(parties: Sequence[Party], base: Figure) -> Iterator[Figure]:
    """The rungs, each of the one before; the places, each of its rung; the fixed of each rung; the unreachable."""
    tallies = {place: _Tally() for place in Place}
    for party in parties:
        tallies[place_of(party)].add(party)
    kind, group = f"{base.unit}-reach", f"/{base.group}" if base.group else ""

    def figure(name: str, state: str, of: Figure | None, counts: Iterable[Sequence[int]]) -> Figure:
        low, high = (sum(each) for each in zip((0, 0), *counts, strict=True))
        return replace(base, id=f"{kind}-{name}{group}", state=state, denominator=of, low=low, high=high)

    rungs, fixed, within = list[Figure](), list[Figure](), list[Figure]()
    for rung in Rung:
        at = [tallies[place] for place in Place if rung_of(place) >= rung]
        whole = figure(rung.name.lower(), RUNG_WORDS[rung], rungs[-1] if rungs else None, (each.all for each in at))
        rungs.append(whole)
        since = rung >= Rung.SENT
        state = "seen fixed after a notice had left" if since else "seen fixed"
        seen = (each.since if since else each.fixed for each in at)
        fixed.append(figure(f"{rung.name.lower()}-fixed", state, whole, seen))
        for place in Place:
            if rung_of(place) is rung:
                name = place.name.lower().replace("_", "-")
                within.append(figure(f"at-{name}", PLACE_WORDS[place], whole, [tallies[place].all]))
    yield from (*rungs, *within, *fixed)
    words = "unreachable: without a contact, refused or bounced"
    yield figure("unreachable", words, rungs[0], [tallies[place].all for place in UNREACHABLE])
    traced = [each.traced for each in tallies.values()]
    yield figure("fixed-but-compromised", "seen fixed and still with a trace of compromise", fixed[0], traced)


def _beside(beside: Beside, base: Figure) -> Iterator[Figure]:
    services = replace(base, unit="services", state="ever seen affected or compromised")
    for name, place, (low, high) in (
        ("beyond-registry", "beyond the registry", beside.beyond),
        ("unproven", "beyond proof: their owner is only claimed or disputed", beside.unproven),
    ):
        yield replace(services, id=f"services-reach-{name}", place=place, low=low, high=high)
    state = "told of what is not proven theirs now"
    yield replace(
        base, id="constituents-reach-told-beside", unit="constituents", state=state, low=beside.told, high=beside.told
    )


def _unreached(parties: Sequence[Party]) -> tuple[Unreached, ...]:
    found = [
        Unreached(
            constituent=party.id,
            place=place,
            sector=party.body.sector,
            country=party.body.country,
            is_public=party.body.is_public,
            is_fixed=party.is_fixed,
        )
        for party in parties
        if (place := place_of(party)) in UNREACHABLE
    ]
    return tuple(sorted(found, key=lambda each: (not each.is_public, each.is_fixed, each.place, each.constituent)))
