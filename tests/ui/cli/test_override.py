"""``tocsin override`` as a person sees it."""

from __future__ import annotations

from tests.tasks.conftest import CASE
from tests.ui.cli.conftest import Run, data

WHO = ("--reason", "seen on site", "--author", "A. Officer", "--expires", "2099-01-01")


def test_set_list_withdraw(run: Run) -> None:
    assert "override 1 is in force" in run("override", "assignment", "203.0.113.7", "bakery", *WHO).stdout
    assert (
        "override 2 is in force" in run("override", "verdict", "203.0.113.7:443", "fixed", "--case", CASE, *WHO).stdout
    )
    assert "is withdrawn" in run("override", "withdraw", "1", "--author", "B. Officer").stdout
    first, second = data(run("override", "list", "--json"))["overrides"]  # type: ignore[misc]
    assert "by B. Officer" in first["withdrawn"]
    assert (second["value"], second["port"], second["withdrawn"]) == ("fixed", 443, None)
    assert "seen on site" in run("override", "list").stdout


def test_an_empty_list(run: Run) -> None:
    assert data(run("override", "list", "--json"))["overrides"] == []
    run("override", "list")


def test_a_day_past_is_refused(run: Run) -> None:
    words = ("--reason", "x", "--author", "y", "--expires", "2020-01-01")
    assert "is past" in run("override", "assignment", "203.0.113.7", "bakery", *words, exits=1).stderr


def test_the_first_day_is_listed(run: Run) -> None:
    run("override", "assignment", "203.0.113.7", "bakery", *WHO, "--from", "2021-03-01")
    (entry,) = data(run("override", "list", "--json"))["overrides"]  # type: ignore[misc]
    assert (entry["from"], entry["expires"]) == ("2021-03-01", "2099-01-01")


def test_a_first_day_after_the_last_is_refused(run: Run) -> None:
    words = (*WHO, "--from", "2099-01-02")
    assert "is after 2099-01-01" in run("override", "assignment", "203.0.113.7", "bakery", *words, exits=1).stderr
