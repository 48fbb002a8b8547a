"""Whether a plan may go."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from tests.store.queued import NOW, PLAN, make_plan, message_id_of, number_of

from tocsin.store.audit import list_entries
from tocsin.store.clock import instant_text
from tocsin.store.releases import mails_of, note_override, note_rehearsal, release_of
from tocsin.store.schema import plan_events


def add(desk: Engine, what: str, author: str) -> None:
    with desk.begin() as connection:
        values = {"plan": PLAN, "what": what, "author": author, "reason": "", "at": instant_text(NOW)}
        connection.execute(sa.insert(plan_events).values(values))


def why_not(desk: Engine, approve_above: int = 50) -> str:
    release = release_of(desk, PLAN, approve_above=approve_above)
    assert release is not None
    assert bool(release.why_not) == bool(release.remedy)
    return release.why_not


def test_a_plan_goes_when_it_is_approved_and_not_when_it_was_cancelled(desk: Engine) -> None:
    make_plan(desk, ["it@a.example"], approved=False)
    assert why_not(desk) == "nobody has approved it"
    add(desk, "approved", "A. Planner")
    assert why_not(desk) == ""
    add(desk, "cancelled", "C. Head")
    assert why_not(desk) == "it was cancelled by C. Head"


def test_above_so_many_a_second_person_is_needed(desk: Engine) -> None:
    make_plan(desk, ["it@a.example", "it@b.example"], approved=False)
    add(desk, "approved", "A Planner")
    assert "only A. Planner" in why_not(desk, approve_above=1)
    assert why_not(desk, approve_above=2) == ""
    add(desk, "approved", "B. Approver")
    assert why_not(desk, approve_above=1) == ""


@pytest.mark.parametrize("name", ["А. Planner", "A. Plаnner", "Á Planner", "A.\u200b Planner"])
def test_the_same_person_in_other_letters_is_no_second_one(desk: Engine, name: str) -> None:
    make_plan(desk, ["it@a.example", "it@b.example"], approved=False)
    add(desk, "approved", name)
    assert "only A. Planner" in why_not(desk, approve_above=1)


def test_there_is_no_such_plan(desk: Engine) -> None:
    assert release_of(desk, "none", approve_above=1) is None


def test_the_mail_of_a_plan_and_what_is_kept_of_decisions(desk: Engine) -> None:
    make_plan(desk, ["it@a.example"])
    assert mails_of(desk, PLAN) == [(number_of(0), message_id_of(0))]
    note_override(desk, PLAN, ["no SPF"], reason="soon", author="A. Officer", now=NOW)
    note_rehearsal(desk, PLAN, mailbox="me@cert.example", author="A. Officer", now=NOW)
    assert [entry.what for entry in list_entries(desk)] == ["sent despite the doctor", "rehearsed"]
