"""Values as a reviewer writes them: which fields an assertion of each kind has, and how their texts are read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from tocsin.errors import AskError, did_you_mean
from tocsin.record._review_acts import Add, Values
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
    Modality,
    Polarity,
    Quantity,
    Relation,
    Response,
    Standing,
    When,
)
from tocsin.record.document import Origin
from tocsin.record.segments import Party
from tocsin.record.spans import Span

BY_A_PERSON = "person"
"""The rule of an assertion that a reviewer added."""
STRATEGIES = ("deny", "diminish", "rebuild", "bolster")
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_PARTY = re.compile(r"[a-z]{2,20}:\S{1,200}")
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
_MEASURED = frozenset("value unit comparator state place".split())
_Read = Callable[[str], object]


def span_of(text: str) -> Span:
    """``10-50`` as code points 10 (included) to 50 (excluded). Raises ``AskError`` for anything else."""
    found = _SPAN.fullmatch(text.strip())
    if not found or int(found[1]) >= int(found[2]):
        raise AskError(f"{text[:40]!r} is no span", remedy="write it as 10-50: code points, the last one excluded")
    return Span(int(found[1]), int(found[2]))


def strategy_of(text: str) -> str:
    """One of ``STRATEGIES``. Raises ``AskError`` for another word."""
    return _one_of("strategy", STRATEGIES)(text)


def with_values(assertion: Assertion, values: Values) -> Assertion:
    """The assertion with these fields in place of its own. Raises ``AskError`` naming one that it cannot have.

    A number whose value, unit, state or place is corrected loses the figure that was made of the old words.
    """
    known = {**_COMMON, **_FIELDS[assertion.kind]}
    read: dict[str, object] = {}
    for name, text in values:
        if name not in known:
            raise AskError(
                f"{_article(assertion.kind)} has no {name[:40]!r}{did_you_mean(name, known)}",
                remedy=f"one of {', '.join(sorted(known))}",
            )
        read[name] = known[name](text)
    inner = {name: value for name, value in read.items() if name not in _COMMON}
    if _MEASURED & set(inner):
        inner["figure"] = None
    body = _replaced(assertion.body, **inner)
    if isinstance(body, Event) and "span" in read:
        body = Event(what=span_of(dict(values)["span"]))
    outer = {name: value for name, value in read.items() if name in _COMMON}
    return _replaced_outer(assertion, body=body, **outer)


def assertion_of(document: str, add: Add) -> Assertion:
    """The assertion that a reviewer added; its id is the same for the same words of the same kind and values."""
    if add.kind not in _FIELDS:
        raise AskError(
            f"no kind {add.kind[:40]!r}{did_you_mean(add.kind, _FIELDS)}", remedy=f"one of {', '.join(_FIELDS)}"
        )
    missing = [name for name in _NEEDED.get(add.kind, ()) if name not in dict(add.values)]
    if missing:
        raise AskError(f"{_article(add.kind)} needs a {missing[0]}", remedy=f"say which with {missing[0]}=…")
    said = f"{document} {add.span.begins}-{add.span.ends} {add.kind} {sorted(add.values)}"
    bare = Assertion(
        id=hashlib.sha256(said.encode()).hexdigest()[:16],
        document=document,
        span=add.span,
        rule=BY_A_PERSON,
        body=_BARE[add.kind](add.span),
    )
    return with_values(bare, add.values)


_replaced: Callable[..., Body] = replace
_replaced_outer: Callable[..., Assertion] = replace


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _one_of(what: str, known: Iterable[str]) -> Callable[[str], str]:
    names = tuple(known)

    def read(text: str) -> str:
        word = text.strip().lower()
        if word not in names:
            raise AskError(f"no {what} {text[:40]!r}{did_you_mean(word, names)}", remedy=f"one of {', '.join(names)}")
        return word

    return read


def _member(what: str, kind: type[StrEnum]) -> _Read:
    words = {each.value.replace("_", "-"): each for each in kind}
    read = _one_of(what, words)
    return lambda text: words[read(text.replace("_", "-"))]


def _level(text: str) -> Level:
    words = {level.word: level for level in Level}
    return words[_one_of("level", words)(text.replace("_", "-"))]


def _parties(text: str) -> tuple[Party, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if not _PARTY.fullmatch(name):
            raise AskError(f"{name[:60]!r} is no party", remedy="write kind:id, such as state:FR, with commas between")
    return tuple(Party(canonical=name, origin=Origin.PERSON) for name in names)


def _truth(text: str) -> bool:
    return _one_of("answer", ("yes", "no", "true", "false"))(text) in ("yes", "true")


def _number(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        value = float("nan")
    if not 0 <= value < 10**15:
        raise AskError(f"{text[:40]!r} is no number", remedy="write it as 250000, or leave it empty for a vague one")
    return value


def _when(text: str) -> When | None:
    """``2021-03-02``, ``2021-03``, ``2021``, or a range of two with ``/`` between; empty: no date."""
    if not text.strip():
        return None
    first, _, last = text.strip().partition("/")
    try:
        begins, precision = _first_day(first), ("year", "month", "day")[first.count("-")]
        ends = _last_day(last or first)
    except (ValueError, IndexError, OverflowError):
        raise AskError(
            f"{text[:40]!r} is no date", remedy="write 2021-03-02, 2021-03, or 2021-03-02/2021-03-05"
        ) from None
    if ends < begins:
        raise AskError(f"{text[:40]!r} ends before it begins", remedy="write the earlier day first")
    return When(span=None, begins=begins, ends=ends, precision="range" if last else precision)


def _first_day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text + "-01" * (2 - text.count("-")))


def _last_day(text: str) -> date:
    first = _first_day(text)
    match text.count("-"):
        case 0:
            return first.replace(month=12, day=31)
        case 1:
            return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first


def _text(text: str) -> str:
    return " ".join(text.split())[:500]


def _text_or_none(text: str) -> str | None:
    return _text(text) or None


_COMMON: Mapping[str, _Read] = {
    "span": span_of,
    "polarity": _member("polarity", Polarity),
    "incident": _text_or_none,
    "claimants": _parties,
    "chain": _parties,
    "when": _when,
}
_FIELDS: Mapping[str, Mapping[str, _Read]] = {
    "attribution": {
        "accused": _parties,
        "level": _level,
        "relation": _member("relation", Relation),
        "explicit": _truth,
        "actors": _parties,
    },
    "assessment": {"what": _one_of("assessment", "intent targeting damage victims purpose condemnation".split())},
    "quantity": {
        "value": _number,
        "unit": _text,
        "comparator": _one_of("comparator", "= ~ > >= < <= <~".split()),
        "modality": _member("modality", Modality),
        "state": _text,
        "place": _text_or_none,
        "substantive": _truth,
    },
    "event": {},
    "denial": {
        "what": _one_of(
            "denial",
            "responsibility_denial impact_denial refusal_to_quantify refusal_to_disclose non_confirmation"
            " non_attribution abstention evasion".split(),
        )
    },
    "response": {
        "measure": _text,
        "standing": _member("standing", Standing),
        "actors": _parties,
        "targets": _parties,
        "is_conditional": _truth,
    },
    "commitment": {
        "what": _one_of("commitment", "past future continuing conditional aspiration non_committal".split()),
        "holders": _parties,
        "towards": _parties,
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
