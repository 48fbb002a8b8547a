"""What a reviewer does to a reading, as values, and their JSON for the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Never

from tocsin.errors import AskError
from tocsin.record.spans import Span

Values = tuple[tuple[str, str], ...]
"""Fields and their values as a person writes them, such as ``(("level", "state-organ"),)``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """It is read as the document has it."""

    assertion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """It is there, and these of its fields are otherwise."""

    assertion: str
    values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """The document does not assert it."""

    assertion: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """It is several assertions, one at each of ``spans``."""

    assertion: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """They are one assertion: the first, over the words of all."""

    assertions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Add:
    """The reader missed one of this ``kind`` at ``span``."""

    span: Span
    kind: str
    values: Values = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """The words of an assertion, or of a suggested code, are this strategy of answering a crisis."""

    assertion: str
    strategy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradict:
    """The two sides of a comparison contradict each other, which no rule may say."""

    comparison: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """Every assertion of the document has been looked at, and none is missing."""


Act = Accept | Correct | Reject | Split | Merge | Add | Coding | Contradict | Complete


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """An act by a named person at a moment. ``document`` is ``None`` for one that is about a comparison."""

    document: str | None
    by: str
    at: datetime
    act: Act

    @property
    def word(self) -> str:
        """``accept``, ``reject`` and so on."""
        return act_word(self.act)

    @property
    def assertions(self) -> tuple[str, ...]:
        """The ids that it is about, as the reviewer gave them."""
        match self.act:
            case Merge(assertions=several):
                return several
            case Accept() | Correct() | Reject() | Split() | Coding():
                return (self.act.assertion,)
            case _:
                return ()


def act_word(act: Act) -> str:
    """The name of its type in lower case."""
    return type(act).__name__.lower()


def act_json(act: Act) -> dict[str, object]:
    """An act without its word, as JSON; ``act_from`` gives it back."""
    match act:
        case Correct():
            return {"assertion": act.assertion, "values": dict(act.values)}
        case Reject():
            return {"assertion": act.assertion, "reason": act.reason}
        case Split():
            return {"assertion": act.assertion, "spans": [[span.begins, span.ends] for span in act.spans]}
        case Merge():
            return {"assertions": list(act.assertions)}
        case Add():
            return {"span": [act.span.begins, act.span.ends], "kind": act.kind, "values": dict(act.values)}
        case Coding():
            return {"assertion": act.assertion, "strategy": act.strategy}
        case Contradict():
            return {"comparison": act.comparison}
        case Complete():
            return {}
    return {"assertion": act.assertion}


def act_from(word: str, value: Mapping[str, object]) -> Act:
    """The act that ``act_json`` wrote under its ``word``. Raises ``AskError`` when it is none."""
    known = _Known(word, value)
    return _READ[word](known) if word in _READ else known.refuse("word")


@dataclass(frozen=True, slots=True)
class _Known:
    """The JSON of one act, which says what is wrong with it."""

    word: str
    value: Mapping[str, object]

    def refuse(self, name: str) -> Never:
        raise AskError(f"an act {self.word[:40]!r} has no such {name}", remedy="keep an act as tocsin wrote it")

    def text(self, name: str) -> str:
        found = self.value.get(name)
        return found if isinstance(found, str) else self.refuse(name)

    def many(self, name: str) -> list[object]:
        found = self.value.get(name)
        return found if isinstance(found, list) else self.refuse(name)

    def values(self) -> Values:
        found = self.value.get("values")
        if not isinstance(found, dict):
            self.refuse("values")
        return tuple((str(name), str(text)) for name, text in found.items())

    def span(self, found: object) -> Span:
        if not isinstance(found, list) or len(found) != 2 or not all(isinstance(each, int) for each in found):
            self.refuse("span")
        if not 0 <= found[0] <= found[1]:
            self.refuse("span")
        return Span(found[0], found[1])


_READ: Mapping[str, Callable[[_Known], Act]] = {
    "accept": lambda known: Accept(assertion=known.text("assertion")),
    "correct": lambda known: Correct(assertion=known.text("assertion"), values=known.values()),
    "reject": lambda known: Reject(assertion=known.text("assertion"), reason=known.text("reason")),
    "split": lambda known: Split(assertion=known.text("assertion"), spans=tuple(map(known.span, known.many("spans")))),
    "merge": lambda known: Merge(assertions=tuple(map(str, known.many("assertions")))),
    "add": lambda known: Add(span=known.span(known.value.get("span")), kind=known.text("kind"), values=known.values()),
    "coding": lambda known: Coding(assertion=known.text("assertion"), strategy=known.text("strategy")),
    "contradict": lambda known: Contradict(comparison=known.text("comparison")),
    "complete": lambda known: Complete(),
}
