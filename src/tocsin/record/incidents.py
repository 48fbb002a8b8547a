"""Which incident an assertion is about: known by what was hit and, where that is told of a body or a vote, the year.

A key is ``sample-mail`` (a product or firm), ``parliament-FI`` or ``parliament-FI-2020``, ``election-US-2020``,
``activity:apt31+apt40`` (known only by the actors' names), ``influence:CN`` (campaigns of opinion), or ``pattern:CN``
for what a state is said to do in general.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tocsin.record._hits import ACT, Hit, hits, lowered
from tocsin.record.assertions import Attribution, Denial, Relation
from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.reading.page import Candidate, Page
from tocsin.record.segments import SegmentKind
from tocsin.record.spans import Span
from tocsin.record.words import words_of

_TITLES = frozenset({SegmentKind.TITLE, SegmentKind.STANDFIRST})
_TITLE_WEIGHT = 5
_STATE_OF = re.compile(r"(?:(?:gov|state|territory|organ|role|org):([A-Z]{2})|group:([a-z]{2}))(?:-|$)")
# These look at the text in small letters.
_LINKED = r"(?!of\b|to\b|and\b|their\b|its\b)[\w'’-]+[\"”]?\s"
_THIS = re.compile(
    rf"\b(?:this|these|those|the)\s(?:{_LINKED}){{0,2}}?[\"“'‘]?(?:{_LINKED})?{ACT}\b"
    r"(?!\s(?:on|against|of|in|into|at)\b)"
    rf"|\bthat\s{ACT}\b"
    r"|\bon (?:this|that) occasion\b|\bin (?:this|that) (?:case|instance)\b|\bthese actions\b"
    r"|\b(?:the|these) vulnerabilit",
)
_GENERAL = re.compile(
    r"\bpatterns?\b|\bsystematic|\bsustained\s(?!and\b|by\b)|\bcontinu(?:es?|ed|ing)\b|\brepeated|\bpersistent"
    rf"|\bsuch\s(?:\w+[- ]){{0,2}}{ACT}\b|\b(?:their|its)\s(?:\w+[- ]){{0,2}}(?:actions|campaigns?|behaviou?r|activit)",
)
_OPINION = re.compile(
    r"\bpropaganda\b|\bdisinformation\b|\binfluence (?:operation|campaign)|\bbot accounts\b|\btrolls?\b"
)
# The words with which each of the three begins.
_OPENS_THIS = frozenset("this these those the that on in".split())
_OPENS_GENERAL = re.compile(
    r"patterns?|systematic\w*|sustained|continu(?:es?|ed|ing)|repeated\w*|persistent|such|their|its"
)
_OPENS_OPINION = frozenset("propaganda disinformation influence bot troll trolls".split())
_KNOWN_AS = re.compile(r"\b(?:activit(?:y|ies)|actions|operations|campaigns?|basis)\b[^.;!?\n]{0,60}$", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:()–—]|\band (?:is|was|are|were|has|have|that|which)\b")
_SUCH_AS = re.compile(r"[\s,(–—-]{1,3}(?:such as|including|among them)\b")
_NEXT_TO = 60
_NEEDS_A_DEED = frozenset({Relation.RESPONSIBLE_FOR, Relation.BEHIND})
_STANDS_FOR = re.compile(r"\b(?:it|they|the (?:group|hackers|attackers|actors))\b")
_DENIED = "responsibility_denial"


def incidents_of(page: Page, found: Sequence[Candidate]) -> tuple[str | None, ...]:
    """The key of the incident that each candidate is about, in their order; ``None`` where that is not told.

    What the clause itself names comes first, then what words such as "this attack" point back to: the last one named in
    the same turn or paragraph, else the document's main one. A denial of responsibility answers a claim before it in
    its paragraph, and never the main incident just because it is that.
    """
    if not found:
        return ()
    told = _Told(page)
    first = _answered(found, [told.key(candidate) for candidate in found])
    by_actor = _by_actor(page, found, first)
    return tuple(
        key if key is not None or _is_denied(candidate) else told.rest(candidate, by_actor)
        for candidate, key in zip(found, first, strict=True)
    )


def joined(keys: Iterable[str]) -> dict[str, str]:
    """For each key the one that it is told under: the longer one that has all its parts, where there is just one.

    So ``mail`` and ``sample`` are ``sample-mail``, and ``parliament-FI`` is ``parliament-FI-2020``, unless two longer
    ones are equally often there. ``keys`` may repeat.
    """
    often = Counter(keys)
    parts = {key: frozenset(key.split("-")) for key in often if ":" not in key}
    by_part: dict[str, list[str]] = {}
    for key, words in parts.items():
        for word in words:
            by_part.setdefault(word, []).append(key)
    return {key: _longest(key, often, parts, by_part) if key in parts else key for key in often}


def _longest(
    key: str, often: Mapping[str, int], parts: Mapping[str, frozenset[str]], by_part: Mapping[str, list[str]]
) -> str:
    rarest = min((by_part[word] for word in parts[key]), key=len)
    wider = sorted((other for other in rarest if parts[key] < parts[other]), key=lambda other: -often[other])
    if not wider or (len(wider) > 1 and often[wider[0]] == often[wider[1]]):
        return key
    return wider[0]


class _Places:
    """Where a form of words stands, in order."""

    def __init__(self, found: Iterable[re.Match[str]]) -> None:
        self._spans = [Span(*match.span()) for match in found]
        self._begins = [span.begins for span in self._spans]

    def within(self, span: Span) -> Span | None:
        """The first inside ``span``."""
        at = bisect_left(self._begins, span.begins)
        return self._spans[at] if at < len(self._spans) and self._spans[at].ends <= span.ends else None


class _Told:
    """What the page names as hit, by place, and what it is mainly about."""

    def __init__(self, page: Page) -> None:
        self._page = page
        low, words = lowered(page.text), words_of(page.text)
        self._this = _Places(words.found(_THIS, low, _OPENS_THIS))
        self._general_talk = _Places(words.found(_GENERAL, low, words.like(_OPENS_GENERAL)))
        self._opinion = _Places(words.found(_OPINION, low, _OPENS_OPINION))
        named = hits(page.text, page.mentions)
        titles = [part.span for part in page.segments if part.kind in _TITLES]
        weights = [
            hit.key for hit in named for _ in range(_TITLE_WEIGHT if any(t.holds(hit.span) for t in titles) else 1)
        ]
        one = joined(weights)
        self._hits = [Hit(hit.span, one[hit.key]) for hit in named]
        self._begins = [hit.span.begins for hit in self._hits]
        self._sentences = [sentence.span.begins for sentence in page.sentences]
        self._mentions = [mention.span.begins for mention in page.mentions]
        self._named_actors = [mention for mention in page.mentions if mention.kind is EntityKind.ACTOR]
        self._actor_begins = [mention.span.begins for mention in self._named_actors]
        self._turns = [part.span for part in page.segments if part.kind is SegmentKind.TURN]
        self._turn_begins = [turn.begins for turn in self._turns]
        self._paragraphs: dict[int, int] = {}
        for sentence in page.sentences:
            self._paragraphs.setdefault(sentence.paragraph, sentence.span.begins)
        ranked = Counter(one[key] for key in weights).most_common(1)
        self.main = ranked[0][0] if ranked else None

    def key(self, candidate: Candidate) -> str | None:
        """By the words around the deed, then the clause, then the sentence; ``None`` where they say nothing."""
        span, core = candidate.span, self._core(candidate)
        if _is_denied(candidate):
            return self._named(span, core) or self._before(span, self._paragraph(span))
        sentence = self._sentence(span)
        told = _hull(candidate)
        activity = self._activity(told) if told else None
        if told and activity and not self._named(Span(told.begins, core.ends), told):
            return activity
        named = self._named(core, core) or self._activity(core)
        if named:
            return named
        this = self._this.within(core)
        if this and not self._general_talk.within(this):
            return self._focus(core)
        if isinstance(candidate.body, Attribution) and self._general_talk.within(core):
            example = _SUCH_AS.match(self._page.text, core.ends, span.ends)
            return (example and self._named(Span(example.end(), span.ends), core)) or self._general(candidate)
        named = self._named(span, core) or self._activity(span) or self._named(sentence, core)
        if named:
            return named
        if self._opinion.within(sentence):
            return self._of_state("influence", candidate)
        return self._focus(span) if self._this.within(sentence) else None

    def rest(self, candidate: Candidate, by_actor: Mapping[str, str]) -> str | None:
        """For one whose own words say nothing: its actor's incident, the general pattern, or the one in focus."""
        for mention in self._actors(self._sentence(candidate.span)):
            if mention.canonical in by_actor:
                return by_actor[mention.canonical]
        focus, is_blame = self._focus(candidate.span), isinstance(candidate.body, Attribution)
        if is_blame and (focus is None or not _is_follow_up(candidate, self._page.text)):
            return self._general(candidate)
        return focus

    def _named(self, span: Span, near: Span) -> str | None:
        """What ``span`` names as hit: the first from where ``near`` begins on, else the last before."""
        low, high = bisect_left(self._begins, span.begins), bisect_left(self._begins, span.ends)
        after = bisect_left(self._begins, near.begins, low, high)
        return None if low == high else self._hits[min(after, high - 1)].key

    def _core(self, candidate: Candidate) -> Span:
        """The words between doer, deed and trigger of an attribution, and those next to them up to a new clause."""
        body, span = candidate.body, candidate.span
        if not isinstance(body, Attribution):
            return Span(candidate.triggers[0].begins, span.ends) if _is_within(candidate.triggers[:1], span) else span
        hull = _hull(candidate)
        if hull is None:
            return span
        begins, ends = hull.begins, hull.ends
        before = _CLAUSE.split(self._page.text[max(span.begins, begins - _NEXT_TO) : begins])[-1]
        after = _CLAUSE.split(self._page.text[ends : min(span.ends, ends + _NEXT_TO)])[0]
        return Span(begins - len(before), ends + len(after))

    def _focus(self, span: Span) -> str | None:
        """The last one named in the paragraph, else in the turn, else the main one."""
        turn = self._turn(span)
        named = self._before(span, self._paragraph(span))
        return named or (None if turn is None else self._before(span, turn)) or self.main

    def _before(self, span: Span, since: int) -> str | None:
        """The last one named from ``since`` on, before the end of ``span``."""
        at = bisect_left(self._begins, span.ends) - 1
        return self._hits[at].key if at >= 0 and self._begins[at] >= since else None

    def _activity(self, span: Span) -> str | None:
        names = self._actors(span)
        if not names or not _KNOWN_AS.search(self._page.text, span.begins, names[0].span.begins):
            return None
        return "activity:" + "+".join(sorted({each.canonical.partition(":")[2] for each in names}))

    def _actors(self, span: Span) -> list[Mention]:
        low = bisect_left(self._actor_begins, span.begins)
        return self._named_actors[low : bisect_left(self._actor_begins, span.ends, low)]

    def _mentioned(self, span: Span) -> Sequence[Mention]:
        low, high = bisect_left(self._mentions, span.begins), bisect_left(self._mentions, span.ends)
        return self._page.mentions[low:high]

    def _general(self, candidate: Candidate) -> str | None:
        is_opinion = self._opinion.within(self._sentence(candidate.span))
        return self._of_state("influence" if is_opinion else "pattern", candidate)

    def _of_state(self, kind: str, candidate: Candidate) -> str | None:
        code = _accused_state(candidate)
        if code is None:
            own = {party.canonical for party in candidate.claimants}
            inside = (*self._mentioned(candidate.span), *self._mentioned(self._sentence(candidate.span)))
            code = next((each.state for each in inside if each.state and each.canonical not in own), None)
        return f"{kind}:{code}" if code else None

    def _sentence(self, span: Span) -> Span:
        at = bisect_right(self._sentences, span.begins) - 1
        return self._page.sentences[at].span if at >= 0 else span

    def _paragraph(self, span: Span) -> int:
        at = bisect_right(self._sentences, span.begins) - 1
        return self._paragraphs[self._page.sentences[at].paragraph] if at >= 0 else span.begins

    def _turn(self, span: Span) -> int | None:
        at = bisect_right(self._turn_begins, span.begins) - 1
        return self._turn_begins[at] if at >= 0 and self._turns[at].holds(span) else None


def _answered(found: Sequence[Candidate], keys: Sequence[str | None]) -> list[str | None]:
    """The keys, those of denials that name none being that of the last claim before that accuses who denies."""
    answered: list[str | None] = []
    accused: dict[str, tuple[int, str]] = {}
    for number, (candidate, key) in enumerate(zip(found, keys, strict=True)):
        if key is None and _is_denied(candidate):
            own = (_state(party.canonical) for party in candidate.claimants)
            claims = [accused[state] for state in own if state in accused]
            key = max(claims)[1] if claims else None
        elif key and ":" not in key and (state := _accused_state(candidate)):
            accused[state] = number, key
        answered.append(key)
    return answered


def _by_actor(page: Page, found: Sequence[Candidate], keys: Sequence[str | None]) -> dict[str, str]:
    """The incident that each actor's name, or "the group", is first tied to."""
    tied: dict[str, str] = {}
    for candidate, key in zip(found, keys, strict=True):
        if isinstance(candidate.body, Attribution) and key and ":" not in key:
            for party in (*candidate.body.actors, *candidate.body.accused):
                if party.canonical.startswith("actor:"):
                    tied.setdefault(party.canonical, key)
    return tied


def _accused_state(candidate: Candidate) -> str | None:
    if not isinstance(candidate.body, Attribution):
        return None
    return next((state for party in candidate.body.accused if (state := _state(party.canonical))), None)


def _state(canonical: str) -> str | None:
    match = _STATE_OF.match(canonical)
    return (match.group(1) or match.group(2)).upper() if match else None


def _is_denied(candidate: Candidate) -> bool:
    return isinstance(candidate.body, Denial) and candidate.body.what == _DENIED


def _hull(candidate: Candidate) -> Span | None:
    """From the first to the last of the words that name doer, deed and trigger of an attribution."""
    body = candidate.body
    if not isinstance(body, Attribution):
        return None
    parties = [party.span for party in (*body.accused, *body.actors) if party.span]
    places = [place for place in (*parties, *candidate.triggers, *([body.act] if body.act else [])) if len(place)]
    if not _is_within(places, candidate.span):
        return None
    return Span(min(place.begins for place in places), max(place.ends for place in places))


def _is_within(places: Sequence[Span], span: Span) -> bool:
    return bool(places) and all(span.holds(place) for place in places)


def _is_follow_up(candidate: Candidate, text: str) -> bool:
    """Whether a claim speaks of what was told before: by "it" or "the group", or by blame that says not for what."""
    body = candidate.body
    if isinstance(body, Attribution) and body.explicit and body.act is None and body.relation in _NEEDS_A_DEED:
        return True
    return _STANDS_FOR.search(text, candidate.span.begins, candidate.span.ends) is not None
