"""What comparing gives: two claims side by side, the parts in which they differ, and one plain sentence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from tocsin.figures import Difference


class Family(StrEnum):
    """What is compared.

    ``LEVEL`` how far up the blame goes, ``ORGAN`` whether (and which) organ is named, ``LIKELIHOOD`` the words of
    probability, ``FIGURE`` one number whose meaning changed or two of one thing, ``COMPLEMENT`` shares that make a
    whole, ``COUNT`` a number of states and the list given, ``RELAY`` what one said that another said, ``DENIAL`` a
    denial and its claim, ``ANSWER`` a question and something narrower, ``WORDING`` one utterance quoted twice,
    ``ASSESSMENT`` judgements of one thing, ``RESPONSE`` what became of a measure.
    """

    LEVEL = "level"
    ORGAN = "organ"
    LIKELIHOOD = "likelihood"
    FIGURE = "figure"
    COMPLEMENT = "complement"
    COUNT = "count"
    RELAY = "relay"
    DENIAL = "denial"
    ANSWER = "answer"
    WORDING = "wording"
    ASSESSMENT = "assessment"
    RESPONSE = "response"


class Verdict(StrEnum):
    """What the machine may say. Anything stronger is for a reviewer to say."""

    SAME = "same"
    DIFFERS = "differs"
    NOT_COMPARABLE = "not comparable"


class Between(StrEnum):
    """What lies between the two claims: the first of these that holds is told."""

    HEADLINE = "headline/body"
    SPEAKERS = "speakers"
    DATES = "dates"
    CLAIMANTS = "claimants"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two claims beside each other: a candidate until somebody has reviewed it.

    ``left`` and ``right`` are ids of assertions (``right`` is ``None`` where there is nothing to set beside it);
    ``also`` are further ones that say the same as either. ``parts`` are what differs; ``weight`` (0 to 1) is how much
    it matters that a person looks. ``id`` is the same for the same pair and family.
    """

    family: Family
    verdict: Verdict
    left: str
    right: str | None
    explanation: str
    between: Between
    weight: float
    incident: str | None = None
    parts: tuple[Difference, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        pair = "|".join((self.family, *sorted((self.left, self.right or ""))))
        return "c" + hashlib.sha256(pair.encode()).hexdigest()[:12]

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "family": self.family.value,
            "verdict": self.verdict.value,
            "incident": self.incident,
            "left": self.left,
            "right": self.right,
            "also": list(self.also),
            "between": self.between.value,
            "parts": [{"part": each.name, "left": each.left, "right": each.right} for each in self.parts],
            "explanation": self.explanation,
            "weight": self.weight,
            "status": "candidate",
        }
