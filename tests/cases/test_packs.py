"""Reading a pack: everything that is wrong is named at once, with its place."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.packs import BUILDS, NAMES, TOML, proxylogon, shipped, shipped_files, small

from tocsin.cases import check_pack, examine_pack, judge_build, read_pack
from tocsin.errors import PackError

PACK_TOMLS = [shipped_files(name)["case.toml"] for name in NAMES]
PACK_TABLES = [data for name in NAMES for file, data in shipped_files(name).items() if file.endswith(".csv")]


def faults(**files: str) -> list[str]:
    return [str(fault) for fault in check_pack(small(**files), source="p")]


def row(text: str) -> str:
    return BUILDS + text + "\n"


def test_a_pack_that_holds_together_has_no_fault() -> None:
    assert faults() == []


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_packs_are_read(name: str) -> None:
    case = shipped(name)
    assert case.id == name
    assert len(case.version) == 12
    assert case.timeline == tuple(sorted(case.timeline, key=lambda event: event.on))


def test_the_version_follows_every_byte_of_the_files() -> None:
    versions = {read_pack(files, source="p").version for files in (small(), small(TOML + "\n"), small(golden=""))}
    assert len(versions) == 3
    assert read_pack(small(), source="elsewhere").version in versions


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('title = "Widget"', 'titel = "Widget"', "title: is missing"),
        ('title = "Widget"', 'titel = "Widget"', "titel: is no key of a pack here (did you mean title"),
        ('title = "Widget"', "title = 3", "title: must be a text, not 3"),
        ('title = "Widget"', 'title = " "', "title: must not be empty"),
        ('id = "widget-2024"', 'id = "Widget 2024"', "id: 'Widget 2024' must be small letters"),
        ('id = "CVE-2024-10001"', 'id = "CVE-24-1"', "cves[0].id: 'CVE-24-1' is not of the form CVE-2021-26855"),
        ('id = "CVE-2024-10002"', 'id = "CVE-2024-10001"', "cves[1]: 'CVE-2024-10001' is there twice"),
        (
            'deciding = ["CVE-2024-10001"]',
            'deciding = ["CVE-2024-10003"]',
            "deciding: 'CVE-2024-10003' is not a CVE of this pack (did you mean",
        ),
        ('deciding = ["CVE-2024-10001"]', "deciding = []", "deciding: must not be an empty list"),
        ('["Widget", "Gadget"]', '["Widget", "Gadgets"]', "cves[1].products: 'Gadgets' is not a product of this pack"),
        ("parts = 3", "parts = 0", "schemes[0].parts: must be at least 1, not 0"),
        ("parts = 3", "parts = true", "schemes[0].parts: must be a whole number, not True"),
        ('example = "1.2.3"', 'example = "1.2"', "schemes[0].example: '1.2' must be a whole build of 3 parts"),
        ('["."]', '["1"]', "schemes[0].separators: must hold no digits"),
        ('name = "Gadget"', 'name = "Gadget"\nscheme = "plan"', "products[1].scheme: 'plan' is no scheme"),
        ('name = "Gadget"', 'name = "Gadget"\nseries = ["9.x"]', "products[1].series: '9.x' is not a build"),
        ("on = 2024-03-01", 'on = "2024-03-01"', "timeline[0].on: must be a date such as 2021-03-02"),
        ("on = 2024-03-01", "on = 2024-03-01T10:00:00", "timeline[0].on: must be a date such as 2021-03-02"),
        ('kind = "patch"', 'kind = "patched"', "timeline[0].kind: 'patched' is none of"),
        ("https://vendor.example", "vendor.example", "references[0].url: 'vendor.example/advisory' is no web address"),
        ("'(?i)widget|gadget'", "'('", "concerns.products: pattern does not compile"),
        ("['(?i)gadget']", r"['(a+)+$']", "products[1].named_by: pattern can be tried in more than 1,000,000 ways"),
        ("products = ['(?i)widget|gadget']", "", "concerns.sources: no observation can be of this case"),
        (
            'field = "version"',
            'field = "versions"',
            "readings[0].field: 'versions' is none of version, detail, product",
        ),
        ('field = "version"', 'field = "detail"', "readings[0].pattern: is missing: only the field version"),
        (
            'field = "version"',
            "field = \"version\"\npattern = 'a'",
            "readings[0].pattern: must have the group (?P<build>",
        ),
        ('method = "active_check"', 'method = "activecheck"', "evidence[0].method: 'activecheck' is none of"),
        ('tags = ["hit"]', 'tags = ["Hit"]', "evidence[0].tags: 'Hit' can never match"),
        ("until = 2024-06-30", "until = 2024-01-30", "evidence[0].until: 2024-01-30 is before from, 2024-02-01"),
        ('method = "active_check"', 'method = "trace"', "evidence[0].level: is missing"),
        ('method = "active_check"', 'method = "cleaned"', "evidence[0].cves: does not belong to cleaned"),
        ('id = "widget-2024"', 'id = "widget-2024"\nlabel = "TLP:PINK"', "label: 'TLP:PINK' is no TLP label"),
        ("[concerns]", "[concern]", "concern: is no key of a pack here (did you mean concerns?)"),
        ("[[cves]]\nid", "[[cve]]\nid", "cve: is no key of a pack here"),
        ('id = "widget-2024"', "id = widget", "p/case.toml:1: cannot be read as TOML"),
    ],
)
def test_a_fault_in_the_settings_is_named_with_its_key(old: str, new: str, fault: str) -> None:
    assert old in TOML
    found = faults(toml=TOML.replace(old, new))
    assert any(fault in text for text in found), found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Widgit,1.2,spring,1.2.7,2024-05-01,,,,", "column 'product': 'Widgit' is no product of case.toml (did you"),
        ("Widget,1.2,spring,1.2.4,2024-05-01,,,,", "column 'build': '1.2.4' is also in line 3"),
        ("Widget,1.2,spring,1.2.x,2024-05-01,,,,", "column 'build': '1.2.x' is not a build"),
        ("Widget,1.2,spring,1.2,2024-05-01,,,,", "column 'build': '1.2' has 2 parts, a whole build has 3"),
        ("Widget,1.2,spring,1.3.7,2024-05-01,,,,", "column 'build': '1.3.7' does not begin with 1.2, its branch"),
        ("Widget,1.2,summer,1.2.0,2024-05-01,,,,", "column 'branch_name': 'summer' was 'spring' in line 2"),
        ("Widget,1.2,spring,1.2.0,2024-05-41,,,,", "column 'released_from': '2024-05-41' is no date"),
        ("Widget,1.2,spring,1.2.0,,,,,", "column 'released_from': is missing"),
        ("Widget,1.2,spring,1.2.0,2024-05-02,2024-05-01,,,", "column 'released_to': 2024-05-01 is before"),
        ("Widget,1.2,spring,1.2.7,2024-05-01,,,,CVE-2024-10001", "column 'contains_fix_for': lacks CVE-2024-10002"),
        ("Widget,1.2,spring,1.2.7,2024-05-01,,,,CVE-2024-1", "'CVE-2024-1' is no CVE of case.toml"),
        ("Widget,spring,,1.2.7,2024-05-01,,,,", "column 'branch': 'spring' is not a build"),
        ("Widget,1.2,spring,,,,,,", "column 'build': is empty: only a row that says no_fix_for"),
        ("Widget,1.2,spring,1.2.7", "p/builds.csv:6: has 4 cells, the header has 9"),
        ('Widget,1.2,spring,"1.2.7', "cannot be read as CSV"),
    ],
)
def test_a_fault_in_the_builds_is_named_with_its_line(text: str, fault: str) -> None:
    found = faults(builds=row(text))
    assert any(fault in each and "p/builds.csv:6" in each for each in found), found


def test_a_loss_of_a_fix_that_is_stated_is_no_fault() -> None:
    header, *rest = BUILDS.splitlines()
    lines = [header + ",shrinks", *(line + "," for line in rest), "Widget,1.2,spring,1.2.7,2024-05-01,,,,,yes"]
    assert faults(builds="\n".join(lines)) == []


def test_what_a_branch_without_a_fix_may_not_hold_is_named() -> None:
    header, *rest = BUILDS.splitlines()
    lines = [header + ",no_fix_for,disputed,first_fix_for", *(line + ",,," for line in rest)]
    lines += [
        "Widget,1.2,spring,,,,,,,CVE-2024-10001,,",
        "Widget,1.2,spring,1.2.7,2024-05-01,,,,CVE-2024-10001;CVE-2024-10002,,,CVE-2024-10001",
        "Widget,1.2,spring,1.2.8,2024-05-01,,,,CVE-2024-10001;CVE-2024-10002,,,CVE-2024-10001x",
        "Widget,1.2,spring,1.2.0,2024-05-01,,,,,,somebody says so,",
    ]
    found = faults(builds="\n".join(lines))
    assert sum("for which its branch has no fix" in each for each in found) == 4
    assert any("an older build of branch 1.2 contains the fix already" in each for each in found)
    assert any("'CVE-2024-10001x' is no CVE" in each for each in found)
    assert any("needs in contains_fix_for the CVEs" in each for each in found)


def test_every_fault_of_every_file_is_named_at_once() -> None:
    found = faults(
        toml=TOML.replace('title = "Widget"', "").replace('kind = "patch"', 'kind = "path"'),
        builds=row("Widgit,1.2,spring,1.2.7,2024-05-01,,,,").replace("2024-03-09", "soon"),
        golden="seen,source,status\nnever,scan_a,fixed\n",
    )
    assert [text.partition(": ")[0] for text in found] == [
        "p/case.toml title",
        "p/case.toml timeline[0].kind",
        "p/builds.csv:3 column 'released_to'",
        "p/builds.csv:6 column 'product'",
        "p/golden/a.csv:2 column 'seen'",
    ]


def test_reading_a_faulty_pack_names_every_fault() -> None:
    with pytest.raises(PackError) as raised:
        read_pack(small(toml=TOML.replace('title = "Widget"', ""), builds=row("X,,,,,,,,")), source="p")
    assert "the pack has 2 faults" in raised.value.what
    assert "tocsin case check p" in raised.value.remedy


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({}, "p/case.toml: is missing"),
        ({"case.toml": TOML.encode()}, "p/builds.csv: is missing"),
        (small() | {"case.toml": b"\xff"}, "p/case.toml:1: is not UTF-8"),
        (small() | {"builds.csv": BUILDS.encode() + b"\xff\n"}, "p/builds.csv:6: is not UTF-8"),
        (small() | {"builds.csv": b""}, "p/builds.csv:1: is empty"),
        (small() | {"builds.csv": b"product,build\n"}, "p/builds.csv:1: column 'branch' is missing"),
        (small() | {"builds.csv": BUILDS.replace(",kb", ",kb,kb").encode()}, "column 'kb' is there twice"),
    ],
)
def test_files_that_cannot_be_read_at_all(files: dict[str, bytes], fault: str) -> None:
    found = [str(each) for each in check_pack(files, source="p")]
    assert any(fault in each for each in found), found


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    files = {name: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") for name, data in small().items()}
    assert check_pack(files, source="p") == ()


@given(st.binary(max_size=200), st.binary(max_size=200), st.sampled_from([bytes, lambda data: TOML.encode() + data]))
def test_no_bytes_raise(toml: bytes, builds: bytes, shape: Callable[[bytes], bytes]) -> None:
    check_pack({"case.toml": shape(toml), "builds.csv": BUILDS.encode() + builds, "golden/a.csv": builds}, source="p")


def test_every_exchange_build_up_to_july_2021_is_in_the_pack(shared_data: Path) -> None:
    known = {build.text for branch in proxylogon().branches for build in branch.builds}
    with (shared_data / "exchange-builds" / "exchange_builds.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["product"][-4:] in ("2010", "2013", "2016", "2019")]
    listed = {row["build"] for row in rows if row["in_ms_docs_2021_07"] == "1" or row["release_date"][:7] <= "2021-07"}
    assert listed - known == set()
    undated = {row["build"] for row in rows if not row["release_date"] and row["su"][3:5] <= "21"}
    assert undated - known == set()


def test_every_first_fixed_build_is_fixed_and_the_one_before_is_not(shared_data: Path) -> None:
    case = proxylogon()
    with (shared_data / "exchange-builds" / "proxylogon_fixed_builds.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 28
    for each in rows:
        status = judge_build(case, each["first_fixed_build"], seen=date(2021, 7, 1)).status
        assert status == ("not_affected" if "2010" in each["branch"] else "fixed")


@pytest.mark.parametrize("name", NAMES)
def test_shipped_packs_hold_facts_with_their_sources(name: str) -> None:
    assert len(shipped(name).references) >= 4
    assert set(shipped_files(name)) >= {"case.toml", "builds.csv"}


def test_the_pack_of_the_how_to_holds_together() -> None:
    text = (Path(__file__).parents[2] / "docs" / "how-to" / "write-a-case-pack.md").read_text("utf-8")
    (toml,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    builds, golden = re.findall(r"```csv\n(.*?)```", text, re.DOTALL)
    checked = examine_pack(small(toml, builds, golden), source="widget-2024")
    assert (checked.faults, checked.golden) == ((), 8)


def test_every_key_and_column_is_in_the_reference() -> None:
    text = (Path(__file__).parents[2] / "docs" / "reference" / "case-packs.md").read_text("utf-8")
    keys = set(re.findall(r"^([a-z_]+) =", "\n".join(f.decode() for f in PACK_TOMLS), re.MULTILINE))
    columns = set(",".join(data.decode().split("\n")[0] for data in PACK_TABLES).split(","))
    assert {word for word in keys | columns if f"`{word}`" not in text and f"[{word}]" not in text} == set()
