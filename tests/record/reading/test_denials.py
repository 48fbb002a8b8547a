from __future__ import annotations

import pytest
from tests.record.reading.pages import page_of, running_text

from tocsin.record.assertions import Denial, Response
from tocsin.record.document import Genre
from tocsin.record.reading._deeds import Line, lowered
from tocsin.record.reading._denial_cues import DENIALS
from tocsin.record.reading.denials import read_denials
from tocsin.record.reading.page import Candidate
from tocsin.record.reading.responses import read_responses
from tocsin.record.spans import Span


def read(text: str) -> list[tuple[Candidate, Denial]]:
    return [(one, one.body) for one in read_denials(running_text(text)) if isinstance(one.body, Denial)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Iran denied any role in the attack.", "responsibility_denial"),
        ("The embassy rejected the accusations.", "responsibility_denial"),
        ("Moscow dismissed the report as “baseless”.", "responsibility_denial"),
        ("Russia had nothing to do with the breach.", "responsibility_denial"),
        ("North Korea was not involved in the theft.", "responsibility_denial"),
        ("The ministry said Washington should stop smearing it.", "responsibility_denial"),
        ("There is no evidence that customer data was stolen.", "impact_denial"),
        ("We do not believe that any hospital was affected.", "impact_denial"),
        ("Our systems were not compromised.", "impact_denial"),
        ("It is not possible to estimate the cost.", "refusal_to_quantify"),
        ("It is too early to say how many were hit.", "refusal_to_quantify"),
        ("The company declined to comment.", "refusal_to_disclose"),
        ("The company did not respond to a request for comment.", "refusal_to_disclose"),
        ("I cannot speculate on that.", "refusal_to_disclose"),
        ("We do not comment on intelligence matters.", "refusal_to_disclose"),
        ("There was no confirmation of the number.", "non_confirmation"),
        ("Officials would neither confirm nor deny it.", "non_confirmation"),
        ("The minister did not say whether Russia was to blame.", "abstention"),
        ("The statement stopped short of blaming China.", "abstention"),
        ("France did not name the country behind it.", "non_attribution"),
        ("The Council condemned it without naming Russia.", "non_attribution"),
        ("We are not in a position to attribute that activity.", "non_attribution"),
        ("It is too early to say who did it.", "abstention"),
        ("The ministry did not immediately comment.", "refusal_to_disclose"),
        ("The minister dodged the question.", "evasion"),
        ("It was a charge that Iran has always rejected.", "responsibility_denial"),
        ("The ambassador said the accusation was “a fantasy of the tabloids”.", "responsibility_denial"),
        ("The ministry said that it is a lie.", "responsibility_denial"),
        ("The West invents attackers.", "responsibility_denial"),
        ("The officer pleaded not guilty.", "responsibility_denial"),
        ("The company has never worked with any government.", "responsibility_denial"),
        ("The supply was never at risk.", "impact_denial"),
        ("There was no danger to patients.", "impact_denial"),
        ("Services continued to run normally.", "impact_denial"),
        ("We have seen no sign that anything was copied.", "impact_denial"),
        ("There is no evidence that Iran was behind it.", "responsibility_denial"),
        ("We could not determine how much was lost.", "refusal_to_quantify"),
        ("I am not going to get into the contents of that call.", "refusal_to_disclose"),
        ("What we will not do is publish the report.", "refusal_to_disclose"),
        ("The bank said it had nothing further to add.", "refusal_to_disclose"),
        ("The company was not aware of the case.", "non_confirmation"),
        ("Neither country has ever confirmed that.", "non_confirmation"),
        ("We do not know who was there.", "abstention"),
        ("It remains unclear whether it was a state.", "abstention"),
        ("We have made no attribution.", "non_attribution"),
        ("Officials do not claim that a government ordered the theft.", "non_attribution"),
        ("I will not answer hypothetical questions.", "evasion"),
        ("The embassy did not address the charge.", "evasion"),
        ("He referred all questions to the police.", "evasion"),
        ("We do not encourage, support or condone such attacks.", "responsibility_denial"),
        ("The claims are devoid of any credibility.", "responsibility_denial"),
        ("That group was made up by U.S. intelligence.", "responsibility_denial"),
        ("There is no truth in it.", "responsibility_denial"),
        ("There is no basis for that claim.", "responsibility_denial"),
        ("The Kremlin scoffed at the claims.", "responsibility_denial"),
        ("China is not the source of these attacks.", "responsibility_denial"),
        ("We have no interest in hacking anyone.", "responsibility_denial"),
        ("The embassy “categorically rejects” the involvement of its staff.", "responsibility_denial"),
        ("The intruders did not gain access to any records.", "impact_denial"),
        ("No vote was altered, and none could have been.", "impact_denial"),
        ("We are not aware of any impact on customers.", "impact_denial"),
        ("I do not recognise that account.", "non_confirmation"),
        ("I am neither disputing it nor endorsing it.", "non_confirmation"),
        ("We have no independent confirmation of it.", "non_confirmation"),
        ("The agency has seen nothing to suggest that Russia was involved.", "non_attribution"),
        ("Nor does the Union attribute the outage to a state.", "non_attribution"),
        ("I am not attributing it to anyone today.", "non_attribution"),
        ("He could not have named the FSB.", "non_attribution"),
        ("We are not saying that the president signed it.", "abstention"),
        ("It offered no view on who runs the group.", "abstention"),
        ("The source of the breach has not been determined.", "abstention"),
        ("I do not preview sanctions.", "refusal_to_disclose"),
        ("I would not want to speculate on that.", "refusal_to_disclose"),
        ("I cannot give her one.", "refusal_to_quantify"),
        ("I have not seen the report.", "evasion"),
        ("I am not familiar with that.", "evasion"),
        ("Iran has not responded.", "evasion"),
        ("I have answered your question.", "evasion"),
        ("I will let the police speak to that.", "evasion"),
        ("I am not the right person to speak to that.", "evasion"),
        ("I do not have anything for you on that.", "refusal_to_disclose"),
        ("No further details were released.", "refusal_to_disclose"),
        ("The president wasn't going to discuss it.", "refusal_to_disclose"),
        ("I'm not in a place to confirm that.", "non_confirmation"),
        ("That is really a question for the police.", "evasion"),
    ],
)
def test_each_denial_has_its_kind(text: str, what: str) -> None:
    assert [body.what for _, body in read(text)] == [what]


@pytest.mark.parametrize(
    "text",
    [
        "The group launched a denial of service attack.",
        "Customers were denied access to the portal.",
        "The police did not name the dead dog.",
        "Does the Minister deny the allegations?",
        "The bank rejected the ransom demand.",
        "Norway imposed sanctions.",
        "What I will not do is take the blame off those who did it.",
        "That does not mean it is false.",
        "The tools were no longer proof of much.",
        "The US is the world's biggest hacking empire.",
        "Four states have attributed it to Russia.",
        "Those responsible did not know which network they were in.",
        "On that, no decision has been taken.",
        "It would be absurd to wait.",
        "The malware does not target such systems.",
        "The group did not attack hospitals or other networks.",
        "We have no agreement with the government on that.",
        "China firmly opposes all forms of cyberattacks.",
    ],
)
def test_no_denial_is_read_where_none_is_made(text: str) -> None:
    assert read(text) == []


def test_the_clause_names_who_denies_and_what() -> None:
    text = "On Monday, Iran denied any role in the attack on Albania."
    ((one, body),) = read(text)
    assert [party.canonical for party in one.claimants] == ["gov:IR"]
    assert body.denied is not None
    assert body.denied.of(text) == "any role in the attack on Albania"
    assert one.rule == "denial.responsibility_denial.denied"


def test_after_but_the_one_who_denies_is_that_of_the_clause_before() -> None:
    ((one, _),) = read("Microsoft named a group but did not say whether a state was behind it.")
    assert [party.canonical for party in one.claimants] == ["org:microsoft"]


def test_what_a_speaker_retorts_is_left_to_the_speaker() -> None:
    ((one, _),) = read("“The US should stop spreading lies about us,” the spokesman told reporters.")
    assert one.claimants == ()


DEBATE = """My Lords, can the Minister say whether any public bodies were compromised in the Example Mail attack?

My Lords, I thank the noble Lord. We do not believe that government departments were victims. I cannot comment on that.
"""


def test_a_reply_points_to_the_question_it_meets() -> None:
    impact, refusal = (one.body for one in read_denials(page_of(DEBATE, Genre.DEBATE)))
    assert isinstance(impact, Denial)
    assert isinstance(refusal, Denial)
    assert impact.answers is not None
    assert "public bodies were compromised" in impact.answers.of(DEBATE)
    assert refusal.answers is None


def test_who_is_said_to_deny_it_belongs_to_the_denial() -> None:
    text = "It was told. The Russian mission said in a note that it categorically rejects the insinuations."
    ((one, _),) = read(text)
    assert text[one.span.begins : one.span.ends].startswith("The Russian mission said")


def test_a_state_named_before_we_is_not_the_one_who_will_not_say() -> None:
    text = "Although Moscow shelters such gangs, we do not assess that the Russian state ordered it."
    assert [one.claimants for one, _ in read(text)] == [()]


@pytest.mark.parametrize(
    ("text", "denials", "responses"),
    [
        ("The ministry declined to say who was hit.", ["refusal_to_disclose"], ["non_disclosure"]),
        ("Iran refused to give details.", ["refusal_to_disclose"], ["non_disclosure"]),
        ("Iran denied the allegations.", ["responsibility_denial"], []),
    ],
)
def test_a_refusal_is_a_response_too_and_a_denial_is_none(text: str, denials: list[str], responses: list[str]) -> None:
    page = running_text(text)
    assert [one.body.what for one in read_denials(page) if isinstance(one.body, Denial)] == denials
    assert [one.body.measure for one in read_responses(page) if isinstance(one.body, Response)] == responses


@pytest.mark.parametrize(
    "text",
    [
        "We do not, of course, know how many firms it was, and the agency did not say how often it happened.",
        "We cannot give a figure. The minister would not provide the House with an estimate.",
        "What we will not do is comment on that.",
        "It did not specify whether data was lost, and it has never made clear who did it.",
        "We do not believe that any customers were affected. It has not seen signs that records were stolen.",
        "Exampleland does not conduct, and has never ordered, cyber attacks. It did not carry out such an attack.",
    ],
)
def test_a_cue_asks_only_for_words_that_its_phrase_has(text: str) -> None:
    text = lowered(text)
    forms = frozenset(Line(text, Span(0, len(text))).forms)
    heard = [cue for cue in DENIALS if cue.also and cue.phrase.search(text)]
    assert heard
    assert all(not cue.also.isdisjoint(forms) for cue in heard)
