"""Every comparison of the record: each family looks within one incident, number or utterance, never at all pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tocsin.record.assertions import Reading
from tocsin.record.comparing.answers import compare_answers, compare_denials
from tocsin.record.comparing.blame import compare_blame
from tocsin.record.comparing.claims import blocks, claims_of
from tocsin.record.comparing.comparison import Comparison, Family
from tocsin.record.comparing.counts import compare_counts
from tocsin.record.comparing.doings import compare_assessments, compare_responses
from tocsin.record.comparing.numbers import compare_numbers
from tocsin.record.comparing.speech import compare_relays, compare_wordings
from tocsin.record.comparing.sureness import compare_sureness
from tocsin.record.document import Document
from tocsin.record.gazetteer import load_gazetteer
from tocsin.record.memberships import members

MOST_OF_A_FAMILY = 40
"""Comparisons of one family about one incident; the weightiest are kept."""

_ALIKE = frozenset({Family.FIGURE, Family.RELAY})


def compare(readings: Sequence[Reading], documents: Mapping[str, Document]) -> tuple[Comparison, ...]:
    """What in the record stands beside each other, the weightiest first.

    ``documents`` are by sha256, one for each reading. Of one incident, a family gives at most ``MOST_OF_A_FAMILY``.
    """
    claims = claims_of(readings, documents)
    found = (
        *compare_relays(claims),
        *compare_blame(claims),
        *compare_sureness(claims),
        *compare_numbers(claims),
        *compare_counts(claims, members, load_gazetteer()),
        *compare_denials(claims),
        *compare_answers(claims),
        *compare_wordings(claims),
        *compare_responses(claims),
        *compare_assessments(claims),
    )
    return _weightiest(_once(found))


def _once(found: Iterable[Comparison]) -> list[Comparison]:
    """One of each pair and family; a number told of another's words is not told again as a number."""
    kept: dict[tuple[object, ...], Comparison] = {}
    for each in found:
        family = Family.FIGURE if each.family in _ALIKE else each.family
        kept.setdefault((family, frozenset((each.left, each.right))), each)
    return list(kept.values())


def _weightiest(found: Iterable[Comparison]) -> tuple[Comparison, ...]:
    ranked = sorted(found, key=lambda each: (-each.weight, each.family, each.id))
    kept = [each for alike in blocks(ranked, _shelf).values() for each in alike[:MOST_OF_A_FAMILY]]
    return tuple(sorted(kept, key=lambda each: (-each.weight, each.family, each.id)))


def _shelf(each: Comparison) -> tuple[Family, str | None]:
    return each.family, each.incident
