from __future__ import annotations

import csv
import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.feeds.reading import HEADER, read, rejected, report, row, seen
from tests.fuzz.fuzz_readers import check, mutate, rows_of, seeds

from tocsin.feeds import choose_reader
from tocsin.feeds._grammar import LONGEST_ROW, Dialect, scan_row

UNCLOSED = "a quotation mark is opened and never closed"


@given(st.text(alphabet='",ab \r\n\0é', max_size=60), st.booleans())
def test_any_text_below_the_header_keeps_the_readers_word(text: str, quoted: bool) -> None:
    check((HEADER + "\n" + (f'"{text}"' if quoted else text)).encode())


@given(st.binary(max_size=60))
def test_any_bytes_below_the_header_keep_the_readers_word(data: bytes) -> None:
    check(HEADER.encode() + b"\n" + data)


@given(st.integers(min_value=0))
def test_damaged_reports_keep_the_readers_word(seed: int) -> None:
    dice = random.Random(seed)
    check(mutate(dice.choice(seeds()), dice))


@given(st.text(alphabet='",a;', max_size=20))
def test_one_line_is_read_as_the_standard_library_reads_it(text: str) -> None:
    (fields,) = csv.reader(io.StringIO(text + "\n", newline="")) if text else ([""],)
    found = scan_row(text.encode() + b"\n", 0, Dialect(width=len(fields)))
    if any("\n" in field for field in fields):
        assert found.problem == UNCLOSED
    else:
        assert [field.decode() for field in found.fields] == fields


@given(st.lists(st.lists(st.text(alphabet='",a \r\né', min_size=1, max_size=8), min_size=3, max_size=3), max_size=8))
def test_whatever_a_proper_writer_quotes_comes_back(rows: list[list[str]]) -> None:
    sink = io.StringIO()
    writer = csv.writer(sink, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([["timestamp", "ip", "tag"], *rows])
    data = sink.getvalue().encode()
    good, bad = rows_of(choose_reader("scan_exchange.csv", data), [data])
    assert bad == []
    assert [tuple(fields[1:]) for fields in good] == [tuple(fields) for fields in rows]


@pytest.mark.parametrize(
    "broken",
    [
        '2021-03-10 00:00:02,192.0.2.2,tcp,443,"mail.example.org,ssl,exchange,64500,GB,15.1,A',
        '"2021-03-10 00:00:02","192.0.2.2","tcp","443","mail.example.org","ssl","exchange","64500","GB","15.1","A',
        '"2021-03-10 00:00:02',
        '"',
    ],
)
@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_quotation_mark_that_is_never_closed_costs_its_own_row(broken: str, quoted: bool, end: str) -> None:
    good = ",".join(f'"{field}"' for field in row().split(",")) if quoted else row()
    chunk = read(report(good, broken, *[good] * 100, end=end))
    assert chunk.observations.num_rows == 101
    assert chunk.rejected.to_pylist() == [
        {"line": 3, "column": chunk.rejected.column("column")[0].as_py(), "reason": UNCLOSED, "raw": broken}
    ]


def test_a_quoted_field_may_span_lines_and_the_row_begins_at_its_first() -> None:
    found = seen(report(row(servername='"a\nb,""c""\r\n"'), row()))
    assert [(each["line"], each["detail"]) for each in found] == [(2, 'a\nb,"c"'), (5, "A")]


def test_rows_inside_a_quoted_field_are_no_rows_however_many_lines_it_has() -> None:
    inside = "\n".join([row(ip="198.51.100.66")] * 500)
    found = seen(report(row(servername=f'"{inside}"'), row()))
    assert [each["address"] for each in found] == ["192.0.2.1", "192.0.2.1"]


def test_a_field_that_spans_more_than_the_longest_row_was_never_closed() -> None:
    many = ("x" * 1023 + "\n") * (LONGEST_ROW >> 10)
    chunk = read(report(row(servername=f'"{many}"'), row()))
    assert chunk.observations.column("line").to_pylist() == [(LONGEST_ROW >> 10) + 3]
    assert chunk.rejected.column("reason")[0].as_py() == UNCLOSED
    assert chunk.rows == (LONGEST_ROW >> 10) + 2


def test_a_quotation_mark_inside_a_field_is_text() -> None:
    assert seen(report(row(servername='19" rack "A"')))[0]["detail"] == '19" rack "A"'


def test_too_many_and_too_few_columns_are_rejected() -> None:
    data = report(row() + ",x", row(), "2021-03-10 00:00:01")
    assert rejected(data) == [
        (2, None, "12 fields where the header has 11"),
        (4, None, "1 field where the header has 11"),
    ]


def test_blank_lines_are_no_rows() -> None:
    chunk = read(report("", row(), "", "\r", row(), "", ""))
    assert (chunk.rows, chunk.observations.column("line").to_pylist()) == (2, [3, 6])


def test_a_carriage_return_alone_is_rejected_but_not_in_a_quoted_field() -> None:
    data = report(row(servername="a\rb"), row(servername='"a\rb"'), row(), end="\r\n")
    assert rejected(data) == [(2, "servername", "a carriage return without line feed")]


def test_a_nul_byte_is_rejected_in_its_own_row() -> None:
    assert rejected(report(row(), row(tag="ex\0change"), row())) == [(3, "tag", "a NUL byte")]


def test_a_byte_order_mark_within_the_file_is_text() -> None:
    assert rejected(report(row(), "\ufeff" + row())) == [
        (3, "timestamp", "'\\ufeff2021-03-10 00:00:01' is no time that can be read")
    ]


def test_a_rejected_row_keeps_its_raw_text_up_to_a_limit() -> None:
    chunk = read(report(row(servername="é" * 5000) + ",x"))
    assert chunk.rejected.column("raw")[0].as_py() == (row(servername="é" * 5000))[:2000]
