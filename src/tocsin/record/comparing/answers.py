"""Denials beside the claims they answer, or none; and questions beside answers to something narrower."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tocsin.figures import Difference
from tocsin.record.assertions import Attribution, Denial, Polarity
from tocsin.record.comparing.blame import attribution
from tocsin.record.comparing.claims import GENERAL, Claim, between, blocks, state_of
from tocsin.record.comparing.comparison import Between, Comparison, Family, Verdict
from tocsin.record.spans import Span

_DENIED = "responsibility_denial"
_MOST_ALSO = 20
_NEAR = 1500
"""How far before a denial, in characters, the claim may stand that it is taken to answer."""
# What is asked about, from wide to narrow; written for tocsin from the words of parliaments and press rooms.
_SCOPES = tuple(
    tuple(re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in family)
    for family in (
        (
            r"public (?:bodies|sector|institutions|authorities|services)",
            r"(?:central )?government (?:organisations|organizations|bodies|institutions|entities|systems)",
            r"(?:government )?(?:departments|ministries)",
        ),
        (
            r"(?:organisations|organizations|entities)(?! were not)",
            r"(?:businesses|companies|firms)",
            r"(?:large|big|major|listed) (?:businesses|companies|firms)",
        ),
        (r"people|individuals|citizens", r"customers|users|patients|residents", r"employees|staff|officials"),
        (r"actions?(?= (?:will|would|are|is|has|have|against))|measures|steps", r"sanctions"),
        (r"systems|networks", r"servers|e?-?mail systems"),
        (
            r"data|information",
            r"personal(?:ly identifiable)? (?:data|information)",
            r"(?:payment|health) (?:data|records)",
        ),
    )
)
_QUESTION = re.compile(r"[^.?!\n]{3,600}\?")
_FAMILIES = 3


def compare_denials(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """Each denial of responsibility beside the claim it answers; one that answers none says so."""
    blamed: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if isinstance(claim.assertion.body, Attribution) and claim.assertion.polarity is Polarity.ASSERTED:
            states = {state_of(party.canonical) for party in (*attribution(claim).accused, *attribution(claim).actors)}
            for state in states - {None}:
                blamed.setdefault((state or "", claim.incident or ""), []).append(claim)
    denials = [claim for claim in claims if _denies(claim)]
    answered = {(state, claim.incident) for claim in denials for state in _states(claim)}
    for denial in denials:
        for state in sorted(_states(denial)):
            open_ = sorted(
                key for accused, key in blamed if accused == state and (state, key) not in answered and _is_one(key)
            )
            about = blamed.get((state, denial.incident or ""), [])
            if denial.incident is None:
                every = [claim for key, each in blamed.items() if key[0] == state for claim in each]
                about = about or _before(denial, every)
                open_ = [key for key in open_ if key not in {claim.incident for claim in about}]
            yield _denial(denial, about, state, open_)


def compare_answers(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """Each question of a turn and the next speaker's answer that keeps to something narrower than was asked."""
    turned = blocks((claim for claim in claims if claim.turn), lambda claim: claim.document.sha256)
    for within in turned.values():
        by_turn = blocks(sorted(within, key=lambda claim: claim.assertion.span), lambda claim: claim.turn)
        for asking, answering in pairwise(by_turn.values()):
            if asking[0].speaker != answering[0].speaker or asking[0].speaker is None:
                yield from _narrower(asking, answering)


def _denial(denial: Claim, claims: Sequence[Claim], state: str, unanswered: Sequence[str]) -> Comparison:
    elsewhere = f" No denial by {state} is recorded about {_listed(unanswered)}." if unanswered else ""
    if not claims:
        about = denial.incident or "an incident that is not told"
        sentence = f"{denial.who} denies: {denial.quoted}; it answers no claim recorded about this incident ({about})."
        return _as_denial(denial, None, (), sentence + elsewhere, ())
    same_document = [claim for claim in claims if claim.document.sha256 == denial.document.sha256]
    before = [claim for claim in same_document if claim.assertion.span.begins <= denial.assertion.span.begins]
    claim = (before or same_document or list(claims))[-1 if before else 0]
    parts = (Difference(name="responsibility", left="claimed", right="denied"),)
    sentence = f"{claim.who} claims: {claim.quoted}; {denial.who} denies: {denial.quoted}."
    if denial.incident is None and claim.incident:
        sentence += f" The denial does not tell what it is about; the claim before it is about {claim.incident}."
    also = tuple(other.id for other in claims if other is not claim)[:_MOST_ALSO]
    return _as_denial(denial, claim, parts, sentence + elsewhere, also)


def _before(denial: Claim, claims: Sequence[Claim]) -> list[Claim]:
    """Of a denial that does not tell its incident: the last claim before it in its own document, if it is near."""
    at = denial.assertion.span.begins
    near = [
        claim
        for claim in claims
        if claim.document.sha256 == denial.document.sha256
        and at - _NEAR <= claim.assertion.span.begins
        and claim.assertion.span.ends <= at
    ]
    return sorted(near, key=lambda claim: claim.assertion.span.begins)[-1:]


def _as_denial(
    denial: Claim, claim: Claim | None, parts: tuple[Difference, ...], explanation: str, also: tuple[str, ...]
) -> Comparison:
    return Comparison(
        family=Family.DENIAL,
        verdict=Verdict.DIFFERS if claim else Verdict.NOT_COMPARABLE,
        left=denial.id,
        right=claim.id if claim else None,
        parts=parts,
        explanation=explanation[:1].upper() + explanation[1:],
        between=between(denial, claim) if claim else Between.CLAIMANTS,
        weight=0.75 if claim else 0.5,
        incident=denial.incident,
        also=also,
    )


def _narrower(asking: Sequence[Claim], answering: Sequence[Claim]) -> Iterator[Comparison]:
    asked, answered = asking[0], answering[0]
    assert asked.turn is not None
    assert answered.turn is not None
    questions = _questions(asked.document.text, asked.turn)
    turn, reply = asked.turn.of(asked.document.text), answered.turn.of(answered.document.text)
    found = 0
    for family in _SCOPES:
        for wide, narrow in pairwise(family):
            wanted, given = wide.search(questions), narrow.search(reply)
            if not wanted or not given or wide.search(reply) or narrow.search(turn) or found == _FAMILIES:
                continue
            left = _holding(asking, asked.turn, wanted.group())
            right = _holding(answering, answered.turn, given.group())
            if left and right:
                found += 1
                yield _as_narrower(left, right, wanted.group(), given.group())


def _as_narrower(left: Claim, right: Claim, asked: str, answered: str) -> Comparison:
    sentence = f'The question is about "{asked}", the answer about "{answered}": {left.quoted} / {right.quoted}.'
    return Comparison(
        family=Family.ANSWER,
        verdict=Verdict.DIFFERS,
        left=left.id,
        right=right.id,
        parts=(Difference(name="scope", left=asked, right=answered),),
        explanation=sentence,
        between=Between.SPEAKERS,
        weight=0.65,
        incident=right.incident,
    )


def _questions(text: str, turn: Span) -> str:
    return " ".join(match.group() for match in _QUESTION.finditer(text, turn.begins, turn.ends))


def _holding(claims: Sequence[Claim], turn: Span, words: str) -> Claim | None:
    """The shortest claim of the turn that has the words, else the one nearest to them."""
    holding = [claim for claim in claims if words.lower() in claim.words.lower()]
    if holding:
        return min(holding, key=lambda claim: len(claim.assertion.span))
    at = turn.begins + turn.of(claims[0].document.text).find(words)
    near = [claim for claim in claims if abs(claim.assertion.span.begins - at) < 300]
    return min(near, key=lambda claim: abs(claim.assertion.span.begins - at), default=None)


def _denies(claim: Claim) -> bool:
    return isinstance(claim.assertion.body, Denial) and claim.assertion.body.what == _DENIED


def _states(claim: Claim) -> set[str]:
    return {code for party in claim.parties if (code := state_of(party))}


def _is_one(incident: str) -> bool:
    return bool(incident) and not incident.startswith(GENERAL)


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(keys[:5]) + (f" and {len(keys) - 5} more" if len(keys) > 5 else "")
