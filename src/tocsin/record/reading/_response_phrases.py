"""Phrases that tell a response without a verb of doing it, and what each tells: ordinary English of press and state."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tocsin.record.assertions import Standing
from tocsin.record.reading._cues import Cues, cue

NAMED = {
    "sanctions": "sanctions",
    "penalties": "sanctions",
    "charges": "indictment",
    "arrests": "arrest",
    "expulsions": "expulsion",
    "tariffs": "trade_sanctions",
}
_NOUNS = "|".join(NAMED)
NOMINAL = {
    "expulsion": "expulsion",
    "indictment": "indictment",
    "arrest": "arrest",
    "extradition": "extradition",
    "designation": "sanctions",
    "summoning": "diplomatic_representation",
    "takedown": "takedown",
    "dismantling": "takedown",
}
_ADVISED = (
    "organisations|organizations|companies|users|customers|administrators|operators|defenders|businesses|everyone"
    "|agencies|firms|owners"
)
CARE = (
    "apply|patch|update|install|upgrade|disable|disconnect|isolate|rotate|reset|enable|enforce|block|restrict|review"
    "|monitor|implement|report|change|check|follow|deploy|ensure|assume|prioriti[sz]e|contact"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """``measure`` is empty when the word caught as ``what`` names it. ``is_weak``: gives way to any deed told there.

    ``is_spoken``: who speaks may stand before or after the phrase, and somebody must. ``asks_who``: "they" and "it" are
    those said to speak before ("the EU said it stands with …"). ``if_named``: the measure where the sentence has the
    word. ``threatens``: those before the phrase are threatened, unless the phrase has this pattern.
    """

    measure: str
    standing: Standing
    is_weak: bool = False
    is_spoken: bool = False
    asks_who: bool = False
    if_named: str = ""
    threatens: re.Pattern[str] | None = None


_BY_SUBJECT = re.compile(r"^(?:reserve|(?:will|would|shall|to) (?:make|impose|continue))|\bthere\b")
"""A threat told of the one who makes it."""


TOLD = {
    "none": _Told("", Standing.NOT_TAKEN),
    "better": _Told("", Standing.DEMANDED),
    "called_for": _Told("", Standing.DEMANDED),
    "consequences": _Told("warning", Standing.THREATENED, threatens=_BY_SUBJECT),
    "options": _Told("unspecified_action", Standing.CONSIDERED),
    "asked_steps": _Told("protective_measures", Standing.ASKED, is_weak=True),
    "will_not_say": _Told("non_disclosure", Standing.DECLINED, is_weak=True),
    "not_told_before": _Told("", Standing.DECLINED),
    "no_decision": _Told("unspecified_action", Standing.DECLINED),
    "for_information": _Told("reward", Standing.TAKEN),
    "on_offer": _Told("reward", Standing.TAKEN),
    "letters": _Told("victim_notification", Standing.TAKEN),
    "our_statement": _Told("joint_statement", Standing.TAKEN, is_weak=True),
    "point_made": _Told("diplomatic_representation", Standing.TAKEN),
    "investigation_by": _Told("investigation", Standing.ONGOING),
    "discussions": _Told("diplomatic_representation", Standing.ASKED, is_weak=True),
    "working_with": _Told("investigation", Standing.ONGOING, is_weak=True),
    "will_respond": _Told("unspecified_action", Standing.THREATENED, is_weak=True),
    "unsealed": _Told("indictment", Standing.TAKEN),
    "stands_ready": _Told("warning", Standing.THREATENED),
    "will_not_speculate": _Told("unspecified_action", Standing.DECLINED, if_named="sanctions"),
    "in_a_statement": _Told("public_statement", Standing.TAKEN, is_weak=True, is_spoken=True),
    "listed": _Told("sanctions", Standing.TAKEN),
    "blocked": _Told("asset_freeze", Standing.TAKEN),
    "table": _Told("unspecified_action", Standing.CONSIDERED),
    "no_tolerance": _Told("warning", Standing.THREATENED, is_weak=True),
    "subject_to": _Told("asset_freeze", Standing.TAKEN, is_weak=True),
    "nominal": _Told("", Standing.TAKEN, is_weak=True),
    "must_stop": _Told("diplomatic_demand", Standing.TAKEN, is_weak=True),
    "being_done": _Told("unspecified_action", Standing.ASKED),
    "stands_with": _Told("public_statement", Standing.TAKEN, asks_who=True),
    "in_touch": _Told("diplomatic_representation", Standing.TAKEN, is_weak=True),
    "under_investigation": _Told("investigation", Standing.ONGOING),
    "review_reports": _Told("investigation", Standing.ONGOING),
    "together_said": _Told("joint_statement", Standing.TAKEN, is_weak=True),
    "was_coordinated": _Told("joint_statement", Standing.TAKEN),
    "should": _Told("advice", Standing.TAKEN),
}
IDIOMS = Cues(
    cue(
        "none", " ".join(NAMED),
        rf"(?:no|nor|without)(?: (?:further|new|more|additional|fresh|such|any|specific)){{0,2}} (?P<what>{_NOUNS})",
    ),
    cue(
        "better", " ".join(NAMED),
        rf"(?P<what>{_NOUNS})\b(?: \w+){{0,3}} (?:would|should|must)(?: surely| also| now)? be",
    ),
    cue(
        "called_for", " ".join(NAMED),
        rf"(?:call(?:s|ed|ing)? for|in favou?r of|time for|need for)(?: \w+){{0,3}} (?P<what>{_NOUNS})",
    ),
    cue(
        "consequences", "held consequences reserve reserves unanswered unpunished unresponded price costs pay",
        r"(?:can|should|must|may) expect to be held|(?:will|would|must|shall) be held (?:to account|accountable"
        r"|responsible)"
        r"|(?:will|would|must|shall) (?:\w+ )?face (?:\w+ ){0,3}consequences|(?:will (?:find|learn|see) (?:that"
        r" )?)?there (?:will be|would be|is|are)"
        r" (?:\w+ ){0,3}(?:consequences|price)(?: to pay)?"
        r"|(?:will|would|shall) (?:continue to )?impose (?:further|additional|greater|more|heavier) (?:costs"
        r"|consequences)"
        r"|(?:will|shall|to) make (?:\w+ ){1,6}pay|(?:will|shall) pay (?:dearly|for)"
        r"|(?:will|would|shall|must|not) go (?:unanswered|unpunished|unresponded)|(?:will|would|shall) (?:\w+"
        r" )?(?:pay|exact|bear) (?:a"
        r"|the) (?:\w+ )?price"
        r"|reserves? the right to (?:respond|retaliate|act|take|use|answer)",
    ),
    cue(
        "options", "options considering consider considers considered",
        r"(?:consider|weigh|review|assess|look at|study)(?:s|ing|ed)? (?:\w+ ){0,4}options"
        r"|consider(?:ing|s|ed)? (?:with \w+ \w+ )?(?:what|which|any|all|whether|further|additional|other|more)"
        r" (?:\w+ ){0,3}(?:measures|steps|action|actions|response)"
        r"|options (?:are|were|remain) (?:open|on the table)",
    ),
    cue(
        "asked_steps", "what",
        r"what (?:\w+ ){0,2}(?:steps|action|actions|measures) (?:\w+ ){1,5}(?:taking|taken|take)",
        also="steps action actions measures",
    ),
    cue(
        "will_not_say", "declined declines declining refused refuses refusing",
        r"(?:declin|refus)(?:ed|es|ing) to (?:say|give|name|discuss|confirm|elaborate|disclose|provide|specify"
        r"|reveal|answer)",
    ),
    cue(
        "will_not_speculate", "speculate drawn comment pre-empt preempt",
        r"(?:cannot|can't|will not|won't|not going to|would not|wouldn't) (?:be drawn|speculate|pre-?empt|comment)\b"
        r"(?: \w+){0,3} (?:future|possible|further|action|sanctions)",
    ),
    cue(
        "in_a_statement", "statement", r"in an? (?:\w+ ){0,2}statement",
    ),
    cue(
        "listed", "listed",
        r"(?:was|were|been|being|remains?|remained) (?:also |already |today |still )?listed(?! (?:as|on the|below"
        r"|above|here))",
    ),
    cue(
        "blocked", "blocked",
        r"(?:property|assets|interests|funds)\b(?: [\w.,]+){1,20}? (?:is|are|were|was) (?:\w+ )?blocked",
    ),
    cue(
        "table", "table review consideration ruled rules ruling rule",
        r"(?:anything|options?|nothing|everything|sanctions|measures)(?: \w+){0,3} (?:off|on) the table"
        r"|(?:keep|kept|keeping|remains?|are|is|were|was)(?: [\w-]+){0,4} under (?:\w+ )?(?:review|consideration)"
        r"|rul(?:e|ed|es|ing) (?:nothing|anything|any (?:\w+ )?options?) out",
    ),
    cue(
        "no_tolerance", "tolerate idly stand sit accept hesitate",
        r"(?:will not|won't|would not|cannot|can't|shall not|will never) (?:tolerate|(?:stand|sit) idly|(?:stand"
        r"|sit) by"
        r"|hesitate to (?:take|act|respond|use|impose|do|make|call)|accept (?:this|it|such"
        r"|these))",
    ),
    cue(
        "subject_to", "subject",
        r"subject to (?:an? |the |both )?(?:\w+ ){0,2}(?:asset freezes?|travel bans?|sanctions)",
    ),
    cue(
        "nominal", " ".join(NOMINAL),
        rf"(?:the|his|her|their|its|recent|this week's) (?:\w+ )?(?P<what>{'|'.join(NOMINAL)}) of (?!this|these|it\b"
        rf"|command)",
    ),
    cue(
        "must_stop", "stop cease desist refrain halt put bring end abide live cooperate co-operate",
        r"(?:needs? to|(?:has|have) to) (?:stop|cease|desist|halt|end (?:its|their|this|these|such))"
        r"|(?:must|should) (?:now |immediately |also )?(?:stop|cease|desist|refrain|halt"
        r"|put an end|bring (?:it|this"
        r"|them) to an end"
        r"|end (?:its|their|this|these|such)|abide by|live up to|(?:fully )?(?:cooperate|co-operate))",
    ),
    cue(
        "being_done", "done",
        r"what (?:more |else )?(?:is|can|will|could|should) (?:now |be |being ){0,4}(?:be |being )done",
    ),
    cue(
        "stands_with", "stand stands stood standing",
        r"(?:stands?|stood|standing) (?:\w+ )?(?:in (?:\w+ )?solidarity with|with|by|alongside|shoulder to shoulder)",
    ),
    cue(
        "in_touch", "touch contact spoken spoke dialogue",
        r"(?:in (?:close |direct |regular )?(?:touch|contact|dialogue) with|(?:have|has"
        r"|had) (?:\w+ )?been in (?:touch|contact)"
        r"|spoken? (?:directly )?(?:to|with) (?:\w+ ){0,3}(?:counterparts?|ambassador|government|authorities))",
    ),
    cue(
        "under_investigation", "investigation inquiry",
        r"(?:is|are|remains?|was|were) (?:now |still )?under (?:\w+ )?(?:investigation|inquiry)|(?:investigation"
        r"|inquiry) (?:is|remains) (?:\w+ )?(?:ongoing|underway|under way|open|continuing)",
    ),
    cue(
        "review_reports", "review inquiry investigation",
        r"an? (?:\w+ )?(?:review|inquiry|investigation) (?:by|led by|into|of)(?: \w+){1,6} (?:will|is due to"
        r"|is expected to) (?:report|conclude|publish)",
    ),
    cue(
        "together_said", "countries governments allies nations states",
        r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|several) (?:\w+ ){0,2}(?:countries"
        r"|governments|allies|nations|member states)(?: [\w,]+){0,5}? (?:said|warned|announced|declared) (?:that|in)",
        also="said warned announced declared",
    ),
    cue("was_coordinated", "coordinated", r"(?:was|were|is|been) (?:\w+ )?coordinated (?:closely )?with"),
    cue(
        "not_told_before", " ".join(NAMED),
        rf"(?:not|don't|never|won't) (?:\w+ )?(?:preview|discuss|speculate (?:about|on)|get ahead of|talk about)"
        rf" (?:\w+ ){{0,3}}?(?P<what>{_NOUNS})",
    ),
    cue(
        "no_decision", "decision decisions",
        r"no (?:\w+ )?decisions? (?:has|have|had) (?:yet )?been (?:taken|made|reached)",
    ),
    cue(
        "for_information", "information",
        r"offer(?:s|ed|ing)? (?:a |up |to |us )*[$€£]?[\d.,]+(?: \w+){0,4} for (?:\w+ )?information",
    ),
    cue(
        "on_offer", "reward rewards bounty bounties",
        r"(?:rewards?|bount(?:y|ies))(?: of)?[^;:?!]{0,40}? (?:is|was|are|were) (?:also )?(?:on offer|offered"
        r"|available)",
    ),
    cue(
        "letters", "letter letters notification notifications",
        r"(?:have|has|had|will|being|is|are) (?:\w+ )?(?:had|received|receive|get|send|sending|sent|be sent)"
        r" (?:an? |the |out )?(?:\w+ )?(?:letters?|notifications?)",
    ),
    cue("our_statement", "joint", r"(?:our|their|the|this) joint (?:statement|declaration|communiqu[eé])"),
    cue(
        "point_made", "point clear concern concerns view views position",
        r"(?:ma[dk]e|making) (?:that|this|the same|our|its|their) (?:\w+ )?(?:point|position|concerns?|views?)"
        r" (?:\w+ ){0,3}?(?:to|with) (?:them|him|her|the|our|beijing|moscow|tehran|pyongyang|china|russia|iran)"
        r"|(?:been|was|were) (?:very |absolutely |quite |crystal )?clear (?:with|to) (?:them|the|president|beijing"
        r"|moscow|tehran)"
        r"|(?:ma[dk]e|making) (?:it |this |that |our \w+ )?(?:very |absolutely |abundantly )?clear to (?:them|the"
        r"|beijing|moscow|tehran|pyongyang|china|russia|iran)",
    ),
    cue(
        "investigation_by", "investigation inquiry probe",
        r"(?:subject of|facing|faces) an? (?:\w+ ){0,3}(?:investigation|inquiry|probe)"
        r"|(?:investigation|inquiry|probe) (?:led )?by (?:the )?(?:\w+ ){1,4}(?:into|is|has|was)",
    ),
    cue(
        "discussions", "discussions conversations talks",
        r"what (?:\w+ ){0,2}(?:discussions|conversations|talks) (?:\w+ ){1,6}(?:had|held|having|holding)",
    ),
    cue(
        "working_with", "working cooperating co-operating",
        r"(?:is|are|we're|been) (?:\w+ ){0,2}(?:working|co-?operating) (?:\w+ ){0,2}with (?:\w+ ){0,7}?(?:law"
        r" enforcement|police"
        r"|authorities|investigators|regulators?|prosecutors|security (?:agencies|services|centre|center|experts))",
    ),
    cue(
        "will_respond", "respond act action",
        r"(?:will|shall) (?:act|take (?:\w+ )?action)(?: on our own| against| if| when)|"
        r"(?:will|shall) (?:\w+ )?respond (?:at|in|appropriately|decisively|firmly|forcefully|robustly|proportionately"
        r"|to (?:any|every|such|this))",
    ),
    cue(
        "unsealed", "indictment charges complaint warrant warrants",
        r"(?:indictment|charges|complaint|warrants?),? (?:\w+ly )?(?:unsealed|filed|announced|issued)",
    ),
    cue(
        "stands_ready", "ready",
        r"(?:stands?|are|is|remains?) ready to (?:\w+ )?(?:make|use|take|respond|impose|act|adopt|employ|deploy)",
    ),
    cue(
        "should", "should must",
        rf"(?:{_ADVISED}) (?:should|must) (?:\w+ ){{0,2}}(?:{CARE})",
    ),
)  # fmt: skip
