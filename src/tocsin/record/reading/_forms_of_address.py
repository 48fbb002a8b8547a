"""Whom a form of address means in a debate (``the noble Lord``, ``the Minister``): whoever spoke before, or answers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from tocsin.record.segments import Party, Segment, SegmentKind
from tocsin.record.spans import Span

_FORM_OF_ADDRESS = re.compile(
    r"(?:the|my) (?:(?:right )?(?:hon(?:ourable|\.)?|noble)(?: and \w+)? ){1,2}\w+\Z", re.IGNORECASE
)
_MINISTER_OR_ANSWER = re.compile(
    r"the (?:Minister|(Answer(?: in the (?:House of Commons|Commons|other place))?))\Z", re.IGNORECASE
)
_OTHER_HOUSE = re.compile(r"\b(?:Commons|other place|other House)\b")


_WESTMINSTER = re.compile(
    r"\b(?:My Lords|Dispatch Box|(?:right )?hon\. (?:Friend|Gentleman|and learned)|noble (?:Lord|Baroness|Friend))\b"
)
_GOVERNMENT = re.compile(r"(?:the |this )?Government\Z", re.IGNORECASE)


class Debate:
    """The turns of a debate or briefing, in order; none in other documents."""

    def __init__(self, text: str, turns: Sequence[Segment]) -> None:
        self._text = text
        self._turns = [turn for turn in turns if turn.kind is SegmentKind.TURN]
        self._begins = [turn.span.begins for turn in self._turns]
        self._is_westminster = bool(self._turns) and _WESTMINSTER.search(text) is not None

    def addressed(self, words: str, span: Span) -> Party | None:
        """Whom a form of address means: the one who spoke the turn before; the minister wherever one answers."""
        if not self._turns:
            return None
        if _FORM_OF_ADDRESS.match(words):
            known = self.speaker_before(span.begins)
        elif office := _MINISTER_OR_ANSWER.match(words):
            known = self._minister(office[1] is not None or self._is_of_the_other_house(span))
        elif self._is_westminster and _GOVERNMENT.match(words):
            return Party(canonical="gov:GB", span=span)
        else:
            return None
        return known and Party(canonical=known.canonical, span=span)

    def speaker_before(self, at: int) -> Party | None:
        """Who spoke the turn before the one around a place (``you``)."""
        number = bisect_right(self._begins, at) - 1
        return self._turns[number - 1].speaker if number > 0 else None

    def _minister(self, in_the_other_house: bool) -> Party | None:
        rule = "turn-read-out" if in_the_other_house else "turn-minister"
        return next((turn.speaker for turn in self._turns if turn.rule == rule), None)

    def _is_of_the_other_house(self, span: Span) -> bool:
        return _OTHER_HOUSE.search(self._text, max(0, span.begins - 60), span.begins) is not None
