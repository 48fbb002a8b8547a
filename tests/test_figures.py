"""A figure never stands without what it is a figure of."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime

import pytest

from tocsin.figures import Figure

FIGURE = Figure(
    id="services-affected",
    low=1200,
    high=1300,
    unit="services",
    state="affected",
    place="all countries",
    as_of=date(2021, 3, 9),
    known_at=None,
    method="by test",
    denominator="services-seen",
    source="tocsin census example",
)


def test_what_is_certain_is_one_number() -> None:
    assert replace(FIGURE, low=1_234_567, high=1_234_567).bounds == "1,234,567"


def test_what_is_uncertain_is_two() -> None:
    assert FIGURE.bounds == "at least 1,200 and at most 1,300"


def test_none_is_said_as_zero() -> None:
    assert replace(FIGURE, low=0, high=0).bounds == "0"


def test_in_words_it_has_unit_state_place_and_day() -> None:
    assert str(FIGURE) == "at least 1,200 and at most 1,300 services affected, all countries, as of 9 March 2021"


@pytest.mark.parametrize(("low", "high"), [(2, 1), (-1, 1), (-2, -1)])
def test_bounds_in_the_wrong_order_or_below_zero_are_refused(low: int, high: int) -> None:
    with pytest.raises(ValueError, match=f"services-affected: at least {low} and at most {high} are no bounds"):
        replace(FIGURE, low=low, high=high)


def test_it_cannot_be_changed_later() -> None:
    with pytest.raises(FrozenInstanceError):
        FIGURE.low = 0  # type: ignore[misc]


def test_its_json_holds_every_field_and_dates_as_text() -> None:
    known = replace(FIGURE, known_at=datetime(2021, 3, 10, 8, tzinfo=UTC), group="sector=health")
    assert json.loads(json.dumps(known.as_json())) == {
        "id": "services-affected",
        "low": 1200,
        "high": 1300,
        "unit": "services",
        "state": "affected",
        "place": "all countries",
        "as_of": "2021-03-09",
        "known_at": "2021-03-10T08:00:00+00:00",
        "method": "by test",
        "denominator": "services-seen",
        "source": "tocsin census example",
        "group": "sector=health",
    }


def test_its_json_says_null_where_all_knowledge_counts() -> None:
    told = FIGURE.as_json()
    assert (told["known_at"], told["group"]) == (None, None)
