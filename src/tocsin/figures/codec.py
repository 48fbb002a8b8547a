"""Reads a figure back from its JSON, which may come from anybody: what is malformed is refused, with the key's path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Never, TypeVar

from tocsin.errors import AskError, did_you_mean
from tocsin.figures.figure import DEEPEST, Figure
from tocsin.figures.parts import Estimate, Measure, Passage, Period, Query

_Value = TypeVar("_Value")
_KEYS = frozenset(
    "id measure low high unit state place group as_of known_at method denominator source estimate".split()
)
_UNBOUNDED = float("inf")
_COUNTABLE = 10**300
_REMEDY = "give a figure as tocsin wrote it, with --json, unchanged"


def from_json(value: object) -> Figure:
    """The figure that ``Figure.as_json`` wrote. Raises ``AskError`` naming the key where ``value`` is anything else."""
    return _figure(_Node(value, "$"), DEEPEST)


@dataclass(frozen=True, slots=True)
class _Node:
    """A value of the JSON and its path, such as ``$.denominator.low``."""

    value: object
    path: str

    def refuse(self, wanted: str) -> Never:
        raise AskError(f"{self.path}: {wanted}, not {self._shown()}", remedy=_REMEDY)

    def _shown(self) -> str:
        if isinstance(self.value, str):
            return repr(self.value[:60])
        # Python refuses to write an int of thousands of digits.
        is_short = isinstance(self.value, bool | float | None) or (
            isinstance(self.value, int) and abs(self.value) < _COUNTABLE
        )
        return repr(self.value) if is_short else "what stands there"

    def keys(self, *names: str) -> dict[str, _Node]:
        """Its members, which must be exactly those named."""
        if not isinstance(self.value, dict):
            self.refuse(f"must be an object with {', '.join(sorted(names))}")
        for name in self.value:
            if name not in names:
                near = did_you_mean(name, names) if isinstance(name, str) else ""
                _Node(name, self.path).refuse(f"unknown key{near}; known are {', '.join(sorted(names))}")
        for name in sorted(set(names) - set(self.value)):
            raise AskError(f"{self.path}.{name}: is missing", remedy=_REMEDY)
        return {name: _Node(self.value[name], f"{self.path}.{name}") for name in names}

    def text(self) -> str:
        if not isinstance(self.value, str):
            self.refuse("must be text")
        if any("\ud800" <= sign <= "\udfff" for sign in self.value):
            self.refuse("must be text without half characters")
        return self.value

    def number(self) -> float:
        # A bool is an int to Python, and no number to anybody else. Comparing to itself finds NaN.
        if isinstance(self.value, bool) or not isinstance(self.value, int | float) or self.value != self.value:
            self.refuse("must be a number")
        if abs(self.value) >= _COUNTABLE:
            raise AskError(f"{self.path}: is beyond all counting", remedy="write null where there is no upper bound")
        return self.value

    def position(self) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int) or self.value < 0:
            self.refuse("must be a whole number from 0 on")
        return self.value

    def optional(self, read: Callable[[_Node], _Value]) -> _Value | None:
        return None if self.value is None else read(self)

    def bound(self) -> float:
        """A number, or null where there is no upper bound."""
        return _UNBOUNDED if self.value is None else self.number()


def _figure(node: _Node, depth: int) -> Figure:
    keys = node.keys(*_KEYS)
    if depth < 0:
        raise AskError(
            f"{node.path}: more than {DEEPEST} denominators within each other", remedy="tocsin never writes that many"
        )
    as_of = _period if isinstance(keys["as_of"].value, dict) else _day
    measure, source = _measure(keys["measure"]), _source(keys["source"])
    found = {name: keys[name].text() for name in ("id", "unit", "state", "place", "method")}
    return _made(
        node,
        lambda: Figure(
            **found,
            low=keys["low"].number(),
            high=keys["high"].bound(),
            as_of=as_of(keys["as_of"]),
            known_at=keys["known_at"].optional(_moment),
            denominator=keys["denominator"].optional(lambda whole: _figure(whole, depth - 1)),
            source=source,
            group=keys["group"].optional(_Node.text),
            measure=measure,
            estimate=keys["estimate"].optional(_estimate),
        ),
    )


def _measure(node: _Node) -> Measure:
    if node.text() not in {each.value for each in Measure}:
        node.refuse(f"must be one of {', '.join(Measure)}")
    return Measure(node.text())


def _source(node: _Node) -> Query | Passage:
    if isinstance(node.value, dict) and "query" in node.value:
        keys = node.keys("query")["query"].keys("command", "versions")
        return Query(command=keys["command"].text(), versions=_texts(keys["versions"]))
    keys = node.keys("passage")["passage"].keys("document", "begins", "ends", "text")
    begins, ends = keys["begins"].position(), keys["ends"].position()
    if ends < begins:
        keys["ends"].refuse(f"must be {begins} or more")
    return Passage(document=keys["document"].text(), begins=begins, ends=ends, text=keys["text"].text())


def _texts(node: _Node) -> tuple[str, ...]:
    if not isinstance(node.value, list | tuple):
        node.refuse("must be a list of texts")
    return tuple(_Node(each, f"{node.path}[{number}]").text() for number, each in enumerate(node.value))


def _estimate(node: _Node) -> Estimate:
    keys = node.keys("value", "low", "high", "level")
    ends = {name: keys[name].bound() for name in ("value", "low", "high")}
    return _made(node, lambda: Estimate(**ends, level=keys["level"].number()))


def _period(node: _Node) -> Period:
    keys = node.keys("begins", "ends")
    return _made(node, lambda: Period(begins=_day(keys["begins"]), ends=_day(keys["ends"])))


def _day(node: _Node) -> date:
    text = node.text()
    try:
        found = date.fromisoformat(text)
    except ValueError:
        node.refuse("must be a day such as 2021-03-31")
    if found.isoformat() != text:
        node.refuse("must be a day such as 2021-03-31")
    return found


def _moment(node: _Node) -> datetime:
    try:
        return datetime.fromisoformat(node.text())
    except ValueError:
        node.refuse("must be a moment such as 2021-03-31T08:00:00+00:00")


def _made(node: _Node, make: Callable[[], _Value]) -> _Value:
    """What ``make`` makes; where its own checks refuse the values together, an ``AskError`` with the path."""
    try:
        return make()
    except ValueError as fault:
        raise AskError(f"{node.path}: {fault}", remedy=_REMEDY) from fault
