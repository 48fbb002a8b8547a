"""Turns of a debate whose record has lost its speakers' names: told apart by forms of address and alternation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.record.reading.datelines import day_named
from tocsin.record.reading.speakers import CHAIR, person, slug
from tocsin.record.segments import Party, Segment, SegmentKind
from tocsin.record.spans import Span

_VOCATIVE = re.compile(
    r"[“\"‘']?(?:My Lords|Mr\.? (?:Deputy )?Speaker|Madam (?:Deputy )?Speaker|Mr\.? President"
    r"|Madam President|Mr\.? Chair(?:man)?)\b"
)
_PRESIDING = re.compile(
    r"(?:My Lords, )?(?:the time allowed|the time for|Order[,.!]|I call |I must (?:now )?put"
    r"|The Question is|We must move on)",
    re.IGNORECASE,
)
_ADDRESS = (
    r"(?P<whose>[Tt]he|[Mm]y)(?: Minister, the)?(?: (?:right |rt\.? )?(?:hon(?:ourable|\.)?|noble|reverend"
    r"|Rev\.?)(?: and (?:learned|gallant))?){1,3}"
    r" (?P<form>Lord|Baroness|Viscount|Earl|[Ff]riend|Lady|Gentleman|Member|Prelate|Marquess|Duke)\b"
)
_NAMED = (
    r", (?P<name>(?:Lord|Baroness|Viscount|Lady|Earl|the Earl|Duke|Marquess) (?:of )?[A-Z][\w’'-]+"
    r"(?:[ -](?:of |St )?[A-Z][\w’'-]+){0,3})"
)
_FORM = re.compile(_ADDRESS)
_NAMED_FORM = re.compile(_ADDRESS + _NAMED)
_ASKED = re.compile(
    r"(?:\b(?:Can|Could|Will|Would|Does|Do|Is|Has|Did|May|ask|urge|invite|press|thank|to|does|will|can"
    r"|would|could|if|whether)\s+"
    r"(?:I\s+)?(?:ask\s+|thank\s+|press\s+|urge\s+)?(?:the Minister,\s+)?)\Z"
)
_TO_A_MINISTER = re.compile(
    r",? (?:state|say|tell|confirm|assure|explain|for (?:repeating|answering|his|her|the)|what|whether|if"
    r"|agree|accept|set out)\b"
)
_THANKED = re.compile(r"(?:thank|grateful to|congratulate|agree with|assure|reassure)\s+\Z")
_THIRD_PERSON = re.compile(
    r",?\s+(?:also\s+|rightly\s+|earlier\s+)?(?:pointed|mentioned|raised|asked|referred|spoke|said|talked"
    r"|suggested|made|highlighted|noted|drew)\b"
    r"(?P<about>[^.;,?]{0,80})"
)
_ANSWERS = re.compile(
    r"\b(?:makes?|raises?) (?:an?|some|the|very|several)\b|\bI (?:can )?(?:re)?assure\b|\bis (?:quite "
    r"|absolutely |entirely )?right\b"
    r"|\basked (?:about|specifically|me|whether)\b|\bThe Government (?:have|has|are|is|will)\b"
    r"|\bI (?:shall|will) (?:answer|write)\b"
)
_WOMEN = frozenset({"baroness", "lady", "viscountess", "countess", "duchess"})
_READ_OUT = re.compile(
    r"following (?:\w+ ){0,3}(?:Answer|Statement|Reply)\b.{0,200}\b(?:given|made|delivered|repeated|read) "
    r"(?:\w+ ){0,3}in the (?:House of )?(?P<house>Commons|Lords)",
    re.IGNORECASE | re.DOTALL,
)
_OPENS, _CLOSES = ("“", '"'), ("”", '"', "”.", '".')
_LONGEST_READING = 60
_ASKER, _MINISTER, _CHAIR, _READER = "questioner", "minister", "presiding", "read-out"


@dataclass(frozen=True, slots=True)
class _Turn:
    span: Span
    role: str
    uttered: date | None = None


def alternating_turns(text: str, parts: Sequence[Span], stage: Sequence[Span], published: date | None) -> list[Segment]:
    """The turns of ``parts`` (paragraphs without furniture), each with the best that can be said of its speaker.

    Questioners and the minister take turns; the minister's forms of address tell what the questioner before was
    called (``unknown:noble-baroness-2``, numbered by first use), vocatives and back-references give names. An answer
    that is read out from the other House comes first, dated by the stage direction that announces it.
    """
    turns = _grouped(text, parts, _announced(text, stage, published))
    minister = _minister(text, turns)
    names = _questioners(text, turns)
    return [_segment(turn, minister, names.get(number)) for number, turn in enumerate(turns)]


def _segment(turn: _Turn, minister: Party, questioner: Party | None) -> Segment:
    if turn.role == _CHAIR:
        speaker: Party | None = Party(canonical=CHAIR)
    elif turn.role == _MINISTER:
        speaker = minister
    elif turn.role == _ASKER:
        speaker = questioner
    else:
        speaker = Party(canonical=f"unknown:{turn.role.removeprefix(_READER)}-minister")
    role = _READER if turn.role.startswith(_READER) else turn.role
    return Segment(kind=SegmentKind.TURN, span=turn.span, speaker=speaker, uttered=turn.uttered, rule=f"turn-{role}")


def _announced(text: str, stage: Sequence[Span], published: date | None) -> tuple[str, date | None] | None:
    """The House whose answer is read out, and the day it was given there."""
    for part in stage:
        if said := _READ_OUT.search(text, part.begins, part.ends):
            return said["house"].lower(), day_named(text, part, published)
    return None


def _grouped(text: str, parts: Sequence[Span], announced: tuple[str, date | None] | None) -> list[_Turn]:
    turns: list[_Turn] = []
    number = 0
    by_vocative = sum(1 for part in parts if _VOCATIVE.match(text, part.begins)) > 2
    if announced and parts and text.startswith(_OPENS, parts[0].begins):
        number = _read_out(text, parts)
        house, day = announced
        turns.append(_Turn(Span(parts[0].begins, parts[number - 1].ends), _READER + house, day))
    for part in parts[number:]:
        turn = _Turn(part, _role(text, part, turns[-1].role if turns else _MINISTER))
        if turns and turns[-1].role[: len(_READER)] != _READER and not _opens_turn(text, turn, turns[-1], by_vocative):
            last = turns[-1]
            turns[-1] = _Turn(Span(last.span.begins, part.ends), last.role, last.uttered)
        else:
            turns.append(turn)
    return turns


def _read_out(text: str, parts: Sequence[Span]) -> int:
    """The number of paragraphs of the answer read out, which opens with a quotation mark and closes with one."""
    for number, part in enumerate(parts[:_LONGEST_READING], 1):
        if number > 1 and _VOCATIVE.match(text, part.begins) and not text.startswith(_OPENS, part.begins):
            return number - 1
        goes_on = number < len(parts) and text.startswith(_OPENS, parts[number].begins)
        if text.endswith(_CLOSES, part.begins, part.ends) and not goes_on:
            return number
    return 1


def _opens_turn(text: str, turn: _Turn, before: _Turn, by_vocative: bool) -> bool:
    if _VOCATIVE.match(text, turn.span.begins) or turn.role == _CHAIR or before.role == _CHAIR:
        return True
    return not by_vocative and turn.role != before.role


def _role(text: str, part: Span, before: str) -> str:
    """Who speaks a paragraph: the chair by its words; else alternation, unless words and question marks outweigh it.

    One that addresses nobody goes on with the turn before it.
    """
    if _PRESIDING.match(text, part.begins, part.ends):
        return _CHAIR
    words = part.of(text)
    asks = 2.0 * words.endswith("?") + 1.0 * ("?" in words[:-1])
    answers = 1.5 * min(2, sum(1 for _ in _ANSWERS.finditer(words)))
    is_addressed = _VOCATIVE.match(text, part.begins, part.ends) is not None
    if (before == _ASKER) == is_addressed:
        answers += 1.2
    else:
        asks += 1.2
    return _ASKER if asks > answers else _MINISTER


def _minister(text: str, turns: Sequence[_Turn]) -> Party:
    """Who answers throughout: the first person that a question is put to by name."""
    for turn in turns:
        if turn.role != _ASKER:
            continue
        for form in _NAMED_FORM.finditer(text, turn.span.begins, turn.span.ends):
            asked = _ASKED.search(text, max(turn.span.begins, form.start() - 40), form.start())
            if asked and _TO_A_MINISTER.match(text, form.end()):
                return _party(text, form)
    return Party(canonical="unknown:minister")


def _questioners(text: str, turns: Sequence[_Turn]) -> dict[int, Party]:
    """The speaker of each question by its turn's number."""
    found: dict[int, Party] = {}
    used: Counter[str] = Counter()
    askers: list[int] = []
    for number, turn in enumerate(turns):
        if turn.role == _ASKER:
            askers.append(number)
            answer = turns[number + 1] if number + 1 < len(turns) else None
            form = _form_used(text, answer) if answer and answer.role == _MINISTER else None
            kind = _kind(form) if form else "questioner"
            used[kind] += 1
            span = Span(form.start(), form.end()) if form else None
            found[number] = Party(canonical=f"unknown:{kind}-{used[kind]}", span=span)
        elif turn.role == _MINISTER:
            _name_earlier(text, turn, turns, askers, found)
    return found


def _form_used(text: str, answer: _Turn) -> re.Match[str] | None:
    """How an answer first calls the one who asked, leaving out those called by name."""
    for form in _FORM.finditer(text, answer.span.begins, answer.span.ends):
        if not text.startswith(", ", form.end()) or not _NAMED_FORM.match(text, form.start()):
            return form
    return None


def _kind(form: re.Match[str]) -> str:
    noble = "noble" if "noble" in form.group() else "hon"
    return slug(f"{noble} {form['form']}")


def _name_earlier(
    text: str, turn: _Turn, turns: Sequence[_Turn], askers: Sequence[int], found: dict[int, Party]
) -> None:
    """Gives a name to the questioner that an answer speaks of by name, where what it says of them fits."""
    for form in _NAMED_FORM.finditer(text, turn.span.begins, turn.span.ends):
        party = _party(text, form)
        if any(known.canonical == party.canonical for known in found.values()):
            continue
        if _THANKED.search(text, max(0, form.start() - 20), form.start()) and askers:
            found[askers[-1]] = party
        elif said := _THIRD_PERSON.match(text, form.end()):
            fits = [
                number for number in askers if _may_be(found[number], form) and _speaks_of(text, turns[number], said)
            ]
            if fits:
                found[fits[0]] = party


def _may_be(known: Party, form: re.Match[str]) -> bool:
    """Whether a questioner not yet named may bear the name: a woman is no noble Lord."""
    if known.canonical.startswith("person:"):
        return False
    woman = any(f"-{word}-" in known.canonical for word in _WOMEN)
    return "friend" in known.canonical or woman == (form["form"].lower() in _WOMEN)


def _speaks_of(text: str, turn: _Turn, said: re.Match[str]) -> bool:
    """Whether a turn has one of the words that it is said to be about, or its stem (Russia, Russian)."""
    words = turn.span.of(text).lower()
    telling = re.findall(r"\w{5,}", said["about"].lower())
    return any(word[:6] in words for word in telling)


def _party(text: str, form: re.Match[str]) -> Party:
    return Party(canonical=person(form["name"]), span=Span(form.start("name"), form.end("name")))
