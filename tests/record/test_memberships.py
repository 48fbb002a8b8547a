from __future__ import annotations

from datetime import date, timedelta

import pytest

from tocsin.record.memberships import members


@pytest.mark.parametrize(
    ("bloc", "day", "count"),
    [
        ("EU", "1957-12-31", 0),
        ("EU", "1958-01-01", 6),
        ("EU", "1973-01-01", 9),
        ("EU", "1995-01-01", 15),
        ("EU", "2004-05-01", 25),
        ("EU", "2013-07-01", 28),
        ("EU", "2020-01-31", 28),
        ("EU", "2020-02-01", 27),
        ("NATO", "1949-08-23", 0),
        ("NATO", "1949-08-24", 12),
        ("NATO", "1999-03-12", 19),
        ("NATO", "2004-03-29", 26),
        ("NATO", "2020-03-26", 29),
        ("NATO", "2020-03-27", 30),
        ("NATO", "2023-04-04", 31),
        ("NATO", "2024-03-07", 32),
    ],
)
def test_members_are_counted_from_the_day_of_accession(bloc: str, day: str, count: int) -> None:
    assert len(members(bloc, date.fromisoformat(day))) == count


def test_thirty_nine_states_in_july_2021() -> None:
    """27 of the EU and 30 of NATO, 21 in both, and three more."""
    day = date(2021, 7, 19)
    eu, nato = members("EU", day), members("NATO", day)
    assert (len(eu), len(nato), len(eu & nato)) == (27, 30, 21)
    assert len(eu | nato | {"AU", "NZ", "JP"}) == 39


def test_the_united_kingdom_is_a_member_until_the_end_of_the_day_it_left() -> None:
    left = date(2020, 1, 31)
    assert "GB" in members("EU", left)
    assert "GB" not in members("EU", left + timedelta(days=1))
    assert "GB" in members("NATO", left + timedelta(days=1))


def test_a_bloc_whose_members_are_not_kept_is_refused() -> None:
    with pytest.raises(ValueError, match="'G20' are not kept; those of EU, NATO are"):
        members("G20", date(2021, 1, 1))
