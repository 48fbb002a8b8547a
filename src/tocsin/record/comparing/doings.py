"""What was done and what was judged: a measure's standing from day to day, and judgements of one incident."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tocsin.figures import Difference
from tocsin.record.assertions import Assessment, Denial, Polarity, Quantity, Response, Standing
from tocsin.record.comparing.claims import Claim, between, blocks, kinship, of_incidents
from tocsin.record.comparing.comparison import Comparison, Family, Verdict

_UNTOLD = "unspecified"
_GRAVE = frozenset({"sanctions", "expulsion", "indictment", "action"})
# Judgements that bear on each other: what for and at whom; whom it hit and whom it is said not to have hit.
_RELATED = (("intent", "targeting"), ("purpose", "targeting"))
_BODIES = frozenset("organisations institutions bodies agencies departments governments ministries authorities".split())
_MAY_BE_ANY = frozenset(set(Standing) - {Standing.TAKEN, Standing.ONGOING})
_HIT = frozenset({"impacted", "compromised", "affected", "breached", "hit", "exploited", "infected"})
_WERE_HIT = re.compile(
    r"\b(?:institutions|governments?|ministr(?:y|ies)|departments|agencies|authorities|bodies|parliaments?|embass(?:y|ies))\b"
    r"[^.;!?\n]{0,80}\b(?:was|were|been)\s+(?:\w+ly\s+)?(?:hit|compromised|breached|affected|impacted|hacked|infiltrated)\b"
)
"""Public bodies told to have been hit, in whatever else a claim is about."""


def compare_responses(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """Of each incident and measure, every new standing beside the one told before it."""
    responses = [claim for claim in claims if isinstance(claim.assertion.body, Response)]
    for about in of_incidents(responses).values():
        for measure, alike in blocks(about, _measure).items():
            standings = blocks(alike, lambda claim: _response(claim).standing)
            for earlier, later in pairwise(standings.values()):
                left = earlier[-1]
                right = next((claim for claim in later if not _is_one_voice(left, claim)), later[0])
                if measure not in _GRAVE and _is_one_voice(left, right):
                    continue  # two deeds of one kind that one party tells of in one breath
                yield _standing(measure, left, right, [*earlier[:-1], *(claim for claim in later if claim != right)])


def compare_assessments(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """Judgements of one incident that bear on each other, and who is said not to have been hit beside who was."""
    for about in of_incidents(claims).values():
        judged = blocks((claim for claim in about if _what(claim)), _what)
        for one, other in _RELATED:
            pairs = [(a, b) for a in judged.get(one, [])[:5] for b in judged.get(other, [])[:5] if _is_apart(a, b)]
            pairs.sort(key=lambda pair: (-kinship(*pair), pair[0].document.sha256 != pair[1].document.sha256))
            yield from (_judgement(a, b, f"{one} / {other}", Verdict.DIFFERS) for a, b in pairs[:1])
        unhit = [claim for claim in about if _denies_impact(claim)]
        hit = judged.get("victims", []) + [claim for claim in about if _tells_of_victims(claim) or _says_hit(claim)]
        hit.sort(key=lambda claim: not _tells_of_victims(claim))
        for denial in unhit[:3]:
            strangers = [claim for claim in hit if kinship(denial, claim) == 0 and claim.words != denial.words]
            for claim in strangers[:1]:
                yield _judgement(denial, claim, "victims", Verdict.NOT_COMPARABLE)


def _standing(measure: str, left: Claim, right: Claim, others: Sequence[Claim]) -> Comparison:
    one, other = _response(left).standing.value, _response(right).standing.value
    named = measure.replace("_", " ")
    sentence = (
        f"{left.who} on {named}: {one.replace('_', ' ')} ({left.quoted}); "
        f"{right.who}: {other.replace('_', ' ')} ({right.quoted})."
    )
    return Comparison(
        family=Family.RESPONSE,
        verdict=Verdict.DIFFERS,
        left=left.id,
        right=right.id,
        parts=(Difference(name="standing", left=one, right=other),),
        explanation=sentence[:1].upper() + sentence[1:],
        between=between(left, right),
        weight=0.5 if measure in _GRAVE else 0.25,
        incident=left.incident,
        also=tuple(claim.id for claim in others)[:20],
    )


def _judgement(left: Claim, right: Claim, of: str, verdict: Verdict) -> Comparison:
    told = "speak of different things" if verdict is Verdict.NOT_COMPARABLE else "bear on each other"
    sentence = f"{left.who}: {left.quoted}; {right.who}: {right.quoted}. The two ({of}) {told}."
    return Comparison(
        family=Family.ASSESSMENT,
        verdict=verdict,
        left=left.id,
        right=right.id,
        parts=(Difference(name=of, left=left.words, right=right.words),),
        explanation=sentence[:1].upper() + sentence[1:],
        between=between(left, right),
        weight=0.35,
        incident=left.incident,
    )


def _response(claim: Claim) -> Response:
    assert isinstance(claim.assertion.body, Response)
    return claim.assertion.body


def _measure(claim: Claim) -> str:
    """``trade_sanctions`` are sanctions; action of an unstated kind that is not yet taken may be, and stands there."""
    name, standing = _response(claim).measure, _response(claim).standing
    is_sanctions = name.rpartition("_")[2] in ("sanctions", "sanction")
    return "sanctions" if is_sanctions or (name.startswith(_UNTOLD) and standing in _MAY_BE_ANY) else name


def _what(claim: Claim) -> str:
    body = claim.assertion.body
    return body.what if isinstance(body, Assessment) else ""


def _denies_impact(claim: Claim) -> bool:
    body = claim.assertion.body
    return isinstance(body, Denial) and body.what == "impact_denial"


def _says_hit(claim: Claim) -> bool:
    body = claim.assertion.body
    return isinstance(body, Quantity) and body.unit in _BODIES and bool(_HIT & set(body.state.split("-")))


def _tells_of_victims(claim: Claim) -> bool:
    return claim.assertion.polarity is Polarity.ASSERTED and _WERE_HIT.search(claim.words) is not None


def _is_one_voice(left: Claim, right: Claim) -> bool:
    return left.document.sha256 == right.document.sha256 and left.turn == right.turn and left.parties == right.parties


def _is_apart(left: Claim, right: Claim) -> bool:
    return left.document.sha256 != right.document.sha256 or left.turn != right.turn
