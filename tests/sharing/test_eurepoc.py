"""Attributions in EuRepoC's shape."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.record.reviewing import GROUP, READING, at
from tests.sharing.records import TAKEN, actions, filed, rows

from tocsin.labels import Label
from tocsin.record import Attribution, Genre, Level, Party, Polarity, Relation
from tocsin.record.review import fold
from tocsin.sharing.eurepoc import COLUMNS, eurepoc
from tocsin.sharing.filed import Choice, Filed


def test_each_attribution_is_a_row_and_nothing_else() -> None:
    found = {row["attribution_ID"]: row for row in rows(eurepoc([filed(*actions())], Choice(), Label.CLEAR))}
    assert list(found) == ["organ", "group"]
    organ = found["organ"]
    assert organ["attributed_initiator_category"] == "State"
    assert (organ["attributing_actor"], organ["attributing_country"]) == ("GB sample minister", "United Kingdom")
    assert (organ["attributed_initiator"], organ["attributed_initiator_country"]) == ("FR sample service", "France")
    assert (organ["attributing_party"], organ["attributed_party"]) == (
        "role:GB-sample-minister",
        "organ:FR-sample-service",
    )
    assert (organ["review"], found["group"]["review"]) == ("accepted", "machine-read")


def test_the_columns_of_the_dataset_come_first_under_its_names() -> None:
    assert COLUMNS[:11] == (
        "incident_ID",
        "attribution_ID",
        "attribution_date",
        "attribution_type",
        "attribution_basis",
        "attributing_actor",
        "attribution_it_company",
        "attributing_country",
        "attributed_initiator",
        "attributed_initiator_country",
        "attributed_initiator_category",
    )
    assert len(COLUMNS) == len(set(COLUMNS))


def test_each_date_has_its_precision() -> None:
    (row, _) = rows(eurepoc([filed()], Choice(), Label.CLEAR))
    assert (row["start_date"], row["start_date_precision"]) == ("2021-03-02", "day")
    assert (row["attribution_date"], row["attribution_date_precision"]) == ("2021-07-19", "day")


def one(*, genre: Genre = Genre.NEWS, **changes: object) -> dict[str, str]:
    changed = replace(GROUP, **changes)  # type: ignore[arg-type]  # the test names real fields
    record = Filed(
        document=replace(filed().document, genre=genre),
        reviewed=fold(replace(READING, assertions=(changed,)), []),
        taken_at=TAKEN,
    )
    (row,) = rows(eurepoc([record], Choice(), Label.CLEAR))
    return row


def blame(level: Level, relation: Relation, accused: str = "state:KP") -> Attribution:
    return Attribution(accused=(Party(canonical=accused),), level=level, relation=relation)


@pytest.mark.parametrize(
    ("level", "relation", "category"),
    [
        (Level.UNSPECIFIED, Relation.CONDUCTED_BY, "Unknown - not attributed"),
        (Level.TERRITORY, Relation.LOCATED_IN, "Unknown - not attributed"),
        (Level.GROUP, Relation.CONDUCTED_BY, "Non-state-group"),
        (Level.STATE_AFFILIATED, Relation.BACKED_BY, "Non-state actor, state-affiliation suggested"),
        (Level.STATE_ORGAN, Relation.ASSOCIATED_WITH, "Non-state actor, state-affiliation suggested"),
        (Level.STATE_ORGAN, Relation.CONDUCTED_BY, "State"),
        (Level.STATE, Relation.RESPONSIBLE_FOR, "State"),
    ],
)
def test_the_category_is_that_of_whoever_did_it(level: Level, relation: Relation, category: str) -> None:
    row = one(body=blame(level, relation))
    assert row["attributed_initiator_category"] == category
    assert (row["attributed_initiator"], row["attributed_initiator_country"]) == (
        "",
        "Korea, Democratic People's Republic of",
    )


def test_a_denied_attribution_has_no_initiator_category() -> None:
    row = one(polarity=Polarity.NEGATED)
    assert (row["attributed_initiator_category"], row["polarity"]) == ("", "negated")


def test_no_date_no_precision() -> None:
    row = one(when=None)
    assert (row["start_date"], row["start_date_precision"]) == ("", "")


@pytest.mark.parametrize(
    ("canonicals", "kind", "basis"),
    [
        (["org:EU"], "EU", "Attribution by EU institution/agency"),
        (["org:NATO"], "international organisation", "Attribution by international organization"),
        (
            ["org:EEAS", "org:UN"],
            "EU; international organisation",
            "Attribution by EU institution/agency; Attribution by international organization",
        ),
        (["gov:GB", "gov:FR"], "state", ""),
        (["gov:GB", "org:EU"], "state; EU", ""),
        (["org:microsoft"], "company or institute", ""),
        (["class:officials"], "not named", ""),
        (["person:sample-member"], "person", ""),
        (["unknown:unattributed"], "media", "Media-based attribution"),
        ([], "media", "Media-based attribution"),
    ],
)
def test_the_basis_is_told_where_the_claimants_tell_it(canonicals: list[str], kind: str, basis: str) -> None:
    row = one(claimants=tuple(Party(canonical=name) for name in canonicals))
    assert (row["attributing_kind"], row["attribution_basis"]) == (kind, basis)


@pytest.mark.parametrize(
    ("genre", "claimant", "begins"),
    [
        (Genre.NEWS, "gov:GB", "Direct statement in media report"),
        (Genre.NEWS, "class:officials", "Anonymous statement in media report"),
        (Genre.NEWS, "unknown:unattributed", "Media report (e.g., Reuters"),
        (Genre.STATEMENT, "gov:GB", "Political statement / report"),
        (Genre.DEBATE, "person:sample-member", "Political statement / report"),
        (Genre.ADVISORY, "org:ncsc-gb", "Political statement / report"),
        (Genre.ADVISORY, "org:mandiant", "Technical report"),
        (Genre.OTHER, "gov:GB", "Attribution given, type unclear"),
    ],
)
def test_the_type_is_by_genre_and_claimant(genre: Genre, claimant: str, begins: str) -> None:
    assert one(genre=genre, claimants=(Party(canonical=claimant),))["attribution_type"].startswith(begins)


def test_words_are_those_of_the_document_and_safe() -> None:
    row = one(span=at("the group"))
    assert (row["words"], row["attributed_initiator"]) == ("the group", "Example Panda")
