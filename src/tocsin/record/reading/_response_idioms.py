"""Responses told without a verb of doing: "no sanctions", "can expect to be held to account", "review our options"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.record.assertions import Response, Standing
from tocsin.record.document import Genre
from tocsin.record.reading._cues import Cues, Heard, cue
from tocsin.record.reading._deeds import Line, Sheet, acted_upon, acting
from tocsin.record.reading.page import Candidate, Sentence

_NAMED = {
    "sanctions": "sanctions",
    "penalties": "sanctions",
    "charges": "indictment",
    "arrests": "arrest",
    "expulsions": "expulsion",
    "tariffs": "trade_sanctions",
}
_NOUNS = "|".join(_NAMED)
_NOMINAL = {
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
_CARE = (
    "apply|patch|update|install|upgrade|disable|disconnect|isolate|rotate|reset|enable|enforce|block|restrict|review"
    "|monitor|implement|report|change|check|follow|deploy|ensure|assume|prioriti[sz]e|contact"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """``measure`` is empty when the word caught as ``what`` names it. ``is_weak``: gives way to any deed told there."""

    measure: str
    standing: Standing
    is_weak: bool = False


_TOLD = {
    "none": _Told("", Standing.NOT_TAKEN),
    "better": _Told("", Standing.DEMANDED),
    "called_for": _Told("", Standing.DEMANDED),
    "consequences": _Told("warning", Standing.THREATENED),
    "options": _Told("unspecified_action", Standing.CONSIDERED),
    "asked_steps": _Told("protective_measures", Standing.ASKED, is_weak=True),
    "will_not_say": _Told("non_disclosure", Standing.DECLINED),
    "will_not_speculate": _Told("unspecified_action", Standing.DECLINED),
    "in_a_statement": _Told("public_statement", Standing.TAKEN, is_weak=True),
    "listed": _Told("sanctions", Standing.TAKEN),
    "blocked": _Told("asset_freeze", Standing.TAKEN),
    "table": _Told("unspecified_action", Standing.CONSIDERED),
    "no_tolerance": _Told("warning", Standing.THREATENED),
    "subject_to": _Told("asset_freeze", Standing.TAKEN, is_weak=True),
    "nominal": _Told("", Standing.TAKEN, is_weak=True),
    "must_stop": _Told("diplomatic_demand", Standing.TAKEN, is_weak=True),
    "being_done": _Told("unspecified_action", Standing.ASKED),
    "stands_with": _Told("public_statement", Standing.TAKEN),
    "in_touch": _Told("diplomatic_representation", Standing.TAKEN, is_weak=True),
    "under_investigation": _Told("investigation", Standing.ONGOING),
    "review_reports": _Told("investigation", Standing.ONGOING),
    "together_said": _Told("joint_statement", Standing.TAKEN, is_weak=True),
    "was_coordinated": _Told("joint_statement", Standing.TAKEN),
    "should": _Told("advice", Standing.TAKEN),
}
IDIOMS = Cues(
    cue(
        "none", " ".join(_NAMED),
        rf"(?:no|nor|without)(?: (?:further|new|more|additional|fresh|such|any|specific)){{0,2}} (?P<what>{_NOUNS})",
    ),
    cue(
        "better", " ".join(_NAMED),
        rf"(?P<what>{_NOUNS})\b(?: \w+){{0,3}} (?:would|should|must)(?: surely| also| now)? be",
    ),
    cue(
        "called_for", " ".join(_NAMED),
        rf"(?:call(?:s|ed|ing)? for|in favou?r of|time for|need for)(?: \w+){{0,3}} (?P<what>{_NOUNS})",
    ),
    cue(
        "consequences", "held consequences reserve reserves unanswered price",
        r"(?:can|should|must|may) expect to be held|(?:will|would|must|shall) be held (?:to account|accountable"
        r"|responsible)"
        r"|(?:will|would|must|shall) (?:\w+ )?face (?:\w+ ){0,3}consequences|there (?:will"
        r"|would) be (?:\w+ ){0,3}consequences"
        r"|(?:will|would|shall|must|not) go unanswered|(?:will|would|shall) (?:\w+ )?(?:pay|exact|bear) (?:a"
        r"|the) (?:\w+ )?price"
        r"|reserves? the right to (?:respond|retaliate|act|take|use|answer)",
    ),
    cue(
        "options", "options considering consider considers considered",
        r"(?:consider|weigh|review|assess|look at|study)(?:s|ing|ed)? (?:\w+ ){0,2}options"
        r"|consider(?:ing|s|ed)? (?:with \w+ \w+ )?(?:what|which|any|all|whether|further|additional|other|more)"
        r" (?:\w+ ){0,3}(?:measures|steps|action|actions|response)"
        r"|options (?:are|were|remain) (?:open|on the table)",
    ),
    cue(
        "asked_steps", "what",
        r"what (?:\w+ ){0,2}(?:steps|action|actions|measures) (?:\w+ ){1,5}(?:taking|taken|take)",
    ),
    cue(
        "will_not_say", "declined declines declining refused refuses refusing",
        r"(?:declin|refus)(?:ed|es|ing) to (?:say|comment|give|name|discuss|confirm|elaborate|disclose|provide|specify"
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
        "table", "table review consideration ruled ruling rule",
        r"(?:anything|options?|nothing|everything|sanctions|measures)(?: \w+){0,3} (?:off|on) the table"
        r"|(?:keep|kept|keeping|remains?|are|is|were|was)(?: [\w-]+){0,4} under (?:\w+ )?(?:review|consideration)"
        r"|(?:rul(?:e|ed|es|ing)|not) (?:nothing|anything|any (?:\w+ )?options?|out any \w+) out",
    ),
    cue(
        "no_tolerance", "tolerate idly stand accept",
        r"(?:will not|won't|cannot|can't|shall not|will never) (?:tolerate|stand idly|stand by|accept (?:this|it|such"
        r"|these))",
    ),
    cue(
        "subject_to", "subject",
        r"subject to (?:an? |the |both )?(?:\w+ ){0,2}(?:asset freezes?|travel bans?|sanctions)",
    ),
    cue(
        "nominal", " ".join(_NOMINAL),
        rf"(?:the|his|her|their|its|recent|this week's) (?:\w+ )?(?P<what>{'|'.join(_NOMINAL)}) of (?!this|these|it\b"
        rf"|command)",
    ),
    cue(
        "must_stop", "must should",
        r"(?:must|should) (?:now |immediately |also )?(?:stop|cease|desist|refrain|halt|put an end|bring (?:it|this"
        r"|them) to an end"
        r"|end (?:its|their|this|these|such)|abide by|live up to|(?:fully )?(?:cooperate|co-operate))",
    ),
    cue(
        "being_done", "done",
        r"what (?:more |else )?(?:is|can|will|could|should) (?:now |be |being ){0,4}(?:be |being )done",
    ),
    cue(
        "stands_with", "stand stands stood standing",
        r"(?:stands?|stood|standing) (?:\w+ )?(?:with|by|alongside|shoulder to shoulder)",
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
        "together_said", "countries governments agencies allies nations states",
        r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|several) (?:\w+ ){0,2}(?:countries"
        r"|governments|allies|nations|member states)(?: [\w,]+){0,5}? (?:said|warned|announced|declared) (?:that|in)",
    ),
    cue("was_coordinated", "coordinated", r"(?:was|were|is|been) (?:\w+ )?coordinated (?:closely )?with"),
    cue(
        "should", "should must",
        rf"(?:{_ADVISED}) (?:should|must) (?:\w+ ){{0,2}}(?:{_CARE})",
    ),
)  # fmt: skip
_ORDER = re.compile(rf"(?:{_CARE})\b(?! (?:is|are|was|were|of|from)\b)")


def idioms(sheet: Sheet, sentence: Sentence, line: Line) -> Iterator[tuple[Candidate, bool]]:
    """The responses that phrases of the sentence tell, and whether each gives way to any other there."""
    for heard in IDIOMS.heard_in(sheet, sentence, line):
        candidate = _candidate(sheet, heard)
        if candidate is not None:
            yield candidate, _TOLD[heard.cue.name].is_weak


def _candidate(sheet: Sheet, heard: Heard) -> Candidate | None:
    told, line, rule = _TOLD[heard.cue.name], heard.line, heard.cue.name
    measure, begins, ends, names = told.measure, heard.begins, heard.ends, heard.subject(sheet)
    if not measure:
        measure = {**_NAMED, **_NOMINAL}[heard.match["what"]]
    if rule == "in_a_statement":  # who speaks may stand before it or after it
        begins, ends, names = 0, len(line.forms), sheet.first_names(line.span)
        if not acting(names):
            return None
    elif rule == "will_not_speculate" and "sanctions" in line.forms:
        measure, begins = "sanctions", min(begins, line.clause_begins(line.forms.index("sanctions")))
    is_threat = told.standing is Standing.THREATENED and not heard.match.group().startswith("reserve")
    return Candidate(
        span=line.at(begins, max(ends, heard.last)),
        rule=f"response.{measure}.{rule}",
        body=Response(
            measure=measure,
            standing=told.standing,
            actors=() if is_threat else acting(names),
            targets=acted_upon(names if is_threat else heard.after(sheet)),
            is_conditional=told.standing is Standing.THREATENED and not {"if", "unless"}.isdisjoint(line.forms),
        ),
        triggers=(heard.trigger,),
    )


def orders(sheet: Sheet) -> Iterator[Candidate]:
    """Advice in the imperative ("Apply the patches"), in advisories only and once for each run of orders."""
    if sheet.page.document.genre is not Genre.ADVISORY:
        return
    is_run = False
    for sentence in sheet.page.sentences:
        span = sentence.span
        found = _ORDER.match(sheet.lowered, span.begins, span.ends)
        if found and not is_run:
            line = Line(sheet.lowered, span)
            yield Candidate(
                span=line.at(0, line.clause_ends(0)),
                rule="response.advice.imperative",
                body=Response(measure="advice", standing=Standing.TAKEN),
                triggers=(line.at(0, 1),),
            )
        is_run = found is not None
