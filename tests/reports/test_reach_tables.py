"""The ledger as tables."""

from __future__ import annotations

from tests.remediation.reaching import AFTER, body, party, told

from tocsin.remediation.reach import Beside, reach
from tocsin.reports.reach_tables import MOST_NAMED, ladder, unreached_named


def test_the_steps_are_a_table() -> None:
    table = ladder(reach([party("deaf", told("silent"))], Beside(), AFTER).figures)
    assert table.columns == ("organisations", "number", "seen fixed")
    assert table.rows[0] == ("identified", "1", "0")


def test_the_first_who_could_not_be_reached_are_named_with_why() -> None:
    parties = [party(f"shop-{n:02}", has_contact=False) for n in range(MOST_NAMED)]
    parties.append(party("clinic", told("bounced"), body=body("health", public=True)))
    table = unreached_named(reach(parties, Beside(), AFTER).unreached, {"clinic": "Example Clinic"})
    assert table.rows[0] == ("Example Clinic", "health", "GB", "bounced")
    assert table.rows[1] == ("shop-00", "food", "GB", "without a contact")
    assert len(table.rows) == MOST_NAMED
    assert table.title.endswith("(and 1 more)")
