"""Names that mean somebody: states, demonyms, capitals, organs, agencies, blocs, companies, threat actors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tocsin.record.spans import Span


class EntityKind(StrEnum):
    """What a name stands for.

    ``CAPITAL`` is a seat that stands for its government (Beijing, the Kremlin, Downing Street), ``HEAD`` a head of
    state or government, ``ORGAN`` an armed or secret service or ministry that may be accused, ``AGENCY`` a public body
    that speaks or advises, ``ROLE`` an office (the foreign secretary).
    """

    STATE = "state"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    GOVERNMENT = "government"
    HEAD = "head"
    ORGAN = "organ"
    AGENCY = "agency"
    ROLE = "role"
    BLOC = "bloc"
    COMPANY = "company"
    ACTOR = "actor"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at a place: ``canonical`` as in ``segments.Party``, ``state`` the ISO 3166 code it belongs to, if any."""

    span: Span
    canonical: str
    kind: EntityKind
    state: str | None


class Gazetteer:
    """The names by which everybody is known, in one version.

    ``mentions`` gives the names in ``text`` in order, none inside another (the longest wins). A name ends at a hyphen
    (``Kremlin`` in ``Kremlin-linked``) and before a possessive (``China`` in ``China's``).
    """

    def __init__(self, version: str, names: Mapping[str, tuple[str, EntityKind, str | None]]) -> None:
        self.version = version
        self._names = dict(names)
        longest_first = sorted(map(re.escape, self._names), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")

    def mentions(self, text: str) -> tuple[Mention, ...]:
        found = []
        for match in self._pattern.finditer(text):
            canonical, kind, state = self._names[match.group()]
            found.append(Mention(Span(match.start(), match.end()), canonical, kind, state))
        return tuple(found)


def load_gazetteer() -> Gazetteer:
    """The gazetteer that ships with tocsin."""
    names: dict[str, tuple[str, EntityKind, str | None]] = {}
    for code, words in {
        "CN": "China Chinese Beijing",
        "RU": "Russia Russian Moscow",
        "GB": "UK British London",
    }.items():
        for word, kind in zip(words.split(), (EntityKind.STATE, EntityKind.DEMONYM, EntityKind.CAPITAL), strict=True):
            names[word] = (f"gov:{code}" if kind is EntityKind.CAPITAL else f"state:{code}", kind, code)
    names["MSS"] = ("organ:CN-MSS", EntityKind.ORGAN, "CN")
    names["Hafnium"] = ("actor:hafnium", EntityKind.ACTOR, "CN")
    names["Microsoft"] = ("org:microsoft", EntityKind.COMPANY, None)
    names["the EU"] = ("org:EU", EntityKind.BLOC, None)
    return Gazetteer("interim", names)
