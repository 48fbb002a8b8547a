"""Notices on the desk, and what befell them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from tests.notices.planned import NOW
from tests.notices.test_notice import ITEM
from tests.store.planned import CASE, keep, notice

from tocsin.notices.deciding import key_of
from tocsin.notices.state import Standing
from tocsin.store.clock import instant_text
from tocsin.store.notices import add_event, find_by_message_id, load_earlier, load_notice, load_notices
from tocsin.store.schema import answer_events, answers, constituency_versions, constituents

DAY = timedelta(days=1)


def register(desk: Engine, name: str, *, since: int = 1, until: int | None = None, kind: str = "organisation") -> None:
    """One row of the registry."""
    row = {"id": name, "since": since, "until": until, "registry": "r", "name": f"Example {name.title()} {since}"}
    row |= {"kind": kind, "country": "GB", "sector": "government", "public_body": True, "parent": None}
    versions = constituency_versions.c.number
    with desk.begin() as connection:
        for number in {since, until or since} - set(connection.scalars(sa.select(versions))):
            texts = dict.fromkeys(("source", "file", "file_sha256", "content_sha256", "imported_at"), "")
            counts = dict.fromkeys(("added", "changed", "removed", "rejected"), 0)
            connection.execute(sa.insert(constituency_versions).values(number=number, **texts, **counts))
        connection.execute(sa.insert(constituents).values(**row, contacts="[]", holdings="[]"))


def test_a_notice_is_read_as_it_was_kept(desk: Engine) -> None:
    register(desk, "council", until=2)
    register(desk, "council", since=2)
    items = [ITEM, replace(ITEM, address="2001:db8::1", hostname="ä\u202e", cves=())]
    made = notice("a", items=items)
    keep(desk, made)
    found = load_notice(desk, "a")
    assert found is not None
    assert found.notice == replace(made, recipient=replace(made.recipient, name="Example Council 2"))
    assert found.standing(NOW.date()) is Standing.PLANNED


def test_a_recipient_that_left_the_registry_is_named_as_it_was_last(desk: Engine) -> None:
    register(desk, "council", until=2, kind="person")
    keep(desk, notice("a"), notice("b", to="bakery"))
    one, other = load_notices(desk, plan="p1")
    assert (one.notice.recipient.name, one.notice.recipient.is_person) == ("Example Council 1", True)
    assert (other.notice.recipient.name, other.notice.recipient.is_public) == ("", False)


def test_events_come_with_it_in_their_order(desk: Engine) -> None:
    keep(desk, notice("a"))
    for what in ("queued", "deferred", "accepted", "bounced"):
        add_event(desk, "a", what, f"{what} it was", "tocsin", NOW)
    found = load_notice(desk, "a")
    assert found is not None
    assert [each.what for each in found.events] == ["queued", "deferred", "accepted", "bounced"]
    assert found.events[1].as_json()["detail"] == "deferred it was"
    assert found.standing(NOW.date()) is Standing.BOUNCED


def test_a_word_that_is_no_event_is_refused(desk: Engine) -> None:
    keep(desk, notice("a"))
    with pytest.raises(ValueError, match="nothing that befalls"):
        add_event(desk, "a", "eaten", "", "tocsin", NOW)


def test_it_is_found_by_its_message_id(desk: Engine) -> None:
    keep(desk, notice("a"))
    assert find_by_message_id(desk, "<a@cert.example>") == "a"
    assert find_by_message_id(desk, "<b@cert.example>") is None


def test_earlier_notices_are_those_that_something_befell(desk: Engine) -> None:
    keep(desk, notice("a"), notice("b", to="bakery"), notice("c", to="mill", channel="phone"))
    keep(desk, notice("x", plan="p2"), plan="p2", case_id="other")
    add_event(desk, "a", "queued", "", "tocsin", NOW)
    add_event(desk, "a", "accepted", "", "tocsin", NOW + DAY)
    add_event(desk, "c", "written", "", "A. Officer", NOW + 2 * DAY)
    found = load_earlier(desk, CASE, on=date(2021, 3, 20))
    assert set(found) == {"council", "mill"}
    (told,) = found["council"]
    assert (told.standing, told.at, told.told) == (Standing.ACCEPTED, NOW + DAY, {key_of(ITEM)})
    assert (found["mill"][0].standing, found["mill"][0].at) == (Standing.WRITTEN, NOW + 2 * DAY)


def test_an_answer_that_the_registry_is_wrong_waits_until_it_is_settled(desk: Engine) -> None:
    keep(desk, notice("a"))
    add_event(desk, "a", "answered", "not_ours", "recipient", NOW)
    with desk.begin() as connection:
        values = {"notice": "a", "what": "not_ours", "via": "page", "words": "", "author": "recipient"}
        connection.execute(sa.insert(answers).values(id=1, **values, at=instant_text(NOW)))
    assert load_earlier(desk, CASE, on=NOW.date())["council"][0].answer == "not_ours"
    for what, left in (("settled", ""), ("reopened", "not_ours")):
        with desk.begin() as connection:
            values = {"answer": 1, "what": what, "outcome": "", "author": "A. Officer", "at": instant_text(NOW)}
            connection.execute(sa.insert(answer_events).values(**values))
        assert load_earlier(desk, CASE, on=NOW.date())["council"][0].answer == left
