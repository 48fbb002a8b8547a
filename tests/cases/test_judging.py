"""Judging builds, by the design's section 5."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.packs import NAMES, proxylogon, shipped, small

from tocsin.cases import (
    Branch,
    Build,
    Case,
    Compromise,
    Evidence,
    Method,
    Reason,
    Sighting,
    Status,
    Verdict,
    judge_build,
    judge_sighting,
    read_pack,
)

MAY = date(2021, 5, 14)
CVE = "CVE-2021-26855"
BUILDS = [(name, branch, build) for name in NAMES for branch in shipped(name).branches for build in branch.builds]


def judged(build: str | None, *evidence: Evidence, seen: date = MAY, product: str | None = None) -> Verdict:
    return judge_build(proxylogon(), build, seen=seen, product=product, evidence=evidence)


def check(method: Method) -> Evidence:
    return Evidence(method=method, tag="a tag", cves=(CVE,), source="a_scan")


POSITIVE = check(Method.ACTIVE_CHECK)
NEGATIVE = check(Method.ACTIVE_CHECK_NEGATIVE)
VERSION = check(Method.VERSION_CHECK)


@pytest.mark.parametrize(
    ("build", "basis"),
    [
        ("15.1.2106.13", "15.1.2106.13 contains the fix for branch 15.1.2106 (CU18)"),
        (
            "15.1.2106.8",
            "15.1.2106.8 is older than 15.1.2106.13, the first build of branch 15.1.2106 (CU18) with the fix",
        ),
        (
            "15.1.2106.99",
            "15.1.2106.99 is newer than 15.1.2106.13, the first build of branch 15.1.2106 (CU18) with the fix",
        ),
        (
            "15.1.2176",
            "15.1.2176 shows three of four parts: 2 of the 5 builds it could be by 2021-05-14 lack the fix",
        ),
        ("15.1.669", "15.1.669 shows three of four parts: the only build it could be by 2021-05-14 lacks the fix"),
        ("15.2.858", "15.2.858 shows three of four parts: all 4 builds it could be by 2021-05-14 contain the fix"),
        ("15.1.845.34", "15.1.845.34 is of branch 15.1.845 (CU5), for which there is no fix"),
        (
            "15.1.2106.10",
            (
                "15.1.2106.10 lies between the known builds 15.1.2106.8 and 15.1.2106.13 of branch 15.1.2106 (CU18), "
                "and the pack does not list it"
            ),
        ),
        ("15.0.1600.1", "15.0.1600.1 is of no branch that the pack knows"),
        ("14.3.513.0", "CVE-2021-26855 does not concern Exchange 2010"),
        (None, "no build was seen"),
        (
            "15.1.2176.999999999999",
            (
                "the build text '15.1.2176.999999999999' has the part 999999999999, above 65535, "
                "the largest that a build can have"
            ),
        ),
    ],
)
def test_the_basis_is_said_in_words(build: str | None, basis: str) -> None:
    assert judged(build).basis == basis


def test_a_patched_old_branch_is_fixed_although_it_is_less_than_a_newer_affected_build() -> None:
    assert judged("15.1.2106.13").status is Status.FIXED
    assert judged("15.1.2176.4").status is Status.AFFECTED


def test_a_short_build_stands_for_what_was_released_by_the_day() -> None:
    assert judged("15.1.2176", seen=date(2021, 3, 1)).status is Status.AFFECTED
    verdict = judged("15.1.2176", seen=date(2021, 3, 2))
    assert verdict.reason is Reason.PARTIAL_BUILD
    assert verdict.candidates == ("15.1.2176.2", "15.1.2176.4", "15.1.2176.9")
    assert verdict.branch == "15.1.2176"


def test_a_short_build_before_any_release_stands_for_all_of_its_branch() -> None:
    verdict = judged("15.1.2176", seen=date(2015, 1, 1))
    assert len(verdict.candidates) == 5
    assert "none was released by 2015-01-01" in verdict.basis


def test_a_disputed_build_is_a_contradiction_that_names_both_sources() -> None:
    verdict = judged("15.1.1415.8")
    assert (verdict.status, verdict.reason) == (Status.UNDETERMINED, Reason.CONTRADICTION)
    assert "CSS-Exchange" in verdict.basis
    assert "Microsoft" in verdict.basis


def test_a_branch_newer_than_all_is_fixed_only_where_the_pack_says_so() -> None:
    assert judged("15.1.2375.7").status is Status.FIXED
    assert judged("15.0.1600.1").reason is Reason.UNKNOWN_BUILD
    assert judge_build(shipped("citrix-bleed-2023"), "14.2-1.1", seen=MAY).reason is Reason.UNKNOWN_BUILD


def test_a_branch_between_known_ones_is_unknown() -> None:
    assert judged("15.1.2107.1").reason is Reason.UNKNOWN_BUILD


def test_a_build_of_two_branches_names_both_unless_the_edition_is_said() -> None:
    case = shipped("citrix-bleed-2023")
    open_verdict = judge_build(case, "13.1-37.164", seen=date(2023, 11, 14))
    assert open_verdict.reason is Reason.PARTIAL_BUILD
    assert open_verdict.candidates == ("13.1-37.164 (13.1)", "13.1-37.164 (13.1-FIPS)")
    assert judge_build(case, "13.1-37.164", seen=date(2023, 11, 14), product="NetScaler FIPS").status is Status.FIXED


def test_a_name_that_does_not_fit_the_build_is_set_aside_and_said() -> None:
    verdict = judged("15.1.2106.8", product="Exchange 2013")
    assert verdict.status is Status.AFFECTED
    assert "the observation names Exchange 2013, which has no such build" in verdict.basis


def test_a_product_that_is_not_concerned_needs_no_build() -> None:
    assert judged(None, product="Exchange 2010").status is Status.NOT_AFFECTED
    assert judged("gibberish", product="Exchange 2010").status is Status.NOT_AFFECTED


def test_a_positive_active_check_outweighs_a_build_and_says_so() -> None:
    verdict = judged("15.1.2106.13", POSITIVE)
    assert verdict.status is Status.AFFECTED
    assert verdict.basis == (
        "active check positive for CVE-2021-26855 (a_scan), although "
        "15.1.2106.13 contains the fix for branch 15.1.2106 (CU18)"
    )
    assert judged(None, POSITIVE).basis == "active check positive for CVE-2021-26855 (a_scan)"


def test_a_check_that_is_both_positive_and_negative_is_a_contradiction() -> None:
    for build in ("15.1.2106.13", "15.1.2106.8", None):
        assert judged(build, POSITIVE, NEGATIVE).reason is Reason.CONTRADICTION


def test_a_version_check_decides_only_without_a_build() -> None:
    assert judged(None, VERSION).status is Status.AFFECTED
    assert judged("15.1.2106.8", VERSION).status is Status.AFFECTED
    assert judged("15.1.2106.13", VERSION).reason is Reason.CONTRADICTION
    assert judged("15.2.858", VERSION).reason is Reason.CONTRADICTION
    verdict = judged("15.1.2176", VERSION)
    assert verdict.reason is Reason.PARTIAL_BUILD
    assert verdict.basis.endswith("which rests on the same version")


def test_a_negative_check_shows_a_mitigation_of_an_affected_build_only() -> None:
    affected, short, fixed = (judged(build, NEGATIVE) for build in ("15.1.2106.8", "15.1.2106", "15.1.2106.13"))
    assert (affected.status, affected.mitigated) == (Status.AFFECTED, True)
    assert (short.status, short.mitigated) == (Status.UNDETERMINED, False)
    assert "active check negative" in short.basis
    assert (fixed.status, fixed.mitigated) == (Status.FIXED, False)
    assert judged(None, NEGATIVE).reason is Reason.NO_BUILD


def test_compromise_is_a_fact_of_its_own() -> None:
    shell = Evidence(method=Method.TRACE, tag="webshell", level=Compromise.CONFIRMED)
    hint = Evidence(method=Method.TRACE, tag="hint", level=Compromise.POSSIBLE)
    clean = Evidence(method=Method.CLEANED, tag="webshell:cleaned")
    assert judged("15.1.2106.13").compromise is Compromise.NONE_KNOWN
    assert judged("15.1.2106.13", hint).compromise is Compromise.POSSIBLE
    assert judged("15.1.2106.13", hint, shell).compromise is Compromise.CONFIRMED
    assert judged("15.1.2106.13", clean).compromise is Compromise.CLEANED
    assert judged("15.1.2106.13", clean, shell).compromise is Compromise.CONFIRMED
    assert judged("15.1.2106.13", shell).status is Status.FIXED


def test_verdicts_are_per_cve_and_the_deciding_ones_make_the_status() -> None:
    verdict = judge_build(shipped("exchange-proxyshell-2021"), "15.2.858.10", seen=date(2021, 8, 20))
    assert verdict.status is Status.FIXED
    assert [each.status for each in verdict.cves] == [Status.FIXED, Status.FIXED, Status.AFFECTED]


def test_several_deciding_cves_the_worst_counts_and_is_named() -> None:
    files = small()
    toml = files["case.toml"].replace(
        b'deciding = ["CVE-2024-10001"]', b'deciding = ["CVE-2024-10001", "CVE-2024-10002"]'
    )
    case = read_pack(files | {"case.toml": toml}, source="p")
    verdict = judge_build(case, "1.2.4", seen=date(2024, 5, 1))
    assert verdict.status is Status.AFFECTED
    assert verdict.basis.startswith("CVE-2024-10002: 1.2.4 is older than 1.2.6")
    assert judge_build(case, "1.2.5", seen=date(2024, 5, 1)).status is Status.UNDETERMINED
    assert judge_build(case, "9.0.1", seen=date(2024, 5, 1)).status is Status.AFFECTED


def test_evidence_with_dates_counts_within_them() -> None:
    case = read_pack(small(), source="p")
    days = {date(2024, 1, 31): Reason.NO_BUILD, date(2024, 2, 1): None, date(2024, 6, 30): None}
    for day, reason in days.items():
        verdict = judge_sighting(case, Sighting(source="scan_a", day=day, product="Widget", tags="hit"))
        assert verdict is not None
        assert verdict.reason is reason
        assert verdict.hangs_on_day


def test_a_text_of_any_kind_is_named_harmlessly() -> None:
    verdict = judged("\x1b[2J<script>=HYPERLINK()\n" + "A" * 10_000)
    assert verdict.reason is Reason.UNKNOWN_BUILD
    assert verdict.basis.isprintable()
    assert len(verdict.basis) < 200
    assert len(verdict.build or "") <= 64


@pytest.mark.parametrize("name", NAMES)
@given(
    text=st.text(max_size=80) | st.from_regex(r"[0-9]{1,6}([.-][0-9]{1,6}){0,5}", fullmatch=True),
    days=st.integers(0, 6000),
)
def test_no_text_raises(name: str, text: str, days: int) -> None:
    verdict = judge_build(shipped(name), text, seen=date(2010, 1, 1) + timedelta(days=days))
    assert (verdict.reason is not None) == (verdict.status is Status.UNDETERMINED)
    assert verdict.basis


@given(st.sampled_from(BUILDS), st.integers(0, 70), st.integers(0, 70))
def test_within_a_branch_what_is_once_fixed_stays_fixed(
    row: tuple[str, Branch, Build], first: int, second: int
) -> None:
    name, branch, build = row
    case = shipped(name)
    older, newer = sorted((first, second))
    before, after = (_alone(case, branch, (*build.parts[:-1], last)) for last in (older, newer))
    assert not (before == Status.FIXED and after != Status.FIXED)
    assert not (after == Status.AFFECTED and before not in (Status.AFFECTED, Status.NOT_AFFECTED))


@given(st.sampled_from(BUILDS), st.integers(1, 3), st.dates(date(2009, 1, 1), date(2024, 1, 1)))
def test_a_short_build_agrees_with_the_builds_it_could_be(
    row: tuple[str, Branch, Build], shown: int, seen: date
) -> None:
    name, branch, build = row
    case = shipped(name)
    scheme = case.product(branch.product).scheme
    verdict = judge_build(case, scheme.write(build.parts[:shown]), seen=seen)
    candidates = [each.text for each in _released(case, build.parts[:shown], seen)]
    statuses = {judge_build(case, text, seen=seen).status for text in candidates}
    if verdict.status is not Status.UNDETERMINED:
        assert statuses <= {verdict.status, Status.NOT_AFFECTED, Status.UNDETERMINED}
    if len(statuses) > 1 and statuses != {Status.FIXED, Status.NOT_AFFECTED}:
        assert verdict.status is Status.UNDETERMINED


def _released(case: Case, parts: tuple[int, ...], seen: date) -> list[Build]:
    builds = [build for branch in case.branches for build in branch.builds if build.parts[: len(parts)] == parts]
    return [build for build in builds if build.released_from <= seen]


def _alone(case: Case, branch: Branch, parts: tuple[int, ...]) -> Status:
    """The status of a build when its product is known, so that it is of one branch only."""
    text = case.product(branch.product).scheme.write(parts)
    return judge_build(case, text, seen=MAY, product=branch.product).status
