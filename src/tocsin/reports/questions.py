"""The questions that must be answered in public: what each one counts, and what none of its answers says.

Most were put in two public documents; the others are those that every answer leads to.
Sources: House of Lords, "Cyberattack: Microsoft", 22 July 2021 (Hansard volume 814), with the House of Commons' Answer
of 20 July; a newspaper's report of 19 July 2021.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.errors import AskError, did_you_mean

EVERY_UNIT = ("services", "organisations", "public-bodies")
LEFT, OTHERS, RECORD, REACH = "left", "others", "record", "reach"
_RECORD = "the public record: who said what about whom, how surely, in which words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, known by ``id``, as it was put.

    ``definition`` says what its figures count, ``unknown`` what they never say, ``missing`` what is needed before it
    can be answered at all (empty: nothing). ``needs`` names the units whose course over time it rests on, and LEFT (who
    remains), OTHERS (other cases), RECORD (what public documents say) or REACH (who was told).
    """

    id: str
    text: str
    definition: str = ""
    unknown: tuple[str, ...] = ()
    missing: str = ""
    needs: tuple[str, ...] = ()


_IN_UPPER_BOUND = (
    "Services whose owner is only claimed or disputed, and those last seen affected in an earlier scan, are in the "
    "upper bounds alone."
)
_OUT_OF_SIGHT = "What no source can see (switched off, filtered, never scanned) is in no figure."

QUESTIONS = (
    Question(
        id="exposed",
        text="How many services and organisations are exposed, or were?",
        definition=(
            "A service is an address, a port and a transport; an organisation is a constituent of the registry with at "
            "least one such service. Affected: by the latest evidence. Ever seen affected: by anything that "
            "looked, on any day so far; with what was ever undetermined in the upper bound."
        ),
        unknown=(_IN_UPPER_BOUND, _OUT_OF_SIGHT),
        needs=EVERY_UNIT[:2],
    ),
    Question(
        id="public-bodies",
        text="Are any public bodies included: how many, and which?",
        definition="Constituents that the registry marks as public bodies, with at least one service in that state.",
        unknown=("A public body that the registry does not have, or does not mark as one, is not counted.",),
        needs=EVERY_UNIT[2:],
    ),
    Question(
        id="all-identified",
        text="Is every business that may have been a target systematically identified?",
        definition="Affected services that nobody in the registry answers for, beside those that somebody does.",
        unknown=("Whoever stands behind a service beyond the registry is not known here.", _OUT_OF_SIGHT),
    ),
    Question(
        id="compromised",
        text="How many may be compromised?",
        definition=(
            "Services with a trace of compromise that no evidence of cleaning has ended, whether fixed or not, and the "
            "organisations that hold one. A fix ends no compromise."
        ),
        unknown=("A trace is found only where a source looks for it: no trace is no proof of the contrary.",),
        needs=EVERY_UNIT,
    ),
    Question(
        id="fixed",
        text="How many have fixed, by when, and of how many?",
        definition=(
            "Fixed: a look showed a build that contains the fix; an organisation when its last service is. Still "
            "exposed is estimated since the patch; beside it the two shares that plain division gives."
        ),
        unknown=("An owner's word that it is fixed counts for nothing here until a look shows it.",),
        needs=EVERY_UNIT,
    ),
    Question(
        id="patched-share",
        text="Have 92% installed the updates, and had 8% not done so by the end of March?",
        definition=(
            "Each statement with its own unit and whole, as it was made; beside it the shares of this case, each with "
            "its own. Two may be held beside each other only if unit, state, place, date, method and whole agree."
        ),
        unknown=("What the statements were counted from, and when, they do not say.",),
        needs=EVERY_UNIT,
    ),
    Question(
        id="undetermined",
        text="Of how many can it not be told?",
        definition=(
            "The evidence neither shows the flaw nor excludes it, mostly because a build is shown in part; each could "
            "be affected or fixed, and counts in the upper bound of both."
        ),
        unknown=(_OUT_OF_SIGHT,),
    ),
    Question(
        id="how-long",
        text="How long did it take, against other cases?",
        definition=(
            "Days from the release of the patch until half had fixed, as looks could see it; half-life and forecast "
            "suppose that the present pace stays."
        ),
        unknown=("Each case counts from its own patch and is seen by its own sources: medians lie side by side only.",),
        needs=(*EVERY_UNIT, OTHERS),
    ),
    Question(
        id="remaining",
        text="Who remains?",
        definition=(
            "Organisations with a service that is open, undecided or compromised on the last day, by every reason that "
            "holds (one may have several), and by sector. What is not proven to be anybody's is counted in services."
        ),
        unknown=("Whoever went out of sight may be open still; unseen is not fixed.",),
        needs=(LEFT,),
    ),
    Question(
        id="changed",
        text="What has changed since the last answer?",
        definition=(
            "Each figure of an earlier answer beside the same one now. A difference has bounds of its own: the least "
            "and most that it can be, whatever the true numbers are."
        ),
        unknown=("Where method, whole or anything else differs, no difference is given.",),
        needs=(*EVERY_UNIT, LEFT, OTHERS),
    ),
    Question(
        id="told",
        text="Whom have you told?",
        definition=(
            "Organisations with a service that was ever seen affected or compromised and is proven theirs; each is "
            "where its furthest notice is. Accepted: by the next mail server, which is no proof that anybody read it. "
            "Seen fixed: by a look, never by an answer; after a notice: by a look of a later day."
        ),
        unknown=(
            "Whether a notice that was accepted was read, and whom anybody told in other ways, is not known.",
            "Whoever stands behind a service beyond the registry was not told by a notice.",
        ),
        needs=(LEFT, REACH),
    ),
    Question(
        id="helped",
        text="Was help offered to avoid or lessen the consequences?",
        missing="advice in every notice, and advisories",
        unknown=("The case's pack has advice; whom it reached is not known.",),
    ),
    Question(
        id="urgent-steps",
        text="What urgent steps secured public bodies?",
        missing="follow-up per organisation until a look shows the fix",
        unknown=("The course of public bodies is under 'fixed'; which step caused it is not known.",),
    ),
    Question(
        id="damage",
        text="What is the economic damage?",
        missing=_RECORD,
        unknown=("Nothing here measures damage, and no figure here can be turned into one.",),
        needs=(RECORD,),
    ),
    Question(
        id="who-did-it",
        text="Who did it, who says so, and how surely?",
        missing=_RECORD,
        unknown=("A scan shows a flaw or a trace, never whose hand it was.",),
        needs=(RECORD,),
    ),
    Question(id="denials", text="Who denied it, or declined to say?", missing=_RECORD, needs=(RECORD,)),
    Question(id="responses", text="What was done beyond making statements?", missing=_RECORD, needs=(RECORD,)),
    Question(id="promised", text="What was promised?", missing=_RECORD, needs=(RECORD,)),
    Question(id="shared", text="What was shared with peers?", missing="sharing under a traffic-light label"),
)


def choose(wanted: Sequence[str]) -> tuple[Question, ...]:
    """The questions of these ids in the order of the list; all of them for none. Raises ``AskError`` for an unknown."""
    known = [question.id for question in QUESTIONS]
    for name in wanted:
        if name not in known:
            raise AskError(f"no question {name!r}{did_you_mean(name, known)}", remedy=f"one of {', '.join(known)}")
    return tuple(question for question in QUESTIONS if not wanted or question.id in wanted)


def of_record() -> tuple[Question, ...]:
    """The questions that the public record alone answers, without any scan."""
    return tuple(question for question in QUESTIONS if question.needs == (RECORD,))


def needs_of(questions: Sequence[Question]) -> frozenset[str]:
    """All that these questions need together."""
    return frozenset(need for question in questions for need in question.needs)
