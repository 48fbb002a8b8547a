"""What to do about one build: which update first, which next, and since when to look for traces of a break-in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tocsin.cases.case import Branch, Build, Case
from tocsin.cases.verdicts import Status
from tocsin.cases.versions import Parts, read_build

_KEPT = 20_000


class Way(StrEnum):
    """``UPDATE`` within the branch, ``MOVE`` to another of the product, ``REPLACE`` what no build repairs,
    ``FIND_OUT`` which build it is, ``NOTHING`` to update: it has the fix.
    """

    UPDATE = "update"
    MOVE = "move"
    REPLACE = "replace"
    FIND_OUT = "find_out"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A build to install. ``is_out`` is false where it may not have been released yet on the day of the advice."""

    product: str
    branch: str
    build: str
    name: str
    kb: str
    released_from: date
    released_to: date
    is_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """``first`` closes the hole soonest, ``next`` leads to the newest branch; ``fixed`` are the builds to compare with
    when the own one is not known, a product and branch each. ``look_since`` is the first day of known exploitation.
    """

    way: Way
    product: str
    branch: str
    first: Target | None
    next: Target | None
    fixed: tuple[Target, ...]
    look_since: date | None


class Adviser:
    """``advise`` for many services of one case: most of them share a few builds."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._known: dict[tuple[str, str, str, date], Advice] = {}

    def advise(self, *, status: str, build: str, branch: str, as_of: date) -> Advice:
        key = (status, build, branch, as_of)
        if key not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = advise(self.case, status=status, build=build, branch=branch, as_of=as_of)
        return self._known[key]


def advise(case: Case, *, status: str, build: str, branch: str, as_of: date) -> Advice:
    """The advice for a service as it was found: ``build`` and ``branch`` as in the verdict, empty when not known.

    Only builds released by ``as_of`` are advised, and of those that the pack calls disputed none: what was not out
    on that day helps nobody. Of a branch's builds with every fix of the case the newest is named.
    """
    since = min((event.on for event in case.timeline if event.kind == "exploit"), default=None)
    own = _own_branches(case, build, branch)
    told = {"product": own[0].product if own else "", "branch": str(own[0]) if len(own) == 1 else ""}
    if status in (Status.FIXED, Status.NOT_AFFECTED):
        return Advice(way=Way.NOTHING, **told, first=None, next=None, fixed=(), look_since=since)
    if len(own) != 1 or (status == Status.UNDETERMINED and _target(case, own[0], as_of) is None):
        product = {each.product for each in own}
        several = [each for each in case.branches if not product or each.product in product]
        fixed = tuple(target for each in several if (target := _target(case, each, as_of)))
        told["product"] = product.pop() if len(product) == 1 else ""
        return Advice(way=Way.FIND_OUT, **told, first=None, next=None, fixed=fixed, look_since=since)
    first, newest = _target(case, own[0], as_of), _newest(case, own[0].product, as_of)
    if first is None:
        way = Way.MOVE if newest else Way.REPLACE
        return Advice(way=way, **told, first=newest, next=None, fixed=(), look_since=since)
    further = newest if newest and newest.branch != first.branch else None
    return Advice(way=Way.UPDATE, **told, first=first, next=further, fixed=(), look_since=since)


def _own_branches(case: Case, build: str, branch: str) -> list[Branch]:
    """The branches that the verdict's words can mean: by name, else by the build's leading parts."""
    named = [each for each in case.branches if branch and branch in (each.id, str(each))]
    fitting = [each for parts in _readings(case, build) for each in case.branches_with(parts)]
    both = [each for each in named if each in fitting]
    return both or named or list(dict.fromkeys(fitting))


def _readings(case: Case, build: str) -> Iterable[Parts]:
    for scheme in case.schemes:
        try:
            yield read_build(scheme, build)
        except ValueError:
            continue


def _target(case: Case, branch: Branch, as_of: date) -> Target | None:
    """The newest build of the branch with all fixes that was surely out; else the oldest that may have been."""
    concerned = {cve.id for cve in case.cves if branch.product in cve.products}
    deciding = concerned.intersection(case.deciding)
    if not deciding:
        return None
    known = [build for build in branch.builds if not build.disputed and build.released_from <= as_of]
    fixing = [build for build in known if concerned <= build.contains] or [
        build for build in known if deciding <= build.contains
    ]
    out = [build for build in fixing if build.released_to <= as_of]
    if not fixing:
        return None
    return _as_target(branch, out[-1] if out else fixing[0], as_of)


def _newest(case: Case, product: str, as_of: date) -> Target | None:
    branches = sorted(case.branches_of(product), key=lambda branch: branch.prefix, reverse=True)
    targets = [target for branch in branches if (target := _target(case, branch, as_of))]
    return next((target for target in targets if target.is_out), targets[0] if targets else None)


def _as_target(branch: Branch, build: Build, as_of: date) -> Target:
    return Target(
        product=branch.product,
        branch=str(branch),
        build=build.text,
        name=build.name,
        kb=build.kb,
        released_from=build.released_from,
        released_to=build.released_to,
        is_out=build.released_to <= as_of,
    )
