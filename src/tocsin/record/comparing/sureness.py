"""How surely: words of probability that one claimant uses and another drops, adds or changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from tocsin.figures import Difference
from tocsin.record.assertions import Assessment, Attribution, Level, Likelihood, Polarity
from tocsin.record.comparing.claims import Claim, between, blocks, kinship, of_incidents
from tocsin.record.comparing.comparison import Comparison, Family, Verdict

_NONE = "no words of probability"
_MOST_TRIED = 20
_LEAST = Level.GROUP  # below it nothing is judged that could be more or less likely


def compare_sureness(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """One pair for each two terms used of one incident, by the claimants who are nearest to each other."""
    judged = (claim for claim in claims if _judges(claim) and claim.assertion.polarity is Polarity.ASSERTED)
    for about in of_incidents(judged).values():
        for alike in blocks(about, _subject).values():
            yield from _terms(alike)


def likelihood_parts(left: Claim, right: Claim) -> tuple[Difference, ...]:
    """The words, the band on a declared yardstick, and the analytic confidence, where they differ."""
    one, other = likelihood(left), likelihood(right)
    told = (
        ("likelihood", _words(left) or _NONE, _words(right) or _NONE),
        ("band", _band(one), _band(other)),
        ("confidence", one.confidence or "not stated", other.confidence or "not stated"),
    )
    return tuple(Difference(name=name, left=mine, right=theirs) for name, mine, theirs in told if mine != theirs)


def likelihood(claim: Claim) -> Likelihood:
    """The claim's words of probability; none at all for a claim of another kind."""
    body = claim.assertion.body
    return body.likelihood if isinstance(body, Attribution | Assessment) else Likelihood()


def _terms(claims: Sequence[Claim]) -> Iterator[Comparison]:
    by_term = blocks(claims, _words)
    for one, other in combinations(by_term, 2):
        tried = ((a, b) for a in by_term[one][:_MOST_TRIED] for b in by_term[other][:_MOST_TRIED])
        left, right = max(tried, key=_nearness)
        parts = likelihood_parts(left, right)
        yield Comparison(
            family=Family.LIKELIHOOD,
            verdict=Verdict.DIFFERS,
            left=left.id,
            right=right.id,
            parts=parts,
            explanation=_explained(left, right),
            between=between(left, right),
            weight=(0.45, 0.7, 0.85)[kinship(left, right)],
            incident=left.incident,
        )


def _explained(left: Claim, right: Claim) -> str:
    one, other = _words(left), _words(right)
    if one and other:
        sentence = f'{left.who}: "{one}" ({left.quoted}); {right.who}: "{other}" ({right.quoted}).'
    else:
        hedged, plain = (left, right) if one else (right, left)
        sentence = f'{hedged.who}: "{_words(hedged)}" ({hedged.quoted}); {plain.who}: {_NONE} ({plain.quoted}).'
    return sentence[:1].upper() + sentence[1:] + _on_the_way(left, right)


def _on_the_way(left: Claim, right: Claim) -> str:
    """What became of the words between two near claimants, or two terms of one yardstick; empty between others."""
    earlier, later = sorted((left, right), key=lambda claim: claim.order)
    one, other = likelihood(earlier), likelihood(later)
    if earlier.day == later.day and earlier.document.sha256 != later.document.sha256:
        return ""  # nothing tells which came first
    if one.yardstick and one.yardstick == other.yardstick and one.low is not None and other.low is not None:
        return f" By {one.yardstick} the later is {'stronger' if other.low > one.low else 'weaker'}."
    if not kinship(left, right) or (_words(earlier) and _words(later)):
        return ""
    return " The later drops the words." if _words(earlier) else " The later adds the words."


def _nearness(pair: tuple[Claim, Claim]) -> tuple[int, int, int]:
    """The nearest claimants first, then those who say it in different places, then those at one level."""
    left, right = pair
    is_elsewhere = left.document.sha256 != right.document.sha256 or left.turn != right.turn
    one, other = left.assertion.body, right.assertion.body
    apart = abs(one.level - other.level) if isinstance(one, Attribution) and isinstance(other, Attribution) else 0
    return kinship(left, right), int(is_elsewhere), -apart


def _judges(claim: Claim) -> bool:
    body = claim.assertion.body
    return isinstance(body, Assessment) or (isinstance(body, Attribution) and body.level >= _LEAST)


def _subject(claim: Claim) -> str:
    body = claim.assertion.body
    return body.what if isinstance(body, Assessment) else "attribution"


def _words(claim: Claim) -> str:
    return claim.said(likelihood(claim).words).lower().strip("'\"“”‘’")


def _band(found: Likelihood) -> str:
    return f"{found.band} ({found.yardstick})" if found.band and found.yardstick else "no declared yardstick"
