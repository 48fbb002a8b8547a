"""Indirect speech: who says, holds or is said to, with which words, and the clause that is theirs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.record.reading._clauses import THAT, Clauses
from tocsin.record.reading._party_words import OWN_WORDS
from tocsin.record.reading._places import Place, Quotes, after_space, before_space
from tocsin.record.reading._reporting_words import (
    EVIDENTIAL,
    HEARSAY,
    KINDS,
    OPENS_OTHER,
    OPENS_VERB,
    OTHER,
    PASTS,
    VERB,
    Saying,
    is_base,
    is_participle,
)
from tocsin.record.reading._subject_phrases import BE, DO, DOUBTED, MODAL, NOT, SubjectPhrases
from tocsin.record.reading.subjects import SELF, Cast
from tocsin.record.segments import Party, Segment, SegmentKind
from tocsin.record.spans import Span
from tocsin.record.words import words_of

UNATTRIBUTED = "unknown:unattributed"


@dataclass(frozen=True, slots=True)
class Act:
    """One act of speech: its words, who speaks, the clause reported (``None``: a quotation or nothing follows).

    ``level`` is the index of the quotation that the words stand in, ``sentence`` that of the sentence.
    """

    cue: Span
    speaker: Party
    content: Span | None
    level: int | None
    sentence: int
    rule: str

    def segment(self) -> Segment | None:
        if self.content is None:
            return None
        kind = SegmentKind.REPORTED
        return Segment(kind=kind, span=self.content, speaker=self.speaker, cue=self.cue, rule=self.rule)


_NO_SUBJECT = frozenset(
    """the a an its his her their our my your this that these those of in on at by for with from no any some and or
    member what how why""".split()
)

_END = re.compile(r"\s*(?:[.!?…]+[”\"’')]*\s*\Z|\Z)")
_NAME_AFTER = re.compile(
    r"\s+((?:(?:Sen|Rep|Dr|Mr|Mrs|Ms|Prof|Gen|Adm|Col|Capt|Gov|Lt|Hon|St|U\.S|U\.K)\."
    r"|[^,.;:“”\"()\n]){2,90}?)"
    r"(?=\s*[,.;:“”\"(\n]|\s+(?:in an?|on|at|after|while|who|as|during|when"
    r"|following|last|this|yesterday)\b|\s*\Z)"
)
_INVERTED_QUESTION = re.compile(
    r"(?:[“\"‘']?My Lords, )?[“\"]?(?:Can|Could|Will|Would|Does|Do|Did|May|Is|Are|Has|Have|What|How|Why|If)\b"
)
_ACCORDING = re.compile(r"[^,.;:“”\"()\n]{2,90}")
_RELATIVE_WORD = re.compile(r"\b(?:who|which|and)\b")
_OWNER_THAT = re.compile(r"([^.;:“”\"()\n]{2,100}?),? that ")
_OWNER = re.compile(r"([\w’'&. -]{2,80}?)[’']s?\s+(?:\w+\s+){0,2}\Z")
_BY = re.compile(r"\s+by ([^,.;:“”\"()\n]{2,60}?)(?: (?:at|in|on) [^,.;:“”\"()\n]{2,40}?)? that\s+")
_LEADS = re.compile(r"(?:(?:My Lords|Mr Speaker|Madam (?:Deputy )?Speaker|[Aa]nd|[Bb]ut|[Tt]hat|[Ss]o|[Yy]et),? )\Z")
_FURTHEST_OWNER = 110
_LONGEST_SENTENCE = 4_000
_MOST_IN_A_SENTENCE = 40


class Reported:
    """The acts of speech in the sentences of a text, read in its order.

    ``quotes`` are its quotations, each after what holds it; words inside one report only what is inside.
    """

    def __init__(self, text: str, sentences: Sequence[Span], quotes: Quotes, cast: Cast) -> None:
        self._text = text
        self._sentences = sentences
        self._begins = [sentence.begins for sentence in sentences]
        self._bounded = [Span(one.begins, min(one.ends, one.begins + _LONGEST_SENTENCE)) for one in sentences]
        self._quotes = quotes
        self._cast = cast
        self._subjects = SubjectPhrases(text, cast)
        self._clauses = Clauses(text, quotes)
        self.acts: list[Act] = []

    def read(self) -> list[Act]:
        """All acts, in order of their words."""
        tried: Counter[int] = Counter()
        words = words_of(self._text)
        verbs = words.found(VERB, self._text, OPENS_VERB)
        others = words.found(OTHER, self._text, words.like(OPENS_OTHER))
        for trigger in sorted([*verbs, *others], key=re.Match.start):
            sentence = bisect_right(self._begins, trigger.start()) - 1
            if sentence < 0 or trigger.end() > self._bounded[sentence].ends or self._text[trigger.start() - 1] == "-":
                continue
            tried[sentence] += 1
            if tried[sentence] > _MOST_IN_A_SENTENCE:
                continue
            act = self._by_verb(trigger, sentence) if trigger.re is VERB else self._by_other(trigger, sentence)
            if act is not None:
                self.acts.append(act)
        return self.acts

    def _place(self, at: int, sentence: int) -> Place:
        """What words there can see: their sentence within their quotation, from the clause of the act before on."""
        level = self._quotes.around(at)
        window = self._bounded[sentence]
        if level is not None:
            quote = self._quotes.spans[level]
            ends = min(window.ends, quote.ends - 1)
            window = Span(min(max(window.begins, quote.begins + 1), ends), ends)
        floor = window.begins
        last = self.acts[-1] if self.acts else None
        if last and last.content and (last.sentence, last.level) == (sentence, level) and last.content.begins <= at:
            floor = max(floor, last.content.begins if at <= last.content.ends else floor)
        return Place(sentence, level, window, floor)

    def _by_verb(self, verb: re.Match[str], sentence: int) -> Act | None:
        form, kind = verb.group(), KINDS[verb.group()]
        place = self._place(verb.start(), sentence)
        group, words = self._subjects.verb_group(place.floor, verb.start())
        cue = Span(group, verb.end())
        if words & BE and not is_participle(form):
            if kind is Saying.TELL and (by := _BY.match(self._text, verb.end(), place.window.ends)):
                speaker = self._cast.party(Span(*by.span(1)))
                return _act(cue, speaker, self._clauses.to_end(by.end(), place.window.ends), "told-by", place)
            return self._hearsay(form, cue, place) if form in HEARSAY else None
        if words & MODAL or (is_base(form) and _INVERTED_QUESTION.match(self._text, place.window.begins)):
            return None
        if DOUBTED.search(self._text, max(place.floor, group - 90), group):
            return None
        subject = self._subjects.before(place.floor, group) or self._subjects.antecedent(place.floor, group)
        if subject is None and not is_participle(form) and self._is_after_words(group):
            return self._inverted(verb, kind, place)
        if is_base(form) and not words & DO and not self._subjects.is_plural(subject):
            return None
        speaker = self._speaker(subject, form, place, group)
        if kind is Saying.SPEAK or words & NOT:
            return _act(cue, speaker, None, "speech-verb", place)
        content, rule = self._clauses.reported(verb, place, subject)
        return _act(cue, speaker, content, rule, place)

    def _speaker(self, subject: Span | None, form: str, place: Place, at: int) -> Party | None:
        """Who the subject means; one left out (``and said``, ``saying``) is that of the act before in the sentence."""
        if subject is None or (is_participle(form) and self._text[at - 2 : at - 1] == ","):
            before = self.acts[-1] if self.acts else None
            if before and (before.sentence, before.level) == (place.sentence, place.level):
                return before.speaker
            return self._carried_on(place, at)
        words = subject.of(self._text)
        if is_participle(form) and OWN_WORDS.search(self._text, max(0, at - 20), at):
            return self._carried_on(place, at)  # X issued a statement saying
        if form.endswith("s") and form != "says" and words.endswith(("’s", "'s", "s’", "s'")):
            return None  # X's claims: no verb
        if is_participle(form) or words.rsplit(None, 1)[-1].lower() in _NO_SUBJECT:
            return None
        if form == "states" and not THAT.match(self._text, at + len(form)):
            return None
        speaker = self._cast.party(subject)
        is_thing = speaker is not None and form in EVIDENTIAL and self._cast.is_nobody_known(speaker, subject)
        return None if is_thing else speaker

    def _carried_on(self, place: Place, at: int) -> Party | None:
        """The subject that the sentence opened with, of a verb without one (``He left it at that, but said``)."""
        opening = self._subjects.opens(place.window.begins, at)
        speaker = self._cast.party(opening) if opening else None
        if speaker is not None and opening is not None and not self._cast.is_nobody_known(speaker, opening):
            return speaker
        named = self._cast.within(Span(place.window.begins, max(place.window.begins, at)))
        return self._cast.party(named[0].span) if named else None

    def _is_after_words(self, at: int) -> bool:
        before = self._text[max(0, at - 3) : at].rstrip()
        return before.endswith((",", "”", '"', "’", "'", "»", "?", "!"))

    def _inverted(self, verb: re.Match[str], kind: Saying, place: Place) -> Act | None:
        """``“…,” said X`` and ``…, said X.``"""
        after = _NAME_AFTER.match(self._text, verb.end(), self._sentences[place.sentence].ends)
        if after is None or verb.group() not in PASTS | {"says"} or kind is Saying.TELL:
            return None
        speaker = self._cast.party(Span(after.start(1), after.end(1)))
        comma = before_space(self._text, place.floor, verb.start()) - 1
        closes = self._text[comma] == "," and _END.match(self._text, after.end(), place.window.ends)
        content = Span(place.floor, comma) if closes and place.floor < comma else None
        return _act(Span(verb.start(), verb.end()), speaker, content, "inverted", place)

    def _hearsay(self, form: str, cue: Span, place: Place) -> Act | None:
        """``It is believed (that) …`` and ``X is believed to …``: a claim whose source is not named."""
        subject, ends = self._subjects.before(place.floor, cue.begins), place.window.ends
        if subject is None:
            return None
        if subject.of(self._text) in ("It", "it"):
            that = THAT.match(self._text, cue.ends, ends)
            begins = that.end() if that else after_space(self._text, cue.ends, ends)
            if that is None and not self._clauses.begins_at(begins, ends, is_sure=False):
                return None
            cue = Span(subject.begins, cue.ends)
        elif self._text.startswith(" to ", cue.ends):
            begins = subject.begins
        else:
            return None
        return self._unattributed(cue, begins, place, f"hearsay-{form}")

    def _unattributed(self, cue: Span, begins: int, place: Place, rule: str) -> Act | None:
        content = self._clauses.to_end(begins, place.window.ends)
        return _act(cue, Party(canonical=UNATTRIBUTED, span=cue), content, rule, place)

    def _by_other(self, words: re.Match[str], sentence: int) -> Act | None:
        place = self._place(words.start(), sentence)
        found = words.group().lower()
        if found.startswith("according"):
            return self._according(words, place)
        if found.endswith("ly "):
            return self._unattributed(Span(words.start(), words.end() - 1), place.floor, place, "hearsay-adverb")
        if found.endswith(("by ", "of ", "from ")):
            return self._noun_of(words, place)
        if found.endswith("that "):
            if VERB.match(self._text, words.end()):
                return None  # a relative clause: the report that says
            return self._noun(words, place)
        return self._right(words, place)

    def _according(self, words: re.Match[str], place: Place) -> Act | None:
        """``According to X, …`` and ``…, according to X``"""
        named = _ACCORDING.match(self._text, words.end(), place.window.ends)
        if named is None or named.group().startswith(("which", "whom", "plan", "schedule")):
            return None
        name = Span(words.end(), before_space(self._text, words.end(), named.end()))
        speaker = self._cast.party(name)
        before = self._text[max(place.floor, words.start() - 30) : words.start()]
        if words.start() <= place.floor + 1 or _LEADS.search(before):
            content = self._clauses.to_end(
                after_space(self._text, named.end() + 1, place.window.ends), place.window.ends
            )
        else:
            after_semicolon = self._text.rfind(";", place.floor, words.start()) + 1
            begins = after_space(self._text, max(place.floor, after_semicolon), words.start())
            ends = before_space(self._text, begins, words.start())
            ends -= self._text[ends - 1] == ","
            content = Span(begins, ends) if begins < ends else None
        return _act(Span(words.start(), name.ends), speaker, content, "according-to", place)

    def _noun(self, words: re.Match[str], place: Place) -> Act | None:
        """``the agency’s judgment that …``"""
        at = max(place.floor, words.start() - _FURTHEST_OWNER)
        owner = _OWNER.search(self._text[at : words.start()])
        subject = self._subjects.before(at, at + owner.end(1)) if owner else None
        if subject is None:
            return None
        content = self._clauses.to_end(words.end(), place.window.ends)
        return _act(
            Span(words.start(), words.end() - len(" that ")), self._cast.party(subject), content, "noun-that", place
        )

    def _noun_of(self, words: re.Match[str], place: Place) -> Act | None:
        """``the statement made to the House by the Minister that …``"""
        named = _OWNER_THAT.match(self._text, words.end(), place.window.ends)
        if named is None or VERB.search(named.group(1)) or _RELATIVE_WORD.search(named.group(1)):
            return None
        last = named.group(1).rstrip(", ").rsplit(", ", 1)[-1]
        at = words.end() + named.group(1).rindex(last)
        speaker = self._cast.party(Span(at, at + len(last)))
        content = self._clauses.to_end(named.end(), place.window.ends)
        return _act(Span(words.start(), words.end() - 1), speaker, content, "noun-that", place)

    def _right(self, words: re.Match[str], place: Place) -> Act | None:
        """``X is right to say that …``"""
        group, _ = self._subjects.verb_group(place.floor, words.start())
        subject = self._subjects.before(place.floor, group)
        that = THAT.match(self._text, words.end() - 1, place.window.ends)
        if subject is None or that is None:
            return None
        content = self._clauses.to_end(that.end(), place.window.ends)
        cue = Span(words.start(), words.end() - 1)
        return _act(cue, self._cast.party(subject), content, "right-in-saying", place)


def _act(cue: Span, speaker: Party | None, content: Span | None, rule: str, place: Place) -> Act | None:
    """The act, unless nobody speaks or whoever speaks there anyway."""
    if speaker is None or speaker is SELF:
        return None
    return Act(cue, speaker, content, place.level, place.sentence, rule)
