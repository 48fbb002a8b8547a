"""``tocsin notify`` as a person sees it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, row, write_report
from tests.ui.cli.conftest import Run, data

from tocsin.ui.cli.shell import PAGE

ROWS = (
    row("203.0.113.7", build="15.1.2106.2"),
    row("198.51.100.7", build="15.1.2106.2"),
    row("192.0.2.7", build="15.1.2106.2"),
)


@pytest.fixture
def seen(run: Run, tmp_path: Path) -> Run:
    """A workspace with a finding of each of two organisations, and one of nobody."""
    run("ingest", write_report(tmp_path, ROWS))
    (tmp_path / "w" / "notify.toml").write_text("[policy]\napprove_above = 1\n", "utf-8")
    (tmp_path / "w" / "notify.toml").chmod(0o600)
    return run


def plan(seen: Run, *words: str) -> str:
    return str(data(seen("notify", "plan", CASE, "--by", "A. Officer", "--json", *words))["plan"])


def test_a_plan_tells_what_would_be_sent_and_what_would_not(seen: Run) -> None:
    seen("notify", "suppress", "add", "it@bakery.example", "--reason", "asked to stop", "--by", "A. Officer")
    result = seen("notify", "plan", CASE, "--by", "A. Officer")
    assert "nothing has been sent" in result.stdout
    assert "would be sent: 1 notice about 1 finding; 1 to public bodies" in result.stdout
    assert "security@council.example" in result.stdout
    assert "would not be sent: 1 finding of 1 constituent" in result.stdout
    assert "asked to stop" in result.stdout
    assert "1 more open finding is no constituent's" in result.stderr
    assert "days ago; whoever has mended since is told too" in result.stderr
    assert "nothing has left" in result.stderr


def test_a_plan_fits_on_a_page_and_gives_each_reason_once(seen: Run) -> None:
    shown = seen("notify", "plan", CASE, "--by", "A. Officer").stdout
    assert max(map(len, shown.splitlines())) <= PAGE
    assert shown.count("not told before") == 1
    assert "Example Council," in shown
    assert "security@council.example" in shown


def test_a_reason_that_is_the_same_for_all_stands_once(run: Run, tmp_path: Path) -> None:
    rows = [row(each, tags="exchange", build="15.1.2176") for each in ("203.0.113.7", "198.51.100.7")]
    run("ingest", write_report(tmp_path, rows))
    shown = run("notify", "plan", CASE, "--by", "A. Officer").stdout
    assert shown.count("the evidence does not decide") == 1
    assert "bakery" in shown
    assert "council" in shown


def test_a_plan_that_waits_for_working_hours_says_so_and_how_to_warn_at_once(seen: Run, tmp_path: Path) -> None:
    settings = tmp_path / "w" / "notify.toml"
    moment = datetime.now(UTC) + timedelta(hours=3)
    opens = moment.time() if moment.hour >= 3 else time(3)
    settings.write_text(f'[policy]\nopens = "{opens:%H:%M}"\ncloses = "23:59"\n', "utf-8")
    made = seen("notify", "plan", CASE, "--by", "A. Officer")
    assert "set business_days_only, opens and closes in [policy]" in made.stderr
    id_ = made.stdout.partition("plan ")[2].partition(":")[0]
    seen("notify", "approve", id_, "--by", "B. Sample")
    assert "approved by B. Sample; the next would go at " in seen("notify", "send", id_, "--dry-run").stdout
    seen("notify", "cancel", id_, "--by", "B. Sample", "--reason", "to be planned anew")
    settings.write_text('[policy]\nopens = "00:00"\ncloses = "23:59"\nbusiness_days_only = false\n', "utf-8")
    made = seen("notify", "plan", CASE, "--by", "A. Officer")
    assert "business_days_only" not in made.stderr
    id_ = made.stdout.partition("plan ")[2].partition(":")[0]
    seen("notify", "approve", id_, "--by", "B. Sample")
    assert "approved by B. Sample; it would go now" in seen("notify", "send", id_, "--dry-run").stdout


def test_the_same_as_json(seen: Run) -> None:
    made = data(seen("notify", "plan", CASE, "--by", "A. Officer", "--json", "--items"))
    assert (made["label"], made["state"], made["nobodys_findings"]) == ("TLP:AMBER", "planned", 1)
    first, second = made["notices"]  # type: ignore[misc]
    assert (first["name"], second["name"]) == ("Example Council", "Example Bakery")
    assert first["items"][0]["address"] == "203.0.113.7"
    shown = data(seen("notify", "show", made["plan"], "--json", "--items"))
    assert {**shown, "nobodys_findings": 1} == made


def test_whoever_does_not_say_who_plans_by_the_login_name(seen: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "aofficer")
    assert data(seen("notify", "plan", CASE, "--json"))["made_by"] == "aofficer"


def test_a_plan_is_approved_by_a_second_person_and_listed(seen: Run) -> None:
    made = plan(seen)
    assert (
        "needs somebody other than A. Officer" in seen("notify", "approve", made, "--by", "a officer", exits=1).stderr
    )
    assert "2 notices wait to be sent" in seen("notify", "approve", made, "--by", "B. Sample").stdout
    (listed,) = data(seen("notify", "list", "--json"))["plans"]  # type: ignore[misc]
    assert (listed["state"], listed["made_by"], listed["by"]) == ("approved", "A. Officer", "B. Sample")
    assert "approved" in seen("notify", "list", "--case", CASE).stdout
    assert "approved by B. Sample" in seen("notify", "show", made).stdout
    done = seen("notify", "cancel", made, "--by", "B. Sample", "--reason", "advice changed")
    assert "2 of its 2 notices had not left and will not" in done.stdout
    assert [row["what"] for row in data(seen("audit", "list", "--json"))["audit"]] == [  # type: ignore[attr-defined]
        "planned",
        "approved",
        "cancelled",
    ]
    assert "3 rows" in seen("audit", "verify").stdout


def test_approve_and_cancel_as_json(seen: Run) -> None:
    made = plan(seen)
    assert data(seen("notify", "approve", made, "--by", "B. Sample", "--json")) == {"approved": made, "queued": 2}
    done = seen("notify", "cancel", made, "--by", "B. Sample", "--reason", "x", "--json")
    assert data(done) == {"cancelled": made, "notices": 2, "stopped": 2}


def test_waves_need_a_name_and_are_told(seen: Run) -> None:
    assert "answers for the delay" in seen("notify", "plan", CASE, "--waves", "2", exits=1).stderr
    made = plan(seen, "--waves", "2", "--wave-approver", "C. Third", "--limit", "2")
    assert "2 waves over 3 days, for which C. Third answers" in seen("notify", "show", made).stdout


def test_the_list_of_those_not_written_to(seen: Run) -> None:
    assert data(seen("notify", "suppress", "list", "--json"))["suppressions"] == []
    words = ("--reason", "x", "--by", "A. Officer", "--json")
    number = data(seen("notify", "suppress", "add", "bakery.example", *words))["suppression"]
    assert "bakery.example" in seen("notify", "suppress", "list").stdout
    assert "is ended" in seen("notify", "suppress", "end", number, "--by", "B. Sample").stdout
    (entry,) = data(seen("notify", "suppress", "list", "--json"))["suppressions"]  # type: ignore[misc]
    assert entry["withdrawn_by"] == "B. Sample"
