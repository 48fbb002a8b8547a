"""Those whom a document itself introduces: groups by their name, and the people and firms that it charges or lists.

They are known in the whole text as if the gazetteer had them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.spans import Span
from tocsin.record.words import words_of

_BAND = re.compile(
    r"\b(?:groups?|gangs?|crews?|collectives?|outfits?|clusters?|intrusion sets?|actors?|teams?|cartels?|syndicates?)\b"
)
_NAME = r"(?:the )?[“\"‘']?([A-Z]\w*(?:[ -](?:of |the |of the )?[A-Z0-9]\w*){0,3})"
_WHO = r"(?:it|they|researchers|analysts|others|(?:the )?[A-Z][\w’'&-]*(?: [A-Z][\w’'&-]*){0,2})"
_ASIDE = r"(?: \w+ly| (?:by|under|in) (?:the )?[\w’'&-]+(?: [\w’'&-]+){0,2}?)"
_CALLED = re.compile(
    r",?(?: (?:that|which|who|is|are|was|were|has|have|been|also|\w+ly)){0,4}"
    rf"(?: (?:known|tracked|identified|referred to|designated|described|labelled){_ASIDE}{{0,2}} as {_NAME}"
    rf"| (?:known|operating) under the names? {_NAME}"
    rf"| (?:dubbed|called|named|codenamed|nicknamed|styled|(?:calling|styling|naming) (?:itself|themselves)) {_NAME}"
    rf"| {_WHO}(?: has| have)? (?:calls?|called|tracks?|tracked|dubs?|dubbed|names?|labels?)(?: as)? {_NAME})"
)
_BEFORE = re.compile(
    rf"{_NAME}[”\"’']?(?:, | \(| is | was |, which is )(?:an?|the) (?:[\w-]+ ){{0,4}}"
    r"(?:hack\w+|ransomware|cyber(?!-?security|-?defen[cs]e)\w*|(?:cyber-)?espionage|extortion|threat) \Z"
)
_FURTHEST = 110
_CHARGED = r"charged|indicted|sanctioned|designated|listed|wanted"
_LISTS = re.compile(
    rf"\b(?:{_CHARGED}|charging|charges|indicting|indictment|sanctioning|sanctions|designating|designates"
    r"|restrictive measures|asset freezes?)\b"
)
_IS_CHARGED = re.compile(rf"[^.;\n]{{0,120}}\b(?:was|were|is|are|been) (?:\w+ )?(?:{_CHARGED})\b")
_PLAIN_WORDS = r"(?:(?!in |of |at |the |for |with |who )[\w-]+ )"
_TRADE = (
    "officers?|employees?|contractors?|operatives?|hackers?|nationals?|commanders?|developers?|administrators?|actors?"
)
_PERSON = re.compile(
    r"\b([A-Z][\w'’-]+(?: (?:al-|el-|bin |von |van |de )?[A-Z][\w'’-]+){1,3})(?: \([^()]{1,60}\))?(?:,| is)"
    r"(?: (?:aged )?\d\d\b"
    r"| who,? (?:as|is|are|was|were) (?:an? )?(?:members?|officers?|believed|wanted|charged|said|alleged)\b"
    r"| (?:a\.?k\.?a|alias|also known as)\b"
    r"| (?:an? |the )?members? of (?:the )?(?:group|gang|crew|unit|APT)"
    rf"| (?:an? |the )?{_PLAIN_WORDS}{{0,3}}?(?:{_TRADE})\b)"
)
_FIRM = re.compile(
    r"\b([A-Z][\w'’-]*(?: (?:and |of )?[A-Z][\w'’-]*){1,5}(?: \([A-Z]\w+\))?(?: Co\.?,? Ltd\.?| LLC| Inc\.?)?)"
    rf"(?: \([^()]{{2,40}}\))?,? (?:an?|which|that|is an?) {_PLAIN_WORDS}{{0,4}}?"
    r"(?:company|firm|front|institute|contractor|enterprise|provid\w+|serv\w+|suppl\w+|sold|sells)\b"
)
_SHORT = re.compile(r" \([“\"]?([A-Z][\w'’ -]{2,40})[”\"]?\)")
_WINDOW = 300
_NO_NAMES = frozenset(
    "the a an it they he she we this that these those in on at as but and some one two three security microsoft google"
    " mandiant crowdstrike ministers officials researchers president sir lord".split()
)
_WORD = re.compile(r"\w+")
_SHORTEST = 3
_SHORTEST_LAST = 4
_MONTHS = frozenset("january february march april may june july august september october november december".split())


def with_introduced(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions in order, and with them every place of a name that the text gives to a group of attackers.

    ``a gang calling itself Example Sparrow`` and ``Example Sparrow, a ransomware group`` make ``Example Sparrow`` an
    actor in the whole text. What the gazetteer knows stays what it is.
    """
    names = _names(text, mentions)
    if not names:
        return mentions
    begins = [mention.span.begins for mention in mentions]
    more = []
    for place in _places(text, names):
        at = bisect_left(begins, place.ends)
        if at == 0 or mentions[at - 1].span.ends <= place.begins:
            more.append(Mention(place, names[place.of(text)], EntityKind.ACTOR, None))
    return tuple(sorted((*mentions, *more), key=lambda mention: mention.span.begins))


def _places(text: str, names: Mapping[str, str]) -> Iterator[Span]:
    """Where the names stand as whole words, the longest first, none inside another."""
    lengths: dict[str, set[int]] = {}
    for name in names:
        first = _WORD.match(name)
        if first is not None:
            lengths.setdefault(first.group(), set()).add(len(name))
    longest_first = {word: sorted(found, reverse=True) for word, found in lengths.items()}
    done = 0
    for at, word in words_of(text).among(longest_first):
        for length in longest_first[word] if at >= done else ():
            ends = at + length
            if text[at:ends] in names and not _WORD.match(text, ends):
                yield Span(at, ends)
                done = ends
                break


def _names(text: str, mentions: Sequence[Mention]) -> dict[str, str]:
    """What each name stands for that is introduced: one listed also by its short form, a person by the last name."""
    known = [mention.span for mention in mentions]
    begins = [span.begins for span in known]
    found: dict[str, str] = {}
    for kind, name in (*_introduced(text), *_listed(text)):
        at = bisect_left(begins, name.ends)
        is_known = at > 0 and known[at - 1].ends > name.begins
        words = name.of(text)
        if not is_known and len(words) >= _SHORTEST and words.split()[0].lower() not in _NO_NAMES:
            canonical = f"{kind}:{'-'.join(_WORD.findall(words.lower()))}"
            found.setdefault(words, canonical)
            short = _SHORT.match(text, name.ends)
            if short is not None and short[1] in words:
                found.setdefault(short[1], canonical)
            elif kind == "person" and _is_no_word(last := words.split()[-1], text):
                found.setdefault(last, canonical)
    return found


def _is_no_word(last: str, text: str) -> bool:
    """Whether a last name can be told from a word: "May" and what stands in small letters in the text cannot."""
    lower = last.lower()
    if len(last) < _SHORTEST_LAST or lower in _MONTHS:
        return False
    return not words_of(text).has(lower)


def _introduced(text: str) -> Iterator[tuple[str, Span]]:
    for band in _BAND.finditer(text):
        called = _CALLED.match(text, band.end())
        before = _BEFORE.search(text[max(0, band.start() - _FURTHEST) : band.start()])
        if called is not None and called.lastindex is not None:
            yield "actor", Span(*called.span(called.lastindex))
        elif before is not None:
            ends = max(0, band.start() - _FURTHEST)
            yield "actor", Span(ends + before.start(1), ends + before.end(1))


def _listed(text: str) -> Iterator[tuple[str, Span]]:
    """The persons and firms that follow a word of charging or listing, and persons of whom it is said after them."""
    done = 0
    for word in _LISTS.finditer(text):
        paragraph = text.find("\n\n", word.end(), word.end() + _WINDOW)
        ends = paragraph if paragraph >= 0 else min(len(text), word.end() + _WINDOW)
        for kind, pattern in (("person", _PERSON), ("org", _FIRM)):
            for found in pattern.finditer(text, max(done, word.end()), ends):
                yield kind, Span(*found.span(1))
        for found in _PERSON.finditer(text, max(done, word.start() - _WINDOW), word.start()):
            if _IS_CHARGED.match(text, found.end()):
                yield "person", Span(*found.span(1))
        done = word.end()
