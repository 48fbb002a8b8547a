"""A workspace of six organisations and a person, scanned four times and told in between."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.tasks.conftest import NOW, import_text
from tests.tasks.scanning import take_courses
from tests.telling import add_answer, add_contact, add_notice, add_plan

from tocsin.store.desk import open_desk
from tocsin.store.workspace import Workspace
from tocsin.tasks.workspace import init

LATE = datetime(2021, 3, 24, 12, tzinfo=UTC)
DAYS = [8, 12, 16, 20]
HEAD = "id,name,country,sector,public_body,kind,networks,contacts\n"
ROWS = (
    "council,Example Council,GB,local government,yes,organisation,198.51.100.1/32,it@council.example",
    "clinic,Example Clinic,GB,health,yes,organisation,198.51.100.2/32,",
    "bakery,Example Bakery,GB,food,no,organisation,198.51.100.3/32,it@bakery.example",
    "mill,Example Mill,FR,food,no,organisation,198.51.100.4/32,it@mill.example",
    "shop,Example Shop,FR,,no,organisation,198.51.100.5/32,it@shop.example",
    "unsure,Example Unsure,GB,food,no,organisation,198.51.100.6/32,it@unsure.example",
    "somebody,Some Body,GB,,no,person,198.51.100.7/32,some@body.example",
)
COURSES = {
    "198.51.100.1": "AAAA",
    "198.51.100.2": "AAAA",
    "198.51.100.3": "AAFF",
    "198.51.100.4": "AAAA",
    "198.51.100.5": "AFFF",
    "198.51.100.6": "??..",
    "198.51.100.7": "AAAA",
    "203.0.113.9": "AAAA",
}


def told_workspace(folder: Path) -> Workspace:
    """Council answered and is open, clinic has no contact, bakery fixed after its notice and shop before, mill bounced,
    of unsure it cannot be told, somebody is a person and silent.
    """
    made = init(folder / "workspace", label="TLP:AMBER")
    import_text(made, folder, HEAD + "\n".join(ROWS) + "\n", now=NOW - timedelta(days=30))
    take_courses(made, folder, DAYS, COURSES, abroad=["198.51.100.4"])
    desk = open_desk(made.desk_url)
    left = datetime(2021, 3, 13, 9, tzinfo=UTC)
    add_plan(desk, made_at=left - timedelta(hours=1))
    due = date(2021, 3, 20)
    add_notice(desk, "n1", "council", "queued", ("accepted", left), due_on=due)
    add_answer(desk, "n1", "fixed", at=left + timedelta(days=1))
    add_notice(desk, "n2", "bakery", "queued", ("accepted", left), due_on=due)
    add_notice(desk, "n3", "shop", "queued", ("accepted", left), due_on=due)
    add_notice(desk, "n4", "mill", "queued", ("accepted", left), ("bounced", left + timedelta(hours=1)), due_on=due)
    add_notice(desk, "n5", "somebody", "queued", ("accepted", left), address="some@body.example", due_on=due)
    add_notice(desk, "n6", "council-of-old", "queued", ("accepted", left), due_on=due)
    add_contact(desk, "country:FR", "cert@cert.example", source="directory")
    desk.dispose()
    return made
