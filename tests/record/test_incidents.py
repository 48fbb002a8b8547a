"""Which incident a claim is about: by name, by what it points back to, or by nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.reading.pages import page_of, running_text

from tocsin.record import Attribution, Denial, Genre, Level, Party, Quantity, Relation, Span
from tocsin.record.assertions import Body
from tocsin.record.incidents import incidents_of, joined
from tocsin.record.reading.page import Candidate, Page

_NUMBER = Quantity(number=Span(0, 1), value=1.0, unit="firms")
_DENIAL = Denial(what="responsibility_denial")


def _blame(accused: str = "gov:RU", *actors: str) -> Attribution:
    parties = tuple(Party(canonical=actor) for actor in actors)
    return Attribution(
        accused=(Party(canonical=accused),), level=Level.STATE, relation=Relation.RESPONSIBLE_FOR, actors=parties
    )


def _told(page: Page, *claims: tuple[str, Body]) -> tuple[str | None, ...]:
    found = []
    for words, body in claims:
        begins = page.text.index(words)
        found.append(Candidate(span=Span(begins, begins + len(words)), rule="hand", body=body))
    return incidents_of(page, found)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Russia was behind the attack on the Finnish Parliament.", "parliament-FI"),
        ("Russia was behind the attack on Finland's parliament in 2020.", "parliament-FI-2020"),
        ("Russian hackers broke in via Microsoft exchange servers.", "microsoft-exchange"),
        ("Russia exploited Microsoft Exchange Server.", "microsoft-exchange"),
        ("Russia was responsible for the Example Pipeline hack.", "example-pipeline"),
        ("Iran carried out the compromise of the Samplesoft Orbit platform.", "samplesoft-orbit"),
        ("Russia interfered in the 2020 US presidential election.", "election-US-2020"),
        ("Russia interfered in the French election of 2017.", "election-FR-2017"),
        ("The GRU hacked Example Energy Group last year.", "example-energy-group"),
        ("Russia got in through Samplesoft Orbit servers in May.", "samplesoft-orbit"),
        ("Samplesoft Orbit appliances were exploited by the GRU.", "samplesoft-orbit"),
        ("Iran was behind the attack on Albania's digital infrastructure.", "state-AL"),
        ("Russia carried out a cyberattack on Ukraine's power grid.", "energy-UA"),
        ("We hold Russia to account for its malicious activities, such as the Example Mail hack.", "example-mail"),
    ],
)
def test_an_incident_is_known_by_what_was_hit(text: str, key: str) -> None:
    assert _told(running_text(text), (text[:-1], _blame())) == (key,)


def test_this_attack_is_the_last_one_named_in_the_paragraph_and_else_the_main_one() -> None:
    page = running_text(
        "The Example Mail hack was found in March. Example Mail was compromised again.\n\n"
        "The attack on the Finnish Parliament came first. Russia was behind that attack.\n\n"
        "This attack was the work of the GRU."
    )
    keys = _told(page, ("Russia was behind that attack", _blame()), ("This attack was the work of the GRU", _blame()))
    assert keys == ("parliament-FI", "example-mail")


def test_a_number_without_a_name_is_about_the_main_incident() -> None:
    page = running_text("The Example Mail hack was found in March.\n\nSome 3,000 firms were reached.")
    assert _told(page, ("Some 3,000 firms were reached", _NUMBER)) == ("example-mail",)


@pytest.mark.parametrize(
    "claim",
    [
        "Russia must end its systematic campaign",
        "malicious activity emanating from Russia continues",
        "Russia's pattern of irresponsible behaviour is known",
        "Russia has ignored calls to end such attacks",
    ],
)
def test_what_a_state_does_in_general_is_its_pattern(claim: str) -> None:
    page = running_text(f"The Example Mail hack was found in March.\n\nWe say that {claim}.")
    assert _told(page, (claim, _blame())) == ("pattern:RU",)


def test_an_activity_is_known_by_its_actors_where_nothing_else_is_told() -> None:
    text = "The UK named the MSS as being behind activity known as APT40 and APT31."
    assert _told(running_text(text), (text[:-1], _blame("organ:CN-MSS"))) == ("activity:apt31+apt40",)


def test_what_is_said_of_an_actor_is_about_what_it_was_first_tied_to() -> None:
    page = running_text(
        "The Finnish Parliament was attacked. The Example Mail hack was the work of APT31.\n\n"
        "It was said that APT31 takes orders."
    )
    work = ("The Example Mail hack was the work of APT31", _blame("actor:apt31", "actor:apt31"))
    assert _told(page, work, ("APT31 takes orders", _blame("gov:CN"))) == ("example-mail", "example-mail")


def test_campaigns_of_opinion_are_kept_apart() -> None:
    page = running_text(
        "The Example Mail hack was found.\n\nThe firm closed 300 accounts of Russian propaganda groups."
    )
    assert _told(page, ("300 accounts of Russian propaganda groups", _NUMBER)) == ("influence:RU",)


def test_a_denial_answers_a_claim_before_it_in_its_paragraph_and_else_none() -> None:
    page = running_text(
        "Russia was blamed for the Example Mail hack.\n\n"
        "Last year it was accused of interfering in the 2020 US election. Russia denied the claim.\n\n"
        "Russia denies everything."
    )
    keys = _told(page, ("Russia denied the claim", _DENIAL), ("Russia denies everything", _DENIAL))
    assert keys == ("election-US-2020", None)


def test_a_denial_in_its_own_paragraph_answers_the_last_claim_against_that_state() -> None:
    page = running_text(
        "The UK blamed Iran for the attack on the Finnish Parliament.\n\n"
        "The UK blamed Russia for the Example Mail hack.\n\nIran has denied it."
    )
    denial = Denial(what="responsibility_denial")
    begins = page.text.index("Iran has denied it")
    claims = [
        ("The UK blamed Iran for the attack on the Finnish Parliament", _blame("gov:IR")),
        ("The UK blamed Russia for the Example Mail hack", _blame("gov:RU")),
    ]
    found = [Candidate(span=Span(0, len(words)), rule="hand", body=body) for words, body in claims[:1]]
    second = page.text.index(claims[1][0])
    found.append(Candidate(span=Span(second, second + len(claims[1][0])), rule="hand", body=claims[1][1]))
    by = (Party(canonical="gov:IR"),)
    found.append(Candidate(span=Span(begins, begins + 18), rule="hand", body=denial, claimants=by))
    assert incidents_of(page, found) == ("parliament-FI", "example-mail", "parliament-FI")


def test_two_claims_of_one_sentence_are_told_apart_by_their_deeds() -> None:
    text = "It was Russia's attack on the German Parliament, and Chinese hackers' attacks on the Finnish Parliament."
    page = running_text(text)

    def placed(words: str, accused: str) -> Candidate:
        act = Span(text.index(words), text.index(words) + len(words))
        body = Attribution(
            accused=(Party(canonical=accused),), level=Level.STATE, relation=Relation.CONDUCTED_BY, act=act
        )
        return Candidate(span=Span(0, len(text)), rule="hand", body=body, triggers=(act,))

    keys = incidents_of(page, [placed("attack on", "gov:RU"), placed("attacks on", "gov:CN")])
    assert [key and key.rpartition("-")[2] for key in keys] == ["DE", "FI"]


def test_general_talk_of_attacks_on_a_state_names_no_incident() -> None:
    text = "Russia conducts operations against the United States."
    assert _told(running_text(text), (text[:-1], _blame())) == ("pattern:RU",)


def test_names_of_speakers_days_and_doers_are_no_targets() -> None:
    page = running_text(
        "On Monday the Lazarus attack was told by Microsoft President Example. Monday attack news came."
    )
    assert _told(page, ("Monday attack news came", _NUMBER)) == (None,)


def test_a_turn_of_a_debate_keeps_its_focus_over_paragraphs() -> None:
    page = page_of(
        "Lord Example:\n\nThe attack on the German Parliament was told.\n\nThat attack was by the GRU.", Genre.DEBATE
    )
    [key] = _told(page, ("That attack was by the GRU", _blame()))
    assert key is not None
    assert key.endswith("-DE")


def test_short_keys_join_the_longer_one_unless_two_are_as_frequent() -> None:
    assert joined(["mail", "sample", "sample-mail"]) == dict.fromkeys(["mail", "sample", "sample-mail"], "sample-mail")
    assert joined(["parliament-FI", "parliament-FI-2020"])["parliament-FI"] == "parliament-FI-2020"
    assert joined(["parliament-FI", "parliament-FI-2020", "parliament-FI-2024"])["parliament-FI"] == "parliament-FI"
    assert joined(["sample", "sample-mail", "sample-mail", "sample-desk"])["sample"] == "sample-mail"
    assert joined(["pattern:RU", "activity:apt31", "apt31-mail"])["activity:apt31"] == "activity:apt31"


@given(st.lists(st.sampled_from(["a", "b", "a-b", "a-b-c", "c-d", "pattern:a", "d"]), max_size=12))
def test_joining_keeps_every_key_and_is_told_only_by_those_given(keys: list[str]) -> None:
    one = joined(keys)
    assert set(one) == set(keys)
    assert set(one.values()) <= set(keys)


@given(st.text(alphabet="aB '-.\nTheattackonExampleMail2020", max_size=200))
def test_any_text_gives_a_key_or_none_for_each(text: str) -> None:
    page = running_text(text)
    found = [Candidate(span=sentence.span, rule="x", body=_blame()) for sentence in page.sentences]
    assert len(incidents_of(page, found)) == len(found)


def test_hostile_text_takes_time_in_proportion_to_its_length() -> None:
    text = "attack on " * 20_000 + "A " * 100_000 + "this attack " * 10_000
    page = running_text(text)
    begins = time.perf_counter()
    incidents_of(page, [Candidate(span=Span(0, 40), rule="x", body=_NUMBER)])
    assert time.perf_counter() - begins < 2
