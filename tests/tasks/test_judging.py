"""Every active case is judged, every service assigned by where it is, and the versions are stamped."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from tests.building import observations
from tests.cases.packs import shipped
from tests.constituency.building import constituent, halves
from tests.store.test_constituents import save as save_registry
from tests.tasks.conftest import CASE, NOW

import tocsin
from tocsin.cases import Case
from tocsin.constituency import RangeTable, Resolver, read_location
from tocsin.store.constituents import NO_VERSION
from tocsin.store.desk import open_desk
from tocsin.store.ranges import LocationTables
from tocsin.store.workspace import Workspace
from tocsin.tables import FINDINGS, OBSERVATIONS
from tocsin.tasks.judging import CODE_VERSION, Bench, Examiner, open_bench, read_stamps
from tocsin.tasks.workspace import init

OTHER_CASE = "exchange-proxyshell-2021"
SHOP = constituent("shop", asns="64511")
FEED_SAYS = constituent("transit", line=3, asns="64500")
NOWHERE = LocationTables(entries=(), tables={})


def bench(located: LocationTables = NOWHERE, *cases: Case) -> Bench:
    held = {case.id: case for case in cases or (shipped(CASE),)}
    return Bench(cases=held, resolver=Resolver.build((SHOP, FEED_SAYS), "1-abc"), located=located)


def asn_table(*rows: str) -> LocationTables:
    (found,) = read_location("\n".join(rows).encode(), kind="asn", source="asn.csv").tables
    return LocationTables(entries=(), tables={"asn": RangeTable(found.starts_hi, found.starts_lo, found.numbers)})


def examine(
    *rows: Mapping[str, object], on: Bench | None = None, source: str = "scan_exchange"
) -> list[dict[str, object]]:
    """The findings under CASE of observations that all come from one report."""
    found = Examiner(on or bench(), source=source)(observations(rows))
    return found[CASE].to_pylist() if found else []


def at(address: str) -> dict[str, object]:
    return dict(zip(("ip_hi", "ip_lo"), halves(address), strict=True)) | {"address": address}


def test_whose_a_service_is_follows_the_table_and_not_the_feed() -> None:
    (finding,) = examine(at("203.0.113.7") | {"asn": 64500}, on=bench(asn_table("203.0.113.0/24,64511")))
    assert (finding["asn"], finding["constituent"]) == (64511, "shop")


def test_where_the_table_is_silent_the_feed_decides() -> None:
    (finding,) = examine(at("198.51.100.7") | {"asn": 64500}, on=bench(asn_table("203.0.113.0/24,64511")))
    assert (finding["asn"], finding["constituent"]) == (64500, "transit")


def test_an_address_that_nobody_locates_is_nobodys() -> None:
    (finding,) = examine(at("198.51.100.7") | {"asn": None})
    assert (finding["asn"], finding["constituent"], finding["certainty"]) == (None, None, "none")


def test_a_finding_leads_back_to_the_line_and_keeps_order() -> None:
    rows = examine({"line": 9}, {"line": 4, "version": "15.1.2106.13"}, {"line": 7})
    assert [(row["line"], row["status"]) for row in rows] == [(9, "affected"), (4, "fixed"), (7, "affected")]


def test_rows_of_another_product_leave_no_finding() -> None:
    rows = examine({"product": "nginx", "tags": ""}, {}, {"product": "nginx", "tags": ""}, source="own_scan")
    assert [row["line"] for row in rows] == [3]


def test_a_case_that_no_row_concerns_is_not_in_the_answer() -> None:
    examiner = Examiner(bench(NOWHERE, shipped(CASE), shipped("citrix-bleed-2023")), source="own_scan")
    assert list(examiner(observations([{}]))) == [CASE]
    assert examiner(observations([{"product": "nginx", "tags": ""}])) == {}


def test_each_case_judges_for_itself_and_all_agree_whose_it_is() -> None:
    examiner = Examiner(bench(NOWHERE, shipped(CASE), shipped(OTHER_CASE)), source="own_scan")
    found = examiner(observations([{"version": "15.1.2106.13", "tags": ""}]))
    told = {
        name: (*table.column("status").to_pylist(), *table.column("constituent").to_pylist())
        for name, table in found.items()
    }
    assert told == {CASE: ("fixed", "transit"), OTHER_CASE: ("affected", "transit")}


def test_findings_have_the_declared_shape() -> None:
    assert Examiner(bench(), source="scan_exchange")(observations([{}]))[CASE].schema == FINDINGS


def test_no_rows_give_no_findings() -> None:
    assert Examiner(bench(), source="scan_exchange")(OBSERVATIONS.empty_table()) == {}


def test_threads_may_share_an_examiner() -> None:
    examiner, seen = Examiner(bench(), source="scan_exchange"), observations([{}, {"version": "15.1.2106.13"}])
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: examiner(seen)[CASE], range(8)))
    assert all(table.equals(found[0]) for table in found)


def test_a_judgement_is_stamped_with_every_version_and_the_time_in_utc() -> None:
    noon_in_paris = datetime(2021, 4, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    row = bench().judgement(CASE, "batch", findings=3, now=noon_in_paris)
    assert (row.case_id, row.batch_id, row.findings) == (CASE, "batch", 3)
    assert (row.pack_version, row.constituency_version) == (shipped(CASE).version, "1-abc")
    assert row.code_version.startswith(tocsin.__version__)
    assert (row.created_at, row.retired_at) == ("2021-04-01T10:00:00.000000+00:00", None)


def test_no_two_judgements_share_an_id() -> None:
    assert len({bench().judgement(CASE, "batch", findings=0, now=NOW).id for _ in range(20)}) == 20


def test_a_judgement_rests_on_the_stamps_it_was_made_under() -> None:
    assert bench().stamps.are_on(bench().judgement(CASE, "batch", findings=0, now=NOW))


@pytest.mark.parametrize("stamp", ["pack_version", "constituency_version", "code_version", "case_id"])
def test_a_judgement_of_another_version_is_stale(stamp: str) -> None:
    row = bench().judgement(CASE, "batch", findings=0, now=NOW)
    assert not bench().stamps.are_on(replace(row, **{stamp: "another"}))  # type: ignore[arg-type]


@pytest.fixture
def empty(tmp_path: Path) -> tuple[Workspace, Engine]:
    """A workspace without a constituency, and its desk."""
    made = init(tmp_path / "w", label="TLP:AMBER")
    return made, open_desk(made.desk_url)


def test_the_stamps_read_quickly_are_those_of_the_whole_bench(empty: tuple[Workspace, Engine]) -> None:
    workspace, desk = empty
    assert read_stamps(workspace, desk) == open_bench(workspace, desk).stamps
    assert read_stamps(workspace, desk).constituency == NO_VERSION
    version = save_registry(desk, SHOP)
    assert read_stamps(workspace, desk) == open_bench(workspace, desk).stamps
    assert read_stamps(workspace, desk).constituency == str(version)


def test_a_bench_holds_the_cases_that_the_workspace_judges(empty: tuple[Workspace, Engine]) -> None:
    workspace, desk = empty
    chosen = replace(workspace, cases=(OTHER_CASE,))
    assert list(open_bench(chosen, desk).cases) == [OTHER_CASE]


def test_the_number_of_the_code_version_can_be_raised() -> None:
    version, _, number = CODE_VERSION.partition("/")
    assert version == tocsin.__version__
    assert number.isdigit()
