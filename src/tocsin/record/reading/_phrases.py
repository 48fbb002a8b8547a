"""Set phrases that count as one word in the grammar of attributions, each with its letter and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from tocsin.record.reading._deed_phrases import DEED_PHRASES
from tocsin.record.reading._time_phrases import TIME_PHRASES


class Phrase(NamedTuple):
    """A phrase that begins with one of the words ``first``; ``rest`` is a pattern of what follows, and may be empty.

    ``letter`` is that of ``_lexicon``, none for words that the grammar does not see.
    """

    letter: str
    relation: str
    first: str
    rest: str


_SERVERS = "servers?|infrastructure|address(?:es)?|computers?|machines?|networks?|providers?"
_UNIT = (
    "arm|unit|front|proxy|tool|instrument|extension|element|branch|division|department|section|wing|component|cell"
    "|contractor|creature|offshoot|cover|subsidiary"
)
_ORDERS = "orders|tasking|tasks|instructions|lists|directions|targets"

_PHRASES = (
    ("M", "located_in", "traced routed tracked channelled relayed tunnelled",
     rf" (?:back )?(?:to|through|via|from) (?:\w+ ){{0,3}}?(?:{_SERVERS}) (?:located |based |hosted )?in"),
    ("M", "located_in", "origin origins roots", " in"),
    ("K", "linked_to", "bear bears bore bearing",
     r" (?:all )?the (?:\w+ )?(?:hallmarks?|fingerprints?|signatures?) of"),
    ("K", "linked_to", "consistent", " with"),
    ("Z", "responsible_for", "hacking hacker hackers cyber surveillance spying", " empire"),
    ("Z", "responsible_for", "empire", r" of (?:hack\w+|surveillance|lies)"),
    ("Z", "responsible_for", "hacking hacker", " (?:state|superpower)"),
    ("W", "conducted_by", "the", " (?:very )?(?:work|handiwork|doing) of"),
    ("W", "conducted_by", "work handiwork doing", " of"),
    ("S", "", "any a an another some unnamed",
     r"(?: unnamed)?(?: foreign| hostile| nation)?[ -](?:state|government|power)s?(?! of)"),
    ("R", "responsible_for", "involved", r" in|(?=[.,;?])|(?= at\b| to\b)"),
    ("R", "responsible_for", "took takes taken taking played playing plays", r" (?:\w+ )?part(?: in|(?=[.,;?]))"),
    ("R", "responsible_for", "had has have having played playing plays",
     r" (?:an? |its |their )(?:\w+ )?(?:role|hand|part) in"),
    ("R", "responsible_for", "complicit implicated", " in"),
    ("R", "responsible_for", "responsible", " for|(?=[.,;”\"’'])"),
    ("R", "responsible_for", "to", " blame for"),
    ("R", "responsible_for", "culpable liable", " for"),
    ("R", "responsible_for", "guilty", " of"),
    ("R", "behind", "behind", ""),
    ("R", "behind", "at", " the heart of"),
    ("R", "behind", "the", " hand of"),
    ("Q", "presupposed", "to", " account(?: for)?"),
    ("Q", "presupposed", "accountable", "(?: for)?"),
    ("R", "responsible_for", "perpetrator perpetrators author authors source architect architects", " of"),
    ("R", "responsible_for", "origin", " of"),
    ("R", "responsible_for", "culprit culprits mastermind masterminds", " (?:of|behind)"),
    ("R", "responsible_for", "carried bears bore", " responsibility for"),
    ("K", "directed_by", "directed controlled run operated overseen commanded orchestrated tasked managed", " by"),
    ("K", "directed_by", "supervised guided coordinated", " by"),
    ("K", "directed_by", "under", " the (?:direction|control|command|orders|authority|auspices) of"),
    ("K", "directed_by", "at", " the (?:behest|direction|instruction|instructions|command|orders) of"),
    ("K", "directed_by", "on", " (?:the )?(?:orders|instructions) (?:of|from)"),
    ("K", "directed_by", "take takes took taking receive receives received receiving get gets got",
     rf" (?:its |their )?(?:\w+ ){{0,2}}(?:{_ORDERS}) from"),
    ("K", "directed_by", "acting", " for"),
    ("K", "directed_by", "report reports", " to"),
    ("K", "directed_by", "subordinate", " to"),
    ("K", "backed_by", "backed sponsored financed hired employed paid contracted", " by"),
    ("K", "backed_by", "with having", " the (?:backing|blessing|support) of"),
    ("K", "backed_by", "in", " the (?:pay|service|employ) of"),
    ("K", "supported_by", "supported sustained funded resourced assisted aided", " by"),
    ("K", "supported_by", "receive receives received receiving",
     r" (?:\w+ ){0,2}(?:support|funding|backing|assistance|training|protection) from"),
    ("K", "supported_by", "support funding backing assistance protection", " from"),
    ("K", "supported_by", "provide provides provided providing", r" (?:\w+ ){0,2}support (?:to|for)"),
    ("K", "associated_with", "associated affiliated aligned cooperating collaborating connected", " with"),
    ("K", "associated_with", "affiliated", " to"),
    ("K", "associated_with", "in", " league with"),
    ("K", "associated_with", "work works worked working operate operates operating act acts acting",
     r" (?:\w+ ){0,2}(?:for|on behalf of)"),
    ("K", "associated_with", "on", " behalf of"),
    ("K", "associated_with", "is are was were", " part of"),
    ("K", "associated_with", "part", " of"),
    ("K", "associated_with", "in", " the name of"),
    ("K", "associated_with", "belong belongs belonging attached answer answers", " to"),
    ("K", "associated_with", "a an", rf" (?:\w+ )?(?:{_UNIT}) (?:of|for)"),
    ("K", "associated_with", "the", " (?:cyber |signals )?(?:arm|wing|division) of"),
    ("K", "associated_with", "cyber signals", " (?:arm|wing|division) of"),
    ("K", "associated_with", "arm wing division", " of"),
    ("K", "associated_with", "members agents operatives", " (?:of|for)"),
    ("K", "associated_with", "front fronts", " for"),
    ("K", "associated_with", "history", " of working for"),
    ("K", "associated_with", "operates operating operated", " (?:through|as part of)"),
    ("K", "linked_to", "linked tied connected attributed attributable", " to"),
    ("K", "linked_to", "traced", "(?: back)? to"),
    ("K", "linked_to", "resemble resembles resembled resembling match matches matched", " those (?:of|used by)"),
    ("K", "linked_to", "similar identical", " to those (?:of|used by)"),
    ("K", "linked_to", "same", " as those (?:of|used by)"),
    ("K", "linked_to", "lay lays laid laying lain", r" (?:\w+ ){0,4}at the (?:door|feet) of"),
    ("K", "linked_to", "has have had with", r" (?:\w+ ){0,2}(?:links|ties|connections) (?:to|with)"),
    ("K", "linked_to", "link links tie ties connection connections", " (?:to|with|between)"),
)  # fmt: skip


def _by_first(rows: Iterable[tuple[str, str, str, str]]) -> dict[str, tuple[re.Pattern[str], tuple[Phrase, ...]]]:
    """For each word that may open a phrase, one pattern of what may follow it and, by group, what each stands for."""
    found: dict[str, list[Phrase]] = {}
    for row in rows:
        phrase = Phrase(*row)
        for word in phrase.first.split():
            found.setdefault(word, []).append(phrase)
    return {word: (_either(phrases), tuple(phrases)) for word, phrases in found.items()}


def _either(phrases: Iterable[Phrase]) -> re.Pattern[str]:
    rests = (f"((?:{phrase.rest}){_EDGE})" if phrase.rest else "()" for phrase in phrases)
    return re.compile("|".join(rests), re.IGNORECASE)


_EDGE = r"(?!\w)"
PHRASES = _by_first((*_PHRASES, *DEED_PHRASES, *TIME_PHRASES))
"""By their first word: the earlier counts where several fit."""
