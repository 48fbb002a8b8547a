"""A purge leaves nothing of what it takes and everything of what it does not, also after one that was killed."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from tests.building import findings, observations
from tests.constituency.building import constituent
from tests.store.test_batches import batch, judgement
from tests.store.test_constituents import save as save_registry
from tests.store.test_overrides import ASSIGNMENT, VERDICT

from tocsin.constituency import Resolver
from tocsin.store.batches import find_batch, forget_batches, save_batch, visible_batches
from tocsin.store.bodies import load_bodies
from tocsin.store.constituents import list_versions, load_constituents
from tocsin.store.findings import FindingsWriter
from tocsin.store.lake import SCHEMAS, Lake, read_chunks
from tocsin.store.overrides import all_overrides, save_override
from tocsin.store.purging import purge_before, purge_constituent, rows_of_constituent
from tocsin.store.schema import constituents, ledger
from tocsin.tables import REJECTED

NOW = datetime(2021, 4, 1, 9, tzinfo=UTC)
NO_REGISTRY = Resolver.build((), "0")
MARCH_1 = date(2021, 3, 1)
MARCH_11 = date(2021, 3, 11)
COUNCIL: dict[str, object] = {"constituent": "council", "certainty": "proven", "compromise": "confirmed"}
BAKERY: dict[str, object] = {"constituent": "bakery", "certainty": "proven", "compromise": "confirmed"}
NOBODY: dict[str, object] = {}
BROKEN: dict[str, object] = {"line": 99, "column": "ip", "reason": "'x' is no address", "raw": "x"}


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    (tmp_path / "lake").mkdir()
    return Lake(tmp_path / "lake")


def keep(
    desk: Engine,
    lake: Lake,
    name: str,
    *rows: dict[str, object],
    day: int = 10,
    supersedes: str | None = None,
    rejected: Sequence[dict[str, object]] = (),
) -> None:
    """A batch with one observation and one finding for each of ``rows`` (lines 2, 3, …)."""
    with lake.stage() as staging, lake.committing():
        seen, broken, found = staging.writer("observations"), staging.writer("rejected"), FindingsWriter(staging)
        seen.write(observations([{} for _ in rows]))
        broken.write(pa.Table.from_pylist(list(rejected), schema=REJECTED))
        found.write(findings(rows))
        of_batch = [writer.finish({"batch": name}) for writer in (seen, broken)]
        lake.commit([*(part for part in of_batch if part), *found.finish("case", f"j{name}")])
        made = batch(name, day=f"2021-03-{day:02d}")
        save_batch(desk, made, [judgement(f"j{name}", name)], supersedes=supersedes)


def lines(lake: Lake, table: str, name: str) -> list[int]:
    """The lines that ``table`` holds of a batch."""
    partition = {"batch": [name]} if table in ("observations", "rejected") else {"judgement": [f"j{name}"]}
    return [
        line
        for path in lake.files(table, partition)
        for chunk in read_chunks(path, table)
        for line in chunk.column("line").to_pylist()
    ]


def batches_in(lake: Lake) -> dict[str, set[str]]:
    """The batch or judgement of each file that lies in the lake, in the log or not."""
    return {
        table: {
            path.parent.name.partition("=")[2]
            for path in (lake.root / table).rglob("*.parquet")
            if "_delta_log" not in path.parts
        }
        for table in SCHEMAS
    }


def files_in(lake: Lake) -> int:
    return len([path for path in lake.root.rglob("*.parquet") if "_delta_log" not in path.parts])


def test_batches_before_a_day_leave_no_file_and_no_row(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "old", COUNCIL, day=10, rejected=[BROKEN])
    purge_before(desk, lake, MARCH_11, now=NOW)
    assert find_batch(desk, "old") is None
    assert batches_in(lake) == {table: set() for table in SCHEMAS}


def test_batches_of_the_day_and_later_stay_whole(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "old", COUNCIL, day=10)
    keep(desk, lake, "new", COUNCIL, day=11, rejected=[BROKEN])
    purge_before(desk, lake, MARCH_11, now=NOW)
    assert [each.id for each in visible_batches(desk)] == ["new"]
    assert {table: lines(lake, table, "new") for table in SCHEMAS} == {
        "observations": [2],
        "findings": [2],
        "traces": [2],
        "rejected": [99],
    }


def test_a_superseded_batch_goes_with_its_age_too(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "first", NOBODY, day=10)
    keep(desk, lake, "second", NOBODY, day=10, supersedes="first")
    purge_before(desk, lake, MARCH_11, now=NOW)
    assert [find_batch(desk, name) for name in ("first", "second")] == [None, None]
    assert files_in(lake) == 0


def test_it_says_how_many_files_went(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "old", COUNCIL, day=10)
    before = files_in(lake)
    assert before == 3
    assert purge_before(desk, lake, MARCH_11, now=NOW) >= before


def test_the_log_no_longer_names_what_went(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "old", COUNCIL, day=10)
    purge_before(desk, lake, MARCH_11, now=NOW)
    told = b"".join(path.read_bytes() for path in lake.root.rglob("_delta_log/*.json"))
    assert told
    assert b'"add"' not in told


def test_overrides_that_ended_before_the_day_go_and_others_stay(desk: Engine, lake: Lake) -> None:
    save_override(desk, VERDICT, begins=MARCH_1, expires=date(2021, 3, 10), now=NOW)
    save_override(desk, ASSIGNMENT, begins=MARCH_1, expires=MARCH_11, now=NOW)
    purge_before(desk, lake, MARCH_11, now=NOW)
    assert [entry.override for entry in all_overrides(desk)] == [ASSIGNMENT]


def test_nothing_to_forget_is_no_error(desk: Engine, lake: Lake) -> None:
    assert purge_before(desk, lake, MARCH_11, now=NOW) == 0


def test_a_purge_by_age_that_was_killed_is_finished_by_the_next(desk: Engine, lake: Lake) -> None:
    for name in ("old", "new"):
        keep(desk, lake, name, COUNCIL)
    with desk.begin() as connection:
        forget_batches(connection, ["old"])  # and then it was killed
    assert files_in(lake) == 6
    purge_before(desk, lake, date(2021, 1, 1), now=NOW)
    left = {"observations": {"new"}, "rejected": set(), "findings": {"jnew"}, "traces": {"jnew"}}
    assert batches_in(lake) == left


def test_what_is_committed_while_a_purge_waits_for_its_turn_stays(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "old", NOBODY, day=12)
    with ThreadPoolExecutor(1) as pool, lake.stage() as staging:
        seen = staging.writer("observations")
        seen.write(observations([{}]))
        part = seen.finish({"batch": "new"})
        assert part is not None
        with lake.committing():
            purge = pool.submit(purge_before, desk, lake, MARCH_11, now=NOW)
            wait([purge], timeout=0.2)  # long enough to look at the desk before its turn, if it did
            lake.commit([part])
            save_batch(desk, batch("new", day="2021-03-12"), [], supersedes=None)
        purge.result(timeout=20)
    assert lines(lake, "observations", "new") == [2]


def test_a_constituents_rows_are_found_in_every_batch(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "a", NOBODY, COUNCIL, BAKERY, COUNCIL)
    keep(desk, lake, "b", COUNCIL, day=11)
    keep(desk, lake, "c", BAKERY, day=12)
    found = rows_of_constituent(desk, lake, "council", NO_REGISTRY)
    assert {name: rows.to_pylist() for name, rows in found.items()} == {"a": [3, 5], "b": [2]}


def test_a_disputed_row_is_each_claimants(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "a", {"constituent": "bakery;council", "certainty": "disputed"})
    assert [list(rows_of_constituent(desk, lake, name, NO_REGISTRY)) for name in ("bakery", "council")] == [
        ["a"],
        ["a"],
    ]


def test_a_name_within_another_name_is_not_the_same(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "a", {"constituent": "county-council"})
    assert rows_of_constituent(desk, lake, "council", NO_REGISTRY) == {}


def test_in_an_empty_lake_nobody_has_rows(desk: Engine, lake: Lake) -> None:
    assert rows_of_constituent(desk, lake, "council", NO_REGISTRY) == {}


def test_a_constituents_rows_go_and_others_stay(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "a", BAKERY, COUNCIL, NOBODY)
    purge_constituent(desk, lake, "council", NO_REGISTRY, now=NOW)
    assert {table: lines(lake, table, "a") for table in ("observations", "findings", "traces")} == {
        "observations": [2, 4],
        "findings": [2, 4],
        "traces": [2],
    }


def test_a_batch_with_rows_of_the_constituent_alone_keeps_none(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "a", COUNCIL, COUNCIL)
    purge_constituent(desk, lake, "council", NO_REGISTRY, now=NOW)
    assert files_in(lake) == 0


def test_traces_go_also_where_nobody_else_has_one(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "a", NOBODY, COUNCIL)
    purge_constituent(desk, lake, "council", NO_REGISTRY, now=NOW)
    assert [lines(lake, table, "a") for table in ("observations", "findings", "traces")] == [[2], [2], []]


def test_what_the_registry_gives_it_goes_though_no_case_made_a_finding_of_it(desk: Engine, lake: Lake) -> None:
    registry = Resolver.build([constituent("council", networks="203.0.113.0/24")], "1")
    keep(desk, lake, "a", {"line": 99})  # the observation is line 2, and of no case
    purge_constituent(desk, lake, "council", registry, now=NOW)
    assert lines(lake, "observations", "a") == []


def test_rejected_rows_belong_to_nobody_and_stay(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "a", BAKERY, COUNCIL, rejected=[BROKEN])
    purge_constituent(desk, lake, "council", NO_REGISTRY, now=NOW)
    assert lines(lake, "rejected", "a") == [99]


def test_no_old_file_with_the_constituents_rows_is_left(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "a", BAKERY, COUNCIL)
    purge_constituent(desk, lake, "council", NO_REGISTRY, now=NOW)
    assert rows_of_constituent(desk, lake, "council", NO_REGISTRY) == {}
    assert files_in(lake) == 3  # one of each table, as before


def test_what_a_retired_judgement_assigned_to_it_goes_as_well(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "a", NOBODY, COUNCIL)
    keep(desk, lake, "b", NOBODY, NOBODY, supersedes="a")
    purge_constituent(desk, lake, "council", NO_REGISTRY, now=NOW)
    assert [lines(lake, "observations", name) for name in ("a", "b")] == [[2], [2, 3]]


def test_the_constituent_is_gone_from_every_version_and_its_children_have_no_parent(desk: Engine, lake: Lake) -> None:
    council, school = constituent("council"), constituent("school", line=3, parent="council")
    save_registry(desk, council, school)
    save_registry(desk, replace(council, sector="education"), school)
    purge_constituent(desk, lake, "council", NO_REGISTRY, now=NOW)
    assert set(load_bodies(desk)) == {"school"}
    versions = [load_constituents(desk, version) for version in list_versions(desk)]
    assert {tuple((each.id, each.parent) for each in held) for held in versions} == {(("school", None),)}


def test_overrides_in_its_favour_go_and_others_stay(desk: Engine, lake: Lake) -> None:
    for override in (ASSIGNMENT, replace(ASSIGNMENT, value="bakery"), VERDICT):
        save_override(desk, override, begins=MARCH_1, expires=MARCH_11, now=NOW)
    purge_constituent(desk, lake, "council", NO_REGISTRY, now=NOW)
    assert [entry.override.value for entry in all_overrides(desk)] == ["bakery", "fixed"]


def test_a_purge_of_a_constituent_that_was_killed_is_finished_by_the_next(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "a", COUNCIL, BAKERY)
    save_registry(desk, constituent("council"))
    with desk.begin() as connection:
        connection.execute(sa.delete(constituents))  # and then it was killed
    purge_constituent(desk, lake, "council", NO_REGISTRY, now=NOW)
    assert [lines(lake, table, "a") for table in ("observations", "findings", "traces")] == [[3], [3], [3]]
    assert files_in(lake) == 3


def test_the_ledger_notes_a_purge_without_naming_whom(desk: Engine, lake: Lake) -> None:
    keep(desk, lake, "old", BAKERY, COUNCIL)
    purge_constituent(desk, lake, "council", NO_REGISTRY, now=NOW)
    purge_before(desk, lake, MARCH_11, now=NOW)
    with desk.connect() as connection:
        rows = connection.execute(sa.select(ledger.c.at, ledger.c.what, ledger.c.detail).order_by(ledger.c.id)).all()
    at = "2021-04-01T09:00:00.000000+00:00"
    assert [tuple(row) for row in rows] == [
        (at, "purge", "one constituent"),
        (at, "purge", "1 batches before 2021-03-11"),
    ]
