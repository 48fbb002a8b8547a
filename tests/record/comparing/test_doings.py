"""A measure's standing from day to day, and judgements that bear on each other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.record.comparing.told import DAY, Paper, claims

from tocsin.record import Assessment, Denial, Quantity, Response, Span, Standing
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
