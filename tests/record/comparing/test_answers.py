"""Denials beside the claims they answer, and questions beside answers to something narrower."""

from __future__ import annotations

from tests.record.comparing.told import Paper, claims

from tocsin.record import Attribution, Denial, Level, Party, Relation, Response, SegmentKind, Standing
from tocsin.record.comparing import Between, Verdict
from tocsin.record.comparing.answers import compare_answers, compare_denials

_BLAME = Attribution(accused=(Party(canonical="state:RU"),), level=Level.STATE, relation=Relation.RESPONSIBLE_FOR)
_DENIAL = Denial(what="responsibility_denial")


def test_a_denial_answers_the_claim_about_its_own_incident() -> None:
    paper = Paper("Sample accused Russia of the vote. Russia denied it. The UK blamed Russia for the mail.")
    claim = paper.says("Sample accused Russia of the vote", _BLAME, by="org:sample", incident="election-US-2020")
    denial = paper.says("Russia denied it", _DENIAL, by="role:RU-spokesperson", incident="election-US-2020")
    paper.says("The UK blamed Russia for the mail", _BLAME, by="gov:GB")
    [found] = compare_denials(claims(paper))
    assert (found.left, found.right, found.also) == (denial, claim, ())
    assert "No denial by RU is recorded about sample-mail" in found.explanation


def test_a_denial_of_another_incident_answers_no_claim() -> None:
    paper = Paper("The UK blamed Russia for the mail. Russia denied the vote.")
    paper.says("The UK blamed Russia for the mail", _BLAME, by="gov:GB")
    paper.says("Russia denied the vote", _DENIAL, by="gov:RU", incident="election-US-2020")
    [found] = compare_denials(claims(paper))
    assert (found.right, found.verdict) == (None, Verdict.NOT_COMPARABLE)
    assert "answers no claim recorded about this incident" in found.explanation


def test_a_denial_by_another_state_answers_nothing_either() -> None:
    paper = Paper("The UK blamed Russia. Iran denied it.")
    paper.says("The UK blamed Russia", _BLAME, by="gov:GB")
    paper.says("Iran denied it", _DENIAL, by="gov:IR")
    assert [found.right for found in compare_denials(claims(paper))] == [None]


def test_a_denial_that_tells_no_incident_is_held_against_the_claim_before_it() -> None:
    paper = Paper("The UK blamed Russia for the mail. It is a lie, said Moscow. France blamed Russia for the vote.")
    claim = paper.says("The UK blamed Russia for the mail", _BLAME, by="gov:GB")
    paper.says("It is a lie, said Moscow", _DENIAL, by="gov:RU", incident=None)
    paper.says("France blamed Russia for the vote", _BLAME, by="gov:FR", incident="election-FR")
    [found] = compare_denials(claims(paper))
    assert (found.right, found.verdict) == (claim, Verdict.DIFFERS)
    assert "does not tell what it is about; the claim before it is about sample-mail" in found.explanation
    assert "No denial by RU is recorded about election-FR." in found.explanation


def test_a_denial_does_not_answer_its_own_sentence() -> None:
    paper = Paper("Moscow had no hand in it, and Russia was accused by others of the mail.")
    paper.says(paper.text, _BLAME, by="org:sample")
    paper.says("Moscow had no hand in it", _DENIAL, by="gov:RU", incident=None)
    assert [found.right for found in compare_denials(claims(paper))] == [None]


def test_a_denial_that_tells_no_incident_and_stands_alone_answers_none() -> None:
    far = Paper(f"The UK blamed Russia for the mail. {'And so it went on. ' * 100}It is a lie, said Moscow.")
    far.says("The UK blamed Russia for the mail", _BLAME, by="gov:GB")
    far.says("It is a lie, said Moscow", _DENIAL, by="gov:RU", incident=None)
    other = Paper("Lies, said Moscow.")
    other.says("Lies, said Moscow", _DENIAL, by="gov:RU", incident=None)
    assert [found.right for found in compare_denials(claims(far, other))] == [None, None]


def _debate(asked: str, answered: str) -> Paper:
    turns = [
        (asked, SegmentKind.TURN, "person:lord-example", None),
        (answered, SegmentKind.TURN, "person:lord-sample", None),
    ]
    paper = Paper(f"{asked}\n\n{answered}", parts=turns)
    paper.says(asked, Response(measure="advice", standing=Standing.ASKED), by="person:lord-example")
    paper.says(answered, Denial(what="impact_denial"), by="person:lord-sample")
    return paper


def test_public_bodies_are_asked_about_and_government_organisations_answered() -> None:
    paper = _debate("Were any public bodies reached?", "We believe that no government organisations were.")
    [found] = compare_answers(claims(paper))
    assert found.between is Between.SPEAKERS
    assert [(part.left, part.right) for part in found.parts] == [("public bodies", "government organisations")]


def test_an_answer_to_what_was_asked_is_no_finding() -> None:
    paper = _debate("Were any public bodies reached?", "No public bodies were, nor government organisations.")
    assert list(compare_answers(claims(paper))) == []


def test_without_a_question_nothing_is_answered() -> None:
    paper = _debate("The public bodies are fine.", "We believe that no government organisations were.")
    assert list(compare_answers(claims(paper))) == []


def test_an_answer_to_a_word_of_the_same_turn_is_no_narrower() -> None:
    asked = "What action will be taken? Statements are one thing; sanctions would be better."
    assert list(compare_answers(claims(_debate(asked, "On sanctions nothing more can be said.")))) == []
