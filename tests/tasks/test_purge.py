"""Forgetting: by age and by constituent, the lake's old versions too."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.tasks.conftest import CASE, NOW, Take, row, write_report
from tests.tasks.finding import world
from tests.tasks.noticing import planned, set_up

from tocsin.errors import AskError
from tocsin.store.desk import open_desk
from tocsin.store.lookups import latest_lookup
from tocsin.store.notify_settings import load_settings
from tocsin.store.reach import load_told
from tocsin.store.workspace import Workspace
from tocsin.tasks._notify_compose import letters_of
from tocsin.tasks.auditing import verify_audit
from tocsin.tasks.contacts import find_contacts, list_contacts
from tocsin.tasks.findings import list_findings
from tocsin.tasks.intakes import list_batches
from tocsin.tasks.notify_approve import approve_plan
from tocsin.tasks.notify_send import Wishes, send
from tocsin.tasks.purge import Purged, purge
from tocsin.tasks.rejudge import rejudge


def _purge(workspace: Workspace, *, dry_run: bool = False, **what: object) -> Purged:
    return purge(workspace, **({"before": None, "constituent": None} | what), dry_run=dry_run, now=NOW)  # type: ignore[arg-type]


def _bytes_of(workspace: Workspace) -> bytes:
    return b"".join(path.read_bytes() for path in workspace.root.rglob("*") if path.is_file())


def _mentions(workspace: Workspace, word: str) -> list[str]:
    """The files of the lake in which any value of any column, used by a row or not, holds ``word``."""
    return [path.name for path in _rows(workspace) if any(word in (text or "") for text in _texts(path))]


def _rows(workspace: Workspace) -> list[Path]:
    return [path for path in workspace.lake.rglob("*.parquet") if "_delta_log" not in path.parts]


def _texts(path: Path) -> list[str | None]:
    names = [field.name for field in pq.read_schema(path) if field.type == pa.string()]
    columns = pq.ParquetFile(path, read_dictionary=names).read(names).columns
    return [text for column in columns for chunk in column.chunks for text in chunk.dictionary.to_pylist()]


def test_a_dry_run_changes_nothing(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(write_report(tmp_path, [row("203.0.113.7")]))
    gone = _purge(workspace, before=date(2021, 3, 11), dry_run=True)
    assert (gone.batches, gone.files) == (1, 0)
    assert len(list_batches(workspace)) == 1


def test_old_batches_go_with_every_file(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    take(
        write_report(tmp_path, [row("203.0.113.7"), "broken"]),
        write_report(tmp_path, [row("203.0.113.8", day=12)], day=12),
    )
    _purge(workspace, before=date(2021, 3, 11))
    assert [batch.day for batch in list_batches(workspace)] == ["2021-03-12"]
    assert list_findings(workspace, CASE).column("address").to_pylist() == ["203.0.113.8"]
    assert (
        len([path for path in (workspace.lake / "observations").rglob("*.parquet") if "_delta_log" not in path.parts])
        == 1
    )
    assert not [path for path in (workspace.lake / "rejected").rglob("*.parquet") if "_delta_log" not in path.parts]


def test_everything_about_a_constituent_goes(take: Take, tmp_path: Path, workspace: Workspace) -> None:
    mail = row("203.0.113.7", host="owa.council.example", name_from="ssl", tags="exchange;webshell")
    take(write_report(tmp_path, [mail, row("198.51.100.7")]))
    assert b"security@council.example" in _bytes_of(workspace)
    assert _mentions(workspace, "council")
    gone = _purge(workspace, constituent="council")
    assert gone.observations == 1
    list(rejudge(workspace, clock=lambda: NOW))
    assert list_findings(workspace, CASE).column("address").to_pylist() == ["198.51.100.7"]
    assert b"security@council.example" not in _bytes_of(workspace)
    assert not _mentions(workspace, "council")


def test_an_unknown_constituent_is_told(workspace: Workspace) -> None:
    with pytest.raises(AskError, match="did you mean council"):
        _purge(workspace, constituent="councli")


def test_one_of_both_must_be_said(workspace: Workspace) -> None:
    with pytest.raises(AskError, match="say what to forget"):
        _purge(workspace)


def test_the_only_row_of_a_report_goes_too_and_rows_of_no_case(
    take: Take, tmp_path: Path, workspace: Workspace
) -> None:
    take(write_report(tmp_path, [row("203.0.113.7", tags="exchange;webshell")]))
    special = tmp_path / "2021-03-10-special.csv"
    special.write_text("timestamp,ip,port,tag\n2021-03-10 00:00:00,203.0.113.9,443,another-flaw\n", encoding="utf-8")
    take(special)
    assert _purge(workspace, constituent="council").observations == 2
    assert _rows(workspace) == []


def test_what_others_were_told_about_it_goes_and_their_findings_are_stale(
    take: Take, tmp_path: Path, workspace: Workspace
) -> None:
    take(write_report(tmp_path, [row("198.51.100.7", host="mail.council.example")]))
    assert _mentions(workspace, "council")
    _purge(workspace, constituent="council")
    with pytest.raises(AskError, match="tocsin rejudge"):
        list_findings(workspace, CASE)
    assert [batch.observations for batch in list_batches(workspace)] == [1]


def test_its_contacts_and_what_was_looked_up_about_its_domains_go_and_others_stay(
    take: Take, tmp_path: Path, workspace: Workspace
) -> None:
    take(write_report(tmp_path, [row("203.0.113.7")]))
    with world() as around:
        find_contacts(workspace, around.ways, mail=lambda: around.mail.ask)
    _purge(workspace, constituent="council")
    left = list_contacts(workspace)
    assert [each.contact.address for each in left if "council" in each.contact.address] == []
    assert "it@bakery.example" in [each.contact.address for each in left]
    desk = open_desk(workspace.desk_url)
    assert latest_lookup(desk, "security.txt", "council.example") is None
    assert latest_lookup(desk, "security.txt", "bakery.example") is not None


def test_what_it_was_told_goes_and_the_reach_and_the_audit_log_still_hold(
    take: Take, tmp_path: Path, workspace: Workspace
) -> None:
    take(write_report(tmp_path, [row("203.0.113.7"), row("198.51.100.7")]))
    set_up(workspace)
    plan = planned(workspace)
    approve_plan(workspace, plan, by="B. Officer", now=NOW)
    later = NOW + timedelta(days=2)
    letters_made = letters_of(workspace, load_settings(workspace), clock=lambda: later)
    how = {"letters": letters_made, "examined": lambda _: [], "clock": lambda: later, "tell": lambda _: None}
    send(workspace, plan, wishes=Wishes(author="A. Sender"), **how)  # type: ignore[arg-type]
    letters = workspace.root / "outbox"
    assert len(list(letters.glob("*.eml"))) == 2
    assert _purge(workspace, constituent="council", dry_run=True).notices == 1
    assert _purge(workspace, constituent="council").notices == 1
    assert len(list(letters.glob("*.eml"))) == 1
    assert b"council" not in _bytes_of(workspace)
    assert verify_audit(workspace).rows > 3
    told = load_told(open_desk(workspace.desk_url), CASE, until=later, on=later.date())
    assert sorted(name.partition(":")[0] for name in told) == ["bakery", "forgotten"]
    assert _purge(workspace, before=date(2022, 1, 1)).notices == 1
