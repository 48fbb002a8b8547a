"""Reads attributions: who is said to have done it, at which level, how surely, denied or left open, in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tocsin.record.assertions import Attribution, Level, Polarity, Relation
from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.reading._accused import Accused, accused_in
from tocsin.record.reading._coreference import Memory
from tocsin.record.reading._grammar import FORMS, Form
from tocsin.record.reading._tagging import Line, tag
from tocsin.record.reading.likelihood import find_likelihood
from tocsin.record.reading.page import Candidate, Page, Sentence
from tocsin.record.reading.voice import own_voice
from tocsin.record.segments import Party
from tocsin.record.spans import Span

_ACCUSABLE = frozenset(EntityKind) - {EntityKind.ROLE, EntityKind.BLOC, EntityKind.COMPANY}
_SOME_STATE = re.compile(r"\b(?:state|government|power)s?\b|\bstate-")
_REFERS = re.compile(
    r"\b(?:[Ii]t|[Tt]hey|s?he|[Tt]hem|regime|authorities|groups?|gangs?|units?|crew|team|hackers?|actors?|operat\w+|attackers?"
    r"|crimin\w+|spies|agents?|officers?|same|adversar\w+|intruders?|states?|government)\b"
)
_BREAKS = re.compile(r";\s+|,\s+(?:(?=(?:but|while|whereas|although|though)\b))")
_ABSTAINS = re.compile(
    r"\b(?:(?:not|n['’]t|declin\w+|refus\w+|unable) (?:to )?"
    r"(?:say|said|attribut\w+|comment\w*|name|blame|confirm|specul\w+)"
    r"|stopp?(?:ed|ing)? short of|not (?:yet )?(?:known|clear|determined|concluded)"
    r"|unclear|no (?:public )?attribution)\b",
    re.IGNORECASE,
)
_NO_EVIDENCE = re.compile(
    r"\b(?:no (?:\w+ )?(?:evidence|indication|sign|suggestion|proof|reason to)|nothing to suggest"
    r"|(?:not|n['’]t) (?:\w+ )?"
    r"(?:believe|judge|think|assess|suggest|allege|claim)\w*)\b",
    re.IGNORECASE,
)
_ISSUED_BY = re.compile(r"\b(?:issued|made|signed|endorsed) by\b")
_UNLIKE = re.compile(r"\b[Uu]nlike\b")
_DOES = frozenset(("active", "active_light", "active_weak", "agency", "did", "tried", "directs"))
_OF_A_PLACE = ("territory", "territory_which")
_OF_ANY_STATE = frozenset(("attribute_to", "accuse", "responsible", "points_to", "by"))
_CLAIMING = frozenset("ctiINs")


@dataclass(frozen=True, slots=True)
class _Hit:
    form: Form
    line: Line
    match: re.Match[str]
    accused: Accused

    @property
    def who(self) -> tuple[int, int]:
        return self.match.start("who"), self.match.end("who") - 1

    @property
    def is_pronoun(self) -> bool:
        return self.match["who"] == "u"


def read_attributions(page: Page) -> Sequence[Candidate]:
    """Every attribution on the page, in the text's order."""
    found: list[Candidate] = []
    memory = Memory()
    home = _home(page)
    names = iter(page.mentions)
    name = next(names, None)
    for sentence in page.sentences:
        inside: list[Mention] = []
        while name is not None and name.span.begins < sentence.span.ends:
            if name.span.begins >= sentence.span.begins:
                inside.append(name)
            name = next(names, None)
        if _may_accuse(page, sentence, inside, memory):
            line = tag(page.text, sentence.span, inside)
            found += _read_sentence(page, sentence, line, memory, home)
        memory.sentence_ends()
    return found


def _home(page: Page) -> frozenset[str]:
    """The state whose own statement it is: what it says of itself is what it did, not what it is accused of."""
    return frozenset(party.canonical.removeprefix("gov:") for party in own_voice(page) if party.canonical[:4] == "gov:")


def _may_accuse(page: Page, sentence: Sentence, names: Sequence[Mention], memory: Memory) -> bool:
    """Whether anybody is in the sentence who could be accused: the cheap question before it is looked at."""
    if any(mention.kind in _ACCUSABLE for mention in names):
        return True
    wanted = _REFERS if memory.is_fresh else _SOME_STATE
    return wanted.search(page.text, sentence.span.begins, sentence.span.ends) is not None


def _read_sentence(
    page: Page, sentence: Sentence, line: Line, memory: Memory, home: frozenset[str]
) -> Iterator[Candidate]:
    taken: list[_Hit] = []
    letters = frozenset(line.kinds)
    for form in FORMS:
        if not form.may_stand(letters):
            continue
        for match in form.pattern.finditer(line.kinds):
            accused = accused_in(line, match.start("who"), match.end("who") - 1) or memory.meant(
                line, match.span("who")
            )
            accused = _as_form_says(form, line, match, accused) if accused else None
            if accused is None or (accused.states and accused.states <= home):
                continue
            hit = _Hit(form, line, match, accused)
            if not any(_same(hit, other) for other in taken):
                taken.append(hit)
    for hit in sorted(taken, key=lambda one: one.match.start()):
        candidate = _candidate(page, sentence, hit)
        if candidate is not None:
            yield candidate
            memory.hear(hit.accused)


def _as_form_says(form: Form, line: Line, match: re.Match[str], accused: Accused) -> Accused | None:
    """The accused as the whole form makes them: whoever is linked to a state is affiliated, not the state."""
    names = {token.mention.kind for token in line.tokens[match.start("who") : match.end("who")] if token.mention}
    if form.name in ("link", "attribute_to", *_OF_A_PLACE) and EntityKind.HEAD in names:
        return None
    if form.name == "demonym" and line.tokens[match.start("act")].relation == "capital":
        return None
    if form.name == "did" and line.tokens[match.start("cue")].relation != "ed":
        return None
    if not accused.states and accused.parties[0].canonical == "state:unspecified" and form.name not in _OF_ANY_STATE:
        return None
    if form.name in _DOES and _is_passive(line, match):
        return None
    if form.name in _OF_A_PLACE:
        places = tuple(
            replace(party, canonical=f"territory:{state}") for party in accused.parties[:1] for state in accused.states
        )
        return replace(accused, parties=places, level=Level.TERRITORY, relation=Relation.LOCATED_IN)
    if form.name != "link":
        return accused
    relation = line.tokens[match.start("cue")].relation
    level = accused.level
    if level is Level.STATE and relation != Relation.DIRECTED_BY:
        level = Level.STATE_AFFILIATED
    subject = _subject(line, match)
    return replace(accused, parties=(*subject, *accused.parties), level=level, actors=(*subject, *accused.actors))


def _is_passive(line: Line, match: re.Match[str]) -> bool:
    """Whether the verb is done to those before it: "was hacked", but not "was hacking"."""
    first, cue = match.end("who"), match.start("cue")
    between = line.tokens[max(first, line.kinds.rfind(",", first, cue) + 1) : cue]
    return any(token.relation == "be" for token in between) and line.tokens[match.start("cue")].relation != "ing"


def _subject(line: Line, match: re.Match[str]) -> tuple[Party, ...]:
    """The threat actor of whom the link is said."""
    at = match.start("subject")
    mention = line.tokens[at].mention if at >= 0 and line.kinds[at] == "A" else None
    return (Party(canonical=mention.canonical, span=mention.span),) if mention else ()


def _same(hit: _Hit, other: _Hit) -> bool:
    """Two forms that meet on the same accused, or in whose words the one lies within the other, are one claim."""
    first, last = hit.who
    begun, ended = other.who
    if first <= ended and begun <= last:
        return True
    alike = {party.canonical for party in hit.accused.parties} & {party.canonical for party in other.accused.parties}
    said_again = hit.is_pronoun or other.is_pronoun or not (hit.form.explicit and other.form.explicit)
    return bool(alike) and said_again


def _candidate(page: Page, sentence: Sentence, hit: _Hit) -> Candidate | None:
    cue = hit.match.start("cue")
    polarity = _polarity(page, sentence, hit, cue)
    if polarity is None:
        return None
    claimants = _claimants(page, hit, cue)
    span = _clause(page, hit, hit.match.start())
    chain = (*page.chain(page.innermost(hit.line.place(cue, cue))), *claimants)
    relation = hit.accused.relation or _relation(hit, cue)
    body = Attribution(
        accused=hit.accused.parties,
        level=hit.accused.level,
        relation=relation,
        explicit=hit.form.explicit,
        act=_act(hit),
        actors=hit.accused.actors,
        likelihood=find_likelihood(page.text, span, claimants=chain[-1:]),
    )
    return Candidate(
        span=span,
        rule=f"attribution.{hit.form.name}",
        body=body,
        triggers=(hit.line.place(cue, cue),),
        claimants=claimants,
        polarity=polarity,
    )


def _relation(hit: _Hit, cue: int) -> Relation:
    """What the phrase says, where the cue is one; else what the form says."""
    phrase = hit.line.tokens[cue]
    return Relation(phrase.relation if phrase.kind in "RKFQW" else hit.form.relation)


def _act(hit: _Hit) -> Span | None:
    if "act" not in hit.form.pattern.groupindex or hit.match.start("act") < 0:
        return None
    return hit.line.place(hit.match.start("act"), hit.match.end("act") - 1)


def _clause(page: Page, hit: _Hit, first: int) -> Span:
    """The clause of the claim: its sentence between semicolons, colons, and "but" or "while"; from token ``first``."""
    line, begins, ends = hit.line, hit.line.span.begins, hit.line.span.ends
    opens, closes = line.tokens[first].begins, line.tokens[hit.match.end() - 1].ends
    for stop in _BREAKS.finditer(page.text, begins, ends):
        if stop.end() <= opens:
            begins = stop.end()
        elif stop.start() >= closes:
            return Span(begins, stop.start())
    return Span(begins, ends)


def _claimants(page: Page, hit: _Hit, cue: int) -> tuple[Party, ...]:
    """Those named before the verb of accusing or saying as its subject, in the same sentence."""
    line = hit.line
    first = max(cue, hit.match.start("who")) if line.kinds[cue] in _CLAIMING else hit.match.start("who")
    verbs = [at for at in range(min(first, len(line.kinds))) if line.kinds[at] in _CLAIMING]
    if line.kinds[cue] in _CLAIMING:
        verbs.append(cue)
    issued = _ISSUED_BY.search(page.text, line.tokens[cue].ends, line.span.ends)
    if issued is not None:
        behind = [token for token in line.tokens if token.begins >= issued.end()]
        return tuple(_claimant(token.mention) for token in behind if token.mention is not None and token.kind in "SB")
    if not verbs:
        return ()
    accused = {party.canonical for party in hit.accused.parties}
    unlike = _UNLIKE.search(page.text, line.span.begins, line.tokens[verbs[0]].begins)
    first_after = [
        at for at in range(verbs[0]) if unlike and line.tokens[at].begins > unlike.end() and line.kinds[at] == ","
    ]
    begins = first_after[0] + 1 if first_after else 0
    subject = line.tokens[begins : verbs[0]]
    before = [token.mention for token in subject if token.mention is not None and token.kind in "SBO"]
    return tuple(_claimant(mention) for mention in before if mention.canonical not in accused)


def _claimant(mention: Mention) -> Party:
    """Whoever speaks for a state is its government."""
    kind, _, name = mention.canonical.partition(":")
    return Party(canonical=f"gov:{name}" if kind == "state" else mention.canonical, span=mention.span)


def _polarity(page: Page, sentence: Sentence, hit: _Hit, cue: int) -> Polarity | None:
    line = hit.line
    first = min(hit.match.start(), cue)
    before = line.kinds[max(0, first - 14) : cue]
    if "z" in before and hit.form.explicit:
        return None
    comma = line.kinds.rfind(",", 0, cue)
    clause = line.tokens[comma].ends if comma >= 0 else line.span.begins
    if _ABSTAINS.search(page.text, clause, line.tokens[cue].begins):
        return Polarity.ABSTAINED
    if "x" in line.kinds[max(0, cue - 4) : cue] or _NO_EVIDENCE.search(page.text, clause, line.tokens[cue].begins):
        return Polarity.NEGATED
    if "f" in before and (hit.form.explicit or hit.form.name in _OF_A_PLACE):
        return Polarity.HYPOTHETICAL if hit.form.name not in _OF_A_PLACE else None
    if hit.form.explicit and page.text[line.span.ends - 1] == "?":
        return Polarity.QUESTIONED
    return Polarity.ASSERTED
