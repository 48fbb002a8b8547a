"""A measure's standing from day to day, and judgements that bear on each other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.record.comparing.told import DAY, Paper, claims

from tocsin.record import Assessment, Denial, Quantity, Response, SegmentKind, Span, Standing
from tocsin.record.comparing import Between, Verdict
from tocsin.record.comparing.doings import compare_assessments, compare_responses


def test_a_measure_is_told_once_for_each_new_standing_in_the_order_of_the_days() -> None:
    first = Paper("We consider sanctions. We do consider sanctions.")
    second = Paper("Nothing will be said on sanctions.", day=DAY + timedelta(days=30))
    second.says(second.text, Response(measure="sanctions", standing=Standing.DECLINED), by="gov:GB")
    one = first.says("We consider sanctions", Response(measure="sanctions", standing=Standing.CONSIDERED), by="gov:GB")
    other = first.says(
        "We do consider sanctions", Response(measure="trade_sanctions", standing=Standing.CONSIDERED), by="gov:GB"
    )
    [found] = compare_responses(claims(second, first))
    assert (found.left, found.also) == (other, (one,))
    assert found.between is Between.DATES
    assert [(part.left, part.right) for part in found.parts] == [("considered", "declined_to_say")]


@pytest.mark.parametrize("measure", ["sanctions", "unspecified_action"])
def test_action_of_an_unstated_kind_may_be_sanctions(measure: str) -> None:
    paper = Paper("Options are open. No sanctions came.")
    paper.says("Options are open", Response(measure=measure, standing=Standing.CONSIDERED), by="gov:GB")
    paper.says("No sanctions came", Response(measure="sanctions", standing=Standing.NOT_TAKEN), by="gov:GB")
    assert len(list(compare_responses(claims(paper)))) == 1


def test_what_for_and_at_whom_are_set_side_by_side() -> None:
    one, other = Paper("It was meant for spying."), Paper("It was aimed at nobody.")
    one.says(one.text, Assessment(what="intent"), by="gov:GB")
    other.says(other.text, Assessment(what="targeting"), by="gov:US")
    [found] = compare_assessments(claims(one, other))
    assert found.verdict is Verdict.DIFFERS


def test_whom_one_says_it_spared_is_not_comparable_with_whom_another_says_it_hit() -> None:
    paper = Paper("None of ours were victims. Their bodies were hit. Ours were hit, 30 of them.")
    paper.says("None of ours were victims", Denial(what="impact_denial"), by="gov:GB")
    paper.says(
        "Ours were hit, 30 of them", Quantity(number=Span(0, 1), value=30, unit="bodies", state="hit"), by="gov:GB"
    )
    hit = paper.says("Their bodies were hit", Assessment(what="victims"), by="org:EU")
    [found] = compare_assessments(claims(paper))
    assert (found.right, found.verdict) == (hit, Verdict.NOT_COMPARABLE)


def test_the_nearest_judgements_are_set_side_by_side() -> None:
    far, near = Paper("Spying was the aim, says another."), Paper("It was meant for spying.\n\nIt was aimed at nobody.")
    far.says(far.text, Assessment(what="intent"), by="gov:US")
    near.parts = [(words, SegmentKind.TURN, None, None) for words in near.text.split("\n\n")]
    meant = near.says("It was meant for spying", Assessment(what="intent"), by="gov:GB")
    aimed = near.says("It was aimed at nobody", Assessment(what="targeting"), by="role:GB-sample")
    [found] = compare_assessments(claims(far, near))
    assert (found.left, found.right) == (meant, aimed)


def test_public_bodies_that_were_hit_are_found_in_whatever_a_claim_is_about() -> None:
    ours, theirs = Paper("None of our ministries were victims."), Paper("It said that its institutions had been hit.")
    ours.says(ours.text, Denial(what="impact_denial"), by="gov:GB")
    firms = Paper("3,000 firms may have been open to it.")
    firms.says(
        firms.text, Quantity(number=Span(0, 5), value=3000, unit="organisations", state="vulnerable"), by="gov:FR"
    )
    hit = theirs.says(theirs.text, Response(measure="public_statement", standing=Standing.TAKEN), by="org:EU")
    [found] = compare_assessments(claims(ours, firms, theirs))
    assert (found.right, found.verdict) == (hit, Verdict.NOT_COMPARABLE)


def test_two_deeds_of_one_kind_in_one_breath_are_no_difference() -> None:
    paper = Paper("We published advice. We go on giving advice.")
    paper.says("We published advice", Response(measure="advice", standing=Standing.TAKEN), by="gov:US")
    paper.says("We go on giving advice", Response(measure="advice", standing=Standing.ONGOING), by="gov:US")
    assert list(compare_responses(claims(paper))) == []
    other = Paper("They gave advice, we are told.", day=DAY + timedelta(days=1))
    told = other.says(other.text, Response(measure="advice", standing=Standing.ONGOING), by="gov:GB")
    [found] = compare_responses(claims(paper, other))
    assert found.right == told
