"""A registry of another shape, read by a description of it: which column is which field, and what to make of it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from tocsin.constituency.sheet import Row, Sheet
from tocsin.errors import ConstituencyError, did_you_mean
from tocsin.provenance import Fault, Pointer

FIELDS = (
    "id,name,country,sector,public_body,domains,networks,asns,contacts,kind,addresses,parent,source,provider".split(",")
)
LIST_FIELDS = ("domains", "networks", "asns", "contacts", "addresses")
_KEYS = ("title", "source", "empty", "leave_out", "merge", "fields")
_FIELD_KEYS = ("column", "constant", "slug", "prefix", "suffix", "values", "other")

Choice = tuple[str, ...]
"""Columns of which the first that is filled counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRule:
    """Where one field comes from: a constant, a column, or the slug of several; then ``values``, prefix and suffix.

    ``values`` replaces a value by another; one it does not name becomes ``other``, or stays when that is ``None``.
    """

    constant: str | None = None
    column: Choice = ()
    slug: tuple[Choice, ...] = ()
    prefix: str = ""
    suffix: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    other: str | None = None

    def columns(self) -> set[str]:
        return {*self.column, *(name for choice in self.slug for name in choice)}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryMapping:
    """How to read one kind of file. ``source`` is the registry it speaks for unless the command says another.

    Values in ``empty`` count as nothing; a row with anything in a column of ``leave_out`` is left out; with ``merge``,
    rows of the same id are one constituent: lists are joined, of other fields the first that is filled counts.
    """

    title: str
    source: str | None
    empty: frozenset[str]
    leave_out: tuple[str, ...]
    merge: bool
    rules: Mapping[str, FieldRule]


def plain_mapping(columns: tuple[str, ...]) -> RegistryMapping:
    """The mapping of a file that has our own columns, in any order and case."""
    rules = {name.lower(): FieldRule(column=(name,)) for name in columns if name.lower() in FIELDS}
    return RegistryMapping(title="", source=None, empty=frozenset(), leave_out=(), merge=False, rules=rules)


def read_mapping(data: bytes, *, source: str) -> RegistryMapping:
    """The mapping that a TOML file describes. Raises ``ConstituencyError`` that names all its faults."""
    try:
        document = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConstituencyError(
            f"not a TOML file: {fault}", where=Pointer(source=source), remedy="mend it, or name a shipped mapping"
        ) from fault
    check = _Check(source)
    mapping = _mapping(document, check)
    if check.faults:
        told = "; ".join(f"{fault.pointer.key}: {fault.what}" for fault in check.faults)
        raise ConstituencyError(
            f"{len(check.faults)} faults in the mapping: {told}",
            where=Pointer(source=source),
            remedy="mend these keys; docs/how-to/import-a-registry.md describes them",
        )
    return mapping


def check_columns(mapping: RegistryMapping, sheet: Sheet, *, source: str) -> None:
    """Raises ``ConstituencyError`` when the file lacks a column that the mapping reads."""
    read = {name for rule in mapping.rules.values() for name in rule.columns()} | set(mapping.leave_out)
    missing = sorted(read - set(sheet.columns))
    if missing:
        near = did_you_mean(missing[0], sheet.columns)
        raise ConstituencyError(
            f"columns {', '.join(map(repr, missing))} are missing{near}; the header has {', '.join(sheet.columns)}",
            where=Pointer(source=source, line=1),
            remedy="check that this is the file the mapping describes",
        )


def is_left_out(mapping: RegistryMapping, row: Row) -> bool:
    """True when the mapping says not to read this row at all."""
    return any(_filled(mapping, row, (name,)) for name in mapping.leave_out)


def apply_mapping(mapping: RegistryMapping, row: Row) -> dict[str, str]:
    """The row's fields in our own words, as text; fields without anything are empty."""
    return {name: _apply(mapping, rule, row, name) for name, rule in mapping.rules.items()}


def slug(text: str) -> str:
    """``text`` as an id: ASCII lower-case letters and digits, everything else one hyphen."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _apply(mapping: RegistryMapping, rule: FieldRule, row: Row, name: str) -> str:
    if rule.constant is not None:
        return rule.constant
    if rule.slug:
        text = slug(" ".join(_filled(mapping, row, choice) for choice in rule.slug))
        return f"{rule.prefix}{text}{rule.suffix}" if text else ""
    text = _filled(mapping, row, rule.column)
    if rule.values or rule.other is not None:
        text = rule.values.get(text, text if rule.other is None else rule.other)
    if not text or not (rule.prefix or rule.suffix):
        return text
    parts = text.split(";") if name in LIST_FIELDS else [text]
    return ";".join(f"{rule.prefix}{part.strip()}{rule.suffix}" for part in parts)


def _filled(mapping: RegistryMapping, row: Row, choice: Choice) -> str:
    for name in choice:
        text = row.cells[name].strip()
        if text and text not in mapping.empty:
            return text
    return ""


class _Check:
    """Reads values out of a TOML document and gathers what is wrong with it, each with its key path."""

    def __init__(self, source: str) -> None:
        self.faults: list[Fault] = []
        self._source = source

    def fault(self, key: str, what: str) -> None:
        self.faults.append(Fault(pointer=Pointer(source=self._source, key=key), what=what))

    def unknown(self, table: Mapping[str, object], known: tuple[str, ...], path: str) -> None:
        for key in table:
            if key not in known:
                self.fault(f"{path}{key}", f"unknown key{did_you_mean(key, known)}; known are {', '.join(known)}")

    def text(self, value: object, key: str) -> str:
        if not isinstance(value, str):
            self.fault(key, "must be a text")
            return ""
        return value

    def texts(self, value: object, key: str) -> tuple[str, ...]:
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self.fault(key, "must be a text or a list of texts")
            return ()
        return tuple(value)

    def table(self, value: object, key: str) -> Mapping[str, object]:
        if not isinstance(value, dict):
            self.fault(key, "must be a table")
            return {}
        return value


def _mapping(document: Mapping[str, object], check: _Check) -> RegistryMapping:
    check.unknown(document, _KEYS, "")
    merge = document.get("merge", False)
    if not isinstance(merge, bool):
        check.fault("merge", "must be true or false")
    rules = {
        name: _rule(check.table(rule, f"fields.{name}"), f"fields.{name}.", check)
        for name, rule in check.table(document.get("fields", {}), "fields").items()
    }
    check.unknown(rules, tuple(FIELDS), "fields.")
    for name in ("id", "name"):
        if name not in rules:
            check.fault(f"fields.{name}", "is missing: every constituent has one")
    return RegistryMapping(
        title=check.text(document.get("title", ""), "title"),
        source=check.text(document["source"], "source") if "source" in document else None,
        empty=frozenset(check.texts(document.get("empty", []), "empty")),
        leave_out=check.texts(document.get("leave_out", []), "leave_out"),
        merge=merge is True,
        rules=rules,
    )


def _rule(table: Mapping[str, object], path: str, check: _Check) -> FieldRule:
    check.unknown(table, _FIELD_KEYS, path)
    if sum(key in table for key in ("column", "constant", "slug")) != 1:
        check.fault(path.rstrip("."), "needs exactly one of 'column', 'constant' and 'slug'")
    choices = table.get("slug", [])
    if not isinstance(choices, list):
        check.fault(f"{path}slug", "must be a list of columns")
        choices = []
    values = check.table(table.get("values", {}), f"{path}values")
    return FieldRule(
        constant=check.text(table["constant"], f"{path}constant") if "constant" in table else None,
        column=check.texts(table["column"], f"{path}column") if "column" in table else (),
        slug=tuple(check.texts(choice, f"{path}slug") for choice in choices),
        prefix=check.text(table.get("prefix", ""), f"{path}prefix"),
        suffix=check.text(table.get("suffix", ""), f"{path}suffix"),
        values={key: check.text(value, f"{path}values.{key}") for key, value in values.items()},
        other=check.text(table["other"], f"{path}other") if "other" in table else None,
    )
