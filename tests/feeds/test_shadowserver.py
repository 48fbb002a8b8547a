from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.feeds.reading import NOW, read, refusal, report, row, seen

from tocsin.errors import FeedError
from tocsin.feeds import choose_reader
from tocsin.feeds.shadowserver import REPORTS, read_name

SAMPLES = Path(__file__).parents[2] / "../shared/data/scan-samples/shadowserver-intelmq"


@pytest.mark.parametrize(
    ("name", "report", "day", "scope"),
    [
        ("2021-03-10-scan_exchange-example_org-country.csv", "scan_exchange", date(2021, 3, 10), "example_org-country"),
        ("2021-03-10-scan_exchange.csv.gz", "scan_exchange", date(2021, 3, 10), "all"),
        ("scan_exchange.csv", "scan_exchange", None, "all"),
        ("scan6_exchange.csv.zst", "scan6_exchange", None, "all"),
        ("day.zip!reports/2021-03-10-special-example_org.csv", "special", date(2021, 3, 10), "example_org"),
        ("2021-03-10-scan_exchange-example_org (1).csv", "scan_exchange", date(2021, 3, 10), "example_org"),
        ("2021-02-30-scan_exchange.csv", "scan_exchange", None, "all"),
        ("Report 7.csv", None, None, "all"),
    ],
)
def test_the_name_tells_type_day_and_scope(name: str, report: str, day: date | None, scope: str) -> None:
    told = read_name(name)
    assert (told.report, told.day, told.scope) == (report, day, scope)


def test_an_exchange_report_becomes_observations() -> None:
    assert seen(report(row(tag="Exchange;CVE-2021-26855;exchange", geo="gb"))) == [
        {
            "line": 2,
            "seen_at": datetime(2021, 3, 10, 0, 0, 1, tzinfo=UTC),
            "ip_hi": 0,
            "ip_lo": 0xFFFF_C000_0201,
            "port": 443,
            "transport": "tcp",
            "address": "192.0.2.1",
            "hostname": "mail.example.org",
            "hostname_from": "certificate",
            "asn": 64500,
            "country": "GB",
            "product": "exchange",
            "version": "15.1",
            "tags": "exchange;cve-2021-26855",
            "detail": "A",
        }
    ]


@pytest.mark.parametrize(
    ("source", "origin"),
    [
        ("ssl", "certificate"),
        ("sni", "certificate"),
        ("SSL", "certificate"),
        ("ptr", "ptr"),
        ("", "ptr"),
        ("new", "ptr"),
        ("forward", "ptr"),
        ("certificate", "ptr"),
    ],
)
def test_only_a_certificate_counts_as_one(source: str, origin: str) -> None:
    assert seen(report(row(hostname_source=source)))[0]["hostname_from"] == origin


def test_without_the_column_a_name_is_of_reverse_dns() -> None:
    data = b"timestamp,ip,hostname\n2021-03-10 00:00:00,192.0.2.1,Mail.Example.ORG.\n2021-03-10 00:00:00,192.0.2.2,\n"
    assert [(each["hostname"], each["hostname_from"]) for each in seen(data)] == [
        ("mail.example.org", "ptr"),
        (None, None),
    ]


def test_a_file_covers_what_it_lists_and_no_more() -> None:
    reader = choose_reader("2021-03-10-scan_exchange-example_gb.csv", report(row()))
    assert (reader.source, reader.day, reader.scope) == ("scan_exchange", date(2021, 3, 10), "example_gb")
    assert reader.coverage == "positives"


def test_a_special_report_names_its_details_and_the_device() -> None:
    data = (
        b'"timestamp","ip","port","protocol","hostname","tag","status","detail","device_vendor"\n'
        b'"2021-03-01 00:00:00","192.0.2.1",,,,cyclops-blink,"likely compromised",,Example\n'
    )
    (found,) = seen(data, name="special.csv")
    assert (found["port"], found["transport"], found["product"]) == (0, "tcp", "Example")
    assert (found["tags"], found["detail"]) == ("cyclops-blink", "status=likely compromised")


def test_a_vulnerable_http_report_keeps_version_and_server() -> None:
    data = (
        b"timestamp,ip,port,tag,version,server,build_branch\n"
        b"2020-10-30 00:00:00,192.0.2.1,443,cve-2023-4966,13.1-48.47,Apache,13.1\n"
    )
    (found,) = seen(data, name="scan6_http_vulnerable.csv")
    assert (found["product"], found["version"]) == (None, "13.1-48.47")
    assert found["detail"] == "server=Apache; build_branch=13.1"


def test_every_supported_report_is_read_with_time_and_address_alone() -> None:
    for name in REPORTS:
        (found,) = seen(b"timestamp,ip\n2021-03-10 00:00:00,2001:db8::1\n", name=f"{name}.csv")
        assert (found["tags"], found["version"], found["detail"], found["asn"]) == ("", None, None, None)


def _sample(name: str) -> bytes:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"the real reports are not here: {name}")
    return path.read_bytes()


def test_the_real_exchange_report_of_may_2021_gives_seven_observations() -> None:
    found = seen(_sample("scan_exchange.csv"))
    assert [each["line"] for each in found] == [2, 3, 4, 5, 6, 7, 8]
    assert {each["tags"] for each in found} == {"exchange;cve-2021-26855", "exchange;webshell"}
    assert [each["hostname"] is None for each in found].count(True) == 1
    assert found[0]["version"] == "15.2.721"


def test_the_real_special_report_is_rejected_row_by_row_for_its_private_addresses() -> None:
    chunk = read(_sample("special.csv"), name="special.csv")
    assert (chunk.rows, chunk.observations.num_rows) == (3, 0)
    assert set(chunk.rejected.column("column").to_pylist()) == {"ip"}
    assert "is a private address" in chunk.rejected.column("reason")[0].as_py()


def test_every_other_real_report_is_refused_and_none_crashes() -> None:
    _sample("special.csv")
    others = [path for path in sorted(SAMPLES.glob("*.csv")) if path.stem not in REPORTS]
    assert others
    for path in others:
        assert "is no report that tocsin reads" in refusal(path.read_bytes(), name=path.name)


def test_real_reports_of_other_types_go_through_under_a_supported_name() -> None:
    _sample("special.csv")
    for path in sorted(SAMPLES.glob("*.csv")):
        try:
            reader = choose_reader(path.name, path.read_bytes(), report="special")
        except FeedError:
            continue  # it has another name for the address
        rows = sum(chunk.rows for chunk in reader.read([path.read_bytes()], now=NOW))
        assert rows > 0
