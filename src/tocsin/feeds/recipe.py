"""What a format is, as data: how its columns become observations, and what its files cover."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from ipaddress import ip_network

REQUIRED = ("seen_at", "ip")
TEXTS = ("version", "product", "detail")
_PART = r"(?:countries [A-Z]{2}(?:, [A-Z]{2})*|networks [^;()%]+|ports [0-9]+(?:, [0-9]+)*)"
_BOUNDED = re.compile(rf"(?P<name>.*) \((?P<bounds>{_PART}(?:; {_PART})*)\)", re.DOTALL)
_PORTS = range(1, 65536)
FIELDS = (*REQUIRED, "port", "transport", "hostname", "hostname_from", "asn", "country", *TEXTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Where a field's text comes from: ``columns`` of the file, or ``constant`` when it names none.

    Of each column's text, ``pattern`` keeps its first group (all of the match when it has none; nothing when it does
    not match), then ``values`` puts another text in its place: what the table lacks stays, or is nothing with
    ``only_values``. Several columns are joined by ``joiner``, those that are empty left out; ``labels`` puts
    ``name=`` before each. ``default`` stands where nothing came out.
    """

    columns: tuple[str, ...] = ()
    constant: str | None = None
    pattern: re.Pattern[str] | None = None
    values: Mapping[str, str] | None = None
    only_values: bool = False
    default: str | None = None
    joiner: str = " "
    labels: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How times are written: ``formats`` are ``iso``, ``epoch``, ``epoch_ms`` or patterns of ``strptime``.

    ``zone`` holds where the text names none.
    """

    formats: tuple[str, ...]
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Where each field of an observation comes from; a field that is not named stays empty.

    ``fields`` are named as in ``FIELDS``. ``tags`` are joined, each split at ``;`` first.
    """

    fields: Mapping[str, Field]
    tags: tuple[Field, ...]
    clock: Clock

    def wanted(self) -> tuple[str, ...]:
        """The columns that the recipe names, each once."""
        named = [column for field in (*self.fields.values(), *self.tags) for column in field.columns]
        return tuple(dict.fromkeys(named))

    def distinct(self) -> frozenset[str]:
        """Columns whose texts hardly ever repeat."""
        fields = [self.fields[name] for name in ("seen_at", "ip", "hostname") if name in self.fields]
        return frozenset(column for field in fields for column in field.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a complete scan would have seen everything; an empty part does not bound it."""

    name: str = "all"
    countries: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()

    def __str__(self) -> str:
        parts = {"countries": self.countries, "networks": self.networks, "ports": self.ports}
        bounds = "; ".join(f"{name} {', '.join(map(str, part))}" for name, part in parts.items() if part)
        return f"{self.name} ({bounds})" if bounds else self.name


def parse_scope(text: str) -> Scope:
    """The scope that ``str`` wrote as ``text``; whatever reads otherwise is a name without bounds."""
    found = _BOUNDED.fullmatch(text)
    parts = dict(part.split(" ", 1) for part in found["bounds"].split("; ")) if found else {}
    values = {key: tuple(part.split(", ")) for key, part in parts.items()}
    try:
        networks = tuple(str(ip_network(network, strict=False)) for network in values.get("networks", ()))
        ports = tuple(int(port) for port in values.get("ports", ()))
    except ValueError:
        found = None
    if not found or found["bounds"].count("; ") >= len(parts) or not all(port in _PORTS for port in ports):
        return Scope(name=text)
    return Scope(name=found["name"], countries=values.get("countries", ()), networks=networks, ports=ports)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How one file is to be read, before its header has been seen.

    ``required`` columns must be in the header; ``recipe`` makes the recipe of the header's names, which are in lower
    case with ``lower_names``. ``coverage`` is ``positives`` or ``population``.
    """

    source: str
    day: date | None
    scope: Scope
    coverage: str
    delimiter: str
    required: tuple[str, ...]
    recipe: Callable[[tuple[str, ...]], Recipe]
    lower_names: bool = False
