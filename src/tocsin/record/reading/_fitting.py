"""Where a form fits in a sentence, whom it accuses there, and what the whole form makes of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tocsin.record.assertions import Level, Relation
from tocsin.record.gazetteer import EntityKind
from tocsin.record.reading._accused import Accused, accused_in
from tocsin.record.reading._coreference import Memory
from tocsin.record.reading._grammar import Form
from tocsin.record.reading._tagging import Line, Token
from tocsin.record.segments import Party

_DOES = frozenset(("active", "active_light", "active_weak", "agency", "did", "tried", "directs", "acting"))
_NEEDS_ACT = frozenset(("points_to", "indict", "indicted"))
OF_A_PLACE = ("territory", "territory_which", "infrastructure", "own_soil")
"""The forms that accuse a place."""
_OF_ANY_STATE = frozenset(("attribute_to", "accuse", "responsible", "by"))
_CUE_IS = {"claimed_by": "claimed", "for_organ": "for", "did": "ed"}
"""What the token of the cue must be in a form whose letter stands for more."""
_OF_AN_AGENCY = re.compile(r"B(?:,|,ka|(?<!kB)(?<!dkB)a)d?$")
_ACTIVE = frozenset(("ing", "conducted_by"))
_ACTS = frozenset("nmv")
_PREPOSITIONS = frozenset("for with at in on into inside across within through over under against".split())


@dataclass(frozen=True, slots=True)
class Hit:
    """A form that fits: its match over the letters of the line, and those it accuses."""

    form: Form
    line: Line
    match: re.Match[str]
    accused: Accused
    is_of_known: bool = False
    """It counts only where the document accuses the same by a form that stands by itself."""

    @property
    def who(self) -> tuple[int, int]:
        return self.match.start("who"), self.match.end("who") - 1

    @property
    def is_pronoun(self) -> bool:
        return self.match["who"] == "u"


def hit_of(form: Form, line: Line, match: re.Match[str], memory: Memory, home: frozenset[str]) -> Hit | None:
    """The form where it fits, with whom it accuses there; nobody is accused by the state that speaks of itself."""
    first, end = match.span("who")
    if match["who"] == "u" and line.kinds[end : end + 1] == "k":  # "who told them who did it"
        return None
    if form.name in _DOES and first and _is_no_subject(line.tokens[first - 1]) and "g" not in match["who"]:
        return None
    if form.name in _CUE_IS and line.tokens[match.start("cue")].relation != _CUE_IS[form.name]:
        return None
    accused = accused_in(line, first, end - 1) or memory.meant(line, (first, end))
    accused = _as_form_says(form, line, match, accused) if accused else None
    return Hit(form, line, match, accused) if accused is not None and not _is_of(accused, home) else None


def _is_of(accused: Accused, home: frozenset[str]) -> bool:
    return bool(accused.states) and accused.states <= home


def _as_form_says(form: Form, line: Line, match: re.Match[str], accused: Accused) -> Accused | None:
    """The accused as the whole form makes them: whoever is linked to a state is affiliated, not the state."""
    if not _is_whole(form, line, match, accused):
        return None
    if form.name in OF_A_PLACE:
        places = tuple(
            replace(party, canonical=f"territory:{state}") for party in accused.parties[:1] for state in accused.states
        )
        return replace(accused, parties=places, level=Level.TERRITORY, relation=Relation.LOCATED_IN)
    if form.name != "link":
        return accused
    if _is_of_an_agency(line, match.start("cue")):
        return None
    relation = line.tokens[match.start("cue")].relation
    level = accused.level
    if level is Level.STATE and relation != Relation.DIRECTED_BY:
        level = Level.STATE_AFFILIATED
    subject = _subject(line, match)
    return replace(accused, parties=(*subject, *accused.parties), level=level, actors=(*subject, *accused.actors))


def _is_of_an_agency(line: Line, cue: int) -> bool:
    """Whether the link is that of a public body or a firm: "the centre, an arm of GCHQ", "the centre is part of"."""
    return _OF_AN_AGENCY.search(line.kinds, 0, cue) is not None


def _is_passive(line: Line, match: re.Match[str]) -> bool:
    """Whether the verb is done to those before it: "was hacked", but not "was hacking"."""
    first, cue = match.end("who"), match.start("cue")
    begins = max(first, line.kinds.rfind(",", first, cue) + 1, line.kinds.rfind("r", first, cue) + 1)
    between = line.tokens[begins:cue]  # of "is known to have hacked" the last part alone
    return any(token.relation == "be" for token in between) and line.tokens[cue].relation not in _ACTIVE


def _subject(line: Line, match: re.Match[str]) -> tuple[Party, ...]:
    """The threat actor of whom the link is said."""
    at = match.start("subject")
    mention = line.tokens[at].mention if at >= 0 and line.kinds[at] == "A" else None
    return (Party(canonical=mention.canonical, span=mention.span),) if mention else ()


def _is_whole(form: Form, line: Line, match: re.Match[str], accused: Accused) -> bool:
    """Whether all that the form needs is there, where its letters leave that open."""
    first, cue = match.start("who"), match.start("cue")
    if form.name in _CUE_IS:
        return not (form.name in _DOES and _is_passive(line, match))
    if form.name in _DOES:
        return not is_any_state(accused) and not _is_passive(line, match)
    if form.name in ("link", "attribute_to", *OF_A_PLACE):
        names = line.tokens[first : match.end("who")]
        if any(token.mention is not None and token.mention.kind is EntityKind.HEAD for token in names):
            return False
    if (
        form.name == "points_to"
        and line.kinds[first - 1] == "q"
        and line.tokens[first - 1].relation not in ("with", "at")
    ):
        return False
    if form.name in _NEEDS_ACT and accused.level is not Level.STATE_ORGAN and not accused.actors:
        return not _ACTS.isdisjoint(line.kinds) and not is_any_state(accused)
    if form.name == "organ_link" and _is_of_an_agency(line, cue):
        return False
    if form.name == "demonym" and line.tokens[match.start("act")].relation == "capital":
        return False
    if form.name == "by" and line.tokens[cue - 1].relation == "led":  # "countries led by"
        return False
    if form.name == "group" and not (accused.states or accused.actors):
        return False
    return form.name in _OF_ANY_STATE or not is_any_state(accused)


def same(hit: Hit, other: Hit) -> bool:
    """Two forms that meet on the same accused, or in whose words the one lies within the other, are one claim."""
    first, last = hit.who
    begun, ended = other.who
    if first <= ended and begun <= last:
        return True
    alike = {party.canonical for party in hit.accused.parties} & {party.canonical for party in other.accused.parties}
    said_again = hit.is_pronoun or other.is_pronoun or not (hit.form.explicit and other.form.explicit)
    return bool(alike) and said_again


def _is_no_subject(before: Token) -> bool:
    """Whether a name behind that word is no subject: "two bankers in China laundered"."""
    return before.kind in "oyrG" or before.relation in _PREPOSITIONS


def is_any_state(accused: Accused) -> bool:
    """Whether a state is accused that is not named."""
    return not accused.states and accused.parties[0].canonical == "state:unspecified"


def meet(hit: Hit, other: Hit) -> bool:
    """Whether one deed is told twice: their words of deed and doer overlap."""
    return hit.match.start() < other.match.end() and other.match.start() < hit.match.end()
