"""What was taken in, and what of it could not be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tasks.conftest import NOW, row, write_report
from tests.tasks.test_viewing import furnished

from tocsin.errors import AskError
from tocsin.store.workspace import Workspace
from tocsin.tasks.ingest import Wishes, ingest
from tocsin.tasks.intakes import list_batches, list_rejected


@pytest.fixture(scope="module")
def march(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Three reports, two of them with a row that cannot be read; nothing here writes to it."""
    folder = tmp_path_factory.mktemp("march")
    rows = {12: [row("203.0.113.7"), "too,few"], 11: [row("203.0.113.7")], 10: [row("nonsense"), row("203.0.113.7")]}
    return furnished(folder, [write_report(folder, told, day=day) for day, told in rows.items()])


def rejected(workspace: Workspace, file: str | None = None) -> list[str]:
    return [str(each.pointer) for each in list_rejected(workspace, file=file)]


def name(day: int) -> str:
    return f"2021-03-{day}-scan_exchange.csv"


def test_batches_come_by_day_whatever_the_order_they_came_in(march: Workspace) -> None:
    assert [batch.file for batch in list_batches(march)] == [name(10), name(11), name(12)]


def test_a_batch_tells_what_became_of_its_rows(march: Workspace) -> None:
    first = list_batches(march)[0]
    assert (first.rows_in, first.observations, first.duplicates, first.rejected) == (2, 1, 0, 1)


def test_every_rejected_row_is_listed_with_file_and_line(march: Workspace) -> None:
    assert rejected(march) == [f"{name(10)}:2 column 'ip'", f"{name(12)}:3"]


def test_a_rejected_row_comes_with_its_reason_and_its_text(march: Workspace) -> None:
    (found,) = list_rejected(march, file=name(10))
    assert "'nonsense'" in found.reason
    assert found.raw == row("nonsense")


def test_those_of_one_file_are_listed_alone(march: Workspace) -> None:
    assert rejected(march, name(12)) == [f"{name(12)}:3"]


def test_a_batch_is_named_by_the_beginning_of_its_id_as_well(march: Workspace) -> None:
    last = list_batches(march)[-1]
    assert rejected(march, last.id[:12]) == rejected(march, last.file)


def test_a_file_that_was_read_in_full_has_none(march: Workspace) -> None:
    assert rejected(march, name(11)) == []


def test_a_misspelt_file_gets_the_near_ones(march: Workspace) -> None:
    with pytest.raises(AskError, match=r"no batch was taken in from '2021-03-12-scan-exchange\.csv'") as caught:
        rejected(march, "2021-03-12-scan-exchange.csv")
    assert f"did you mean {name(12)}" in caught.value.what
    assert caught.value.remedy == "see 'tocsin batches'"


def test_a_superseded_batch_and_its_rejected_rows_are_listed_no_more(tmp_path: Path) -> None:
    made = furnished(tmp_path, [write_report(tmp_path, [row("nonsense")])])
    again = write_report(tmp_path, [row("203.0.113.7"), row("203.0.113.8"), "too,few"])
    list(ingest(made, [again], wishes=Wishes(), clock=lambda: NOW))
    assert [batch.rows_in for batch in list_batches(made)] == [3]
    assert rejected(made) == [f"{name(10)}:4"]


def test_in_a_new_workspace_there_is_nothing(workspace: Workspace) -> None:
    assert (list_batches(workspace), rejected(workspace)) == ([], [])
