"""The whole report on a small world: every file is there, says the same, and is safe to hand on."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.tasks.answering import followed
from tests.tasks.conftest import CASE, row
from tests.tasks.conftest import write_report as write_report_of
from tests.tasks.telling import told_workspace
from tests.tasks.test_viewing import furnished
from typer.testing import CliRunner

from tocsin.errors import AskError, WorkspaceError
from tocsin.figures import from_json
from tocsin.labels import Label
from tocsin.reports.dossier import Dossier, every_figure
from tocsin.reports.suppress import for_label
from tocsin.store.workspace import Workspace
from tocsin.tasks._report_dossier import gather
from tocsin.tasks.following import Manner, open_follow
from tocsin.tasks.report import Written, write_report
from tocsin.ui.cli.main import app

MADE = datetime(2021, 4, 1, 9, tzinfo=UTC)


def write(workspace: Workspace, out: Path, label: Label = Label.AMBER, **wishes: object) -> Written:
    asked = {"as_of": None, "known_at": None, "note": ""} | wishes
    return write_report(
        workspace, CASE, out, label=label, manner=Manner(), made_at=MADE, tell=lambda _done, _of: None, **asked
    )  # type: ignore[arg-type]  # the wishes are of several types


@pytest.fixture(scope="module")
def march(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return followed(tmp_path_factory.mktemp("march"))


@pytest.fixture(scope="module")
def folder(march: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "report"
    write(march, out, note="An exercise with made-up data.")
    return out


def test_page_brief_figures_and_charts_are_there(folder: Path) -> None:
    assert {"report.html", "brief.pdf", "figures.json", "figures.csv"} <= {path.name for path in folder.iterdir()}
    assert (folder / "brief.pdf").read_bytes().startswith(b"%PDF")
    names = {path.name for path in (folder / "charts").iterdir()}
    assert {"exposure-services.svg", "exposure-services.png", "status-organisations.svg"} <= names
    assert all(path.stat().st_size > 1_000 for path in (folder / "charts").iterdir())


def test_the_page_needs_nothing_from_outside_and_runs_no_script(folder: Path) -> None:
    page = (folder / "report.html").read_text("utf-8")
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#|data:)', page)
    assert page.count("TLP:AMBER") >= 2
    assert "An exercise with made-up data." in page


def test_each_figure_in_the_files_can_be_read_again_and_is_the_same_in_both(folder: Path) -> None:
    told = json.loads((folder / "figures.json").read_text("utf-8"))
    figures = [from_json(each) for each in told["figures"]]
    rows = list(csv.DictReader(io.StringIO((folder / "figures.csv").read_text("utf-8"))))
    assert [row["id"] for row in rows] == [figure.id for figure in figures]
    assert {row["label"] for row in rows} == {"TLP:AMBER"}


def test_no_page_says_nan_or_infinity(folder: Path) -> None:
    for name in ("report.html", "figures.json", "figures.csv"):
        assert not re.search(r"\b(?:nan|NaN|inf|Infinity)\b", (folder / name).read_text("utf-8"))


def test_for_the_public_nobody_is_named_and_small_counts_are_withheld(march: Workspace, tmp_path: Path) -> None:
    written = write(march, tmp_path / "public", Label.CLEAR)
    page = (tmp_path / "public" / "report.html").read_text("utf-8")
    assert written.withheld > 0
    assert "Example Council" not in page
    assert "Example Council" not in (tmp_path / "public" / "figures.json").read_text("utf-8")


def test_for_the_public_a_reason_gives_no_small_count_away(tmp_path: Path) -> None:
    write(furnished(tmp_path, [write_report_of(tmp_path, [row("203.0.113.7")])]), tmp_path / "report", Label.CLEAR)
    page = (tmp_path / "report" / "report.html").read_text("utf-8")
    assert "(1)" not in page
    assert "some estimates are left out" in page


def test_a_report_is_written_anew_over_itself_and_over_nothing_else(march: Workspace, tmp_path: Path) -> None:
    write(march, tmp_path / "report")
    write(march, tmp_path / "report")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(WorkspaceError, match="holds something else"):
        write(march, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_nothing_of_the_report_that_was_there_stays(march: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "report"
    write(march, out)
    (out / "charts" / "status-of-an-earlier-day.png").write_bytes(b"not for the public")
    write(march, out, Label.CLEAR)
    assert not (out / "charts" / "status-of-an-earlier-day.png").exists()
    assert not any(b"TLP:AMBER" in path.read_bytes() for path in out.rglob("*") if path.is_file())


def test_a_refused_question_leaves_the_report_that_was_there(march: Workspace, folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(AskError, match="nothing was observed up to 2019-01-01"):
        write(march, folder, as_of=date(2019, 1, 1))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_mistyped_case_leaves_nothing_in_the_way(march: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "report"
    with pytest.raises(AskError, match="did you mean"):
        write_report(
            march,
            "exchange-proxylogin-2021",
            out,
            as_of=None,
            known_at=None,
            label=Label.AMBER,
            manner=Manner(),
            made_at=MADE,
            tell=lambda _done, _of: None,
        )
    assert not out.exists()


def test_an_empty_folder_of_charts_is_not_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "report" / "charts").mkdir(parents=True)
    write(furnished(tmp_path, [write_report_of(tmp_path, [row("203.0.113.7")])]), tmp_path / "report")
    assert (tmp_path / "report" / "report.html").is_file()


@pytest.mark.parametrize("name", ["charts/mine.png", "charts/mine.svg", "figures.csv/mine.txt", ".hidden"])
def test_somebody_elses_files_are_left_alone(march: Workspace, tmp_path: Path, name: str) -> None:
    mine = tmp_path / "mine" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", "utf-8")
    with pytest.raises(WorkspaceError, match="holds something else"):
        write(march, tmp_path / "mine")
    assert mine.read_text("utf-8") == "mine"


def test_a_letter_beside_a_report_is_named(march: Workspace, tmp_path: Path) -> None:
    for name in ("report.html", "letter.txt"):
        (tmp_path / name).write_text("mine", "utf-8")
    with pytest.raises(WorkspaceError, match=r"something else: letter\.txt"):
        write(march, tmp_path)
    assert (tmp_path / "report.html").read_text("utf-8") == "mine"


def dossier_of(workspace: Workspace, label: Label = Label.AMBER) -> Dossier:
    command = f"tocsin remediation {CASE}"
    asked = {"as_of": None, "known_at": None, "manner": Manner(), "command": command, "tell": lambda _done, _of: None}
    found = open_follow(workspace, CASE, **asked)  # type: ignore[arg-type]  # of several types
    return for_label(gather(workspace, found, label, made_at=MADE))


def test_in_public_27_of_30_beyond_the_registry_do_not_leave_3_of_ours(tmp_path: Path) -> None:
    ours = [row(f"203.0.113.{n}") for n in range(1, 4)]
    others = [row(f"192.0.2.{n}") for n in range(1, 28)]
    made = furnished(tmp_path, [write_report_of(tmp_path, [*ours, *others])])
    told = {figure.id: figure.low for figure in every_figure(dossier_of(made, Label.CLEAR))}
    assert "beyond-registry-services-affected" not in told
    assert "constituency-services-affected" not in told
    assert told["services-affected"] == 30


def test_in_public_the_countries_do_not_add_up_to_a_total_that_is_withheld(tmp_path: Path) -> None:
    fixed = [row(f"192.0.2.{n}", tags="exchange", build="15.1.2106.13") for n in range(1, 4)]
    made = furnished(tmp_path, [write_report_of(tmp_path, [row(f"203.0.113.{n}") for n in range(1, 28)] + fixed)])
    found = dossier_of(made, Label.CLEAR)
    assert "services-affected" not in {figure.id for figure in found.headline}
    assert found.countries == ()
    assert "services-affected/country=GB" in {one.id for one in found.withheld}


def test_the_commands_on_the_page_run_as_printed_and_give_its_figures(march: Workspace) -> None:
    found = dossier_of(march)
    assert any("--unit organisations --by sector" in command for command in found.commands)
    given = []
    for command in found.commands:
        words = shlex.split(command.removeprefix("tocsin "))
        done = CliRunner().invoke(app, [*words, "--json", "-w", str(march.root)])
        assert done.exit_code == 0, done.output
        given += json.loads(done.stdout).get("figures", [])
    held = {json.dumps(figure) for figure in given}
    panels = [figure for panel in found.panels for figure in (*panel.standing_now, *panel.exposure)]
    of_courses = [figure for course in found.courses for figure in course.exposure]
    assert [one.id for one in (*found.countries, *panels, *of_courses) if json.dumps(one.as_json()) not in held] == []


def test_the_report_says_how_many_were_ever_affected(march: Workspace) -> None:
    headline = {figure.id: figure.low for figure in dossier_of(march).headline}
    assert headline["organisations-ever-affected"] == 12


def test_a_file_in_place_of_the_folder_is_told(march: Workspace, tmp_path: Path) -> None:
    (tmp_path / "report").write_text("a file", "utf-8")
    with pytest.raises(WorkspaceError, match="cannot be made"):
        write(march, tmp_path / "report")


def test_a_day_without_any_observation_is_refused(march: Workspace, tmp_path: Path) -> None:
    with pytest.raises(AskError, match="nothing was observed up to 2020-01-01"):
        write(march, tmp_path / "report", as_of=date(2020, 1, 1))


def test_without_a_complete_scan_the_report_says_what_it_cannot_tell(tmp_path: Path) -> None:
    write(furnished(tmp_path, [write_report_of(tmp_path, [row("203.0.113.7")])]), tmp_path / "report")
    page = (tmp_path / "report" / "report.html").read_text("utf-8")
    assert "too few services were exposed to estimate anything (1)" in page


def test_a_report_on_those_told_has_the_ledger_and_its_method(tmp_path: Path) -> None:
    write(told_workspace(tmp_path), tmp_path / "report")
    page = (tmp_path / "report" / "report.html").read_text("utf-8")
    assert "Whom we have told" in page
    assert "An answer fixes nothing." in page
    assert (tmp_path / "report" / "charts" / "reached.svg").is_file()
    ids = {each["id"] for each in json.loads((tmp_path / "report" / "figures.json").read_text("utf-8"))["figures"]}
    assert "organisations-reach-sent" in ids


def test_a_report_without_notices_says_that_none_is_recorded(folder: Path) -> None:
    page = (folder / "report.html").read_text("utf-8")
    assert "No notice is recorded here" in page
    assert "Whom we have told" not in page
