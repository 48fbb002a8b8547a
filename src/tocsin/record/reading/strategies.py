"""Suggestions of crisis-response strategies, which stay suggestions until a person codes them.

Source: Coombs, *Situational Crisis Communication Theory* (2007): deny (attack the accuser, denial, scapegoat), diminish
(excuse, justification), rebuild (compensation, apology; here also mending and help) and bolster (reminding,
ingratiation, victimage). A rule suggests a code only where the words are those of the strategy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.record.assertions import Code, Denial, Response, Standing
from tocsin.record.reading._cues import Cues, cue
from tocsin.record.reading._deeds import sheet_of
from tocsin.record.reading.denials import read_denials
from tocsin.record.reading.page import Candidate, Page
from tocsin.record.reading.responses import read_responses

_MENDING = frozenset("patch advice victim_support victim_notification".split())
_DENYING = frozenset("responsibility_denial impact_denial".split())
_DONE = frozenset({Standing.TAKEN, Standing.ONGOING})

STRATEGIES = Cues(
    cue(
        "diminish.excuse", "untargeted unavoidable sophisticated unprecedented control alone",
        r"untargeted|unavoidable|beyond (?:our|its|their|anyone's) control|(?:highly|extremely|very"
        r"|most) sophisticated (?:\w+ )?(?:attack"
        r"|cyber\w*|actor|adversary|threat)|unprecedented (?:attack|sophistication)|(?:are|were|was|is) not alone",
    ),
    cue(
        "diminish.small", "small tiny limited minor isolated negligible lasting long-term material significant minimal",
        r"(?:only|just) an? (?:very )?(?:small|limited|tiny) (?:number|fraction|proportion|percentage|share|amount"
        r"|subset)"
        r"|(?:a|an|was|were|is|had|has) (?:very |only |relatively )?(?:limited|minor|negligible|minimal) (?:impact"
        r"|effect|number|disruption|damage)"
        r"|isolated incident|no (?:lasting|long-term|material|significant) (?:damage|harm|effect|impact|disruption)",
    ),
    cue(
        "diminish.no_estimate", "possible", r"not possible to (?:give|make|provide|put) (?:\w+ ){0,4}(?:assessment"
        "|estimate|figure)",
    ),
    cue(
        "rebuild.apology", "apologise apologize apologised apologized apologises apologizes apology apologies sorry"
        " regret regrets",
        r"apologi[sz]e[sd]?(?! to (?:the|my) (?:noble|right|hon|house))|(?:sincere|unreserved|our|an|full"
        r"|deepest) (?:\w+ )?apolog(?:y|ies)|(?:am|are|is|were|was) (?:\w+ )?sorry"
        r"|(?:deeply|sincerely|very much) regrets?",
    ),
    cue(
        "rebuild.redress", "compensate compensated compensation reimburse reimbursed refund refunds monitoring"
        " protection",
        r"(?:will|shall|to|have|has) (?:\w+ )?(?:compensated?|reimbursed?)|(?:offer\w*|pay\w*"
        r"|provid\w*) (?:\w+ ){0,5}(?:compensation|refunds?"
        r"|credit monitoring|identity protection)",
    ),
    cue(
        "bolster.praise", "world-beating world-leading world-class world beating leading class forefront proud envy",
        r"world[ -](?:beating|leading|class)|(?:at|in|been at) the forefront|(?:am|are|is|be|immensely) proud"
        r"|envy of the world",
    ),
    cue(
        "bolster.thanks", "thank credit grateful commend tribute praise",
        r"(?:we|i|government|minister|company) (?:\w+ ){0,2}(?:thank|credit|commend|praise|pay tribute to)(?! (?:my"
        r"|the (?:noble|right|hon)|him|her|you))"
        r"|(?:am|are) (?:\w+ )?grateful (?:to|for) (?!my|the noble|the right|the hon|him|her)",
    ),
    cue(
        "bolster.record", "record done doing",
        r"(?:strong|proud|long|good|excellent) (?:track )?record|that is (?:exactly "
        r"|precisely )?what we have (?:done|been doing)",
    ),
)  # fmt: skip


def suggest_strategies(page: Page, *, known: Sequence[Candidate] | None = None) -> Sequence[Candidate]:
    """The strategies that the page's own words suggest, in the text's order.

    ``known``: the denials and responses of the page, where they have been read already (``None``: they are read here).
    """
    deeds = (*read_denials(page), *read_responses(page)) if known is None else known
    found = [*_told(page), *(code for deed in deeds if (code := _suggested(deed)) is not None)]
    return tuple(sorted(found, key=lambda one: (one.span, one.rule)))


def _told(page: Page) -> Iterator[Candidate]:
    for heard in STRATEGIES.heard(sheet_of(page)):
        if not heard.line.is_question:
            yield Candidate(
                span=heard.span,
                rule=f"strategy.{heard.cue.name}",
                body=Code(strategy=heard.cue.kind),
                triggers=(heard.trigger,),
            )


def _suggested(deed: Candidate) -> Candidate | None:
    """The strategy that a denial or a response is by itself."""
    body = deed.body
    if isinstance(body, Denial) and body.what in _DENYING:
        strategy, why = "deny", body.what
    elif isinstance(body, Response) and body.measure in _MENDING and body.standing in _DONE:
        strategy, why = "rebuild", body.measure
    else:
        return None
    rule = f"strategy.{strategy}.{why}"
    return Candidate(deed.span, rule, Code(strategy=strategy), deed.triggers, deed.claimants)
