"""Who bears a name or holds an office: persons by full and short names, bodies, and whom the text says is what."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from tocsin.record.gazetteer import Mention
from tocsin.record.reading._holders import read_holders
from tocsin.record.reading._named_before import PLAIN_NAME
from tocsin.record.reading._party_words import (
    NO_FIRST_NAME,
    OFFICE,
    OWNED_NAME,
    SHORT_NAME,
    SPOKES,
    STATELESS,
    TITLE_AND_NAME,
)
from tocsin.record.reading.speakers import ORGANISATIONAL, Names, office_before, slug
from tocsin.record.segments import Party
from tocsin.record.spans import Span

_FURTHEST_BACK = 20_000


class Bearers:
    """The names and offices met so far in a text, each with its bearer."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._mentions = mentions
        self._begins = [mention.span.begins for mention in mentions]
        self._names = Names()
        self._in_office: dict[str, str] = {}
        self._holders = read_holders(text, mentions)

    def remember(self, name: str) -> None:
        """Keeps a full name for its short forms to come."""
        self._names.canonical(name)

    def introduces(self, name: Span, office: Span) -> bool:
        """Whether ``office`` is said to be held by the person named; it means that person from there on."""
        words, held = name.of(self._text), self._office(office)
        if held is None or not PLAIN_NAME.fullmatch(words) or ORGANISATIONAL.search(words) or self._within(name):
            return False
        self.holds(self.by_name(words, name).canonical, held)
        return True

    def holds(self, holder: str, office: str) -> None:
        """From here on, the office and its last word (``the minister``) mean the person."""
        self._in_office[office] = self._in_office[office.rpartition("-")[2]] = holder

    def of_office(self, party: Party) -> Party:
        """The person said to hold an office, else the office."""
        if (holder := self._holders.get(party.canonical)) and party.span:
            return Party(canonical=holder, span=party.span)
        held = self._office(party.span) if party.span and STATELESS.match(party.canonical) else None
        if held and party.canonical.partition(":")[2] not in (held, SPOKES.sub("spokesperson", held)):
            self._in_office.pop(held.rpartition("-")[2], None)  # another one's: from here on it is that one
            return party
        known = self._in_office.get(held) if held else None
        return Party(canonical=known, span=party.span) if known else party

    def by_name(self, name: str, span: Span) -> Party:
        """The person or body of a name, which is remembered."""
        name = name.removesuffix("’s").removesuffix("'s")
        is_titled = TITLE_AND_NAME.match(name) is not None
        plain = name.removeprefix("The ").removeprefix("the ")
        if not is_titled and office_before(plain) is None and self._is_bodys(name, plain, span):
            return Party(canonical=f"org:{slug(plain)}", span=span)
        if held := office_before(plain):
            name = plain
            self.holds(self._names.canonical(name), held)
        if owned := OWNED_NAME.match(name):
            name = name[owned.end() :]
        known = self._names.known(name) or self._named_in_full(name, span.begins)
        if not is_titled and " " not in name and known is None:
            return Party(canonical=f"org:{slug(name)}", span=span)
        return Party(canonical=known or self._names.canonical(name), span=span)

    def _office(self, span: Span) -> str | None:
        """The office that a noun phrase names, without whose it is: ``foreign-minister``."""
        found = OFFICE.search(span.of(self._text))
        return slug(found.group()) if found else None

    def _named_in_full(self, name: str, at: int) -> str | None:
        """The person whose full name stands before a surname (``Ms Example``), though they have not spoken."""
        surname = name.rpartition(" ")[2]
        if not SHORT_NAME.fullmatch(name):
            return None
        begins = max(0, at - _FURTHEST_BACK)
        first = self._text.find(f" {surname}", begins, at)
        if first < 0:
            return None
        named = re.compile(rf"\b([A-Z][\w’'-]+) {re.escape(surname)}\b")
        for full in named.finditer(self._text, max(begins, self._text.rfind(" ", begins, first) + 1), at):
            known = self._within(Span(*full.span()))
            if not NO_FIRST_NAME.match(full[1]) and all(one.canonical.startswith("person:") for one in known):
                return self._names.canonical(full.group())
        return None

    def _is_bodys(self, name: str, plain: str, span: Span) -> bool:
        """Whether a plain name is of a body: by a word in it, an article before it or a "which" after it."""
        has_article = plain != name or self._text[max(0, span.begins - 4) : span.begins].lower() == "the "
        if has_article or ORGANISATIONAL.search(plain) or plain.isupper():
            return True
        return self._text.startswith(", which", span.begins + len(name))

    def _within(self, span: Span) -> list[Mention]:
        found = self._mentions[bisect_left(self._begins, span.begins) : bisect_left(self._begins, span.ends)]
        return [mention for mention in found if mention.span.ends <= span.ends]
