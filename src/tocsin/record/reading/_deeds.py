"""What the readers of deeds share: a sentence cut into words, where its clauses end, and who acts in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.reading.page import Page, Sentence
from tocsin.record.segments import Party, SegmentKind
from tocsin.record.spans import Span

# The first way is that of most words: where nothing goes on behind them, nothing more has to be tried.
_WORD = re.compile(r"\w++(?![.'\-,])|\w+(?:(?:[.'\-]|(?<=\d),(?=\d))\w+)*|[^\w\s]")
_HARD = frozenset(';:—“”"')
_CUTS_BEFORE = frozenset(
    "that when while because although though whether whereas where after before since but said says saying say added"
    " if so unless except told noted".split()
)
_RELATIVE = frozenset("which who whose whom".split())
_OPENERS = frozenset(
    "in at on following today yesterday by last this earlier however also additionally after since as with without"
    " during under until over for from through meanwhile separately later finally first second third rather equally"
    " working instead despite alongside once back most given upon before against similarly indeed and obviously"
    " across amid beyond unlike like among".split()
)
_PARENTHETICAL = frozenset(
    "in along together with including alongside such whose which who like as acting a an the".split()
)
_CUT_AFTER_COMMA = frozenset(
    "but while although though whereas which who when after because since noting saying adding making despite unless so"
    " will what why how where however amid until meaning".split()
)
# Words that may stand between two names that act together ("Exampleland, together with the EU and its allies").
_JOINS = frozenset(
    "and or with alongside along together , the in partnership joined by has have its their other both allies partners"
    " government governments ( ) jointly".split()
)
BE = frozenset(
    "am is are was were be been being isn't aren't wasn't weren't we're they're i'm you're he's she's it's".split()
)
AGGRESSORS = frozenset(
    "hackers hacker attackers attacker actors criminals cybercriminals gang gangs intruders malware".split()
)
"""Words for those who attack: what they do is neither a response nor a promise."""
_FINITE = BE | frozenset(
    "has have had will would can could should must may might do does did said says made took gave told"
    " found held".split()
)
_NO_VERBS = frozenset("united allied hundred need indeed speed advanced so-called unprecedented red".split())
_ARTICLES = frozenset("a an the this these its their our his her some any no".split())
_AND = frozenset("and but".split())
_PRONOUNS = frozenset("i we they he she it you".split())
_SAYS_TOO = frozenset("says said adds added insists insisted claims claimed argued argues".split())
_SUBJECT_IS_SHORT = 8
_ACTS = frozenset(EntityKind) - {EntityKind.ACTOR}
_HEADLINES = frozenset({SegmentKind.TITLE, SegmentKind.STANDFIRST, SegmentKind.HEADING})
_FURTHEST = 60
_LONGEST = 4000


class Line:
    """One sentence as words: ``forms`` in lower case with straight apostrophes, each with its place in the text."""

    __slots__ = ("_begins", "_lowered", "forms", "span")

    def __init__(self, lowered: str, span: Span) -> None:
        self.span = span
        self.forms: list[str] = _WORD.findall(lowered, span.begins, span.ends)
        self._lowered = lowered
        self._begins: Sequence[int] = ()  # found when first asked for: most sentences tell of no deed

    def at(self, first: int, after: int) -> Span:
        """The span of words ``first`` to ``after`` (excluded)."""
        begins, last = self._begins or self._found(), max(first, after - 1)
        return Span(begins[first], begins[last] + len(self.forms[last]))

    def word_at(self, offset: int) -> int:
        """The first word that begins at ``offset`` or later."""
        return bisect_left(self._begins or self._found(), offset)

    def _found(self) -> Sequence[int]:
        """Where the words begin: nothing but space is between them, so that each is the next of its letters."""
        at, find, begins = self.span.begins, self._lowered.find, []
        for form in self.forms:
            at = find(form, at)
            begins.append(at)
            at += len(form)
        self._begins = begins
        return begins

    @property
    def is_question(self) -> bool:
        return "?" in self.forms[-3:]

    def clause_begins(self, verb: int) -> int:
        """The first word of the clause whose verb group begins at ``verb``: its subject, not what leads up to it."""
        first = verb
        while first > max(0, verb - _FURTHEST):
            before = self.forms[first - 1]
            if before in _HARD or before in _CUTS_BEFORE or before in "?!":
                break
            if before in _RELATIVE and BE.isdisjoint(self.forms[first:verb]) and not self._is_closed(first, verb):
                break
            first -= 1
        return self._past_openers(first, verb)

    def _is_closed(self, first: int, verb: int) -> bool:
        """Whether the relative clause from ``first`` ends at a comma before ``verb``: "X, who did it, was …"."""
        between = self.forms[first:verb]
        return "," in between and tells(between[: between.index(",")])

    def _past_openers(self, first: int, verb: int) -> int:
        if verb and self.forms[verb - 1] == ",":
            return first
        commas = [place for place in range(first, verb) if self.forms[place] == ","]
        while commas and self.forms[first] in _OPENERS:
            first = commas.pop(0) + 1
        for comma in reversed(commas):  # a clause before this one, unless the comma belongs to a list or a parenthesis
            after = self.forms[comma + 1]
            if after in _RELATIVE and self._is_closed(comma + 2, verb):
                continue
            if after in _CUT_AFTER_COMMA or (after in _AND and comma + 2 < verb and tells(self.forms[first:comma])):
                return comma + 2
        return first

    def clause_ends(self, verb: int) -> int:
        """The word after the clause of ``verb``: before the next clause, or the end of the sentence."""
        last = len(self.forms)
        for place in range(verb + 1, last):
            form = self.forms[place]
            if form in ";:—":
                return place
            if form == "," and place + 1 < last and self._ends_at(place):
                return place
            if form in '"”' and self.forms[place - 1] in ",?!.":  # the quotation ends, its speaker follows
                return place - 1
        while last > verb + 1 and self.forms[last - 1] in '.?!”"':
            last -= 1
        return last

    def _ends_at(self, comma: int) -> bool:
        after = self.forms[comma + 1]
        if after in _CUT_AFTER_COMMA:
            return self.forms[comma + 2 : comma + 3] != ["possible"]  # "where possible, …"
        ahead = self.forms[comma + 2 : comma + 2 + _SUBJECT_IS_SHORT]
        if after in _PRONOUNS and not _FINITE.isdisjoint(ahead[:1]):
            return True  # two sentences with a comma between them: "we did it, you had it"
        if after not in _AND:
            return False
        if not _SAYS_TOO.isdisjoint(ahead[:1]):
            return True
        if "," in ahead:
            ahead = ahead[: ahead.index(",")]
        if ahead and ahead[0].partition("'")[0] in _PRONOUNS:
            return True
        return not tells(ahead[:1]) and tells(ahead[1:])


def tells(forms: Sequence[str]) -> bool:
    """Whether a verb that tells (``was``, ``said``, ``issued``) is among the words."""
    before = ""
    for form in forms:
        if form in _FINITE or (form.endswith("ed") and form not in _NO_VERBS and before not in _ARTICLES):
            return True
        before = form
    return False


class Sheet:
    """A page made ready for its readers of deeds: the text in lower case, place for place, and the names by place."""

    __slots__ = ("_lines", "_starts", "lowered", "page", "turns")

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lowered = lowered(page.text)
        self.turns = sorted(part.span.begins for part in page.segments if part.kind is SegmentKind.TURN)
        self._starts = [mention.span.begins for mention in page.mentions]
        self._lines = tuple(self._read_lines())

    def lines(self) -> Sequence[tuple[Sentence, Line]]:
        """The sentences as words. One without end (a table, a list without stops) is read in pieces."""
        return self._lines

    def _read_lines(self) -> Iterator[tuple[Sentence, Line]]:
        for sentence in self.page.sentences:
            for span in _pieces(sentence.span):
                line = Line(self.lowered, span)
                if line.forms:
                    yield sentence, line

    def is_headline(self, sentence: Sentence) -> bool:
        return any(part.kind in _HEADLINES for part in self.page.around(sentence.segment))

    def names(self, within: Span) -> Sequence[Mention]:
        begins = bisect_left(self._starts, within.begins)
        return self.page.mentions[begins : bisect_left(self._starts, within.ends, begins)]

    def first_names(self, within: Span) -> list[Mention]:
        """The first name there and those joined to it ("Exampleland and the EU")."""
        found: list[Mention] = []
        for mention in self.names(within):
            if found:
                between = self.lowered[found[-1].span.ends : mention.span.begins]
                words = _WORD.findall(between)
                if words == ["in"] or not _JOINS.issuperset(words):  # "in partnership with", not "its embassy in"
                    break
            found.append(mention)
        return found


def _pieces(span: Span) -> Sequence[Span]:
    if len(span) <= _LONGEST:
        return (span,)
    return [Span(begins, min(begins + _LONGEST, span.ends)) for begins in range(span.begins, span.ends, _LONGEST)]


@lru_cache(maxsize=1)
def sheet_of(page: Page) -> Sheet:
    """The page made ready, once for all the readers of deeds."""
    return Sheet(page)


def lowered(text: str) -> str:
    """``text`` in lower case with straight apostrophes and as long as it was, so that places stay the same."""
    low = text.lower()
    if len(low) != len(text):  # a few capitals become two letters
        low = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    return low.replace("’", "'")


def acting(mentions: Iterable[Mention]) -> tuple[Party, ...]:
    """The parties that act by those names: a state, its people or its capital act as its government."""
    parties: dict[str, Party] = {}
    for mention in mentions:
        if mention.kind in _ACTS:
            canonical = mention.canonical
            if mention.kind in (EntityKind.STATE, EntityKind.DEMONYM, EntityKind.CAPITAL) and mention.state:
                canonical = f"gov:{mention.state}"
            parties.setdefault(canonical, Party(canonical=canonical, span=mention.span))
    return tuple(parties.values())


def acted_upon(mentions: Iterable[Mention]) -> tuple[Party, ...]:
    """The parties that those names stand for, as they are named."""
    parties: dict[str, Party] = {}
    for mention in mentions:
        parties.setdefault(mention.canonical, Party(canonical=mention.canonical, span=mention.span))
    return tuple(parties.values())
