from __future__ import annotations

import pytest

from tocsin.record.segments import Party
from tocsin.record.yardsticks import ICD_203, PHIA, Yardstick, declared_by, shared_by


def party(canonical: str) -> Party:
    return Party(canonical=canonical)


@pytest.mark.parametrize("yardstick", [PHIA, ICD_203])
def test_ranges_rise_and_do_not_overlap_and_no_term_stands_twice(yardstick: Yardstick) -> None:
    for below, above in zip(yardstick.bands, yardstick.bands[1:], strict=False):
        assert below.low < below.high <= above.low < above.high
    terms = [term for band in yardstick.bands for term in band.terms]
    assert len(terms) == len(set(terms))


def test_highly_likely_is_a_term_of_one_yardstick_only() -> None:
    band = PHIA.band("Highly  Likely")
    assert band is not None
    assert (band.low, band.high) == (0.8, 0.9)
    assert ICD_203.band("highly likely") is None


def test_very_likely_is_a_term_of_the_other() -> None:
    assert PHIA.band("very likely") is None
    assert ICD_203.band("very likely") is not None


@pytest.mark.parametrize("canonical", ["gov:GB", "org:ncsc-gb", "role:GB-foreign-secretary", "org:downing-street"])
def test_british_public_bodies_speak_by_phia(canonical: str) -> None:
    assert declared_by(party(canonical)) is PHIA


@pytest.mark.parametrize("canonical", ["org:US-IC", "org:ODNI", "org:NSA", "org:CISA", "org:FBI", "org:CIA"])
def test_us_intelligence_bodies_speak_by_icd_203(canonical: str) -> None:
    assert declared_by(party(canonical)) is ICD_203


@pytest.mark.parametrize(
    "canonical", ["gov:US", "org:EU", "gov:FR", "org:microsoft", "person:sample-minister", "unknown:officials"]
)
def test_nobody_else_has_declared_one(canonical: str) -> None:
    assert declared_by(party(canonical)) is None


def test_those_who_speak_together_need_one_yardstick() -> None:
    assert shared_by([party("gov:GB"), party("org:ncsc-gb")]) is PHIA
    assert shared_by([party("gov:GB"), party("org:NSA")]) is None
    assert shared_by([party("gov:GB"), party("gov:FR")]) is None
    assert shared_by([]) is None
