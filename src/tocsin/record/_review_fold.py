"""A reading with all that reviewers did to it: a fold over their acts that leaves what the machine wrote as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tocsin.errors import AskError
from tocsin.persons import same_person
from tocsin.record._review_acts import (
    Accept,
    Action,
    Add,
    Coding,
    Complete,
    Contradict,
    Correct,
    Merge,
    Reject,
    Split,
)
from tocsin.record._review_values import assertion_of, strategy_of, with_values
from tocsin.record.assertions import Assertion, Attribution, Code, Level, Reading
from tocsin.record.spans import Span


class State(StrEnum):
    """What became of an assertion; ``ADDED`` was missed by the reader and put in by a person."""

    MACHINE = "machine-read"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    ADDED = "added"
    REJECTED = "rejected"
    SPLIT = "split"
    MERGED = "merged"


HELD = frozenset({State.ACCEPTED, State.CORRECTED, State.ADDED})
"""The states of what a person stands behind."""
WITHDRAWN = frozenset({State.REJECTED, State.SPLIT, State.MERGED})
"""The states of what is kept for the record and no longer counts."""
_SECOND_FROM = Level.STATE_ORGAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One assertion under review.

    ``machine`` is what the reader wrote, never changed (``None``: a person made it); ``assertion`` how it stands now.
    ``agreed`` are those who stand behind it as it stands, in order; ``history`` the acts that bore on it, oldest first.
    ``others`` are the ids that it was split into, merged into, or made from.
    """

    assertion: Assertion
    machine: Assertion | None
    state: State = State.MACHINE
    agreed: tuple[str, ...] = ()
    history: tuple[Action, ...] = ()
    reason: str = ""
    others: tuple[str, ...] = ()

    @property
    def needs_second(self) -> bool:
        """Whether one person stands behind a claim against a state or its organ, and another has yet to."""
        return self.state in HELD and len(self.agreed) < 2 and (_is_grave(self.assertion) or _is_grave(self.machine))

    @property
    def is_reviewed(self) -> bool:
        """Whether it has been accepted, corrected or added, by two persons where two are needed."""
        return self.state in HELD and not self.needs_second

    @property
    def counts(self) -> bool:
        """Whether it is part of the record: not rejected, and not replaced by a split or a merge."""
        return self.state not in WITHDRAWN

    @property
    def word(self) -> str:
        """Its state in words: ``machine-read``, ``accepted``, ``accepted once (a second person must)`` …"""
        return f"{self.state} once (a second person must)" if self.needs_second else str(self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheeded:
    """An act that changed nothing, why, and what to do instead."""

    action: Action
    why: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A reading as reviewers left it: assertions by place, acts that changed nothing, and who declared it complete."""

    reading: Reading
    items: tuple[Item, ...]
    unheeded: tuple[Unheeded, ...] = ()
    declared: tuple[Action, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether a person declared it fully reviewed, and nothing machine-read has come since."""
        return bool(self.declared) and not any(item.state is State.MACHINE for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A comparison that ``by`` called a contradiction; it is one when two persons did."""

    comparison: str
    by: tuple[str, ...]

    @property
    def is_reviewed(self) -> bool:
        return len(self.by) >= 2


def fold(reading: Reading, actions: Sequence[Action]) -> Reviewed:
    """The reading with the acts done to it in the order of their times; one that is given twice counts once.

    Nothing is lost: a rejected assertion stays with its reason, an act on an id that the reading does not have (another
    version of the reader may have had it) is among ``unheeded``.
    """
    desk = _Desk(reading)
    for action in sorted(dict.fromkeys(actions), key=lambda action: action.at):
        desk.take(action)
    placed = sorted(desk.items.values(), key=lambda item: (item.assertion.span, item.assertion.id))
    return Reviewed(reading=reading, items=tuple(placed), unheeded=tuple(desk.unheeded), declared=tuple(desk.declared))


def contradictions(actions: Sequence[Action]) -> tuple[Contradiction, ...]:
    """What reviewers called a contradiction, by comparison, with who did; the same person counts once."""
    found: dict[str, tuple[str, ...]] = {}
    for action in sorted(actions, key=lambda action: action.at):
        if isinstance(action.act, Contradict):
            found[action.act.comparison] = _joined(found.get(action.act.comparison, ()), action.by)
    return tuple(Contradiction(comparison=comparison, by=by) for comparison, by in found.items())


def _joined(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if any(same_person(name, known) for known in names) else (*names, name)


def _is_grave(assertion: Assertion | None) -> bool:
    return assertion is not None and isinstance(assertion.body, Attribution) and assertion.body.level >= _SECOND_FROM


def _held(machine: Assertion | None, assertion: Assertion, *, is_made_of_others: bool) -> State:
    """The state of what a person stands behind as it is."""
    if machine is None and not is_made_of_others:
        return State.ADDED
    return State.ACCEPTED if assertion == machine else State.CORRECTED


class _Desk:
    """The assertions while the acts come in."""

    def __init__(self, reading: Reading) -> None:
        self._document = reading.document
        self.items = {each.id: Item(assertion=each, machine=each) for each in reading.assertions}
        self.unheeded: list[Unheeded] = []
        self.declared: list[Action] = []

    def take(self, action: Action) -> None:
        try:
            if not isinstance(action.act, Contradict):
                self._take(action)
        except AskError as fault:
            self.unheeded.append(Unheeded(action=action, why=fault.what, remedy=fault.remedy))

    def _take(self, action: Action) -> None:
        if action.document != self._document:
            raise AskError("it is about another document", remedy="review that one")
        match action.act:
            case Accept(assertion=one):
                self._accept(self._item(one), action)
            case Correct(assertion=one, values=values):
                item = self._item(one)
                self._correct(item, with_values(item.assertion, values), action)
            case Reject(assertion=one, reason=reason):
                self._put(self._item(one), action, state=State.REJECTED, agreed=(), reason=reason)
            case Split():
                self._split(self._item(action.act.assertion), action.act.spans, action)
            case Merge(assertions=ids):
                self._merge([self._item(one) for one in dict.fromkeys(ids)], action)
            case Add():
                self._add(assertion_of(self._document, action.act), action)
            case Coding(assertion=one, strategy=strategy):
                self._code(self._item(one), strategy_of(strategy), action)
            case Complete():
                self._complete(action)

    def _item(self, name: str) -> Item:
        if name not in self.items:
            raise AskError(f"there is no assertion {name[:40]}", remedy="see 'tocsin record show'")
        return self.items[name]

    def _put(
        self,
        item: Item,
        action: Action,
        *,
        state: State,
        agreed: tuple[str, ...],
        assertion: Assertion | None = None,
        reason: str = "",
        others: tuple[str, ...] | None = None,
    ) -> None:
        self.items[item.assertion.id] = replace(
            item,
            assertion=assertion or item.assertion,
            state=state,
            agreed=agreed,
            history=(*item.history, action),
            reason=reason,
            others=item.others if others is None else others,
        )

    def _accept(self, item: Item, action: Action) -> None:
        before = item.agreed if item.state in HELD else ()
        agreed = _joined(before, action.by)
        if agreed == before:
            known = next(name for name in before if same_person(action.by, name))
            reads = "" if known == action.by else f" (the name reads as {known}, who did)"
            raise AskError(f"{action.by} stands behind it already{reads}", remedy="ask a second person")
        others = () if item.state in WITHDRAWN and item.machine is not None else item.others
        state = _held(item.machine, item.assertion, is_made_of_others=bool(others))
        self._put(item, action, state=state, agreed=agreed, others=others)

    def _correct(self, item: Item, assertion: Assertion, action: Action) -> None:
        if assertion == item.assertion:
            raise AskError("the correction changes nothing", remedy="accept it as it stands")
        state = _held(item.machine, assertion, is_made_of_others=bool(item.others))
        self._put(item, action, state=state, agreed=(action.by,), assertion=assertion)

    def _split(self, item: Item, spans: Sequence[Span], action: Action) -> None:
        whole = item.assertion
        if len(set(spans)) < 2 or not all(len(span) and span.meets(whole.span) for span in spans):
            raise AskError("a split needs two spans or more, each with words of the assertion", remedy="give them both")
        parts = [_part(whole, span) for span in dict.fromkeys(spans)]
        self._put(item, action, state=State.SPLIT, agreed=(), others=tuple(part.id for part in parts))
        for part in parts:
            made = Item(assertion=part, machine=None, others=(whole.id,))
            self._put(made, action, state=State.CORRECTED, agreed=(action.by,))

    def _merge(self, items: Sequence[Item], action: Action) -> None:
        if len(items) < 2 or len({item.assertion.kind for item in items}) != 1:
            raise AskError("a merge needs two assertions or more, all of one kind", remedy="name them all")
        first, *rest = items
        kept = first.assertion
        spans = [item.assertion.span for item in items]
        triggers = {trigger for item in items for trigger in item.assertion.triggers}
        whole = replace(
            kept,
            span=Span(min(span.begins for span in spans), max(span.ends for span in spans)),
            triggers=tuple(sorted(triggers)),
        )
        ids = tuple(item.assertion.id for item in rest)
        self._put(first, action, state=State.CORRECTED, agreed=(action.by,), assertion=whole, others=ids)
        for item in rest:
            self._put(item, action, state=State.MERGED, agreed=(), others=(kept.id,))

    def _add(self, assertion: Assertion, action: Action) -> None:
        known = self.items.get(assertion.id)
        if known is not None and known.state in HELD:
            self._accept(known, action)
            return
        item = known or Item(assertion=assertion, machine=None)
        self._put(item, action, state=State.ADDED, agreed=(action.by,))

    def _code(self, item: Item, strategy: str, action: Action) -> None:
        if isinstance(item.assertion.body, Code):
            coded = with_values(item.assertion, (("strategy", strategy),))
            if coded == item.assertion:
                self._accept(item, action)
            else:
                self._correct(item, coded, action)
            return
        span = item.assertion.span
        add = Add(span=span, kind="code", values=(("strategy", strategy),))
        self._add(replace(assertion_of(self._document, add), segment=item.assertion.segment), action)

    def _complete(self, action: Action) -> None:
        left = sum(item.state is State.MACHINE for item in self.items.values())
        if left:
            raise AskError(f"{left} of its assertions have not been looked at", remedy="review them first")
        self.declared.append(action)


def _part(whole: Assertion, span: Span) -> Assertion:
    triggers = tuple(trigger for trigger in whole.triggers if span.holds(trigger))
    name = hashlib.sha256(f"{whole.id} {span.begins}-{span.ends}".encode()).hexdigest()[:16]
    return replace(whole, id=name, span=span, triggers=triggers)
