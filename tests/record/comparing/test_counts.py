"""A count of states beside the list: unions taken apart on the day of the claim."""

from __future__ import annotations

from datetime import date

from tests.record.comparing.told import Paper, claims

from tocsin.record import Attribution, Level, Party, Quantity, Relation, Span
from tocsin.record.comparing import Verdict
from tocsin.record.comparing.counts import compare_counts
from tocsin.record.gazetteer import load_gazetteer

_BLAME = Attribution(accused=(Party(canonical="gov:RU"),), level=Level.STATE, relation=Relation.RESPONSIBLE_FOR)
_GAZETTEER = load_gazetteer()
_TEXT = "The EU, NATO, Japan and Canada said so. That is {} countries."


def _members(bloc: str, on: date) -> frozenset[str]:
    late = {"FI"} if on.year > 2023 else set()
    return frozenset({"EU": {"FR", "DE", "FI"}, "NATO": {"FR", "DE", "CA"} | late}[bloc])


def _paper(number: int, day: date) -> Paper:
    paper = Paper(_TEXT.format(number), day=day)
    by = ("org:EU", "org:NATO", "gov:JP", "gov:CA")
    paper.says("The EU, NATO, Japan and Canada said so", _BLAME, by=by)
    paper.says(f"{number} countries", Quantity(number=Span(0, 1), value=number, unit="countries"), by="gov:JP")
    return paper


def test_a_count_that_the_members_of_the_list_make_up() -> None:
    [found] = compare_counts(claims(_paper(5, date(2021, 7, 20))), _members, _GAZETTEER)
    assert found.verdict is Verdict.SAME
    assert "EU 3 + NATO 3 − 2 counted twice + 1 more (JP) = 5 states; CA is among them" in found.explanation


def test_the_members_are_those_of_the_day() -> None:
    [found] = compare_counts(claims(_paper(5, date(2024, 7, 20))), _members, _GAZETTEER)
    assert "NATO 4 − 3 counted twice" in found.explanation


def test_a_count_that_cannot_be_reached_differs() -> None:
    [found] = compare_counts(claims(_paper(39, date(2021, 7, 20))), _members, _GAZETTEER)
    assert found.verdict is Verdict.DIFFERS
    assert [(part.left, part.right) for part in found.parts] == [("39", "5")]


def test_a_count_of_the_list_as_it_stands_is_the_same() -> None:
    [found] = compare_counts(claims(_paper(4, date(2021, 7, 20))), _members, _GAZETTEER)
    assert found.verdict is Verdict.SAME


def test_without_a_list_there_is_nothing_to_hold_it_against() -> None:
    paper = Paper("That is 39 countries.")
    paper.says("39 countries", Quantity(number=Span(0, 1), value=39, unit="countries"), by="gov:JP")
    assert list(compare_counts(claims(paper), _members, _GAZETTEER)) == []


def test_a_list_that_reaches_the_count_is_taken_before_a_nearer_one() -> None:
    paper = Paper("The EU, Japan and Canada said so. That is 5 countries, including France, Norway and Japan.")
    paper.says("5 countries", Quantity(number=Span(0, 1), value=5, unit="countries"), by="gov:JP")
    [found] = compare_counts(claims(paper), _members, _GAZETTEER)
    assert found.verdict is Verdict.SAME
    assert found.right is None


def test_a_list_told_as_a_part_says_so_and_weighs_less() -> None:
    paper = Paper("That is 39 countries, including France, Norway and Japan.")
    paper.says("39 countries", Quantity(number=Span(0, 1), value=39, unit="countries"), by="gov:JP")
    [found] = compare_counts(claims(paper), _members, _GAZETTEER)
    assert (found.verdict, found.weight) == (Verdict.DIFFERS, 0.3)
    assert "it is told as a part" in found.explanation
