"""Counts with bounds: what is sure, what may be, and whose it is."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.figures import Figure, Query
from tocsin.remediation import Body, Frame, census, method_sentence
from tocsin.tables import WORDS

FRAME = Frame(as_of=date(2021, 3, 31), known_at=None, method="by test", source=Query(command="a test"))
BODIES = {
    "council": Body(kind="organisation", sector="local government", is_public=True, country="GB"),
    "bakery": Body(kind="organisation", sector="food", is_public=False, country="GB"),
    "someone": Body(kind="person", sector="", is_public=False, country="GB"),
}
DEFAULT = {
    "status": "affected",
    "reason": None,
    "is_sure": True,
    "is_current": True,
    "is_doubted": False,
    "compromise": "none_known",
    "constituent": None,
    "certainty": "none",
    "country": "GB",
    "asn": 64500,
    "branch": "15.1.2106",
}
OWN = {"constituent": "council", "certainty": "proven"}
UNSURE = {"is_sure": False, "is_current": False}
DOUBTFUL = {"status": "undetermined", "is_sure": False}


def _services(*rows: dict[str, object]) -> pa.Table:
    words = ("status", "reason", "compromise", "constituent", "certainty", "country", "branch")
    schema = pa.schema(
        [
            *((name, pa.string()) for name in words),
            ("is_sure", pa.bool_()),
            ("is_current", pa.bool_()),
            ("is_doubted", pa.bool_()),
            ("asn", pa.int64()),
        ]
    )
    table = pa.Table.from_pylist([DEFAULT | row for row in rows], schema=schema)
    return table.cast(pa.schema([(field.name, WORDS if field.name in words else field.type) for field in table.schema]))


def _bounds(*rows: dict[str, object], by: str | None = None) -> dict[str, tuple[int, int]]:
    return {figure.id: (figure.low, figure.high) for figure in census(_services(*rows), BODIES, FRAME, by=by)}


def test_what_is_sure_counts_in_both_bounds() -> None:
    assert _bounds({}, {})["services-affected"] == (2, 2)


def test_the_undetermined_count_in_the_upper_bound_of_every_state() -> None:
    found = _bounds({}, DOUBTFUL)
    assert found["services-affected"] == (1, 2)
    assert found["services-fixed"] == (0, 1)
    assert found["services-undetermined"] == (1, 1)


def test_a_build_partly_shown_is_of_the_product() -> None:
    assert _bounds(DOUBTFUL | {"reason": "partial_build"})["services-not_affected"] == (0, 0)
    assert _bounds(DOUBTFUL | {"reason": "no_build"})["services-not_affected"] == (0, 1)


def test_last_seen_affected_in_an_earlier_scan_counts_in_the_upper_bound_only() -> None:
    assert _bounds(UNSURE)["services-affected"] == (0, 1)


def test_claimed_and_disputed_services_are_in_the_upper_bound_of_the_constituency_only() -> None:
    found = _bounds(
        OWN,
        {"constituent": "bakery", "certainty": "claimed"},
        {"constituent": "bakery;council", "certainty": "disputed"},
    )
    assert found["constituency-services-affected"] == (1, 3)
    assert found["organisations-affected"] == (1, 2)
    assert found["public-bodies-affected"] == (1, 1)
    assert found["beyond-registry-services-affected"] == (0, 2)


def test_a_disputed_service_is_in_the_upper_bound_of_both_claimants() -> None:
    found = _bounds({"constituent": "bakery;council", "certainty": "disputed"}, by="sector")
    assert found["organisations-affected/sector=food"] == (0, 1)
    assert found["organisations-affected/sector=local government"] == (0, 1)


def test_one_affected_service_makes_an_organisation_affected() -> None:
    found = _bounds(OWN | {"status": "fixed"}, OWN)
    assert found["organisations-affected"] == (1, 1)
    assert found["organisations-fixed"] == (0, 0)


def test_an_organisation_is_fixed_when_all_its_services_are() -> None:
    assert _bounds(OWN | {"status": "fixed"}, OWN | {"status": "fixed"})["organisations-fixed"] == (1, 1)
    assert _bounds(OWN | {"status": "fixed"}, OWN | DOUBTFUL)["organisations-fixed"] == (0, 1)


def test_persons_are_counted_apart() -> None:
    found = _bounds({"constituent": "someone", "certainty": "proven"})
    assert found["organisations-seen"] == (0, 0)
    assert found["persons-affected"] == (1, 1)


def test_a_fixed_service_may_be_compromised() -> None:
    found = _bounds(OWN | {"status": "fixed", "compromise": "confirmed"}, {"compromise": "possible"})
    assert found["services-compromised_confirmed"] == (1, 1)
    assert found["services-compromised_possible"] == (1, 1)
    assert found["organisations-compromised_confirmed"] == (1, 1)


def test_an_unknown_country_is_a_group_of_its_own() -> None:
    found = _bounds({"country": None}, {"country": "GB"}, by="country")
    assert found["services-affected/country=not known"] == (1, 1)
    assert found["services-affected/country=GB"] == (1, 1)


@pytest.mark.parametrize("by", ["asn", "branch", "status", "compromise", "country"])
def test_groups_of_services_add_up(by: str) -> None:
    rows = [{}, OWN, DOUBTFUL | {"asn": 64501, "branch": None}, {"compromise": "possible"}]
    parts = [bounds for name, bounds in _bounds(*rows, by=by).items() if name.startswith("services-seen/")]
    assert sum(low for low, _ in parts) == 4


def test_by_sector_only_the_constituency_is_counted() -> None:
    found = _bounds({}, OWN, by="sector")
    assert found["constituency-services-seen/sector=local government"] == (1, 1)
    assert not any(name.startswith(("services-", "beyond-registry")) for name in found)


def test_an_unknown_grouping_is_a_programming_fault() -> None:
    with pytest.raises(ValueError, match="no census by 'colour'"):
        _bounds({}, by="colour")


def test_nothing_seen_gives_zeros() -> None:
    assert set(_bounds().values()) == {(0, 0)}


def test_the_method_names_window_sources_and_coverage() -> None:
    text = method_sentence(
        window_days=7,
        sources={"scan_exchange": "positives"},
        located_by="as the feed says",
    )
    assert "7 days" in text
    assert "scan_exchange (positives)" in text


_SERVICE = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["affected", "fixed", "not_affected", "undetermined"]),
        "is_current": st.booleans(),
        "compromise": st.sampled_from(["none_known", "possible", "confirmed"]),
        "owner": st.sampled_from(
            [(None, "none"), ("council", "proven"), ("bakery", "claimed"), ("bakery;council", "disputed")]
        ),
    }
).map(
    lambda row: {
        **row,
        "is_sure": row["is_current"] and row["status"] != "undetermined",
        "constituent": row["owner"][0],
        "certainty": row["owner"][1],
    }
)


@given(st.lists(_SERVICE, max_size=12))
def test_bounds_are_bounds_and_parts_are_no_more_than_the_whole(rows: list[dict[str, object]]) -> None:
    figures: dict[str, Figure] = {figure.id: figure for figure in census(_services(*rows), BODIES, FRAME)}
    for figure in figures.values():
        assert 0 <= figure.low <= figure.high
        if figure.denominator:
            assert figure.high <= figure.denominator.high
            assert figures[figure.denominator.id] == figure.denominator
    assert figures["services-seen"].low == len(rows)
