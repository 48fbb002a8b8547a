from __future__ import annotations

import codecs
from collections.abc import Iterator

import pytest
from tests.feeds.reading import HEADER, NOW, read, reader_of, refusal, report, row, seen

from tocsin.feeds._grammar import LONGEST_ROW
from tocsin.feeds.blocks import peek


def test_utf16_with_a_byte_order_mark_is_read() -> None:
    text = report(row(servername="Zürich"), row()).decode()
    for codec, mark in (("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)):
        found = seen(mark + text.encode(codec))
        assert [(each["line"], each["detail"]) for each in found] == [(2, "Zürich"), (3, "A")]


def test_utf16_without_a_byte_order_mark_and_utf32_are_refused() -> None:
    text = report(row()).decode()
    assert "looks like UTF-16 text without a byte-order mark" in refusal(text.encode("utf-16-le"))
    assert "looks like UTF-16 text without a byte-order mark" in refusal(text.encode("utf-16-be"))
    assert "this is UTF-32 text" in refusal(text.encode("utf-32"))


def test_a_utf8_byte_order_mark_is_no_part_of_the_header() -> None:
    assert seen(codecs.BOM_UTF8 + report(row()))[0]["line"] == 2


def test_bytes_that_are_no_utf8_are_replaced_and_the_row_is_kept() -> None:
    data = report(row(servername="A?B"), row()).replace(b"?", b"\xe9")
    assert [each["detail"] for each in seen(data)] == ["A\ufffdB", "A"]


def test_bytes_that_are_no_utf8_in_a_key_field_reject_the_row() -> None:
    chunk = read(report(row(ip="192.0.2.?"), row()).replace(b"?", b"\xff"))
    assert chunk.rejected.column("column").to_pylist() == ["ip"]
    assert chunk.rejected.column("raw")[0].as_py().startswith("2021-03-10 00:00:01,192.0.2.\ufffd,tcp")


def test_lines_may_end_in_carriage_returns_throughout() -> None:
    found = seen(report(row(), row(), end="\r"))
    assert [each["line"] for each in found] == [2, 3]


def test_a_last_line_without_end_is_a_row() -> None:
    assert [each["line"] for each in seen(report(row(), row()).rstrip(b"\n"))] == [2, 3]
    assert [each["line"] for each in seen(report(row(), row(), end="\r\n")[:-1])] == [2, 3]


def test_ten_megabytes_in_one_field_cost_one_row_and_little_memory() -> None:
    long = row(servername="x" * 10_000_000)

    def blocks() -> Iterator[bytes]:
        data = report(row(), long, row())
        for at in range(0, len(data), 1 << 16):
            yield data[at : at + (1 << 16)]

    reader = reader_of(report(row()))
    raws = list(reader.split(blocks(), target=1 << 16))
    assert max(len(raw.text) for raw in raws) < 2 * LONGEST_ROW
    chunks = [reader.parse(raw, now=NOW) for raw in raws]
    assert [line for chunk in chunks for line in chunk.observations.column("line").to_pylist()] == [2, 4]
    (bad,) = [each for chunk in chunks for each in chunk.rejected.to_pylist()]
    assert (bad["line"], bad["reason"]) == (3, "the line is longer than 1,048,576 bytes")
    assert len(bad["raw"]) == 2000


@pytest.mark.parametrize("size", [1 << 15, 1 << 20, 1 << 23])
@pytest.mark.parametrize("target", [1 << 16, 1 << 24])
def test_long_lines_are_told_apart_whatever_the_blocks(size: int, target: int) -> None:
    fits = row(servername="x" * (LONGEST_ROW - len(row()) + 1))
    over = row(servername='"' + "é" * (LONGEST_ROW // 2))
    data = report(row(), fits, over, row(), over, over.replace("é", "e"))[:-1]
    reader = reader_of(data)
    found = []
    for raw in reader.split((data[at : at + size] for at in range(0, len(data), size)), target=target):
        chunk = reader.parse(raw, now=NOW)
        found += [(line, True) for line in chunk.observations.column("line").to_pylist()]
        found += [(line, False) for line in chunk.rejected.column("line").to_pylist()]
    assert sorted(found) == [(2, True), (3, True), (4, False), (5, True), (6, False), (7, False)]


def test_a_chunk_knows_its_size_and_first_line() -> None:
    data = report(*[row()] * 100)
    raws = list(reader_of(data).split([data], target=1))
    assert sum(len(raw.text) for raw in raws) == len(data) - len(HEADER) - 1
    assert [raw.line for raw in raws] == [2]
    head, _ = peek([data], size=10)
    assert head == data[:10]
