"""Whose voice a document is where nobody else speaks: its publisher, or the government that a statement is of."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from tocsin.record.document import Genre, Origin
from tocsin.record.gazetteer import EntityKind
from tocsin.record.reading.genres import guess_genre
from tocsin.record.reading.page import Page
from tocsin.record.segments import Party

_OFFICIAL = frozenset((Genre.STATEMENT, Genre.ADVISORY))
_SPEAKING = frozenset((EntityKind.AGENCY, EntityKind.ROLE, EntityKind.BLOC))


@lru_cache(maxsize=1)
def own_voice(page: Page) -> tuple[Party, ...]:
    """The publisher as the outermost speaker; nobody where the document does not tell.

    A government's statement seldom says whose it is: it is of the government whose agencies and offices it names most,
    or of the bloc that it names oftener than any of them. Both are marked as inferred.
    """
    if page.document.publisher is not None:
        slug = "-".join(page.document.publisher.lower().split())
        return (Party(canonical=f"org:{slug}", origin=Origin.METADATA),)
    genre = page.document.genre if page.document.genre is not Genre.OTHER else guess_genre(page.text)
    if genre not in _OFFICIAL:
        return ()
    speaking = Counter(
        mention.canonical if mention.kind is EntityKind.BLOC else f"gov:{mention.state}"
        for mention in page.mentions
        if mention.kind in _SPEAKING and (mention.state or mention.kind is EntityKind.BLOC)
    )
    return tuple(Party(canonical=canonical, origin=Origin.INFERRED) for canonical, _ in speaking.most_common(1))
