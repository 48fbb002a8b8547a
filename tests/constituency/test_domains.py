"""The longest registered domain is found, at label borders only."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.constituency import NOTHING, DomainTable
from tocsin.constituency import domains as module

LABELS = st.sampled_from(["a", "b", "ab", "ba", "mail", "example"])
NAMES = st.lists(LABELS, min_size=2, max_size=5).map(".".join)


def slow(domains: list[str], name: str | None) -> str | None:
    fitting = [domain for domain in domains if name is not None and f".{name}".endswith(f".{domain}")]
    return max(fitting, key=len, default=None)


@given(st.lists(NAMES, unique=True, max_size=8), st.lists(st.one_of(st.none(), st.just(""), NAMES), max_size=12))
def test_it_agrees_with_the_obvious_way(domains: list[str], names: list[str | None]) -> None:
    found = DomainTable(domains).lookup(pa.array(names, pa.string())).tolist()
    assert [None if place == NOTHING else domains[place] for place in found] == [slow(domains, name) for name in names]


def test_a_border_is_a_border() -> None:
    table = DomainTable(["council.example", "example.org"])
    names = pa.chunked_array([["notcouncil.example", "council.example", "x.council.example"], ["org", "example.org"]])
    assert table.lookup(names).tolist() == [NOTHING, 0, 0, NOTHING, 1]


def test_a_hash_alone_never_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    table = DomainTable(["council.example"])
    real = module._hash_spans
    monkeypatch.setattr(module, "_hash_spans", lambda *words: real(*words) * 0 + table._hashes[0])
    assert table.lookup(pa.array(["a.example", "x.council.example", "council.exampl"])).tolist() == [
        NOTHING,
        0,
        NOTHING,
    ]


def test_a_very_long_name_and_nothing() -> None:
    table = DomainTable(["council.example"])
    assert table.lookup(pa.array(["x." * 50_000 + "council.example", None])).tolist() == [0, NOTHING]
    assert DomainTable([]).lookup(pa.array(["a.example"])).tolist() == [NOTHING]


def test_equal_domains_are_a_fault() -> None:
    with pytest.raises(ValueError, match="equal"):
        DomainTable(["a.example", "a.example"])
