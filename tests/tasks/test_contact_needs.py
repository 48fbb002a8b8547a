"""Who is to be told, where their services are, and which services mail must not go through."""

from __future__ import annotations

from pathlib import Path

from tests.tasks.conftest import CASE, Take, row, write_report

from tocsin.constituency.contact_book import Place
from tocsin.store.workspace import Workspace
from tocsin.tasks.contact_needs import find_needs

FIXED = "15.1.2106.13"


def test_open_findings_that_are_proven_make_a_need_and_all_open_ones_are_unsafe(
    workspace: Workspace, take: Take, tmp_path: Path
) -> None:
    take(
        write_report(
            tmp_path,
            [
                row("203.0.113.7"),
                row("203.0.113.7", port=8443),
                row("203.0.113.8", tags="exchange;webshell"),
                row("203.0.113.9", tags="exchange", build=FIXED),
                row("192.0.2.50"),
                row("192.0.2.51", host="mail.bakery.example", name_from="ptr"),
            ],
        )
    )
    needs = find_needs(workspace, CASE)
    assert [each.id for each in needs.constituents] == ["council"]
    places = needs.places["council"]
    assert Place(address="203.0.113.7", asn=64500, country="GB") in places
    assert [each.address for each in places].count("203.0.113.7") == 1
    assert needs.unsafe["203.0.113.7"] == "affected"
    assert needs.unsafe["192.0.2.50"] == "affected"
    assert needs.unsafe["192.0.2.51"] == "affected"
    assert "203.0.113.9" not in needs.unsafe


def test_without_a_case_everyone_is_needed_and_nothing_is_unsafe(workspace: Workspace) -> None:
    needs = find_needs(workspace, None)
    assert [each.id for each in needs.constituents] == ["bakery", "council"]
    assert (needs.places, needs.unsafe) == ({}, {})
