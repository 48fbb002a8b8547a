"""What is due: whom to turn to now, why, by which way. It ends when a look shows the fix, not with an owner's word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.notices import Standing
from tocsin.remediation.ladder import STEP_WORDS, Step, Way, next_step
from tocsin.remediation.parties import Party, Told
from tocsin.remediation.reach import Place, Rung, place_of, rung_of

REASONS = (
    "newly compromised",
    "reopened",
    "bounced",
    "refused",
    "uncertain",
    "asks for help",
    "says it is not theirs",
    "says it is the wrong contact",
    "deadline passed",
    "unanswered",
    "never told",
)
"""Why something is due, the gravest first."""
_FRESH = REASONS[:2]
_FAILED = {Place.BOUNCED: "bounced", Place.REFUSED: "refused", Place.UNCERTAIN: "uncertain"}
_QUEUED = {"need_help": REASONS[5], "not_ours": REASONS[6], "wrong_contact": REASONS[7]}
_PENDING = (Standing.WAITING, Standing.WRITTEN)
_NOTHING_YET = (Standing.PLANNED, Standing.CANCELLED, Standing.RETRACTED)

SEND = "send what is planned, or cancel it"
CARRY = "carry what was written to a file"
HELP = "get in touch: they ask for help"
REVIEW = "mend the registry: tocsin review"
SETTLE = "look into the relay's log and settle it"
LOOK = "look again: what is not seen, or not decided, is not fixed"
STEPS = (*STEP_WORDS.values(), SEND, CARRY, HELP, REVIEW, SETTLE, LOOK)
"""Everything that may be the next step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One constituent to be turned to. ``since`` is the day since when, as far as it is known.

    ``way`` is by whom or where, if that is known; ``tried`` how many notices have gone to it, ``notice`` the number of
    the newest one and ``deadline`` its day.
    """

    constituent: str
    is_person: bool
    is_public: bool
    sector: str
    country: str
    why: tuple[str, ...]
    step: str
    way: Way | None
    since: date | None
    tried: int
    notice: str | None
    deadline: date | None


def due(parties: Sequence[Party], ways: Mapping[str, Sequence[Way]], *, on: date) -> tuple[Due, ...]:
    """What is due on the day ``on``: public bodies first, then the gravest reason, then the oldest.

    Whoever stands fixed or mitigated at the last look without a trace of compromise is not in it, and neither is
    whoever is being told just now.
    """
    found = [row for party in parties if (row := _due(party, ways.get(party.id, ()), on)) is not None]
    return tuple(sorted(found, key=_gravity))


def _due(party: Party, ways: Sequence[Way], on: date) -> Due | None:
    seen = party.exposure
    if seen.state in ("fixed", "mitigated") and not seen.compromise:
        return None
    if seen.state != "open" and not seen.compromise and party.told_on is None:
        return None
    why = tuple(sorted(dict.fromkeys(_reasons(party, on)), key=REASONS.index))
    if not why:
        return None
    step, way = _step(party, ways, why, on)
    newest = _newest(party)
    return Due(
        constituent=party.id,
        is_person=party.is_person,
        is_public=party.body.is_public,
        sector=party.body.sector,
        country=party.body.country,
        why=why,
        step=step,
        way=way,
        since=_since(party, why),
        tried=sum(each.left_on is not None for each in party.notices),
        notice=newest.number if newest else None,
        deadline=newest.due_on if newest else None,
    )


def _reasons(party: Party, on: date) -> Iterator[str]:
    pending, place = _pending(party), place_of(party)
    if pending is not None:
        if on > pending.due_on:
            yield "deadline passed"
        return
    gone = [each for each in party.notices if each.left_on is not None and each.standing is not Standing.RETRACTED]
    if party.exposure.compromise and not any(each.told_compromise for each in gone):
        yield "newly compromised"
    reopened = party.exposure.reopened_on
    if reopened is not None and gone and all(each.left_on is None or each.left_on < reopened for each in gone):
        yield "reopened"
    if place in _FAILED:
        yield _FAILED[place]
    yield from (_QUEUED[each.answer] for each in _unsettled(party))
    if gone and gone[-1].answer == "wrong_contact":
        yield _QUEUED["wrong_contact"]  # settled or not, whoever is responsible has not been told since
    if gone and on > gone[-1].due_on:
        yield "deadline passed"
        if rung_of(place) is Rung.ACCEPTED:
            yield "unanswered"
    if place is Place.PLANNED or rung_of(place) < Rung.PLANNED:
        yield "never told"


def _step(party: Party, ways: Sequence[Way], why: Sequence[str], on: date) -> tuple[str, Way | None]:
    pending = _pending(party)
    if pending is not None:
        return CARRY if pending.standing is Standing.WRITTEN else SEND, _way_of(pending)
    unsettled = _unsettled(party)
    if unsettled:
        return (HELP, _way_of(unsettled[0])) if unsettled[0].answer == "need_help" else (REVIEW, None)
    if "uncertain" in why:
        return SETTLE, None
    if party.notices and party.notices[-1].standing is Standing.PLANNED:
        return SEND, _way_of(party.notices[-1])
    if set(_FRESH) & set(why):
        reached = [each for each in party.notices if _rank(each) >= Place.SILENT and each.answer != "stop"]
        if reached:
            best = max(reached, key=lambda each: (_rank(each), each.left_on or date.min, each.number))
            return STEP_WORDS[Step.MAIL], _way_of(best)
    if party.exposure.state in ("undetermined", "out of sight") and not party.exposure.compromise:
        return LOOK, None
    step, way = next_step(ways, party.notices)
    return STEP_WORDS[step], way


def _pending(party: Party) -> Told | None:
    """The newest notice, where it is under way: nothing else is due until its day is over.

    One that nobody has approved is not under way: whoever only looks at plans must not silence what is due.
    """
    current = [each for each in party.notices if each.standing not in _NOTHING_YET]
    return current[-1] if current and current[-1].standing in _PENDING else None


def _unsettled(party: Party) -> list[Told]:
    """The notices whose answer waits for a person, whoever asks for help first."""
    found = [each for each in party.notices if each.answer in _QUEUED and not each.is_settled]
    return sorted(found, key=lambda each: each.answer != "need_help")


def _newest(party: Party) -> Told | None:
    """The newest notice that counts: one not approved, cancelled or taken back only where there is no other."""
    current = [each for each in party.notices if each.standing not in _NOTHING_YET]
    return next(iter(reversed(current or party.notices)), None)


def _rank(each: Told) -> Place:
    return Place[each.standing.name] if each.standing.name in Place.__members__ else Place.PLANNED


def _way_of(each: Told) -> Way:
    return Way(remove="own", channel=each.channel, address=each.address, contact=each.contact)


def _since(party: Party, why: Sequence[str]) -> date | None:
    days = list[date]()
    if "reopened" in why and party.exposure.reopened_on:
        days.append(party.exposure.reopened_on)
    for each in party.notices:
        if each.standing is Standing.BOUNCED and "bounced" in why and each.left_on:
            days.append(each.left_on)
    newest = _newest(party)
    if "deadline passed" in why and newest is not None:
        days.append(newest.due_on + timedelta(days=1))
    return min(days, default=None)


def _gravity(row: Due) -> tuple[object, ...]:
    return (not row.is_public, REASONS.index(row.why[0]), row.since or date.max, row.constituent)
