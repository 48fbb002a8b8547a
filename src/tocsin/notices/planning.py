"""Makes a plan: who is told what, through which contact and when, and who is not told and why. Nothing leaves by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from tocsin.notices.calendar import Calendar
from tocsin.notices.deciding import Candidate, Decision, Earlier, Party, decide, since_reopened
from tocsin.notices.gather import COMPROMISED, Gathered
from tocsin.notices.notice import Item, Notice, Plan, Recipient, Withheld
from tocsin.notices.numbers import Chance, message_id, notice_number, plan_id
from tocsin.notices.policy import Policy
from tocsin.notices.schedule import Schedule
from tocsin.notices.waves import Waves, split


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that a plan is made of. ``candidates`` gives the contacts of one constituent in the order to try them.

    ``earlier`` are the notices of before about this case, by constituent; ``suppressed`` addresses and domains in lower
    case. ``reopened``: by address, port and transport, the day on which what had been fixed was seen affected again.
    """

    case_id: str
    as_of: date
    gathered: Gathered
    parties: Mapping[str, Party]
    candidates: Callable[[str], Sequence[Candidate]]
    earlier: Mapping[str, Sequence[Earlier]]
    suppressed: Mapping[str, str]
    policy: Policy
    versions: tuple[str, ...]
    reopened: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the officer asks for: at most ``limit`` notices, the worst first; ``waves`` where not all can go at once."""

    limit: int | None = None
    waves: Waves | None = None


def make_plan(
    material: Material,
    wishes: Wishes,
    calendar: Calendar,
    *,
    domain: str,
    made_by: str,
    now: datetime,
    chance: Chance,
) -> tuple[Plan, Waves | None]:
    """The plan, and how the waves were split. ``domain`` is the sender's, for Message-IDs.

    Notices come in the order in which they go: public bodies first, then compromise, then those with the most findings.
    Raises ``ValueError`` for waves that delay longer than the policy allows.
    """
    waves, policy = wishes.waves, material.policy
    if waves is not None and waves.days > policy.waves_within_days:
        raise ValueError(f"{waves.days} days are more than the {policy.waves_within_days} that the policy allows")
    decided, withheld = _decide_all(material, now)
    decided.sort(key=lambda each: _rank(each.party.is_public, each.items, each.party.id))
    if wishes.limit is not None:
        withheld += [_over_limit(each, wishes.limit) for each in decided[wishes.limit :]]
        decided = decided[: wishes.limit]
    numbers = dict[str, int]()
    if waves is not None:
        numbers = split((each.party.id for each in decided if not _is_compromised(each.items)), waves)
        counts = Counter(numbers.values())
        waves = replace(waves, sizes=tuple(counts[number] for number in range(1, waves.count + 1)))
    plan = plan_id(now, chance)
    schedule = Schedule(policy, calendar)
    notices = []
    for each in sorted(decided, key=lambda found: numbers.get(found.party.id, 0)) if numbers else decided:
        wave = numbers.get(each.party.id)
        delay = waves.delay(wave) if waves is not None and wave is not None else timedelta(0)
        begins = _begins(each, now + delay, schedule)
        notices.append(_notice(each, plan, material, wave, begins, domain, notice_number(chance)))
    return (
        Plan(
            id=plan,
            case_id=material.case_id,
            as_of=material.as_of,
            made_at=now,
            made_by=made_by,
            notices=tuple(notices),
            withheld=_in_order([*withheld, *material.gathered.withheld]),
            versions=material.versions,
        ),
        waves,
    )


def _decide_all(material: Material, now: datetime) -> tuple[list[Decision], list[Withheld]]:
    decided, withheld = list[Decision](), list[Withheld]()
    for name, items in material.gathered.items.items():
        party = material.parties.get(name)
        found = (
            Withheld(constituent=name, code="unknown", why="it is not in the registry any more", items=len(items))
            if party is None
            else decide(
                party,
                items,
                material.candidates(name),
                since_reopened(material.earlier.get(name, ()), material.reopened),
                material.suppressed,
                material.policy,
                now,
            )
        )
        if isinstance(found, Decision):
            decided.append(found)
        else:
            withheld.append(found)
    return decided, withheld


def in_order(notices: Iterable[Notice]) -> list[Notice]:
    """The notices of a plan as it has them: by wave, and in each the worst first."""
    return sorted(
        notices,
        key=lambda each: (
            each.wave or 0,
            *_rank(each.recipient.is_public, each.items, each.recipient.constituent),
        ),
    )


def _in_order(withheld: list[Withheld]) -> tuple[Withheld, ...]:
    return tuple(sorted(withheld, key=lambda each: (each.constituent, each.code)))


def _rank(is_public: bool, items: Sequence[Item], constituent: str) -> tuple[bool, int, int, str]:
    """Sorts the worst first."""
    worst = max(COMPROMISED.index(item.compromise) + 1 if item.compromise in COMPROMISED else 0 for item in items)
    return (not is_public, -worst, -len(items), constituent)


def _is_compromised(items: Sequence[Item]) -> bool:
    return any(item.compromise in COMPROMISED for item in items)


def _over_limit(each: Decision, limit: int) -> Withheld:
    why = f"beyond the {limit:,} notices asked for; others are worse off"
    return Withheld(constituent=each.party.id, code="over_limit", why=why, items=len(each.items))


def _begins(each: Decision, earliest: datetime, schedule: Schedule) -> datetime:
    """Quiet hours and rates are for mail; a person who carries a letter knows when."""
    if each.candidate.channel != "mail":
        return earliest
    domain = each.candidate.address.rpartition("@")[2].lower()
    return schedule.place(earliest, country=each.party.country, domain=domain)


def _notice(
    each: Decision, plan: str, material: Material, wave: int | None, begins: datetime, domain: str, number: str
) -> Notice:
    party, candidate = each.party, each.candidate
    return Notice(
        number=number,
        plan=plan,
        case_id=material.case_id,
        kind=each.kind,
        recipient=Recipient(
            constituent=party.id,
            name=party.name,
            sector=party.sector,
            country=party.country,
            is_public=party.is_public,
            contact=candidate.contact,
            channel=candidate.channel,
            address=candidate.address,
            language=candidate.language,
            key=candidate.key,
            is_person=party.is_person,
        ),
        items=each.items,
        as_of=material.as_of,
        not_before=begins,
        due_on=(begins + timedelta(days=material.policy.deadline_days)).date(),
        message_id=message_id(number, domain),
        why=each.why,
        wave=wave,
    )
