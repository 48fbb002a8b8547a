"""Words of probability that are dropped, added or changed."""

from __future__ import annotations

from dataclasses import replace

from tests.record.comparing.told import Paper, claims

from tocsin.record import Attribution, Level, Likelihood, Party, Relation
from tocsin.record.comparing.sureness import compare_sureness


def _blame(paper: Paper, words: str | None, level: Level = Level.STATE, confidence: str | None = None) -> Attribution:
    likelihood = Likelihood(words=paper.at(words) if words else None, confidence=confidence)
    accused = (Party(canonical="gov:RU"),)
    return Attribution(accused=accused, level=level, relation=Relation.RESPONSIBLE_FOR, likelihood=likelihood)


def test_a_hedge_of_the_agency_that_the_minister_drops() -> None:
    paper = Paper("The centre says it was highly likely Russia. The minister says it was Russia. Sample says so too.")
    hedged = paper.says("The centre says it was highly likely Russia", _blame(paper, "highly likely"), by="org:ncsc-gb")
    plain = paper.says("The minister says it was Russia", _blame(paper, None), by="role:GB-foreign-secretary")
    paper.says("Sample says so too", _blame(paper, None), by="org:sample")
    [found] = compare_sureness(claims(paper))
    assert {found.left, found.right} == {hedged, plain}, "the nearer of the two without a hedge"
    assert "no words of probability" in found.explanation
    assert found.parts[0].left == "highly likely"
    assert found.explanation.endswith("The later drops the words.")


def test_two_terms_of_one_yardstick_say_which_is_stronger() -> None:
    paper = Paper("The centre says it is likely. The minister says it is almost certain.")
    for words, term, low, who in (
        ("The centre says it is likely", "likely", 0.55, "org:ncsc-gb"),
        ("The minister says it is almost certain", "almost certain", 0.95, "org:sample"),
    ):
        body = _blame(paper, term)
        banded = replace(body.likelihood, band=term, yardstick="PHIA", low=low, high=1.0)
        paper.says(words, replace(body, likelihood=banded), by=who)
    [found] = compare_sureness(claims(paper))
    assert found.explanation.endswith("By PHIA the later is stronger.")


def test_between_strangers_and_on_one_day_nothing_is_dropped() -> None:
    first, second = Paper("It was likely Russia."), Paper("It was Russia, they say.")
    first.says("It was likely Russia", _blame(first, "likely"), by="gov:GB")
    for who, ends in (("org:sample", False), ("role:GB-minister", False)):
        second.assertions.clear()
        second.says("It was Russia, they say", _blame(second, None), by=who)
        [found] = compare_sureness(claims(first, second))
        assert found.explanation.endswith("words.") is ends


def test_the_same_term_is_no_difference() -> None:
    paper = Paper("It is likely that A. It is Likely that B.")
    paper.says("It is likely that A", _blame(paper, "likely"), by="gov:GB")
    paper.says("It is Likely that B", _blame(paper, "Likely"), by="gov:US")
    assert list(compare_sureness(claims(paper))) == []


def test_a_claim_that_only_names_a_territory_judges_nothing() -> None:
    paper = Paper("It came from there. It was almost certainly them.")
    paper.says("It came from there", _blame(paper, None, Level.TERRITORY), by="gov:GB")
    paper.says("It was almost certainly them", _blame(paper, "almost certainly"), by="gov:US")
    assert list(compare_sureness(claims(paper))) == []


def test_many_claims_with_three_terms_give_three_pairs() -> None:
    hedges = ("likely", "probably", "possibly")
    paper = Paper(" ".join(f"Party {number} says {hedges[number % 3]}." for number in range(90)))
    for number in range(90):
        words = f"Party {number} says {hedges[number % 3]}."
        span = paper.at(words)
        body = _blame(paper, None)
        at = paper.text.index(hedges[number % 3], span.begins)
        likelihood = Likelihood(words=type(span)(at, at + len(hedges[number % 3])))
        made = Attribution(accused=body.accused, level=body.level, relation=body.relation, likelihood=likelihood)
        paper.says(words, made, by=f"org:sample-{number}")
    assert len(list(compare_sureness(claims(paper)))) == 3
