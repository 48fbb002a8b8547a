"""Reads a TOML table key by key and notes every fault with its key path, instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from tocsin.errors import did_you_mean
from tocsin.provenance import Fault, Pointer

T = TypeVar("T")


class Section:
    """One table of a TOML file. Each getter notes a fault and gives a harmless value when the key is wrong.

    ``close`` notes the keys that nobody asked for.
    """

    def __init__(self, data: Mapping[str, object], *, source: str, faults: list[Fault], path: str = "") -> None:
        self._data = data
        self._source = source
        self._faults = faults
        self._path = path
        self._asked: set[str] = set()

    def key(self, name: str) -> str:
        """The path of a key of this table, such as ``cves[0].id``."""
        return f"{self._path}.{name}" if self._path else name

    def fault(self, name: str, what: str) -> None:
        """Notes a fault at one key of this table."""
        self._faults.append(Fault(pointer=Pointer(source=self._source, key=self.key(name)), what=what))

    def text(self, name: str, *, default: str | None = None) -> str:
        """A text that is not empty; required unless there is a default."""
        value = self._get(name, str, "a text", required=default is None)
        if value is not None and not value.strip():
            self.fault(name, "must not be empty")
        return value.strip() if value is not None else default or ""

    def texts(self, name: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts; when required, not an empty one."""
        value = self._get(name, list, "a list of texts", required=required)
        if value is None:
            return ()
        if required and not value:
            self.fault(name, "must not be an empty list")
        return tuple(item for item in self._items(name, value, str, "a text") if self._is_filled(name, item))

    def integer(self, name: str, *, default: int | None = None, least: int = 1) -> int:
        """A whole number of at least ``least``."""
        value = self._get(name, int, "a whole number", required=default is None)
        if value is None:
            return default if default is not None else least
        if value < least:
            self.fault(name, f"must be at least {least}, not {value}")
            return least
        return value

    def day(self, name: str, *, required: bool = True) -> date | None:
        """A date without time, as TOML writes it: ``2021-03-02`` without quotation marks."""
        self._asked.add(name)
        value = self._data.get(name)
        if value is None and not required:
            return None
        if value is None:
            self.fault(name, "is missing")
        elif isinstance(value, date) and not isinstance(value, datetime):
            return value
        else:
            self.fault(name, f"must be a date such as 2021-03-02 (no quotation marks, no time), not {_show(value)}")
        return None

    def choice(self, name: str, words: Sequence[str], *, default: str | None = None) -> str:
        """One of ``words``; the default or the first of them when it is not."""
        value = self.text(name, default=default)
        if value in words:
            return value
        if value:
            self.fault(name, f"{value!r} is none of {', '.join(words)}{did_you_mean(value, words)}")
        return default or words[0]

    def parsed(self, name: str, value: str, parse: Callable[[str], T]) -> T | None:
        """``parse(value)``, or ``None`` and a fault with the message of its ``ValueError``."""
        try:
            return parse(value)
        except ValueError as problem:
            self.fault(name, str(problem))
            return None

    def table(self, name: str, *, required: bool = True) -> Section:
        """The table under ``name``; an empty one when it is missing."""
        value = self._get(name, dict, f"a table [{name}]", required=required)
        return self._child(value or {}, name)

    def tables(self, name: str, *, required: bool = True) -> Iterator[Section]:
        """The tables ``[[name]]`` in their order."""
        value = self._get(name, list, f"tables [[{name}]]", required=required)
        for index, item in enumerate(value or []):
            if isinstance(item, dict):
                yield self._child(item, f"{name}[{index}]")
            else:
                self.fault(f"{name}[{index}]", f"must be a table [[{name}]], not {_show(item)}")

    def close(self) -> None:
        """Notes each key that nobody asked for."""
        for name in self._data:
            if name not in self._asked:
                self.fault(name, f"is no key of a pack here{did_you_mean(name, self._asked)}")

    def _child(self, data: Mapping[str, object], name: str) -> Section:
        return Section(data, source=self._source, faults=self._faults, path=self.key(name))

    def _get(self, name: str, kind: type[T], called: str, *, required: bool) -> T | None:
        self._asked.add(name)
        value = self._data.get(name)
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        if value is not None:
            self.fault(name, f"must be {called}, not {_show(value)}")
        elif required:
            self.fault(name, "is missing")
        return None

    def _items(self, name: str, values: list[object], kind: type[T], called: str) -> Iterator[T]:
        for index, item in enumerate(values):
            if isinstance(item, kind):
                yield item
            else:
                self.fault(f"{name}[{index}]", f"must be {called}, not {_show(item)}")

    def _is_filled(self, name: str, item: str) -> bool:
        if not item.strip():
            self.fault(name, "holds an empty text")
        return bool(item.strip())


def _show(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"
