"""A constituent tells what it holds, and its hash follows what is known of it."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
from tests.constituency.building import constituent

from tocsin.constituency import content_hash, version_text
from tocsin.constituency.constituent import HOLDING_KINDS, Holding, holding_texts
from tocsin.provenance import Pointer


def test_a_holding_says_what_and_where() -> None:
    own = constituent("council", networks="203.0.113.0/24")
    run = constituent("isp", asns="64500", provider=True)
    assert str(own.holdings[0]) == "network 203.0.113.0/24 (registry.csv:2)"
    assert str(run.holdings[0]) == "provider AS number 64500 (registry.csv:2)"
    assert run.values("asn") == ("64500 (provider)",)


def test_the_hash_is_of_the_content_in_no_order() -> None:
    a, b = constituent("a"), constituent("b")
    assert content_hash([a, b]) == content_hash([b, a])
    assert content_hash([a, b]) != content_hash([a, replace(b, sector="health")])


def test_a_version_is_its_number_and_twelve_digits() -> None:
    assert version_text(7, "3f9a0c12be5500") == "7-3f9a0c12be55"


def test_json_has_no_empty_texts() -> None:
    told = replace(constituent("a", domains="a.example"), country="", sector="").as_json()
    assert (told["country"], told["sector"]) == (None, None)
    assert told["holdings"] == [
        {"kind": "domain", "value": "a.example", "provider": False, "registered_in": "registry.csv:2"}
    ]


def test_all_holdings_are_told_as_each_is() -> None:
    holdings = [
        Holding(kind=kind, value="x", provider=provider, pointer=Pointer(source="registry.csv", line=3))
        for kind in HOLDING_KINDS
        for provider in (False, True)
    ]
    columns = [pa.array([each.kind for each in holdings]), pa.array([each.value for each in holdings])]
    provider = [each.provider for each in holdings]
    files, lines = pa.array(["registry.csv"] * len(holdings)), pa.array([3] * len(holdings))
    assert holding_texts(*columns, provider, files, lines).to_pylist() == [str(each) for each in holdings]
