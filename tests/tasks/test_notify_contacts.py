"""Contacts and planning together: who is told, when the vulnerable server receives the mail."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.tasks.conftest import CASE, row
from tests.tasks.finding import world as servers
from tests.tasks.notifying import MONDAY, planned, world

from tocsin.store.workspace import Workspace
from tocsin.tasks.contacts import add_contact, find_contacts

EARLIER = MONDAY - timedelta(minutes=5)


def found(folder: Path, *rows: str) -> Workspace:
    """The council's servers are vulnerable, one of them receives its mail, and the sources were asked."""
    place = world(folder, rows)
    with servers() as around:
        around.now = EARLIER
        find_contacts(place, around.ways, case_id=CASE, mail=lambda: around.mail.ask)
    return place


@pytest.mark.parametrize("rows", [(row("203.0.113.7"),), (row("203.0.113.7"), row("203.0.113.9"))])
def test_the_provider_is_told_when_the_mail_goes_through_the_vulnerable_server(
    tmp_path: Path, rows: tuple[str, ...]
) -> None:
    (notice,) = planned(found(tmp_path, *rows)).view.notices
    assert notice.recipient.address == "noc@isp.example"
    assert "security@council.example has its mail received by mail.council.example (203.0.113.7)" in notice.why
    assert "which is affected" in notice.why


def test_a_person_who_knows_another_way_comes_first(tmp_path: Path) -> None:
    place = found(tmp_path, row("203.0.113.7"))
    add_contact(place, "council", channel="mail", address="a@elsewhere.example", author="B. Officer", now=EARLIER)
    (notice,) = planned(place).view.notices
    assert notice.recipient.address == "a@elsewhere.example"
    assert "entered by a person" in notice.why


def test_whoever_runs_a_part_of_the_network_is_not_told_of_the_rest(tmp_path: Path) -> None:
    place = found(tmp_path, row("203.0.113.7"), row("203.0.113.9").replace(",64500,", ",64999,"))
    (notice,) = planned(place).view.notices
    assert notice.recipient.address == "abuse@isp.example"
    assert "noc@isp.example may be told of the services in its own network" in notice.why
