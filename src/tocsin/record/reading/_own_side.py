"""Whom "we" and "the Government" stand for: whoever speaks there, or the government that the document is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import lru_cache

from tocsin.record.document import Genre, Origin
from tocsin.record.gazetteer import EntityKind
from tocsin.record.reading.genres import guess_genre
from tocsin.record.reading.page import Page
from tocsin.record.reading.voice import own_voice
from tocsin.record.segments import Party
from tocsin.record.spans import Span

_SELF = frozenset("i we i'm we're i've we've we'll i'll".split())
_GOVERNMENT = frozenset("government ministers minister".split())
_FOR_A_STATE = frozenset((Genre.DEBATE, Genre.BRIEFING))
_BODIES = frozenset((EntityKind.AGENCY, EntityKind.ROLE))
_OF_FOREIGN_AFFAIRS = ("foreign ministry", "ministry of foreign affairs")
_OPENING = 500


def own_side(page: Page, within: Span, subject: Collection[str]) -> tuple[Party, ...]:
    """Who acts where ``subject``, in lower case, is "we" or "the Government"; nobody for any other subject.

    In a debate and at a briefing those who answer speak for their government.
    """
    is_self = not _SELF.isdisjoint(subject)
    if not is_self and _GOVERNMENT.isdisjoint(subject):
        return ()
    chain = page.chain(page.innermost(within)) if is_self else ()
    if chain and not (_genre(page) in _FOR_A_STATE and chain[-1].canonical.startswith(("person:", "role:"))):
        return chain[-1:]
    return _home(page) or chain[-1:]


@lru_cache(maxsize=1)
def _home(page: Page) -> tuple[Party, ...]:
    """The government that a document is of, marked as inferred; nobody where two are as likely.

    A debate and a briefing name the agencies of their own state most; a foreign ministry names the state itself.
    """
    genre = _genre(page)
    if genre not in _FOR_A_STATE:
        return own_voice(page)
    opening = page.text[:_OPENING].lower()
    kinds = {EntityKind.STATE} if any(words in opening for words in _OF_FOREIGN_AFFAIRS) else _BODIES
    named = Counter(mention.state for mention in page.mentions if mention.kind in kinds and mention.state).most_common(
        2
    )
    if not named or (len(named) > 1 and named[0][1] == named[1][1]):
        return ()
    return (Party(canonical=f"gov:{named[0][0]}", origin=Origin.INFERRED),)


def _genre(page: Page) -> Genre:
    return page.document.genre if page.document.genre is not Genre.OTHER else guess_genre(page.text)
