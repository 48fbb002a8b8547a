"""Assertions made ready to be compared: with their words, speaker, day, incident and place, and sorted into blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from tocsin.record.assertions import Assertion, Reading
from tocsin.record.bodies import common_name, home_of, the_state
from tocsin.record.comparing.comparison import Between
from tocsin.record.document import Document
from tocsin.record.incidents import joined
from tocsin.record.segments import Party, Segment, SegmentKind
from tocsin.record.spans import Span

GENERAL = ("pattern:", "influence:")
"""How keys begin that are of no single incident."""

_HEADLINES = frozenset({SegmentKind.TITLE, SegmentKind.STANDFIRST})
_UTTERED = frozenset({SegmentKind.QUOTATION, SegmentKind.REPORTED})
_LONGEST_UTTERANCE = 500
_FAR_APART_DAYS = 7
_LONGEST_QUOTED = 110
_STATE = re.compile(r"(?:gov|state|territory|organ|role|org):([A-Z]{2})(?![A-Z])|group:([a-z]{2})-|.*-([a-z]{2})$")
BLOCS = frozenset({"EU", "NATO"})
"""Whose members over time are known."""

_NOBODY = "unknown:unattributed"
_SMALL = frozenset("of the de la van von der den bin al".split())
_Key = TypeVar("_Key", bound=Hashable)
_Item = TypeVar("_Item")


@dataclass(frozen=True, eq=False)
class Claim:
    """One assertion with what surrounds it.

    ``turn`` is the span of the turn it stands in, ``utterance`` that of the quoted or reported words it is part of
    (its own where it is of none, or of a long one); ``order`` sorts by day.
    """

    assertion: Assertion
    document: Document
    incident: str | None
    day: date | None
    is_headline: bool
    turn: Span | None
    utterance: Span
    speaker: str | None

    @property
    def id(self) -> str:
        return self.assertion.id

    @cached_property
    def words(self) -> str:
        return " ".join(self.assertion.span.of(self.document.text).split())

    @cached_property
    def uttered(self) -> str:
        """The words of the utterance that it is part of."""
        return self.said(self.utterance)

    @cached_property
    def parties(self) -> frozenset[str]:
        """Who makes the claim, as canonicals; empty where it is the document's own."""
        return frozenset(party.canonical for party in self.assertion.claimants)

    @cached_property
    def order(self) -> tuple[date, str, int]:
        return self.day or date.max, self.document.sha256, self.assertion.span.begins

    def said(self, span: Span | None) -> str:
        """The words at ``span``, in one line; empty where there is none."""
        return " ".join(span.of(self.document.text).split()) if span else ""

    @property
    def quoted(self) -> str:
        words = self.words
        return f'"{words}"' if len(words) <= _LONGEST_QUOTED else f'"{words[:_LONGEST_QUOTED].rsplit(" ", 1)[0]} …"'

    @property
    def who(self) -> str:
        """Who claims it, and when, for a sentence."""
        names = [self._name(party) for party in self.assertion.claimants]
        told = _listed(list(dict.fromkeys(names))) or self.document.publisher or "the document"
        return f"{told} ({self.day})" if self.day else told

    def _name(self, party: Party) -> str:
        words = self.said(party.span)
        if party.canonical == _NOBODY:
            return f'nobody named ("{words}")' if 0 < len(words) <= 60 else "nobody named"
        return words if 0 < len(words) <= 60 else named(party.canonical)


def named(canonical: str) -> str:
    """A canonical in words: ``org:sample-institute`` is "sample institute", ``gov:FR`` "the government of France"."""
    if known := common_name(canonical):
        return known
    kind, _, name = canonical.partition(":")
    if kind in ("gov", "territory"):
        return f"the {'government' if kind == 'gov' else kind} of {the_state(name)}"
    words = name.split("-")
    if kind == "person":
        words = [word if word in _SMALL else word.capitalize() for word in words]
    return " ".join(words) or canonical


def state_of(canonical: str) -> str | None:
    """The state (or the EU, or NATO) that a canonical belongs to."""
    if canonical.removeprefix("org:") in BLOCS:
        return canonical.removeprefix("org:")
    if home := home_of(canonical):
        return home
    match = _STATE.match(canonical)
    code = next((group for group in match.groups() if group), None) if match else None
    return code.upper() if code else None


def claims_of(readings: Sequence[Reading], documents: Mapping[str, Document]) -> tuple[Claim, ...]:
    """Every assertion of the readings as a claim, the earliest first. ``documents`` are by sha256."""
    one = joined(a.incident for reading in readings for a in reading.assertions if a.incident)
    found = [
        _claim(assertion, documents[reading.document], reading.segments, one)
        for reading in readings
        for assertion in reading.assertions
    ]
    return tuple(sorted(found, key=lambda claim: claim.order))


def blocks(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> dict[_Key, list[_Item]]:
    """The items by their key, in order."""
    found: dict[_Key, list[_Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def of_incidents(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """The claims about one incident each; those of general patterns are left out."""
    about = (claim for claim in claims if claim.incident and not claim.incident.startswith(GENERAL))
    return blocks(about, lambda claim: claim.incident or "")


def between(left: Claim, right: Claim) -> Between:
    """What lies between two claims."""
    is_one_document = left.document.sha256 == right.document.sha256
    if is_one_document and left.is_headline != right.is_headline and kinship(left, right):
        return Between.HEADLINE
    if is_one_document and left.turn != right.turn:
        return Between.SPEAKERS
    if left.day and right.day and abs((left.day - right.day).days) > _FAR_APART_DAYS:
        return Between.DATES
    return Between.DOCUMENTS if left.parties & right.parties and not is_one_document else Between.CLAIMANTS


def kinship(left: Claim, right: Claim) -> int:
    """How near two claimants are: 2 the same, 1 of the same state, 0 strangers."""
    if left.parties & right.parties:
        return 2
    own, other = ({state_of(party) for party in claim.parties} - {None} for claim in (left, right))
    return 1 if own & other else 0


def _claim(assertion: Assertion, document: Document, segments: Sequence[Segment], one: Mapping[str, str]) -> Claim:
    around = _around(segments, assertion.segment)
    turns = [part for part in around if part.kind is SegmentKind.TURN]
    day = next((part.uttered for part in around if part.uttered), document.published)
    speaker = turns[-1].speaker if turns else None
    return Claim(
        assertion=assertion,
        document=document,
        incident=one[assertion.incident] if assertion.incident else None,
        day=day,
        is_headline=any(part.kind in _HEADLINES for part in around),
        turn=turns[-1].span if turns else None,
        utterance=next((part.span for part in around if _is_utterance(part)), assertion.span),
        speaker=speaker.canonical if speaker else None,
    )


def _is_utterance(part: Segment) -> bool:
    return part.kind in _UTTERED and len(part.span) <= _LONGEST_UTTERANCE


def _around(segments: Sequence[Segment], index: int | None) -> list[Segment]:
    found: list[Segment] = []
    while index is not None:
        found.append(segments[index])
        index = segments[index].parent
    return found


def _listed(names: Sequence[str]) -> str:
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} others"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
