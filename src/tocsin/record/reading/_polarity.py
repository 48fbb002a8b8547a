"""Whether a claim is made at all: asserted, denied, left open, asked or supposed."""

from __future__ import annotations

import re

from tocsin.record.assertions import Polarity
from tocsin.record.reading._fitting import OF_A_PLACE, Hit
from tocsin.record.reading.page import Page

_ABSTAINS = re.compile(
    r"(?:(?:\bnot|n['’]t|\bdeclin\w+|\brefus\w+|\bunable) (?:to )?"
    r"(?:say|said|attribut\w+|comment\w*|name|blame|confirm|specul\w+)"
    r"|\bstopp?(?:ed|ing)? short of|\bnot (?:yet )?(?:known|clear|determined|concluded)"
    r"|\bunclear|\bno (?:public )?attribution)\b",
    re.IGNORECASE,
)
_NO_EVIDENCE = re.compile(
    r"(?:\bno (?:\w+ )?(?:evidence|indication|sign|suggestion|proof|reason to)|\bnothing to suggest"
    r"|(?:\bnot|n['’]t) (?:\w+ )?"
    r"(?:believe|judge|think|assess|suggest|allege|claim)\w*)\b",
    re.IGNORECASE,
)


_ALLEGED = re.compile(r"\b(?:allegation|accusation|suggestion|claim|charge|assertion|narrative|rumou?r)s?\b")
_DEFENDS = re.compile(
    r"\b(?:defend|protect|guard|safeguard|shield)(?:s|ed|ing)?\b(?:[^.;\n]{0,60}\b(?:from|against)\b[^.;\n]{0,40}| )$"
)
"""What one protects oneself from is no claim that it was done."""
_REBUTTED = re.compile(
    r"\b(?:unfounded|baseless|groundless|fabricat\w+|slander\w*|smear\w*|absurd|false|untrue|lies?|nonsense|unsubstantiated"
    r"|ridiculous|malicious(?:ly)? slander\w*)\b"
)


def polarity_of(page: Page, hit: Hit, cue: int) -> Polarity | None:
    """The polarity of what the form says at its cue; ``None`` where somebody says that somebody denies it."""
    line = hit.line
    first = min(hit.match.start(), cue)
    before = line.kinds[max(0, first - 14) : cue]
    if "z" in before and hit.form.explicit:
        return None
    if _DEFENDS.search(page.text, line.span.begins, line.tokens[max(first, 0)].begins):
        return None
    if "never" in page.text[line.tokens[max(0, cue - 4)].begins : line.tokens[cue].begins]:
        return None
    if _ALLEGED.search(page.text, line.span.begins, line.tokens[cue].begins) and _REBUTTED.search(
        page.text, line.span.begins, line.span.ends
    ):
        return None
    comma = line.kinds.rfind(",", 0, cue)
    clause = line.tokens[comma].ends if comma >= 0 else line.span.begins
    if _ABSTAINS.search(page.text, clause, line.tokens[cue].begins):
        return Polarity.ABSTAINED
    if "x" in line.kinds[max(0, cue - 4) : cue] or _NO_EVIDENCE.search(page.text, clause, line.tokens[cue].begins):
        return Polarity.NEGATED
    if "f" in before and (hit.form.explicit or hit.form.name in OF_A_PLACE):
        is_of_somebody = bool(hit.accused.states) and not hit.is_of_known and hit.form.name not in OF_A_PLACE
        return Polarity.HYPOTHETICAL if is_of_somebody else None
    if hit.form.explicit and page.text[line.span.ends - 1] == "?":
        return Polarity.QUESTIONED
    return Polarity.ASSERTED
