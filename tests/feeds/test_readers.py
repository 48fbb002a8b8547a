from __future__ import annotations

import pytest
from tests.feeds.reading import HEADER, NOW, read, reader_of, refusal, report, row, seen

from tocsin.errors import FeedError
from tocsin.feeds import choose_reader, peek


def test_an_empty_file_is_refused() -> None:
    assert "scan_exchange.csv: the file is empty" in refusal(b"")


def test_a_file_of_blank_lines_is_refused() -> None:
    assert "blank lines only" in refusal(b"\n\r\n\n")


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\n\n\n"])
def test_a_header_alone_is_a_report_without_rows(end: bytes) -> None:
    assert read(HEADER.encode() + end).rows == 0


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!DOCTYPE html><html>not found</html>", "an HTML page"),
        (b'  {"error": "not found"}', "JSON"),
        (b'[{"ip": "192.0.2.1"}]', "JSON"),
        (b"<?xml version='1.0'?><nmaprun/>", "XML"),
        (b"PAR1\x15\x04", "Parquet"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0", "control characters"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no text in UTF-8"),
        ("zeitpunkt,größe\n".encode("latin-1"), "no text in UTF-8"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(data: bytes, kind: str) -> None:
    said = refusal(data)
    assert "this is not CSV" in said
    assert kind in said


def test_a_header_without_an_address_is_named_with_what_to_do() -> None:
    said = refusal(b"timestamp,src_ip,tag\n")
    assert "scan_exchange.csv:1: column 'ip' is missing (did you mean src_ip?)" in said
    assert "the header has 'timestamp', 'src_ip', 'tag'" in said
    assert "--map" in said


def test_another_delimiter_is_hinted_at() -> None:
    assert "(and the delimiter)" in refusal(b"timestamp;ip;port\n")


def test_names_that_occur_twice_are_refused_but_not_empty_ones() -> None:
    assert "the header names 'ip', 'port' more than once" in refusal(b"timestamp,ip,port,IP,port\n")
    assert seen(b"timestamp,ip,,\n2021-03-10 00:00:00,192.0.2.1,x,y\n")


def test_the_line_of_the_header_is_counted_with_blank_lines_before_it() -> None:
    assert "scan_exchange.csv:3: column 'ip'" in refusal(b"\n\r\ntimestamp,port\n")
    assert seen(b"\n\n" + report(row()))[0]["line"] == 4


def test_a_header_that_never_ends_is_refused() -> None:
    assert "longer than 65,536 bytes" in refusal(b"a," * 40_000)
    assert "longer than 65,536 bytes" in refusal(("a," * 40_000).encode("utf-16"))


def test_a_header_whose_quotation_mark_is_never_closed_is_refused() -> None:
    assert "the header cannot be read: a quotation mark" in refusal(b'timestamp,"ip\n')


def test_another_type_of_report_is_refused_with_those_that_are_read() -> None:
    said = refusal(report(row()), name="2021-03-10-scan_dns-example_org.csv")
    assert "'scan_dns' is no report that tocsin reads" in said
    assert "scan_exchange, scan6_exchange, scan_http_vulnerable" in said
    assert "--map" in said
    assert "did you mean scan_exchange" in refusal(report(row()), name="scan_exchang.csv")


def test_a_name_that_tells_nothing_asks_for_the_type() -> None:
    assert "does not tell what kind of report this is" in refusal(report(row()), name="2021 (copy).csv")


def test_the_type_asked_for_beats_the_name() -> None:
    reader = choose_reader("2021-03-10-export-north.csv", report(row()), report="scan6_exchange")
    assert (reader.source, str(reader.day), reader.scope) == ("scan6_exchange", "2021-03-10", "north")
    with pytest.raises(FeedError, match="'scan' is no report"):
        choose_reader("scan_exchange.csv", report(row()), report="scan")


def test_names_in_the_header_may_be_capitals_and_blank_padded() -> None:
    assert seen(report(row(), header=HEADER.upper().replace(",", " , ")))[0]["hostname"] == "mail.example.org"


def test_columns_may_stand_in_any_order_and_be_unknown() -> None:
    data = b"severity,ip,tag,timestamp,novelty\ncritical,192.0.2.1,exchange,2021-03-10 00:00:00,x\n"
    assert (seen(data)[0]["address"], seen(data)[0]["tags"]) == ("192.0.2.1", "exchange")


def test_reading_gives_every_chunk_and_raises_what_the_blocks_raise() -> None:
    data = report(*[row()] * 10)

    def broken() -> object:
        yield data
        raise FeedError("cut off", remedy="fetch it again")

    reader = reader_of(data)
    assert sum(chunk.rows for chunk in reader.read([data], now=NOW)) == 10
    with pytest.raises(FeedError, match="cut off"):
        list(reader.read(broken(), now=NOW))


def test_peeking_takes_nothing_away() -> None:
    head, blocks = peek(iter([b"ab", b"cd", b"ef"]), size=3)
    assert (head, b"".join(blocks)) == (b"abc", b"abcdef")
    assert peek([])[0] == b""
