"""Findings gathered per constituent."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from tocsin.notices.gather import gather
from tocsin.tables import INSTANT

SEEN = datetime(2021, 3, 10, 0, 11, 30, tzinfo=UTC)
ROW = {
    "address": "192.0.2.17",
    "port": 443,
    "transport": "tcp",
    "hostname": None,
    "status": "affected",
    "reason": None,
    "basis": "older than 15.1.2106.13",
    "build": "15.1.2106.2",
    "branch": None,
    "cves": "CVE-2021-26855=affected; CVE-2021-26857=fixed",
    "compromise": "none_known",
    "constituent": "council",
    "certainty": "proven",
    "first_seen": SEEN,
    "last_seen": SEEN,
    "source": "scan.csv",
    "line": 3,
}


def table(*changes: dict[str, object]) -> pa.Table:
    made = pa.Table.from_pylist([{**ROW, **change} for change in changes])
    for name in ("first_seen", "last_seen"):
        made = made.set_column(made.column_names.index(name), name, made.column(name).cast(INSTANT))
    place = made.column_names.index("status")
    return made.set_column(place, "status", made.column("status").dictionary_encode())


def test_an_affected_service_is_told_with_what_was_seen() -> None:
    (item,) = gather(table({})).items["council"]
    assert (item.address, item.hostname, item.branch, item.line) == ("192.0.2.17", "", "", 3)
    assert item.cves == ("CVE-2021-26855",)
    assert item.first_seen == SEEN


@pytest.mark.parametrize("status", ["fixed", "not_affected", "undetermined"])
@pytest.mark.parametrize("compromise", ["possible", "confirmed"])
def test_compromise_is_told_however_the_service_stands(status: str, compromise: str) -> None:
    (item,) = gather(table({"status": status, "compromise": compromise})).items["council"]
    assert (item.status, item.compromise) == (status, compromise)


@pytest.mark.parametrize("status", ["fixed", "not_affected"])
def test_what_is_over_is_not_told_of(status: str) -> None:
    found = gather(table({"status": status}))
    assert (found.items, found.withheld) == ({}, ())


@pytest.mark.parametrize("certainty", ["claimed", "disputed"])
def test_what_is_not_proven_is_withheld_from_each_claimant(certainty: str) -> None:
    found = gather(table({"certainty": certainty, "constituent": "fire;police"}, {"constituent": "fire"}))
    assert set(found.items) == {"fire"}
    assert [(each.constituent, each.code, each.items) for each in found.withheld] == [
        ("fire", certainty, 1),
        ("police", certainty, 1),
    ]


def test_what_cannot_be_told_apart_is_withheld() -> None:
    (each,) = gather(table({"status": "undetermined"}, {"status": "undetermined", "port": 444})).withheld
    assert (each.constituent, each.code, each.items) == ("council", "undetermined", 2)


def test_what_is_nobodys_is_counted() -> None:
    found = gather(table({"certainty": "none", "constituent": None}, {"certainty": "none", "status": "fixed"}))
    assert (found.items, found.withheld, found.nobodys) == ({}, (), 1)


def test_no_finding_at_all_is_told_to_nobody() -> None:
    assert gather(table({}).slice(0, 0)).items == {}


def test_a_column_that_is_missing_is_named() -> None:
    with pytest.raises(ValueError, match="branch"):
        gather(table({}).drop_columns("branch"))
