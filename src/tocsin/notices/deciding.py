"""Whether one constituent is told now, of what and by which contact; or why not.

Within ``unchanged_days`` nobody hears twice of the same. What is new is told at once. What is unchanged after that goes
as a reminder, through a channel or contact that was not told of it yet: the same mail again does not help, another way
does. What was fixed after a notice and is affected again is new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tocsin.notices.notice import Item, Kind, Withheld
from tocsin.notices.policy import Policy
from tocsin.notices.state import Standing

TOLD = frozenset(
    (
        Standing.WRITTEN,
        Standing.ACCEPTED,
        Standing.SILENT,
        Standing.AUTO_REPLIED,
        Standing.REPLIED,
        Standing.ANSWERED,
    )
)
"""Where a notice stands whose recipient was told, as far as anybody can know."""
FAILED = frozenset((Standing.BOUNCED, Standing.REFUSED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A constituent as a plan needs it."""

    id: str
    name: str
    sector: str
    country: str
    is_public: bool
    is_person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A contact that may be told, in words where it comes from (``said``), or what bars it: a code and words."""

    contact: str
    channel: str
    address: str
    language: str = ""
    key: str | None = None
    said: str
    bar: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A notice of before about this case: ``told`` are the ``key_of`` of its items, ``at`` when it left.

    ``answer`` is a recipient's answer that waits for a person, such as ``not_ours``; else empty. ``reopened`` are those
    of ``told`` that were seen fixed and then affected again since: of them it is as if nobody had been told.
    """

    number: str
    kind: Kind
    told: frozenset[str]
    channel: str
    address: str
    standing: Standing
    at: datetime | None
    answer: str = ""
    reopened: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One constituent is told ``items`` by ``candidate``."""

    party: Party
    items: tuple[Item, ...]
    candidate: Candidate
    kind: Kind
    why: str


def key_of(item: Item) -> str:
    """What makes a finding the same one, told once: the service and how it stands."""
    return f"{item.address} {item.port} {item.transport} {item.status} {item.compromise}"


def since_reopened(earlier: Sequence[Earlier], reopened: Mapping[str, date]) -> list[Earlier]:
    """The notices of before, with what was fixed and is affected again since each.

    ``reopened`` gives the day of the look that first showed it again, by the beginning of ``key_of``: address, port and
    transport.
    """
    return [
        replace(each, reopened=frozenset(key for key in each.told if _is_later(reopened, key, each.at)))
        for each in earlier
    ]


def _is_later(reopened: Mapping[str, date], key: str, at: datetime | None) -> bool:
    day = reopened.get(" ".join(key.split(" ")[:3]))
    return day is not None and at is not None and day > at.date()


def decide(
    party: Party,
    items: Sequence[Item],
    candidates: Sequence[Candidate],
    earlier: Sequence[Earlier],
    suppressed: Mapping[str, str],
    policy: Policy,
    now: datetime,
) -> Decision | Withheld:
    """What one constituent is told now. ``suppressed`` are mail addresses and domains in lower case, with why."""
    stopped = _stopped(party, items, earlier)
    if stopped is not None:
        return stopped
    before = _Before(items, earlier, policy, now)
    if not before.new and not before.due:
        return Withheld(
            constituent=party.id,
            code="told_recently",
            why=f"nothing has changed since the notice of {before.latest:%Y-%m-%d}",
            items=len(items),
            until=before.again.date(),
        )
    kind = Kind.FIRST if before.new or not before.due else Kind.REMINDER
    if kind is Kind.REMINDER and before.reminders >= policy.most_reminders:
        times = f"{before.reminders} reminders" if before.reminders != 1 else "one reminder"
        return Withheld(
            constituent=party.id,
            code="reminders_spent",
            why=f"{times} brought no change; a person takes over",
            items=len(before.due),
        )
    used = before.used if kind is Kind.REMINDER else frozenset[tuple[str, str]]()
    chosen, passed = _choose(candidates, used, before.failed, suppressed)
    if chosen is None:
        return _unreached(party, len(before.new) + len(before.due), candidates, passed, kind)
    return Decision(
        party=party,
        items=before.to_tell,
        candidate=chosen,
        kind=kind,
        why=f"{before.words(kind, policy)}; {_chosen_words(chosen, passed)}",
    )


class _Before:
    """The items by what was told of them: ``new`` ones never, ``due`` ones long enough ago to be told again."""

    def __init__(self, items: Sequence[Item], earlier: Sequence[Earlier], policy: Policy, now: datetime) -> None:
        self.new, self.due, self.to_tell = list(items), list[Item](), tuple(items)
        self.reopened, self.left_out, self.again, self.latest, self.reminders = 0, 0, now, now, 0
        self.used = frozenset[tuple[str, str]]()
        self.failed = {each.address.lower() for each in earlier if each.standing in FAILED}
        told = [each for each in earlier if each.standing in TOLD and each.at is not None]
        if told:
            self._sort_out(items, told, policy, now)

    def _sort_out(self, items: Sequence[Item], told: Sequence[Earlier], policy: Policy, now: datetime) -> None:
        last = dict[str, datetime]()
        for each in told:
            assert each.at is not None
            for key in each.told - each.reopened:
                last[key] = max(each.at, last.get(key, each.at))
        rest = timedelta(days=policy.unchanged_days)
        when = [(item, last.get(key_of(item))) for item in items]
        self.new = [item for item, at in when if at is None]
        self.due = [item for item, at in when if at is not None and at + rest <= now]
        self.to_tell = tuple(item for item, at in when if at is None or at + rest <= now)
        recent = [at for _, at in when if at is not None and at + rest > now]
        self.left_out = len(recent)
        self.again = min(recent, default=now) + rest
        self.latest = max((at for _, at in when if at is not None), default=now)
        keys = {key_of(item) for item in self.due}
        about = [each for each in told if keys & (each.told - each.reopened)]
        known = frozenset[str]().union(*(each.reopened for each in told))
        self.reopened = sum(key_of(item) in known for item in self.new)
        self.reminders = sum(each.kind is Kind.REMINDER for each in about)
        self.used = frozenset((each.channel, each.address.lower()) for each in about)

    def words(self, kind: Kind, policy: Policy) -> str:
        """What is told, and how often it was."""
        if kind is Kind.REMINDER:
            times = f"reminder {self.reminders + 1} of at most {policy.most_reminders}"
            said = f"{times}: unchanged since {self.latest:%Y-%m-%d}"
        elif self.due or self.left_out:
            said = f"{len(self.new)} not told before"
        else:
            said = "not told before"
        if self.reopened and kind is Kind.FIRST:
            said += f"; {self.reopened} of them fixed after an earlier notice, and affected again"
        if self.left_out:
            said += f"; {self.left_out} told less than {policy.unchanged_days} days ago left out"
        return said


def _stopped(party: Party, items: Sequence[Item], earlier: Sequence[Earlier]) -> Withheld | None:
    """A notice on its way, or a question that waits for a person, comes before any other notice."""
    for each in earlier:
        if each.answer:
            said = each.answer.replace("_", " ")
            code, why = "answer", f"the answer {said!r} to notice {each.number} waits for a person"
        elif each.standing is Standing.WAITING:
            code, why = "waiting", f"notice {each.number} is approved and has not left yet"
        elif each.standing is Standing.UNCERTAIN:
            code, why = "uncertain", f"whether notice {each.number} arrived is not known, and waits for a person"
        else:
            continue
        return Withheld(constituent=party.id, code=code, why=why, items=len(items))
    return None


_Passed = list[tuple[Candidate, str, str]]


def _choose(
    candidates: Sequence[Candidate],
    used: frozenset[tuple[str, str]],
    failed: set[str],
    suppressed: Mapping[str, str],
) -> tuple[Candidate | None, _Passed]:
    """The first that may be told, and those before it, each with code and words of what is in the way."""
    passed: _Passed = []
    for each in candidates:
        address = each.address.lower()
        if each.bar is not None:
            passed.append((each, *each.bar))
        elif each.channel == "mail" and (found := _suppression(address, suppressed)) is not None:
            passed.append((each, "suppressed", f"is not to be written to ({found}): {suppressed[found]}"))
        elif address in failed:
            passed.append((each, "bounced", "gave an earlier notice back"))
        elif (each.channel, address) in used:
            passed.append((each, "told", "was told of it before"))
        else:
            return each, passed
    return None, passed


def _suppression(address: str, suppressed: Mapping[str, str]) -> str | None:
    """The entry that forbids an address: itself, its domain, or one above it."""
    if not suppressed:
        return None
    labels = address.rpartition("@")[2].split(".")
    names = (address, *(".".join(labels[start:]) for start in range(len(labels))))
    return next((name for name in names if name in suppressed), None)


def _chosen_words(chosen: Candidate, passed: _Passed) -> str:
    said = f"{'next' if passed else 'first'} of its contacts, {chosen.said}"
    return f"{said}; passed over: {_passed_words(passed)}" if passed else said


def _passed_words(passed: _Passed) -> str:
    return "; ".join(f"{each.address} {why}" for each, _, why in passed)


def _unreached(party: Party, items: int, candidates: Sequence[Candidate], passed: _Passed, kind: Kind) -> Withheld:
    codes = {code for _, code, _ in passed}
    if not candidates:
        code, why = "no_contact", "no contact is known"
    elif kind is Kind.REMINDER and "told" in codes:
        code, why = "no_other_contact", f"a reminder needs another channel or contact: {_passed_words(passed)}"
    else:
        code = codes.pop() if len(codes) == 1 else "no_usable_contact"
        why = f"no contact can be told: {_passed_words(passed)}"
    return Withheld(constituent=party.id, code=code, why=why, items=items)
