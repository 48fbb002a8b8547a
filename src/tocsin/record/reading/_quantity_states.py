"""What is said of the things counted: patched, vulnerable, compromised, sanctioned, in one small vocabulary."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tocsin.record.spans import Span
from tocsin.record.words import words_of

# Each state with the words that say it of a subject (were hit) or of an object (hit 300 firms); the first that fits
# counts. Every form begins with three letters at least, by which it is looked up.
_UPDATES = r" (?:[\w’'-]{1,20} ){0,4}(?:updates?|patch(?:es)?|fix(?:es)?|hotfix(?:es)?|versions?)"
_WORDS: dict[str, tuple[str, ...]] = {
    "updates-not-installed": (
        "unpatched",
        r"without (?:the |a |any )?(?:fix|patch|update)\w*",
        r"yet to (?:patch|update|install)",
        r"fail\w* to (?:patch|update|install|apply)",
    ),
    "updates-installed": (
        *(rf"{verb}\w*{_UPDATES}" for verb in ("install", "appl[yi]", "deploy", "implement")),
        "patched",
        "updated",
        "replaced",
    ),
    "mitigated": (
        r"tak\w+ (?:\w+ ){0,2}mitigations?",
        r"took (?:\w+ ){0,2}mitigations?",
        "mitigated",
        "remediated",
        "secured",
        "restored",
        "cleaned",
        "fixed",
    ),
    "vulnerable": ("vulnerable", "risk", "susceptible", "unprotected", "unsupported"),
    "exposed": ("exposed", "reachable", "accessible from the internet"),
    "suspended": (
        r"suspend\w*",
        r"disabl\w+",
        r"fre[ez]\w+",
        r"froz\w+",
        "blocked",
        r"shut(?:ting)? down",
        "took down",
        "taken down",
        r"seiz\w+",
        r"dismantl\w+",
    ),
    "sanctioned": (r"sanction(?:s|ed|ing)?", r"designat\w+", r"blacklist\w+", "listed", "listing", "added"),
    "charged": (r"charg(?:es|ed|ing)", r"indict\w*", r"prosecut\w+"),
    "arrested": (r"arrest\w*", r"detain\w*"),
    "expelled": (r"expel\w*", "expulsion of"),
    "notified": (
        r"notif\w+",
        r"warn(?:ed|ing|s)?",
        "informed",
        r"alert(?:ed|ing|s)",
        r"contact(?:ed|ing|s)",
        "written to",
        "wrote to",
    ),
    "encrypted": (r"encrypt\w*", r"locked(?! out)"),
    "stolen": (
        r"sto[el]\w+",
        r"steal\w*",
        "theft of",
        r"exfiltrat\w+",
        "copied",
        r"siphon\w+",
        "took",
        "taken",
        r"leak(?:ed|ing)",
        r"loot\w+",
    ),
    "lost": (r"los[ti]\w*", r"loss(?:es)?"),
    "paid": ("paid", "paying", r"payments? of"),
    "compromised": (
        r"compromis\w+",
        r"breach(?:ed|es|ing)?",
        r"infiltrat\w+",
        r"penetrat\w+",
        r"hack(?:ed|s)?(?: into)?",
        "hacking (?:of|into)",
        r"infect\w+",
        "broke into",
        r"intru\w+ (?:in|into)",
    ),
    "exploited": (r"exploit(?:s|ed|ing|ation)?",),
    "targeted": (r"target(?:s|ed|ing)?", r"attack(?:ed|ing)", r"attacks? (?:on|against)", r"prob(?:ed|ing)"),
    "impacted": (r"impact(?:s|ed|ing)?",),
    "affected": (r"affect(?:s|ed|ing)?", r"hit(?:ting|s)?", r"disrupt\w*", r"victims?", r"cancel+ed"),
    "removed": (r"remov(?:ed|es|ing|al of)", r"delet\w+", r"evict\w+", r"wip(?:ed|ing)"),
    "attributed": (r"attribut\w+", r"blam(?:ed|ing)", r"condemn\w*", r"call(?:ed|ing) out", r"sign(?:ed|ing)"),
}
_KEY = 3
_BY_KEY: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _state, _forms in _WORDS.items():
    for _form in _forms:
        _BY_KEY.setdefault(_form[:_KEY], []).append((_state, re.compile(rf"{_form}(?![\w-])", re.IGNORECASE)))
_WORD = re.compile(r"[A-Za-z]+")
_IN_A_WORD = re.compile(r"(?<=[A-Za-z])[A-Za-z]+")
_WHOLE_WORD = re.compile(r"[^\Wʼ]+")
_NEGATION = re.compile(r"\b(?:not|never|no longer|yet to|fail\w* to|without|neither|none)\b|n[’']t\b", re.IGNORECASE)
_SO = re.compile(
    r"\s(?:(?:had|have|has|did|do|would)(?:n[’']t| not| yet| already| since| now){0,2} (?:done so|do so)"
    r"|(?:had|have|did)(?:n[’']t| not)(?=[,.;]| by\b))",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(
    r"[;:.!?]| [–—-] |—|, (?!which|who|that|of wh)|,? (?:but|while|whereas|because|after|before|as|when|and that)\b"
)
_OPPOSITES = {"updates-installed": "updates-not-installed", "updates-not-installed": "updates-installed"}
_AFTER = 110
_CLOSE = 40
_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Predicate:
    """A state with the end of the words that say it, and whether they stand right after what is counted."""

    state: str
    ends: int
    is_close: bool


def state_after(text: str, sentence: Span, noun_ends: int, stop: int) -> Predicate | None:
    """What the predicate of the counted things says, before the next number at ``stop``; with its negation.

    ``had not done so`` takes what the sentence says before.
    """
    ends = min(sentence.ends, noun_ends + _AFTER, stop)
    clause = _CLAUSE_ENDS.search(text, noun_ends, ends)
    ends = max(noun_ends, clause.start() if clause else ends)
    so = _SO.match(text, noun_ends, ends)
    if so:
        earlier = _last(text, Span(sentence.begins, noun_ends))
        state = earlier and _negated(earlier[0], _NEGATION.search(so.group()) is not None)
        return Predicate(state, so.end(), is_close=True) if state else None
    for name, place in _said(text, Span(noun_ends, ends)):
        is_negated = _NEGATION.search(text, noun_ends, place.ends) is not None
        state = _negated(name, is_negated and name != "updates-not-installed")
        return Predicate(state, place.ends, is_close=place.begins - noun_ends <= _CLOSE)
    return None


def state_within(text: str, noun: Span) -> str:
    """What the noun phrase itself says: ``unpatched servers``, ``compromised devices``; empty where nothing."""
    return next((state for state, _ in _said(text, noun)), "")


def state_before(text: str, sentence: Span, number_begins: int) -> str:
    """What is done to the things counted: ``sanctioned 32 entities``, ``the exploitation of 300 servers``."""
    begins = max(sentence.begins, number_begins - _BEFORE)
    breaks = [match.end() for match in _CLAUSE_ENDS.finditer(text, begins, number_begins)]
    within = Span(breaks[-1] if breaks else begins, number_begins)
    found = _last(text, within)
    if found is None:
        return ""
    state, place = found
    return _negated(state, _NEGATION.search(text, within.begins, place.begins) is not None)


def _said(text: str, within: Span) -> Iterator[tuple[str, Span]]:
    """The states that the words there name, in order."""
    places = _places(text)
    part = _IN_A_WORD.match(text, within.begins, within.ends)  # of the word in which the stretch begins
    first = bisect_left(places, within.begins)
    for at in (*([within.begins] if part else ()), *places[first : bisect_left(places, within.ends, first)]):
        for state, form in _BY_KEY.get(text[at : at + _KEY].lower(), ()):
            found = form.match(text, at, within.ends)
            if found:
                yield state, Span(found.start(), found.end())
                break


@lru_cache(maxsize=1)
def _places(text: str) -> list[int]:
    """Where the words stand that may name a state: the cheap question before their forms are tried."""
    words = words_of(text)
    return sorted((*words.where(_may_name), *(part for at in words.where(_is_odd) for part in _parts(text, at))))


@lru_cache(maxsize=50_000)
def _may_name(word: str) -> bool:
    return word[:_KEY].lower() in _BY_KEY and not _is_odd(word)


def _is_odd(word: str) -> bool:
    return not (word.isascii() and word.isalpha())


def _parts(text: str, at: int) -> Iterator[int]:
    """The runs of plain letters in a word that has other signs (``naïve``, ``v2_patched``)."""
    word = _WHOLE_WORD.match(text, at)
    ends = word.end() if word else at
    return (part.start() for part in _WORD.finditer(text, at, ends) if part[0][:_KEY].lower() in _BY_KEY)


def _last(text: str, within: Span) -> tuple[str, Span] | None:
    found = None
    for said in _said(text, within):
        found = said
    return found


def _negated(state: str, is_negated: bool) -> str:
    return state if not is_negated else _OPPOSITES.get(state, f"not-{state}")
