"""What may stand on the list of those who are not written to."""

from __future__ import annotations

import pytest
from tests.tasks.conftest import NOW

from tocsin.errors import AskError
from tocsin.store.workspace import Workspace
from tocsin.tasks.notify_suppress import end, list_suppressed, suppress


def put(workspace: Workspace, what: str, *, reason: str = "asked to stop", by: str = "A. Officer") -> int:
    return suppress(workspace, what, reason=reason, by=by, now=NOW)


@pytest.mark.parametrize(
    ("what", "kept"),
    [("IT@Bakery.example", "it@bakery.example"), ("@bakery.example", "bakery.example"), (" b.example ", "b.example")],
)
def test_an_address_or_a_domain_is_kept_in_small_letters(workspace: Workspace, what: str, kept: str) -> None:
    put(workspace, what)
    assert [each.what for each in list_suppressed(workspace)] == [kept]


@pytest.mark.parametrize(
    "what", ["", "example", "a@b", "a b@c.example", "a@b.example,c@d.example", "a@b.example\nc", "x" * 400]
)
def test_anything_else_is_refused(workspace: Workspace, what: str) -> None:
    with pytest.raises(AskError, match="no mail address and no domain"):
        put(workspace, what)


def test_an_entry_has_a_reason_and_a_name_and_stands_once(workspace: Workspace) -> None:
    with pytest.raises(AskError, match="needs a reason"):
        put(workspace, "a@b.example", reason=" ")
    with pytest.raises(AskError, match="needs the name"):
        put(workspace, "a@b.example", by="")
    put(workspace, "a@b.example")
    with pytest.raises(AskError, match="on the list already"):
        put(workspace, "A@B.example")


def test_it_is_ended_by_number(workspace: Workspace) -> None:
    number = put(workspace, "a@b.example")
    end(workspace, number, by="B. Sample", now=NOW)
    with pytest.raises(AskError, match="no entry 1 is in force"):
        end(workspace, number, by="B. Sample", now=NOW)
    with pytest.raises(AskError, match="no entry"):
        end(workspace, 2**40, by="B. Sample", now=NOW)
