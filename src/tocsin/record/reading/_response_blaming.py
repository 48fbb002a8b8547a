"""Blame laid by saying so: "Norway said that it was the GRU" is a public attribution without a verb of blaming."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.record.assertions import Response, Standing
from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.reading._deeds import Line, Sheet, acted_upon, acting
from tocsin.record.reading.page import Candidate

SAID = frozenset("said stated told announced declared concluded determined established".split())
_BODIES = frozenset(
    {
        EntityKind.STATE, EntityKind.CAPITAL, EntityKind.GOVERNMENT, EntityKind.AGENCY, EntityKind.ORGAN,
        EntityKind.DEMONYM, EntityKind.BLOC,
    }
)  # fmt: skip
_BLAMED = frozenset({EntityKind.ORGAN, EntityKind.ACTOR})
_OF_A_STATE = frozenset({EntityKind.STATE, EntityKind.DEMONYM, EntityKind.CAPITAL})
_ITS_HANDS = frozenset(
    "state state-sponsored state-backed government military intelligence hackers hacking spies actor actors services"
    " service agents operatives".split()
)
_DID = frozenset(
    "behind responsible carried conducted perpetrated run launched entered hacked breached attacked stole stolen"
    " penetrated compromised infiltrated targeted planted".split()
)
_UNSAID = frozenset("not no nothing denied denies denying if whether neither nor never".split())
_SUBJECT_IS_SHORT = 12
_HANDS_ARE_NEAR = 3


def blamings(sheet: Sheet, line: Line) -> Iterator[Candidate]:
    """What a public body of one state is told to have said of the hands of another."""
    for verb, word in enumerate(line.forms):
        if word in SAID and verb > 0 and verb + 2 < len(line.forms):
            yield from _blaming(sheet, line, verb)


def _blaming(sheet: Sheet, line: Line, verb: int) -> Iterator[Candidate]:
    forms, begins = line.forms, line.clause_begins(verb)
    ends = next((place for place in range(verb, len(forms)) if forms[place] in ";:—"), len(forms))
    if not 0 < verb - begins <= _SUBJECT_IS_SHORT or forms[verb + 1] in ("in", ",", "."):
        return
    speaking = sheet.first_names(line.at(begins, verb))
    if not speaking or speaking[0].kind not in _BODIES or not _UNSAID.isdisjoint(forms[begins:ends]):
        return
    blamed = [name for name in sheet.names(line.at(verb, ends)) if _is_blamed(line, name, speaking[0])]
    if not blamed or (_DID.isdisjoint(forms[verb:ends]) and not _is_told_plainly(line, verb, blamed[0])):
        return
    yield Candidate(
        span=line.at(begins, ends),
        rule="response.public_attribution.said",
        body=Response(
            measure="public_attribution",
            standing=Standing.TAKEN,
            actors=acting(speaking),
            targets=acted_upon(blamed[:1]),
        ),
        triggers=(line.at(verb, verb + 1),),
    )


def _is_blamed(line: Line, name: Mention, speaking: Mention) -> bool:
    if name.state is not None and name.state == speaking.state:
        return False
    if name.kind in _BLAMED:
        return True
    after = line.word_at(name.span.ends)
    return name.kind in _OF_A_STATE and not _ITS_HANDS.isdisjoint(line.forms[after : after + _HANDS_ARE_NEAR])


def _is_told_plainly(line: Line, verb: int, blamed: Mention) -> bool:
    """Whether it says "it was the GRU", and no more."""
    place = line.word_at(blamed.span.begins)
    before = [form for form in line.forms[max(verb, place - 3) : place] if form != "the"]
    return before[-2:] == ["it", "was"]
