"""Rows come with exact lines; what is no row costs itself only."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.constituency.sheet import CELL_LIMIT, read_sheet
from tocsin.errors import ConstituencyError


def read(data: bytes | str) -> tuple[list[tuple[int | None, dict[str, str]]], list[tuple[int | None, str]]]:
    sheet = read_sheet(data.encode() if isinstance(data, str) else data, source="r.csv")
    return (
        [(row.pointer.line, row.cells) for row in sheet.rows],
        [(row.pointer.line, row.reason) for row in sheet.rejected],
    )


def test_rows_have_their_physical_lines() -> None:
    rows, rejected = read('a,b\n\n1,"x\ny"\n2,3\r\n\n4,5\r6,7')
    assert rows == [
        (3, {"a": "1", "b": "x\ny"}),
        (5, {"a": "2", "b": "3"}),
        (7, {"a": "4", "b": "5"}),
        (8, {"a": "6", "b": "7"}),
    ]
    assert rejected == []


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row() -> None:
    rows, rejected = read('a,b\n1,2\n3,"x\n4,"quoted, too"\n5,6\n')
    assert [line for line, _ in rows] == [2, 4, 5]
    assert rejected == [(3, "a quotation mark is never closed")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1", "has 1 columns where the header has 2"),
        ("1,2,3", "has 3 columns where the header has 2"),
        ('1,"x"y', "is not CSV: ',' expected after '\"'"),
        ("1,\0", "holds a NUL byte"),
        ("1," + "x" * (CELL_LIMIT + 1), "a cell has 100,001 characters; at most 100,000 are read"),
    ],
)
def test_a_row_that_is_none(row: str, reason: str) -> None:
    assert read(f"a,b\n{row}\n1,2\n") == ([(3, {"a": "1", "b": "2"})], [(2, reason)])


def test_bytes_that_are_not_utf8_cost_their_row() -> None:
    rows, rejected = read(b"a,b\n1,caf\xe9\n2,caf\xc3\xa9\n")
    assert rows == [(3, {"a": "2", "b": "café"})]
    assert rejected == [(2, "is not UTF-8")]


def test_what_is_kept_of_a_bad_row_can_be_stored() -> None:
    raw = read_sheet(b"a,b\n1,caf\xe9\n", source="r.csv").rejected[0].raw
    assert raw == "1,caf�"
    raw.encode("utf-8")


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + "a,b\n1,é\n".encode(),
        codecs.BOM_UTF16_LE + "a,b\n1,é\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "a,b\n1,é\n".encode("utf-16-be"),
    ],
)
def test_byte_order_marks(data: bytes) -> None:
    assert read(data) == ([(2, {"a": "1", "b": "é"})], [])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"\n \n", "the file is empty"),
        ("a,b\n1,2\n".encode("utf-16-le"), "the first line is no text in UTF-8"),
        (b"\xff\xfea\x00,\x00b", "says that it is UTF-16-LE and is not"),
        (b"PK\x03\x04\xff\xfe\n", "the first line is no text in UTF-8"),
        (b"a,A,b\n1,2,3\n", "the header names 'A', 'a' more than once"),
        (b'a,"b\n1,2\n', "the header cannot be read: a quotation mark is never closed"),
    ],
)
def test_a_file_that_cannot_be_used(data: bytes, reason: str) -> None:
    with pytest.raises(ConstituencyError) as caught:
        read_sheet(data, source="r.csv")
    assert reason in str(caught.value)
    assert caught.value.remedy


@given(st.binary(max_size=200))
def test_whatever_it_is_every_line_is_accounted_for(data: bytes) -> None:
    try:
        sheet = read_sheet(b"a,b\n" + data, source="r.csv")
    except ConstituencyError:
        return
    lines = [row.pointer.line for row in (*sheet.rows, *sheet.rejected)]
    assert len(lines) == len(set(lines))
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if '"' not in text:
        assert len(lines) == sum(1 for line in text.split("\n") if line.strip())
