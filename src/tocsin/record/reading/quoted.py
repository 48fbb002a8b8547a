"""Who says each quotation: the act of speech beside it, or the speaker of the quotation it goes on from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tocsin.record.gazetteer import Mention
from tocsin.record.reading._named_before import PLAIN_NAME
from tocsin.record.reading._places import Quotes
from tocsin.record.reading.reported import Act
from tocsin.record.reading.speakers import SPEAKING_BODIES
from tocsin.record.reading.subjects import Cast
from tocsin.record.segments import Party, Segment, SegmentKind
from tocsin.record.spans import Span

_FURTHEST_AFTER = 160
_SENTENCE_STOP = re.compile(r"[.!?;]\s")
_PRONOUN = re.compile(r"(?:He|She)\b")
_CLAUSE_STOP = re.compile(r"[,;:]\s")
_FULL_STOP = re.compile(r"\.[”\"’'»]{1,2}\s+(?=[A-Z“\"‘])")
_ENDS_SPEECH = (",", ".", "?", "!", "…", "—", "–")


def spoken(text: str, quoted: Quotes, sentences: Sequence[Span], acts: Sequence[Act], cast: Cast) -> list[Segment]:
    """A segment for each quotation with its speaker, ``None`` when nobody is said to speak it."""
    quotes, parents = quoted.spans, quoted.parents
    begins = [sentence.begins for sentence in sentences]
    cues = [act.cue.begins for act in acts]
    speakers: list[Party | None] = []
    found = []
    for number, quote in enumerate(quotes):
        beside = _beside(text, quote, sentences, bisect_right(begins, quote.begins) - 1, acts, cues, parents[number])
        speaker, rule = (beside.speaker, "quoted-beside") if beside else (None, "quoted")
        if beside is None and (subject := _subject(quote, cast.before(quote.begins))):
            speaker, rule = subject, "quoted-subject"
        elif beside is None and (before := _gone_on_from(text, number, quotes, parents)) is not None:
            speaker, rule = speakers[before], "quoted-on"
        if speaker is None and beside is None and parents[number] is None:
            speaker = _he_or_she(text, quote, sentences, bisect_right(begins, quote.begins) - 1, cast)
            rule = "quoted-pronoun" if speaker else rule
        speakers.append(speaker)
        cue = beside.cue if beside else None
        found.append(Segment(kind=SegmentKind.QUOTATION, span=quote, speaker=speaker, cue=cue, rule=rule))
    return found


def _beside(
    text: str,
    quote: Span,
    sentences: Sequence[Span],
    sentence: int,
    acts: Sequence[Act],
    cues: Sequence[int],
    level: int | None,
) -> Act | None:
    """The act that the quotation belongs to: the one after it if it opens the sentence, else the last before it."""
    opens = sentences[sentence].begins if sentence >= 0 else quote.begins
    before = acts[bisect_left(cues, opens) : bisect_left(cues, quote.begins)]
    said_before = _last_before(text, quote, [act for act in before if act.level == level])
    said_after = _after(text, quote, acts, cues, level)
    if said_before is None and opens == quote.begins and sentence > 0:
        said_before = (
            _announced(text, sentences[sentence - 1], quote, acts, cues, level) if said_after is None else None
        )
    if said_after is None or not _ends_speech(text, quote):
        return said_before or (said_after if said_after is not None and _follows(text, quote, said_after) else None)
    if said_before is None or (
        said_before.content is not None and not said_before.content.holds(quote) and _follows(text, quote, said_after)
    ):
        return said_after
    return said_before


def _last_before(text: str, quote: Span, before: Sequence[Act]) -> Act | None:
    """The act before a quotation that it belongs to: the last, unless an earlier one reports what holds it.

    An act without a clause of its own (``called it “…”``) must be near: no comma between.
    """
    ended = [act for act in before if act.cue.ends <= quote.begins]
    if not ended or _reaches(text, quote, ended[-1]):
        return ended[-1] if ended else None
    holding = (act for act in reversed(ended) if act.content is not None and act.content.holds(quote))
    return next(holding, ended[-1])


def _reaches(text: str, quote: Span, act: Act) -> bool:
    if act.content is not None:
        return act.content.holds(quote)
    return not _CLAUSE_STOP.search(text, act.cue.ends, quote.begins)


def _ends_speech(text: str, quote: Span) -> bool:
    """Whether a quotation ends as a whole speech does: with a stop or a comma, inside it or right after."""
    return text[quote.ends - 2] in _ENDS_SPEECH or text[quote.ends : quote.ends + 1] == ","


def _follows(text: str, quote: Span, act: Act) -> bool:
    """Whether the words of an act, or whoever speaks in it, come right after the quotation."""
    named = act.speaker.span.begins if act.speaker.span else act.cue.begins
    begins = min(act.cue.begins, named) if named >= quote.ends else act.cue.begins
    return not text[quote.ends : begins].strip(" ,;–—")


def _subject(quote: Span, named: Mention | None) -> Party | None:
    """Whoever is named right before the quotation (``Berlin “condemns” it``)."""
    if named is None or quote.begins - named.span.ends != 1 or named.kind not in SPEAKING_BODIES:
        return None
    return Party(canonical=named.canonical, span=named.span)


def _he_or_she(text: str, quote: Span, sentences: Sequence[Span], sentence: int, cast: Cast) -> Party | None:
    """Whoever opens a quotation's sentence by a pronoun (``He put it at “almost all”``), or by name before a colon."""
    if sentence < 0:
        return None
    begins = sentences[sentence].begins
    opens = _PRONOUN.match(text, begins, quote.begins)
    if opens is None and text.endswith(": ", begins, quote.begins):
        opens = PLAIN_NAME.match(text, begins, quote.begins)
    return cast.party(Span(*opens.span())) if opens else None


def _after(text: str, quote: Span, acts: Sequence[Act], cues: Sequence[int], level: int | None) -> Act | None:
    """The first act after a quotation in the same sentence; a stop inside the quotation may have ended that."""
    if _FULL_STOP.match(text, quote.ends - 2):
        return None
    stop = _SENTENCE_STOP.search(
        text, quote.ends - 1 if text[quote.ends - 1] in ".!?" else quote.ends, quote.ends + _FURTHEST_AFTER
    )
    until = min(stop.start() if stop else quote.ends + _FURTHEST_AFTER, _paragraph_end(text, quote.ends))
    following = acts[bisect_left(cues, quote.ends) : bisect_left(cues, until)]
    return next((act for act in following if act.level == level), None)


def _announced(
    text: str, sentence: Span, quote: Span, acts: Sequence[Act], cues: Sequence[int], level: int | None
) -> Act | None:
    """The act of the sentence before, when it ends with a colon."""
    if not text[sentence.begins : quote.begins].rstrip().endswith(":"):
        return None
    before = acts[bisect_left(cues, sentence.begins) : bisect_left(cues, sentence.ends)]
    return next((act for act in reversed(before) if act.level == level), None)


def _gone_on_from(text: str, number: int, quotes: Sequence[Span], parents: Sequence[int | None]) -> int | None:
    """The quotation that this one, beside which nobody is named, goes on from: in its own paragraph or the last."""
    for before in range(number - 1, max(-1, number - 12), -1):
        if parents[before] != parents[number] or quotes[before].holds(quotes[number]):
            continue
        between = text[quotes[before].ends : quotes[number].begins]
        begins_paragraph = quotes[number].begins == 0 or text[quotes[number].begins - 1] == "\n"
        same_paragraph = "\n" not in between and (
            between.rstrip().endswith((".", "!", "?")) or len(between) < _FURTHEST_AFTER
        )
        return before if same_paragraph or (begins_paragraph and between.strip().count("\n") == 0) else None
    return None


def _paragraph_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return found if found != -1 else len(text)
