from __future__ import annotations

import pytest
from tests.feeds.reading import NOW, read, reader_of, rejected, report, row, seen

from tocsin.tables import OBSERVATIONS, REJECTED


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("10.1.2.3", "'10.1.2.3' is a private address"),
        ("172.16.0.1", "'172.16.0.1' is a private address"),
        ("127.0.0.1", "'127.0.0.1' is a loopback address"),
        ("::1", "'::1' is a loopback address"),
        ("224.0.0.1", "'224.0.0.1' is a multicast address"),
        ("ff02::1", "'ff02::1' is a multicast address"),
        ("240.0.0.1", "'240.0.0.1' is a reserved address"),
        ("0.0.0.0", "'0.0.0.0' is an unspecified address"),
        ("100.64.0.1", "'100.64.0.1' is a shared address"),
        ("::ffff:10.1.2.3", "'::ffff:10.1.2.3' is a private address"),
        ("fe80::1%eth0", "'fe80::1%eth0' carries a zone, which means something on one machine only"),
        ("192.0.2.007", "'192.0.2.007' has leading zeros, which some programs read as octal"),
        ("mail.example.org", "'mail.example.org' is no IP address"),
        ("192.0.2.1.2", "'192.0.2.1.2' is no IP address"),
        ("\x1b[2J", "'\\x1b[2J' is no IP address"),
        ("", "ip is empty"),
    ],
)
def test_addresses_that_mean_nothing_are_rejected_with_the_reason(address: str, reason: str) -> None:
    assert rejected(report(row(ip=address), row())) == [(2, "ip", reason)]


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:0DB8::0:1", "2001:db8::1"),
        ("198.18.0.1", "198.18.0.1"),
        (" 203.0.113.9 ", "203.0.113.9"),
    ],
)
def test_addresses_are_kept_in_one_form(address: str, canonical: str) -> None:
    assert seen(report(row(ip=address)))[0]["address"] == canonical


@pytest.mark.parametrize("port", ["65536", "-1", "http", "443.0", "4٤3", "0x1bb", "1" * 30])
def test_a_port_that_is_none_is_rejected(port: str) -> None:
    assert rejected(report(row(port=port))) == [(2, "port", f"{port!r} is no port (0 to 65535)")]


def test_a_port_may_be_absent() -> None:
    assert [each["port"] for each in seen(report(row(port=""), row(port="65535"), row(port=" 25 ")))] == [0, 65535, 25]


def test_a_transport_that_is_not_known_is_rejected_and_none_is_tcp() -> None:
    assert [each["transport"] for each in seen(report(row(protocol=""), row(protocol="UDP")))] == ["tcp", "udp"]
    assert rejected(report(row(protocol="carrier pigeon")))[0][:2] == (2, "protocol")


def test_what_is_no_key_field_never_costs_the_row() -> None:
    data = report(
        row(asn="n/a", geo="EUROPE", hostname="no host!"),
        row(asn="AS64500", geo="gb", hostname="192.0.2.9"),
        row(asn="99999999999", geo="1X", hostname="*.Example.ORG"),
        row(asn="0", geo="", hostname="münchen.example"),
    )
    found = seen(data)
    assert [each["asn"] for each in found] == [None, 64500, None, None]
    assert [each["country"] for each in found] == [None, "GB", None, None]
    assert [each["hostname"] for each in found] == [None, None, "example.org", "xn--mnchen-3ya.example"]
    assert [each["hostname_from"] for each in found] == [None, None, "certificate", "certificate"]


def test_texts_are_trimmed_and_cut_at_512_bytes() -> None:
    (found,) = seen(report(row(servername=" " + "é" * 600, version=" 15.1 ", tag=" ;Exchange; ;exchange;" + "x" * 600)))
    assert found["detail"] == "é" * 256
    assert found["version"] == "15.1"
    assert found["tags"] == "exchange"


def test_a_build_without_end_is_text_like_any_other() -> None:
    assert seen(report(row(version="15.1.2176.999999999999")))[0]["version"] == "15.1.2176.999999999999"


def test_the_first_fault_of_a_row_is_told_once() -> None:
    assert [each[1] for each in rejected(report(row(timestamp="x", ip="x", port="x"), row(ip="x", port="x")))] == [
        "timestamp",
        "ip",
    ]


def test_the_reason_shows_the_beginning_of_a_long_value() -> None:
    assert rejected(report(row(ip="x" * 500)))[0][2] == f"'{'x' * 80}…' is no IP address"


def test_tables_have_the_declared_shape_and_one_dictionary_a_column() -> None:
    data = report(row(), row(ip="x"), '"', row(version=""))
    (raw,) = reader_of(data).split([data])
    chunk = reader_of(data).parse(raw, now=NOW)
    assert chunk.observations.schema == OBSERVATIONS
    assert chunk.rejected.schema == REJECTED
    assert {chunk.observations.column(name).num_chunks for name in OBSERVATIONS.names} == {1}
    assert (chunk.rows, read(data).rows) == (4, 4)
    assert chunk.rejected.column("line").to_pylist() == [3, 4]


def test_a_chunk_may_have_no_good_row_at_all() -> None:
    chunk = read(report("x", "y,z"))
    assert (chunk.rows, chunk.observations.num_rows) == (2, 0)
