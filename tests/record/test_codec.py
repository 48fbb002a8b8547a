"""Whatever the record holds comes back from its JSON as it was, and nothing else does."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from tests.record.arbitrary import anything

from tocsin.record import Assertion, Attribution, Document, Level, Party, Quantity, Reading, Relation, Span
from tocsin.record.codec import from_json, to_json

CLAIM = Assertion(
    id="a1",
    document="ab" * 32,
    span=Span(3, 9),
    rule="attribution.example",
    body=Attribution(accused=(Party(canonical="state:XA"),), level=Level.STATE_ORGAN, relation=Relation.BEHIND),
)


@settings(max_examples=150)
@given(anything(Reading))
def test_a_reading_comes_back_as_it_was(reading: Reading) -> None:
    assert from_json(json.loads(json.dumps(to_json(reading))), Reading) == reading


@given(anything(Assertion))
def test_an_assertion_comes_back_from_its_brief_form_too(assertion: Assertion) -> None:
    brief = json.dumps(to_json(assertion, is_brief=True))
    assert from_json(json.loads(brief), Assertion) == assertion
    assert len(brief) <= len(json.dumps(to_json(assertion)))


@given(anything(Document))
def test_a_document_comes_back_with_its_origins(document: Document) -> None:
    assert from_json(json.loads(json.dumps(to_json(document))), Document) == document


def test_the_form_can_be_read_by_a_person() -> None:
    form = to_json(CLAIM)
    assert isinstance(form, dict)
    assert form["span"] == [3, 9]
    assert form["polarity"] == "asserted"
    body = form["body"]
    assert isinstance(body, dict)
    assert (body["type"], body["level"], body["relation"]) == ("Attribution", "state-organ", "behind")


def test_what_was_written_before_a_field_was_there_takes_the_default() -> None:
    form = dict(to_json(CLAIM, is_brief=True))  # type: ignore[arg-type]  # an object
    assert "polarity" not in form
    assert from_json(form, Assertion) == CLAIM


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"span": [9, 3]}, r"\$\.span: must be the code points"),
        ({"span": [True, 3]}, r"\$\.span: must be the code points"),
        ({"span": None}, r"\$\.span"),
        ({"polarity": "perhaps"}, r"\$\.polarity: 'perhaps' is no Polarity"),
        ({"body": {"type": "Guess"}}, r"\$\.body\.type: 'Guess' is none of"),
        ({"body": {"type": "Attribution", "level": "state"}}, r"\$\.body\.accused: is missing"),
        ({"chain": {}}, r"\$\.chain: must be a list"),
        ({"chain": [{"type": "Party", "canonical": 7}]}, r"\$\.chain\[0\]\.canonical: 7 is no str"),
        ({"surely": 1}, r"\$\.surely: unknown"),
        ({"type": "Reading"}, r"'Reading' is not Assertion"),
    ],
)
def test_anything_else_is_refused_with_its_place(change: dict[str, object], says: str) -> None:
    form = {**to_json(CLAIM), **change}  # type: ignore[dict-item]  # an object
    with pytest.raises(ValueError, match=says):
        from_json(form, Assertion)


@pytest.mark.parametrize("foreign", [None, 7, "x", [], [[]], {}, {"type": "Assertion"}])
def test_foreign_json_is_refused(foreign: object) -> None:
    with pytest.raises(ValueError, match=r"\$"):
        from_json(foreign, Assertion)


def test_a_damaged_figure_is_refused_with_its_place() -> None:
    quantity = {**to_json(Quantity(number=Span(0, 1), value=3.0, unit="servers")), "figure": {"figure": {}}}  # type: ignore[dict-item]
    with pytest.raises(ValueError, match=r"\$\.figure: no figure"):
        from_json(quantity, Quantity)


def test_what_is_none_of_the_record_has_no_form() -> None:
    with pytest.raises(TypeError, match="object has no form"):
        to_json(object())
    assert to_json(date(2021, 3, 2)) == "2021-03-02"
