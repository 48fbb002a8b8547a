"""The queue mends the registry: an assignment set aside counts in the findings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.store.noticing import CONTACT, NOW, NUMBER, add_notice
from tests.tasks.conftest import CASE, Take, row, write_report

from tocsin.errors import AskError
from tocsin.store.desk import open_desk
from tocsin.store.workspace import Workspace
from tocsin.tasks.answering_notices import enter_answer
from tocsin.tasks.findings import list_findings
from tocsin.tasks.override import list_overrides
from tocsin.tasks.reviewing_answers import Wish, reopen, settle, waiting

SEEN = "203.0.113.7:443"
WISH = Wish(reason="by phone", author="A. Officer")


@pytest.fixture
def asked(workspace: Workspace, take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A council told of a service that it says is not its own, and a person who asks for help."""
    monkeypatch.setattr(
        "tests.store.noticing.ITEMS", [{"address": "203.0.113.7", "port": 443}, {"address": "203.0.113.8", "port": 25}]
    )
    take(write_report(tmp_path, [row("203.0.113.7")]))
    add_notice(open_desk(workspace.desk_url))
    for what in ("not_ours", "need_help", "fixed"):
        enter_answer(workspace, NUMBER, what, via="mail", words="see above", author="A. Officer", now=NOW)
    return workspace


def owner(workspace: Workspace) -> object:
    (found,) = list_findings(workspace, CASE).to_pylist()
    return found["constituent"]


def test_the_queue_names_who_answered(asked: Workspace) -> None:
    assert [(each.name, str(each.given.answer)) for each in waiting(asked)] == [
        ("Example Council", "not_ours"),
        ("Example Council", "need_help"),
    ]
    assert len(waiting(asked, every=True)) == 3
    shown = waiting(asked)[0].as_json()
    assert (shown["services"], shown["words"], shown["open"]) == ([SEEN, "203.0.113.8:25"], "see above", True)


def test_not_ours_takes_the_service_from_whoever_was_told(asked: Workspace) -> None:
    assert owner(asked) == "council"
    done = settle(asked, 1, Wish(reason="sold", author="A. Officer", override="none"), now=NOW)
    assert (done.overrides, done.services) == ((1, 2), (SEEN, "203.0.113.8:25"))
    assert owner(asked) is None
    assert [each.given.id for each in waiting(asked)] == [2]
    assert [(each.begins_on, each.expires_on) for each in list_overrides(asked)] == [("2021-03-10", "2022-03-15")] * 2


def test_only_the_services_named_are_set_aside(asked: Workspace) -> None:
    wish = Wish(reason="sold", author="A. Officer", override="bakery", services=[SEEN], expires=date(2021, 6, 1))
    assert settle(asked, 1, wish, now=NOW).services == (SEEN,)
    assert owner(asked) == "bakery"


def test_a_contact_is_set_aside(asked: Workspace) -> None:
    done = settle(asked, 1, Wish(reason="left", author="A. Officer", sets_contact_aside=True), now=NOW)
    assert (done.overrides, done.contact_set_aside) == ((), CONTACT)


def test_what_is_settled_is_not_settled_again_but_may_be_reopened(asked: Workspace) -> None:
    settle(asked, 2, WISH, now=NOW)
    with pytest.raises(AskError, match=r"settled already by A\. Officer"):
        settle(asked, 2, WISH, now=NOW)
    reopen(asked, 2, reason="again", author="B. Officer", now=NOW)
    assert [each.given.id for each in waiting(asked)] == [1, 2]
    with pytest.raises(AskError, match="waits already"):
        reopen(asked, 2, reason="again", author="B. Officer", now=NOW)


@pytest.mark.parametrize(
    ("number", "wish", "says"),
    [
        (3, WISH, "waits for nobody"),
        (9, WISH, "no answer 9"),
        (-1, WISH, "no answer -1"),
        (2**40, WISH, "no answer"),
        (1, Wish(reason=" ", author="A. Officer"), "needs a reason"),
        (1, Wish(reason="x", author="", override="none"), "needs the name of whoever settles"),
        (1, Wish(reason="x", author="y", services=[SEEN]), "are about an assignment"),
        (1, Wish(reason="x", author="y", override="none", services=["192.0.2.1:1"]), "did not tell of 192.0.2.1:1"),
        (1, Wish(reason="x", author="y", override="counsil"), "did you mean council"),
        (1, Wish(reason="x", author="y", override="none", expires=date(2020, 1, 1)), "is past"),
    ],
)
def test_what_cannot_be_settled_changes_nothing(asked: Workspace, number: int, wish: Wish, says: str) -> None:
    with pytest.raises(AskError, match=says):
        settle(asked, number, wish, now=NOW)
    assert len(waiting(asked)) == 2
    assert list_overrides(asked) == []
