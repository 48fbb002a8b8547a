"""Web Annotations of the record."""

from __future__ import annotations

import json
from typing import Any

from tests.record.reviewing import SHA, TEXT
from tests.sharing.records import actions, filed

from tocsin.labels import Label
from tocsin.sharing.annotations import annotated, document_name
from tocsin.sharing.filed import Choice, Filed


def collection(record: Filed, choice: Choice | None = None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(annotated([record], choice or Choice(), Label.GREEN))
    return found


def by_id(record: Filed) -> dict[str, Any]:
    return {each["id"].rpartition(":")[2]: each for each in collection(record)["first"]["items"]}


def test_a_document_is_one_collection() -> None:
    whole = collection(filed(*actions()))
    assert (whole["type"], whole["total"], len(whole["first"]["items"])) == ("AnnotationCollection", 4, 4)
    assert whole["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (whole["tocsin:label"], whole["tocsin:fullyReviewed"]) == ("TLP:GREEN", False)


def test_both_selectors_find_the_same_words() -> None:
    for each in by_id(filed()).values():
        place, quote = each["target"]["selector"]
        assert TEXT[place["start"] : place["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in TEXT
        assert len(quote["prefix"]) <= 32
        assert len(quote["suffix"]) <= 32


def test_every_term_of_ours_has_our_prefix() -> None:
    for each in by_id(filed(*actions())).values():
        assert all(name.startswith("tocsin:") for name in each["body"] if name not in ("type", "purpose"))
        assert each["tocsin:review"]


def test_rule_and_reader_made_it_and_reviewers_stand_behind_it() -> None:
    found = by_id(filed(*actions()))
    made = found["organ"]["prov:wasGeneratedBy"]
    assert made["tocsin:rule"] == "sample.organ"
    assert made["prov:wasAssociatedWith"][0]["id"] == "urn:tocsin:reader:1+sample"
    assert [person["name"] for person in found["organ"]["prov:wasAttributedTo"]] == ["A. Example", "B. Sample"]
    assert "prov:wasAttributedTo" not in found["group"]


def test_what_was_corrected_keeps_what_the_machine_wrote() -> None:
    number = by_id(filed(*actions()))["number"]
    assert number["body"]["tocsin:unit"] == "hosts"
    assert number["prov:wasRevisionOf"]["tocsin:unit"] == "servers"


def test_several_documents_are_a_graph() -> None:
    whole = json.loads(annotated([filed(), filed()], Choice(), Label.CLEAR))
    assert [each["type"] for each in whole["@graph"]] == ["AnnotationCollection"] * 2


def test_a_document_is_named_by_its_content() -> None:
    assert document_name("00" * 32) == "ni:///sha-256;" + "A" * 43
    assert by_id(filed())["group"]["target"]["source"] == document_name(SHA)


def test_the_same_record_gives_the_same_bytes() -> None:
    assert len({annotated([filed(*actions())], Choice(), Label.CLEAR) for _ in range(3)}) == 1
