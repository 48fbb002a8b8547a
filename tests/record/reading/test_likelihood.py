from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.record.assertions import Likelihood
from tocsin.record.reading.likelihood import find_likelihood
from tocsin.record.segments import Party
from tocsin.record.spans import Span


def found(text: str, *claimants: str) -> Likelihood:
    parties = [Party(canonical=canonical) for canonical in claimants]
    return find_likelihood(text, Span(0, len(text)), claimants=parties)


def words(text: str) -> str | None:
    span = found(text).words
    return span.of(text) if span else None


def sure(text: str) -> tuple[str | None, str | None]:
    likelihood = found(text)
    span = likelihood.confidence_words
    return span.of(text) if span else None, likelihood.confidence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The centre judges that it is highly likely that the group did it.", "highly likely"),
        ("The unit was almost certainly responsible for the breach.", "almost certainly"),
        ("It was “almost certain” that the service directed it.", "almost certain"),
        ("There is a realistic possibility that others copied the tools.", "realistic possibility"),
        ("The likely target was the ministry's mail.", "likely"),
        ("It is not likely that data was taken.", "not likely"),
        ("It isn't likely that data was taken.", "isn't likely"),
        ("Customers were very unlikely to have been hit.", "very unlikely"),
        ("The actor, probably of Exampleland, left in May.", "probably"),
        ("It was proved beyond reasonable doubt.", "beyond reasonable doubt"),
        ("There is no doubt that they knew.", "no doubt"),
        ("It is more likely than not that they paid.", "more likely than not"),
        ("It is possible that a second group took part.", "possible"),
        ("He put the probability that they knew at “80%, maybe a bit more”.", "80%, maybe a bit more"),
        ("The firm gave a likelihood of 60 to 70 per cent.", "60 to 70 per cent"),
        ("There is an 80% chance that they knew.", "80% chance"),
        ("There is a one in five chance that they knew.", "a one in five chance"),
        ("It leaves little room for doubt that they knew.", "little room for doubt"),
        ("On the balance of probabilities they knew.", "On the balance of probabilities"),
        ("They say with near certainty that he knew.", "with near certainty"),
        ("It is entirely possible that they knew.", "entirely possible"),
    ],
)
def test_the_longest_term_of_probability_is_kept_as_it_stands(text: str, expected: str) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The group may have had help.",
        "It is believed that the group had help.",
        "The suspected hackers, allegedly backed by a state, left.",
        "As soon as possible, install the update; it is not possible to wait.",
        "The agency joined like-minded partners in certain cases.",
        "We assess with high confidence that it was them.",
    ],
)
def test_modality_hedges_and_confidence_are_no_probability(text: str) -> None:
    assert words(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We assess with high confidence that it was them.", ("with high confidence", "high")),
        ("It has moderate confidence in this.", ("moderate confidence", "moderate")),
        ("They say with a low degree of confidence that it was them.", ("with a low degree of confidence", "low")),
        ("We are highly confident in this.", ("highly confident", "high")),
        ("We are confident that it was them.", ("confident", None)),
        ("It assessed with medium-to-high confidence that he did.", ("with medium-to-high confidence", "moderate")),
        ("We can say with confidence that it was them.", ("with confidence", None)),
        ("It harms trust and confidence in the market.", (None, None)),
    ],
)
def test_analytic_confidence_is_another_thing(text: str, expected: tuple[str | None, str | None]) -> None:
    assert sure(text) == expected


def test_the_band_is_that_of_the_claimants_own_yardstick() -> None:
    text = "It is highly likely that the group did it."
    assert (found(text, "gov:GB").band, found(text, "gov:GB").yardstick) == ("highly_likely", "PHIA")
    assert (found(text, "gov:GB").low, found(text, "gov:GB").high) == (0.8, 0.9)
    assert found(text, "org:NSA").band is None
    assert found(text, "org:example-corp").band is None
    assert found(text).band is None


def test_the_us_government_declares_a_yardstick_only_when_it_speaks_of_its_intelligence() -> None:
    assert found("They are likely behind it.", "gov:US").band is None
    assert found("The intelligence community judges that they are likely behind it.", "gov:US").yardstick == "ICD203"


def test_only_the_clause_is_searched() -> None:
    text = "It is likely. They did it."
    assert find_likelihood(text, Span(14, len(text))) == Likelihood()


@given(st.text(alphabet="highly lketamospr'n.cd\n", max_size=200))
def test_what_is_found_lies_inside_the_clause(text: str) -> None:
    within = Span(min(3, len(text)), len(text))
    likelihood = find_likelihood(text, within)
    assert likelihood.words is None or within.holds(likelihood.words)


def test_of_two_claims_in_a_sentence_each_has_the_words_of_its_own_part() -> None:
    text = "It is almost certain that the unit was behind it, and that it is highly likely that a firm helped."
    for claim, expected in (("was behind", "almost certain"), ("helped", "highly likely")):
        near = Span(text.index(claim), text.index(claim) + len(claim))
        words = find_likelihood(text, Span(0, len(text)), near=near).words
        assert words is not None
        assert words.of(text) == expected
