"""The table of verdicts agrees with judging each row alone, and stays small and quick on any input."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.building import observations
from tests.cases.packs import NAMES, proxylogon, shipped

from tocsin.cases import Case, Sighting, judge_sighting
from tocsin.findings.judge import Judge, judge
from tocsin.tables import OBSERVATIONS, VERDICTS

START = datetime(2021, 2, 26, 12, tzinfo=UTC)
SOURCES = ("scan_exchange", "own_scan", "scan_http_vulnerable", "compromised_website")
VERSIONS = [
    build.text if full else build.text.rpartition(".")[0]
    for name in NAMES
    for branch in shipped(name).branches
    for build in branch.builds[:3]
    for full in (True, False)
]
ROWS = st.fixed_dictionaries(
    {
        "seen_at": st.integers(0, 24 * 400).map(lambda hours: START + timedelta(hours=hours)),
        "product": st.sampled_from([None, "Microsoft Exchange", "Exchange 2016", "NetScaler FIPS", "nginx", ""]),
        "version": st.none() | st.sampled_from(["", " ", *VERSIONS]) | st.text(max_size=12),
        "tags": st.lists(
            st.sampled_from(["exchange", "webshell", "cve-2021-26855", "cve-2021-26855:negative", "cve-2023-4966", ""]),
            max_size=3,
        ).map(";".join),
        "detail": st.sampled_from([None, "", "X-OWA-Version: 15.1.2106.8", "NS13.1: Build 48.47", "NDcPP"]),
    }
)


def one_by_one(rows: list[dict[str, object]], case: Case, source: str) -> list[dict[str, object]]:
    nothing: dict[str, object] = dict.fromkeys(VERDICTS.names)
    verdicts = []
    for row in rows:
        day = row["seen_at"].astimezone(UTC).date()
        fields = {name: row[name] for name in ("product", "version", "tags", "detail")}
        verdict = judge_sighting(case, Sighting(source=source, day=day, **fields))
        verdicts.append(verdict.as_row() if verdict else nothing)
    return verdicts


@pytest.mark.parametrize("name", NAMES)
@given(rows=st.lists(ROWS, max_size=12), source=st.sampled_from(SOURCES))
def test_a_table_is_judged_as_its_rows_are(name: str, rows: list[dict[str, object]], source: str) -> None:
    verdicts = judge(observations(rows), shipped(name), source=source)
    assert verdicts.schema.equals(VERDICTS)
    assert verdicts.to_pylist() == one_by_one(rows, shipped(name), source)


@given(chunks=st.lists(st.lists(ROWS, min_size=1, max_size=6), min_size=2, max_size=4))
def test_what_is_remembered_from_other_chunks_changes_nothing(chunks: list[list[dict[str, object]]]) -> None:
    remembering = Judge(proxylogon(), source="own_scan")
    for rows in chunks:
        assert remembering(observations(rows)).to_pylist() == one_by_one(rows, proxylogon(), "own_scan")


def test_only_the_columns_that_it_needs_are_needed() -> None:
    seen = observations([{}]).select(["seen_at", "product", "version", "tags", "detail"])
    assert judge(seen, proxylogon(), source="scan_exchange")["status"].to_pylist() == ["affected"]
    with pytest.raises(ValueError, match="tags"):
        judge(seen.drop_columns(["tags"]), proxylogon(), source="scan_exchange")


def test_no_rows_give_no_verdicts() -> None:
    assert judge(OBSERVATIONS.empty_table(), proxylogon(), source="scan_exchange").equals(VERDICTS.empty_table())


def test_rows_of_another_product_have_no_verdict_at_all() -> None:
    verdicts = judge(observations([{"product": "nginx", "tags": ""}] * 3), proxylogon(), source="own_scan")
    assert verdicts.to_pylist() == [dict.fromkeys(VERDICTS.names)] * 3
    assert verdicts["status"].null_count == 3


def test_the_day_is_the_utc_day() -> None:
    instants = [datetime(2021, 3, 1, 23, 59, 59, tzinfo=UTC), datetime(2021, 3, 2, tzinfo=UTC)]
    seen = observations([{"seen_at": instant, "version": "15.1.2176"} for instant in instants])
    assert judge(seen, proxylogon(), source="scan_exchange")["status"].to_pylist() == ["affected", "undetermined"]


def test_chunks_of_plain_text_and_of_several_pieces_are_taken() -> None:
    seen = pa.concat_tables([observations([{"version": "15.1.2106.8"}]), observations([{"version": "15.1.2106.13"}])])
    plain = seen.set_column(seen.column_names.index("version"), "version", seen["version"].cast(pa.string()))
    for table in (seen, plain):
        assert judge(table, proxylogon(), source="scan_exchange")["status"].to_pylist() == ["affected", "fixed"]


def test_hostile_variety_is_judged_within_a_bounded_memory() -> None:
    rows = [
        {"version": f"15.1.2106.{n}", "tags": f"t{n}", "detail": f"d{n}", "product": f"exchange {n}"}
        for n in range(1000)
    ]
    judging = Judge(proxylogon(), source="own_scan", remember=100)
    verdicts = judging(observations(rows))
    statuses = verdicts["status"].to_pylist()
    assert statuses[:9] == ["affected"] * 9
    assert set(statuses[13:]) == {"fixed"}
    assert max(len(memo._values) for memo in (judging._concerned, judging._judged, judging._by_shown)) <= 100


def test_a_text_of_ten_megabytes_is_judged_by_its_beginning() -> None:
    row = {"version": "15.1.2106.8" + " " * 10_000_000, "tags": "exchange" + ";x" * 1_000_000}
    assert judge(observations([row]), proxylogon(), source="scan_exchange")["status"].to_pylist() == ["affected"]


def test_threads_may_share_a_judge() -> None:
    judging = Judge(proxylogon(), source="own_scan")
    rows = [{"version": version, "product": "exchange"} for version in VERSIONS]
    expected = judge(observations(rows), proxylogon(), source="own_scan")
    with ThreadPoolExecutor(4) as pool:
        for verdicts in pool.map(judging, [observations(rows)] * 16):
            assert verdicts.equals(expected)


def test_a_verdict_is_held_once_however_many_rows_have_it() -> None:
    verdicts = judge(observations([{}] * 500), proxylogon(), source="scan_exchange")
    assert [len(column.chunk(0).dictionary) for column in (verdicts["status"], verdicts["basis"])] == [1, 1]
