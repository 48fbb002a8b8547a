"""Reads attributions: who is said to have done it, at which level, how surely, denied or left open, in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tocsin.record.assertions import Attribution, Level, Polarity, Relation
from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.reading._accused import Accused
from tocsin.record.reading._acting import ACTING, is_in_the_open, is_of_states, may_be_deed
from tocsin.record.reading._coreference import Memory
from tocsin.record.reading._fitting import Hit, hit_of, is_any_state, meet, same
from tocsin.record.reading._grammar import FORMS, letters_of, that_may_stand
from tocsin.record.reading._polarity import polarity_of
from tocsin.record.reading._tagging import Line, tag
from tocsin.record.reading._when_done import when_done
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
_ISSUED_BY = re.compile(r"\b(?:issued|made|signed|endorsed) by\b")
_UNLIKE = re.compile(r"\b[Uu]nlike\b")
_TRADE = frozenset((Level.GROUP, Level.STATE_ORGAN))
_BLAMES = frozenset(("attribute_to", "accuse"))
_OWN_STATE = re.compile(r"(?:gov|state|role|org|organ):([A-Z]{2})(?:-|$)")
_CLAIMING = frozenset("ctiINs")


def read_attributions(page: Page) -> Sequence[Candidate]:
    """Every attribution on the page, in the text's order."""
    found: list[tuple[Accused, bool, Candidate]] = []  # a hit would hold its sentence's tokens until the page's end
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
            read = _read_sentence(page, sentence, line, memory, home)
            found += [(hit.accused, hit.is_of_known, candidate) for hit, candidate in read]
        memory.sentence_ends()
    known = frozenset(name for accused, is_of_known, _ in found if not is_of_known for name in _known_by(accused))
    return [one for accused, is_of_known, one in found if not is_of_known or _is_expected(accused, known)]


def _is_expected(accused: Accused, known: frozenset[str]) -> bool:
    """Whether a deed of theirs is to be expected: it is their trade, or the document accuses them elsewhere."""
    return accused.level in _TRADE or not known.isdisjoint(_known_by(accused))


def _known_by(accused: Accused) -> Iterator[str]:
    """By what those accused are known again: their state, else their names."""
    yield from accused.states or (party.canonical for party in accused.parties)


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
) -> Iterator[tuple[Hit, Candidate]]:
    taken: list[Hit] = []
    letters = letters_of(line.kinds)
    for form in that_may_stand(FORMS, letters):
        for match in form.pattern.finditer(line.kinds):
            hit = hit_of(form, line, match, memory, home)
            is_open = hit is not None and form.name == "did" and is_in_the_open(page.text, line, match.start("cue"))
            if hit is not None and not is_open and not any(same(hit, other) for other in taken):
                taken.append(hit)
    for form in that_may_stand(ACTING, letters):
        for match in form.pattern.finditer(line.kinds):
            hit = hit_of(form, line, match, memory, home) if may_be_deed(page.text, line, match, form) else None
            if hit is None or any(same(hit, other) or meet(hit, other) for other in taken):
                continue
            if hit.accused.level is not Level.STATE or is_of_states(page.text, line, match, form):
                taken.append(replace(hit, is_of_known=True))
    for hit in sorted(taken, key=lambda one: one.match.start()):
        candidate = _candidate(page, sentence, hit)
        if candidate is not None:
            yield hit, candidate
            if not hit.is_of_known:
                memory.hear(hit.accused)


def _candidate(page: Page, sentence: Sentence, hit: Hit) -> Candidate | None:
    cue = hit.match.start("cue")
    polarity = polarity_of(page, hit, cue)
    if polarity is None or (hit.is_pronoun and polarity in (Polarity.NEGATED, Polarity.HYPOTHETICAL)):
        return None
    if polarity is Polarity.ASSERTED and hit.form.name not in _BLAMES and is_any_state(hit.accused):
        return None
    claimants = _claimants(page, hit, cue)
    span = _clause(page, hit, hit.match.start())
    chain = (*page.chain(page.innermost(hit.line.place(cue, cue))), *claimants)
    if polarity is not Polarity.ASSERTED and any(_state_of(party) in hit.accused.states for party in chain[-1:]):
        return None
    relation = hit.accused.relation or _relation(hit, cue)
    body = Attribution(
        accused=hit.accused.parties,
        level=hit.accused.level,
        relation=relation,
        explicit=hit.form.explicit,
        act=_act(hit),
        actors=hit.accused.actors,
        likelihood=find_likelihood(page.text, span, claimants=chain[-1:], near=hit.line.place(cue, cue)),
    )
    return Candidate(
        span=span,
        rule=f"attribution.{hit.form.name}",
        body=body,
        triggers=(hit.line.place(cue, cue),),
        claimants=claimants,
        polarity=polarity,
        when=when_done(page, sentence, hit, span),
    )


def _state_of(party: Party) -> str | None:
    """The state whom somebody speaks for: what they say their own state did not do is a denial, and no attribution."""
    found = _OWN_STATE.match(party.canonical)
    return found[1] if found else None


def _relation(hit: Hit, cue: int) -> Relation:
    """What the phrase says, where the cue is one; else what the form says."""
    phrase = hit.line.tokens[cue]
    return Relation(phrase.relation if phrase.kind in "RKFQW" else hit.form.relation)


def _act(hit: Hit) -> Span | None:
    if "act" not in hit.form.pattern.groupindex or hit.match.start("act") < 0:
        return None
    return hit.line.place(hit.match.start("act"), hit.match.end("act") - 1)


def _clause(page: Page, hit: Hit, first: int) -> Span:
    """The clause of the claim: its sentence between semicolons, colons, and "but" or "while"; from token ``first``."""
    line, begins, ends = hit.line, hit.line.span.begins, hit.line.span.ends
    opens, closes = line.tokens[first].begins, line.tokens[hit.match.end() - 1].ends
    for stop in _BREAKS.finditer(page.text, begins, ends):
        if stop.end() <= opens:
            begins = stop.end()
        elif stop.start() >= closes:
            return Span(begins, stop.start())
    return Span(begins, ends)


def _claimants(page: Page, hit: Hit, cue: int) -> tuple[Party, ...]:
    """Those named before the verb of accusing or saying as its subject, in the same sentence."""
    line = hit.line
    first = max(cue, hit.match.start("who")) if line.kinds[cue] in _CLAIMING else hit.match.start("who")
    around = page.innermost(line.place(cue, cue))
    reported = page.segments[around].span.begins if around is not None else 0  # the verb before it is in the chain
    opens = next((at for at, token in enumerate(line.tokens) if token.begins >= reported), 0)
    verbs = [at for at in range(opens, min(first, len(line.kinds))) if line.kinds[at] in _CLAIMING]
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
    begins = first_after[0] + 1 if first_after else opens
    subject = line.tokens[begins : verbs[0]]
    before = [token.mention for token in subject if token.mention is not None and token.kind in "SBO"]
    named = tuple(_claimant(mention) for mention in before if mention.canonical not in accused)
    heard = page.speaker_at(line.tokens[verbs[0]].begins)
    if heard is None or len(before) > 1 or heard.canonical in accused or heard.canonical.startswith("unknown:"):
        return named
    return named if named and heard.canonical.startswith("class:") else (heard,)


def _claimant(mention: Mention) -> Party:
    """Whoever speaks for a state is its government."""
    kind, _, name = mention.canonical.partition(":")
    return Party(canonical=f"gov:{name}" if kind == "state" else mention.canonical, span=mention.span)
