"""The ledger: each has one place, nobody is lost between two steps, and the figures add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.remediation.reaching import AFTER, PARTIES, SENT, TODAY, body, exposure, figures_by_id, party, told

from tocsin.figures import NotComparable, add, divide
from tocsin.notices import Standing
from tocsin.remediation.parties import Party
from tocsin.remediation.reach import GROUPED_BY, RUNG_WORDS, Beside, Place, Rung, place_of, reach, rung_of

RUNGS = [rung.name.lower() for rung in Rung]


def _counts(parties: list[Party], **more: object) -> dict[str, tuple[float, float]]:
    ledger = reach(parties, Beside(), AFTER, **more)  # type: ignore[arg-type]
    return {each.id.removeprefix("organisations-reach-"): (each.low, each.high) for each in ledger.figures}


EXAMPLE = Path(__file__).parents[2] / "docs" / "explanation" / "reach.md"


def _example() -> list[Party]:
    """The eight organisations of ``docs/explanation/reach.md``."""
    return [
        party("unknown", has_contact=False),
        party("forgotten"),
        party("dry", told("written")),
        party("wrong-address", told("bounced", "b1"), told("refused", "b2")),
        party("deaf", told("silent")),
        party("fast", told("accepted"), exposure=exposure("fixed")),
        party("kind", told("answered", answer="fixed")),
        party("unsure", told("replied"), exposure=replace(exposure("undetermined"), is_sure=False)),
    ]


def test_a_worked_example() -> None:
    found = _counts(_example())
    assert [found[rung] for rung in RUNGS] == [(7, 8), (6, 7), (5, 6), (4, 5), (3, 4), (1, 2)]
    assert found["at-no-contact"] == found["at-not-planned"] == found["at-written"] == (1, 1)
    assert found["at-bounced"] == found["at-silent"] == found["at-answered"] == (1, 1)
    assert found["at-replied"] == (0, 1)
    assert found["at-refused"] == (0, 0)
    assert found["unreachable"] == (2, 2)
    assert found["identified-fixed"] == found["sent-fixed"] == found["accepted-fixed"] == (1, 1)
    assert found["answered-fixed"] == (0, 0)


def test_the_worked_example_is_the_one_that_is_documented() -> None:
    rows = [line.strip("| ").split(" | ") for line in EXAMPLE.read_text("utf-8").splitlines() if line.startswith("|")]
    documented = {name: (number, fixed) for name, number, fixed in (row for row in rows if len(row) == 3)}
    steps = {figure.id: figure for figure in reach(_example(), Beside(), AFTER).figures}
    for rung, words in zip(Rung, RUNG_WORDS, strict=True):
        figure, fixed = (steps[f"organisations-reach-{rung.name.lower()}{suffix}"] for suffix in ("", "-fixed"))
        number = f"{figure.low}" if figure.low == figure.high else f"{figure.low}–{figure.high}"
        assert documented[words] == (number, f"{fixed.low}")
    assert {row[0] for row in rows if len(row) == 4} >= {each.id for each in _example()}


def test_whoever_says_fixed_is_fixed_only_when_a_look_shows_it() -> None:
    says = party("kind", told("answered", answer="fixed"))
    assert _counts([says])["answered-fixed"] == (0, 0)
    assert _counts([replace(says, exposure=exposure("fixed"))])["answered-fixed"] == (1, 1)


@pytest.mark.parametrize(("days", "since"), [(-1, 0), (0, 0), (1, 1)])
def test_a_fix_seen_before_or_on_the_day_of_the_notice_did_not_come_after_it(days: int, since: int) -> None:
    seen = exposure("fixed", fixed_on=SENT + timedelta(days=days))
    found = _counts([party("fast", told("accepted"), exposure=seen)])
    assert found["sent-fixed"] == (since, since)
    assert found["planned-fixed"] == (1, 1)


def test_a_fix_between_a_bounce_and_the_notice_that_arrived_came_before_it() -> None:
    bounced, arrived = told("bounced", "b1"), told("accepted", "b2", left_on=SENT + timedelta(days=4))
    seen = exposure("fixed", fixed_on=SENT + timedelta(days=2))
    assert _counts([party("slow", bounced, arrived, exposure=seen)])["accepted-fixed"] == (0, 0)
    assert _counts([party("slow", bounced, exposure=seen)])["sent-fixed"] == (1, 1)


def test_a_notice_that_was_taken_back_told_nobody_anything() -> None:
    assert place_of(party("wrong", told("retracted"))) is Place.RETRACTED
    assert party("wrong", told("retracted")).told_on is None
    assert place_of(party("wrong", told("retracted"), told("silent", "n2"))) is Place.SILENT


def test_whoever_was_planned_for_had_a_contact_even_if_it_has_none_now() -> None:
    gone = party("moved", told("planned"), has_contact=False)
    assert _counts([gone])["contact"] == (1, 1)


def test_the_unreachable_are_told_by_name_public_bodies_first_and_persons_only_counted() -> None:
    parties = [
        party("bakery", has_contact=False),
        party("clinic", told("bounced"), body=body("health", public=True)),
        party("somebody", has_contact=False, body=body(kind="person")),
        party("deaf", told("silent")),
    ]
    ledger = reach(parties, Beside(), AFTER)
    assert [(each.constituent, each.place) for each in ledger.unreached] == [
        ("clinic", Place.BOUNCED),
        ("bakery", Place.NO_CONTACT),
    ]
    assert figures_by_id(ledger.figures)["persons-reach-unreachable"].low == 1


def test_what_lies_beyond_the_registry_is_a_figure_of_its_own() -> None:
    found = figures_by_id(reach([], Beside(beyond=(3, 5), unproven=(1, 2), told=4), AFTER).figures)
    beyond = found["services-reach-beyond-registry"]
    assert (beyond.low, beyond.high, beyond.place) == (3, 5, "beyond the registry")
    assert found["services-reach-unproven"].high == 2
    assert found["constituents-reach-told-beside"].low == 4


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing is reached by 'colour'"):
        reach([party()], Beside(), AFTER, by="colour")


@given(PARTIES)
def test_each_is_in_exactly_one_place_of_each_step(parties: list[Party]) -> None:
    found = _counts(parties)
    organisations = [each for each in parties if not each.is_person]
    assert sum(high for name, (_, high) in found.items() if name.startswith("at-")) == len(organisations)
    for rung in Rung:
        here = [name for name in found if name == f"at-{name[3:]}" and rung_of(_place(name)) is rung]
        above = found[RUNGS[rung + 1]] if rung < Rung.ANSWERED else (0, 0)
        assert found[RUNGS[rung]] == tuple(sum(found[name][side] for name in here) + above[side] for side in (0, 1))


@given(PARTIES)
def test_no_step_counts_more_than_the_one_before(parties: list[Party]) -> None:
    found = _counts(parties)
    for suffix in ("", "-fixed"):
        for side in (0, 1):
            counts = [found[f"{rung}{suffix}"][side] for rung in RUNGS]
            assert counts == sorted(counts, reverse=True)
    assert all(found[f"{rung}-fixed"] <= found[rung] for rung in RUNGS)


@given(PARTIES)
def test_it_is_what_a_plain_loop_counts(parties: list[Party]) -> None:
    """The oracle walks the notices of each by the words of the events alone."""
    sent = {"bounced", "uncertain", "silent", "accepted", "auto_replied", "replied", "answered"}
    wanted = Counter[str]()
    for each in parties:
        words = {str(notice.standing) for notice in each.notices}
        if each.is_person:
            continue
        wanted["identified"] += 1
        wanted["contact"] += bool(each.has_contact or words)
        wanted["planned"] += bool(words - {"cancelled", "retracted"})
        wanted["sent"] += bool(words & sent)
        wanted["accepted"] += bool(words & (sent - {"bounced", "uncertain"}))
        wanted["answered"] += bool(words & {"replied", "answered"})
    found = _counts(parties)
    assert {rung: found[rung][1] for rung in RUNGS} == {rung: wanted[rung] for rung in RUNGS}


@given(PARTIES, st.sampled_from(GROUPED_BY))
def test_the_groups_add_up_to_the_whole(parties: list[Party], by: str) -> None:
    whole = figures_by_id(reach(parties, Beside(), AFTER).figures)
    groups = reach(parties, Beside(), AFTER, by=by).figures
    for name in ("organisations-reach-sent", "organisations-reach-answered-fixed", "organisations-reach-at-silent"):
        parts = [each for each in groups if each.id.startswith(f"{name}/")]
        if parts:
            together = reduce(add, parts)
            assert (together.low, together.high) == (whole[name].low, whole[name].high)
            assert together.denominator is not None
            assert together.denominator.high == whole[name].denominator.high  # type: ignore[union-attr]


def test_a_step_is_a_share_of_the_one_before_and_of_nothing_else() -> None:
    found = figures_by_id(reach([party("deaf", told("silent")), party("forgotten")], Beside(), AFTER).figures)
    sent, planned = found["organisations-reach-sent"], found["organisations-reach-planned"]
    assert divide(sent, planned).low == 1.0
    with pytest.raises(NotComparable):
        divide(sent, found["services-reach-beyond-registry"])


def test_figures_say_their_day_and_what_they_count() -> None:
    found = figures_by_id(reach([party("deaf", told("silent"))], Beside(), AFTER).figures)
    assert str(found["organisations-reach-at-silent"]).startswith("1 organisation silent past the deadline")
    assert {each.as_of for each in found.values()} == {TODAY}


def test_every_standing_of_a_notice_has_a_place() -> None:
    assert {place_of(party("any", told(each))) for each in Standing} == set(Place) - {
        Place.NO_CONTACT,
        Place.NOT_PLANNED,
    }


def _place(name: str) -> Place:
    return Place[name.removeprefix("at-").replace("-", "_").upper()]
