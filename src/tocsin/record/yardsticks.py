"""Yardsticks of probability: which words stand for which range, and who has declared that they use them so.

PHIA: the probability yardstick of the Professional Head of Intelligence Assessment, Cabinet Office (United Kingdom).
ICD 203: Intelligence Community Directive 203, *Analytic Standards*, section D.6.e.2.a (United States). Both leave gaps
between or at the ends of their ranges; "highly likely" is a term of the first and not of the second. Words of analytic
confidence ("high confidence") are on neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.record.segments import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One step: the words that stand for it, and its range as shares of one (both ends included)."""

    name: str
    low: float
    high: float
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """A published scale of probability words."""

    name: str
    bands: tuple[Band, ...]

    def band(self, words: str) -> Band | None:
        """The step that ``words`` stand for, as written (case and spacing aside); ``None`` when they are no term."""
        term = " ".join(words.lower().split())
        return next((band for band in self.bands if term in band.terms), None)


def _bands(*rows: tuple[str, float, float, str]) -> tuple[Band, ...]:
    return tuple(Band(name=name, low=low, high=high, terms=tuple(terms.split(", "))) for name, low, high, terms in rows)


PHIA = Yardstick(
    name="PHIA",
    bands=_bands(
        ("remote_chance", 0.0, 0.05, "remote chance, a remote chance"),
        ("highly_unlikely", 0.1, 0.2, "highly unlikely"),
        ("unlikely", 0.25, 0.35, "unlikely"),
        ("realistic_possibility", 0.4, 0.5, "realistic possibility, a realistic possibility"),
        ("likely", 0.55, 0.75, "likely, probable, probably"),
        ("highly_likely", 0.8, 0.9, "highly likely"),
        ("almost_certain", 0.95, 1.0, "almost certain, almost certainly"),
    ),
)

ICD_203 = Yardstick(
    name="ICD203",
    bands=_bands(
        ("almost_no_chance", 0.01, 0.05, "almost no chance, remote, remote chance"),
        ("very_unlikely", 0.05, 0.2, "very unlikely, highly improbable"),
        ("unlikely", 0.2, 0.45, "unlikely, improbable, improbably"),
        ("roughly_even", 0.45, 0.55, "roughly even chance, roughly even odds"),
        ("likely", 0.55, 0.8, "likely, probable, probably"),
        ("very_likely", 0.8, 0.95, "very likely, highly probable"),
        ("almost_certain", 0.95, 0.99, "almost certain, almost certainly, nearly certain"),
    ),
)

_BRITISH_PLACES = ("gov:GB", "role:GB-", "org:GB-", "organ:GB-", "org:UK-")
_BRITISH_BODIES = frozenset("downing-street no-10 gchq ncsc mi5 mi6 sis fcdo jic nca cabinet-office whitehall".split())
_US_INTELLIGENCE = frozenset(
    "ic intelligence-community odni dni nsa cia fbi cisa dia nga nro nctc cyber-command i&a".split()
)


def declared_by(party: Party) -> Yardstick | None:
    """The yardstick that a party has declared for its own words.

    A British public body speaks by PHIA's, a United States intelligence body by ICD 203; companies, newspapers, other
    governments, and the United States government when it is not speaking of its intelligence, have declared none.
    """
    kind, _, name = party.canonical.partition(":")
    if kind == "person":
        return None
    if party.canonical.startswith(_BRITISH_PLACES) or name.lower().endswith("-gb"):
        return PHIA
    if name.lower() in _BRITISH_BODIES:
        return PHIA
    return ICD_203 if name.lower().removeprefix("us-") in _US_INTELLIGENCE else None


def shared_by(claimants: Sequence[Party]) -> Yardstick | None:
    """The yardstick that all who make a claim together have declared; ``None`` when one has none or another."""
    declared = {party.canonical: declared_by(party) for party in claimants}.values()
    first = next(iter(declared), None)
    return first if all(other is first for other in declared) else None
