"""A place is told so that a person finds it."""

from __future__ import annotations

import json

import pytest

from tocsin.provenance import Fault, Pointer


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        (Pointer(source="feed.csv"), "feed.csv"),
        (Pointer(source="feed.csv", line=7), "feed.csv:7"),
        (Pointer(source="feed.csv", line=7, column="ip"), "feed.csv:7 column 'ip'"),
        (Pointer(source="case.toml", key="cves[2].id"), "case.toml cves[2].id"),
    ],
)
def test_a_place_as_text_names_what_is_known_of_it(pointer: Pointer, text: str) -> None:
    assert str(pointer) == text


def test_a_place_as_json_leaves_out_what_is_not_known() -> None:
    pointer = Pointer(source="feed.csv", line=7, column="ip")
    assert json.loads(json.dumps(pointer.as_json())) == {"source": "feed.csv", "line": 7, "column": "ip"}
    assert Pointer(source="feed.csv").as_json() == {"source": "feed.csv"}


def test_equal_places_are_one() -> None:
    assert len({Pointer(source="feed.csv", line=7), Pointer(source="feed.csv", line=7)}) == 1


def test_a_fault_says_where_and_what() -> None:
    fault = Fault(pointer=Pointer(source="registry.csv", line=3, column="asns"), what="'x' is no AS number")
    assert str(fault) == "registry.csv:3 column 'asns': 'x' is no AS number"
