"""Where a build text may stand among the builds of a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tocsin.cases.case import Branch, Build, Case, Product
from tocsin.cases.versions import Parts, Scheme, read_build


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One build that was seen or may have been; ``listed`` is ``None`` when the pack has no row for it.

    ``parts`` may be fewer than a build has, when the pack lists no build that begins so.
    """

    branch: Branch
    parts: Parts
    text: str
    listed: Build | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """What a build text can be.

    ``text`` is the build as the vendor writes it (as seen when it cannot be read, and then ``problem`` says why;
    ``None`` when no build was seen). ``shown`` of ``parts`` parts were seen. ``products`` are those it may be of,
    empty when unknown. ``newer`` means: of a branch newer than every known one, for products whose newer branches
    the pack calls fixed. ``by_day`` means that the candidates are those released by the day.
    """

    text: str | None
    problem: str | None = None
    shown: int = 0
    parts: int = 0
    candidates: tuple[Candidate, ...] = ()
    products: frozenset[str] = frozenset()
    newer: bool = False
    by_day: bool = False
    released: bool = True
    note: str = ""

    @property
    def is_partial(self) -> bool:
        """Whether parts of the build were not shown."""
        return 0 < self.shown < self.parts


def place(case: Case, text: str | None, *, named: frozenset[str], day: date) -> Placement:
    """Finds the builds that ``text`` stands for, among the products named (when any of those fits)."""
    if text is None:
        return Placement(text=None, products=named)
    problem = ""
    placements = []
    for scheme in case.schemes:
        try:
            parts = read_build(scheme, text)
        except ValueError as reason:
            problem = problem or f"the build text {shorten(text)} {reason}"
            continue
        placements.append(_place_parts(case, scheme, parts, named=named, day=day))
    placed = next((each for each in placements if each.candidates or each.products), None)
    if placed or placements:
        return placed or placements[0]
    return Placement(text=text[:64], problem=problem, products=named)


def shorten(text: str) -> str:
    """A text from outside, quoted for a sentence: at most 60 characters, nothing unprintable."""
    return ascii(text if len(text) <= 60 else text[:59] + "…")


def _place_parts(case: Case, scheme: Scheme, parts: Parts, *, named: frozenset[str], day: date) -> Placement:
    products = [product for product in case.products if product.scheme == scheme]
    every = [branch for branch in case.branches_with(parts) if case.product(branch.product).scheme == scheme]
    branches = [branch for branch in every if branch.product in named] or every
    note = ""
    if named and every and branches[0].product not in named:
        note = f"the observation names {_join(named)}, which has no such build"
    text = scheme.write(parts)
    if not branches:
        return _place_outside(case, scheme, parts, [p for p in products if _in_series(p, parts)], named=named)
    candidates, released = _candidates(scheme, branches, parts, day)
    return Placement(
        text=text,
        shown=len(parts),
        parts=scheme.parts,
        candidates=candidates,
        products=frozenset(each.branch.product for each in candidates),
        by_day=len(parts) < scheme.parts,
        released=released,
        note=note,
    )


def _place_outside(
    case: Case, scheme: Scheme, parts: Parts, products: list[Product], *, named: frozenset[str]
) -> Placement:
    possible = [product for product in products if product.name in named] or products
    newer = [product.newer_branches_fixed and _is_newer(case, product, parts) for product in possible]
    return Placement(
        text=scheme.write(parts),
        shown=len(parts),
        parts=scheme.parts,
        products=frozenset(product.name for product in possible),
        newer=bool(newer) and all(newer),
    )


def _candidates(scheme: Scheme, branches: list[Branch], parts: Parts, day: date) -> tuple[tuple[Candidate, ...], bool]:
    """The builds it could be by ``day``; all of them, and ``False``, when none was released by then."""
    if len(parts) == scheme.parts:
        return tuple(_candidate(scheme, branch, parts) for branch in branches), True
    known = [(branch, build) for branch in branches for build in branch.builds if _begins(build.parts, parts)]
    by_day = [(branch, build) for branch, build in known if build.released_from <= day]
    implied = [_candidate(scheme, branch, parts) for branch in branches if _has_unlisted(branch, parts)]
    chosen = by_day if by_day or implied else known
    listed = [Candidate(branch=branch, parts=build.parts, text=build.text, listed=build) for branch, build in chosen]
    return (*implied, *listed), bool(by_day or implied)


def _has_unlisted(branch: Branch, parts: Parts) -> bool:
    """Whether the branch has builds that begin so without being listed.

    That is so when none is listed, and when the oldest listed one is said to have older ones.
    """
    oldest = next((build for build in branch.builds if _begins(build.parts, parts)), None)
    return oldest is None or bool(oldest.first_for)


def _candidate(scheme: Scheme, branch: Branch, parts: Parts) -> Candidate:
    listed = next((build for build in branch.builds if build.parts == parts), None)
    return Candidate(branch=branch, parts=parts, text=scheme.write(parts), listed=listed)


def _begins(build: Parts, parts: Parts) -> bool:
    return build[: len(parts)] == parts


def _in_series(product: Product, parts: Parts) -> bool:
    return not product.series or any(_begins(parts, series) for series in product.series)


def _is_newer(case: Case, product: Product, parts: Parts) -> bool:
    branches = case.branches_of(product.name)
    return bool(branches) and all(parts[: len(branch.prefix)] > branch.prefix for branch in branches)


def _join(names: Iterable[str]) -> str:
    return " or ".join(sorted(names))
