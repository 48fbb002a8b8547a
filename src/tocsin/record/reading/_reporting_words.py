"""Words that report what somebody says or holds. Source: the reporting verbs of English grammars, by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import groupby


class Saying(StrEnum):
    """What a reporting verb takes: any clause, a clause with or without that, a hearer first, or no clause at all."""

    SAY = "say"
    HOLD = "hold"
    TELL = "tell"
    SPEAK = "speak"


_HOLD = """
believe think:thought hope insist claim warn note add confirm:confirmed suggest admit:admitted acknowledge estimate
announce report reveal indicate allege conclude argue maintain assert declare disclose explain find:found stress state
suspect predict reckon contend understand:understood assess judge determine recall observe concede agree reply caution
emphasise emphasize reiterate affirm testify tweet write:wrote hint imply speculate complain expect fear repeat respond
show:showed remark signal:signalled signal:signaled inform confide posit surmise accept counter post
""".split()
"""Take a clause; those in ``_ONLY_THAT`` only with that. ``verb:past`` where the past is irregular."""

_SPEAK = """
accuse blame call describe condemn denounce dismiss urge demand criticise criticize label:labelled label:labeled brand
characterise characterize pledge vow promise praise welcome reject deny refer:referred decline refuse speak:spoke ask
appeal attribute cite joke comment term decry slam:slammed hail ridicule mock rebuff defend plead refute sign
write:wrote tell:told quote continue
""".split()
"""Their subject is who speaks the quotation that follows; they report no clause (or one that is not theirs)."""

_ONLY_THAT = frozenset(
    """recall observe agree reply respond caution emphasise emphasize reiterate write stress state show inform find
    complain repeat accept counter signal post note expect fear remark""".split()
)

_PHRASES = {
    "made clear": Saying.HOLD,
    "makes clear": Saying.HOLD,
    "made it clear": Saying.HOLD,
    "makes it clear": Saying.HOLD,
    "pointed out": Saying.HOLD,
    "points out": Saying.HOLD,
    "took the view": Saying.HOLD,
    "takes the view": Saying.HOLD,
}


def _forms(verb: str) -> tuple[str, str, str, str]:
    """Base, third person, past and participle of ``verb`` or ``verb:past``."""
    base, _, past = verb.partition(":")
    ends_y = base.endswith("y") and base[-2] not in "aeiou"
    third = f"{base[:-1]}ies" if ends_y else f"{base}es" if base.endswith(("s", "sh", "ch", "x")) else f"{base}s"
    past = past or (f"{base[:-1]}ied" if ends_y else f"{base}d" if base.endswith("e") else f"{base}ed")
    doubled = past[:-2] if past.endswith("ed") and len(past) - 2 > len(base) and not ends_y else base
    going = f"{base[:-1]}ing" if base.endswith("e") and not base.endswith("ee") else f"{doubled}ing"
    return base, third, past, going


def _table() -> Mapping[str, Saying]:
    table: dict[str, Saying] = {}
    for kind, verbs in ((Saying.SPEAK, _SPEAK), (Saying.HOLD, _HOLD)):
        for verb in verbs:
            table.update(dict.fromkeys(_forms(verb), kind))
    table |= dict.fromkeys(("say", "says", "said", "saying"), Saying.SAY)
    table |= dict.fromkeys(("tell", "tells", "told", "telling", "informed", "assured", "reminded"), Saying.TELL)
    return table | _PHRASES


KINDS: Mapping[str, Saying] = _table()
"""Each form of a reporting verb and what it takes."""

NEEDS_THAT = frozenset(form for verb in _HOLD for form in _forms(verb) if verb.partition(":")[0] in _ONLY_THAT)
"""Forms that report a clause only when that stands before it."""

_PARTICIPLES = {_forms(verb)[3] for verb in (*_HOLD, *_SPEAK)} | {"saying", "telling"}
_BASES = {_forms(verb)[0] for verb in (*_HOLD, *_SPEAK)} | {"say", "tell"}
PASTS = frozenset({_forms(verb)[2] for verb in (*_HOLD, *_SPEAK)} | {"said", "told", *_PHRASES})


def is_participle(form: str) -> bool:
    """Whether a form ends in -ing (``saying that …``)."""
    return form in _PARTICIPLES


def is_base(form: str) -> bool:
    """Whether a form is the bare verb, which only several people use (``officials say``)."""
    return form in _BASES


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, branched by first letter, so that a word that is none is left at once."""
    groups = groupby(sorted(set(words)), key=lambda word: word[0])
    return "(?:" + "|".join(f"{first}(?:{_tails(list(group))})" for first, group in groups) + ")"


def _tails(words: list[str]) -> str:
    return "|".join(re.escape(word[1:]) for word in sorted(words, key=len, reverse=True))


VERB = re.compile(rf"\b{one_of(KINDS)}\b")
"""Any form of a reporting verb, in lower case."""

OPENS_VERB = frozenset(form.partition(" ")[0] for form in KINDS)
"""The words with which one begins."""

JUDGEMENT = (
    "[Jj]udge?ment|assessment|conclusion|claim|view|belief|finding|warning|allegation|[Ss]tatement|suggestion|estimate"
    "|assertion|admission|announcement|confirmation|contention|insistence|suspicion|accusation|opinion|understanding|report"
)
"""Nouns that, with that, report what somebody holds."""

OTHER = re.compile(
    rf"\b(?:[Aa]ccording to |(?:{JUDGEMENT})s? (?:is |was )?that |(?:{JUDGEMENT})s? (?:(?:made|given|issued"
    rf"|published|put out|reached) )?(?:(?:to|in) [\w ]{{3,30}}? )?(?:by|of|from) |(?:correct|right|wrong"
    rf"|mistaken) (?:in saying|to say) |(?:reported|alleged|purported|supposed)ly )"
)
"""What reports without a verb of its own."""

OPENS_OTHER = re.compile(
    rf"according|(?:{JUDGEMENT})s?|correct|right|wrong|mistaken|(?:reported|alleged|purported|supposed)ly"
)
"""The words with which that begins, in lower case."""

HEARSAY = frozenset(
    "believed thought understood said reported alleged suspected claimed rumoured estimated assumed feared".split()
)
"""Participles that make a claim nobody's: it is believed, were understood to."""

EVIDENTIAL = frozenset(
    form
    for verb in "show suggest indicate reveal imply confirm signal explain find:found".split()
    for form in _forms(verb)
)
"""Forms that things (a pattern, the timing) do as well as those who speak."""
