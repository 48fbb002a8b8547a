"""Speech told by others: what A says that B said beside what B said, and one utterance quoted in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from tocsin.figures import Difference
from tocsin.record.assertions import Attribution, Quantity
from tocsin.record.comparing.blame import blame_parts
from tocsin.record.comparing.claims import Claim, between, blocks, kinship, named
from tocsin.record.comparing.comparison import Between, Comparison, Family, Verdict
from tocsin.record.comparing.numbers import POLITICAL, number_parts, quantity
from tocsin.record.comparing.sureness import likelihood_parts
from tocsin.record.document import Genre

_OWN_VOICE = frozenset({Genre.STATEMENT, Genre.ADVISORY, Genre.BRIEFING})
_GRAM = 4
_COMMON = 8
_MOST_TRIED = 6
_LONG = 7
_CYBER = re.compile(r"\b([Cc])yber[- ](?=\w)")
_WORD = re.compile(r"[A-Za-z0-9’']+")
_MODALS = frozenset("will would shall should can could may might must cannot".split())


def compare_relays(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """What is told as another's words, beside that other's own on the same matter, where the record has them."""
    own = blocks((claim for claim in claims if _matter(claim)), lambda claim: (_utterer(claim), _matter(claim)))
    for told in claims:
        chain = [party.canonical for party in told.assertion.chain]
        if len(chain) < 2 or not _matter(told) or chain[-1] == _utterer(told):
            continue
        mine = own.get((chain[-1], _matter(told)), [])
        before = [claim for claim in mine if claim.id != told.id and _can_precede(claim, told)]
        if not before:
            continue
        said = min(before[:_MOST_TRIED], key=lambda claim: len(_parts(claim, told)))
        parts = _parts(said, told)
        differs = f": {_listed(parts)}" if parts else " it is the same"
        sentence = f"{named(chain[-1])} said {said.quoted}; as {named(chain[-2])} tells it, {told.quoted}{differs}."
        yield Comparison(
            family=Family.RELAY,
            verdict=Verdict.DIFFERS if parts else Verdict.SAME,
            left=said.id,
            right=told.id,
            parts=parts,
            explanation=sentence[:1].upper() + sentence[1:],
            between=between(said, told) if said.turn != told.turn else Between.SPEAKERS,
            weight=0.9 if parts else 0.15,
            incident=told.incident,
        )


def compare_wordings(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """Claims of near claimants that share four words in a row: one utterance, told alike or with other words."""
    longest = _longest(claims)
    written = {claim.id: _written(claim) for claim in longest}
    tokens = {name: [word.lower() for word in words] for name, words in written.items()}
    by_gram: dict[tuple[str, ...], list[tuple[Claim, int]]] = {}
    for claim in longest:
        words = tokens[claim.id]
        for at in range(len(words) - _GRAM + 1):
            by_gram.setdefault(tuple(words[at : at + _GRAM]), []).append((claim, at))
    seen = set[tuple[str, str]]()
    told = set[tuple[str, str, bool, bool, str]]()
    for sharing in by_gram.values():
        if len(sharing) > _COMMON:  # a form of words that everybody uses is nobody's utterance
            continue
        for (left, here), (right, there) in combinations(sharing, 2):
            if (left.id, right.id) in seen or not _is_elsewhere(left, right):
                continue
            shared = _run(tokens[left.id], here, tokens[right.id], there)
            pairs = zip(written[left.id][here:], written[right.id][there:], shared, strict=False)
            plain = [word for one, other, word in pairs if one == other == word]
            where = (left.document.sha256, right.document.sha256, left.is_headline, right.is_headline, " ".join(shared))
            if where not in told and _is_one_utterance(left, right, shared, plain):
                told.add(where)
                seen.add((left.id, right.id))
                yield _wording(left, right, tokens[left.id], tokens[right.id], " ".join(shared))


def _longest(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that lie in no other of their document: the same words may be a response, a commitment and blame."""
    kept: list[Claim] = []
    for within in blocks(claims, lambda claim: claim.document.sha256).values():
        ends = 0
        for claim in sorted(within, key=lambda claim: (claim.utterance.begins, -claim.utterance.ends, claim.id)):
            if claim.utterance.ends > ends:
                ends = claim.utterance.ends
                kept.append(claim)
    return sorted(kept, key=lambda claim: claim.order)


def _is_elsewhere(left: Claim, right: Claim) -> bool:
    return left.document.sha256 != right.document.sha256 or left.is_headline != right.is_headline


def _is_one_utterance(left: Claim, right: Claim, shared: Sequence[str], plain: Sequence[str]) -> bool:
    """Many words in a row; or some long ones, hence not anybody's, of near claimants or on one incident.

    Names are nobody's utterance: only ``plain`` words count, which both write with a small letter.
    """
    telling = sum(len(word) >= _LONG for word in plain)
    if not any(len(word) > _GRAM for word in plain):
        return False
    if kinship(left, right):
        return telling >= 2 or len(shared) > _GRAM
    is_of_one = left.incident is not None and left.incident == right.incident
    return (telling >= 2 and is_of_one) or len(shared) >= 2 * _GRAM


def _wording(left: Claim, right: Claim, one: Sequence[str], other: Sequence[str], shared: str) -> Comparison:
    modals = [_modal(words, shared.split()) for words in (one, other)]
    is_same = modals[0] == modals[1]
    parts = (Difference(name="words", left=left.uttered, right=right.uttered),) if one != other else ()
    if not is_same:
        parts = (Difference(name="modal verb", left=modals[0], right=modals[1]), *parts)
    told = "with other words around" if is_same else f'once with "{modals[0]}", once with "{modals[1]}"'
    sentence = f'The same utterance ("{shared}") stands twice, {told}: {left.quoted} / {right.quoted}.'
    return Comparison(
        family=Family.WORDING,
        verdict=Verdict.SAME if is_same else Verdict.DIFFERS,
        left=left.id,
        right=right.id,
        parts=parts,
        explanation=sentence,
        between=between(left, right),
        weight=0.2 if is_same else 0.45,
        incident=left.incident,
    )


def _modal(words: Sequence[str], shared: Sequence[str]) -> str:
    """The modal verb that governs the shared words: the first in them or shortly before."""
    at = next(at for at in range(len(words)) if words[at : at + len(shared)] == shared)
    near = words[max(0, at - _GRAM) : at + len(shared)]
    return next((word for word in near if word in _MODALS), "none")


def _utterer(claim: Claim) -> str | None:
    """Who utters the claim: the speaker of its turn, or whoever a statement is by. A newspaper utters for nobody."""
    chain = claim.assertion.chain
    is_own = claim.document.genre in _OWN_VOICE
    return claim.speaker or (chain[0].canonical if chain and is_own else None)


def _matter(claim: Claim) -> tuple[str, str, str] | None:
    """What a claim and its retelling have in common: kind, incident, and the number where it is one."""
    body = claim.assertion.body
    if isinstance(body, Quantity) and body.value is not None and body.unit not in POLITICAL:
        return claim.assertion.kind, claim.incident or "", f"{body.value:g}{'%' if body.unit == 'percent' else ''}"
    if isinstance(body, Attribution) and claim.incident:
        return claim.assertion.kind, claim.incident, ""
    return None


def _can_precede(said: Claim, told: Claim) -> bool:
    return said.order < told.order or said.day == told.day


def _parts(said: Claim, told: Claim) -> tuple[Difference, ...]:
    if isinstance(said.assertion.body, Quantity):
        return tuple(part for part in number_parts(said, told) if part.name != "as_of" or quantity(told).figure)
    return (*blame_parts(said, told), *likelihood_parts(said, told))


def _written(claim: Claim) -> list[str]:
    return _WORD.findall(_CYBER.sub(r"\1yber", claim.uttered))


def _run(one: Sequence[str], here: int, other: Sequence[str], there: int) -> Sequence[str]:
    """The words that both have in a row from ``here`` and ``there`` on, where four in a row were found first."""
    length = _GRAM
    while here + length < len(one) and there + length < len(other) and one[here + length] == other[there + length]:
        length += 1
    return one[here : here + length]


def _listed(parts: Sequence[Difference]) -> str:
    return "; ".join(f"{part.name} ({part.left} / {part.right})" for part in parts)
