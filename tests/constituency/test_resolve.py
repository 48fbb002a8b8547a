"""The resolver's ways in; what it decides is in ``test_claims`` and, by the column, in ``tests/findings``."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from tests.constituency.building import constituent, halves

from tocsin.constituency import NAME_SOURCES, Resolver
from tocsin.constituency import resolve as module


def test_an_empty_constituency_answers_nobody() -> None:
    resolver = Resolver.build((), "0")
    answer = resolver.whose(*halves("203.0.113.7"), hostname="a.example", hostname_from="certificate", asn=64500)
    assert (answer.constituent, answer.certainty, answer.considered) == (None, "none", "")
    assert resolver.version == "0"


def test_a_name_that_is_none_is_no_name() -> None:
    resolver = Resolver.build([constituent("a", domains="a.example")], "1")
    assert resolver.whose(*halves("203.0.113.7"), hostname="a example").certainty == "none"


def test_international_names_meet() -> None:
    resolver = Resolver.build([constituent("a", domains="xn--bcher-kva.example")], "1")
    answer = resolver.whose(*halves("203.0.113.7"), hostname="Mail.BÜCHER.example", hostname_from="certificate")
    assert answer.constituent == "a"


def test_services_of_one_key_share_an_answer() -> None:
    resolver = Resolver.build([constituent("a", networks="203.0.113.0/24")], "1")
    pairs = [halves(address) for address in ("203.0.113.1", "203.0.113.2", "198.51.100.1")]
    hi, lo = (np.array(half) for half in zip(*pairs, strict=True))
    names, nothing = pa.nulls(3, pa.string()), np.full(3, -1)
    keys = resolver.keys(hi, lo, names, np.full(3, len(NAME_SOURCES) - 1), nothing)
    assert keys[0] == keys[1] != keys[2]
    constituents, certainties, _, _ = resolver.words(keys)
    assert constituents.to_pylist() == ["a", "a", None]
    assert certainties.to_pylist() == ["proven", "proven", "none"]


def test_the_memo_of_complex_answers_is_bounded(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(module, "MEMO_LIMIT", 2)
    many = [constituent(f"c{n}", networks=f"203.0.113.{n}/32", parent="top") for n in range(9)]
    resolver = Resolver.build([constituent("top"), *many], "1")
    pairs = [halves(f"203.0.113.{n}") for n in range(9)]
    hi, lo = (np.array(half) for half in zip(*pairs, strict=True))
    for _ in range(2):
        keys = resolver.keys(hi, lo, pa.nulls(9, pa.string()), np.full(9, 2), np.full(9, -1))
        assert resolver.words(keys)[0].to_pylist() == [f"c{n}" for n in range(9)]
