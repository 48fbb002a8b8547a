"""What must agree before two figures may meet, and the refusal that names every part in which they do not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tocsin.errors import AskError
from tocsin.figures.figure import Figure
from tocsin.figures.parts import Measure, Passage, Period
from tocsin.figures.words import day_words, group_words

PARTS = ("measure", "unit", "state", "place", "group", "as_of", "known_at", "method")
_SHORT = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One part in which two figures differ; of a denominator with its path, such as ``denominator.state``."""

    name: str
    left: str
    right: str

    def __str__(self) -> str:
        return f"{self.name} ({_short(self.left)} / {_short(self.right)})"

    def mirrored(self) -> Difference:
        """The same, seen from the other figure."""
        return Difference(name=self.name, left=self.right, right=self.left)


class NotComparable(AskError):  # noqa: N818  # the word of the question, not of the fault
    """Two figures that must not be added, divided or compared, and why; ``instead`` is one that may be."""

    def __init__(
        self, what: str, *, differences: tuple[Difference, ...], remedy: str, instead: Figure | None = None
    ) -> None:
        listed = "; ".join(str(each) for each in differences)
        super().__init__(
            f"{what}: {listed}", remedy=remedy if instead is None else f"take instead: {instead} [{instead.id}]"
        )
        self.differences = differences
        self.instead = instead


def differences(
    left: Figure, right: Figure, *, but_for: Collection[str] = (), throughout: Collection[str] = ()
) -> tuple[Difference, ...]:
    """Every part in which the two are not of the same thing, in a fixed order; empty where they are.

    ``but_for`` are parts that may differ, ``throughout`` parts that may differ in the denominators as well. Of shares
    and durations the denominators must be of the same thing too. A share of an unstated whole is of the same thing as
    another one only if the same document or command states both. Sources and values may differ.
    """
    wanted = [name for name in PARTS if name not in but_for and name not in throughout]
    told = ((name, part(left, name), part(right, name)) for name in wanted)
    found = [Difference(name=name, left=one, right=other) for name, one, other in told if one != other]
    return (*found, *_of_wholes(left, right, throughout))


def part(figure: Figure, name: str) -> str:
    """One part of a figure in words that are equal only if the parts are."""
    value: object = getattr(figure, name)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date | Period):
        return day_words(value)
    if name == "group":
        return group_words(value) if isinstance(value, str) else "all"
    return str(value) if value is not None else "all there is"


def first_that(candidates: Iterable[Figure], other: Figure, *, throughout: Collection[str] = ()) -> Figure | None:
    """The first of the figures that is of the same thing as ``other``."""
    return next((each for each in candidates if not differences(each, other, throughout=throughout)), None)


def _of_wholes(left: Figure, right: Figure, throughout: Collection[str]) -> tuple[Difference, ...]:
    # What a count was taken from does not change what it counts.
    one, other = (None if each.measure is Measure.COUNT else each.denominator for each in (left, right))
    if one is not None and other is not None:
        return tuple(
            Difference(name=f"denominator.{each.name}", left=each.left, right=each.right)
            for each in differences(one, other, throughout=throughout)
        )
    both_unstated = left.measure is right.measure is Measure.SHARE and _origin(left) != _origin(right)
    if one is not None or other is not None or both_unstated:
        return (Difference(name="denominator", left=_whole(left, one), right=_whole(right, other)),)
    return ()


def _whole(figure: Figure, whole: Figure | None) -> str:
    if whole is not None:
        return str(whole)
    return "not stated" if figure.measure is Measure.SHARE else "none"


def _origin(figure: Figure) -> tuple[str, str]:
    source = figure.source
    return ("document", source.document) if isinstance(source, Passage) else ("command", source.command)


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
