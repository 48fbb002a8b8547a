"""Patterns from a pack, accepted only when they cannot run without end.

Python's ``re`` has no time limit, so the bound is on the pattern: the number of ways in which it can be tried on a
text of ``TEXT_LIMIT`` characters must stay below ``WAYS_LIMIT``. An optional item has two ways, ``{1,5}`` five,
``+`` as many as the text has characters, alternatives add up, and neighbours multiply; a pattern without ``^`` is
tried at each character. What cannot be counted (lookaround, references to groups) is refused.
"""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Iterable

TEXT_LIMIT = 512
PATTERN_LIMIT = 400
WAYS_LIMIT = 1_000_000

# The parser of ``re`` itself: what it reads is exactly what will run. It is private, hence the late look-up;
# tests/cases/test_patterns.py fails when a Python version changes it.
_parser = importlib.import_module("re._parser")

_SIMPLE = {"LITERAL", "NOT_LITERAL", "ANY", "IN", "CATEGORY", "AT", "FAILURE", "RANGE"}
_REFUSED = {
    "GROUPREF": "refers back to a group",
    "GROUPREF_EXISTS": "asks whether a group matched",
    "ASSERT": "looks ahead or behind",
    "ASSERT_NOT": "looks ahead or behind",
    "ATOMIC_GROUP": "has an atomic group",
    "POSSESSIVE_REPEAT": "has a possessive repeat",
}

Node = tuple[object, object]


def compile_bounded(text: str) -> re.Pattern[str]:
    """The pattern, compiled. Raises ``ValueError`` saying why it is refused and what to write instead."""
    if len(text) > PATTERN_LIMIT:
        raise ValueError(f"pattern is longer than {PATTERN_LIMIT} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = list(_parser.parse(text))
            pattern = re.compile(text)
    except (re.error, OverflowError, RecursionError, Warning) as problem:
        raise ValueError(f"pattern does not compile: {problem}") from None
    is_anchored = _is_anchored(tree) and not pattern.flags & re.MULTILINE
    ways = _ways(tree) * (1 if is_anchored else TEXT_LIMIT)
    if ways > WAYS_LIMIT:
        raise ValueError(
            f"pattern can be tried in more than {WAYS_LIMIT:,} ways on a text of {TEXT_LIMIT} characters; "
            "bound its repeats ({1,5} for +), repeat no group without bound, or begin it with ^"
        )
    return pattern


def search(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match in the first ``TEXT_LIMIT`` characters."""
    return pattern.search(text[:TEXT_LIMIT])


def _ways(nodes: Iterable[Node]) -> int:
    ways = 1
    for node in nodes:
        ways = _capped(ways * _ways_of(node))
    return ways


def _ways_of(node: Node) -> int:
    name, value = str(node[0]), node[1]
    if name in _SIMPLE:
        return 1
    if name == "SUBPATTERN" and isinstance(value, tuple):
        return _ways(value[-1])
    if name == "BRANCH" and isinstance(value, tuple):
        return _capped(sum(_ways(alternative) for alternative in value[1]))
    if name in ("MAX_REPEAT", "MIN_REPEAT") and isinstance(value, tuple):
        return _ways_of_repeat(int(value[0]), int(value[1]), _ways(value[2]))
    raise ValueError(f"pattern {_REFUSED.get(name, f'uses {name}')}, which cannot be bounded")


def _ways_of_repeat(least: int, most: int, inner: int) -> int:
    ways, power = 0, 1
    for count in range(min(most, TEXT_LIMIT) + 1):
        if count >= least:
            ways = _capped(ways + power)
        power = _capped(power * inner)
    return max(ways, power if least > TEXT_LIMIT else 1)


def _capped(number: int) -> int:
    return min(number, WAYS_LIMIT + 1)


def _is_anchored(tree: list[Node]) -> bool:
    return bool(tree) and str(tree[0][0]) == "AT" and str(tree[0][1]) in ("AT_BEGINNING", "AT_BEGINNING_STRING")
