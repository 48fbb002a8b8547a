"""What the record states, across documents."""

from __future__ import annotations

from datetime import date

import pytest
from tests.reports.stating import BANK, BOTH, NEWS, NEWS_READ, STATE, both, read, reject

from tocsin.errors import AskError
from tocsin.reports.stated import NOT_TOLD, counts_in_words, incidents, party_name, statements


def test_every_claim_of_every_document_is_there_the_earliest_first() -> None:
    days = [each.day for each in both()]
    assert len(days) == 10
    assert days == sorted(days, key=str)


def test_reviewed_is_told_apart_from_machine_read() -> None:
    standing = {each.claim.id: each.standing for each in both()}
    assert standing["sanctions"] == "reviewed"
    assert standing["backed"] == "machine-read"
    assert counts_in_words(both()) == "1 reviewed, 9 machine-read"


def test_what_a_person_rejected_is_not_stated() -> None:
    rejected = read("news", NEWS, date(2021, 7, 20), [STATE, BANK], reject("bank", "news"))
    assert [each.claim.id for each in statements([rejected])] == ["state"]


def test_only_one_incident_and_an_unknown_one_is_refused_with_those_there_are() -> None:
    assert {each.incident for each in both("EXAMPLE-mail")} == {"example-mail"}
    with pytest.raises(AskError, match="did you mean sample-bank") as refused:
        both("sample-bnk")
    assert "example-mail" in refused.value.remedy


def test_incidents_come_by_how_often_they_are_spoken_of_and_the_untold_last() -> None:
    assert incidents(both()) == ("example-mail", "sample-bank")
    assert NOT_TOLD not in incidents(both())
    assert incidents(()) == ()


def test_a_claim_that_nobody_makes_is_the_documents_own() -> None:
    (summoned,) = (each for each in statements([NEWS_READ]) if each.claim.id == "summoned")
    assert summoned.parties == ("document:news.txt",)
    assert summoned.who == "news.txt"


def test_words_and_place_lead_back_to_the_text() -> None:
    for each in both():
        text = next(one.document.text for one in BOTH if one.document.sha256 == each.claim.document.sha256)
        span = each.claim.assertion.span
        assert each.words == span.of(text)
        assert each.place.endswith(f"{span.begins} to {span.ends}")


def test_parties_are_named_in_words() -> None:
    assert party_name("gov:GB") == "government of the United Kingdom"
    assert party_name("org:sample-labs") == "sample labs"
