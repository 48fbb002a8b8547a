"""All that is known of one assertion, as names and values in the order in which they are told; nothing is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.record import (
    Assessment,
    Attribution,
    Code,
    Commitment,
    Denial,
    Event,
    Likelihood,
    Origin,
    Party,
    Quantity,
    Response,
)
from tocsin.reports.stated import Statement, party_name

Detail = tuple[str, str]


def details(statement: Statement) -> tuple[Detail, ...]:
    """Name and value of everything; what is not there is left out."""
    found = (*_said(statement), *_body(statement), *_place(statement))
    return tuple((name, value) for name, value in found if value)


def _said(statement: Statement) -> Iterator[Detail]:
    assertion = statement.claim.assertion
    yield "Kind", assertion.kind
    yield "Words", statement.words
    claimants = {party.canonical for party in assertion.claimants}
    links = [party for party in assertion.chain if party.canonical not in claimants]
    last = " and ".join(_party(statement, party) for party in assertion.claimants)
    chain = [*(_party(statement, party) for party in links), last]
    yield "Who says", " → ".join(filter(None, chain)) or "the document itself"
    yield "Said on", str(statement.day or "")
    yield "Polarity", str(assertion.polarity)


def _body(statement: Statement) -> Iterator[Detail]:
    body, said = statement.claim.assertion.body, statement.claim.said
    match body:
        case Attribution():
            yield "About whom", _parties(statement, body.accused)
            yield "Actors", _parties(statement, body.actors)
            yield "Level", body.level.word
            yield "Relation", _words(body.relation)
            yield "Stated", "in so many words" if body.explicit else "presupposed"
            yield "Act", said(body.act)
            yield from _likelihood(statement, body.likelihood)
        case Assessment():
            yield "Assesses", _words(body.what)
            yield from _likelihood(statement, body.likelihood)
        case Quantity():
            yield from _quantity(statement, body)
        case Event():
            yield "Event", said(body.what)
        case Denial():
            yield "What kind", _words(body.what)
            yield "Denies", said(body.denied)
            yield "Answers", said(body.answers)
        case Response():
            yield "Measure", _words(body.measure)
            yield "Standing", f"{_words(body.standing)}{' (conditional)' if body.is_conditional else ''}"
            yield "By", _parties(statement, body.actors)
            yield "Against or for", _parties(statement, body.targets)
        case Commitment():
            yield "Promise", _words(body.what)
            yield "By", _parties(statement, body.holders)
            yield "Towards", _parties(statement, body.towards)
        case Code():
            yield "Strategy", body.strategy
            coder = "a person, in review" if statement.is_reviewed else "a rule: a suggestion only"
            yield "Coded by", f"the tag {said(body.tag)}" if body.tag else coder


def _quantity(statement: Statement, body: Quantity) -> Iterator[Detail]:
    said = statement.claim.said
    value = "vague" if body.value is None else f"{body.comparator} {body.value:,.10g}"
    yield "Number", f"{said(body.number)} ({value} {body.unit})"
    yield "Hedges", ", ".join(f"“{said(span)}”" for span in body.hedges)
    yield "Stated as", str(body.modality)
    yield "Of what", said(body.subject)
    yield "Out of", said(body.denominator)
    yield "State", body.state
    yield "Where", body.place or ""
    yield "Figure", str(body.figure or "")


def _place(statement: Statement) -> Iterator[Detail]:
    assertion, said = statement.claim.assertion, statement.claim.said
    yield "Incident", statement.incident
    yield "Date", _when(statement)
    yield "Rule", assertion.rule
    yield "Trigger words", ", ".join(f"“{said(span)}”" for span in assertion.triggers)
    yield "Review", _review(statement)
    yield "Place", f"code points {assertion.span.begins} to {assertion.span.ends}"
    yield "Id", assertion.id


def _likelihood(statement: Statement, likelihood: Likelihood) -> Iterator[Detail]:
    said = statement.claim.said
    yield "Words of probability", _quoted(said(likelihood.words))
    if likelihood.band and likelihood.low is not None and likelihood.high is not None:
        band = f"{_words(likelihood.band)}, {likelihood.low:.0%} to {likelihood.high:.0%}"
        yield "Band", f"{band} on the claimant's yardstick {likelihood.yardstick}"
    elif likelihood.words:
        yield "Band", "none: the claimant declares no yardstick that has these words"
    confidence = f" ({likelihood.confidence})" if likelihood.confidence else ""
    yield "Analytic confidence", _quoted(said(likelihood.confidence_words)) + confidence


def _when(statement: Statement) -> str:
    when = statement.claim.assertion.when
    if when is None:
        return ""
    words = _quoted(statement.claim.said(when.span))
    if when.begins is None:
        return f"{words} (unresolved)".strip()
    days = str(when.begins) if when.ends in (None, when.begins) else f"{when.begins} to {when.ends}"
    counted = f", counted from {when.anchor}" if when.anchor else ""
    return f"{words} {days} ({when.precision}{counted})".strip()


def _review(statement: Statement) -> str:
    item = statement.item
    by = f" by {', '.join(item.agreed)}" if item.agreed else ""
    return f"{item.word}{by}"


def _parties(statement: Statement, parties: Sequence[Party]) -> str:
    return "; ".join(_party(statement, party) for party in parties)


def _party(statement: Statement, party: Party) -> str:
    """By the document's words and by what it is known as; whoever is not named there is said to be inferred."""
    words = statement.claim.said(party.span)
    known = party_name(party.canonical)
    told = f"“{words}” = {known}" if words and words != known else known
    return told if party.origin is Origin.TEXT else f"{told} (from {party.origin})"


def _quoted(words: str) -> str:
    return f"“{words}”" if words else ""


def _words(name: str) -> str:
    return str(name).replace("_", " ")
