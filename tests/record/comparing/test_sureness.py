"""Words of probability that are dropped, added or changed."""

from __future__ import annotations

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
