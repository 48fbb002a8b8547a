"""Attributions in EuRepoC's shape."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.record.reviewing import GROUP, READING, at
from tests.sharing.records import TAKEN, actions, filed, rows

from tocsin.labels import Label
from tocsin.record import Party, Polarity
from tocsin.record.review import fold
from tocsin.sharing.eurepoc import COLUMNS, eurepoc
from tocsin.sharing.filed import Choice, Filed


def test_each_attribution_is_a_row_and_nothing_else() -> None:
    found = {row["attribution_id"]: row for row in rows(eurepoc([filed(*actions())], Choice(), Label.CLEAR))}
    assert list(found) == ["organ", "group"]
    organ = found["organ"]
    assert organ["attributed_initiator_category"] == "State"
    assert (organ["attributing_actor"], organ["attributing_country"]) == ("role:GB-sample-minister", "GB")
    assert (organ["attributed_initiator_name"], organ["attributed_initiator_country"]) == (
        "organ:FR-sample-service",
        "FR",
    )
    assert organ["attribution_basis"] == "Attribution by a state (receiver or third party)"
    assert (organ["review"], found["group"]["review"]) == ("accepted", "machine-read")


def test_each_date_has_its_precision() -> None:
    (row, _) = rows(eurepoc([filed()], Choice(), Label.CLEAR))
    assert (row["start_date"], row["start_date_precision"]) == ("2021-03-02", "day")
    assert (row["attribution_date"], row["attribution_date_precision"]) == ("2021-07-19", "day")


def one(**changes: object) -> dict[str, str]:
    changed = replace(GROUP, **changes)  # type: ignore[arg-type]  # the test names real fields
    record = Filed(
        document=filed().document, reviewed=fold(replace(READING, assertions=(changed,)), []), taken_at=TAKEN
    )
    (row,) = rows(eurepoc([record], Choice(), Label.CLEAR))
    return row


def test_a_denied_attribution_has_no_initiator_category() -> None:
    assert one()["attributed_initiator_category"] == "Unknown - not attributed"
    row = one(polarity=Polarity.NEGATED)
    assert (row["attributed_initiator_category"], row["attribution_polarity"]) == ("", "negated")


def test_no_date_no_precision() -> None:
    row = one(when=None)
    assert (row["start_date"], row["start_date_precision"]) == ("", "")


@pytest.mark.parametrize(
    ("canonicals", "basis"),
    [
        (["org:EU"], "Attribution by an international organisation"),
        (["gov:GB", "gov:FR"], "Attribution by a state (receiver or third party)"),
        (["org:GB-sample-agency"], "Attribution by a state (receiver or third party)"),
        (["org:example-firm"], ""),
        (["gov:GB", "org:EU"], ""),
        ([], ""),
    ],
)
def test_the_basis_is_told_where_one_holds_for_all(canonicals: list[str], basis: str) -> None:
    assert one(claimants=tuple(Party(canonical=name) for name in canonicals))["attribution_basis"] == basis


def test_words_are_those_of_the_document_and_safe() -> None:
    assert one(span=at("the group"))["attribution_words"] == "the group"
    assert len(COLUMNS) == len(set(COLUMNS))
