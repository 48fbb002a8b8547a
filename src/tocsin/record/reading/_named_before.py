"""Whom a text has named before a place: the last speakers of each sort, and what "the ministry" or "its" means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.reading.speakers import ORGANISATIONAL, SPEAKING_BODIES
from tocsin.record.segments import Party
from tocsin.record.spans import Span

PLAIN_NAME = re.compile(
    r"(?!(?:Its|His|Her|Their|Our|My)\b)[A-Z][\w’'-]+(?: (?:(?:de|van|von|bin|al) )?[A-Z][\w’'.-]*){1,4}"
)
"""A name of two words or more, of a person or a body."""

_BODY_NAME = re.compile(
    r"(?!(?:For|In|The|At|But|And|On|By|As|Its|From|To)\b)[A-Z][\w’'-]*(?: (?:& |of (?:the )?)?[A-Z][\w’'-]*){1,5}"
)
_PERSON_IN_PASSING = re.compile(
    r"(?:(?<=\n)For |(?<=\n)|(?<=[.!?] )(?:For )?)(?P<name>[A-Z][\w’'-]+ [A-Z][\w’'-]+)(?=, (?:\d\d|an?|who|the)\b)"
    r"|\b(?:Dr|Prof|Professor|Sir|Dame|Mr|Mrs|Ms)\.? (?P<titled>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
)
_KINDS = {
    "company": EntityKind.COMPANY,
    "firm": EntityKind.COMPANY,
    "agency": EntityKind.AGENCY,
    "bloc": EntityKind.BLOC,
    "alliance": EntityKind.BLOC,
    "union": EntityKind.BLOC,
}
_KNOWN_BY_LETTERS = {
    "bureau": ("FBI",),
    "ministry": ("MSS", "MOIS", "MFA", "MPS", "MOD"),
    "department": ("DOJ", "DHS", "State", "Treasury"),
    "centre": ("ncsc",),
    "center": ("ncsc",),
    "service": ("MIVD", "AIVD", "PST", "NIS", "SVR", "FSB", "SBU", "BIS", "intelligence"),
    "agency": ("NSA", "CISA", "CIA", "BSI", "ANSSI", "intelligence"),
}
_COMPANIES = frozenset(("company", "firm", "utility", "supplier", "operator", "carrier", "manufacturer", "vendor"))
_OF_A_STATE = frozenset((EntityKind.STATE, EntityKind.DEMONYM, EntityKind.CAPITAL, EntityKind.GOVERNMENT))
_SENTENCE_BEGINS = re.compile(r"(?:[.!?][”\"’')]* +|\n)(?=[A-Z“\"‘])")
_ARTICLE = re.compile(r"(?:The |For |In |Like |And |But )?(?:the )?")
_FURTHEST = 900
_MOST_BACK = 60
_LONGEST_PARAGRAPH = 5_000


class NamedBefore:
    """The speakers remembered in a text, by place, and the names of the gazetteer in it."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._mentions = mentions
        self._begins = [mention.span.begins for mention in mentions]
        self._spoken: dict[str, list[tuple[int, Party]]] = {"person": [], "body": [], "people": []}

    def remember(self, party: Party, at: int) -> None:
        """Keeps a speaker in mind for ``he``, ``it`` and ``they`` after ``at``."""
        kind = party.canonical.partition(":")[0]
        if kind == "class" or party.canonical == "unknown:sources":
            sort = "people"
        elif kind == "person" or (kind == "role" and not _is_body_of_state(party.canonical)):
            sort = "person"
        else:
            sort = "body"
        self._spoken[sort].append((at, party))

    def last(self, sort: str, at: int) -> tuple[int, Party] | None:
        """The last speaker of a sort (``person``, ``body``, ``people``) before a place, and where it spoke."""
        return next((known for known in reversed(self._spoken[sort]) if known[0] < at), None)

    def last_of_office(self, office: str, at: int) -> Party | None:
        """The last whose office ends with those words (``the spokesperson`` after a ministry's)."""
        for begins, party in reversed(self._spoken["person"][-_MOST_BACK:]):
            is_alike = party.canonical.startswith("role:") and party.canonical.endswith(f"-{office}")
            if begins < at and is_alike:
                return party
        return None

    def person_in_passing(self, at: int) -> Span | None:
        """A person whom the paragraph has introduced although they have not spoken (``For Alex Example, 61, …``)."""
        begins = self.paragraph(at)
        passing = list(_PERSON_IN_PASSING.finditer(self._text, max(0, begins - 1), at))
        found = passing[-1] if passing else None
        group = "titled" if found is not None and found["titled"] else "name"
        return None if found is None or ORGANISATIONAL.search(found[group]) else Span(*found.span(group))

    def paragraph(self, at: int) -> int:
        """Where the paragraph of a place begins."""
        furthest = max(0, at - _LONGEST_PARAGRAPH)
        return max(furthest, self._text.rfind("\n", furthest, at) + 1)

    def before(self, at: int) -> Sequence[Mention]:
        """The names of the gazetteer that begin before a place, the last first; not those far back."""
        number = bisect_left(self._begins, at)
        return [self._mentions[one] for one in range(number - 1, max(-1, number - 1 - _MOST_BACK), -1)]

    def called(self, noun: str, at: int) -> Party | None:
        """The last body that a common noun can stand for (``the ministry``), named or heard before."""
        fitting = [mention for mention in self.before(at) if self._is_called(mention, noun)]
        topic = self.topic(at)
        states = {one.state for one in self.before(at) if topic is not None and one.span == topic and one.state}
        of_topic = (mention for mention in fitting if mention.state in states)
        if (preferred := next(of_topic, None)) is not None:
            return Party(canonical=preferred.canonical, span=preferred.span)
        named = fitting[0] if fitting else None
        heard = next(
            (
                one
                for one in reversed(self._spoken["body"][-_MOST_BACK:])
                if one[0] < at and noun in one[1].canonical.split("-")
            ),
            None,
        )
        if heard is not None and (named is None or named.span.begins < heard[0]):
            return heard[1]
        if named is not None:
            return Party(canonical=named.canonical, span=named.span)
        last = self.last("body", at)
        is_fresh = (
            last is not None and last[0] >= self.paragraph(at) and last[1].canonical.startswith(("org:", "organ:"))
        )
        return last[1] if last is not None and is_fresh else None

    def body_named(self, at: int) -> Span | None:
        """The last name before a place that only a body can have, though nobody knows it (``the company``)."""
        begins, found = max(0, at - _FURTHEST), None
        for name in _BODY_NAME.finditer(self._text, begins, at):
            is_known = any(mention.span.meets(Span(*name.span())) for mention in self.before(name.end())[:3])
            if not is_known and (ORGANISATIONAL.search(name.group()) or self._text.startswith(", which", name.end())):
                found = name
        return Span(*found.span()) if found else None

    def topic(self, at: int) -> Span | None:
        """Whoever opens the sentence of a place, or the one before it in its paragraph: a name, known or not."""
        begun = [found.end() for found in _SENTENCE_BEGINS.finditer(self._text, max(0, at - _FURTHEST), at)]
        for begins in reversed(begun[-2:]):
            if begins < self.paragraph(at):
                break
            opens = _ARTICLE.match(self._text, begins)
            name = opens.end() if opens else begins
            number = bisect_left(self._begins, begins)
            if number < len(self._begins) and self._begins[number] <= name and self._begins[number] < at:
                if self._text.startswith(":", self._mentions[number].span.ends):
                    continue  # the label of a turn
                return self._mentions[number].span
            plain = PLAIN_NAME.match(self._text, name, at)
            if plain is not None and not self._text.startswith(":", plain.end()):
                return Span(*plain.span())
        return None

    def state(self, at: int) -> str | None:
        """The code of the state that "its" goes back to: the topic's, else the one named last in the paragraph."""
        topic, begins = self.topic(at), self.paragraph(at)
        states = [one for one in self.before(at) if one.state and one.kind in _OF_A_STATE and one.span.begins >= begins]
        of_topic = next((one.state for one in states if topic is not None and one.span == topic), None)
        return of_topic or next((one.state for one in states), None)

    def same_office(self, canonical: str, at: int) -> str | None:
        """The office of a state named before, of an office named without one (``the embassy``)."""
        ending = "-" + canonical.partition(":")[2]
        return next((one.canonical for one in self.before(at) if one.state and one.canonical.endswith(ending)), None)

    def _is_called(self, mention: Mention, noun: str) -> bool:
        if mention.kind is EntityKind.COMPANY:
            return noun in _COMPANIES
        if mention.kind not in SPEAKING_BODIES and mention.kind is not EntityKind.BLOC:
            return False
        if noun in mention.span.of(self._text).lower():
            return True
        tail = mention.canonical.rpartition(":")[2]
        letters = _KNOWN_BY_LETTERS.get(noun, ())
        return any(tail == one or tail.endswith(f"-{one}") or tail.startswith(f"{one}-") for one in letters) or (
            _KINDS.get(noun) is mention.kind and mention.kind is EntityKind.BLOC
        )


def _is_body_of_state(canonical: str) -> bool:
    """Whether an office is a body and no person (``role:NO-embassy``)."""
    return canonical.endswith(("embassy", "ministry", "mission", "parliament", "police", "affairs", "media"))
