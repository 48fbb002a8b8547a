"""Names come to one form, the same for one name as for a column."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.constituency import normalise_name, normalise_names, spell_name

LIKELY = st.text("abcxyz019-_.*AZ ü", max_size=30)
PLAIN = st.lists(st.text("abc019-_", min_size=1, max_size=6), min_size=1, max_size=5).map(".".join)


@given(st.lists(st.one_of(st.none(), LIKELY, PLAIN, st.text(max_size=10)), max_size=20))
def test_a_column_agrees_with_one_name_at_a_time(names: list[str | None]) -> None:
    column = normalise_names(pa.array(names, pa.string()))
    assert column.to_pylist() == [None if name is None else normalise_name(name) for name in names]


@given(st.one_of(LIKELY, PLAIN))
def test_a_normalised_name_stays_as_it_is(name: str) -> None:
    once = normalise_name(name)
    assert once is None or normalise_name(once) == once


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mail.Example.ORG.", "mail.example.org"),
        ("*.example.org", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
        ("_dmarc.example.org", "_dmarc.example.org"),
        ("localhost", "localhost"),
        ("192.0.2.1", None),
        ("2001:db8::1", None),
        ("a..b", None),
        ("-a.example", None),
        ("a-.example", None),
        ("a b.example", None),
        ("https://example.org", None),
        (".", None),
        ("", None),
        ("x" * 64 + ".example", None),
        (".".join(["x" * 60] * 5), None),
        ("ü" * 400, None),
        ("\u202eevil.example", None),
        ("<script>.example", None),
    ],
)
def test_one_name(name: str, expected: str | None) -> None:
    assert normalise_name(name) == expected
    assert normalise_names(pa.array(["a.example", name])).to_pylist()[1] == expected


def test_slices_nulls_and_nothing() -> None:
    column = pa.chunked_array([["A.example"], [None, "b.example."]]).slice(1)
    assert normalise_names(column).to_pylist() == [None, "b.example"]
    assert normalise_names(pa.array([], pa.string())).to_pylist() == []


def test_a_name_is_spelled_for_people() -> None:
    assert spell_name("xn--bcher-kva.example") == "bücher.example"
    assert spell_name("xn--.example") == "xn--.example"
    assert spell_name("mail.example.org") == "mail.example.org"
