"""Any value of the record's types, made by the fields that they declare: a new field is covered from its first day."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TypeVar, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from tests.figures.arbitrary import figures

from tocsin.figures import Figure
from tocsin.record import Span

_Value = TypeVar("_Value")
SPANS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**4)).map(lambda ends: Span(ends[0], sum(ends)))
_LEAVES: dict[object, st.SearchStrategy[object]] = {
    Span: SPANS,
    Figure: figures(),
    date: st.dates(),
    str: st.text(max_size=20),
    bool: st.booleans(),
    int: st.integers(0, 10**6),
    float: st.floats(allow_nan=False),
}


def anything(kind: type[_Value]) -> st.SearchStrategy[_Value]:
    """Any value of this type."""
    return _strategy(kind)  # type: ignore[return-value]  # by the type's own hints


def _strategy(hint: object) -> st.SearchStrategy[object]:
    if hint in _LEAVES:
        return _LEAVES[hint]
    if hint is type(None):
        return st.none()
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of(*map(_strategy, get_args(hint)))
    if get_origin(hint) is tuple:
        inner, *rest = get_args(hint)
        if rest == [Ellipsis]:
            return st.lists(_strategy(inner), max_size=2).map(tuple)
        return st.tuples(_strategy(inner), *map(_strategy, rest))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    assert isinstance(hint, type), hint
    assert is_dataclass(hint), hint
    hints = get_type_hints(hint)
    return st.builds(hint, **{each.name: _strategy(hints[each.name]) for each in fields(hint)})
