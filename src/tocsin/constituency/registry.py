"""Registries: a CSV file in, constituents out, and every row that could not be taken with all the reasons."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from tocsin.constituency.constituent import KINDS, Constituent
from tocsin.constituency.holdings import Reasons, find_overlaps, read_contact, read_holdings, read_list, read_yes_no
from tocsin.constituency.mapping import (
    RegistryMapping,
    apply_mapping,
    check_columns,
    is_left_out,
    plain_mapping,
)
from tocsin.constituency.sheet import Row, Sheet, read_sheet
from tocsin.errors import ConstituencyError, did_you_mean
from tocsin.provenance import Pointer, Rejected

_LIMITS = {"id": 200, "name": 1000, "sector": 200, "source": 200, "parent": 200}
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_COUNTRY_NAMES = {"UK": "GB", "EL": "GR"}  # reserved in ISO 3166-1 for these countries
_NEAR_MISSES = 5  # parents that are not there for which near misses are looked up, which takes a while
_NOBODY = "none"  # what an officer writes to assign a service to nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """What one file says. ``rows`` = constituents + rejected rows + ``merged`` + ``left_out``.

    ``sources`` are the registries that the file speaks for, ``ignored`` the columns that were not read,
    ``rejected_ids`` the ids whose rows could not all be read (and what else stood in rows that were not even split).
    """

    constituents: tuple[Constituent, ...]
    rejected: tuple[Rejected, ...]
    rejected_ids: frozenset[str]
    sources: frozenset[str]
    rows: int
    merged: int
    left_out: int
    ignored: tuple[str, ...]


def read_registry(
    data: bytes,
    *,
    source: str,
    registry: str | None = None,
    mapping: RegistryMapping | None = None,
    known: Iterable[Constituent] = (),
) -> Registry:
    """The constituents in a CSV file.

    ``source`` is the file's name, ``registry`` the registry it belongs to (default: the mapping's, else its stem);
    ``known`` are constituents of today: those of other registries may be parents. Raises ``ConstituencyError`` for a
    file that cannot be used at all.
    """
    sheet = read_sheet(data, source=source)
    rules = _rules(sheet, mapping, source)
    if not sheet.rows and not sheet.rejected:
        raise ConstituencyError(
            "the file has a header and no row",
            where=Pointer(source=source),
            remedy="check that the export was finished; nothing was changed",
        )
    default = registry or rules.source or PurePath(source).stem
    gathered = _Gathered(default, merge=rules.merge)
    for row in sheet.rows:
        gathered.take(row, rules)
    sources = frozenset(gathered.sources or {default})
    gathered.settle_parents({each.id: each.parent for each in known if each.registry not in sources})
    read = {name for rule in rules.rules.values() for name in rule.columns()} | set(rules.leave_out)
    return Registry(
        constituents=tuple(gathered.accepted.values()),
        rejected=tuple(sorted((*sheet.rejected, *gathered.rejected), key=lambda each: each.pointer.line or 0)),
        rejected_ids=frozenset(gathered.rejected_ids | _possible_ids(sheet)),
        sources=sources,
        rows=len(sheet.rows) + len(sheet.rejected),
        merged=sum(len(rows) - 1 for rows in gathered.rows_of.values()),
        left_out=gathered.left_out,
        ignored=tuple(name for name in sheet.columns if name not in read),
    )


def _rules(sheet: Sheet, mapping: RegistryMapping | None, source: str) -> RegistryMapping:
    if mapping is not None:
        check_columns(mapping, sheet, source=source)
        return mapping
    rules = plain_mapping(sheet.columns)
    missing = [name for name in ("id", "name") if name not in rules.rules]
    if missing:
        near = did_you_mean(missing[0], sheet.columns)
        raise ConstituencyError(
            f"column {missing[0]!r} is missing{near}; the header has {', '.join(map(repr, sheet.columns))}",
            where=Pointer(source=source, line=1),
            remedy="name the columns id and name, or describe the file with --map",
        )
    return rules


class _Gathered:
    """Rows taken so far: one constituent an id, and the rows that were not."""

    def __init__(self, default: str, *, merge: bool) -> None:
        self.accepted = dict[str, Constituent]()
        self.rows_of = dict[str, list[Row]]()
        self.rejected = list[Rejected]()
        self.rejected_ids = set[str]()
        self.sources = set[str]()
        self.left_out = 0
        self._default = default
        self._merge = merge

    def take(self, row: Row, rules: RegistryMapping) -> None:
        if is_left_out(rules, row):
            self.left_out += 1
            return
        fields = apply_mapping(rules, row)
        reasons = Reasons()
        constituent = _read_constituent(fields, row.pointer, self._default, reasons)
        self.sources.add(constituent.registry)
        if not reasons and constituent.id in self.accepted:
            constituent = self._join(constituent, reasons)
        if reasons:
            self.reject(row, constituent.id, reasons)
        else:
            self.accepted[constituent.id] = constituent
            self.rows_of.setdefault(constituent.id, []).append(row)

    def reject(self, row: Row, id_: str, reasons: Reasons) -> None:
        self.rejected.append(row.reject(reasons))
        self.rejected_ids.add(id_)

    def settle_parents(self, known: Mapping[str, str | None]) -> None:
        """Rejects constituents whose parent does not exist, is rejected itself or leads in a circle."""
        own = {each.id: each.parent for each in self.accepted.values()}
        for id_, reason in _parent_faults(own, known).items():
            del self.accepted[id_]
            for row in self.rows_of.pop(id_):
                self.reject(row, id_, [reason])

    def _join(self, more: Constituent, reasons: Reasons) -> Constituent:
        first = self.accepted[more.id]
        if not self._merge:
            line = self.rows_of[more.id][0].pointer.line
            reasons.append(f"id {more.id!r} is already in line {line}")
            return more
        known = {(each.kind, each.value, each.provider) for each in first.holdings}
        fresh = tuple(each for each in more.holdings if (each.kind, each.value, each.provider) not in known)
        reasons += find_overlaps((*first.holdings, *fresh))
        return replace(
            first,
            country=first.country or more.country,
            sector=first.sector or more.sector,
            public_body=first.public_body or more.public_body,
            parent=first.parent or more.parent,
            contacts=tuple(dict.fromkeys((*first.contacts, *more.contacts))),
            holdings=(*first.holdings, *fresh),
        )


def _possible_ids(sheet: Sheet) -> set[str]:
    """What may be an id in the rows that have no columns: one of them must not count as gone from the registry."""
    return {cell.strip(' "\n') for rejected in sheet.rejected for cell in rejected.raw.split(",")}


def _read_constituent(fields: Mapping[str, str], pointer: Pointer, default: str, reasons: Reasons) -> Constituent:
    """The row's constituent; with anything in ``reasons`` it is not to be used."""
    text = {name: value.strip() for name, value in fields.items()}
    reasons += _text_faults(text)
    kind = text.get("kind", "").lower() or KINDS[0]
    if kind not in KINDS:
        reasons.append(f"kind {kind!r} is neither {' nor '.join(KINDS)}")
    contacts = read_list(text.get("contacts", ""), read_contact, reasons)
    return Constituent(
        id=text.get("id", ""),
        name=text.get("name", ""),
        kind=kind,
        country=_country(text.get("country", ""), reasons),
        sector=text.get("sector", ""),
        public_body=_public_body(text.get("public_body", ""), reasons),
        parent=text.get("parent") or None,
        contacts=tuple(contacts),
        holdings=read_holdings(text, pointer, reasons),
        registry=text.get("source") or default,
    )


def _text_faults(text: Mapping[str, str]) -> Iterable[str]:
    for name in ("id", "name"):
        if not text.get(name):
            yield f"{name} is empty"
    if ";" in text.get("id", "") or text.get("id", "").lower() == _NOBODY:
        yield f"id {text['id']!r} cannot be used: it may hold no ';' and not be {_NOBODY!r}"
    for name, value in text.items():
        if len(value) > _LIMITS.get(name, len(value)):
            yield f"{name} has {len(value)} characters; at most {_LIMITS[name]} are kept"
        if not value.isprintable() and any(_is_control(letter) for letter in value):
            yield f"{name} holds a control character"


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) == "Cc" or letter in _DIRECTION_MARKS


def _country(text: str, reasons: Reasons) -> str:
    code = text.upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        reasons.append(f"country {text!r} is not two letters such as GB")
    return _COUNTRY_NAMES.get(code, code)


def _public_body(text: str, reasons: Reasons) -> bool:
    try:
        return read_yes_no(text, "public_body")
    except ValueError as fault:
        reasons.append(str(fault))
        return False


def _parent_faults(own: Mapping[str, str | None], known: Mapping[str, str | None]) -> dict[str, str]:
    """Why each id of ``own`` cannot stand for which that is so; ``known`` ids stand. Each id is looked at once."""
    parents = {**known, **own}
    near = dict[str, str]()
    faults, done = dict[str, str](), set[str]()
    for id_ in own:
        path = _unseen_path(id_, parents, done)
        done.update(path)
        last = parents[path[-1]] if path else None
        circle = set(path[path.index(last) :]) if last in path else set[str]()
        for each in reversed(path):
            parent = parents[each]
            if each not in own or parent is None:
                continue
            if each in circle:
                faults[each] = f"parent {parent!r} leads back to {each!r} in a circle"
            elif parent not in parents or parent in faults:
                if parent not in parents and parent not in near and len(near) < _NEAR_MISSES:
                    near[parent] = did_you_mean(parent, parents)
                faults[each] = f"parent {parent!r} is not in the registry{near.get(parent, '')}"
    return faults


def _unseen_path(id_: str, parents: Mapping[str, str | None], seen: set[str]) -> list[str]:
    """``id_`` and those above it, up to the first that is in ``seen``, is not there, or comes again."""
    path = dict[str, None]()
    above: str | None = id_
    while above is not None and above in parents and above not in seen and above not in path:
        path[above] = None
        above = parents[above]
    return list(path)
