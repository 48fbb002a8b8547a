"""Names that mean somebody: states, demonyms, capitals, organs, agencies, blocs, companies, threat actors."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from tocsin.record._names import Alias, EntityKind, Meaning, read_aliases, read_names, version
from tocsin.record.spans import Span, View
from tocsin.record.words import Words, words_of

__all__ = ["Alias", "EntityKind", "Gazetteer", "Meaning", "Mention", "load_gazetteer"]

WORD = re.compile(r"\w+")
GAP = re.compile(r"\s\s+")  # the same as two and more, and found faster: the first sign is one of a set
NUMBERED = re.compile(
    r"APT[- ]?\d{1,3}(?!\w)|FIN\d{1,4}(?!\w)|UNC\d{1,4}(?!\w)|TA\d{1,4}(?!\w)|DEV-\d{2,4}(?!\w)|Storm-\d{2,4}(?!\w)"
    r"|TAG-\d{2,4}(?!\w)"
)
"""Names that vendors give by number: one more of a known series is an actor, listed or not.

Every way begins with a letter of its own, for which a text is searched fast; that no word goes on there is asked after.
"""

ALIKE = {
    "\n": " ",
    "\r": " ",
    "\t": " ",
    "\xa0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "’": "'",
    "ʼ": "'",
    "‐": "-",
    "‑": "-",
}
"""Signs read as another one of the same width."""

PLACES = frozenset({EntityKind.STATE, EntityKind.DEMONYM, EntityKind.CAPITAL, EntityKind.BLOC, EntityKind.HEAD})
BODIES = frozenset({EntityKind.GOVERNMENT, EntityKind.ORGAN, EntityKind.AGENCY, EntityKind.ROLE, EntityKind.HEAD})
HAS = frozenset({" ", "'s ", "' "})
OF = frozenset({" of ", " of the "})
IN = " in "
JOINTS = HAS | OF | {IN}
RULERS = frozenset({EntityKind.GOVERNMENT})
PLAIN = frozenset(
    "A After Although And As At Because Before But By For From How If In Is It Like Of On Or Since So That The Then"
    " This To Under Was When Where While Why With".split()
)
"""Words whose capital letter tells nothing of the name after them."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at a place: ``canonical`` as in ``segments.Party``, ``state`` the ISO 3166 code it belongs to, if any.

    An actor's ``state`` is where the sources of its names place it: no claim of the text.
    """

    span: Span
    canonical: str
    kind: EntityKind
    state: str | None


class _Hit(NamedTuple):
    begins: int
    ends: int
    meanings: Sequence[Meaning]


class Gazetteer:
    """The names by which everybody is known, in one version. A name without a meaning hides those inside it.

    ``mentions`` gives the names in ``text`` in order, none inside another (the longest wins). A name ends at a hyphen
    (``Kremlin`` in ``Kremlin-linked``) and before a possessive (``China`` in ``China's``); a line break counts as a
    space. An office is one name with the state beside it (``Russia's foreign ministry``, ``government of Japan``).
    """

    def __init__(self, version: str, names: Mapping[str, Sequence[Meaning]], aliases: Sequence[Alias] = ()) -> None:
        self.version = version
        self._names = names
        self._aliases = tuple(aliases)
        lengths: dict[str, set[int]] = {}
        for name in names:
            first = WORD.match(name)
            if first is None:
                raise ValueError(f"the name {name!r} does not begin with a letter or a digit")
            lengths.setdefault(first.group(), set()).add(len(name))
        self._lengths = {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}

    def mentions(self, text: str) -> tuple[Mention, ...]:
        view = _evened(text)
        flat = view.text
        hits = self._hits(flat, words_of(flat if view.removed else text))  # else every word stands at its old place
        found, at = [], 0
        while at < len(hits):
            both = at + 1 < len(hits) and _joined(flat, hits[at], hits[at + 1])
            if both and _is_broken(text, view, hits[at], hits[at + 1]):
                both = None
            one = both or _by_itself(hits[at])
            if one:
                found.append(one if not view.removed else _moved(one, view))
            at += 2 if both else 1
        return tuple(found)

    def actor_names(self) -> tuple[Alias, ...]:
        """What each source says of the names of threat actors, whether they are read in texts or not."""
        return self._aliases

    def _hits(self, flat: str, words: Words) -> list[_Hit]:
        names, lengths, end = self._names, self._lengths, 0
        hits = []
        for begins, first in words.among(lengths):
            for length in lengths[first] if begins >= end else ():
                ends = begins + length
                meanings = names.get(flat[begins:ends])
                if meanings is None or not _ends_there(flat, ends):
                    continue
                if meanings and meanings[0].shy and self._is_part_of_another(flat, begins, ends):
                    continue
                hits.append(_Hit(begins, ends, meanings))
                end = ends
                break
        return _with_numbered(flat, hits)

    def _is_part_of_another(self, flat: str, begins: int, ends: int) -> bool:
        """Whether a word with a capital letter stands right before it (in the sentence), or after it and is unknown."""
        after = WORD.match(flat, ends + 1) if flat[ends : ends + 1] == " " else None
        if after and after.group()[0].isupper() and after.group() not in self._lengths:
            return True
        if flat[begins - 1 : begins] != " ":
            return False
        word = re.search(r"\w{1,40}\Z", flat[max(0, begins - 41) : begins - 1])
        if word is None or not word.group()[0].isupper() or word.group() in PLAIN:
            return False
        before = flat[max(0, begins - 3 - len(word.group())) : begins - 1 - len(word.group())]
        return before[-1:] == " " and before[:1] not in ".!?: "


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer that ships with tocsin."""
    return Gazetteer(version(), read_names(), read_aliases())


def _evened(text: str) -> View:
    """The text with every kind of space, apostrophe and hyphen alike, and one space for a broken line's indent."""
    wide = [gap.span() for gap in GAP.finditer(text)]
    removed = [Span(begins + 1, ends) for begins, ends in wide if text.count("\n", begins, ends) < 2]
    for sign, like in ALIKE.items():
        text = text.replace(sign, like)
    return View(text, removed)


def _ends_there(flat: str, at: int) -> bool:
    return at == len(flat) or (at < len(flat) and not (flat[at].isalnum() or flat[at] == "_"))


def _with_numbered(flat: str, hits: list[_Hit]) -> list[_Hit]:
    more = []
    for match in NUMBERED.finditer(flat):
        after = bisect_left(hits, match.end(), key=attrgetter("begins"))
        begins = match.start()
        if begins and (flat[begins - 1].isalnum() or flat[begins - 1] == "_"):
            continue
        if after == 0 or hits[after - 1].ends <= begins:
            name = match.group().lower()
            canonical = re.sub("[- ]", "", name) if name.startswith("apt") else name
            more.append(_Hit(begins, match.end(), (Meaning(f"actor:{canonical}", EntityKind.ACTOR),)))
    return sorted([*hits, *more], key=attrgetter("begins")) if more else hits


def _by_itself(hit: _Hit) -> Mention | None:
    for meaning in hit.meanings:
        if meaning.alone:
            return Mention(Span(hit.begins, hit.ends), meaning.by_itself, meaning.kind, meaning.state)
    return None


def _joined(flat: str, left: _Hit, right: _Hit) -> Mention | None:
    """Both as one name: a state and its office or organ, or the other way round with "of"."""
    gap = flat[left.ends : right.begins]
    if gap not in JOINTS or not (left.meanings and right.meanings):
        return None
    if gap in HAS:
        place, body = left.meanings[0], right.meanings
    else:
        place, body = right.meanings[0], left.meanings
    kinds = _kinds_beside(place.kind, gap)
    for meaning in body:
        canonical = meaning.beside(place.state or place.canonical.removeprefix("org:"), place.state)
        if canonical and meaning.kind in kinds:
            return Mention(Span(left.begins, right.ends), canonical, meaning.kind, place.state)
    return None


def _kinds_beside(place: EntityKind, gap: str) -> frozenset[EntityKind]:
    """What a place of that kind makes one name with, across those words."""
    if gap == IN:
        return RULERS if place in (EntityKind.STATE, EntityKind.CAPITAL) else frozenset()
    if gap in OF:
        return BODIES if place is EntityKind.STATE else frozenset()
    if place in (EntityKind.CAPITAL, EntityKind.HEAD) and gap == " ":
        return BODIES - {EntityKind.AGENCY}  # "the Moscow embassy" is another state's
    return BODIES if place in PLACES else frozenset()


def _is_broken(text: str, view: View, left: _Hit, right: _Hit) -> bool:
    """Whether a heading may end between the two: a line ends there, after no adjective and before a capital letter."""
    gap = view.original(Span(left.ends, right.begins)).of(text)
    may_end = left.meanings[0].kind is not EntityKind.DEMONYM and view.text[right.begins].isupper()
    return may_end and "\n" in gap and gap.isspace()


def _moved(mention: Mention, view: View) -> Mention:
    return Mention(view.original(mention.span), mention.canonical, mention.kind, mention.state)
