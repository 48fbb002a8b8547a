"""Any delimited text by a mapping in TOML: which column is what, and what the scan covered.

``docs/reference/feeds.md`` describes the keys; ``mappings/`` holds the ones that ship.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from tocsin.cases.patterns import compile_bounded
from tocsin.constituency.addresses import parse_network
from tocsin.errors import FeedError, did_you_mean
from tocsin.feeds.recipe import FIELDS, REQUIRED, Clock, Field, Format, Recipe, Scope
from tocsin.feeds.shadowserver import read_name
from tocsin.feeds.times import check_format
from tocsin.provenance import Fault, Pointer

COVERAGES = ("positives", "population")

_KEYS = ("name", "coverage", "delimiter", "scope", "time", "fields", "tags")
_FIELD_KEYS = ("column", "columns", "constant", "pattern", "values", "only_values", "default", "joiner", "labels")
_OFFSET = re.compile(r"([+-])([01][0-9]|2[0-3]):([0-5][0-9])")
_SOURCE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMapping:
    """A mapping as it was read; ``name`` is the source's."""

    name: str
    coverage: str
    scope: Scope
    delimiter: str
    recipe: Recipe

    def recognise(self, name: str) -> Format:
        """The format of a file called ``name``; the name tells the day if it begins with one."""
        return Format(
            source=self.name,
            day=read_name(name).day,
            scope=self.scope,
            coverage=self.coverage,
            delimiter=self.delimiter,
            required=self.recipe.wanted(),
            recipe=lambda names: self.recipe,
        )


def read_mapping(data: bytes, *, source: str) -> FeedMapping:
    """The mapping in a TOML file. Raises ``FeedError`` that names every fault at once, each with its key path."""
    try:
        table: dict[str, object] = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        where = Pointer(source=source)
        raise FeedError(f"this is no TOML: {problem}", where=where, remedy="repair the mapping") from None
    form = _Form(source)
    mapping = _read(form, table)
    if form.faults:
        told = "".join(f"\n  {fault.pointer.key}: {fault.what}" for fault in form.faults)
        raise FeedError(
            f"the mapping has {len(form.faults)} {'fault' if len(form.faults) == 1 else 'faults'}:{told}",
            where=Pointer(source=source),
            remedy="repair them; docs/reference/feeds.md describes the keys",
        )
    return mapping


class _Form:
    """Reads values of one TOML file by key path, and gathers what is wrong with them."""

    def __init__(self, source: str) -> None:
        self.faults: list[Fault] = []
        self._source = source

    def fault(self, key: str, what: str) -> None:
        """Notes a fault; reading goes on."""
        self.faults.append(Fault(pointer=Pointer(source=self._source, key=key), what=what))

    def known(self, table: Mapping[str, object], keys: tuple[str, ...], path: str) -> None:
        """Every key must be one of ``keys``."""
        for key in table:
            if key not in keys:
                self.fault(f"{path}{key}", f"unknown key{did_you_mean(key, keys)}; known are {', '.join(keys)}")

    def text(self, table: Mapping[str, object], key: str, path: str = "") -> str | None:
        """A text, or ``None`` where the key is absent."""
        value = table.get(key)
        if value is None or isinstance(value, str):
            return value
        self.fault(f"{path}{key}", f"must be a text, not {value!r}")
        return None

    def flag(self, table: Mapping[str, object], key: str, path: str) -> bool:
        """A truth value, false where the key is absent."""
        value = table.get(key, False)
        if not isinstance(value, bool):
            self.fault(f"{path}{key}", f"must be true or false, not {value!r}")
        return value is True

    def table(self, table: Mapping[str, object], key: str, path: str = "") -> dict[str, object]:
        """A table, empty where the key is absent."""
        value = table.get(key, {})
        if isinstance(value, dict):
            return value
        self.fault(f"{path}{key}", f"must be a table, not {value!r}")
        return {}

    def items(self, table: Mapping[str, object], key: str, path: str = "") -> list[object]:
        """A list, empty where the key is absent."""
        value = table.get(key, [])
        if isinstance(value, list):
            return value
        self.fault(f"{path}{key}", f"must be a list, not {value!r}")
        return []

    def texts(self, table: Mapping[str, object], key: str, path: str = "") -> Iterator[tuple[str, str]]:
        """Key path and text of each entry of a list."""
        for number, value in enumerate(self.items(table, key, path)):
            if isinstance(value, str):
                yield f"{path}{key}[{number}]", value
            else:
                self.fault(f"{path}{key}[{number}]", f"must be a text, not {value!r}")

    def tried(self, path: str, read: Callable[[str], object], text: str) -> bool:
        """Whether ``read`` takes the text; its ``ValueError`` is the fault otherwise."""
        try:
            read(text)
        except ValueError as problem:
            self.fault(path, str(problem))
            return False
        return True


def _read(form: _Form, table: dict[str, object]) -> FeedMapping:
    form.known(table, _KEYS, "")
    name = form.text(table, "name") or ""
    if not _SOURCE.fullmatch(name):
        form.fault("name", "must name the source with up to 64 of a-z 0-9 _ . -, such as 'population-scan'")
    coverage = form.text(table, "coverage") or ""
    if coverage not in COVERAGES:
        near = did_you_mean(coverage, COVERAGES)
        form.fault("coverage", f"must be 'positives' or 'population', not {coverage!r}{near}")
    delimiter = form.text(table, "delimiter") or ","
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n\0':
        form.fault("delimiter", f"must be one ASCII character, and no quotation mark or line end, not {delimiter!r}")
    fields = _fields(form, form.table(table, "fields"))
    tags = tuple(_field(form, entry, f"tags[{number}]") for number, entry in enumerate(form.items(table, "tags")))
    recipe = Recipe(fields=fields, tags=tags, clock=_clock(form, form.table(table, "time")))
    scope = _scope(form, form.table(table, "scope"))
    return FeedMapping(name=name, coverage=coverage, scope=scope, delimiter=delimiter, recipe=recipe)


def _fields(form: _Form, table: dict[str, object]) -> dict[str, Field]:
    form.known(table, FIELDS, "fields.")
    fields = {key: _field(form, value, f"fields.{key}") for key, value in table.items() if key in FIELDS}
    for key in REQUIRED:
        if key not in table:
            form.fault(f"fields.{key}", "is missing; every observation needs it")
    for key in ("seen_at", "ip", "hostname"):
        if key in fields and len(fields[key].columns) > 1:
            form.fault(f"fields.{key}.columns", "comes from one column only")
    return fields


def _field(form: _Form, value: object, path: str) -> Field:
    if isinstance(value, str):
        return Field(columns=(value,))
    if not isinstance(value, dict):
        form.fault(path, f'must be a column\'s name or a table such as {{ column = "…" }}, not {value!r}')
        return Field()
    path = f"{path}."
    form.known(value, _FIELD_KEYS, path)
    column, constant = form.text(value, "column", path), form.text(value, "constant", path)
    columns = ((column,) if column is not None else ()) + tuple(text for _, text in form.texts(value, "columns", path))
    if bool(columns) == (constant is not None):
        form.fault(path[:-1], "needs either a column (or columns) or a constant")
    if constant is not None and not {"constant"}.issuperset(value):
        form.fault(path[:-1], "a constant stands alone")
    joiner = form.text(value, "joiner", path)
    return Field(
        columns=columns,
        constant=constant,
        pattern=_pattern(form, value, path),
        values=_values(form, value, path),
        only_values=form.flag(value, "only_values", path),
        default=form.text(value, "default", path),
        joiner=" " if joiner is None else joiner,
        labels=form.flag(value, "labels", path),
    )


def _pattern(form: _Form, value: dict[str, object], path: str) -> re.Pattern[str] | None:
    text = form.text(value, "pattern", path)
    if text is None or not form.tried(f"{path}pattern", compile_bounded, text):
        return None
    pattern = compile_bounded(text)
    if pattern.groups > 1:
        form.fault(f"{path}pattern", "has several groups; the first is what is kept, write the others as (?:…)")
    return pattern


def _values(form: _Form, value: dict[str, object], path: str) -> dict[str, str] | None:
    if "values" not in value:
        return None
    table = form.table(value, "values", path)
    texts = {key: form.text(table, key, f"{path}values.") or "" for key in table}
    lowered = {key.strip().lower(): text for key, text in texts.items()}
    if len(lowered) < len(texts):
        form.fault(f"{path}values", "has keys that differ in case only; values are compared without regard to case")
    return lowered


def _clock(form: _Form, table: dict[str, object]) -> Clock:
    form.known(table, ("formats", "zone"), "time.")
    formats = []
    for path, text in form.texts(table, "formats", "time."):
        problem = check_format(text)
        if problem:
            form.fault(path, problem)
        formats.append(text)
    zone = form.text(table, "zone", "time.") or "UTC"
    if not form.tried("time.zone", _zone, zone):
        return Clock(formats=tuple(formats), zone=UTC)
    return Clock(formats=tuple(formats) or ("iso",), zone=_zone(zone))


def _zone(text: str) -> tzinfo:
    """The zone of that name (``UTC``, ``+02:00``, ``Europe/London``). Raises ``ValueError`` when there is none."""
    if text.upper() in ("UTC", "Z"):
        return UTC
    if match := _OFFSET.fullmatch(text):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
        return timezone(-offset if match[1] == "-" else offset)
    try:
        zone = ZoneInfo(text)
        datetime(2021, 3, 10, tzinfo=zone).utcoffset()
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{text!r} is no time zone; write UTC, +02:00 or a name such as Europe/London") from None
    return zone


def _scope(form: _Form, table: dict[str, object]) -> Scope:
    form.known(table, ("name", "countries", "networks", "ports"), "scope.")
    countries = list(form.texts(table, "countries", "scope."))
    for path, text in countries:
        if not re.fullmatch("[A-Z]{2}", text):
            form.fault(path, f"{text!r} is no country code such as 'GB'")
    networks = list(form.texts(table, "networks", "scope."))
    for path, text in networks:
        form.tried(path, parse_network, text)
    ports = []
    for number, port in enumerate(form.items(table, "ports", "scope.")):
        if isinstance(port, int) and not isinstance(port, bool) and 0 < port <= 65535:
            ports.append(port)
        else:
            form.fault(f"scope.ports[{number}]", f"{port!r} is no port")
    return Scope(
        name=form.text(table, "name", "scope.") or "all",
        countries=tuple(text for _, text in countries),
        networks=tuple(text for _, text in networks),
        ports=tuple(ports),
    )
