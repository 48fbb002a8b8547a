"""A reading and a gold document come in; what was found, missed and made up goes out, as scores per kind.

One-to-one matching: a reading's item may stand for a gold item when it covers at least half of its characters (a
quantity: any of its number; an attribution: when it also names an accused or has the level of the gold item). As many
as possible are paired, the closer first. An item that can only stand for an optional one is left out of the count.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tocsin.record import Reading, Span
from tocsin.testing._reading_items import items_of
from tocsin.testing.gold import GoldDocument, Item, Kind

COVERED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the items of one kind in one document came out; ``pairs`` are of gold and reading, in the text's order."""

    document: str
    kind: Kind
    pairs: tuple[tuple[Item, Item], ...] = ()
    missed: tuple[Item, ...] = ()
    false: tuple[Item, ...] = ()
    ignored: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The counts of one kind. ``facts`` has for each fact how many pairs agree, of how many where one side has it."""

    kind: Kind
    matched: int = 0
    missed: int = 0
    false: int = 0
    facts: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def precision(self) -> float | None:
        """Of what was read, the share that is in the gold; ``None`` when nothing was read."""
        return _share(self.matched, self.matched + self.false)

    @property
    def recall(self) -> float | None:
        """Of what is in the gold, the share that was read; ``None`` when there is nothing."""
        return _share(self.matched, self.matched + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.matched, 2 * self.matched + self.missed + self.false)

    def as_json(self) -> dict[str, object]:
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        counts = {"matched": self.matched, "missed": self.missed, "false": self.false}
        accuracy = {name: {"right": right, "of": of} for name, (right, of) in self.facts.items()}
        return {"kind": str(self.kind), **counts, **shares, "accuracy": accuracy}


def compare_with_gold(gold: GoldDocument, reading: Reading) -> tuple[Outcome, ...]:
    """How a reading of a document came out against its annotations, for each kind that was annotated."""
    read = items_of(reading, gold.document.text, gold.kinds)
    return tuple(
        match(
            gold.id,
            kind,
            [item for item in gold.items if item.kind is kind],
            [item for item in read if item.kind is kind],
        )
        for kind in Kind
        if kind in gold.kinds
    )


def match(document: str, kind: Kind, gold: Sequence[Item], read: Sequence[Item]) -> Outcome:
    """As many pairs as can be, and among those the closest; then what is left over on both sides."""
    counted = [item for item in gold if not item.is_optional]
    optional = [item for item in gold if item.is_optional]
    partner = _assign(
        [
            {at: _likeness(wanted, item) for at, item in enumerate(read) if _may_stand(wanted, item)}
            for wanted in counted
        ]
    )
    taken = set(partner.values())
    over = [item for at, item in enumerate(read) if at not in taken]
    ignored = tuple(item for item in over if any(_may_stand(other, item) for other in optional))
    return Outcome(
        document=document,
        kind=kind,
        pairs=tuple((counted[at], read[partner[at]]) for at in sorted(partner)),
        missed=tuple(item for at, item in enumerate(counted) if at not in partner),
        false=tuple(item for item in over if item not in ignored),
        ignored=ignored,
    )


def score(outcomes: Iterable[Outcome]) -> tuple[Score, ...]:
    """The outcomes added up by kind, in the order of ``Kind``: micro-averages when they are of several documents."""
    by_kind: dict[Kind, list[Outcome]] = {}
    for outcome in outcomes:
        by_kind.setdefault(outcome.kind, []).append(outcome)
    return tuple(_added(kind, by_kind[kind]) for kind in Kind if kind in by_kind)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _added(kind: Kind, outcomes: Sequence[Outcome]) -> Score:
    right, of = Counter[str](), Counter[str]()
    for gold, read in (pair for outcome in outcomes for pair in outcome.pairs):
        for name in gold.facts:
            wanted, given = gold.facts[name], read.facts.get(name, frozenset())
            of[name] += bool(wanted or given)
            right[name] += bool(wanted & given)
    return Score(
        kind=kind,
        matched=sum(len(outcome.pairs) for outcome in outcomes),
        missed=sum(len(outcome.missed) for outcome in outcomes),
        false=sum(len(outcome.false) for outcome in outcomes),
        facts={name: (right[name], of[name]) for name in of},
    )


def _may_stand(gold: Item, read: Item) -> bool:
    common = _common(gold.span, read.span)
    if gold.kind is Kind.QUANTITIES:
        return common > 0
    if common == 0 or common < COVERED * len(gold.span):
        return False
    return gold.kind is not Kind.ATTRIBUTIONS or any(
        gold.facts[name] & read.facts[name] for name in ("accused", "level")
    )


def _likeness(gold: Item, read: Item) -> float:
    """How close two are: common characters of all theirs, and where that is the same, the facts that agree."""
    common = _common(gold.span, read.span)
    agreeing = sum(bool(gold.facts[name] & read.facts.get(name, frozenset())) for name in gold.facts)
    return common / (len(gold.span) + len(read.span) - common) + agreeing / 1000


def _common(one: Span, other: Span) -> int:
    return max(0, min(one.ends, other.ends) - max(one.begins, other.begins))


def _assign(choices: Sequence[dict[int, float]]) -> dict[int, int]:
    """For each row at most one of its choices, no choice twice: as many as can be, and of those the likest.

    Every round adds one pair along the best augmenting path (successive shortest paths; J. Edmonds and R. Karp 1972).
    """
    partner: dict[int, int] = {}
    holder: dict[int, int] = {}
    while True:
        path = _best_path(choices, partner, holder)
        if path is None:
            return partner
        for row, choice in path:
            partner[row] = choice
            holder[choice] = row


def _best_path(
    choices: Sequence[dict[int, float]], partner: dict[int, int], holder: dict[int, int]
) -> list[tuple[int, int]] | None:
    """The pairs to make so that one more row has a choice, with the greatest gain; ``None`` when no row can."""
    gain = {row: 0.0 for row in range(len(choices)) if row not in partner and choices[row]}
    reached_by: dict[int, int] = {}
    at_choice: dict[int, float] = {}
    waiting = deque(gain)
    while waiting:
        row = waiting.popleft()
        for choice, likeness in choices[row].items():
            total = gain[row] + likeness
            if partner.get(row) == choice or total <= at_choice.get(choice, float("-inf")) + 1e-12:
                continue
            at_choice[choice], reached_by[choice] = total, row
            if choice in holder:
                other = holder[choice]
                gain[other] = total - choices[other][choice]
                waiting.append(other)
    free = [(total, choice) for choice, total in at_choice.items() if choice not in holder]
    best = max(free, default=None)
    if best is None:
        return None
    path, choice = [], best[1]
    while True:
        row = reached_by[choice]
        path.append((row, choice))
        if row not in partner:
            return path
        choice = partner[row]
