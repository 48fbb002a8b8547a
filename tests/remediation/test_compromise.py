"""The spells of compromise, against a plain reading of the same history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import groupby

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tocsin.remediation.compromise import compromise_spells
from tocsin.remediation.fold import open_traces
from tocsin.tables import TRACES

START = datetime(2021, 3, 2, tzinfo=UTC)
Seen = tuple[int, int, str]


def traces(*seen: Seen) -> pa.Table:
    """Rows of service, second and what was seen."""
    columns = {
        "line": range(len(seen)),
        "seen_at": [START + timedelta(seconds=second) for _, second, _ in seen],
        "ip_hi": [0] * len(seen),
        "ip_lo": [service for service, _, _ in seen],
        "port": [443] * len(seen),
        "transport": ["tcp"] * len(seen),
        "compromise": [what for *_, what in seen],
    }
    arrays = [
        pa.array(list(columns[field.name]), field.type.value_type).dictionary_encode()
        if pa.types.is_dictionary(field.type)
        else pa.array(list(columns[field.name]), field.type)
        for field in TRACES
    ]
    return pa.table(arrays, schema=TRACES)


def told(table: pa.Table) -> list[tuple[int, str, int, int | None]]:
    rows = compromise_spells(table).to_pylist()
    return [(row["ip_lo"], row["compromise"], _second(row["began"]), _second(row["ended"])) for row in rows]


def _second(moment: datetime | None) -> int | None:
    return None if moment is None else int((moment - START).total_seconds())


def slowly(seen: list[Seen]) -> list[tuple[int, str, int, int | None]]:
    """The same by walking each service's history."""
    spells = []
    for service, rows in groupby(
        sorted(seen, key=lambda row: (row[0], row[1], row[2] != "cleaned")), lambda row: row[0]
    ):
        running: tuple[int, str] | None = None
        for _, second, what in rows:
            if what != "cleaned":
                began, level = running or (second, what)
                running = (began, "confirmed" if "confirmed" in (level, what) else "possible")
            elif running:
                spells.append((service, running[1], running[0], second))
                running = None
        if running:
            spells.append((service, running[1], running[0], None))
    return spells


def test_a_trace_opens_a_spell_that_nothing_but_cleaning_ends() -> None:
    assert told(traces((1, 0, "possible"), (1, 50, "confirmed"))) == [(1, "confirmed", 0, None)]


def test_cleaning_ends_it_and_a_later_trace_opens_another() -> None:
    seen = traces((1, 0, "confirmed"), (1, 5, "cleaned"), (1, 9, "possible"))
    assert told(seen) == [(1, "confirmed", 0, 5), (1, "possible", 9, None)]


def test_cleaning_of_the_same_second_ends_nothing() -> None:
    assert told(traces((1, 5, "confirmed"), (1, 5, "cleaned"))) == [(1, "confirmed", 5, None)]


def test_cleaning_of_another_service_ends_nothing() -> None:
    assert told(traces((1, 0, "confirmed"), (2, 5, "cleaned"))) == [(1, "confirmed", 0, None)]


def test_without_any_trace_there_is_no_spell() -> None:
    assert told(traces()) == []
    assert told(traces((1, 5, "cleaned"))) == []


SEEN = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 6), st.sampled_from(["possible", "confirmed", "cleaned"])), max_size=14
)


@given(SEEN)
def test_the_spells_are_those_of_a_plain_reading(seen: list[Seen]) -> None:
    assert sorted(told(traces(*seen)), key=str) == sorted(slowly(seen), key=str)


@given(SEEN)
def test_what_is_open_is_what_a_census_calls_compromised(seen: list[Seen]) -> None:
    table = traces(*seen)
    census = {row["ip_lo"] for row in open_traces(table).to_pylist()}
    assert {service for service, *_, ended in told(table) if ended is None} == census
