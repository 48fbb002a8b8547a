"""Who the subject of a reporting verb is: names, bodies, offices, sorts of people, and what pronouns stand for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.reading._bearers import Bearers
from tocsin.record.reading._forms_of_address import Debate
from tocsin.record.reading._named_before import PLAIN_NAME, NamedBefore
from tocsin.record.reading._party_words import (
    AND_ANOTHER,
    AT_HOME,
    BODY_NOUN,
    CREDENTIALS,
    DETERMINER,
    DOCUMENT,
    FRONTED,
    FURTHEST_DOCUMENT,
    INTRODUCTION,
    LEGAL_DOCUMENT,
    MAY_SPEAK_FOR,
    NAME,
    OF,
    ONE_OF_SOME,
    ONE_OF_THEM,
    ONE_OFFICE,
    ONWARD,
    OWNED,
    PEOPLE,
    POSSESSED,
    PRONOUN,
    SOMEBODY,
    SOURCE,
    SPOKES,
    STATELESS,
    WHOSE,
    WORD_START,
)
from tocsin.record.reading.speakers import ORGANISATIONAL, slug
from tocsin.record.segments import Party, Segment
from tocsin.record.spans import Span

SELF = Party(canonical="self")
"""``I`` and ``we``: whoever speaks there already, no further link of the chain."""


def _id(party: Party) -> str:
    return _id_of(party.canonical)


def _id_of(canonical: str) -> str:
    return canonical.partition(":")[2]


def _role(words: str) -> str:
    """The words of an office in a canonical; whoever speaks for somebody is a spokesperson."""
    return SPOKES.sub("spokesperson", slug(words))


class Cast:
    """Those who speak in a text, met in its order; it knows the last person, body and sort of people that spoke.

    ``turns`` let forms of address (``the noble Lord``) mean the one who spoke before.
    """

    def __init__(self, text: str, mentions: Sequence[Mention], turns: Sequence[Segment] = ()) -> None:
        self._text = text
        self._mentions = mentions
        self._begins = [mention.span.begins for mention in mentions]
        self._debate = Debate(text, turns)
        self._known = NamedBefore(text, mentions)
        self._bearers = Bearers(text, mentions)
        self.introduces = self._bearers.introduces

    def is_name(self, span: Span) -> bool:
        """Whether a phrase is a name and nothing else, of the gazetteer or not."""
        words = span.of(self._text)
        return any(mention.span == span for mention in self.within(span)) or PLAIN_NAME.fullmatch(words) is not None

    def is_nobody_known(self, party: Party, span: Span) -> bool:
        """Whether a party is but the words of ``span``: they may as well be a thing."""
        words = span.of(self._text)
        named = slug(DETERMINER.sub("", words, count=1))
        return party.canonical in (f"unknown:{named}", f"doc:{named}") and ONE_OF_THEM.search(words) is None

    def within(self, span: Span) -> list[Mention]:
        """The names of the gazetteer in a span."""
        found = self._mentions[bisect_left(self._begins, span.begins) : bisect_left(self._begins, span.ends)]
        return [mention for mention in found if mention.span.ends <= span.ends]

    def is_inside_name(self, at: int) -> bool:
        """Whether a place is within a name of the gazetteer."""
        named = self.before(at)
        return named is not None and at < named.span.ends

    def before(self, at: int) -> Mention | None:
        """The last name of the gazetteer that begins before a place."""
        number = bisect_left(self._begins, at)
        return self._mentions[number - 1] if number else None

    def party(self, span: Span) -> Party | None:
        """Whoever the words of ``span`` (a noun phrase) mean as a speaker; ``None`` when they mean nobody.

        ``SELF`` for the first person. Remembers them for the pronouns to come.
        """
        span = self._without_introduction(span)
        words = span.of(self._text)
        if words.endswith((" there", " here")):
            span = Span(span.begins, span.begins + words.rindex(" "))
            words = span.of(self._text)
        if not words or words in ("There", "there", "Here"):
            return None
        if PRONOUN.match(words):
            return self._meant_by(words, span)
        if SOMEBODY.match(words):
            known = self._known.last("people", span.begins)
            return known[1] if known else Party(canonical="unknown:sources", span=span)
        found = self._debate.addressed(words, span) or self._documented(words, span) or self._named(words, span)
        if found is not None:
            found = self._bearers.of_office(found) if found.canonical.startswith("role:") else found
            self._known.remember(found, span.begins)
        return found

    def _without_introduction(self, span: Span) -> Span:
        if fronted := FRONTED.match(self._text, span.begins, span.ends):
            return Span(fronted.end(), span.ends)
        begins = span.begins
        for _ in range(2):
            found = INTRODUCTION.match(self._text, begins, span.ends)
            if found is None:
                break
            begins = found.end()
        return Span(begins, span.ends)

    def _meant_by(self, pronoun: str, span: Span) -> Party | None:
        word = pronoun.lower()
        if word in ("i", "we"):
            return SELF
        if word in ("he", "she"):
            known = self._he(span)
        elif word == "it":
            known = self._it(span)
        elif word == "you":
            known = self._debate.speaker_before(span.begins)
        elif word == "they":
            heard = (self._known.last("people", span.begins), self._known.last("body", span.begins))
            known = max((one for one in heard if one), key=lambda one: one[0], default=(0, None))[1]
        else:
            known = None
        return known and Party(canonical=known.canonical, span=span)

    def _he(self, span: Span) -> Party | None:
        """The last person to speak, unless the paragraph introduces another one before the pronoun."""
        heard = self._known.last("person", span.begins)
        if heard is None or heard[0] < self._known.paragraph(span.begins):
            name = self._known.person_in_passing(span.begins)
            if name is not None:
                return self._bearers.by_name(name.of(self._text), name)
        return heard[1] if heard else None

    def _it(self, span: Span) -> Party | None:
        """The last body to speak, unless another one opens the sentence before the pronoun."""
        heard = self._known.last("body", span.begins)
        topic = self._known.topic(span.begins)
        if topic is not None and (heard is None or heard[0] < topic.begins):
            named = self._named(topic.of(self._text), topic)
            if named is not None and not named.canonical.startswith(("person:", "class:", "actor:", "unknown:")):
                return named
        return heard[1] if heard else None

    def _documented(self, words: str, span: Span) -> Party | None:
        """Who speaks in ``a report by …``; an office or a sort of people of a body (``a spokesman for …``)."""
        of = OF.search(words)
        if of is None:
            return None
        if any(one.span.begins < span.begins + of.start() < one.span.ends for one in self.within(span)):
            return None  # a name with "of" in it
        head = DETERMINER.sub("", words[: of.start()])
        inner = Span(span.begins + of.end(), span.ends)
        if not WORD_START.match(inner.of(self._text)):
            return None
        if head.lower() in ("police", "court", "council", "university") and (
            PLAIN_NAME.fullmatch(place := inner.of(self._text)) or place.isalpha()
        ):
            named = self.within(inner)
            return Party(canonical=f"org:{(named[0].state if named else None) or slug(place)}-{slug(head)}", span=span)
        is_document = DOCUMENT.search(head) is not None and "in the House" not in words
        if not is_document and not ONE_OFFICE.search(head) and not PEOPLE.search(head):
            return None
        whole = self._named(inner.of(self._text), inner)
        if whole is None or is_document:
            return whole
        owner = _id(whole)
        kind = "class" if PEOPLE.search(head) and not ONE_OFFICE.search(head) else "role"
        return Party(canonical=f"{kind}:{owner}-{_role(head)}", span=span)

    def _named(self, words: str, span: Span) -> Party | None:
        if (at_home := AT_HOME.match(words)) and self._is_person(Span(span.begins, span.begins + at_home.end(1))):
            return self._bearers.by_name(at_home[1], Span(span.begins, span.begins + at_home.end(1)))
        mentions = self.within(span)
        if mentions and (onward := ONWARD.search(self._text, mentions[0].span.ends, span.ends)):
            span = Span(span.begins, onward.start())
            mentions = self.within(span)
        if mentions:
            return self._by_mention(mentions[0 if " and " in words else -1], span)
        noun = DETERMINER.sub("", words, count=1)
        if any(common.fullmatch(noun) for common in (PEOPLE, DOCUMENT, BODY_NOUN, ONE_OFFICE)):
            return self._by_noun(words, span)
        if name := NAME.search(words):
            at = span.begins + name.start()
            before = DETERMINER.sub("", words[: name.start()]).strip()
            if not (before and PEOPLE.search(before) and not ONE_OFFICE.search(before)):
                return self._bearers.by_name(name.group(), Span(at, span.ends))
        return self._by_noun(words, span)

    def _is_person(self, name: Span) -> bool:
        """Whether a name of two words or more is no body's and nobody's of the gazetteer."""
        words = name.of(self._text)
        return not (ORGANISATIONAL.search(words) or DOCUMENT.search(words) or self.within(name))

    def _by_mention(self, mention: Mention, span: Span) -> Party | None:
        tail = Span(min(mention.span.ends, span.ends), span.ends)
        words = POSSESSED.sub("", tail.of(self._text), count=1).strip() if len(tail) else ""
        words = re.sub(r"\A\([^)]{1,20}\)\s*", "", words)
        words = CREDENTIALS.sub("", words)
        if mention.kind is EntityKind.ROLE and (of := OF.match(self._text, mention.span.ends, span.ends)):
            whose = self._named(self._text[of.end() : span.ends], Span(of.end(), span.ends))
            if whose is not None and not whose.canonical.startswith(("unknown:", "class:")) and not mention.state:
                return Party(canonical=f"role:{_id(whose)}-{_id_of(mention.canonical)}", span=span)
        owner = mention.state or _id_of(mention.canonical)
        if mention.kind in MAY_SPEAK_FOR and mention.state:
            whole = f"gov:{mention.state}"
        else:
            whole, owner = mention.canonical, _id_of(mention.canonical)
        if whole.startswith("person:"):
            self._bearers.remember(mention.span.of(self._text))
        if STATELESS.match(whole):
            whole = self._owned(mention, span)
            owner = _id_of(whole)
        if not words or words.lower() in ("government", "side", "itself") or AND_ANOTHER.match(words):
            return Party(canonical=whole, span=mention.span)
        if name := NAME.search(words):
            before = words[: name.start()].strip()
            if not before and mention.state and (name.group().isupper() or ORGANISATIONAL.search(name.group())):
                return Party(canonical=f"org:{owner}-{slug(name.group())}", span=span)
            is_of_theirs = before.islower() and PLAIN_NAME.fullmatch(name.group()) is not None
            if not before or ONE_OFFICE.search(before) or is_of_theirs:
                found = self._bearers.by_name(name.group(), Span(span.ends - len(name.group()), span.ends))
                if mention.kind is EntityKind.ROLE and not before:
                    self._bearers.holds(found.canonical, slug(mention.span.of(self._text)))
                return found
        return self._of_owner(owner, words, span) or Party(canonical=whole, span=mention.span)

    def _of_owner(self, owner: str, words: str, span: Span) -> Party | None:
        """The people, the office or the body of a state or body that a common noun after its name means."""
        if PEOPLE.search(words) and not ONE_OFFICE.search(words):
            return self._people_of(f"{owner}-", words, span)
        if ONE_OFFICE.search(words):
            return Party(canonical=f"role:{owner}-{_role(words)}", span=span)
        if words.lower() in ("mission", "permanent mission"):
            return Party(canonical=f"role:{owner}-mission", span=span)
        if BODY_NOUN.search(words):
            return Party(canonical=f"org:{owner}-{slug(words)}", span=span)
        return None

    def _owner_in(self, before: Span) -> str | None:
        """Whose an office is, when a name stands right before it (``a House of Commons spokesperson``)."""
        mentions = self.within(before)
        if mentions and mentions[0].kind is EntityKind.ROLE and OWNED.match(self._text, mentions[0].span.ends):
            return _id_of(mentions[0].canonical)
        is_at = mentions and mentions[0].kind is EntityKind.CAPITAL  # its London embassy
        if is_at and WHOSE.search(self._text[before.begins : mentions[0].span.begins]):
            return self._known.state(before.begins)
        if mentions and mentions[0].kind is not EntityKind.ROLE:
            is_body = mentions[0].kind in (EntityKind.AGENCY, EntityKind.ORGAN, EntityKind.COMPANY)
            return _id_of(mentions[0].canonical) if is_body else mentions[0].state
        words = DETERMINER.sub("", before.of(self._text), count=1).strip()
        words = words.removesuffix("’s").removesuffix("'s")
        return slug(words) if PLAIN_NAME.fullmatch(words) and ORGANISATIONAL.search(words) else None

    def _owned(self, mention: Mention, span: Span) -> str:
        """The canonical of an office that is named without its state: whose it is goes by what was said before."""
        before, canonical, at = self._text[span.begins : mention.span.begins], mention.canonical, span.begins
        office = canonical.partition(":")[2]
        if named_owner := self._owner_in(Span(span.begins, mention.span.begins)):
            return f"role:{named_owner}-{office}"
        if WHOSE.search(before):
            state = self._known.state(at)
            return f"role:{state}-{office}" if state else canonical
        if ONE_OF_SOME.match(before):
            topic = self._known.topic(at)
            owner = self._named(topic.of(self._text), topic) if topic else None
            if owner is None or owner.canonical.startswith(("person:", "class:", "unknown:")):
                return canonical
            return f"role:{_id(owner)}-{office}"
        heard = self._known.last_of_office(office, at)
        if heard is not None:
            return heard.canonical
        named = self._known.same_office(canonical, at)
        if named is None and mention.kind is EntityKind.AGENCY and (state := self._known.state(at)):
            named = f"role:{state}-{office}"
        return named or canonical

    def _by_noun(self, words: str, span: Span) -> Party | None:
        """Whoever a common noun means: an office, a body spoken of before, a sort of people."""
        noun = DETERMINER.sub("", words, count=1)
        if not noun or len(noun) > 80:
            return None
        if ONE_OFFICE.search(noun) and not noun.lower().endswith("ministers"):
            state = self._known.state(span.begins) if noun != words and WHOSE.search(words[: -len(noun)]) else None
            return Party(canonical=f"role:{state}-{_role(noun)}" if state else f"role:{_role(noun)}", span=span)
        if body := BODY_NOUN.search(noun):
            is_bare = noun.removeprefix("same ") == body.group()
            return (self._body_before(span, body.group().lower()) if is_bare else None) or Party(
                canonical=f"unknown:{slug(noun)}", span=span
            )
        if PEOPLE.search(noun):
            return self._people_of("", noun, span)
        if DOCUMENT.search(noun):
            heard = self._known.last("body", span.begins)
            is_theirs = heard is not None and span.begins - heard[0] < FURTHEST_DOCUMENT
            if heard is None or not is_theirs or LEGAL_DOCUMENT.match(noun):
                return Party(canonical=f"doc:{slug(noun)}", span=span)
            return Party(canonical=heard[1].canonical, span=span)
        return Party(canonical=f"unknown:{slug(noun)}", span=span)

    def _people_of(self, owner: str, words: str, span: Span) -> Party:
        """A sort of people; sources are nobody known, and so is a single one of them (``a second official``)."""
        if SOURCE.search(words):
            return Party(canonical="unknown:sources", span=span)
        is_one = ONE_OF_THEM.search(words) is not None
        return Party(canonical=f"{'unknown' if is_one else 'class'}:{owner}{slug(words)}", span=span)

    def _body_before(self, span: Span, noun: str) -> Party | None:
        """The body named or heard before that the noun can stand for (``the company``)."""
        known = self._known.called(noun, span.begins)
        if noun in ("company", "firm", "utility", "supplier", "operator", "bank"):
            name = self._known.body_named(span.begins)
            if name is not None and (known is None or known.span is None or known.span.begins < name.begins):
                known = self._bearers.by_name(name.of(self._text), name)
        return known and Party(canonical=known.canonical, span=span)
