"""What a build alone says about one CVE, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.cases._placing import Candidate, Placement
from tocsin.cases.case import Build, Case, Cve
from tocsin.cases.verdicts import CveVerdict, Reason, Status
from tocsin.cases.versions import in_words

_SAFE = (Status.FIXED, Status.NOT_AFFECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one candidate would mean."""

    status: Status
    reason: Reason | None = None
    basis: str


def judge_placement(case: Case, cve: Cve, placement: Placement, day: date) -> CveVerdict:
    """The verdict for one CVE from the build, before any other evidence."""
    if placement.products and placement.products.isdisjoint(cve.products):
        names = " or ".join(sorted(placement.products))
        return _decided(cve, Status.NOT_AFFECTED, f"{cve.id} does not concern {names}")
    if placement.text is None:
        return _open(cve, Reason.NO_BUILD, "no build was seen")
    if placement.problem:
        return _open(cve, Reason.UNKNOWN_BUILD, placement.problem)
    if not placement.candidates:
        return _judge_unknown_branch(cve, placement)
    standings = [_stand(case, cve, candidate) for candidate in placement.candidates]
    if placement.is_partial:
        return _judge_partial(cve, placement, standings, day)
    return _judge_full(cve, placement, standings)


def _judge_unknown_branch(cve: Cve, placement: Placement) -> CveVerdict:
    if placement.newer:
        names = " or ".join(sorted(placement.products))
        return _decided(
            cve,
            Status.FIXED,
            f"{placement.text} is of a branch newer than every known one of {names}, which the pack calls fixed",
        )
    return _open(cve, Reason.UNKNOWN_BUILD, f"{placement.text} is of no branch that the pack knows")


def _judge_full(cve: Cve, placement: Placement, standings: list[Standing]) -> CveVerdict:
    first = standings[0]
    if len(standings) == 1:
        return CveVerdict(cve=cve.id, status=first.status, reason=first.reason, basis=first.basis)
    statuses = {standing.status for standing in standings}
    basis = "; ".join(dict.fromkeys(standing.basis for standing in standings))
    if len(statuses) == 1 and first.reason is None:
        return _decided(cve, first.status, basis)
    if statuses <= set(_SAFE):
        return _decided(cve, Status.FIXED, basis)
    readings = ", ".join(
        f"{standing.status.value} as {candidate.branch.id}"
        for candidate, standing in zip(placement.candidates, standings, strict=True)
    )
    basis = f"{placement.text} does not show its branch: {readings}"
    return _open(cve, Reason.PARTIAL_BUILD, basis, _names(placement))


def _judge_partial(cve: Cve, placement: Placement, standings: list[Standing], day: date) -> CveVerdict:
    statuses = {standing.status for standing in standings}
    count = _count(placement, standings, day)
    if statuses == {Status.NOT_AFFECTED}:
        return _decided(cve, Status.NOT_AFFECTED, standings[0].basis)
    if statuses <= set(_SAFE):
        return _decided(cve, Status.FIXED, count)
    if statuses == {Status.AFFECTED}:
        return _decided(cve, Status.AFFECTED, count)
    return _open(cve, Reason.PARTIAL_BUILD, count, _names(placement))


def _count(placement: Placement, standings: list[Standing], day: date) -> str:
    total = len(standings)
    lack = sum(standing.status is Status.AFFECTED for standing in standings)
    unclear = sum(standing.status is Status.UNDETERMINED for standing in standings)
    shows = f"{placement.text} shows {in_words(placement.shown)} of {in_words(placement.parts)} parts"
    when = f"it could be by {day.isoformat()}"
    if not placement.released:
        when = f"it could be (none was released by {day.isoformat()})"
    if total == 1 and placement.candidates[0].listed is None:
        return f"{shows}; {standings[0].basis}"
    if total == 1:
        meaning = "lacks the fix" if lack else "is not known to contain the fix" if unclear else "contains the fix"
        return f"{shows}: the only build {when} {meaning}"
    if not unclear and lack in (0, total):
        return f"{shows}: all {total} builds {when} {'lack' if lack else 'contain'} the fix"
    undecided = f", {unclear} {'is' if unclear == 1 else 'are'} undecided" if unclear else ""
    return f"{shows}: {lack} of the {total} builds {when} {'lacks' if lack == 1 else 'lack'} the fix{undecided}"


def _stand(case: Case, cve: Cve, candidate: Candidate) -> Standing:
    branch, build = candidate.branch, candidate.listed
    if branch.product not in cve.products:
        return Standing(status=Status.NOT_AFFECTED, basis=f"{cve.id} does not concern {branch.product}")
    if build is None:
        return _stand_unlisted(cve, candidate)
    if build.disputed and cve.id in build.contains:
        basis = f"sources disagree whether {build.text} contains the fix: {build.disputed}"
        return Standing(status=Status.UNDETERMINED, reason=Reason.CONTRADICTION, basis=basis)
    if cve.id in build.contains:
        return Standing(status=Status.FIXED, basis=f"{build.text} contains the fix for branch {branch}")
    return Standing(status=Status.AFFECTED, basis=_lacks(cve, candidate))


def _stand_unlisted(cve: Cve, candidate: Candidate) -> Standing:
    """Judges by the nearest listed builds; a disputed one says nothing."""
    branch = candidate.branch
    firm = [build for build in branch.builds if not (build.disputed and cve.id in build.contains)]
    below = next((build for build in reversed(firm) if build.parts < candidate.parts), None)
    above = next((build for build in firm if build.parts > candidate.parts), None)
    is_above_fix = below is not None and cve.id in below.contains
    is_below_flaw = above is not None and cve.id not in above.contains
    if is_above_fix and not is_below_flaw:
        first = branch.first_with(cve.id) or below
        basis = f"{candidate.text} is newer than {_text(first)}, the first build of branch {branch} with the fix"
        return Standing(status=Status.FIXED, basis=basis)
    is_before_first = any(cve.id in build.first_for and candidate.parts < build.parts for build in branch.builds)
    if is_before_first or cve.id in branch.no_fix_for or (is_below_flaw and not is_above_fix):
        return Standing(status=Status.AFFECTED, basis=_lacks(cve, candidate))
    basis = f"{candidate.text} lies {_where(below, above)} branch {branch}, and the pack does not list it"
    return Standing(status=Status.UNDETERMINED, reason=Reason.UNKNOWN_BUILD, basis=basis)


def _lacks(cve: Cve, candidate: Candidate) -> str:
    branch = candidate.branch
    first = branch.first_with(cve.id)
    if first and first.parts > candidate.parts:
        return f"{candidate.text} is older than {first.text}, the first build of branch {branch} with the fix"
    if cve.id in branch.no_fix_for:
        return f"{candidate.text} is of branch {branch}, for which there is no fix"
    return f"{candidate.text} lacks the fix, as far as is known of branch {branch}"


def _where(below: Build | None, above: Build | None) -> str:
    if below and above:
        return f"between the known builds {below.text} and {above.text} of"
    if below:
        return f"above {below.text}, the newest known build of"
    if above:
        return f"below {above.text}, the oldest known build of"
    return "in"


def _names(placement: Placement) -> tuple[str, ...]:
    several = len({id(candidate.branch) for candidate in placement.candidates}) > 1
    texts = [candidate.text for candidate in placement.candidates]
    is_repeated = several and len(set(texts)) < len(texts)
    return tuple(
        f"{candidate.text} ({candidate.branch.id})" if is_repeated else candidate.text
        for candidate in placement.candidates
    )


def _text(build: Build | None) -> str:
    return build.text if build else "an older build"


def _decided(cve: Cve, status: Status, basis: str) -> CveVerdict:
    return CveVerdict(cve=cve.id, status=status, basis=basis)


def _open(cve: Cve, reason: Reason, basis: str, candidates: tuple[str, ...] = ()) -> CveVerdict:
    return CveVerdict(cve=cve.id, status=Status.UNDETERMINED, reason=reason, basis=basis, candidates=candidates)
