"""Judgements of an attack other than who did it: what it was for, whom it sought, what it cost, how it is seen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tocsin.record.assertions import Assessment
from tocsin.record.reading._cues import Cues, Heard, cue
from tocsin.record.reading._deeds import Sheet, sheet_of
from tocsin.record.reading.likelihood import find_likelihood
from tocsin.record.reading.page import Candidate, Page
from tocsin.record.spans import Span

_SURE = r"(?:(?:highly|very|most|almost|quite) )?(?:likely|probably|certainly|clearly|apparently|possibly) "
_BAD = (
    r"(?:reckless|irresponsible|unacceptable|deeply concerning|outrageous|appalling|despicable|deplorable"
    r"|unjustifiable|brazen"
    r"|cowardly|shameful|abhorrent|disgraceful|destabili[sz]ing|intolerable|sabotage|provocation|egregious|malign"
    r"|unlawful"
    r"|violation|completely wrong|indefensible|heinous|malicious and)"
)
_HARM = r"(?:damage|harm|losses|loss|cost|costs|disruption|remediation costs|impact|consequences)"
_GREAT = (
    r"(?:economic|financial|significant|severe|serious|overall|extensive|widespread|substantial|massive|huge"
    r"|considerable"
    r"|lasting|limited|minimal|enormous|billions of (?:\w+ )?in)"
)

ASSESSMENTS = Cues(
    cue(
        "condemnation.was", " ".join(_BAD[3:-1].replace("[sz]", "s").replace("|", " ").split()) + " destabilizing",
        rf"(?:amount(?:s|ed|ing)? to|is|was|were|are|been|be|as|call(?:ed|s|ing) (?:it|this|them"
        rf"|the \w+))\W{{1,3}}(?:[\w'-]+\W{{1,3}}){{0,4}}?{_BAD}",
    ),
    cue(
        "intent.meant", "intended designed meant calculated",
        rf"(?:is|was|were|are|been|being|be) (?:{_SURE})?(?:intended|designed|meant|calculated) (?:to|for|as)",
    ),
    cue(
        "intent.aim", "aim aims intention intent objective goal attempt attempts effort efforts purpose strategy"
        " plan plans campaign",
        r"(?:with|in|has|have|had) (?:the|an|a) (?:\w+ )?(?:aim|intention|intent|objective|goal|attempt|effort"
        r"|purpose) (?:of|to)"
        r"|(?:aim|intention|objective|goal|purpose) of (?:the|this|these) (?:\w+ ){0,2}(?:attacks?|operation"
        r"|campaign|intrusions?|breach)"
        r"|(?:attacks?|operation|campaign|intrusion|activity) aims? to"
        r"|part of (?:[\w']+ ){0,5}?(?:efforts?|attempts?|plans?|strategy|campaign) to",
    ),
    cue(
        "targeting.untargeted", "untargeted indiscriminate indiscriminately opportunistic opportunistically",
        r"untargeted|indiscriminate(?:ly)?|opportunistic(?:ally)?",
    ),
    cue(
        "targeting.targeted", "deliberately specifically systematically selectively targeted",
        r"(?:deliberately|specifically|systematically|selectively) (?:\w+ )?target(?:ed|ing|s)?"
        r"|(?:was|were|is|are) (?:highly |very |carefully |narrowly )?targeted(?: at| against|,| and|$)",
    ),
    cue(
        "damage.harm", _HARM[3:-1].replace("|", " "),
        rf"{_GREAT} (?:\w+ )?{_HARM}(?! of living)|(?:caus|inflict|result)(?:ed|ing|es"
        rf"|s) (?:in )?(?:\w+ ){{0,3}}{_HARM}",
    ),
    cue(
        "victims.judged", "victims victim compromised affected impacted hit breached",
        r"(?:believ|assess|estimat|think|judg|consider|understood|likely|unlikely|may|might|could)(?:ed|es|s"
        r"|e)?(?: [\w',-]+){1,12}?"
        r" (?:victims?|(?:been|be|were|was) (?:compromised|affected|impacted|hit|breached))",
    ),
    cue(
        "purpose.for", "but purpose purposes gain advantage profit enrichment reasons ends motivated"
        " financially-motivated"
        " politically-motivated ideologically-motivated",
        r"for (?:the )?purposes? of(?! (?:the|this|that|these) (?:\w+ )?(?:regulation|act|directive|law|section|article"
        r"|report|debate|framework|decision))|not to (?:\w+ ){1,4}but to|for (?:\w+ ){0,3}(?:gain|advantage|profit"
        r"|enrichment)"
        r"|for (?:espionage|financial|political|commercial|intelligence|military|personal)(?: \w+){0,2} (?:purposes"
        r"|reasons|ends)"
        r"|(?<!and )(?:financially|politically|ideologically)[ -]motivated|motivated by",
    ),
    cue(
        "judged.likely",
        "likely unlikely probable improbable probably improbably certain certainly possibility probability chance"
        " odds doubtful",
        r"(?:highly |very |most |extremely |almost |nearly |quite |more |not |hardly |just as ){0,4}(?:likely"
        r"|unlikely|probable|improbable"
        r"|probably|improbably|doubtful)|(?:almost|nearly|virtually) certain(?:ly)?"
        r"|(?:realistic|strong|distinct|real|serious|remote|even|no|good|slim|high|low) (?:possibility|probability"
        r"|chance|odds)",
    ),
)  # fmt: skip
_WHO = re.compile(
    r"\b(?:behind|responsible|responsibility|carried out|conducted|perpetrat\w+|work of|attribut\w+|linked|links|backed"
    r"|sponsored|directed|ordered|affiliat\w+|associated|on behalf|acting for|run by|controlled by|state|based in"
    r"|operat\w+"
    r" (?:by|for|from|out of)|contractors|members of)\b"
)
"""Who did it: a judgement of that is an attribution."""
_TOPICS = {
    "intent": re.compile(
        r"\b(?:intention|intent|intended|wanted|meant|designed|deliberate\w*|motive|know|knew"
        r"|realised|on purpose)\b"
    ),
    "purpose": re.compile(
        r"\b(?:purposes?|aims?|aimed|objective|goal|sought|seeking|spent|used (?:to|for)|fund|motivated)\b"
    ),
    "damage": re.compile(
        r"\b(?:costs?|damage\w*|loss\w*|lost|destroy\w*|disrupt\w*|recover\w*|never be|stolen|outage\w*|harm)\b"
    ),
    "victims": re.compile(
        r"\b(?:victims?|affected|compromised|hit|caught|records|exposed|infected|breached|accessed|targeted|targets"
        r"|impacted"
        r"|data|systems|networks|organi[sz]ations|customers)\b"
    ),
    "status": re.compile(
        r"\b(?:active|ongoing|continu\w+|still|remain\w*|persist\w*|again|return|future|attacks?|exploit\w*)\b"
    ),
}
"""What else is judged, by its words, the most telling first."""


def read_assessments(page: Page) -> Sequence[Candidate]:
    """The assessments on a page, in the text's order, with the words of probability in their clause."""
    sheet = sheet_of(page)
    found = []
    told = list(ASSESSMENTS.heard(sheet))
    plain = {heard.sentence for heard in told if heard.cue.kind != "judged"}
    for heard in told:
        is_judged = heard.cue.kind == "judged"
        if heard.line.is_question or (is_judged and heard.sentence in plain):
            continue
        what = _topic(sheet, heard) if is_judged else heard.cue.kind
        if not what:
            continue
        span = heard.line.at(heard.first, max(heard.ends, heard.last)) if heard.cue.kind == "purpose" else heard.span
        within = Span(heard.line.span.begins, span.ends)  # "it is likely that …" stands before the clause
        likelihood = find_likelihood(
            page.text, within, claimants=page.chain(heard.sentence.segment)[-1:], near=heard.trigger
        )
        found.append(
            Candidate(
                span=span,
                rule=f"assessment.{heard.cue.name}",
                body=Assessment(what=what, likelihood=likelihood),
                triggers=(heard.trigger,),
            )
        )
    return tuple(found)


def _topic(sheet: Sheet, heard: Heard) -> str:
    """What a clause with a word of probability judges; empty when it is who did it, or nothing about an attack."""
    begins, ends = heard.span.begins, heard.span.ends
    if _WHO.search(sheet.lowered, begins, ends):
        return ""
    return next((what for what, words in _TOPICS.items() if words.search(sheet.lowered, begins, ends)), "")
