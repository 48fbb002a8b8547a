"""``builds.csv`` as branches, with every fault noted. The columns are described in ``docs/reference/case-packs.md``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tocsin.cases._rows import Row, read_rows
from tocsin.cases.case import Branch, Build, Cve, Product
from tocsin.cases.versions import Parts, Scheme, read_build
from tocsin.errors import did_you_mean
from tocsin.provenance import Fault

REQUIRED = (
    "product",
    "branch",
    "branch_name",
    "build",
    "released_from",
    "released_to",
    "name",
    "kb",
    "contains_fix_for",
)
OPTIONAL = ("prefix", "no_fix_for", "first_fix_for", "disputed", "shrinks")


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A branch while its rows are read."""

    product: Product
    id: str
    name: str
    prefix: Parts
    first: Row
    builds: dict[Parts, tuple[Build, Row]] = field(default_factory=dict)
    no_fix_for: set[str] = field(default_factory=set)


def read_builds(
    data: bytes, *, source: str, products: Sequence[Product], cves: Sequence[Cve], faults: list[Fault]
) -> tuple[Branch, ...]:
    """The branches in the order in which they first appear, each with its builds from oldest to newest."""
    named = {product.name: product for product in products}
    ids = [cve.id for cve in cves]
    drafts: dict[tuple[str, str], _Draft] = {}
    for row in read_rows(data, source=source, required=REQUIRED, optional=OPTIONAL, faults=faults):
        product = named.get(row["product"])
        if product is None:
            row.fault("product", f"{row['product']!r} is no product of case.toml{did_you_mean(row['product'], named)}")
            continue
        draft = _branch_of(drafts, row, product)
        if draft:
            _add(draft, row, ids)
    for draft in drafts.values():
        _note_contradictions(draft)
    return tuple(_finish(draft) for draft in drafts.values())


def _branch_of(drafts: dict[tuple[str, str], _Draft], row: Row, product: Product) -> _Draft | None:
    key = (product.name, row["branch"])
    draft = drafts.get(key)
    if draft is None:
        prefix = _parts(row, "prefix" if row["prefix"] else "branch", product.scheme)
        if prefix is None:
            return None
        draft = _Draft(product=product, id=row["branch"], name=row["branch_name"], prefix=prefix, first=row)
        drafts[key] = draft
    if row["branch_name"] != draft.name:
        row.fault("branch_name", f"{row['branch_name']!r} was {draft.name!r} in line {draft.first.line}")
    if row["prefix"] != draft.first["prefix"]:
        row.fault("prefix", f"{row['prefix']!r} was {draft.first['prefix']!r} in line {draft.first.line}")
    return draft


def _add(draft: _Draft, row: Row, cves: Sequence[str]) -> None:
    draft.no_fix_for.update(_known(row, "no_fix_for", cves))
    contains = _known(row, "contains_fix_for", cves)
    first_for = _known(row, "first_fix_for", cves)
    for cve in (cve for cve in first_for if cve not in contains):
        row.fault("first_fix_for", f"{cve} must stand in contains_fix_for too")
    if not row["build"]:
        if contains or row["released_from"] or not row["no_fix_for"]:
            row.fault("build", "is empty: only a row that says no_fix_for of its branch may leave it so")
        return
    parts = _parts(row, "build", draft.product.scheme)
    released_from, released_to = _interval(row)
    if row["disputed"] and not contains:
        row.fault("disputed", "needs in contains_fix_for the CVEs about which sources disagree")
    if parts is None or released_from is None:
        return
    scheme = draft.product.scheme
    if len(parts) != scheme.parts:
        row.fault("build", f"{row['build']!r} has {len(parts)} parts, a whole build has {scheme.parts}")
    elif parts[: len(draft.prefix)] != draft.prefix:
        row.fault("build", f"{row['build']!r} does not begin with {scheme.write(draft.prefix)}, its branch")
    elif parts in draft.builds:
        row.fault("build", f"{row['build']!r} is also in line {draft.builds[parts][1].line}")
    else:
        build = Build(
            parts=parts,
            text=scheme.write(parts),
            released_from=released_from,
            released_to=released_to or released_from,
            name=row["name"],
            kb=row["kb"],
            contains=frozenset(contains),
            disputed=row["disputed"],
            first_for=frozenset(first_for),
        )
        draft.builds[parts] = (build, row)


def _interval(row: Row) -> tuple[date | None, date | None]:
    released_from, released_to = row.day("released_from"), row.day("released_to")
    if not row["released_from"]:
        row.fault("released_from", "is missing; give the earliest day it can have been released")
    if released_from and released_to and released_to < released_from:
        row.fault("released_to", f"{released_to} is before released_from, {released_from}")
    return released_from, released_to


def _parts(row: Row, column: str, scheme: Scheme) -> Parts | None:
    if not row[column]:
        row.fault(column, "is missing")
        return None
    try:
        return read_build(scheme, row[column])
    except ValueError as problem:
        remedy = "; give its leading parts in the column prefix" if column == "branch" else ""
        row.fault(column, f"{row[column]!r} {problem}{remedy}")
        return None


def _known(row: Row, column: str, cves: Sequence[str]) -> tuple[str, ...]:
    items = row.items(column)
    for item in items:
        if item not in cves:
            row.fault(column, f"{item!r} is no CVE of case.toml{did_you_mean(item, cves)}")
    return tuple(item for item in items if item in cves)


def _note_contradictions(draft: _Draft) -> None:
    """A build that loses a fix which an older one of its branch has, or has one that its branch never got."""
    before: frozenset[str] = frozenset()
    for build, row in (draft.builds[parts] for parts in sorted(draft.builds)):
        lost = before - build.contains
        if lost and row["shrinks"] != "yes":
            row.fault(
                "contains_fix_for",
                f"lacks {', '.join(sorted(lost))}, which an older build of branch {draft.id} contains; "
                "if that is so, write yes in the column shrinks",
            )
        if before & build.first_for:
            row.fault("first_fix_for", f"an older build of branch {draft.id} contains the fix already")
        impossible = build.contains & draft.no_fix_for
        if impossible:
            row.fault("contains_fix_for", f"holds {', '.join(sorted(impossible))}, for which its branch has no fix")
        if row["shrinks"] not in ("", "yes", "no"):
            row.fault("shrinks", f"{row['shrinks']!r} is none of yes, no")
        before = (
            build.contains
            if row["shrinks"] == "yes"
            else before | (build.contains if not build.disputed else frozenset())
        )


def _finish(draft: _Draft) -> Branch:
    return Branch(
        product=draft.product.name,
        id=draft.id,
        name=draft.name,
        prefix=draft.prefix,
        builds=tuple(draft.builds[parts][0] for parts in sorted(draft.builds)),
        no_fix_for=frozenset(draft.no_fix_for),
    )
