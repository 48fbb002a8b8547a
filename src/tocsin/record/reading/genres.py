"""The genre of a document, guessed from marks that only one kind of document bears."""

from __future__ import annotations

import re
from functools import lru_cache

from tocsin.record.document import Genre

_LOOKED_AT = 8_000
_LEAST = 3

_MARKS: tuple[tuple[Genre, int, re.Pattern[str]], ...] = tuple(
    (genre, weight, re.compile(pattern, re.MULTILINE))
    for genre, weight, pattern in (
        (Genre.DEBATE, 2, r"^[“\"]?My Lords,|^[“\"]?(?:Mr|Madam)\.? (?:Deputy )?(?:Speaker|President),|\bHansard\b"),
        (Genre.DEBATE, 2, r"\b(?:right )?hon\. (?:Friend|Lady|Gentleman|Member)|\bnoble (?:Lord|Baroness|friend|Earl)"),
        (Genre.DEBATE, 3, r"debated on |Congressional Record|^Volume \d+|\bOral Answers to Questions|\(Con\)|\(Lab\)"),
        (Genre.DEBATE, 1, r"^(?:The |Mr\. |Ms\. |Mrs\. |Senator |Mr |Ms )[A-Z][A-Z’'-]{2,20}(?: of \w{3,20})?[.:] "),
        (Genre.BRIEFING, 2, r"^(?:Q|QUESTION|Question)[.:]? +[A-Z“\"]"),
        (Genre.BRIEFING, 2, r"^(?:MR|MS|MRS|DR|SECRETARY|AMBASSADOR|SPOKESPERSON|THE PRESS SECRETARY)\b[^:\n]{0,30}: "),
        (Genre.BRIEFING, 3, r"(?:Regular|Daily|Weekly) Press (?:Conference|Briefing)|Department Press Briefing"),
        (Genre.BRIEFING, 2, r"^(?:AFP|AP|BBC|CNN|Bloomberg|Reuters|NHK|CCTV|Spokesperson|Moderator): "),
        (Genre.ADVISORY, 2, r"\bCVE-\d{4}-\d{4,7}|\bTLP:|\bIndicators? of [Cc]ompromise|\bMITRE ATT&CK|\bSHA-?256\b"),
        (
            Genre.ADVISORY,
            2,
            r"^(?:\d+\.? )?(?:Mitigations?|Technical [Dd]etails|Affected (?:[Pp]roducts|[Vv]ersions))\s*$",
        ),
        (Genre.ADVISORY, 2, r"\b(?:[Jj]oint )?[Cc]yber ?[Ss]ecurity [Aa]dvisory\b|^Alert \(|^Executive [Ss]ummary"),
        (Genre.STATEMENT, 3, r"(?i:for immediate release|fact sheet:|^press release|notes to editors|^ends$)"),
        (Genre.STATEMENT, 3, r"^(?:Joint )?(?:Press )?(?:Statement|Declaration|Communiqué) (?:by|of|from|on)\b"),
        (Genre.STATEMENT, 2, r"\b[Ww]e (?:strongly )?(?:condemn|call (?:up)?on|stand with|urge|welcome|reaffirm)\b"),
        (
            Genre.STATEMENT,
            2,
            r"^(?:Office of|Ministry of|Department of|Foreign, Commonwealth|Embassy of)\b[^.\n]{0,80}$",
        ),
        (
            Genre.STATEMENT,
            1,
            r"\b(?:The United States|The UK|The Government|The European Union)[^.\n]{0,60}\b(?:our|we)\b",
        ),
        (Genre.STATEMENT, 1, r"\b[Ww]e (?:will|have|are|remain|continue)\b"),
        (Genre.STATEMENT, 1, r"\b[Oo]ur (?:allies|partners|citizens|commitment|assessment|national)\b"),
        (
            Genre.NEWS,
            3,
            r"This article is more than|Photograph:|First published on|Most viewed|Getty Images|\(Reuters\)",
        ),
        (Genre.NEWS, 2, r"^By [A-Z]\w+ [A-Z]\w+|Sign up (?:to|for)|\bSubscribe\b|^Read more|^Topics$|^Advertisement$"),
        (Genre.NEWS, 1, r"[”\"’,] (?:he|she|they) (?:said|added|told)|\btold (?:reporters|the \w+)|,? [A-Z]\w+ said\b"),
        (
            Genre.NEWS,
            1,
            r"\b(?:said in a statement|did not (?:immediately )?respond to|according to|spokes(?:wo)?man said)",
        ),
    )
)
"""Marks with their weight; each counts up to four times."""


def guess_genre(text: str) -> Genre:
    """The genre whose marks weigh most in the first 8,000 characters; ``OTHER`` when none weighs enough.

    Marks of form (forms of address, turn labels) outweigh words of the trade, which any report may use.
    """
    return _weighed(text[:_LOOKED_AT])


@lru_cache(maxsize=32)  # laying a document out and telling its voice both ask
def _weighed(top: str) -> Genre:
    weights = dict.fromkeys(Genre, 0)
    for genre, weight, pattern in _MARKS:
        weights[genre] += weight * _count(pattern, top)
    best = max(weights, key=lambda genre: weights[genre])
    return best if weights[best] >= _LEAST else Genre.OTHER


def _count(pattern: re.Pattern[str], text: str, most: int = 4) -> int:
    found = 0
    for found, _ in enumerate(pattern.finditer(text), 1):
        if found == most:
            break
    return found
