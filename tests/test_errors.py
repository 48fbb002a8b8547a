"""Every error says what happened, where, and what to do."""

from __future__ import annotations

import json

import pytest

from tocsin.errors import (
    AskError,
    ConstituencyError,
    DocumentError,
    FeedError,
    PackError,
    TocsinError,
    WorkspaceError,
    did_you_mean,
)
from tocsin.provenance import Pointer

KINDS = {
    FeedError: "feed",
    PackError: "pack",
    ConstituencyError: "constituency",
    DocumentError: "document",
    WorkspaceError: "workspace",
    AskError: "ask",
}
CASES = ("exchange-proxylogon-2021", "exchange-proxyshell-2021", "citrix-bleed-2023")


def test_the_text_says_what_where_and_what_to_do() -> None:
    where = Pointer(source="2021-03-10-scan_exchange.csv", line=1)
    fault = FeedError("column 'timestamp' is missing", where=where, remedy="name its reader")
    assert str(fault) == "2021-03-10-scan_exchange.csv:1: column 'timestamp' is missing\n  → name its reader"


def test_without_a_place_the_text_begins_with_what_happened() -> None:
    assert str(AskError("no day is given", remedy="give --as-of")) == "no day is given\n  → give --as-of"


def test_an_error_without_a_remedy_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="remedy"):
        AskError("no day is given")  # type: ignore[call-arg]


def test_the_json_holds_the_same_and_can_be_written() -> None:
    where = Pointer(source="case.toml", key="cves[2].id")
    fault = PackError("is no CVE", where=where, remedy="write CVE-…")
    assert json.loads(json.dumps(fault.as_json())) == {
        "error": {
            "kind": "pack",
            "what": "is no CVE",
            "where": {"source": "case.toml", "key": "cves[2].id"},
            "remedy": "write CVE-…",
        }
    }


def test_the_json_has_the_same_keys_without_a_place() -> None:
    told = WorkspaceError("the disk is full", remedy="make room").as_json()["error"]
    assert told == {"kind": "workspace", "what": "the disk is full", "where": None, "remedy": "make room"}


@pytest.mark.parametrize(("error", "kind"), KINDS.items())
def test_each_person_who_must_act_has_a_kind(error: type[TocsinError], kind: str) -> None:
    with pytest.raises(TocsinError) as caught:
        raise error("something", remedy="do something")
    assert caught.value.kind == kind


def test_there_are_no_other_kinds() -> None:
    assert set(TocsinError.__subclasses__()) == set(KINDS)


def test_a_misspelt_word_gets_the_near_ones_nearest_first() -> None:
    assert did_you_mean("exchange-proxylogn-2021", CASES) == (
        " (did you mean exchange-proxylogon-2021 or exchange-proxyshell-2021?)"
    )


def test_at_most_three_near_words_are_named() -> None:
    assert did_you_mean("bakery", ["bakery1", "bakery2", "bakery3", "bakery4"]).count("bakery") == 3


@pytest.mark.parametrize("known", [(), CASES])
def test_a_word_like_no_other_gets_nothing(known: tuple[str, ...]) -> None:
    assert did_you_mean("zebra", known) == ""
