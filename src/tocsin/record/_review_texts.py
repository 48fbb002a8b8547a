"""How the values that a reviewer writes are read: spans, parties, numbers, days and words of a closed list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum

from tocsin.errors import AskError, did_you_mean
from tocsin.record.assertions import Level, When
from tocsin.record.document import Origin
from tocsin.record.segments import Party
from tocsin.record.spans import Span

Read = Callable[[str], object]
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_PARTY = re.compile(r"[a-z]{2,20}:\S{1,200}")
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")


def span_of(text: str) -> Span:
    """``10-50`` as code points 10 (included) to 50 (excluded). Raises ``AskError`` for anything else."""
    found = _SPAN.fullmatch(text.strip())
    if not found or int(found[1]) >= int(found[2]):
        raise AskError(f"{text[:40]!r} is no span", remedy="write it as 10-50: code points, the last one excluded")
    return Span(int(found[1]), int(found[2]))


def article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def one_of(what: str, known: Iterable[str]) -> Callable[[str], str]:
    names = tuple(known)

    def read(text: str) -> str:
        word = text.strip().lower()
        if word not in names:
            raise AskError(f"no {what} {text[:40]!r}{did_you_mean(word, names)}", remedy=f"one of {', '.join(names)}")
        return word

    return read


def member_of(what: str, kind: type[StrEnum]) -> Read:
    words = {each.value.replace("_", "-"): each for each in kind}
    read = one_of(what, words)
    return lambda text: words[read(text.replace("_", "-"))]


def as_level(text: str) -> Level:
    words = {level.word: level for level in Level}
    return words[one_of("level", words)(text.replace("_", "-"))]


def as_parties(text: str) -> tuple[Party, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if not _PARTY.fullmatch(name):
            raise AskError(f"{name[:60]!r} is no party", remedy="write kind:id, such as state:FR, with commas between")
    return tuple(Party(canonical=name, origin=Origin.PERSON) for name in names)


def as_truth(text: str) -> bool:
    return one_of("answer", ("yes", "no", "true", "false"))(text) in ("yes", "true")


def as_number(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        value = float("nan")
    if not 0 <= value < 10**15:
        raise AskError(f"{text[:40]!r} is no number", remedy="write it as 250000, or leave it empty for a vague one")
    return value


def as_when(text: str) -> When | None:
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


def as_spans(text: str) -> tuple[Span, ...]:
    return tuple(span_of(part) for part in text.replace(",", " ").split())


def as_span_or_none(text: str) -> Span | None:
    return span_of(text) if text.strip() else None


def as_confidence(text: str) -> str | None:
    return one_of("confidence", ("low", "moderate", "high"))(text) if text.strip() else None


def as_text(text: str) -> str:
    return " ".join(text.split())[:500]


def as_text_or_none(text: str) -> str | None:
    return as_text(text) or None
