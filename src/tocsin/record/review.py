"""Review of the record: what people did to a reading, what to look at next, and how good each rule has proved.

A claim against a state or one of its organs counts as reviewed when two persons stand behind it as it stands; so does
a contradiction. What the machine wrote is kept beside every correction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tocsin.persons import same_person
from tocsin.record._review_acts import (
    Accept,
    Act,
    Action,
    Add,
    Coding,
    Complete,
    Contradict,
    Correct,
    Merge,
    Reject,
    Split,
    act_from,
    act_json,
    act_word,
)
from tocsin.record._review_fold import (
    Contradiction,
    Item,
    Reviewed,
    State,
    Unheeded,
    contradictions,
    fold,
)
from tocsin.record._review_texts import span_of
from tocsin.record._review_values import STRATEGIES, spans_in, strategy_of, with_values
from tocsin.record.assertions import Assertion, Attribution, Code, Denial, Level, Quantity, Reading

__all__ = [
    "STRATEGIES",
    "Accept",
    "Act",
    "Action",
    "Add",
    "Coding",
    "Complete",
    "Contradict",
    "Contradiction",
    "Correct",
    "Item",
    "KindScore",
    "Merge",
    "Reject",
    "Reviewed",
    "RuleScore",
    "Split",
    "State",
    "Unheeded",
    "act_from",
    "act_json",
    "act_word",
    "contradictions",
    "fold",
    "precision_by_rule",
    "queue",
    "recall_by_kind",
    "span_of",
    "spans_in",
    "standing",
    "strategy_of",
    "weight",
    "with_values",
]

_FOUND = (State.ACCEPTED, State.CORRECTED, State.SPLIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleScore:
    """What became of a rule's findings: ``corrected`` ones were there, with other fields (splits are among them)."""

    rule: str
    accepted: int
    corrected: int
    rejected: int
    open: int

    @property
    def precision(self) -> float | None:
        """The share that was there at all; ``None`` while nobody has looked at one."""
        looked = self.accepted + self.corrected + self.rejected
        return (self.accepted + self.corrected) / looked if looked else None

    @property
    def expected(self) -> float:
        """The share to expect of the next one, by Laplace's rule of succession: a half while nothing is known."""
        return (self.accepted + self.corrected + 1) / (self.accepted + self.corrected + self.rejected + 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindScore:
    """In documents that are fully reviewed, how many of a kind the reader found and how many a person had to add."""

    kind: str
    found: int
    missed: int

    @property
    def recall(self) -> float | None:
        whole = self.found + self.missed
        return self.found / whole if whole else None


def standing(reviewed: Reviewed) -> Reading:
    """The reading as it now stands: with corrections and additions, without what was rejected, split or merged away."""
    held = tuple(item.assertion for item in reviewed.items if item.counts)
    return replace(reviewed.reading, assertions=held)


def weight(assertion: Assertion) -> int:
    """How early it should be looked at, 0 first: claims against a state, denials, figures, the rest, codes."""
    match assertion.body:
        case Attribution(level=level) if level >= Level.STATE_ORGAN:
            return 0
        case Denial():
            return 1
        case Quantity(figure=figure) if figure is not None:
            return 2
        case Code():
            return 4
    return 3


def queue(reviewed: Iterable[Reviewed], *, by: str | None = None, scores: Sequence[RuleScore] = ()) -> tuple[Item, ...]:
    """What waits for a person, the weightiest first; then what nobody has seen, then what a poorer rule found.

    ``by`` leaves out what waits for a second person when that one is the first.
    """
    expected = {score.rule: score.expected for score in scores}
    waiting = [item for each in reviewed for item in each.items if _waits(item, by)]
    return tuple(
        sorted(
            waiting,
            key=lambda item: (
                weight(item.assertion),
                item.state is not State.MACHINE,
                expected.get(item.assertion.rule, 0.5),
                item.assertion.document,
                item.assertion.span,
                item.assertion.id,
            ),
        )
    )


def precision_by_rule(reviewed: Iterable[Reviewed]) -> tuple[RuleScore, ...]:
    """Each rule's findings by what became of them, by the rule's name. What was merged into another is left out."""
    counts: dict[str, Counter[State]] = {}
    for each in reviewed:
        for item in each.items:
            if item.machine is not None:
                counts.setdefault(item.machine.rule, Counter())[item.state] += 1
    return tuple(
        RuleScore(
            rule=rule,
            accepted=found[State.ACCEPTED],
            corrected=found[State.CORRECTED] + found[State.SPLIT],
            rejected=found[State.REJECTED],
            open=found[State.MACHINE],
        )
        for rule, found in sorted(counts.items())
    )


def recall_by_kind(reviewed: Iterable[Reviewed]) -> tuple[KindScore, ...]:
    """Found and missed by kind, over the documents that are fully reviewed and no others."""
    found, missed = Counter[str](), Counter[str]()
    for each in reviewed:
        if not each.is_complete:
            continue
        for item in each.items:
            if item.state is State.ADDED:
                missed[item.assertion.kind] += 1
            elif item.machine is not None and item.state in _FOUND:
                found[item.machine.kind] += 1
    kinds = sorted({*found, *missed})
    return tuple(KindScore(kind=kind, found=found[kind], missed=missed[kind]) for kind in kinds)


def _waits(item: Item, by: str | None) -> bool:
    if item.state is State.MACHINE:
        return True
    return item.needs_second and not (by and any(same_person(by, name) for name in item.agreed))
