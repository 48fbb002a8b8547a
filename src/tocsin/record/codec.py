"""The record's values as JSON and back, exactly: by the fields that their types declare, so that none can be forgotten.

A value says its type under ``type``. A span is ``[begins, ends]``; a level is its word; a figure has its own form
(``figures.from_json``). A field that is missing takes its default, so that a reading written before the field was there
still loads; a field that is not known is refused.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum, IntEnum
from functools import cache
from typing import TypeVar, Union, get_args, get_origin, get_type_hints

from tocsin.errors import AskError
from tocsin.figures import Figure
from tocsin.figures import from_json as figure_from_json
from tocsin.record.spans import Span

Json = Mapping[str, "Json"] | list["Json"] | str | float | bool | None
_Value = TypeVar("_Value")
_TYPE = "type"


def to_json(value: object, *, is_brief: bool = False) -> Json:
    """What ``json.dumps`` can write of a dataclass of this room; ``is_brief`` leaves out fields that are as by default.

    Raises ``TypeError`` for a value of no known kind.
    """
    match value:
        case None | bool() | str() if not isinstance(value, Enum):
            return value
        case IntEnum():
            return value.name.lower().replace("_", "-")
        case Enum():
            return str(value.value)
        case int() | float():
            return value if abs(value) < float("inf") else str(value)
        case date():
            return value.isoformat()
        case Span():
            return [value.begins, value.ends]
        case Figure():
            return {_TYPE: "Figure", "figure": _plain(value.as_json())}
        case tuple() | list():
            return [to_json(each, is_brief=is_brief) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        stated = {name: getattr(value, name) for name in _fields(type(value))}
        if is_brief:
            stated = {name: each for name, each in stated.items() if each != _fields(type(value))[name][0].default}
        return {_TYPE: type(value).__name__} | {name: to_json(each, is_brief=is_brief) for name, each in stated.items()}
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def from_json(value: object, kind: type[_Value]) -> _Value:
    """The ``kind`` that ``to_json`` wrote. Raises ``ValueError`` with the path of whatever is anything else."""
    found = _read(value, kind, "$")
    if not isinstance(found, kind):
        raise ValueError(f"$: no {kind.__name__}")  # noqa: TRY004  # the type is that of foreign data
    return found


def _read(value: object, hint: object, path: str) -> object:
    if get_origin(hint) in (Union, types.UnionType):
        return _read_one_of(value, get_args(hint), path)
    if get_origin(hint) is tuple:
        return _read_all(value, get_args(hint), path)
    if hint is Span:
        return _read_span(value, path)
    if hint is Figure:
        return _read_figure(value, path)
    if isinstance(hint, type) and is_dataclass(hint):
        return _read_fields(value, hint, path)
    return _read_plain(value, hint, path)


def _read_one_of(value: object, hints: tuple[object, ...], path: str) -> object:
    if value is None and type(None) in hints:
        return None
    left = [hint for hint in hints if hint is not type(None)]
    if len(left) == 1:
        return _read(value, left[0], path)
    said = value.get(_TYPE) if isinstance(value, Mapping) else None
    for hint in left:
        if isinstance(hint, type) and hint.__name__ == said:
            return _read(value, hint, path)
    raise ValueError(
        f"{path}.{_TYPE}: {said!r} is none of {', '.join(sorted(getattr(hint, '__name__', '?') for hint in left))}"
    )


def _read_all(value: object, hints: tuple[object, ...], path: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{path}: must be a list")  # noqa: TRY004  # here too
    if hints[-1] is Ellipsis:
        return tuple(_read(each, hints[0], f"{path}[{number}]") for number, each in enumerate(value))
    if len(hints) != len(value):
        raise ValueError(f"{path}: must have {len(hints)} members")
    return tuple(
        _read(each, hint, f"{path}[{number}]") for number, (each, hint) in enumerate(zip(value, hints, strict=True))
    )


def _read_span(value: object, path: str) -> Span:
    match value:
        case [int() as begins, int() as ends] if 0 <= begins <= ends and bool not in (type(begins), type(ends)):
            return Span(begins, ends)
    raise ValueError(f"{path}: must be the code points of a span, from and to")


def _read_figure(value: object, path: str) -> Figure:
    try:
        return figure_from_json(value["figure"] if isinstance(value, Mapping) else None)
    except (AskError, KeyError) as fault:
        raise ValueError(f"{path}: no figure: {fault}") from fault


def _read_fields(value: object, kind: type, path: str) -> object:
    if not isinstance(value, Mapping):
        raise ValueError(f"{path}: must be an object")  # noqa: TRY004  # here too
    known = _fields(kind)
    if value.get(_TYPE, kind.__name__) != kind.__name__:
        raise ValueError(f"{path}.{_TYPE}: {value[_TYPE]!r} is not {kind.__name__}")
    if unknown := [name for name in value if name not in known and name != _TYPE]:
        raise ValueError(f"{path}.{unknown[0]}: unknown; known are {', '.join(known)}")
    found = {}
    for name, (each, hint) in known.items():
        if name in value:
            found[name] = _read(value[name], hint, f"{path}.{name}")
        elif each.default is MISSING and each.default_factory is MISSING:
            raise ValueError(f"{path}.{name}: is missing")
    try:
        return kind(**found)
    except ValueError as fault:
        raise ValueError(f"{path}: {fault}") from fault


@cache
def _fields(kind: type) -> Mapping[str, tuple[Field[object], object]]:
    hints = get_type_hints(kind)
    return {each.name: (each, hints[each.name]) for each in fields(kind)}


def _read_plain(value: object, hint: object, path: str) -> object:
    try:
        if isinstance(hint, type) and issubclass(hint, IntEnum):
            return hint[str(value).upper().replace("-", "_")]
        if isinstance(hint, type) and issubclass(hint, Enum):
            return hint(value)
        if hint is date:
            return date.fromisoformat(str(value))
        if hint is float and (
            isinstance(value, str) or (isinstance(value, int | float) and not isinstance(value, bool))
        ):
            return float(value) if isinstance(value, str) else value
    except (KeyError, ValueError) as fault:
        raise ValueError(f"{path}: {value!r} is no {getattr(hint, '__name__', hint)}") from fault
    if hint in (str, int, bool) and type(value) is hint:
        return value
    raise ValueError(f"{path}: {value!r} is no {getattr(hint, '__name__', hint)}")


def _plain(value: object) -> Json:
    """A figure's own JSON, typed."""
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, str | float | int | None):
        return value
    raise TypeError(f"{type(value).__name__} has no form in JSON")
