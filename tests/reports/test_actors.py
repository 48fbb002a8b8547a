"""Who calls whom what."""

from __future__ import annotations

from tests.reports.stating import both

from tocsin.record.gazetteer import Alias
from tocsin.reports.actors import listings, listings_table, namings, namings_table

LISTS = (
    Alias("Example Panda", "actor:apt29", "one list", "FR", "actor:apt29", ""),
    Alias("Sample Panda", "actor:apt29", "one list", "FR", "actor:apt29", ""),
    Alias("Example Panda", "actor:other", "another list", None, "actor:apt29", ""),
    Alias("Somebody Else", "actor:else", "one list", None, None, ""),
)


def test_each_claimants_own_word_is_kept() -> None:
    found = namings(both())
    assert [(each.claimant, each.name, each.canonical) for each in found] == [
        ("gov:GB", "Example Panda", "actor:apt29"),
        ("gov:GB", "France", "state:FR"),
        ("org:sample-labs", "France", "state:FR"),
    ]
    assert namings_table(found).rows[0][:4] == ("government of the United Kingdom", "Example Panda", "actor:apt29", "1")


def test_lists_that_disagree_stay_apart() -> None:
    found = listings(namings(both()), LISTS)
    assert [(each.source, each.name, each.aliases, each.state) for each in found] == [
        ("another list", "other", ("Example Panda",), None),
        ("one list", "apt29", ("Example Panda", "Sample Panda"), "FR"),
    ]
    assert len(listings_table(found).rows) == 2


def test_json_leads_back_to_the_statements() -> None:
    first = namings(both())[0].as_json()
    assert first["statements"][0]["id"] == "backed"  # type: ignore[index]
    assert listings(namings(both()), LISTS)[0].as_json()["listed_as"] == "other"
