"""Words of probability as they stand, their band on the claimant's own yardstick, and words of analytic confidence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from tocsin.record.assertions import Likelihood
from tocsin.record.segments import Party
from tocsin.record.spans import Span
from tocsin.record.words import words_of
from tocsin.record.yardsticks import ICD_203, Yardstick, shared_by

_DEGREE = "highly|very|most|extremely|quite|overwhelmingly|increasingly|equally|entirely|rather|more|less|all too"
_CERTAIN = "almost|near|nearly|virtually|practically|reasonably|fairly|absolutely|quite"
_SHARE = r"\d{1,3}(?:\.\d)?\s?(?:%|per\s?cent\b)"
_ODDS = rf"""(?:(?:about|around|over|under|at\s+least|more\s+than|roughly)\s+)?
    (?:\d{{1,3}}(?:\s?%)?\s?(?:-|–|to|or|and)\s?)?{_SHARE}"""
_SLACK = (
    r"(?:,?\s+(?:maybe|perhaps|possibly|if\s+not)\s+(?:a\s+(?:bit|little)\s+)?(?:more|less|higher|lower)"
    r"|\s+or\s+(?:more|higher|so))?"
)
# Terms of probability only: those of both yardsticks, and what writers say in their place. "May have", "believed" and
# "suspected" are modality and hedges, not measures; "more likely" compares, so it is kept whole and has no band.
_PROBABILITY = re.compile(
    rf"""\b(?:
      more\s+likely\s+than\s+not | (?:as|just\s+as)\s+likely\s+as\s+not
    | (?:(?:not|\w{{2,5}}n['’]t)\s+)?(?:(?:{_DEGREE})\s+)?(?:likely|unlikely|probable|improbable|probably|improbably)
    | (?:{_CERTAIN})\s+certain(?:ly|ty)?
    | (?:it\s+(?:is|was|seems|appears)|we\s+are|i\s+am|they\s+are)\s+(?P<certain>certain)(?=\s+that\b)
    | (?P<odds>{_ODDS}[\s-]+(?:chance|probability|likelihood|likely|certain|sure))(?!\s+to\b)
    | (?:probability|likelihood|chances?|odds)\b[^.;:%]{{0,80}}?\b(?:of|at|as|was|is)\s+["“‘']?
        (?P<share>{_ODDS}{_SLACK})
    | (?P<rate>\w{{1,9}}\s+chances?\s+(?:in|out\s+of)\s+\w{{1,9}}
        | (?:an?\s+)?\w{{1,9}}[\s-]in[\s-]\w{{1,9}}\s+chance)\b
    | (?:an?\s+)?(?P<chance>(?:realistic|strong|distinct|real|serious|remote|(?:roughly\s+)?even|reasonable
        |almost\s+no|fair|good|slim|high|low|strong)\s+(?:possibility|probability|likelihood|chance|odds))(?!\s+to\b)
    | in\s+all\s+(?:likelihood|probability|certainty) | on\s+(?:the|a)\s+balance\s+of\s+probabilit(?:y|ies)
    | with\s+(?:near|absolute|virtual|great|complete|total|reasonable|(?:a\s+)?(?:high|great)\s+degree\s+of)
        [\s-]certainty
    | (?:little|no|not\s+much)\s+room\s+(?:left\s+)?for\s+doubt
    | (?:no|little|beyond|without|beyond\s+(?:any|all|a|a\s+reasonable|reasonable)|without\s+(?:any|a))\s+doubt
    | undoubtedly | (?:(?:quite|very|just)\s+)?possibly | presumably
    | (?P<possible>(?:(?:entirely|quite|perfectly|just)\s+)?(?:possible|plausible|conceivable|doubtful))(?=\s+that\b)
    )(?:\b|(?<=%))""",
    re.VERBOSE | re.IGNORECASE,
)
_CONFIDENCE = re.compile(
    r"""\b(?:
      (?:with\s+(?:an?\s+|the\s+)?)?
        (?P<level>very\s+high|high|highest|moderate|medium|low|strong|great|full|complete|absolute|considerable)
        (?:[\s-]+(?:to|or)[\s-]+(?:(?:very\s+)?high|moderate|medium))?
        (?:\s+(?:degree|level|levels)\s+of)?[\s-]+confidence
    | (?P<adverb>highly|very|extremely|fully|completely|absolutely|reasonably|fairly|moderately)\s+confident
    | with\s+(?:(?:some|reasonable|growing|increasing)\s+)?confidence(?!\s+(?:in|of)\b) | confident(?=\s+that\b)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_SIGN = re.compile(r"[Ll]ikel|[Pp]robab|[Cc]ertain|[Cc]hance|[Pp]ossib|oubt|odds|[Pp]resumably|onfiden|lausib|onceiva")
_JOINS = re.compile(r";|(?:,? and|, but|,? while|,? whereas) (?=that\b|it (?:is|was)\b|(?:highly|almost|very) )|, but ")
_GOES_ON = re.compile(
    r"(?:;|:|, (?!(?:almost|very|highly|most|with|in all)\b)| (?:and|but|while|whereas|which|who|although)\b)"
)
"""Where after a claim something else begins, whose words of probability are its own."""
_LEVELS = {"moderate": "moderate", "medium": "moderate", "low": "low", "reasonably": "moderate", "fairly": "moderate"}
_NONE = Likelihood()
_INTELLIGENCE = re.compile(r"\bintelligence (?:community|agenc|officials?\b|services\b|assess)", re.IGNORECASE)


def find_likelihood(
    text: str, within: Span, *, claimants: Sequence[Party] = (), near: Span | None = None
) -> Likelihood:
    """The words of probability and of analytic confidence in a clause, with the band of the former.

    With ``near``, the words of the claim itself: those of the part that holds it, and there the last before it. So "it
    is almost certain that A did it, and highly likely that B helped" says two things. Without, the first.
    The longest term wins (``highly likely``, not ``likely``), and a negation belongs to it (``not likely``, which is on
    no yardstick). The band is that of the yardstick that every claimant has declared; the United States government
    declares ICD 203 only where the clause speaks of its intelligence.
    """
    signs = _signs(text)
    at = bisect_left(signs, within.begins)
    if at == len(signs) or signs[at] >= within.ends:
        return _NONE
    part = _part(text, within, near) if near else within
    words = _probability(text, part, near)
    sure = _CONFIDENCE.search(text, part.begins, part.ends)
    yardstick = _yardstick(text, within, claimants) if words else None
    band = yardstick.band(words.of(text)) if words and yardstick else None
    return Likelihood(
        words=words,
        band=band.name if band else None,
        yardstick=yardstick.name if band and yardstick else None,
        low=band.low if band else None,
        high=band.high if band else None,
        confidence_words=Span(sure.start(), sure.end()) if sure else None,
        confidence=_confidence(sure) if sure else None,
    )


@lru_cache(maxsize=1)
def _signs(text: str) -> list[int]:
    """Where the words stand that may tell of probability: the cheap question before a clause is looked at."""
    return words_of(text).where(_is_sign)


@lru_cache(maxsize=50_000)
def _is_sign(word: str) -> bool:
    return _SIGN.search(word) is not None


def _part(text: str, within: Span, near: Span) -> Span:
    """The part of the clause that holds ``near``, between the words that join one claim to the next."""
    begins, ends = within.begins, within.ends
    for join in _JOINS.finditer(text, begins, ends):
        if join.end() <= near.begins:
            begins = join.start()
        elif join.start() >= near.ends:
            ends = join.start()
            break
    goes_on = _GOES_ON.search(text, near.ends, ends)
    return Span(begins, goes_on.start() if goes_on else ends)


def _probability(text: str, within: Span, near: Span | None) -> Span | None:
    found = None
    for match in _PROBABILITY.finditer(text, within.begins, within.ends):
        if found is not None and (near is None or match.start() > near.begins):
            break
        found = match
    if found is None:
        return None
    group = found.lastgroup or 0
    return Span(found.start(group), found.end(group))


def _yardstick(text: str, within: Span, claimants: Sequence[Party]) -> Yardstick | None:
    american = bool(claimants) and all(party.canonical in ("gov:US", "state:US") for party in claimants)
    if american and _INTELLIGENCE.search(text, within.begins, within.ends):
        return ICD_203
    return shared_by(claimants)


def _confidence(found: re.Match[str]) -> str | None:
    """``high``, ``moderate`` or ``low``; ``None`` where the words give no level ("confident that")."""
    word = found["level"] or found["adverb"]
    return _LEVELS.get(word.lower(), "high") if word else None
