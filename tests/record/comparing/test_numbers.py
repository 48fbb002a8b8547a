"""Numbers told on: same number of other things, other numbers of one thing, complements, and what never meets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.record.comparing.told import DAY, Paper, claims

from tocsin.figures import Figure, Measure, Passage
from tocsin.record import Modality, Quantity, Span
from tocsin.record.comparing import Family, Verdict
from tocsin.record.comparing.numbers import compare_numbers

_MARCH = date(2025, 3, 31)


def _count(value: float, unit: str, state: str = "", modality: Modality = Modality.ASSERTED) -> Quantity:
    return Quantity(number=Span(0, 1), value=value, unit=unit, state=state, modality=modality)


def _share(percent: float, unit: str, state: str, paper: Paper, words: str) -> Quantity:
    figure = Figure(
        id=words,
        low=percent / 100,
        high=percent / 100,
        unit=unit,
        state=state,
        place="",
        as_of=_MARCH,
        known_at=None,
        method="claimed",
        denominator=None,
        source=Passage(document="d", begins=0, ends=1, text=words),
        measure=Measure.SHARE,
    )
    return Quantity(
        number=Span(0, 1), value=percent, unit="percent", state=state, subject=paper.at(unit), figure=figure
    )


def _names(paper: Paper, family: Family = Family.FIGURE) -> list[set[str]]:
    found = (each for each in compare_numbers(claims(paper)) if each.family is family)
    return [{part.name for part in each.parts} for each in found]


def test_customers_that_become_organisations_and_updates_that_become_mitigations() -> None:
    paper = Paper("85% of customers had the updates. 85% of firms had mitigated.")
    one = _share(85, "customers", "updates-installed", paper, "85% of customers")
    other = _share(85, "firms", "mitigated", paper, "85% of firms")
    paper.says("85% of customers had the updates", one, by="org:sample", on=_MARCH)
    paper.says("85% of firms had mitigated", other, by="role:GB-minister", on=_MARCH)
    assert _names(paper) == [{"unit", "state", "subject"}]


def test_may_have_been_that_becomes_was() -> None:
    paper = Paper("Some 3,000 firms may have been open. 3,000 firms were hit.")
    paper.says(
        "Some 3,000 firms may have been open", _count(3000, "firms", "vulnerable", Modality.POSSIBLE), by="gov:GB"
    )
    paper.says("3,000 firms were hit", _count(3000, "firms", "impacted"), by="gov:GB")
    [found] = compare_numbers(claims(paper))
    assert {part.name for part in found.parts} == {"state", "modality"}
    assert (found.verdict, found.weight) == (Verdict.DIFFERS, 0.8)
    assert "3,000" in found.explanation


def test_the_same_number_of_the_same_thing_is_told_once() -> None:
    paper = Paper("It was 3,000 firms. It was 3,000 firms indeed. Yes, 3,000 firms.")
    for words in ("It was 3,000 firms.", "It was 3,000 firms indeed", "Yes, 3,000 firms"):
        paper.says(words, _count(3000, "firms", "hit"), by="gov:GB")
    [found] = compare_numbers(claims(paper))
    assert (found.verdict, len(found.also)) == (Verdict.SAME, 1)


def test_shares_that_make_a_whole_name_the_unit_that_differs() -> None:
    paper = Paper("85% of customers had the updates. 15% of firms had not.")
    one = _share(85, "customers", "updates-installed", paper, "85% of customers")
    other = _share(15, "firms", "not updates-installed", paper, "15% of firms")
    paper.says("85% of customers had the updates", one, by="org:sample", on=_MARCH)
    paper.says("15% of firms had not", other, by="org:sample", on=_MARCH)
    [found] = [each for each in compare_numbers(claims(paper)) if each.family is Family.COMPLEMENT]
    assert found.verdict is Verdict.DIFFERS
    assert {part.name for part in found.parts} == {"unit", "subject"}


def test_true_complements_are_the_same() -> None:
    paper = Paper("85% of firms had the updates. 15% of firms had not.")
    one = _share(85, "firms", "updates-installed", paper, "85% of firms")
    other = _share(15, "firms", "not updates-installed", paper, "15% of firms")
    paper.says("85% of firms had the updates", one, by="org:sample", on=_MARCH)
    paper.says("15% of firms had not", other, by="org:sample", on=_MARCH)
    [found] = [each for each in compare_numbers(claims(paper)) if each.family is Family.COMPLEMENT]
    assert found.verdict is Verdict.SAME


def test_servers_and_firms_are_not_comparable_and_it_is_said_once() -> None:
    paper = Paper("400,000 servers. 9,000 servers. 3,000 firms. 2,000 firms.")
    for words, value, unit in (
        ("400,000 servers", 400000, "servers"),
        ("9,000 servers", 9000, "servers"),
        ("3,000 firms", 3000, "firms"),
        ("2,000 firms", 2000, "firms"),
    ):
        paper.says(words, _count(value, unit, f"state of {words}"), by="gov:GB")
    [found] = compare_numbers(claims(paper))
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert found.explanation.startswith("400,000 servers and 3,000 firms are not of the same thing")


def test_two_values_of_one_thing_differ_and_of_two_days_cannot_be_compared() -> None:
    paper = Paper("30,000 firms were hit. 60,000 firms were hit. 90,000 firms were hit later.")
    paper.says("30,000 firms were hit", _count(30000, "firms", "hit"), by="gov:GB", on=DAY)
    paper.says("60,000 firms were hit", _count(60000, "firms", "hit"), by="gov:US", on=DAY)
    paper.says("90,000 firms were hit later", _count(90000, "firms", "hit"), by="gov:US", on=_MARCH)
    assert [each.verdict for each in compare_numbers(claims(paper))] == [Verdict.DIFFERS, Verdict.NOT_COMPARABLE]


def test_small_numbers_meet_only_beside_their_unit() -> None:
    paper = Paper("Three firms. Three hackers.")
    paper.says("Three firms", _count(3, "firms"), by="gov:GB")
    paper.says("Three hackers", _count(3, "hackers"), by="gov:US")
    assert list(compare_numbers(claims(paper))) == []


def test_what_is_no_matter_of_substance_is_left_out() -> None:
    paper = Paper("3,000 words. 3,000 firms.")
    paper.says("3,000 words", replace(_count(3000, "words"), substantive=False), by="gov:GB")
    paper.says("3,000 firms", _count(3000, "firms"), by="gov:US")
    assert list(compare_numbers(claims(paper))) == []
