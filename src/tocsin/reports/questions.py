"""The questions that two public documents put, and which figures answer them now.

Source: design section 1; House of Lords, 22 July 2021, and a newspaper report of 19 July 2021.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin.figures import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it was put; ``figures`` are the ids that answer it, ``missing`` what is needed where none does."""

    id: str
    text: str
    figures: tuple[str, ...] = ()
    definition: str = ""
    missing: str = ""


QUESTIONS = (
    Question(
        id="exposed-services",
        text="How many servers are exposed?",
        figures=("services-affected", "services-undetermined", "services-fixed"),
        definition="Services (address, port, transport) seen in the window, by what the evidence shows of the flaw.",
    ),
    Question(
        id="exposed-organisations",
        text="How many organisations may have been vulnerable?",
        figures=("organisations-affected", "organisations-undetermined"),
        definition="Constituents of the registry with at least one affected service; services of others are not in it.",
    ),
    Question(
        id="public-bodies",
        text="Are any public bodies included?",
        figures=("public-bodies-affected", "public-bodies-compromised_confirmed"),
        definition="Constituents that the registry marks as public bodies.",
    ),
    Question(
        id="all-identified",
        text="Is every business that may have been a target systematically identified?",
        figures=("beyond-registry-services-affected", "constituency-services-affected"),
        definition="Affected services that nobody in the registry answers for, beside those that somebody does.",
    ),
    Question(
        id="compromised",
        text="How many may be compromised?",
        figures=(
            "services-compromised_confirmed",
            "services-compromised_possible",
            "organisations-compromised_confirmed",
        ),
        definition="Services with a trace of compromise that no evidence of cleaning has ended, fixed or not.",
    ),
    Question(
        id="patched-share",
        text="Have 92% installed the updates, and had 8% not done so by the end of March?",
        figures=("services-fixed", "services-affected", "organisations-fixed", "organisations-affected"),
        definition="Counts of what was seen. A share over time needs an honest denominator.",
        missing="the share and its course over time: the remediation measures are not built yet",
    ),
    Question(
        id="advised", text="Was each of them advised of its vulnerability?", missing="the notices and their ledger"
    ),
    Question(
        id="helped",
        text="Was help offered to avoid or lessen the consequences?",
        missing="advice in notices, advisories",
    ),
    Question(id="urgent-steps", text="What urgent steps secured public bodies?", missing="follow-up per organisation"),
    Question(
        id="damage", text="What is the economic damage?", missing="the public record; nothing here measures damage"
    ),
    Question(id="who-did-it", text="Who did it, who says so, and how surely?", missing="the public record"),
    Question(id="denials", text="Who denied it, or declined to say?", missing="the public record"),
    Question(id="responses", text="What was done beyond making statements?", missing="the public record"),
    Question(id="shared", text="What was shared with peers?", missing="sharing under a traffic-light label"),
)


def answers(figures: Sequence[Figure]) -> tuple[tuple[Question, tuple[Figure, ...]], ...]:
    """Each question with the figures that answer it, in the order asked; none where it cannot be answered yet."""
    by_id: Mapping[str, Figure] = {figure.id: figure for figure in figures}
    return tuple((question, tuple(by_id[name] for name in question.figures if name in by_id)) for question in QUESTIONS)
