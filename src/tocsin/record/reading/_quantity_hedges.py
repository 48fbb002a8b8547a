"""How surely and how exactly a number is stated: the hedges beside it, and the mood of its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tocsin.record.assertions import Modality
from tocsin.record.spans import Span

# Each hedge with its comparator, as written in ``Quantity``. Source: the approximators that grammars of English list,
# and the usage of official statements; ``a least`` is a slip of the pen that is met.
_COMPARATORS = {
    "~": """approximately|approx.|about|around|some|roughly|circa|c.|estimated|in the region of
        |in the order of|on the order of|somewhere around|reportedly|reported|an average of|perhaps|maybe
        |believed to be|thought to be""",
    ">": """more than|over|above|upwards of|in excess of|exceeding|greater than|larger than|higher than|well over
        |just over|far more than|well more than|slightly more than|much more than""",
    ">=": """at least|a least|no fewer than|no less than|not fewer than|not less than|a minimum of|minimum of
        |as few as|as little as""",
    "<": "fewer than|less than|under|below|far fewer than|lower than|smaller than",
    "<=": "up to|as many as|as much as|at most|no more than|not more than|a maximum of|maximum of|at the most",
    "<~": "nearly|almost|close to|just under|approaching|getting on for|not quite|virtually",
}
_COMPARATOR = {
    " ".join(phrase.split()): sign for sign, phrases in _COMPARATORS.items() for phrase in phrases.split("|")
}
_WORD = re.compile(r"([\w’'.-]{1,20})[ \n]")
_ARTICLES = frozenset("a an the its their another all".split())
_AFTER = re.compile(r" (or (?:so|more|fewer|less|greater|above|over)|at least|at most|at a minimum)\b", re.IGNORECASE)
_AFTER_COMPARATOR = {"so": "~", "more": ">=", "greater": ">=", "above": ">=", "over": ">=", "fewer": "<=", "less": "<="}
_ESTIMATE = re.compile(r"\b(estimat(?:ed|es|e|ing))\b(?! (?:of|at) )", re.IGNORECASE)
_POSSIBLE = re.compile(
    r"\b((?:may|[Mm]ight|[Cc]ould)(?: well| also| even| still)?(?: have)?(?: been| be)?"
    r"|[Pp]otentially|[Pp]ossibly|[Pp]erhaps)\b"
)
_DOUBTED = re.compile(
    r"\b((?:is|are|was|were|been) (?:believed|thought|understood|suspected|feared) to(?: have(?: been)?| be)?"
    r"|reportedly|allegedly)\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\b(?:will|shall|would|expect(?:s|ed)?|projected to|set to|plans? to|going to|due to be)\b|[’']ll\b", re.IGNORECASE
)
# A cheap look: without one of these words nothing is but stated.
_MOODS = frozenset(
    """may might could potentially possibly perhaps estimate estimated estimates estimating believed thought understood
    suspected feared reportedly allegedly will shall would expect expects expected projected set plan plans going due
    ll""".split()
)
_LETTERS = re.compile(r"[a-z]+")
_QUESTION = ("?", "?”", '?"', "?’")
_CLAUSE_ENDS = re.compile(
    r"[;:.!?—–]|,? (?:but|while|whereas|although|and (?:that|the|it|we|they)|which|who|because|if|when)\b|, "
)
_LOOK_BACK = 90
_LOOK_ON = 80
_ADJACENT = 40
_MOST_HEDGES = 3
_LONGEST_HEDGE = 4


@dataclass(frozen=True, slots=True)
class Hedging:
    """The comparator, the hedges as they stand, the modality, and where the first hedge beside the number begins."""

    comparator: str
    hedges: tuple[Span, ...]
    modality: Modality
    begins: int


def read_hedges(text: str, sentence: Span, number: Span, noun_ends: int) -> Hedging:
    """The hedges of a number in its sentence; its noun phrase ends at ``noun_ends``."""
    signs, spans, begins = _beside(text, sentence, number)
    exact = [sign for sign in signs if sign != "~"]
    comparator = exact[0] if exact else "~" if signs else "="
    is_asked = text.endswith(_QUESTION, sentence.begins, sentence.ends)
    modality = Modality.QUESTIONED if is_asked else Modality.ASSERTED
    nearby = text[max(sentence.begins, begins - _LOOK_BACK) : min(sentence.ends, noun_ends + _LOOK_ON)]
    if _MOODS.isdisjoint(_LETTERS.findall(nearby.lower())):
        return Hedging(comparator, tuple(sorted(spans)), modality, begins)
    before, after = _clause_before(text, sentence, begins), _clause_after(text, sentence, noun_ends)
    estimate = _ESTIMATE.search(text, before.begins, before.ends)
    possible = _last(_POSSIBLE, text, before) or _POSSIBLE.search(text, after.begins, after.ends)
    doubted = _DOUBTED.search(text, after.begins, after.ends) or _last(_DOUBTED, text, before)
    spans += [Span(match.start(1), match.end(1)) for match in (estimate, possible, doubted) if match]
    if not is_asked:
        modality = Modality.POSSIBLE if possible else _expected(text, before, after)
    hedges = tuple(sorted({span for span in spans if not any(o != span and o.holds(span) for o in spans)}))
    return Hedging("~" if comparator == "=" and estimate else comparator, hedges, modality, begins)


def hedge_after(text: str, at: int, limit: int) -> tuple[str, Span] | None:
    """A hedge that follows the number or its noun: ``or so``, ``or more``."""
    found = _AFTER.match(text, at, limit)
    if found is None:
        return None
    words = found[1].lower()
    sign = _AFTER_COMPARATOR.get(words.split()[-1]) or ("<=" if words == "at most" else ">=")
    return sign, Span(found.start(1), found.end(1))


def _beside(text: str, sentence: Span, number: Span) -> tuple[list[str], list[Span], int]:
    signs: list[str] = []
    spans: list[Span] = []
    begins = number.begins
    for _ in range(_MOST_HEDGES):
        found = _before(text, sentence, begins)
        if found is None:
            break
        signs.append(found[0])
        spans.append(found[1])
        begins = found[1].begins
    following = hedge_after(text, number.ends, sentence.ends)
    if following:
        signs.append(following[0])
        spans.append(following[1])
    article = _words_before(text, sentence, begins) if spans else []
    if article and article[-1][0] in ("a", "an"):
        begins = article[-1][1]
    return signs, spans, begins


def _before(text: str, sentence: Span, at: int) -> tuple[str, Span] | None:
    """The hedge that ends before ``at``, an article between them aside, with its comparator: the longest there is."""
    words = _words_before(text, sentence, at)
    ends = at - 1
    if words and words[-1][0] in _ARTICLES:
        ends = words[-1][1] - 1
        words.pop()
    for place in range(max(0, len(words) - _LONGEST_HEDGE), len(words)):
        sign = _COMPARATOR.get(" ".join(word for word, _ in words[place:]))
        if sign:
            return sign, Span(words[place][1], ends)
    return None


def _words_before(text: str, sentence: Span, at: int) -> list[tuple[str, int]]:
    """The last few words before ``at``, in lower case, each with its place; none across a mark of punctuation."""
    begins = max(sentence.begins, at - _ADJACENT)
    found = [(match.group(1).lower(), match.start()) for match in _WORD.finditer(text, begins, at)]
    if begins > sentence.begins and text[begins - 1].isalnum() and found:
        found.pop(0)
    place = at
    for number in range(len(found) - 1, -1, -1):
        if found[number][1] + len(found[number][0]) + 1 != place:
            return found[number + 1 :]
        place = found[number][1]
    return found


def _clause_before(text: str, sentence: Span, at: int) -> Span:
    begins = max(sentence.begins, at - _LOOK_BACK)
    ends = [match.end() for match in _CLAUSE_ENDS.finditer(text, begins, at)]
    return Span(ends[-1] if ends else begins, at)


def _clause_after(text: str, sentence: Span, at: int) -> Span:
    ends = min(sentence.ends, at + _LOOK_ON)
    stop = _CLAUSE_ENDS.search(text, at, ends)
    return Span(at, max(at, stop.start() if stop else ends))


def _expected(text: str, before: Span, after: Span) -> Modality:
    is_before = _EXPECTED.search(text, max(before.begins, before.ends - _ADJACENT // 2), before.ends)
    is_expected = is_before or _EXPECTED.match(text, after.begins + 1, after.ends)
    return Modality.EXPECTED if is_expected else Modality.ASSERTED


def _last(pattern: re.Pattern[str], text: str, within: Span) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text, within.begins, within.ends):
        found = match
    return found
