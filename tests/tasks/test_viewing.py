"""A view is of one case on one day, and is refused where its figures would mislead."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.cases.packs import NAMES, SHIPPED
from tests.tasks.conftest import CASE, NOW, REGISTRY, Take, import_text, row, write_report

from tocsin.errors import AskError
from tocsin.store.workspace import Workspace
from tocsin.tasks.ingest import Wishes, ingest
from tocsin.tasks.override import override_verdict
from tocsin.tasks.viewing import View, open_view
from tocsin.tasks.workspace import init

SCHOOL = "school,Example School,GB,education,yes,,192.0.2.0/24,,\n"


def furnished(folder: Path, reports: Sequence[Path], *, registry: str = REGISTRY) -> Workspace:
    """A workspace with a constituency, imported the day before NOW, and with these reports, taken in at NOW."""
    made = init(folder / "w", label="TLP:AMBER")
    import_text(made, folder, registry, now=NOW - timedelta(days=1))
    for _ in ingest(made, reports, wishes=Wishes(), clock=lambda: NOW):
        pass
    return made


@pytest.fixture(scope="module")
def march(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Reports of 1 and 10 March; nothing here writes to it."""
    folder = tmp_path_factory.mktemp("march")
    early = write_report(folder, [row("203.0.113.7", day=1)], day=1)
    late = write_report(folder, [row("203.0.113.7"), row("203.0.113.8")], day=10)
    return furnished(folder, [early, late])


def view(
    workspace: Workspace,
    case_id: str = CASE,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    window: int = 7,
) -> View:
    return open_view(workspace, case_id, as_of=as_of, known_at=known_at, window_days=window)


def test_without_a_day_it_is_of_the_last_day_reported_on(march: Workspace) -> None:
    assert view(march).selection.as_of == date(2021, 3, 10)


def test_a_service_seen_on_several_days_is_one_row(march: Workspace) -> None:
    assert sorted(view(march, window=10).services().column("ip_lo").to_pylist()) == [0xFFFFCB007107, 0xFFFFCB007108]


def test_only_what_was_seen_in_the_window_counts(march: Workspace) -> None:
    assert view(march, as_of=date(2021, 3, 7)).services().num_rows == 1
    assert view(march, as_of=date(2021, 3, 12)).services().num_rows == 2


def test_its_method_tells_window_source_coverage_and_location(march: Workspace) -> None:
    told = view(march).method()
    for part in (
        "in the 7 days up to the date",
        "scan_exchange (positives)",
        "AS number as the feed says",
    ):
        assert part in told


def test_its_versions_are_those_of_pack_constituency_and_program(march: Workspace) -> None:
    opened = view(march)
    judgement = opened.selection.window[0].judgement
    pack, constituency, program = opened.versions()
    assert pack == f"pack {judgement.pack_version}"
    assert constituency.startswith("constituency 1-")
    assert program == f"program {judgement.code_version}"


def test_a_misspelt_case_gets_the_near_ones(march: Workspace) -> None:
    with pytest.raises(
        AskError, match=r"no case 'exchange-proxylogin-2021' here \(did you mean exchange-proxylogon-2021"
    ):
        view(march, "exchange-proxylogin-2021")


def test_a_case_like_no_other_gets_the_list(march: Workspace) -> None:
    with pytest.raises(AskError, match="no case 'zebra' here") as caught:
        view(march, "zebra")
    assert all(name in caught.value.remedy for name in NAMES)


@pytest.mark.parametrize("days", [0, -7])
def test_a_window_shorter_than_a_day_is_refused(march: Workspace, days: int) -> None:
    with pytest.raises(AskError, match=f"a window of {days} days cannot be looked through") as caught:
        view(march, window=days)
    assert "--window" in caught.value.remedy


@pytest.mark.parametrize("day", [date(2021, 3, 17), date(2021, 2, 28)])
def test_a_window_in_which_nothing_was_observed_is_refused_with_the_newest_day(march: Workspace, day: date) -> None:
    with pytest.raises(AskError, match=f"nothing was observed in the 7 days up to {day}") as caught:
        view(march, as_of=day)
    assert "the newest observation is of 2021-03-10" in caught.value.remedy


def test_what_was_not_yet_known_cannot_be_asked_about(march: Workspace) -> None:
    with pytest.raises(AskError, match="nothing was taken in yet"):
        view(march, known_at=NOW - timedelta(hours=1))


def test_before_anything_was_taken_in_it_says_how_to(workspace: Workspace) -> None:
    with pytest.raises(AskError, match=f"nothing was taken in yet that .* {CASE}") as caught:
        view(workspace)
    assert "tocsin ingest" in caught.value.remedy


def test_an_override_is_laid_over(tmp_path: Path) -> None:
    made = furnished(tmp_path, [write_report(tmp_path, [row("203.0.113.7"), row("203.0.113.8")])])
    override_verdict(
        made,
        "203.0.113.7:443",
        "fixed",
        case_id=CASE,
        reason="seen on site",
        author="A. Officer",
        begins=date(2021, 3, 1),
        expires=date(2021, 4, 30),
        now=NOW,
    )
    assert sorted(view(made).services().column("status").to_pylist()) == ["affected", "fixed"]


def test_verdicts_under_a_changed_registry_are_refused_until_rejudged(
    take: Take, tmp_path: Path, workspace: Workspace
) -> None:
    take(*(write_report(tmp_path, [row("203.0.113.7", day=day)], day=day) for day in (9, 10)))
    import_text(workspace, tmp_path, REGISTRY + SCHOOL, now=NOW)
    with pytest.raises(AskError, match="2 of 2 batches were judged before") as caught:
        view(workspace)
    assert "tocsin rejudge" in caught.value.remedy


def test_verdicts_under_a_changed_pack_are_refused_for_its_case_alone(
    take: Take, tmp_path: Path, workspace: Workspace
) -> None:
    take(write_report(tmp_path, [row("203.0.113.7")]))
    pack = shutil.copytree(SHIPPED / CASE, workspace.packs / CASE)
    with (pack / "case.toml").open("a", encoding="utf-8") as file:
        file.write("# a duty officer changed something\n")
    with pytest.raises(AskError, match="1 of 1 batches were judged before"):
        view(workspace)
    assert view(workspace, "exchange-proxyshell-2021").services().num_rows == 1


def test_what_was_known_then_is_answered_though_it_is_stale_now(march: Workspace, tmp_path: Path) -> None:
    root = shutil.copytree(march.root, tmp_path / "w")
    copy = type(march)(root=root, label=march.label, desk_url=f"sqlite:///{root / 'desk.sqlite'}", cases=None)
    import_text(
        copy,
        tmp_path,
        REGISTRY + SCHOOL,
        now=datetime(2021, 5, 1, tzinfo=UTC),
    )
    assert view(copy, known_at=NOW).services().num_rows == 2
