"""One case as a page of text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.cases import Branch, Case
from tocsin.reports import terminal


def as_json(case: Case) -> dict[str, object]:
    """The case as ``tocsin case show --json`` gives it."""
    return {
        "id": case.id,
        "title": case.title,
        "version": case.version,
        "summary": case.summary,
        "notes": list(case.notes),
        "deciding": list(case.deciding),
        "cves": [{"id": cve.id, "name": cve.name, "products": list(cve.products)} for cve in case.cves],
        "timeline": [{"kind": event.kind, "on": event.on.isoformat(), "what": event.what} for event in case.timeline],
        "products": [
            {"name": product.name, "builds": sum(len(branch.builds) for branch in case.branches_of(product.name))}
            for product in case.products
        ],
        "branches": [
            {
                "product": branch.product,
                "branch": branch.id,
                "name": branch.name,
                "builds": len(branch.builds),
                "first_fixed": {cve: _first(branch, cve) for cve in _concerning(case, branch)},
                "no_fix_for": sorted(branch.no_fix_for),
            }
            for branch in case.branches
        ],
        "references": [{"title": reference.title, "url": reference.url} for reference in case.references],
    }


def as_text(case: Case) -> Iterator[str]:
    """The lines of ``tocsin case show``, escaped for the terminal."""
    yield terminal(f"{case.id}: {case.title}")
    yield f"label {case.label}, pack version {case.version}"
    if case.summary:
        yield from ("", terminal(case.summary))
    yield from ("", "Time line")
    for event in case.timeline:
        yield terminal(f"  {event.on}  {event.kind:<10}  {event.what}")
    yield from ("", "CVEs (* decides)")
    for cve in case.cves:
        mark = "*" if cve.id in case.deciding else " "
        yield terminal(f"  {mark} {cve.id}  {cve.name} [{', '.join(cve.products)}]")
    for product in case.products:
        branches = case.branches_of(product.name)
        total = sum(len(branch.builds) for branch in branches)
        yield from (
            "",
            terminal(f"{product.name}: {in_number(len(branches), 'branch', 'branches')}, {in_number(total, 'build')}"),
        )
        for branch in branches:
            yield terminal(f"  {branch!s:<27} {in_number(len(branch.builds), 'build'):>9}  {_fixes(case, branch)}")
    for heading, lines in (("Notes", case.notes), ("References", [f"{r.title}: {r.url}" for r in case.references])):
        if lines:
            yield from ("", heading)
            yield from (terminal(f"  {line}") for line in lines)


def in_number(count: int, noun: str, plural: str = "") -> str:
    """``1 build``, ``2 builds``."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


def _fixes(case: Case, branch: Branch) -> str:
    """The first build with the fix, CVEs that share it together."""
    grouped: dict[str, list[str]] = {}
    for cve in _concerning(case, branch):
        known = "no fix" if cve in branch.no_fix_for else "no fix known"
        grouped.setdefault(_first(branch, cve) or known, []).append(cve)
    if len(grouped) == 1:
        return next(f"first with the fix: {build}" if build[0].isdigit() else build for build in grouped)
    return "; ".join(f"{build}: {', '.join(cves)}" for build, cves in grouped.items()) or "not concerned"


def _concerning(case: Case, branch: Branch) -> list[str]:
    return [cve.id for cve in case.cves if branch.product in cve.products]


def _first(branch: Branch, cve: str) -> str | None:
    build = branch.first_with(cve)
    return build.text if build else None
