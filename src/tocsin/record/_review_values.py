"""Values as a reviewer writes them: which fields an assertion of each kind has, and how their texts are read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from tocsin.errors import AskError, did_you_mean
from tocsin.record._review_acts import Add, Values
from tocsin.record._review_texts import (
    Read,
    article,
    as_confidence,
    as_level,
    as_number,
    as_parties,
    as_span_or_none,
    as_spans,
    as_text,
    as_text_or_none,
    as_truth,
    as_when,
    member_of,
    one_of,
    span_of,
)
from tocsin.record.assertions import (
    Assertion,
    Assessment,
    Attribution,
    Body,
    Code,
    Commitment,
    Denial,
    Event,
    Level,
    Likelihood,
    Modality,
    Polarity,
    Quantity,
    Relation,
    Response,
    Standing,
)
from tocsin.record.spans import Span
from tocsin.record.yardsticks import shared_by

BY_A_PERSON = "person"
"""The rule of an assertion that a reviewer added."""
STRATEGIES = ("deny", "diminish", "rebuild", "bolster")
_MEASURED = frozenset("value unit comparator state place denominator".split())
_SURE = {
    "probability_words": "words",
    "band": "band",
    "confidence_words": "confidence_words",
    "confidence": "confidence",
}
_PLACES = frozenset("span number subject denominator hedges denied answers probability_words confidence_words".split())


def spans_in(values: Values) -> tuple[Span, ...]:
    """The spans that the values name, whatever their field. Raises ``AskError`` for one that is none."""
    return tuple(span for name, text in values if name in _PLACES for span in as_spans(text))


def strategy_of(text: str) -> str:
    """One of ``STRATEGIES``. Raises ``AskError`` for another word."""
    return one_of("strategy", STRATEGIES)(text)


def with_values(assertion: Assertion, values: Values) -> Assertion:
    """The assertion with these fields in place of its own. Raises ``AskError`` naming one that it cannot have.

    A number whose value, unit, state, place or denominator is corrected loses the figure that was made of the old
    words; words of probability lose their band where other words, or other claimants, take their place.
    """
    known = {**_COMMON, **_FIELDS[assertion.kind]}
    read: dict[str, object] = {}
    for name, text in values:
        if name not in known:
            raise AskError(
                f"{article(assertion.kind)} has no {name[:40]!r}{did_you_mean(name, known)}",
                remedy=f"one of {', '.join(sorted(known))}",
            )
        read[name] = known[name](text)
    inner = {name: value for name, value in read.items() if name not in _COMMON}
    if _MEASURED & set(inner):
        inner["figure"] = None
    sure = {_SURE[name]: inner.pop(name) for name in _SURE if name in inner}
    body = _replaced(assertion.body, **inner)
    if isinstance(body, Event) and "span" in read:
        body = Event(what=span_of(dict(values)["span"]))
    outer = {name: value for name, value in read.items() if name in _COMMON}
    corrected = _replaced_outer(assertion, body=body, **outer)
    return _with_likelihood(corrected, sure, is_by_others="claimants" in outer)


def _with_likelihood(assertion: Assertion, sure: dict[str, object], *, is_by_others: bool) -> Assertion:
    body = assertion.body
    if not isinstance(body, Attribution | Assessment):
        return assertion
    before = body.likelihood
    is_kept = "words" not in sure and not is_by_others
    bare = before if is_kept else replace(before, band=None, yardstick=None, low=None, high=None)
    name = sure.pop("band", None)
    found = _replaced_words(bare, **sure)
    if name is not None:
        found = _banded(found, str(name), assertion)
    return replace(assertion, body=replace(body, likelihood=found))


def _banded(found: Likelihood, name: str, assertion: Assertion) -> Likelihood:
    """With the band of that name on the claimants' own yardstick; an empty name: none."""
    if not name:
        return replace(found, band=None, yardstick=None, low=None, high=None)
    yardstick = shared_by(assertion.claimants)
    if yardstick is None:
        raise AskError(
            "the claimants have declared no yardstick", remedy="leave the band out, or correct the claimants"
        )
    names = {band.name: band for band in yardstick.bands}
    band = names[one_of(f"band of {yardstick.name}", names)(name.replace(" ", "_"))]
    return replace(found, band=band.name, yardstick=yardstick.name, low=band.low, high=band.high)


def assertion_of(document: str, add: Add) -> Assertion:
    """The assertion that a reviewer added; its id is the same for the same words of the same kind and values."""
    if add.kind not in _FIELDS:
        raise AskError(
            f"no kind {add.kind[:40]!r}{did_you_mean(add.kind, _FIELDS)}", remedy=f"one of {', '.join(_FIELDS)}"
        )
    missing = [name for name in _NEEDED.get(add.kind, ()) if name not in dict(add.values)]
    if missing:
        raise AskError(f"{article(add.kind)} needs a {missing[0]}", remedy=_wanted(add.kind, missing[0]))
    said = f"{document} {add.span.begins}-{add.span.ends} {add.kind} {sorted(add.values)}"
    bare = Assertion(
        id=hashlib.sha256(said.encode()).hexdigest()[:16],
        document=document,
        span=add.span,
        rule=BY_A_PERSON,
        body=_BARE[add.kind](add.span),
    )
    return with_values(bare, add.values)


def _wanted(kind: str, name: str) -> str:
    """What to write for a field, with its words where they are a closed list."""
    try:
        _FIELDS[kind][name]("")
    except AskError as fault:
        return f"say which with {name}=…, {fault.remedy}"
    return f"say which with {name}=…"


_replaced: Callable[..., Body] = replace
_replaced_outer: Callable[..., Assertion] = replace
_replaced_words: Callable[..., Likelihood] = replace

_COMMON: Mapping[str, Read] = {
    "span": span_of,
    "polarity": member_of("polarity", Polarity),
    "incident": as_text_or_none,
    "claimants": as_parties,
    "chain": as_parties,
    "when": as_when,
}
_LIKELIHOOD: Mapping[str, Read] = {
    "probability_words": as_span_or_none,
    "band": as_text,
    "confidence_words": as_span_or_none,
    "confidence": as_confidence,
}
_FIELDS: Mapping[str, Mapping[str, Read]] = {
    "attribution": {
        "accused": as_parties,
        "level": as_level,
        "relation": member_of("relation", Relation),
        "explicit": as_truth,
        "actors": as_parties,
        **_LIKELIHOOD,
    },
    "assessment": {
        "what": one_of("assessment", "intent targeting damage victims purpose condemnation".split()),
        **_LIKELIHOOD,
    },
    "quantity": {
        "number": span_of,
        "value": as_number,
        "unit": as_text,
        "comparator": one_of("comparator", "= ~ > >= < <= <~".split()),
        "hedges": as_spans,
        "modality": member_of("modality", Modality),
        "subject": as_span_or_none,
        "denominator": as_span_or_none,
        "state": as_text,
        "place": as_text_or_none,
        "substantive": as_truth,
    },
    "event": {},
    "denial": {
        "what": one_of(
            "denial",
            "responsibility_denial impact_denial refusal_to_quantify refusal_to_disclose non_confirmation"
            " non_attribution abstention evasion".split(),
        ),
        "denied": as_span_or_none,
        "answers": as_span_or_none,
    },
    "response": {
        "measure": as_text,
        "standing": member_of("standing", Standing),
        "actors": as_parties,
        "targets": as_parties,
        "is_conditional": as_truth,
    },
    "commitment": {
        "what": one_of("commitment", "past future continuing conditional aspiration non_committal".split()),
        "holders": as_parties,
        "towards": as_parties,
    },
    "code": {"strategy": strategy_of},
}
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "attribution": ("level",),
    "assessment": ("what",),
    "quantity": ("unit",),
    "denial": ("what",),
    "response": ("measure", "standing"),
    "commitment": ("what",),
    "code": ("strategy",),
}
_BARE: Mapping[str, Callable[[Span], Body]] = {
    "attribution": lambda _: Attribution(accused=(), level=Level.UNSPECIFIED, relation=Relation.RESPONSIBLE_FOR),
    "assessment": lambda _: Assessment(what="damage"),
    "quantity": lambda span: Quantity(number=span, value=None, unit=""),
    "event": lambda span: Event(what=span),
    "denial": lambda _: Denial(what="responsibility_denial"),
    "response": lambda _: Response(measure="", standing=Standing.TAKEN),
    "commitment": lambda _: Commitment(what="future"),
    "code": lambda _: Code(strategy="deny"),
}
"""What an added assertion is before its values are set."""
