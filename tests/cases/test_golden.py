"""The packs' own examples are tried, and a wrong one is named by its line."""

from __future__ import annotations

import pytest
from tests.cases.packs import GOLDEN, NAMES, shipped_files, small

from tocsin.cases import check_pack, examine_pack


@pytest.mark.parametrize("name", NAMES)
def test_every_golden_row_of_a_shipped_pack_passes(name: str) -> None:
    checked = examine_pack(shipped_files(name), source=name)
    assert checked.faults == ()
    assert checked.golden >= 29


def test_a_wrong_expectation_is_named_with_what_the_pack_gives() -> None:
    files = small(golden=GOLDEN + "1.2.1,Widget,scan_a,2024-04-01,fixed\n")
    assert [str(fault) for fault in check_pack(files, source="p")] == [
        (
            "p/golden/a.csv:3 column 'status': expected 'fixed', the pack gives 'affected' "
            "(1.2.1 is older than 1.2.4, the first build of branch 1.2 (spring) with the fix)"
        )
    ]


def test_only_filled_columns_are_compared() -> None:
    header = "build,product,source,seen,status,reason,mitigated,basis,note\n"
    rows = "1.2.3,Widget,scan_a,2024-04-01,undetermined,no_build,yes,,between\n"
    whats = [fault.what for fault in check_pack(small(golden=header + rows), source="p")]
    assert [what.split(" (")[0] for what in whats] == [
        "expected 'no_build', the pack gives 'unknown_build'",
        "expected 'yes', the pack gives 'no'",
    ]


def test_a_row_that_is_not_of_the_case_can_be_expected() -> None:
    assert check_pack(small(golden=GOLDEN + "1.2.1,Gizmo,own,2024-04-01,not_of_case\n"), source="p") == ()


def test_faults_in_the_examples_are_named() -> None:
    golden = "build,source,seen,status,reasn\n1.2.1,,2024-13-01,fixd,\n"
    whats = [fault.what for fault in check_pack(small(golden=golden), source="p")]
    assert "'reasn' is no column here (did you mean reason?)" in whats
    assert "'2024-13-01' is no date such as 2021-03-02" in whats
    assert "'fixd' is none of affected, fixed, not_affected, undetermined, not_of_case (did you mean fixed?)" in [
        what.replace(" or affected?", "?") for what in whats
    ]
    assert "is missing; give the kind of report, such as scan_exchange" in whats


def test_a_pack_without_examples_is_at_fault() -> None:
    files = small()
    del files["golden/a.csv"]
    assert [str(fault) for fault in check_pack(files, source="p")] == ["p/golden: no golden row says what is expected"]
