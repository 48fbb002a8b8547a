"""The tables of cues: texts made from each pattern have one of its key words, and each key is a word of such a text.

A cue is looked for only where one of its keys stands: a form that the keys leave out is never heard, however the
pattern reads, and a key of no form makes the pattern run for nothing.
"""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

import tocsin.record.reading as readers
from tocsin.record.reading._cues import Cue, Cues
from tocsin.record.reading._deeds import Line
from tocsin.record.spans import Span

_ENOUGH, _MOST = 600, 6_000


def _tables() -> Iterator[Cues]:
    for found in pkgutil.iter_modules(readers.__path__):
        module = importlib.import_module(f"{readers.__name__}.{found.name}")
        yield from (value for value in vars(module).values() if isinstance(value, Cues))


CUES = {one.name: one for table in _tables() for one in table}


class Maker:
    """Texts that a pattern matches. Repeats are few; what is only looked at around a text is left out."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._parsed = re._parser.parse(pattern.pattern, pattern.flags)  # type: ignore[attr-defined]  # no public one
        self._chance = random.Random(pattern.pattern)

    def text(self) -> str:
        return self._made(self._parsed)

    def _made(self, parts: Iterable[tuple[Any, Any]]) -> str:
        return "".join(self._part(str(code), value) for code, value in parts)

    def _part(self, code: str, value: Any) -> str:
        match code:
            case "LITERAL":
                return chr(value)
            case "NOT_LITERAL" | "ANY":
                return " "
            case "IN":
                return self._of_set(value)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, inner = value
                return "".join(self._made(inner) for _ in range(self._chance.randint(least, min(most, least + 2))))
            case "SUBPATTERN":
                return self._made(value[3])
            case "ATOMIC_GROUP":
                return self._made(value)
            case "BRANCH":
                return self._made(self._chance.choice(value[1]))
            case "AT" | "ASSERT" | "ASSERT_NOT":
                return ""
        raise AssertionError(code)

    def _of_set(self, members: list[tuple[Any, Any]]) -> str:
        code, value = self._chance.choice(members)
        match str(code):
            case "NEGATE":
                return " "
            case "LITERAL":
                return chr(value)
            case "RANGE":
                return chr(value[0])
        return {"CATEGORY_WORD": "x", "CATEGORY_DIGIT": "5"}.get(str(value), " ")


def _texts(one: Cue) -> Iterator[list[str]]:
    """The words of texts that the cue is heard in. What follows it may be asked about: a few endings are tried."""
    maker = Maker(one.phrase)
    for _ in range(_MOST):
        text = maker.text()
        for ending in ("", ".", " publicly", "publicly"):
            if one.phrase.search(text + ending):
                yield Line(text + ending, Span(0, len(text + ending))).forms
                break


@pytest.mark.parametrize("name", CUES)
def test_a_cue_is_found_by_its_keys_and_every_key_finds_it(name: str) -> None:
    one = CUES[name]
    unheard, unused, seen = set[str](), set(one.keys), 0
    for seen, forms in enumerate(_texts(one), 1):
        unused -= set(forms)
        if one.keys.isdisjoint(forms):
            unheard.add(" ".join(forms))
        if seen > _ENOUGH and not unused:
            break
    assert seen > _ENOUGH / 10, "too few texts were made to tell"
    assert not sorted(unheard, key=len)[:20]
    assert not unused
