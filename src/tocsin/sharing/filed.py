"""What every export of the record begins with: a document with its reviewed reading, and an assertion's fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tocsin.record import (
    Assertion,
    Assessment,
    Attribution,
    Code,
    Commitment,
    Denial,
    Document,
    Likelihood,
    Party,
    Quantity,
    Response,
    Segment,
    Span,
)
from tocsin.record.bodies import home_of
from tocsin.record.review import Item, Reviewed

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A document of the record with its reading as reviewed, and the moment at which it was taken in."""

    document: Document
    reviewed: Reviewed
    taken_at: datetime

    @property
    def name(self) -> str:
        return self.document.title or self.document.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which assertions leave: all that count, or only ``reviewed_only`` ones, or those of one ``incident``.

    ``alike`` gives for an incident told in short (``parliament-FI``) the one it is told under (``parliament-FI-2020``).
    """

    reviewed_only: bool = False
    incident: str | None = None
    alike: Mapping[str, str] = field(default_factory=dict)

    def key(self, incident: str | None) -> str | None:
        """The incident under which one is told."""
        return self.alike.get(incident, incident) if incident else incident

    def items(self, filed: Filed, *, withdrawn: bool = False) -> Iterator[Item]:
        """Those of one document by place; ``withdrawn`` ones (rejected, split, merged) only when asked for."""
        for item in filed.reviewed.items:
            if self.incident is not None and self.key(item.assertion.incident) != self.incident:
                continue
            if self.reviewed_only and not item.is_reviewed:
                continue
            if item.counts or withdrawn:
                yield item


def fields_of(assertion: Assertion, text: str) -> dict[str, object]:
    """What it says by field, in words: parties by their canonical names, levels and days as text; none is left out."""
    when = assertion.when
    dated = {
        "date_begins": when and _day(when.begins),
        "date_ends": when and _day(when.ends),
        "date_precision": when and when.precision,
        "date_words": when and _words(when.span, text),
    }
    return {
        "kind": assertion.kind,
        "words": assertion.span.of(text),
        "claimants": names(assertion.claimants),
        "chain": names(assertion.chain),
        "polarity": assertion.polarity.value,
        "incident": assertion.incident,
        **_inner(assertion, text),
        **dated,
    }


def names(parties: Iterable[Party]) -> list[str]:
    """Their canonical names, in order."""
    return [party.canonical for party in parties]


def countries(parties: Iterable[Party]) -> list[str]:
    """The states that the parties are, or are bodies or officials of, each once, in order."""
    return list(dict.fromkeys(home for party in parties if (home := home_of(party.canonical))))


def review_of(item: Item) -> dict[str, object]:
    """How far it is reviewed: its state in words, by whom, when last, and why it was rejected."""
    return {
        "review": item.word,
        "reviewers": list(item.agreed),
        "reviewed_at": _moment(item.history[-1].at) if item.history else None,
        "reason": item.reason or None,
    }


def as_read(item: Item, text: str) -> dict[str, object]:
    """What the machine wrote in the fields where the assertion now stands otherwise; empty when it does not."""
    if item.machine is None:
        return {}
    now, before = fields_of(item.assertion, text), fields_of(item.machine, text)
    return {name: value for name, value in before.items() if now[name] != value}


def uttered(filed: Filed, assertion: Assertion) -> date | None:
    """The day on which it was said: of the innermost part of the document that has one, else the document's."""
    for part in _around(filed.reviewed.reading.segments, assertion.segment):
        if part.uttered is not None:
            return part.uttered
    return filed.document.published


def said_on(filed: Filed, assertion: Assertion) -> str | None:
    """The same, as text."""
    return _day(uttered(filed, assertion))


def _around(segments: tuple[Segment, ...], number: int | None) -> Iterator[Segment]:
    while number is not None and number < len(segments):
        yield segments[number]
        number = segments[number].parent


def _inner(assertion: Assertion, text: str) -> dict[str, object]:
    match assertion.body:
        case Attribution() as body:
            return {
                "level": body.level.word,
                "relation": body.relation.value,
                "accused": names(body.accused),
                "actors": names(body.actors),
                "explicit": body.explicit,
                **_likelihood(body.likelihood, text),
            }
        case Assessment() as body:
            return {"what": body.what, **_likelihood(body.likelihood, text)}
        case Quantity() as body:
            return {
                "value": body.value,
                "number": body.number.of(text),
                "comparator": body.comparator,
                "unit": body.unit,
                "hedges": [hedge.of(text) for hedge in body.hedges],
                "modality": body.modality.value,
                "subject": _words(body.subject, text),
                "denominator": _words(body.denominator, text),
                "state": body.state or None,
                "place": body.place,
            }
        case Denial() as body:
            return {"what": body.what, "denied": _words(body.denied, text), "answers": _words(body.answers, text)}
        case Response() as body:
            return {
                "measure": body.measure,
                "standing": body.standing.value,
                "actors": names(body.actors),
                "targets": names(body.targets),
                "is_conditional": body.is_conditional,
            }
        case Commitment() as body:
            return {"what": body.what, "holders": names(body.holders), "towards": names(body.towards)}
        case Code() as body:
            return {"strategy": body.strategy, "tag": _words(body.tag, text)}
    return {"what": assertion.body.what.of(text)}


def _likelihood(found: Likelihood, text: str) -> dict[str, object]:
    return {
        "probability_words": _words(found.words, text),
        "band": found.band,
        "yardstick": found.yardstick,
        "band_low": found.low,
        "band_high": found.high,
        "confidence_words": _words(found.confidence_words, text),
        "confidence": found.confidence,
    }


def _words(span: Span | None, text: str) -> str | None:
    return None if span is None else span.of(text)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
