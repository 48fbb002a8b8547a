"""What a comparison is known by, and what it never says."""

from __future__ import annotations

import json

from tocsin.figures import Difference
from tocsin.record.comparing import Between, Comparison, Family, Verdict

_GIVEN = Comparison(
    family=Family.LEVEL,
    verdict=Verdict.DIFFERS,
    left="a1",
    right="b2",
    explanation="The one names a territory, the other a state.",
    between=Between.CLAIMANTS,
    weight=0.6,
    parts=(Difference(name="level", left="territory", right="state"),),
)


def test_an_id_is_of_the_pair_and_the_family_whichever_stands_left() -> None:
    mirrored = Comparison(
        family=Family.LEVEL,
        verdict=Verdict.SAME,
        left="b2",
        right="a1",
        explanation="",
        between=Between.DATES,
        weight=0.1,
    )
    other = Comparison(
        family=Family.ORGAN,
        verdict=Verdict.DIFFERS,
        left="a1",
        right="b2",
        explanation="",
        between=Between.CLAIMANTS,
        weight=0.6,
    )
    assert _GIVEN.id == mirrored.id != other.id


def test_json_has_every_part_and_says_that_it_is_a_candidate() -> None:
    told = json.loads(json.dumps(_GIVEN.as_json()))
    assert told["status"] == "candidate"
    assert told["parts"] == [{"part": "level", "left": "territory", "right": "state"}]
    assert (told["verdict"], told["between"]) == ("differs", "claimants")


def test_the_words_for_a_verdict_are_three_and_none_of_them_is_the_reviewers() -> None:
    assert {verdict.value for verdict in Verdict} == {"same", "differs", "not comparable"}
