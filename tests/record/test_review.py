"""Review: the fold over people's acts, the queue, and the scores of the rules.

Over 400 lines, since every act is tried on one reading.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.reviewing import GROUP, NUMBER, ORGAN, READING, at, did

from tocsin.errors import AskError
from tocsin.record import Attribution, Code, Level, Likelihood, Quantity, Span
from tocsin.record.review import (
    Accept,
    Act,
    Action,
    Add,
    Coding,
    Complete,
    Contradict,
    Correct,
    Item,
    Merge,
    Reject,
    Reviewed,
    Split,
    State,
    act_from,
    act_json,
    act_word,
    contradictions,
    fold,
    precision_by_rule,
    queue,
    recall_by_kind,
    span_of,
    standing,
    weight,
)

ALL = [item.id for item in READING.assertions]
SPANS = st.builds(lambda begins, more: Span(begins, begins + more), st.integers(0, 200), st.integers(1, 40))
IDS = st.sampled_from([*ALL, "nobody"])
ACTS: st.SearchStrategy[Act] = st.one_of(
    st.builds(Accept, assertion=IDS),
    st.builds(Reject, assertion=IDS, reason=st.text(max_size=5)),
    st.builds(
        Correct,
        assertion=IDS,
        values=st.sampled_from([(("level", "state"),), (("level", "group"),), (("unit", "hosts"),), (("x", "y"),)]),
    ),
    st.builds(Split, assertion=IDS, spans=st.lists(SPANS, max_size=3).map(tuple)),
    st.builds(Merge, assertions=st.lists(IDS, max_size=3).map(tuple)),
    st.builds(Add, span=SPANS, kind=st.sampled_from(["event", "denial"]), values=st.just((("what", "evasion"),))),
    st.builds(Coding, assertion=IDS, strategy=st.sampled_from(["deny", "rebuild", "hide"])),
    st.builds(Contradict, comparison=st.text(max_size=3)),
    st.just(Complete()),
)
HISTORIES = st.lists(st.tuples(st.sampled_from(["A. Example", "B. Sample"]), ACTS), max_size=12).map(
    lambda pairs: [did(by, act, minute) for minute, (by, act) in enumerate(pairs)]
)


def one(reviewed: Reviewed, name: str) -> Item:
    (found,) = [item for item in reviewed.items if item.assertion.id == name]
    return found


def whys(reviewed: Reviewed) -> list[str]:
    return [each.why for each in reviewed.unheeded]


@given(HISTORIES)
def test_acts_given_twice_or_in_another_order_give_the_same(actions: list[Action]) -> None:
    once = fold(READING, actions)
    assert fold(READING, [*actions, *actions]) == once
    assert fold(READING, actions[::-1]) == once


@given(HISTORIES)
def test_what_the_machine_wrote_is_never_changed_nor_lost(actions: list[Action]) -> None:
    reviewed = fold(READING, actions)
    kept = {item.machine.id: item.machine for item in reviewed.items if item.machine is not None}
    assert kept == {each.id: each for each in READING.assertions}
    assert reviewed.reading is READING


@given(HISTORIES)
def test_every_act_is_in_a_history_or_told_as_unheeded(actions: list[Action]) -> None:
    reviewed = fold(READING, actions)
    heeded = {action for item in reviewed.items for action in item.history} | set(reviewed.declared)
    told = {each.action for each in reviewed.unheeded}
    assert heeded | told == {action for action in actions if not isinstance(action.act, Contradict)}
    assert heeded & told == set()


@given(HISTORIES)
def test_no_claim_against_a_state_is_reviewed_by_one_person(actions: list[Action]) -> None:
    for item in fold(READING, actions).items:
        body = item.assertion.body
        if item.is_reviewed and isinstance(body, Attribution) and body.level >= Level.STATE_ORGAN:
            assert len(item.agreed) == 2


@given(ACTS)
def test_an_act_survives_its_json(act: Act) -> None:
    assert act_from(act_word(act), act_json(act)) == act


def test_acts_of_another_making_are_refused() -> None:
    for word, value in (("hide", {}), ("accept", {}), ("split", {"assertion": "a", "spans": [[3, 1]]}), ("add", {})):
        with pytest.raises(AskError):
            act_from(word, value)


def test_nothing_done_leaves_all_machine_read() -> None:
    assert {item.word for item in fold(READING, []).items} == {"machine-read"}


def test_a_claim_against_an_organ_needs_two_persons() -> None:
    first = did("A. Example", Accept(assertion="organ"))
    again = did(" a.  example", Accept(assertion="organ"), 1)
    once = fold(READING, [first, again])
    assert one(once, "organ").word == "accepted once (a second person must)"
    assert whys(once) == [" a.  example stands behind it already (the name reads as A. Example, who did)"]
    twice = one(fold(READING, [first, again, did("B. Sample", Accept(assertion="organ"), 2)]), "organ")
    assert (twice.is_reviewed, twice.word, twice.agreed) == (True, "accepted", ("A. Example", "B. Sample"))


def test_a_correction_asks_for_the_second_person_anew() -> None:
    both = [did(name, Accept(assertion="organ"), n) for n, name in enumerate(("A. Example", "B. Sample"))]
    change = did("C. Third", Correct(assertion="organ", values=(("level", "state"), ("accused", "state:FR"))), 5)
    item = one(fold(READING, [*both, change]), "organ")
    assert (item.state, item.needs_second, item.agreed) == (State.CORRECTED, True, ("C. Third",))
    assert isinstance(item.assertion.body, Attribution)
    assert item.assertion.body.level is Level.STATE
    assert item.machine == ORGAN


def test_a_claim_lowered_from_state_level_still_needs_two() -> None:
    change = did("A. Example", Correct(assertion="organ", values=(("level", "group"),)))
    assert one(fold(READING, [change]), "organ").needs_second


def test_a_lesser_claim_needs_one_person() -> None:
    assert one(fold(READING, [did("A. Example", Accept(assertion="group"))]), "group").is_reviewed


def test_what_is_rejected_stays_with_its_reason_and_can_come_back() -> None:
    no = did("A. Example", Reject(assertion="group", reason="a question"))
    item = one(fold(READING, [no]), "group")
    assert (item.state, item.reason, item.counts, item.assertion) == (State.REJECTED, "a question", False, GROUP)
    back = one(fold(READING, [no, did("B. Sample", Accept(assertion="group"), 1)]), "group")
    assert (back.word, back.agreed, len(back.history)) == ("accepted", ("B. Sample",), 2)


def test_a_split_makes_parts_and_keeps_the_whole_for_the_record() -> None:
    spans = (at("Example Panda did it"), at("the territory of Sampleland"))
    reviewed = fold(READING, [did("A. Example", Split(assertion="group", spans=spans))])
    whole = one(reviewed, "group")
    assert (whole.state, len(whole.others)) == (State.SPLIT, 2)
    assert [one(reviewed, part).assertion.span for part in whole.others] == list(spans)
    assert all(one(reviewed, part).is_reviewed for part in whole.others)


def test_a_split_needs_words_of_the_assertion() -> None:
    reviewed = fold(READING, [did("A. Example", Split(assertion="group", spans=(Span(0, 1), Span(1, 2))))])
    assert "a split needs two spans" in whys(reviewed)[0]


def test_a_merge_keeps_the_first_over_the_words_of_all() -> None:
    reviewed = fold(READING, [did("A. Example", Merge(assertions=("organ", "group")))])
    kept, gone = one(reviewed, "organ"), one(reviewed, "group")
    assert (kept.assertion.span, kept.needs_second) == (Span(0, GROUP.span.ends), True)
    assert (gone.state, gone.others) == (State.MERGED, ("organ",))


def test_kinds_are_not_merged() -> None:
    assert whys(fold(READING, [did("A. Example", Merge(assertions=("organ", "number")))]))[0].startswith("a merge")


def test_what_was_missed_is_added() -> None:
    add = Add(span=at("the minister said"), kind="attribution", values=(("level", "state"), ("accused", "state:FR")))
    reviewed = fold(READING, [did("A. Example", add)])
    (item,) = [item for item in reviewed.items if item.machine is None]
    assert (item.state, item.needs_second, item.assertion.rule) == (State.ADDED, True, "person")
    second = fold(READING, [did("A. Example", add), did("B. Sample", add, 1)])
    assert one(second, item.assertion.id).is_reviewed


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (Accept(assertion="nobody"), "there is no assertion nobody"),
        (Correct(assertion="group", values=(("colour", "red"),)), "an attribution has no 'colour'"),
        (Correct(assertion="group", values=(("level", "stat"),)), "no level 'stat' (did you mean state"),
        (Correct(assertion="group", values=(("level", "territory"),)), "the correction changes nothing"),
        (Correct(assertion="group", values=(("accused", "France"),)), "'France' is no party"),
        (Correct(assertion="group", values=(("when", "2021-13"),)), "'2021-13' is no date"),
        (Correct(assertion="number", values=(("value", "-3"),)), "'-3' is no number"),
        (Add(span=Span(0, 3), kind="rumour"), "no kind 'rumour'"),
        (Add(span=Span(0, 3), kind="attribution"), "an attribution needs a level"),
        (Coding(assertion="code", strategy="hide"), "no strategy 'hide'"),
        (Complete(), "5 of its assertions have not been looked at"),
    ],
)
def test_what_cannot_be_done_is_told(act: Act, why: str) -> None:
    reviewed = fold(READING, [did("A. Example", act)])
    assert why in whys(reviewed)[0]
    assert all(item.state is State.MACHINE for item in reviewed.items)


@pytest.mark.parametrize(
    ("act", "remedy"),
    [
        (Correct(assertion="group", values=(("level", "stat"),)), "one of unspecified, territory, group, state-aff"),
        (Correct(assertion="group", values=(("colour", "red"),)), "confidence, confidence_words, explicit, incident"),
        (Add(span=Span(0, 3), kind="rumour"), "one of attribution, assessment, quantity"),
        (Add(span=Span(0, 3), kind="attribution"), "say which with level=…, one of unspecified, territory"),
        (Add(span=Span(0, 3), kind="quantity"), "say which with unit=…"),
        (Coding(assertion="code", strategy="hide"), "one of deny, diminish, rebuild, bolster"),
        (Correct(assertion="group", values=(("band", "sure"),)), "one of remote_chance, highly_unlikely"),
        (Correct(assertion="group", values=(("claimants", "org:example"), ("band", "likely"))), "leave the band out"),
    ],
)
def test_a_refusal_names_what_would_be_taken(act: Act, remedy: str) -> None:
    (refused,) = fold(READING, [did("A. Example", act)]).unheeded
    assert remedy in refused.remedy


def likelihood(*values: tuple[str, str]) -> Likelihood:
    body = one(fold(READING, [did("A. Example", Correct(assertion="group", values=values))]), "group").assertion.body
    assert isinstance(body, Attribution)
    return body.likelihood


def test_words_of_probability_can_be_corrected_with_their_band() -> None:
    words = at("certainly")
    found = likelihood(("probability_words", f"{words.begins}-{words.ends}"), ("band", "highly likely"))
    assert (found.words, found.band, found.yardstick, found.low) == (words, "highly_likely", "PHIA", 0.8)
    assert likelihood(("confidence", "high")).confidence == "high"
    assert likelihood(("confidence", "high")).band == "almost_certain"


def test_a_band_does_not_outlive_its_words_or_its_claimants() -> None:
    words = at("certainly")
    assert likelihood(("probability_words", f"{words.begins}-{words.ends}")).band is None
    assert likelihood(("probability_words", "")) == Likelihood()
    other = likelihood(("claimants", "org:example-firm"))
    assert (other.words, other.band, other.yardstick, other.low) == (at("Almost certainly"), None, None, None)


def test_what_a_number_is_said_of_can_be_corrected() -> None:
    values = (("denominator", "0-10"), ("hedges", "0-5,6-10"), ("number", "0-3"))
    body = one(fold(READING, [did("A. Example", Correct(assertion="number", values=values))]), "number").assertion.body
    assert isinstance(body, Quantity)
    assert (body.denominator, body.hedges, body.number) == (Span(0, 10), (Span(0, 5), Span(6, 10)), Span(0, 3))
    assert body.figure is None


def test_an_act_on_another_document_is_told() -> None:
    stray = replace(did("A. Example", Accept(assertion="group")), document="b2" * 32)
    assert whys(fold(READING, [stray])) == ["it is about another document"]


def test_a_corrected_number_loses_the_figure_of_the_old_words() -> None:
    change = Correct(assertion="number", values=(("value", "4,000"), ("when", "2021-02")))
    item = one(fold(READING, [did("A. Example", change)]), "number")
    assert isinstance(item.assertion.body, Quantity)
    assert (item.assertion.body.value, item.assertion.body.figure) == (4000, None)
    assert item.assertion.when is not None
    assert (str(item.assertion.when.ends), item.assertion.when.precision) == ("2021-02-28", "month")


def test_a_suggested_code_stays_a_suggestion_until_a_person_codes_it() -> None:
    assert one(fold(READING, []), "code").word == "machine-read"
    coded = one(fold(READING, [did("A. Example", Coding(assertion="code", strategy="diminish"))]), "code")
    assert (coded.word, coded.assertion.body) == ("corrected", Code(strategy="diminish"))
    same = one(fold(READING, [did("A. Example", Coding(assertion="code", strategy="deny"))]), "code")
    assert same.word == "accepted"


def test_any_assertion_can_be_coded() -> None:
    reviewed = fold(READING, [did("A. Example", Coding(assertion="denial", strategy="deny"))])
    (made,) = [item for item in reviewed.items if item.machine is None]
    assert (made.assertion.body, made.assertion.span) == (Code(strategy="deny"), one(reviewed, "denial").assertion.span)


def test_a_contradiction_needs_two_persons() -> None:
    said = [did("A. Example", Contradict(comparison="c1")), did("a. example", Contradict(comparison="c1"), 1)]
    (found,) = contradictions(said)
    assert (found.by, found.is_reviewed) == (("A. Example",), False)
    (found,) = contradictions([*said, did("B. Sample", Contradict(comparison="c1"), 2)])
    assert found.is_reviewed


def test_the_queue_begins_with_the_weightiest() -> None:
    assert [item.assertion.id for item in queue([fold(READING, [])])] == ["organ", "denial", "number", "group", "code"]
    assert weight(replace(NUMBER, body=Quantity(number=NUMBER.span, value=None, unit="hosts"))) == 3


def test_the_queue_leaves_out_what_waits_for_somebody_else() -> None:
    reviewed = [fold(READING, [did("A. Example", Accept(assertion="organ"))])]
    assert "organ" not in {item.assertion.id for item in queue(reviewed, by="a. example")}
    assert queue(reviewed, by="B. Sample")[0].assertion.id == "organ"


def test_what_a_poor_rule_found_comes_first_among_equals() -> None:
    more = replace(NUMBER, id="more", rule="sample.poor", span=Span(NUMBER.span.begins + 1, NUMBER.span.ends))
    bad = replace(more, id="bad")
    reviewed = [
        fold(replace(READING, assertions=(NUMBER, more, bad)), [did("A", Reject(assertion="bad", reason="no"))])
    ]
    scores = precision_by_rule(reviewed)
    assert [item.assertion.id for item in queue(reviewed, scores=scores)] == ["more", "number"]


def test_precision_counts_what_people_said_of_a_rule() -> None:
    rules = replace(READING, assertions=tuple(replace(each, rule="one") for each in READING.assertions))
    acts: list[Act] = [
        Accept(assertion="denial"),
        Reject(assertion="code", reason="no"),
        Correct(assertion="number", values=(("unit", "hosts"),)),
    ]
    (score,) = precision_by_rule([fold(rules, [did("A", act, n) for n, act in enumerate(acts)])])
    assert (score.accepted, score.corrected, score.rejected, score.open) == (1, 1, 1, 2)
    assert score.precision == pytest.approx(2 / 3)
    (none,) = precision_by_rule([fold(replace(rules, assertions=(ORGAN,)), [])])
    assert none.precision is None


def test_recall_is_told_of_documents_that_are_fully_reviewed_and_no_others() -> None:
    add = did("A", Add(span=at("the embassy said"), kind="denial", values=(("what", "evasion"),)), 1)
    looked = [did("A", Accept(assertion=name), 2 + n) for n, name in enumerate(ALL)]
    assert recall_by_kind([fold(READING, [add, *looked])]) == ()
    reviewed = fold(READING, [add, *looked, did("A", Complete(), 50)])
    assert reviewed.is_complete
    recall = {score.kind: score.recall for score in recall_by_kind([reviewed])}
    assert recall == {"attribution": 1, "code": 1, "denial": 0.5, "quantity": 1}


def test_the_reading_as_it_stands_has_what_counts() -> None:
    acts: list[Act] = [Reject(assertion="code", reason="no"), Correct(assertion="number", values=(("unit", "hosts"),))]
    now = standing(fold(READING, [did("A", act, n) for n, act in enumerate(acts)]))
    assert [each.id for each in now.assertions] == ["organ", "group", "number", "denial"]
    assert standing(fold(READING, [])) == READING


def test_a_new_reading_with_more_is_not_complete_any_more() -> None:
    acts = [did("A", Accept(assertion=name), n) for n, name in enumerate(ALL)]
    acts.append(replace(did("A", Complete()), at=acts[-1].at + timedelta(minutes=1)))
    more = replace(READING, assertions=(*READING.assertions, replace(NUMBER, id="new")))
    assert fold(READING, acts).is_complete
    assert not fold(more, acts).is_complete


@pytest.mark.parametrize("text", ["", "5", "9-3", "3-3", "a-b", "-1-4"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(AskError, match="no span"):
        span_of(text)
