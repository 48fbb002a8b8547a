"""What a notice tells, and its table and XARF reports."""

from __future__ import annotations

import base64
import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.notices.telling import CORRECTION, FIRST, OPEN, SHELL, SHELLED, UNSURE, adviser

from tocsin.notices import Item, Notice
from tocsin.notices.evidence import COLUMNS, TRACE, Told, cells_of, csv_of, tell, xarf_faults, xarf_of
from tocsin.reports.escape import csv_cell

TRACES = {("192.0.2.18", 443, "tcp"): f"url: {SHELL}"}


def told_of(notice: Notice, *, encrypted: bool = False) -> Told:
    return tell(notice, adviser(), traces=TRACES, is_encrypted=encrypted)


def reports_of(told: Told) -> tuple[dict[str, object], ...]:
    return xarf_of(told, organisation="Example CERT", address="notices@cert.example", cell=csv_cell)


def table_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_the_table_has_a_row_a_service_with_build_and_both_updates() -> None:
    rows = table_of(csv_of(told_of(FIRST), csv_cell))
    assert [row["address"] for row in rows] == ["192.0.2.17", "192.0.2.18", "2001:db8::17"]
    assert rows[0]["update_first"].endswith("(15.1.2106.13)")
    assert rows[0]["update_next"].endswith("(15.1.2176.9)")
    assert rows[0]["last_seen"] == "2021-03-14 10:00 UTC"
    assert tuple(rows[0]) == COLUMNS


def test_where_a_web_shell_is_stands_only_in_what_is_encrypted() -> None:
    notice = replace(FIRST, items=(replace(SHELLED, basis=f"trace of compromise at {SHELL}"),))
    open_, sealed = told_of(notice), told_of(notice, encrypted=True)
    everything = csv_of(open_, csv_cell) + json.dumps(reports_of(open_)).encode() + _evidence(reports_of(open_))
    assert b"supp0rt" not in everything
    assert b"supp0rt" in csv_of(sealed, csv_cell)
    assert table_of(csv_of(sealed, csv_cell))[0][TRACE] == f"url: {SHELL}"
    assert b"supp0rt" in _evidence(reports_of(sealed))


def _evidence(reports: tuple[dict[str, object], ...]) -> bytes:
    found = b""
    for report in reports:
        items = report["evidence"]
        assert isinstance(items, list)
        found += b"".join(base64.b64decode(item["payload"]) for item in items)
    return found


def test_a_formula_is_no_formula_in_the_table() -> None:
    notice = replace(FIRST, items=(replace(OPEN, hostname='=HYPERLINK("http://evil.example")', basis="@SUM(1)"),))
    row = table_of(csv_of(told_of(notice, encrypted=True), csv_cell))[0]
    assert row["hostname"].startswith("'=")
    assert row["evidence"].startswith("'@")


def test_reports_are_about_what_is_open_and_what_was_broken_into() -> None:
    kinds = [(report["type"], report["source_identifier"]) for report in reports_of(told_of(FIRST))]
    assert kinds == [("cve", "192.0.2.17"), ("compromised_server", "192.0.2.18"), ("cve", "2001:db8::17")]
    assert reports_of(told_of(CORRECTION)) == ()


def test_a_report_says_which_update_has_the_fix_and_holds_its_row() -> None:
    report = reports_of(told_of(FIRST))[0]
    assert (report["patch_version"], report["service"], report["service_port"]) == (
        "15.1.2106.13",
        "Exchange 2016",
        443,
    )
    assert table_of(_evidence((report,)))[0] == {
        name: csv_cell(text) for name, text in cells_of(told_of(FIRST).rows[0]).items() if name in COLUMNS
    }


def test_the_same_notice_gives_the_same_reports() -> None:
    assert reports_of(told_of(FIRST)) == reports_of(told_of(FIRST))


nasty = st.text(max_size=300)
items = st.builds(
    lambda item, texts, port, cves: replace(item, **texts, port=port, cves=tuple(cves)),
    st.sampled_from([OPEN, SHELLED, UNSURE]),
    st.fixed_dictionaries(dict.fromkeys(("hostname", "basis", "build", "branch", "reason"), nasty)),
    st.integers(0, 65535),
    st.lists(st.sampled_from(["CVE-2021-26855", "CVE-2021-27065"]), max_size=2),
)


@given(items)
def test_every_report_is_valid_by_the_standards_own_validation(item: Item) -> None:
    for report in reports_of(told_of(replace(FIRST, items=(item,)))):
        assert xarf_faults(report) == ()


def test_the_validation_finds_faults() -> None:
    report = reports_of(told_of(FIRST))[0]
    assert xarf_faults(report | {"cve_id": "ProxyLogon"})
    assert xarf_faults({name: value for name, value in report.items() if name != "reporter"})


def test_a_notice_about_another_case_is_refused() -> None:
    with pytest.raises(ValueError, match="is about"):
        told_of(replace(FIRST, case_id="citrix-bleed-2023"))
