"""Responses told without a verb of doing: "no sanctions", "can expect to be held to account", "review our options"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.record.assertions import Response, Standing
from tocsin.record.document import Genre
from tocsin.record.reading._cues import Heard
from tocsin.record.reading._deeds import Line, Sheet, acted_upon, acting
from tocsin.record.reading._own_side import own_side
from tocsin.record.reading._response_phrases import CARE, IDIOMS, NAMED, NOMINAL, TOLD
from tocsin.record.reading.page import Candidate, Sentence

_SAYS = frozenset("say says said saying".split())
_FUTURE = frozenset("will shall would".split())
_ORDER = re.compile(rf"(?:{CARE})\b(?! (?:is|are|was|were|of|from)\b)")


def idioms(sheet: Sheet, sentence: Sentence, line: Line) -> Iterator[tuple[Candidate, bool]]:
    """The responses that phrases of the sentence tell, and whether each gives way to any other there."""
    for heard in IDIOMS.heard_in(sheet, sentence, line):
        candidate = _candidate(sheet, heard)
        if candidate is not None:
            yield candidate, TOLD[heard.cue.name].is_weak


def _candidate(sheet: Sheet, heard: Heard) -> Candidate | None:
    told, line = TOLD[heard.cue.name], heard.line
    measure, begins, ends, names = told.measure, heard.begins, heard.ends, heard.subject(sheet)
    if not measure:
        measure = {**NAMED, **NOMINAL}[heard.match["what"]]
    if told.is_spoken:
        begins, ends, names = 0, len(line.forms), sheet.first_names(line.span)
        if not acting(names):
            return None
    elif told.if_named in line.forms:
        measure, begins = told.if_named, min(begins, line.clause_begins(line.forms.index(told.if_named)))
    elif told.asks_who and begins and line.forms[begins] in ("they", "it") and line.forms[begins - 1] in _SAYS:
        begins = line.clause_begins(begins - 1)  # "the EU and NATO said they stand with …"
        names = sheet.first_names(line.at(begins, heard.first))
    is_threat = told.threatens is not None and told.threatens.search(heard.match.group()) is None
    standing = told.standing
    if standing is Standing.TAKEN and not _FUTURE.isdisjoint(line.forms[max(begins, heard.first - 3) : heard.last]):
        standing = Standing.PLANNED
    return Candidate(
        span=line.at(begins, max(ends, heard.last)),
        rule=f"response.{measure}.{heard.cue.name}",
        body=Response(
            measure=measure,
            standing=standing,
            actors=()
            if is_threat
            else acting(names) or own_side(sheet.page, heard.trigger, line.forms[begins : heard.first]),
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
