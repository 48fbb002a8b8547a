"""From what one observation shows to a verdict under a case.

The rules are those of the design, section 5; the sentences of the basis are made in ``_standing``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tocsin.cases._placing import Placement, place
from tocsin.cases._standing import judge_placement
from tocsin.cases.case import Case, Compromise, Cve, Method
from tocsin.cases.sightings import Evidence, Shown, Sighting, find_build, is_of_case, look, products_named
from tocsin.cases.verdicts import CveVerdict, Reason, Status, Verdict

_WEIGHT = (Status.AFFECTED, Status.UNDETERMINED, Status.FIXED, Status.NOT_AFFECTED)
_LEVELS = (Compromise.CONFIRMED, Compromise.POSSIBLE)


def judge_sighting(case: Case, sighting: Sighting) -> Verdict | None:
    """The verdict on one observation; ``None`` when it is not of the case."""
    if not is_of_case(case, sighting):
        return None
    return judge_shown(case, look(case, sighting), day=sighting.day)


def judge_shown(case: Case, shown: Shown, *, day: date) -> Verdict:
    """The verdict on what an observation of the case shows, seen on a day (UTC)."""
    placement = place(case, shown.build, named=shown.named, day=day)
    return _verdict(case, placement, shown, day)


def judge_build(
    case: Case,
    build: str | None,
    *,
    seen: date,
    product: str | None = None,
    evidence: Iterable[Evidence] = (),
) -> Verdict:
    """The verdict on a build text seen on a day (UTC), with whatever other evidence there is.

    ``product`` is the product's text as seen; it counts when it names one of the case's products.
    """
    sighting = Sighting(source=None, day=seen, product=product, version=build)
    named = products_named(case, sighting)
    if product and any(product == each.name for each in case.products):
        named = frozenset({product})
    shown = Shown(build=find_build(case, sighting), named=named, evidence=tuple(evidence))
    return judge_shown(case, shown, day=seen)


def _verdict(case: Case, placement: Placement, shown: Shown, day: date) -> Verdict:
    each = tuple(_judge_cve(case, cve, placement, shown.evidence, day) for cve in case.cves)
    deciding = [verdict for verdict in each if verdict.cve in case.deciding]
    status = next(weight for weight in _WEIGHT if any(verdict.status is weight for verdict in deciding))
    decisive = [verdict for verdict in deciding if verdict.status is status]
    compromise, trace = _compromise(shown.evidence)
    branches = {candidate.branch.id for candidate in placement.candidates}
    return Verdict(
        status=status,
        reason=decisive[0].reason,
        basis="; ".join(text for text in (_basis(decisive, len(deciding)), placement.note, trace) if text),
        candidates=decisive[0].candidates,
        build=placement.text,
        branch=branches.pop() if len(branches) == 1 else None,
        cves=each,
        compromise=compromise,
        mitigated=all(verdict.mitigated for verdict in decisive),
        hangs_on_day=shown.hangs_on_day or placement.by_day,
    )


def _basis(decisive: list[CveVerdict], deciding: int) -> str:
    if deciding == 1:
        return decisive[0].basis
    return "; ".join(f"{verdict.cve}: {verdict.basis}" for verdict in decisive)


def _judge_cve(case: Case, cve: Cve, placement: Placement, evidence: tuple[Evidence, ...], day: date) -> CveVerdict:
    by_build = judge_placement(case, cve, placement, day)
    about = [each for each in evidence if cve.id in each.cves]
    positive = [each for each in about if each.method is Method.ACTIVE_CHECK]
    negative = [each for each in about if each.method is Method.ACTIVE_CHECK_NEGATIVE]
    version = [each for each in about if each.method is Method.VERSION_CHECK]
    if positive and negative:
        return _contradiction(cve, f"active check both positive and negative for {cve.id}{positive[0].origin}")
    if positive:
        return _with_positive(cve, by_build, positive[0])
    verdict = _with_version_check(cve, by_build, version[0]) if version else by_build
    return _with_negative(cve, verdict, negative[0]) if negative else verdict


def _with_positive(cve: Cve, by_build: CveVerdict, check: Evidence) -> CveVerdict:
    basis = f"active check positive for {cve.id}{check.origin}"
    if by_build.status in (Status.FIXED, Status.NOT_AFFECTED):
        basis += f", although {by_build.basis}"
    elif by_build.reason is not Reason.NO_BUILD:
        basis += f"; {by_build.basis}"
    return CveVerdict(cve=cve.id, status=Status.AFFECTED, basis=basis)


def _with_version_check(cve: Cve, by_build: CveVerdict, check: Evidence) -> CveVerdict:
    told = f"version check positive for {cve.id}{check.origin}"
    if by_build.reason is Reason.NO_BUILD:
        return CveVerdict(cve=cve.id, status=Status.AFFECTED, basis=told)
    if by_build.status in (Status.FIXED, Status.NOT_AFFECTED):
        return _contradiction(cve, f"{told}, although {by_build.basis}")
    if by_build.status is Status.AFFECTED:
        return replace(by_build, basis=f"{by_build.basis}; {told}")
    return replace(by_build, basis=f"{by_build.basis}; {told}, which rests on the same version")


def _with_negative(cve: Cve, verdict: CveVerdict, check: Evidence) -> CveVerdict:
    told = f"active check negative for {cve.id}{check.origin}"
    if verdict.status is Status.AFFECTED:
        return replace(verdict, basis=f"{verdict.basis}; {told}", mitigated=True)
    if verdict.status is Status.UNDETERMINED:
        return replace(verdict, basis=f"{verdict.basis}; {told}, which does not tell a fix from a mitigation")
    return replace(verdict, basis=f"{verdict.basis}; {told}")


def _contradiction(cve: Cve, basis: str) -> CveVerdict:
    return CveVerdict(cve=cve.id, status=Status.UNDETERMINED, reason=Reason.CONTRADICTION, basis=basis)


def _compromise(evidence: tuple[Evidence, ...]) -> tuple[Compromise, str]:
    for level in _LEVELS:
        traces = [each for each in evidence if each.method is Method.TRACE and each.level is level]
        if traces:
            return level, f"trace of compromise ({level.value}): {traces[0].tag}{traces[0].origin}"
    cleaned = [each for each in evidence if each.method is Method.CLEANED]
    if cleaned:
        return Compromise.CLEANED, f"cleaned: {cleaned[0].tag}{cleaned[0].origin}"
    return Compromise.NONE_KNOWN, ""
