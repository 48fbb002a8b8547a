"""Answers from the public record: what documents say about a case, each statement with its words and where they stand.

A document does not know the cases of a workspace. An incident is taken for the case where its name shares a word with
the case's id (``sample-mail`` with ``sample-flaw-2021``), and the answer says which ones were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from tocsin.record import Assertion, Assessment, Attribution, Commitment, Denial, Quantity, Response, Standing
from tocsin.reports.answered import Answer
from tocsin.reports.questions import Question
from tocsin.reports.responses import NO_MEASURES, WORDS_ALONE
from tocsin.reports.stated import Statement, counts_in_words, incidents, is_of_case
from tocsin.reports.who_says import likelihood_words

MOST_SHOWN = 25
"""Statements that a text shows to one question; the JSON has all."""

_MONEY = re.compile(r"\b(?:dollars?|pounds?|euros?|yen|usd|gbp|eur|\$|£|€)\b|[$£€]", re.IGNORECASE)
_DAMAGES = frozenset({"damage", "victims"})
_DENIES_DAMAGE = frozenset({"impact_denial", "refusal_to_quantify"})
_DONE = frozenset({Standing.TAKEN, Standing.ONGOING, Standing.NOT_TAKEN})
_NOTHING = "No document that has been read says anything of it about this case"
_MEANS = "These are words of public documents, not findings: that somebody says it does not make it so"


def answer_from_record(question: Question, stated: Sequence[Statement], case_id: str) -> Answer:
    """What the documents read say to the question: nothing more is needed for that, even where they say nothing."""
    wanted = _WANTED[question.id]
    about = [each for each in stated if is_of_case(each.incident, case_id)]
    found = [each for each in about if wanted(each.claim.assertion)]
    others = sum(wanted(each.claim.assertion) for each in stated) - len(found)
    named = [name for name in incidents(about) if any(each.incident == name for each in found)]
    said = (f"{_capital(counts_in_words(found))}", f"Taken for this case: {', '.join(named)}", _MEANS) if found else ()
    if question.id == "responses" and (only := sum(_is_statement(each.claim.assertion) for each in about)):
        said = (*said, f"Left out, as statements and no more: {only:,}; 'tocsin record responses' has them")
    left = (f"Left out, as of other incidents or of none that is named: {others:,}",) if others else ()
    command = _COMMANDS.get(question.id, "tocsin record timeline --said")
    return Answer(
        question=replace(question, missing=""),
        claims=tuple(sorted(found, key=lambda each: not each.is_reviewed)),
        said=said,
        unknown=(*(() if found else (_NOTHING,)), *left),
        commands=tuple(f"{command} --incident {name}" for name in named),
    )


def claim_sentences(claims: Sequence[Statement]) -> Iterator[str]:
    """Each statement as a sentence: who, when, the words, what they amount to, where they stand, whether reviewed."""
    for each in claims[:MOST_SHOWN]:
        day = f" ({each.day})" if each.day else ""
        yield f"{_capital(each.who)}{day}: {each.short} [{_amounts_to(each)}] ({each.place}; {each.standing})."
    if len(claims) > MOST_SHOWN:
        yield f"And {len(claims) - MOST_SHOWN:,} more; --format json has them all."


def _amounts_to(statement: Statement) -> str:
    """What was read in the words: level and polarity of an attribution, standing of a measure, kind of a denial."""
    assertion = statement.claim.assertion
    parts: tuple[str, ...] = (assertion.kind, str(assertion.polarity))
    match assertion.body:
        case Attribution() as body:
            who = statement.names((*body.actors, *body.accused))
            parts = (body.level.word, who, likelihood_words(statement, body.likelihood), str(assertion.polarity))
        case Response() as body:
            parts = (body.measure, str(body.standing), "conditional" if body.is_conditional else "")
        case Denial(what=what):
            parts = (what,)
        case Commitment(what=what):
            parts = ("commitment", what)
        case Assessment() as body:
            parts = (body.what, likelihood_words(statement, body.likelihood), str(assertion.polarity))
    return ", ".join(part.replace("_", " ") for part in parts if part)


def _is_damage(assertion: Assertion) -> bool:
    match assertion.body:
        case Assessment(what=what):
            return what in _DAMAGES
        case Denial(what=what):
            return what in _DENIES_DAMAGE
        case Quantity(unit=unit):
            return _MONEY.search(unit) is not None
    return False


def _is_done(assertion: Assertion) -> bool:
    """Whether something was done, or was not: more than words."""
    body = assertion.body
    return isinstance(body, Response) and body.standing in _DONE and body.measure not in NO_MEASURES | WORDS_ALONE


def _is_statement(assertion: Assertion) -> bool:
    body = assertion.body
    return isinstance(body, Response) and body.standing in _DONE and body.measure in WORDS_ALONE


_WANTED: Mapping[str, Callable[[Assertion], bool]] = {
    "damage": _is_damage,
    "who-did-it": lambda assertion: isinstance(assertion.body, Attribution),
    "denials": lambda assertion: isinstance(assertion.body, Denial),
    "responses": _is_done,
    "promised": lambda assertion: isinstance(assertion.body, Commitment),
}
_COMMANDS: Mapping[str, str] = {
    "who-did-it": "tocsin record who-says",
    "denials": "tocsin record who-says",
    "responses": "tocsin record responses",
}


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
