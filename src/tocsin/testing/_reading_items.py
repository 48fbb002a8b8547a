"""What a reading found, in the terms in which it is compared with a gold file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from tocsin.record import (
    Assertion,
    Assessment,
    Attribution,
    Code,
    Commitment,
    Denial,
    Event,
    Likelihood,
    Party,
    Quantity,
    Reading,
    Response,
    Segment,
    SegmentKind,
    Span,
)
from tocsin.testing.gold import Item, Kind, canonicals, place, words

_LETTERS = re.compile(r"\A(org:)[A-Z]{2}-(?=[A-Z]{3,}\Z)")
_SPEECH = {
    SegmentKind.QUOTATION: Kind.QUOTATIONS,
    SegmentKind.REPORTED: Kind.REPORTED,
    SegmentKind.TURN: Kind.TURNS,
}


def items_of(reading: Reading, text: str, kinds: Iterable[Kind] = Kind) -> tuple[Item, ...]:
    """The items of those kinds. Words of probability count once where several assertions share them."""
    wanted = frozenset(kinds)
    found = [item for assertion in reading.assertions for item in _items(assertion, text) if item.kind in wanted]
    for assertion in reading.assertions:
        if Kind.ASSESSMENTS in wanted or not isinstance(assertion.body, Assessment):
            found += _words(assertion, text)
    for segment in reading.segments:
        found += _speech(segment, reading, text)
    return tuple(
        {
            (item.kind, item.span) if item.kind is Kind.WORDS else at: item
            for at, item in enumerate(found)
            if item.kind in wanted
        }.values()
    )


def _items(assertion: Assertion, text: str) -> Iterator[Item]:
    """The assertion itself; a code that a rule suggests is none, since gold files have those that persons wrote."""
    body = assertion.body
    match body:
        case Attribution():
            yield _item(Kind.ATTRIBUTIONS, assertion, **_attributed(assertion, body, text))
        case Quantity():
            yield Item(
                kind=Kind.QUANTITIES,
                name=assertion.rule,
                span=body.number,
                facts={
                    "value": _one("" if body.value is None else f"{body.value:g}"),
                    "unit": words(body.unit),
                    "date": _when(assertion),
                    "comparator": _one(body.comparator),
                    "modality": _one(body.modality),
                },
            )
        case Response():
            what, status = _one(body.measure), _one(body.standing)
            yield _item(Kind.RESPONSES, assertion, what=what, status=status, actor=_who(body.actors))
        case Denial():
            yield _item(Kind.DENIALS, assertion, what=_one(body.what), speaker=_who(assertion.claimants))
        case Commitment():
            yield _item(Kind.COMMITMENTS, assertion, what=_one(body.what), holder=_who(body.holders))
        case Assessment():
            speaker, said = _who(assertion.claimants), _said(body.likelihood, text)
            yield _item(Kind.ASSESSMENTS, assertion, what=_one(body.what), speaker=speaker, words=said)
        case Event():
            span = assertion.when.span if assertion.when and assertion.when.span else assertion.span
            yield Item(kind=Kind.EVENTS, name=assertion.rule, span=span, facts={"date": _when(assertion)})
        case Code() if body.tag is not None:
            facts = {"strategy": _one(body.strategy)}
            yield Item(kind=Kind.CODES, name=assertion.rule, span=body.tag, facts=facts)


def _attributed(assertion: Assertion, body: Attribution, text: str) -> dict[str, frozenset[str]]:
    return {
        "level": _one(str(int(body.level))),
        "accused": _who(body.accused),
        "words": _said(body.likelihood, text),
        "polarity": _one(assertion.polarity),
        "relation": _one(body.relation),
        "explicit": _one(str(body.explicit)),
        "speaker": _who(assertion.claimants),
    }


def _words(assertion: Assertion, text: str) -> Iterator[Item]:
    body = assertion.body
    if isinstance(body, (Attribution, Assessment)):
        for span in (body.likelihood.words, body.likelihood.confidence_words):
            if span is not None:
                yield Item(kind=Kind.WORDS, name=assertion.rule, span=span, facts={"exact": place(span, text)})


def _speech(segment: Segment, reading: Reading, text: str) -> Iterator[Item]:
    if segment.kind in _SPEECH:
        facts = {
            "speaker": _who(_speaker(segment, reading)),
            "exact": place(segment.span, text),
            "date": _date(segment.uttered),
        }
        yield Item(kind=_SPEECH[segment.kind], name=segment.rule, span=segment.span, facts=facts)


def _speaker(segment: Segment, reading: Reading) -> tuple[Party, ...]:
    """Its own, or that of the nearest segment around it: within a turn, a quotation may have none of its own."""
    if segment.speaker is not None:
        return (segment.speaker,)
    return () if segment.parent is None else _speaker(reading.segments[segment.parent], reading)


def _item(kind: Kind, assertion: Assertion, **facts: frozenset[str]) -> Item:
    return Item(kind=kind, name=assertion.rule, span=assertion.span, facts=facts)


def _one(value: str) -> frozenset[str]:
    return frozenset({str(value)} if value else ())


def _who(parties: Iterable[Party]) -> frozenset[str]:
    """The parties; a body known by its letters also without its state (``org:NL-MIVD`` is ``org:MIVD``)."""
    named = [party.canonical for party in parties]
    return canonicals(*named, *(_LETTERS.sub(r"\1", name) for name in named))


def _said(likelihood: Likelihood, text: str) -> frozenset[str]:
    spans: tuple[Span | None, ...] = (likelihood.words, likelihood.confidence_words)
    return frozenset().union(*(words(span.of(text)) for span in spans if span))


def _when(assertion: Assertion) -> frozenset[str]:
    when = assertion.when
    if when is None or when.begins is None or when.ends is None:
        return frozenset()
    return frozenset({f"{when.begins}/{when.ends}"})


def _date(day: date | None) -> frozenset[str]:
    return frozenset() if day is None else frozenset({f"{day}/{day}"})
