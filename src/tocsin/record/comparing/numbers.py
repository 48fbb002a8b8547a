"""What numbers mean: one number told of other things, two of one thing, shares of a whole, and what is neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from tocsin.figures import Difference, Figure, NotComparable, are_complements, compare
from tocsin.record.assertions import Quantity
from tocsin.record.comparing.claims import Claim, between, blocks, kinship, of_incidents
from tocsin.record.comparing.comparison import Comparison, Family, Verdict

_SHARE = "percent"
_SMALL = 12
_MOST_UNITS = 5
# Not parts of what a number means: how a claim was made, and when the record learned of it.
_ASIDE = frozenset({"method", "known_at", "group"})
POLITICAL = frozenset("countries states nations governments allies partners members".split())
"""Units that are held against the list of those named (``counts``), and are no measure of what was hit."""

NOT_HIT = POLITICAL | frozenset(
    "days weeks months years hours minutes dollars euros pounds yen won yuan roubles rubles francs bitcoin ether"
    " steps statements percent sanctions measures".split()
)
"""Units of what is never hit by an attack, nor measured by a scan."""

_DETERMINERS = re.compile(r"\b(?:the|its|all|those|these|their|our|of|a|an|more|than|about|some|over|nearly)\b")
_SPACE = re.compile(r"\W+")


def compare_numbers(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """Of each incident: numbers that recur, values of one thing, complements, and a pair for units that never meet."""
    told = [claim for claim in claims if isinstance(claim.assertion.body, Quantity)]
    for about in of_incidents(told).values():
        counted = [claim for claim in about if quantity(claim).value is not None and quantity(claim).substantive]
        yield from _same_number(counted)
        yield from _same_thing(counted)
        yield from _complements(counted)
        yield from _units(counted)


def quantity(claim: Claim) -> Quantity:
    """The claim's body, which must be one."""
    assert isinstance(claim.assertion.body, Quantity)
    return claim.assertion.body


def number_parts(left: Claim, right: Claim) -> tuple[Difference, ...]:
    """The parts in which two numbers are not of the same thing, or not told in the same way, but for their values."""
    one, other = quantity(left), quantity(right)
    found = list(_figure_parts(one.figure, other.figure))
    known = {each.name.rpartition(".")[2] for each in found}
    told = [
        ("unit", one.unit, other.unit),
        ("subject", _core(left.said(one.subject)), _core(right.said(other.subject))),
        ("state", one.state or "not stated", other.state or "not stated"),
        ("denominator", _core(left.said(one.denominator)), _core(right.said(other.denominator))),
        ("place", one.place or "not stated", other.place or "not stated"),
        ("as_of", _days(left), _days(right)),
    ]
    found += [Difference(name=name, left=a, right=b) for name, a, b in told if a != b and name not in known]
    said = (
        ("modality", one.modality.value, other.modality.value),
        ("comparator", one.comparator, other.comparator),
        ("hedges", _hedges(left), _hedges(right)),
    )
    return (*found, *(Difference(name=name, left=a, right=b) for name, a, b in said if a != b))


def _same_number(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """Each telling of a number beside the one before it: what changed on the way."""
    hit = [claim for claim in claims if quantity(claim).unit not in POLITICAL]
    for (value, _), alike in blocks(hit, _number).items():
        distinct: dict[tuple[str, ...], list[Claim]] = blocks(alike, _meaning)
        for earlier, later in pairwise(distinct.values()):
            left, right = earlier[-1], later[0]
            parts = number_parts(left, right)
            if not parts:
                continue
            sentence = f"The number {value:,g} means something else: {_listed(parts)}. {_both(left, right)}."
            also = tuple(claim.id for claim in (*earlier[:-1], *later[1:]))
            yield _pair(Family.FIGURE, Verdict.DIFFERS, left, right, parts, sentence, weight=0.8, also=also)
        first, *others = alike
        if others and len(distinct) == 1:
            sentence = f"The same number of the same thing is told again. {_both(first, others[0])}."
            also = tuple(claim.id for claim in others[1:])
            yield _pair(Family.FIGURE, Verdict.SAME, first, others[0], (), sentence, weight=0.1, also=also)


def _same_thing(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """Other values of one unit in one state."""
    for (unit, state), alike in blocks(claims, lambda claim: (quantity(claim).unit, quantity(claim).state)).items():
        if unit in NOT_HIT or not state:
            continue
        by_value = blocks(alike, lambda claim: quantity(claim).value)
        for one, other in pairwise(by_value.values()):
            left, right = one[-1], other[0]
            parts = number_parts(left, right)
            value = Difference(name="value", left=_value(left), right=_value(right))
            meanings = [part for part in parts if part.name not in ("comparator", "hedges", "modality")]
            verdict = Verdict.NOT_COMPARABLE if meanings else Verdict.DIFFERS
            told = f"not of the same thing: {_listed(meanings)}" if meanings else "of the same thing"
            sentence = f"{_value(left)} and {_value(right)} {unit}, {told}. {_both(left, right)}."
            weight = 0.3 if meanings else 0.65
            yield _pair(Family.FIGURE, verdict, left, right, (value, *parts), sentence, weight=weight)


def _complements(claims: Sequence[Claim]) -> Iterator[Comparison]:
    shares = blocks((claim for claim in claims if quantity(claim).unit == _SHARE), lambda claim: quantity(claim).value)
    for value, held in shares.items():
        rest = shares.get(100 - value) if value is not None else None
        if rest is None or value is None or value < 50:
            continue
        tried = [(a, b) for a in held[:_MOST_UNITS] for b in (rest if rest is not held else rest[1:])[:_MOST_UNITS]]
        related = [pair for pair in tried if kinship(*pair) == 2 or _days(pair[0]) == _days(pair[1]) != "not stated"]
        for left, right in sorted(related, key=lambda pair: -kinship(*pair))[:1]:
            yield _as_complements(left, right)


def _as_complements(left: Claim, right: Claim) -> Comparison:
    parts = tuple(part for part in number_parts(left, right) if part.name not in ("state", "comparator", "hedges"))
    is_whole = _make_a_whole(quantity(left).figure, quantity(right).figure)
    told = "they are the two parts of one whole" if is_whole else "together they are a whole"
    but = "" if is_whole or not parts else f", but not of the same thing: {_listed(parts)}"
    sentence = f"{_value(left)}% and {_value(right)}%: {told}{but}. {_both(left, right)}."
    verdict = Verdict.SAME if is_whole or not parts else Verdict.DIFFERS
    return _pair(Family.COMPLEMENT, verdict, left, right, () if is_whole else parts, sentence, weight=0.5)


def _make_a_whole(left: Figure | None, right: Figure | None) -> bool:
    try:
        return left is not None and right is not None and are_complements(left, right)
    except NotComparable:
        return False


def _units(claims: Sequence[Claim]) -> Iterator[Comparison]:
    """One pair for each two units: each by its greatest number. Nobody may set servers against firms."""
    hit = [claim for claim in claims if _is_scale(claim)]
    greatest = [max(alike, key=lambda claim: quantity(claim).value or 0) for alike in blocks(hit, _unit).values()]
    greatest.sort(key=lambda claim: -(quantity(claim).value or 0))
    for left, right in combinations(greatest[:_MOST_UNITS], 2):
        parts = number_parts(left, right)
        sentence = (
            f"{_value(left)} {_unit(left)} and {_value(right)} {_unit(right)} are not of the same thing and neither "
            f"bears out nor rules out the other: {_listed(parts)}."
        )
        yield _pair(Family.FIGURE, Verdict.NOT_COMPARABLE, left, right, parts, sentence, weight=0.2)


def _pair(
    family: Family,
    verdict: Verdict,
    left: Claim,
    right: Claim,
    parts: tuple[Difference, ...],
    explanation: str,
    *,
    weight: float,
    also: tuple[str, ...] = (),
) -> Comparison:
    return Comparison(
        family=family,
        verdict=verdict,
        left=left.id,
        right=right.id,
        parts=parts,
        explanation=explanation[:1].upper() + explanation[1:],
        between=between(left, right),
        weight=weight,
        incident=left.incident,
        also=also,
    )


def _figure_parts(one: Figure | None, other: Figure | None) -> Iterable[Difference]:
    if one is None or other is None:
        return ()
    try:
        compare(one, other)
    except NotComparable as refusal:
        told = (each for each in refusal.differences if each.left != each.right)
        return [each for each in told if each.name.rpartition(".")[2] not in _ASIDE]
    return ()


def _number(claim: Claim) -> tuple[float, str]:
    """A number as one may recognise it: small ones only beside their unit, shares apart from counts."""
    told = quantity(claim)
    value = told.value or 0.0
    return value, told.unit if told.unit == _SHARE or value <= _SMALL else ""


def _meaning(claim: Claim) -> tuple[str, ...]:
    told = quantity(claim)
    subject, denominator = _core(claim.said(told.subject)), _core(claim.said(told.denominator))
    return told.unit, subject, told.state, denominator, told.place or "", told.modality.value, told.comparator


def _is_scale(claim: Claim) -> bool:
    """Whether the number may be taken for how many were hit: a large one, of things in some state."""
    told = quantity(claim)
    return told.unit not in NOT_HIT and bool(told.state) and (told.value or 0) > _SMALL


def _unit(claim: Claim) -> str:
    return quantity(claim).unit


def _value(claim: Claim) -> str:
    return f"{quantity(claim).value:,g}" if (quantity(claim).value or 0) < 1e6 else f"{quantity(claim).value:,.0f}"


def _hedges(claim: Claim) -> str:
    return ", ".join(claim.said(hedge).lower() for hedge in quantity(claim).hedges) or "none"


def _days(claim: Claim) -> str:
    when = claim.assertion.when
    if when is None or when.begins is None or when.ends is None:
        return "not stated"
    return str(when.begins) if when.begins == when.ends else f"{when.begins} to {when.ends}"


def _core(words: str) -> str:
    """Words without the small ones that do not change what is counted."""
    return _SPACE.sub(" ", _DETERMINERS.sub(" ", words.lower())).strip() or "not stated"


def _both(left: Claim, right: Claim) -> str:
    return f"{left.who}: {left.quoted}; {right.who}: {right.quoted}"


def _listed(parts: Iterable[Difference]) -> str:
    return "; ".join(f"{part.name} ({part.left} / {part.right})" for part in parts)
