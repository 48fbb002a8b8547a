from __future__ import annotations

from pathlib import Path

import pytest
from tests.feeds.reading import refusal, rejected, seen

from tocsin.errors import FeedError
from tocsin.feeds import FeedMapping, choose_reader, read_mapping

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "src/tocsin/feeds/mappings/population-scan.toml"
SMALL = """
name = "own"
coverage = "population"
[fields]
seen_at = "when"
ip = "addr"
"""


def mapping(text: str) -> FeedMapping:
    """The mapping in ``text``."""
    return read_mapping(text.encode(), source="own.toml")


def faults(text: str) -> list[str]:
    """Each fault that is named, without the first line and the remedy."""
    with pytest.raises(FeedError) as caught:
        mapping(text)
    return [line.strip() for line in caught.value.what.splitlines()[1:]]


def test_the_shipped_mapping_reads_the_scan_of_the_guide() -> None:
    guide = (ROOT / "docs/how-to/ingest-your-own-scan.md").read_text("utf-8")
    data = guide.partition("```csv\n")[2].partition("```")[0].encode()
    found = seen(
        data, name="2021-03-10-scan.csv", mapping=read_mapping(SHIPPED.read_bytes(), source="population-scan.toml")
    )
    assert [each["tags"] for each in found] == [
        "cve-2021-26855:positive;webshell",
        "cve-2021-26855:negative;webshell:cleaned",
        "cve-2021-26855:negative",
        "",
    ]
    assert [each["hostname_from"] for each in found] == ["certificate", "ptr", None, "forward"]
    assert {each["product"] for each in found} == {"exchange"}
    assert found[0]["version"] == "15.1.2106.2"


def test_a_mapping_says_source_coverage_and_scope_and_the_name_the_day() -> None:
    own = mapping(SMALL + '[scope]\nname = "uk"\ncountries = ["GB"]\nports = [443]\nnetworks = ["192.0.2.0/24"]\n')
    reader = choose_reader("2021-03-10-anything.csv", b"when,addr\n", mapping=own)
    assert (reader.source, reader.coverage, str(reader.day)) == ("own", "population", "2021-03-10")
    assert reader.scope == "uk (countries GB; networks 192.0.2.0/24; ports 443)"
    assert reader.bounds.ports == (443,)


def test_columns_patterns_tables_and_constants() -> None:
    own = mapping(
        """
        name = "own"
        coverage = "positives"
        delimiter = ";"
        time = { formats = ["%d.%m.%Y %H:%M", "epoch"], zone = "+01:00" }
        tags = [
          { constant = "exchange" },
          { column = "check", values = { yes = "cve-2021-26855:positive" }, only_values = true },
          { columns = ["check", "level"], labels = true, joiner = ";" },
        ]
        [fields]
        seen_at = "when"
        ip = "addr"
        port = { column = "port", default = "443" }
        transport = { constant = "tcp" }
        version = { column = "banner", pattern = "Exchange/([0-9.]{1,40})" }
        product = { column = "banner", pattern = "^[A-Za-z]{1,20}" }
        hostname_from = { constant = "certificate" }
        hostname = "name"
        """
    )
    data = (
        b"when;addr;port;check;level;banner;name\n"
        b"10.03.2021 11:00;192.0.2.1;;YES;high;Exchange/15.1.2176;mail.example.org\n"
        b"1615370400;192.0.2.2;25;no;;;\n"
    )
    first, second = seen(data, name="x.csv", mapping=own)
    assert first["seen_at"] == second["seen_at"]
    assert (first["port"], second["port"]) == (443, 25)
    assert first["tags"] == "exchange;cve-2021-26855:positive;check=yes;level=high"
    assert second["tags"] == "exchange;check=no"
    assert (first["version"], first["product"], second["version"]) == ("15.1.2176", "Exchange", None)
    assert (first["hostname_from"], second["hostname_from"]) == ("certificate", None)


def test_a_file_of_addresses_alone_can_be_mapped() -> None:
    own = mapping(SMALL.replace('"when"', '{ constant = "2021-03-10 00:00:00" }'))
    found = seen(b'addr\n192.0.2.1\n\n"192.0.2.2"\n', name="x.csv", mapping=own)
    assert [(each["line"], each["address"]) for each in found] == [(2, "192.0.2.1"), (4, "192.0.2.2")]


def test_a_column_that_the_header_lacks_is_named() -> None:
    assert "column 'addr' is missing; the header has 'when', 'ip'" in refusal(b"when,ip\n", "x.csv", mapping(SMALL))


def test_a_rejected_row_names_the_files_own_column() -> None:
    data = b"timestamp,ip,port,transport,hostname,hostname_from,build,active_check,webshell,asn,country,banner\n"
    assert rejected(b"timestamp,ip\nx,192.0.2.1\n") == [(2, "timestamp", "'x' is no time that can be read")]
    shipped = read_mapping(SHIPPED.read_bytes(), source="population-scan.toml")
    assert choose_reader("x.csv", data, mapping=shipped).source == "population-scan"


def test_all_faults_are_reported_at_once_with_their_key_path() -> None:
    found = faults(
        """
        nmae = "own"
        coverage = "populatoin"
        delimiter = "tab"
        tags = [{ column = "a", constant = "b" }, 7]
        [time]
        formats = ["%Q", 1]
        zone = "Mars/Olympus"
        [scope]
        countries = ["UK", "England"]
        networks = ["192.0.2.1/24"]
        ports = [0, true, 443]
        [fields]
        ip = { column = "a", pattern = "(a+)+(b+)+(c+)+$" }
        hots = "x"
        port = { values = { a = "1" } }
        version = { column = "v", pattern = "(a)(b)" }
        country = { column = "c", values = { GB = "x", gb = "y" }, only_values = "yes" }
        """
    )
    keys = [fault.partition(": ")[0] for fault in found]
    assert sorted(keys) == sorted(
        [
            "nmae", "name", "coverage", "delimiter", "tags[0]", "tags[0]", "tags[1]", "time.formats[0]",
            "time.formats[1]", "time.zone", "scope.countries[1]", "scope.networks[0]", "scope.ports[0]",
            "scope.ports[1]", "fields.ip.pattern", "fields.hots", "fields.port", "fields.seen_at",
            "fields.version.pattern", "fields.country.values", "fields.country.only_values",
        ]
    )  # fmt: skip
    assert any("did you mean population?" in fault for fault in found)
    assert any("host bits" in fault for fault in found)


def test_what_is_no_toml_is_told() -> None:
    with pytest.raises(FeedError, match="this is no TOML"):
        mapping("name = ")
    with pytest.raises(FeedError, match="this is no TOML"):
        read_mapping(b"\xff\xfe", source="x")
