"""The record as STIX 2.1."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.record.reviewing import DOCUMENT, GROUP, ORGAN, READING, did
from tests.sharing.records import TAKEN, actions, filed

from tocsin.labels import Label
from tocsin.record import Assertion, Attribution, Level, Party, Polarity, Relation
from tocsin.record.review import Accept, fold
from tocsin.sharing._stix_objects import EXTENSION
from tocsin.sharing.filed import Choice, Filed
from tocsin.sharing.stix import stix

Objects = list[dict[str, Any]]


def objects(*record: Filed, choice: Choice | None = None, label: Label = Label.AMBER) -> Objects:
    bundle = json.loads(stix(record, choice or Choice(), label, creator="Example CERT"))
    assert bundle["type"] == "bundle"
    found: Objects = bundle["objects"]
    return found


def of(found: Objects, kind: str) -> Objects:
    return [each for each in found if each["type"] == kind]


def reading(*assertions: Assertion) -> Filed:
    return Filed(document=DOCUMENT, reviewed=fold(replace(READING, assertions=assertions), []), taken_at=TAKEN)


def ties(found: Objects) -> list[tuple[str, str, str]]:
    by_id = {each["id"]: each for each in found}
    return sorted(
        (by_id[tie["source_ref"]]["name"], tie["relationship_type"], by_id[tie["target_ref"]]["name"])
        for tie in of(found, "relationship")
    )


@pytest.mark.parametrize("label", list(Label))
def test_the_library_of_the_standard_reads_every_object(label: Label) -> None:
    stix2 = pytest.importorskip("stix2", reason="the standard's own library is not installed")
    content = stix([filed(*actions())], Choice(), label, creator="Example CERT")
    bundle = stix2.parse(content.decode("ascii"), allow_custom=False)
    assert len(bundle.objects) == len(json.loads(content)["objects"])


def test_every_reference_leads_to_an_object_of_the_bundle() -> None:
    found = objects(filed(*actions()))
    known = {each["id"] for each in found}
    assert len(known) == len(found)
    for each in found:
        refs = [value for name, value in each.items() if name.endswith("_ref")]
        refs += [ref for name, value in each.items() if name.endswith("_refs") for ref in value]
        assert set(refs) <= known


def test_we_are_the_creator_and_confidence_is_left_out() -> None:
    found = objects(filed(*actions()))
    (us,) = [each for each in found if each.get("name") == "Example CERT"]
    for each in found:
        assert "confidence" not in each
        assert each["type"] == "marking-definition" or each["created_by_ref"] == us["id"]


def test_a_territory_is_where_it_comes_from_and_an_organ_who_did_it() -> None:
    assert ties(objects(filed())) == [
        ("example-mail", "attributed-to", "actor:example-panda"),
        ("example-mail", "attributed-to", "organ:FR-sample-service"),
        ("example-mail", "originates-from", "territory:FR"),
    ]


def claim(level: Level, relation: Relation, *actors: str) -> Assertion:
    body = Attribution(
        accused=(Party(canonical="state:FR"),),
        level=level,
        relation=relation,
        actors=tuple(Party(canonical=name) for name in actors),
    )
    return replace(ORGAN, body=body)


def test_a_group_that_a_state_backs_is_not_that_state() -> None:
    named = reading(claim(Level.STATE_AFFILIATED, Relation.BACKED_BY, "actor:example-panda"))
    assert ties(objects(named)) == [
        ("actor:example-panda", "related-to", "state:FR"),
        ("example-mail", "attributed-to", "actor:example-panda"),
    ]
    group = Attribution(
        accused=(Party(canonical="group:fr-sample"),), level=Level.STATE_AFFILIATED, relation=Relation.BACKED_BY
    )
    assert ties(objects(reading(replace(ORGAN, body=group)))) == [("example-mail", "attributed-to", "group:fr-sample")]
    unnamed = reading(claim(Level.STATE_AFFILIATED, Relation.CONDUCTED_BY))
    assert ties(objects(unnamed)) == [
        ("example-mail", "attributed-to", "not named"),
        ("not named", "related-to", "state:FR"),
    ]


def test_a_state_that_did_it_is_whom_it_is_attributed_to() -> None:
    assert ties(objects(reading(claim(Level.STATE, Relation.RESPONSIBLE_FOR)))) == [
        ("example-mail", "attributed-to", "state:FR")
    ]


def test_two_claimants_actors_of_one_name_are_two_objects() -> None:
    other = replace(GROUP, id="other", claimants=(Party(canonical="gov:US"),))
    found = objects(reading(GROUP, other))
    assert [each["name"] for each in of(found, "intrusion-set")] == ["actor:example-panda"] * 2
    assert len(of(found, "campaign")) == 2
    assert len(of(found, "location")) == 1


def test_the_words_and_the_claimant_are_in_our_extension() -> None:
    (tie,) = [each for each in of(objects(filed()), "relationship") if each["relationship_type"] == "originates-from"]
    ours = tie["extensions"][EXTENSION]
    assert (ours["claimants"], ours["probability_words"]) == (["role:GB-sample-minister"], "Almost certainly")
    assert ours["words"] == tie["description"]
    assert ours["said_on"] == "2021-07-19"
    assert (ours["review"], tie["labels"]) == ("machine-read", ["machine-read"])


def test_a_denial_is_an_opinion_only_when_reviewed() -> None:
    assert of(objects(filed()), "opinion") == []
    (opinion,) = of(objects(filed(did("A. Example", Accept(assertion="denial")))), "opinion")
    assert (opinion["opinion"], opinion["labels"]) == ("strongly-disagree", ["reviewed"])
    assert len(opinion["object_refs"]) == 3


def test_a_denial_is_no_opinion_on_a_claim_against_somebody_else() -> None:
    others = tuple(replace(each, claimants=(Party(canonical="gov:US"),)) for each in READING.assertions)
    record = filed()
    acts = [did("A. Example", Accept(assertion="denial"))]
    record = replace(record, reviewed=fold(replace(READING, assertions=others), acts))
    assert of(objects(record), "opinion") == []
    assert any(note["abstract"] == "denial, negated" for note in of(objects(record), "note"))


def test_what_is_denied_or_asked_is_no_relationship() -> None:
    found = objects(reading(replace(GROUP, polarity=Polarity.QUESTIONED)))
    assert of(found, "relationship") == []
    (note,) = of(found, "note")
    assert note["abstract"] == "attribution, questioned"


def test_suggested_codes_are_left_out() -> None:
    assert all("code" not in note["abstract"] for note in of(objects(filed()), "note"))
    coded = objects(filed(did("A. Example", Accept(assertion="code"))))
    assert any("code" in note["abstract"] for note in of(coded, "note"))


def test_a_report_holds_what_the_document_tells() -> None:
    (report,) = of(objects(filed()), "report")
    assert (report["name"], report["published"]) == ("Example Mail Server", "2021-07-19T00:00:00.000Z")
    assert of(objects(filed(), choice=Choice(incident="another")), "report") == []


def test_ids_stay_the_same_and_a_review_makes_a_newer_version() -> None:
    before = {each["id"]: each["modified"] for each in of(objects(filed()), "relationship")}
    after = {each["id"]: each["modified"] for each in of(objects(filed(*actions())), "relationship")}
    assert before.keys() == after.keys()
    assert max(after.values()) > max(before.values())


def test_the_same_record_gives_the_same_bytes() -> None:
    made = {stix([filed(*actions())], Choice(), Label.RED, creator="Example CERT") for _ in range(3)}
    assert len(made) == 1
