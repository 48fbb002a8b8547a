"""The state of a service on a day, from its findings in the window."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.building import findings

from tocsin.remediation.fold import fold, group_services, open_traces
from tocsin.tables import SERVICE


def _day(number: int) -> datetime:
    return datetime(2021, 3, number, tzinfo=UTC)


def _fold(*rows: dict[str, object], parents: dict[str, str | None] | None = None) -> list[dict[str, object]]:
    table = findings([{name: value for name, value in row.items() if name != "is_current"} for row in rows])
    current = pa.array([bool(row.get("is_current", True)) for row in rows])
    return fold(table.append_column("is_current", current), parents or {}).to_pylist()


def test_the_latest_decisive_finding_is_the_state() -> None:
    (service,) = _fold(
        {"seen_at": _day(1), "status": "affected"},
        {"seen_at": _day(3), "status": "fixed", "build": "15.1.2106.13"},
        {"seen_at": _day(2), "status": "affected"},
    )
    assert (service["status"], service["build"], service["is_sure"]) == ("fixed", "15.1.2106.13", True)


def test_an_undetermined_finding_ends_nothing_but_casts_doubt_on_affected() -> None:
    (service,) = _fold({"seen_at": _day(1), "status": "affected"}, {"seen_at": _day(2), "status": "undetermined"})
    assert (service["status"], service["is_sure"], service["is_doubted"]) == ("affected", False, True)
    assert service["last_seen"] == _day(2)


def test_an_undetermined_finding_after_a_fix_casts_no_doubt() -> None:
    (service,) = _fold({"seen_at": _day(1), "status": "fixed"}, {"seen_at": _day(2), "status": "undetermined"})
    assert (service["status"], service["is_sure"], service["is_doubted"]) == ("fixed", True, False)


def test_only_undetermined_findings_decide_nothing() -> None:
    (service,) = _fold({"status": "undetermined"}, {"status": "undetermined"})
    assert (service["status"], service["is_sure"], service["is_current"]) == ("undetermined", False, True)


def test_affected_in_an_earlier_scan_only_is_not_sure() -> None:
    (service,) = _fold({"status": "affected", "is_current": False})
    assert (service["status"], service["is_sure"]) == ("affected", False)


def test_a_later_look_that_decides_nothing_does_not_make_an_earlier_scan_current() -> None:
    (service,) = _fold(
        {"seen_at": _day(1), "status": "affected", "is_current": False},
        {"seen_at": _day(2), "status": "undetermined", "is_current": True},
    )
    assert service["is_sure"] is False


def test_ports_and_transports_are_services_of_their_own() -> None:
    assert len(_fold({"port": 443}, {"port": 444}, {"transport": "udp"}, {})) == 3


def test_the_strongest_assignment_counts_whatever_its_day() -> None:
    (service,) = _fold(
        {"seen_at": _day(1), "constituent": "a", "certainty": "proven", "holding": "network"},
        {"seen_at": _day(2), "constituent": "b", "certainty": "claimed", "holding": "name"},
    )
    assert (service["constituent"], service["certainty"], service["holding"]) == ("a", "proven", "network")


def test_two_who_proved_it_dispute_it() -> None:
    (service,) = _fold(
        {"constituent": "b", "certainty": "proven"},
        {"constituent": "a", "certainty": "proven"},
        {"constituent": "b", "certainty": "proven"},
    )
    assert (service["constituent"], service["certainty"]) == ("a;b", "disputed")


def test_a_dispute_takes_in_whoever_else_proved_it() -> None:
    (service,) = _fold(
        {"constituent": "a;b", "certainty": "disputed"},
        {"constituent": "c", "certainty": "proven"},
        {"constituent": "d", "certainty": "proven"},
    )
    assert (service["constituent"], service["certainty"]) == ("a;b;c;d", "disputed")


def test_two_who_only_claim_it_are_both_in_doubt() -> None:
    (service,) = _fold(
        {"seen_at": _day(1), "constituent": "b", "certainty": "claimed"},
        {"seen_at": _day(2), "constituent": "a", "certainty": "claimed"},
    )
    assert (service["constituent"], service["certainty"]) == ("a;b", "disputed")


@pytest.mark.parametrize("days", [(1, 2), (2, 1)])
def test_a_dispute_takes_in_who_proved_it_in_either_order(days: tuple[int, int]) -> None:
    (service,) = _fold(
        {"seen_at": _day(days[0]), "constituent": "a;b", "certainty": "disputed"},
        {"seen_at": _day(days[1]), "constituent": "c", "certainty": "proven"},
    )
    assert (service["constituent"], service["certainty"]) == ("a;b;c", "disputed")


def test_two_disputes_are_one_between_all_four() -> None:
    (service,) = _fold(
        {"seen_at": _day(1), "constituent": "a;b", "certainty": "disputed"},
        {"seen_at": _day(2), "constituent": "c;d", "certainty": "disputed"},
        {"seen_at": _day(3), "constituent": "e", "certainty": "claimed"},
    )
    assert (service["constituent"], service["certainty"]) == ("a;b;c;d", "disputed")


def test_one_dispute_seen_twice_is_told_as_it_was() -> None:
    (service,) = _fold(*[{"constituent": "b;a", "certainty": "disputed"}] * 2)
    assert (service["constituent"], service["certainty"]) == ("b;a", "disputed")


PARENTS: dict[str, str | None] = {"school": "council"}


@pytest.mark.parametrize("certainty", ["proven", "claimed"])
@pytest.mark.parametrize("days", [(1, 2), (2, 1)])
def test_a_school_on_its_councils_network_is_the_schools(certainty: str, days: tuple[int, int]) -> None:
    (service,) = _fold(
        {"seen_at": _day(days[0]), "constituent": "school", "certainty": certainty, "holding": "name"},
        {"seen_at": _day(days[1]), "constituent": "council", "certainty": certainty, "holding": "network"},
        {"seen_at": _day(3), "constituent": None, "certainty": "none"},
        parents=PARENTS,
    )
    assert (service["constituent"], service["certainty"], service["holding"]) == ("school", certainty, "name")


def test_a_council_that_disputed_it_gives_way_to_its_school() -> None:
    (service,) = _fold(
        {"constituent": "council;bakery", "certainty": "disputed"},
        {"constituent": "school", "certainty": "proven"},
        parents=PARENTS,
    )
    assert (service["constituent"], service["certainty"]) == ("bakery;school", "disputed")


def test_services_beside_a_contested_one_keep_their_owner() -> None:
    rows = _fold(
        {"port": 25, "constituent": "c", "certainty": "claimed"},
        {"constituent": "b", "certainty": "proven"},
        {"constituent": "a", "certainty": "proven"},
        {"port": 444},
    )
    assert sorted((row["port"], row["constituent"], row["certainty"]) for row in rows) == [
        (25, "c", "claimed"),
        (443, "a;b", "disputed"),
        (444, None, "none"),
    ]


def test_a_claim_does_not_dispute_a_proof() -> None:
    (service,) = _fold({"constituent": "a", "certainty": "proven"}, {"constituent": "b", "certainty": "claimed"})
    assert (service["constituent"], service["certainty"]) == ("a", "proven")


def test_nothing_seen_gives_no_services() -> None:
    table = findings([]).append_column("is_current", pa.array([], pa.bool_()))
    assert fold(table, {}).num_rows == 0


def test_services_of_other_addresses_stay_apart() -> None:
    table = findings([{"ip_lo": 1}, {"ip_lo": 2}, {"ip_lo": 1}])
    groups = group_services(table)
    assert len(groups.first) == 2


def test_services_that_share_a_hash_stay_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.remediation.grouping.mixed", lambda columns: np.zeros(len(columns[0]), np.uint64))
    groups = group_services(findings([{"ip_lo": 1}, {"ip_lo": 2, "port": 25}, {"ip_lo": 1}, {"ip_hi": 3}]))
    assert len(groups.first) == 3
    assert groups.number[0] == groups.number[2]


def test_cleaned_in_the_second_of_the_confirmation_ends_nothing() -> None:
    assert _open(_trace(1, "confirmed"), _trace(1, "cleaned")) == [("confirmed", _day(1))]
    assert _open(_trace(1, "possible"), _trace(1, "cleaned")) == [("possible", _day(1))]
    assert _open(_trace(1, "cleaned")) == []


def _trace(day: int, compromise: str) -> dict[str, object]:
    return {"seen_at": _day(day), "compromise": compromise}


def _open(*rows: dict[str, object]) -> list[tuple[object, object]]:
    table = findings(rows).select([*SERVICE.names, "seen_at", "compromise"])
    return [(row["compromise"], row["compromise_seen"]) for row in open_traces(table).to_pylist()]


def test_a_later_suspicion_does_not_weaken_a_confirmed_compromise() -> None:
    assert _open(_trace(1, "confirmed"), _trace(2, "possible")) == [("confirmed", _day(2))]


def test_only_evidence_of_cleaning_ends_a_compromise() -> None:
    assert _open(_trace(1, "confirmed"), _trace(2, "cleaned")) == []
    assert _open(_trace(2, "cleaned"), _trace(3, "possible")) == [("possible", _day(3))]
    assert _open(_trace(1, "confirmed"), _trace(2, "cleaned"), _trace(3, "possible")) == [("possible", _day(3))]


_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "ip_lo": st.integers(0, 3),
            "port": st.sampled_from([25, 443]),
            "seen_at": st.integers(1, 5).map(_day),
            "status": st.sampled_from(["affected", "fixed", "undetermined", "not_affected"]),
            "is_current": st.booleans(),
        }
    ),
    max_size=20,
)


@given(_ROWS)
def test_folding_agrees_with_a_plain_loop(rows: list[dict[str, object]]) -> None:
    state: dict[tuple[object, object], dict[str, object]] = {}
    last: dict[tuple[object, object], dict[str, object]] = {}
    for _, row in sorted(enumerate(rows), key=lambda pair: (pair[1]["seen_at"], pair[0])):  # type: ignore[arg-type, return-value]
        key = (row["ip_lo"], row["port"])
        last[key] = row
        if row["status"] != "undetermined" or state.get(key, row)["status"] == "undetermined":
            state[key] = row
    folded = {(row["ip_lo"], row["port"]): row for row in _fold(*rows)}
    assert folded.keys() == state.keys()
    for key, row in state.items():
        doubted = row["status"] == "affected" and last[key]["seen_at"] != row["seen_at"]
        assert folded[key]["status"] == row["status"]
        assert folded[key]["is_doubted"] == doubted
        assert folded[key]["is_sure"] == (row["status"] != "undetermined" and row["is_current"] and not doubted)


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3), st.integers(0, 2)), max_size=30))
def test_grouping_gathers_equal_keys_and_no_others(keys: list[tuple[int, int, int]]) -> None:
    table = findings([{"ip_hi": hi, "ip_lo": lo, "port": port} for hi, lo, port in keys])
    if not keys:
        return
    groups = group_services(table)
    assert len(groups.first) == len(set(keys))
    assert [keys[row] for row in groups.first[groups.number]] == keys
