"""Denials, refusals and abstentions: who denied what, would not say, named nobody, and which question that met."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tocsin.record.assertions import Denial, Polarity
from tocsin.record.gazetteer import EntityKind
from tocsin.record.reading._cues import Heard
from tocsin.record.reading._deeds import AGGRESSORS, Sheet, acting, sheet_of
from tocsin.record.reading._denial_cues import DENIALS
from tocsin.record.reading._questions import answered
from tocsin.record.reading.page import Candidate, Page
from tocsin.record.segments import Party, SegmentKind
from tocsin.record.spans import Span

_DENIERS = frozenset(
    "responsibility_denial.denied responsibility_denial.dismissed_as refusal_to_disclose.refused"
    " refusal_to_disclose.no_reply"
    " refusal_to_disclose.will_not non_confirmation.neither non_confirmation.not_confirmed abstention.did_not_say"
    " abstention.stopped_short abstention.no_position non_attribution.did_not_blame non_attribution.without_naming"
    " evasion.turned_aside evasion.asked_for_proof evasion.no_answer evasion.referred non_attribution.made_none"
    " non_attribution.not_alleged non_confirmation.unaware refusal_to_disclose.not_going_to"
    " refusal_to_disclose.nothing_to_say responsibility_denial.not_guilty".split()
)
"""Cues whose subject is the one who denies; what the others say is said by whoever speaks there."""
_CLEARED = frozenset(
    "responsibility_denial.nothing_to_do responsibility_denial.not_involved responsibility_denial.no_part"
    " responsibility_denial.never responsibility_denial.opposes responsibility_denial.baseless"
    " responsibility_denial.victim"
    " responsibility_denial.out_of_nothing".split()
)
"""Cues that a narrator tells of the one who denies: outside speech, the first one named is the denier."""
_ACCUSED = frozenset(EntityKind) - {EntityKind.COMPANY, EntityKind.AGENCY, EntityKind.ROLE, EntityKind.BLOC}
_TOLD_BY = frozenset(
    "said says say saying replied replies answered insisted insists tells told maintains added".split()
)
_TOLD_NEAR = 9
_ATTACKING = AGGRESSORS | {"responsible", "culprits", "perpetrators", "intruder", "group"}
_SPEECH = frozenset({SegmentKind.QUOTATION, SegmentKind.REPORTED, SegmentKind.TURN})
_BLAMED = re.compile(
    r"\b(?:responsible|behind|attackers?|perpetrators?|culprits?|state|states|government|country|countries|group|anyone"
    r"|attacks?|hack|hackers?|incident|actors?|party|nation|blame)\b"
)


def read_denials(page: Page) -> Sequence[Candidate]:
    """The denials on a page, in the text's order.

    ``claimants`` are those whom the clause names as denying; none when the speaker does it in the first person, or
    answers an accusation with a retort.
    """
    sheet = sheet_of(page)
    found = []
    for heard in DENIALS.heard(sheet):
        if heard.line.is_question or _is_of_attackers(heard) or not _is_of_somebody(sheet, heard):
            continue
        denied = _denied(heard)
        found.append(
            Candidate(
                span=heard.line.at(_begins(heard), max(heard.ends, heard.last)),
                rule=f"denial.{heard.cue.name}",
                body=Denial(what=heard.cue.kind, denied=denied, answers=answered(sheet, heard.sentence, heard.span)),
                triggers=(heard.trigger,),
                claimants=_claimants(sheet, heard),
                polarity=Polarity.ABSTAINED
                if heard.cue.kind in ("abstention", "non_attribution")
                else Polarity.ASSERTED,
            )
        )
    return tuple(found)


def _is_of_somebody(sheet: Sheet, heard: Heard) -> bool:
    """For "did not name …": whether it is somebody to blame that was not named, and not, say, a customer."""
    if heard.cue.kind != "non_attribution" or "attribut" in heard.match.group():
        return True
    after = heard.line.at(heard.first, max(heard.ends, heard.last))
    if any(name.kind in _ACCUSED for name in sheet.names(after)):
        return True
    return _BLAMED.search(sheet.lowered, after.begins, after.ends) is not None


def _is_of_attackers(heard: Heard) -> bool:
    """Whether it is the attackers who "did not know" or "do not attack" something."""
    is_theirs = heard.cue.kind == "abstention" or heard.cue.name == "responsibility_denial.does_not"
    return is_theirs and not _ATTACKING.isdisjoint(heard.line.forms[heard.begins : heard.first])


def _begins(heard: Heard) -> int:
    """The first word of the denial, with whoever is said to have denied: "the embassy says that it is a lie"."""
    forms = heard.line.forms
    for place in range(heard.begins - 1, max(-1, heard.begins - _TOLD_NEAR), -1):
        if forms[place] in _TOLD_BY:
            return heard.line.clause_begins(place)
        if forms[place] in ";:?!":
            break
    return heard.begins


def _denied(heard: Heard) -> Span | None:
    begins = heard.match.start("denied") if "denied" in heard.match.re.groupindex else -1
    if begins < 0:
        return heard.rest
    first = heard.line.word_at(begins)
    return heard.line.at(first, max(heard.ends, first + 1))


def _claimants(sheet: Sheet, heard: Heard) -> tuple[Party, ...]:
    if heard.cue.name in _DENIERS:
        return acting(heard.subject(sheet))
    around = sheet.page.around(sheet.page.innermost(heard.trigger))
    is_told = heard.cue.name in _CLEARED or heard.match.group().startswith("to ")  # "urged X to stop accusing it"
    if not is_told or not heard.first or any(part.kind in _SPEECH for part in around):
        return ()
    return acting(sheet.first_names(heard.line.at(0, heard.first)))
