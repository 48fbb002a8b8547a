"""Who the subject of a reporting verb is: names, bodies, offices, sorts of people, and what pronouns stand for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.reading.speakers import ORGANISATIONAL, Names, slug
from tocsin.record.segments import Party, Segment, SegmentKind
from tocsin.record.spans import Span

SELF = Party(canonical="self")
"""``I`` and ``we``: whoever speaks there already, no further link of the chain."""

_PRONOUN = re.compile(r"(?:He|She|It|They|We|I|he|she|it|they|we|who|which|Both|both)\Z")
_PEOPLE = re.compile(
    r"\b(officials?|sources?|diplomats?|experts?|researchers?|analysts?|investigators?|ministers?"
    r"|lawmakers?|critics?|people"
    r"|authorities|leaders|hackers|prosecutors?|observers?|scientists?|agencies|governments?|countries"
    r"|states|allies|firms|companies"
    r"|politicians|MPs|peers|senators|insiders|victims|reports|media|others|many|some|historians"
    r"|executives|employees|advisers)\b",
    re.IGNORECASE,
)
_ONE_OFFICE = re.compile(
    r"(?:spokes(?:man|woman|person)|secretary|minister|president|premier|chancellor|ambassador|director"
    r"|chief|head|commissioner"
    r"|envoy|chair(?:man|woman)?|chief executive|adviser|advisor|general|attorney|prosecutor|king|governor"
    r"|mayor|representative)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:(?:[Ff]oreign|[Pp]rime|[Ii]nterior|[Dd]efen[cs]e|[Jj]ustice|[Ff]inance|[Hh]ome|[Dd]igital"
    r"|[Ss]ecurity|[Dd]eputy|[Cc]hief|[Vv]ice|[Gg]eneral|[Pp]ress)[ -])?"
    + _ONE_OFFICE.pattern.replace("(?:spokes", r"\b(?:spokes", 1)
)
_PLAIN_NAME = re.compile(r"[A-Z][\w’'-]+(?: (?:(?:de|van|von|bin|al) )?[A-Z][\w’'.-]*){1,4}")
_DOCUMENT = re.compile(
    r"(?:analysis|report|assessment|statement|blog ?post|post|advisory|survey|study|research|investigation"
    r"|review|alert|bulletin"
    r"|answer|letter|filing|indictment|complaint|article|tweet|notice|findings|document|documents|paper|evidence)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"\s(?:by|from|of|for|at|in|with)\s(?:the\s)?")
_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Baroness|Viscount|Earl|President|Senator|Rep|Sen|Gen|General"
    r"|Prof|Prime Minister|Secretary)\.? )?"
    r"[A-Z][\w’'.&-]*(?: (?:(?:of|de|van|von|bin|al|for|and|the) ){0,2}[A-Z][\w’'.&-]*){0,6}\Z"
)
_TITLE_AND_NAME = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|Baroness|Viscount|Earl|President|Senator|Rep|Sen|Gen|General|Prof)\b"
)
_FORM_OF_ADDRESS = re.compile(
    r"(?:the|my) (?:(?:right )?(?:hon(?:ourable|\.)?|noble)(?: and \w+)? ){1,2}\w+\Z", re.IGNORECASE
)
_MINISTER_OR_ANSWER = re.compile(
    r"the (?:Minister|(Answer(?: in the (?:House of Commons|Commons|other place))?))\Z", re.IGNORECASE
)
_ONWARD = re.compile(r" (?:to|with|in|at|on) ")
_AND_ANOTHER = re.compile(r"(?:and|or) (?:the )?[A-Z]")
_POSSESSED = re.compile(r"[’']s?\s")
_BODY_NOUN = re.compile(
    r"\b(?:government|ministry|department|agency|embassy|parliament|service|police|army|military|office"
    r"|administration|committee"
    r"|company|firm|bank|group|bloc|alliance|union|regulator|watchdog|centre|center|commission|council"
    r"|court|treasury)\Z",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"(?:At (?:the|that) time|(?:Last|This|Earlier this|Later that) (?:year|month|week|day|summer|autumn|winter|spring)"
    r"|(?:On|In|Since|By|Late on|Early on|Earlier on) (?:\d{1,2} )?[A-Z][a-z]{2,8}(?: \d{1,4})?|In (?:a|an"
    r"|its|his|her|their) [\w -]{3,40}?"
    r"|Yesterday|Today|Later|Earlier|However|Meanwhile|Separately|Now|Then|Previously|Once|Also|Indeed"
    r"|Obviously|But|And|So|Yet|As|While|When|If)"
    r"\s+(?=[A-Zatousomfvwl])"
)
_DETERMINER = re.compile(
    r"(?:the|a|an|my|your|its|his|her|their|our|one|some|several|many|most|all|both|that|this|these|those)\s+",
    re.IGNORECASE,
)
_WORD_START = re.compile(r"\b[A-Z]")
_MAY_SPEAK_FOR = {EntityKind.STATE: "gov", EntityKind.DEMONYM: "gov"}
_BODY_KINDS = {
    "company": EntityKind.COMPANY,
    "firm": EntityKind.COMPANY,
    "agency": EntityKind.AGENCY,
    "ministry": EntityKind.ORGAN,
    "bloc": EntityKind.BLOC,
    "alliance": EntityKind.BLOC,
    "union": EntityKind.BLOC,
}


class Cast:
    """Those who speak in a text, met in its order; it knows the last person, body and sort of people that spoke.

    ``turns`` let forms of address (``the noble Lord``) mean the one who spoke before.
    """

    def __init__(self, text: str, mentions: Sequence[Mention], turns: Sequence[Segment] = ()) -> None:
        self._text = text
        self._mentions = mentions
        self._begins = [mention.span.begins for mention in mentions]
        self._turns = [turn for turn in turns if turn.kind is SegmentKind.TURN]
        self._turn_begins = [turn.span.begins for turn in self._turns]
        self._names = Names()
        self._person: Party | None = None
        self._body: Party | None = None
        self._people: Party | None = None
        self._in_office: dict[str, str] = {}

    def introduces(self, name: Span, office: Span) -> bool:
        """Whether ``office`` is said to be held by the person named; it means that person from there on."""
        words, held = name.of(self._text), self._office(office)
        if held is None or not _PLAIN_NAME.fullmatch(words) or ORGANISATIONAL.search(words) or self.within(name):
            return False
        self._in_office[held] = self._by_name(words, name).canonical
        return True

    def is_nobody_known(self, party: Party, span: Span) -> bool:
        """Whether a party is but the words of ``span``: they may as well be a thing."""
        return party.canonical == f"unknown:{slug(_DETERMINER.sub('', span.of(self._text), count=1))}"

    def _office(self, span: Span) -> str | None:
        """The office that a noun phrase names, without whose it is: ``foreign-minister``."""
        found = _OFFICE.search(span.of(self._text))
        return slug(found.group()) if found else None

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
        if not words:
            return None
        if _PRONOUN.match(words):
            return self._meant_by(words, span)
        found = self._addressed(words, span) or self._documented(words, span) or self._named(words, span)
        if found is not None:
            found = self._of_office(found) if found.canonical.startswith("role:") else found
            self.remember(found)
        return found

    def remember(self, party: Party) -> None:
        """Keeps a speaker in mind for ``he``, ``it`` and ``they``."""
        kind = party.canonical.partition(":")[0]
        if kind == "class" or party.canonical == "unknown:sources":
            self._people = party
        elif kind in ("person", "role"):
            self._person = party
        else:
            self._body = party

    def _without_introduction(self, span: Span) -> Span:
        begins = span.begins
        for _ in range(2):
            found = _INTRODUCTION.match(self._text, begins, span.ends)
            if found is None:
                break
            begins = found.end()
        return Span(begins, span.ends)

    def _meant_by(self, pronoun: str, span: Span) -> Party | None:
        word = pronoun.lower()
        if word in ("i", "we"):
            return SELF
        if word in ("he", "she"):
            known = self._person
        elif word == "it":
            known = self._body
        else:
            known = self._people or self._body if word == "they" else None
        return known and Party(canonical=known.canonical, span=span)

    def _addressed(self, words: str, span: Span) -> Party | None:
        """Whom a form of address means in a debate: the one who spoke the turn before."""
        if not self._turns:
            return None
        at = bisect_right(self._turn_begins, span.begins) - 1
        if _FORM_OF_ADDRESS.match(words) and at > 0:
            known = self._turns[at - 1].speaker
        elif office := _MINISTER_OR_ANSWER.match(words):
            known = self._minister(office[1] is not None or self._of_the_other_house(span))
        else:
            return None
        return known and Party(canonical=known.canonical, span=span)

    def _minister(self, in_the_other_house: bool) -> Party | None:
        rule = "turn-read-out" if in_the_other_house else "turn-minister"
        return next((turn.speaker for turn in self._turns if turn.rule == rule), None)

    def _of_the_other_house(self, span: Span) -> bool:
        return (
            re.search(r"\b(?:Commons|other place|other House)\b", self._text[max(0, span.begins - 60) : span.begins])
            is not None
        )

    def _documented(self, words: str, span: Span) -> Party | None:
        """Who speaks in ``a report by …``; an office or a sort of people of a body (``a spokesman for …``)."""
        of = _OF.search(words)
        if of is None:
            return None
        head = _DETERMINER.sub("", words[: of.start()])
        inner = Span(span.begins + of.end(), span.ends)
        if not _WORD_START.match(inner.of(self._text)):
            return None
        is_document = _DOCUMENT.search(head) is not None and "in the House" not in words
        if not is_document and not _ONE_OFFICE.search(head) and not _PEOPLE.search(head):
            return None
        whole = self._named(inner.of(self._text), inner)
        if whole is None or is_document:
            return whole
        owner = whole.canonical.partition(":")[2]
        kind = "class" if _PEOPLE.search(head) and not _ONE_OFFICE.search(head) else "role"
        return Party(canonical=f"{kind}:{owner}-{slug(head)}", span=span)

    def _named(self, words: str, span: Span) -> Party | None:
        mentions = self.within(span)
        if mentions and (onward := _ONWARD.search(self._text, mentions[0].span.ends, span.ends)):
            span = Span(span.begins, onward.start())
            mentions = self.within(span)
        if mentions:
            return self._by_mention(mentions[0 if " and " in words else -1], span)
        noun = _DETERMINER.sub("", words, count=1)
        if any(common.fullmatch(noun) for common in (_PEOPLE, _DOCUMENT, _BODY_NOUN, _ONE_OFFICE)):
            return self._by_noun(words, span)
        if name := _NAME.search(words):
            at = span.begins + name.start()
            before = _DETERMINER.sub("", words[: name.start()]).strip()
            if not (before and _PEOPLE.search(before) and not _ONE_OFFICE.search(before)):
                return self._by_name(name.group(), Span(at, span.ends))
        return self._by_noun(words, span)

    def _by_mention(self, mention: Mention, span: Span) -> Party | None:
        tail = Span(min(mention.span.ends, span.ends), span.ends)
        words = _POSSESSED.sub("", tail.of(self._text), count=1).strip() if len(tail) else ""
        words = re.sub(r"\A\([^)]{1,20}\)\s*", "", words)
        owner = mention.state or mention.canonical.partition(":")[2]
        if mention.kind in _MAY_SPEAK_FOR and mention.state:
            whole = f"gov:{mention.state}"
        else:
            whole, owner = mention.canonical, mention.canonical.partition(":")[2]
        if not words or words.lower() in ("government", "side", "itself") or _AND_ANOTHER.match(words):
            return Party(canonical=whole, span=mention.span)
        if name := _NAME.search(words):
            before = words[: name.start()].strip()
            if not before and mention.state and (name.group().isupper() or ORGANISATIONAL.search(name.group())):
                return Party(canonical=f"org:{owner}-{slug(name.group())}", span=span)
            if not before or _ONE_OFFICE.search(before):
                return self._by_name(name.group(), Span(span.ends - len(name.group()), span.ends))
        if _PEOPLE.search(words) and not _ONE_OFFICE.search(words):
            return Party(canonical=f"class:{owner}-{slug(words)}", span=span)
        if _ONE_OFFICE.search(words):
            return Party(canonical=f"role:{owner}-{slug(words)}", span=span)
        if _BODY_NOUN.search(words):
            return Party(canonical=f"org:{owner}-{slug(words)}", span=span)
        return Party(canonical=whole, span=mention.span)

    def _of_office(self, party: Party) -> Party:
        """The person said to hold an office, else the office."""
        held = self._office(party.span) if party.span else None
        known = self._in_office.get(held) if held else None
        return Party(canonical=known, span=party.span) if known else party

    def _by_name(self, name: str, span: Span) -> Party:
        name = name.removesuffix("’s").removesuffix("'s")
        is_titled = _TITLE_AND_NAME.match(name) is not None
        if not is_titled and (ORGANISATIONAL.search(name) or name.isupper()):
            return Party(canonical=f"org:{slug(name)}", span=span)
        known = self._names.known(name)
        if not is_titled and " " not in name and known is None:
            return Party(canonical=f"org:{slug(name)}", span=span)
        return Party(canonical=known or self._names.canonical(name), span=span)

    def _by_noun(self, words: str, span: Span) -> Party | None:
        """Whoever a common noun means: an office, a body spoken of before, a sort of people."""
        noun = _DETERMINER.sub("", words, count=1)
        if not noun or len(noun) > 80:
            return None
        if _ONE_OFFICE.search(noun) and not noun.lower().endswith("ministers"):
            return Party(canonical=f"role:{slug(noun)}", span=span)
        if body := _BODY_NOUN.search(noun):
            return self._body_before(span, body.group().lower()) or Party(canonical=f"unknown:{slug(noun)}", span=span)
        if _PEOPLE.search(noun):
            is_source = re.search(r"sources?|people|reports|media", noun, re.IGNORECASE)
            return Party(canonical="unknown:sources" if is_source else f"class:{slug(noun)}", span=span)
        if _DOCUMENT.search(noun):
            return (
                Party(canonical=self._body.canonical, span=span)
                if self._body
                else Party(canonical=f"unknown:{slug(noun)}", span=span)
            )
        return Party(canonical=f"unknown:{slug(noun)}", span=span)

    def _body_before(self, span: Span, noun: str) -> Party | None:
        """The last body of that sort named before (``the company``)."""
        kind = _BODY_KINDS.get(noun)
        if kind is None:
            return None
        at = bisect_left(self._begins, span.begins)
        for mention in reversed(self._mentions[max(0, at - 40) : at]):
            if mention.kind is kind:
                return Party(canonical=mention.canonical, span=span)
        return None
