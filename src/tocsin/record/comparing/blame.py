"""Who is blamed, and how far up: one incident at another level, another organ or state, in headline and body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from tocsin.figures import Difference
from tocsin.record.assertions import Attribution, Level, Polarity
from tocsin.record.comparing.claims import Claim, between, blocks, of_incidents, state_of
from tocsin.record.comparing.comparison import Between, Comparison, Family, Verdict

_SAYS = {
    Level.UNSPECIFIED: "nobody is blamed",
    Level.TERRITORY: "only a territory is named",
    Level.GROUP: "a group is blamed",
    Level.STATE_AFFILIATED: "a group tied to a state is blamed",
    Level.STATE_ORGAN: "an organ of a state is blamed",
    Level.STATE: "the state itself is blamed",
}
_LEFT_OPEN = {Polarity.NEGATED: "it is not said", Polarity.ABSTAINED: "it is left open"}
_MOST_ALSO = 20
_DOUBTFUL = 0.5
_LONG_WORD = 4
_IN_PASSING = 0.7
"""What a comparison weighs in which one side only presupposes, beside one of two claims made outright."""


def compare_blame(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """Pairs of attributions of one incident: one for each two levels, not one for each two claims."""
    attributions = [claim for claim in claims if isinstance(claim.assertion.body, Attribution)]
    for about in of_incidents(attributions).values():
        asserted = [claim for claim in about if claim.assertion.polarity is Polarity.ASSERTED]
        yield from _states(asserted)
        yield from _organs(asserted)
        yield from _own(asserted)
        yield from _others(asserted)
        yield from _headlines(asserted)
        yield from _left_open(asserted, about)


def blame_parts(left: Claim, right: Claim) -> tuple[Difference, ...]:
    """The parts in which two attributions differ: level, state accused, polarity."""
    one, other = attribution(left), attribution(right)
    told = (
        ("level", one.level.word, other.level.word),
        ("state", _state(left) or "none", _state(right) or "none"),
        ("polarity", left.assertion.polarity.value, right.assertion.polarity.value),
    )
    return tuple(Difference(name=name, left=mine, right=theirs) for name, mine, theirs in told if mine != theirs)


def attribution(claim: Claim) -> Attribution:
    """The claim's body, which must be one."""
    assert isinstance(claim.assertion.body, Attribution)
    return claim.assertion.body


def _own(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """One party at two levels: in two documents, on two days, or within one."""
    for party, held in _by_party(claims).items():
        by_level = blocks(sorted(held, key=_level), _level)
        for low, high in pairwise(by_level.values()):
            yield _told(low, high, weight=0.75 if party.startswith("org:") else 0.7)


def _others(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """Different parties at two levels, each by the highest that it reaches in a document."""
    tops: dict[tuple[str, str], Claim] = {}
    for party, held in _by_party(claims).items():
        for document, within in blocks(held, lambda claim: claim.document.sha256).items():
            tops[party, document] = min(within, key=_strength)
    by_level = blocks(sorted(dict.fromkeys(tops.values()), key=lambda claim: (_level(claim), claim.order)), _level)
    for low, high in combinations(by_level, 2):
        ours = sorted(by_level[low], key=_plainness)
        theirs = [claim for claim in by_level[high] if not claim.parties & ours[0].parties]
        if theirs:
            yield _told(ours, theirs, weight=0.6 + 0.05 * (high - low))


def _states(claims: Sequence[Claim]) -> Iterator[Comparison]:
    by_state = blocks((claim for claim in claims if _state(claim)), _state)
    for one, other in pairwise(by_state.values()):
        yield _told(one, other, weight=0.95)


def _organs(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """Claims that name another organ; one that is part of the other is the same."""
    by_organ = blocks((claim for claim in claims if _organ(claim)), _organ)
    for one, other in pairwise(sorted(by_organ)):
        if not other.startswith(one):
            comparison = _told(by_organ[one], by_organ[other], weight=0.7)
            parts = (Difference(name="organ", left=one, right=other), *comparison.parts)
            yield replace(comparison, family=Family.ORGAN, parts=parts)


def _headlines(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """A document's headline and the first claim of its body by that party, where their words for the doer differ."""
    for within in blocks(claims, lambda claim: claim.document.sha256).values():
        heads = [claim for claim in within if claim.is_headline]
        bodies = [claim for claim in within if not claim.is_headline]
        for head in heads[:1]:
            body = next((claim for claim in bodies if claim.parties & head.parties), next(iter(bodies), None))
            if body is not None and _doer(head).lower() != _doer(body).lower() and not _is_one_name(head, body):
                parts = (Difference(name="accused", left=_doer(head), right=_doer(body)), *blame_parts(head, body))
                explanation = f'The headline says "{_doer(head)}", the text "{_doer(body)}".'
                yield _pair(head, body, parts, explanation, weight=0.4)


def _left_open(asserted: Sequence[Claim], about: Sequence[Claim]) -> Iterator[Comparison]:
    """What a party did not claim or left open: beside a document by which it did claim it, else beside who did."""
    unsaid = [claim for claim in about if claim.assertion.polarity in _LEFT_OPEN]
    said = _by_party(asserted)
    for party, held in _by_party(unsaid).items():
        for claim in held[:1]:
            own = [other for other in said.get(party, ()) if _level(other) >= _level(claim)]
            tied = [
                other for other in asserted if _level(other) >= Level.STATE_AFFILIATED and _is_of_state(other, claim)
            ]
            beside = own[:1] or sorted(tied, key=_plainness)[:1]
            for other in beside:
                unsaying = _LEFT_OPEN[claim.assertion.polarity]
                explanation = f"{_saying(other)}; {claim.who}: {unsaying} ({claim.quoted})."
                weight = 0.85 if own else 0.55
                yield _pair(other, claim, blame_parts(other, claim), explanation, weight=weight)


def _told(lefts: Sequence[Claim], rights: Sequence[Claim], *, weight: float) -> Comparison:
    """Each side by the claim that says it most plainly; one that only presupposes it weighs less, and is told so."""
    left, right = min(lefts, key=_plainness), min(rights, key=_plainness)
    explanation = f"{_saying(left)}; {_saying(right)}."
    also = [claim.id for claim in (*lefts, *rights) if claim is not left and claim is not right][:_MOST_ALSO]
    outright = attribution(left).explicit and attribution(right).explicit
    weight = weight if outright else weight * _IN_PASSING
    if _is_doubtful(left, right):
        explanation += (
            " At least one does not name the incident, and the states differ: see whether it is one incident."
        )
        weight *= _DOUBTFUL
    return _pair(left, right, blame_parts(left, right), explanation, weight=weight, also=tuple(also))


def _pair(
    left: Claim,
    right: Claim,
    parts: tuple[Difference, ...],
    explanation: str,
    *,
    weight: float,
    also: tuple[str, ...] = (),
) -> Comparison:
    levels = {_level(left), _level(right)}
    lies = between(left, right)
    return Comparison(
        family=Family.ORGAN if Level.STATE_ORGAN in levels and len(levels) > 1 else Family.LEVEL,
        verdict=Verdict.DIFFERS,
        left=left.id,
        right=right.id,
        parts=parts,
        explanation=explanation[:1].upper() + explanation[1:],
        between=lies,
        weight=round(min(weight + (0.1 if lies is Between.DOCUMENTS else 0.0), 1.0), 2),
        incident=left.incident,
        also=also,
    )


def _by_party(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        for party in claim.parties:
            found.setdefault(party, []).append(claim)
    return dict(sorted(found.items()))


def _saying(claim: Claim) -> str:
    doer = _doer(claim)
    words = f'"{doer}"' if doer else claim.quoted
    passing = "" if attribution(claim).explicit else ", but only presupposed"
    return f"{claim.who}: {_SAYS[_level(claim)]}{passing} ({words})"


def _doer(claim: Claim) -> str:
    return next((claim.said(party.span) for party in attribution(claim).accused if party.span), "")


def _level(claim: Claim) -> Level:
    return attribution(claim).level


def _strength(claim: Claim) -> tuple[int, bool, bool]:
    """Sorts the highest level first, then what the text says outright, then what its body says."""
    return -_level(claim), not attribution(claim).explicit, claim.is_headline


def _plainness(claim: Claim) -> tuple[bool, bool]:
    """Sorts what is said outright before what is presupposed, and the body before the headline."""
    return not attribution(claim).explicit, claim.is_headline


def _is_one_name(left: Claim, right: Claim) -> bool:
    """Whether both accuse one state or organ, by whatever name, at one level: no two ways of saying who did it."""
    one, other = (
        {party.canonical for party in attribution(claim).accused if not party.canonical.startswith("group:")}
        for claim in (left, right)
    )
    return one == other != set() and _level(left) is _level(right)


def _is_of_state(said: Claim, unsaid: Claim) -> bool:
    """Whether what is claimed ties the act to the state that the other leaves out."""
    parties = (*attribution(said).accused, *attribution(said).actors)
    return _state(unsaid) is not None and _state(unsaid) in {state_of(party.canonical) for party in parties}


def _is_doubtful(left: Claim, right: Claim) -> bool:
    """Whether two claims against different states may be of two incidents: one was tied to it by what stands around."""
    one, other = _states_named(left), _states_named(right)
    return bool(one and other) and not one & other and not (_names_incident(left) and _names_incident(right))


def _states_named(claim: Claim) -> set[str]:
    parties = (*attribution(claim).accused, *attribution(claim).actors)
    return {state for party in parties if (state := state_of(party.canonical))}


def _names_incident(claim: Claim) -> bool:
    said = claim.words.lower()
    words = [word for word in (claim.incident or "").split("-") if len(word) >= _LONG_WORD and not word.isdigit()]
    return any(word in said for word in words)


def _organ(claim: Claim) -> str:
    parties = (*attribution(claim).accused, *attribution(claim).actors)
    return next((party.canonical for party in parties if party.canonical.startswith("organ:")), "")


def _state(claim: Claim) -> str | None:
    return next((code for party in attribution(claim).accused if (code := state_of(party.canonical))), None)
