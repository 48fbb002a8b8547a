"""Reads a document: laid out, read by every reader, told as assertions with their chain and incident."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from tocsin.record.assertions import Assertion, Code, Reading
from tocsin.record.document import Document
from tocsin.record.gazetteer import Gazetteer
from tocsin.record.incidents import incidents_of
from tocsin.record.reading.assessments import read_assessments
from tocsin.record.reading.attributions import read_attributions
from tocsin.record.reading.codes import read_codes
from tocsin.record.reading.commitments import read_commitments
from tocsin.record.reading.denials import read_denials
from tocsin.record.reading.events import read_events
from tocsin.record.reading.laying import lay_out
from tocsin.record.reading.page import Candidate, Page, Reader
from tocsin.record.reading.quantities import read_quantities
from tocsin.record.reading.responses import read_responses
from tocsin.record.reading.strategies import suggest_strategies
from tocsin.record.reading.voice import own_voice
from tocsin.record.segments import Party
from tocsin.record.spans import Span, View

VERSION = "2"
READERS: tuple[Reader, ...] = (
    read_attributions,
    read_quantities,
    read_events,
    read_assessments,
    read_responses,
    read_denials,
    read_commitments,
    read_codes,
)
"""What reads one kind of assertion each, in order."""

_Value = TypeVar("_Value")


def read(document: Document, gazetteer: Gazetteer, *, readers: Sequence[Reader] = READERS) -> Reading:
    """All that the readers find in ``document``, in the text's order; the same bytes always give the same reading."""
    page = lay_out(document, gazetteer)
    found = [candidate for reader in readers for candidate in reader(page)]
    found += suggest_strategies(page, known=found)
    found.sort(key=lambda candidate: (candidate.span.begins, candidate.span.ends, candidate.rule))
    voice = own_voice(page)
    assertions = [
        _assertion(page, candidate, incident, voice)
        for candidate, incident in zip(found, incidents_of(page, found), strict=True)
    ]
    return Reading(
        document=document.sha256,
        reader=f"{VERSION}+{gazetteer.version}",
        segments=tuple(_in_original(page.view, segment) for segment in page.segments),
        assertions=tuple({assertion.id: assertion for assertion in assertions}.values()),
    )


def _assertion(page: Page, candidate: Candidate, incident: str | None, voice: tuple[Party, ...]) -> Assertion:
    segment = page.innermost(_core(candidate))
    chain = (*voice, *page.chain(segment))
    claimants = candidate.claimants or chain[-1:]
    body = candidate.body
    placed = _in_original(page.view, candidate)
    return Assertion(
        id=_id(page.document, candidate),
        document=page.document.sha256,
        span=placed.span,
        rule=candidate.rule,
        body=body if isinstance(body, Code) else placed.body,
        triggers=placed.triggers,
        chain=_in_original(page.view, _chain(chain, candidate.claimants)),
        claimants=_in_original(page.view, claimants),
        polarity=candidate.polarity,
        incident=incident,
        when=placed.when,
        segment=segment,
    )


def _core(candidate: Candidate) -> Span:
    """Where its rule fired: it is whoever speaks there who makes the claim, not whoever begins the sentence."""
    if len(candidate.triggers) < 2:
        return candidate.triggers[0] if candidate.triggers else candidate.span
    return Span(min(span.begins for span in candidate.triggers), max(span.ends for span in candidate.triggers))


def _chain(speakers: tuple[Party, ...], named: tuple[Party, ...]) -> tuple[Party, ...]:
    """The speakers, then those the clause itself names, unless it is they who speak."""
    spoken = {party.canonical for party in speakers}
    return (*speakers, *(party for party in named if party.canonical not in spoken))


def _id(document: Document, candidate: Candidate) -> str:
    """Sixteen hexadecimal digits of what was read, where, and by which rule."""
    triggers = ",".join(f"{span.begins}-{span.ends}" for span in candidate.triggers)
    said = (
        f"{document.sha256} {candidate.span.begins}-{candidate.span.ends} {candidate.rule} {triggers} {candidate.body}"
    )
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _in_original(view: View, value: _Value) -> _Value:
    """The same value with every span of the view as the span of the original that it stands for."""
    if not view.removed:
        return value
    return _mapped(view, value)


def _mapped(view: View, value: _Value) -> _Value:
    if isinstance(value, Span):
        return view.original(value)  # type: ignore[return-value]  # a span for a span
    if isinstance(value, tuple):
        return type(value)(_mapped(view, item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        inner = {field.name: _mapped(view, getattr(value, field.name)) for field in fields(value)}
        return replace(value, **inner)
    return value
