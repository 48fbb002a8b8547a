"""How a reading is held against a gold document."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from tocsin.record import (
    Assertion,
    Assessment,
    Attribution,
    Code,
    Document,
    Level,
    Likelihood,
    Party,
    Quantity,
    Reading,
    Relation,
    Segment,
    SegmentKind,
    Span,
)
from tocsin.testing.gold import GoldDocument, Item, Kind
from tocsin.testing.scoring import Outcome, Score, compare_with_gold, items_of, match, score

TEXT = "The ministry said it was almost certain that Iran hacked 40 Example Gateways; 12 were lost."


def item(begins: int, ends: int, kind: Kind = Kind.RESPONSES, *, optional: bool = False, **facts: str) -> Item:
    values = {name: frozenset(value.split()) for name, value in facts.items()}
    return Item(kind=kind, name="x", span=Span(begins, ends), facts=values, is_optional=optional)


def outcome(gold: list[Item], read: list[Item]) -> Outcome:
    return match("X", gold[0].kind if gold else read[0].kind, gold, read)


def test_half_of_the_gold_span_is_enough_and_less_is_not() -> None:
    assert len(outcome([item(10, 20)], [item(15, 90)]).pairs) == 1
    less = outcome([item(10, 20)], [item(16, 90)])
    assert (len(less.missed), len(less.false)) == (1, 1)


def test_an_attribution_must_also_share_its_level_or_an_accused() -> None:
    gold = [item(0, 10, Kind.ATTRIBUTIONS, level="5", accused="state:IR")]
    for level, accused, pairs in (("5", "state:RU", 1), ("3", "state:IR", 1), ("3", "state:RU", 0)):
        assert len(outcome(gold, [item(0, 10, Kind.ATTRIBUTIONS, level=level, accused=accused)]).pairs) == pairs


def test_a_quantity_is_met_anywhere_on_its_number() -> None:
    assert len(outcome([item(10, 20, Kind.QUANTITIES)], [item(19, 21, Kind.QUANTITIES)]).pairs) == 1
    assert outcome([item(10, 20, Kind.QUANTITIES)], [item(20, 21, Kind.QUANTITIES)]).pairs == ()


def test_no_item_stands_for_two_and_a_second_reading_of_one_is_false() -> None:
    one_for_two = outcome([item(0, 10), item(10, 20)], [item(0, 20)])
    assert (len(one_for_two.pairs), len(one_for_two.missed)) == (1, 1)
    two_for_one = outcome([item(0, 10)], [item(0, 10), item(0, 12)])
    assert (len(two_for_one.pairs), len(two_for_one.false)) == (1, 1)
    assert two_for_one.pairs[0][1].span == Span(0, 10), "the closer one"


def test_the_second_choice_is_taken_when_that_makes_two_pairs() -> None:
    wide, narrow = item(0, 20), item(0, 10)
    assert len(outcome([item(0, 10), item(10, 20)], [wide, narrow]).pairs) == 2


def test_equal_spans_are_paired_by_what_is_said_of_them() -> None:
    gold = [item(0, 10, Kind.ATTRIBUTIONS, level="5", accused=who) for who in ("state:IR", "state:RU")]
    read = [item(0, 10, Kind.ATTRIBUTIONS, level="5", accused=who) for who in ("state:RU", "state:IR")]
    assert all(one.facts["accused"] == other.facts["accused"] for one, other in outcome(gold, read).pairs)


def test_optional_items_are_neither_rewarded_nor_penalised() -> None:
    result = outcome([item(0, 10), item(20, 30, optional=True)], [item(20, 30)])
    (one,) = score([result])
    assert (one.matched, one.missed, one.false, len(result.ignored)) == (0, 1, 0, 1)


def test_precision_recall_and_f1() -> None:
    (one,) = score([outcome([item(0, 10), item(50, 60), item(70, 80)], [item(0, 10), item(30, 40)])])
    assert (one.precision, one.recall, one.f1) == (1 / 2, 1 / 3, 2 / 5)
    nothing = Score(kind=Kind.CODES)
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)


def test_outcomes_of_several_documents_add_up_item_by_item() -> None:
    (one,) = score([outcome([item(0, 10)], [item(0, 10)]), outcome([item(0, 10), item(20, 30)], [])])
    assert (one.matched, one.missed) == (1, 2)


def test_a_fact_is_counted_where_either_side_has_it() -> None:
    def words_of(gold: str, read: str) -> tuple[int, int]:
        return score([outcome([item(0, 9, words=gold)], [item(0, 9, words=read)])])[0].facts["words"]

    assert words_of("", "") == (0, 0)
    assert words_of("likely", "") == (0, 1)
    assert words_of("", "likely") == (0, 1)
    assert words_of("likely", "likely") == (1, 1)


spans = st.builds(lambda at, size: item(at, at + size), st.integers(0, 12), st.integers(1, 8))


@given(st.lists(spans, max_size=5), st.lists(spans, max_size=5))
def test_no_other_pairing_has_more_pairs(gold: list[Item], read: list[Item]) -> None:
    def may(one: Item, other: Item) -> bool:
        common = min(one.span.ends, other.span.ends) - max(one.span.begins, other.span.begins)
        return common > 0 and common >= len(one.span) / 2

    slots = [*range(len(read)), *[None] * len(gold)]
    best = max(
        sum(at is not None and may(one, read[at]) for one, at in zip(gold, tried, strict=True))
        for tried in set(permutations(slots[: len(gold) + len(read)], len(gold)))
    )
    result = match("X", Kind.RESPONSES, gold, read)
    assert len(result.pairs) == best
    assert len(result.pairs) + len(result.missed) == len(gold)
    assert len(result.pairs) + len(result.false) == len(read)


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


READING = Reading(
    document="d",
    reader="r",
    segments=(
        Segment(kind=SegmentKind.TURN, span=at(TEXT), speaker=Party(canonical="unknown:someone")),
        Segment(kind=SegmentKind.REPORTED, span=at("Iran hacked 40 Example Gateways"), parent=0),
        Segment(kind=SegmentKind.CAPTION, span=at("12 were lost")),
    ),
    assertions=(
        Assertion(
            id="1",
            document="d",
            span=at("Iran hacked 40 Example Gateways"),
            rule="deed",
            body=Attribution(
                accused=(Party(canonical="state:IR"),),
                level=Level.STATE,
                relation=Relation.CONDUCTED_BY,
                likelihood=Likelihood(words=at("almost certain")),
            ),
        ),
        Assertion(
            id="2",
            document="d",
            span=at("40 Example Gateways"),
            rule="number",
            body=Quantity(number=at("40"), value=40.0, unit="gateways"),
        ),
        Assertion(
            id="3",
            document="d",
            span=at(TEXT),
            rule="judged",
            body=Assessment(what="damage", likelihood=Likelihood(words=at("almost certain"))),
        ),
        Assertion(id="4", document="d", span=at(TEXT), rule="hint", body=Code(strategy="deny")),
    ),
)


def test_a_reading_becomes_items_of_the_kinds_that_are_scored() -> None:
    found = items_of(READING, TEXT)
    assert [(one.kind, one.span.of(TEXT)) for one in found if one.kind is not Kind.ASSESSMENTS] == [
        (Kind.ATTRIBUTIONS, "Iran hacked 40 Example Gateways"),
        (Kind.QUANTITIES, "40"),
        (Kind.WORDS, "almost certain"),
        (Kind.TURNS, TEXT),
        (Kind.REPORTED, "Iran hacked 40 Example Gateways"),
    ], "shared words once; no suggested code, no caption"
    claim = found[0]
    assert claim.facts["words"] == {"almost certain"}
    assert claim.facts["level"] == {"5"}
    reported = next(one for one in found if one.kind is Kind.REPORTED)
    assert reported.facts["speaker"] == {"unknown"}, "that of the turn around it"
    assert {one.kind for one in items_of(READING, TEXT, [Kind.QUANTITIES])} == {Kind.QUANTITIES}


def test_a_document_is_scored_only_for_what_was_annotated() -> None:
    document = Document(sha256="0" * 64, text=TEXT, media_type="text/plain", source="x.txt")
    missing = Item(kind=Kind.QUANTITIES, name="Q2", span=at("12"))
    gold = GoldDocument(id="X", document=document, kinds=frozenset({Kind.QUANTITIES}), items=(missing,), distractors=())
    (result,) = compare_with_gold(gold, READING)
    assert (result.kind, [one.name for one in result.missed]) == (Kind.QUANTITIES, ["Q2"])
    assert [one.span.of(TEXT) for one in result.false] == ["40"]
