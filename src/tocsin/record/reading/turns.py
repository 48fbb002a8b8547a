"""Turns of debates and briefings by the labels in front of them (``Lord Example (Con)``, ``MR SAMPLE:``, ``Q``)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.record.document import Genre
from tocsin.record.reading.alternation import alternating_turns
from tocsin.record.reading.speakers import CHAIR, ORGANISATIONAL, Names, is_presiding, slug
from tocsin.record.segments import Party, Segment, SegmentKind
from tocsin.record.spans import Span

_TITLED = (
    r"(?:(?:The )?(?:Lord|Lady|Baroness|Viscount|Viscountess|Earl of|Duke of|Marquess of|Lord Bishop of"
    r"|Bishop of|Archbishop of)"
    r"|Sir|Dame|Mr|Mrs|Ms|Miss|Dr|Hon|Senator|Sen|Rep|Rev)\.?"
)
_NAME = r"[A-Z][\w’'-]*\.?(?:,? (?:of |the |and |de |van |von |al[- ])?[A-Z&][\w’'-]*\.?){0,9}"
_TITLE = re.compile(_TITLED)
_PARTIES = (
    r"(?:Con|Lab|LD|Lib Dem|SNP|CB|Non-Afl|Ind|DUP|PC|GP|Green|Bishops|Alba|Reform|SDLP|UUP|Alliance|Lab/Co-op"
    r"|[DRI]-[A-Z]{2}|Lib\.?|CPC|NDP|BQ|ALP|LP|Nats)"
)
_WITH_PARTY = re.compile(rf"(?P<name>{_NAME}) (?:\((?P<inner>[^()\n]{{2,80}})\) ?)??\({_PARTIES}\.?\):?(?=\s|\Z)")
_OFFICE = re.compile(rf"(?P<office>The [A-Z][^()\n:.]{{4,140}}) \((?P<name>{_NAME})\)(?: \({_PARTIES}\))?:?(?=\s|\Z)")
_PLAIN = re.compile(r"[A-Z][\w’'-]*(?: (?:(?:de|van|von|bin|al) )?[A-Z][\w’'.-]*){1,4}")
_PUT_BY = re.compile(rf"(?:Asked|Tabled|Moved|Put|Raised) by (?P<name>{_TITLED} {_NAME}|{_NAME})\Z")
_ALONE = re.compile(rf"(?P<name>{_TITLED} {_NAME}|(?:Mr|Madam|Mme) (?:Deputy )?Speaker(?: \([^()\n]{{2,60}}\))?):?\Z")
_KNOWN = re.compile(r"(?P<name>.+)")
_CAPITALS = re.compile(
    r"(?P<name>(?:(?:The|Mr|Mrs|Ms|Miss|Dr|Senator|Sen|Hon|Madam|Acting|Deputy|Vice|Under|Assistant|Press"
    r"|State)\.? ){0,4}"
    r"[A-Z][A-Z’'-]{2,24}(?:(?:\.? |-)[A-Z][A-Z’'-]{1,24}){0,4}(?: pro tempore)?)"
    r"(?: of [A-Z][\w ]{2,20})?(?: \([^()\n]{1,120}\))?(?: \(\d\d?:\d\d\))?\s?[.:]\s+"
)
_QUESTION = re.compile(
    r"(?:(?:Q|QUESTION|Question|Journalist|Reporter|REPORTER)(?: ?\([^()\n]{1,60}\))?[.:]|Q)\s+(?=[\w“\"‘'(\[])"
)
_ANSWER = re.compile(r"(?:A|ANSWER|Answer)[.:]\s+(?=[\w“\"‘'])")
_COLON = re.compile(rf"(?P<name>{_NAME}(?: ?/ ?{_NAME})?)(?: ?\([^()\n]{{2,60}}\))?:\s+")
_COLON_LETTERS = re.compile(r"[A-Z]{2,5}:\s")
_NO_LABEL = re.compile(
    r"(?:Note|Notes|Update|Background|Date|Source|Location|Subject|Time|Venue|Press|Fact|Statement|Remarks"
    r"|Transcript|Via"
    r"|Briefing|Title|Speakers?|Participants?|Attendees|Annex|Summary|Photo|Video|Contact|For|In|The [a-z]+)\b"
)
_OUTLET = re.compile(
    r"\b(?:Reuters|Bloomberg|Xinhua|Kyodo|Yonhap|Interfax|Sputnik|Ukrinform|Daily|Times|Post|News|Press|TV"
    r"|Radio|Jazeera"
    r"|Journal|Agency|Review|Tribune|Herald|Guardian|Telegraph|Politico|Paper|Observer|Independent|Economist|Globe"
    r"|Mail|Sun|Star|Standard|Gazette|Chronicle|Shimbun|Zeitung|Broadcasting|Channel|Weekly)\b"
)
_SENTENCE_ENDS = (".", "?", "!", "”", '"', "…", "—", "–", ")")
_LONGEST_LABEL = 240
_ASKERS = ("unknown:journalist", "unknown:questioner")
_ROLES = {"spokesperson", "spokesman", "spokeswoman", "moderator", "host", "official", "senior-administration-official"}


@dataclass(frozen=True, slots=True)
class Opening:
    """The start of a turn: the paragraph's number, the label's span, where the words begin, and who speaks.

    ``says`` is the paragraph's end where the label stands on a line of its own.
    """

    number: int
    label: Span
    says: int
    speaker: Party
    rule: str


def labelled_openings(text: str, parts: Sequence[Span], genre: Genre) -> list[Opening]:
    """The turns' labels in the paragraphs of a debate or a briefing; none in other genres or when there is but one."""
    if genre not in (Genre.DEBATE, Genre.BRIEFING):
        return []
    names = Names()
    found = []
    for number, part in enumerate(parts):
        if text[part.begins].isupper() and (opening := _opening(text, number, part, genre, names)):
            found.append(opening)
    return found if len(found) > 1 else []


def read_turns(
    text: str,
    parts: Sequence[Span],
    openings: Sequence[Opening],
    furniture: Mapping[int, SegmentKind],
    genre: Genre,
    published: date | None,
) -> list[Segment]:
    """The turns of a debate or briefing, and each label as a stage direction; nothing for other genres.

    A turn ends with the last paragraph of running text before the next label. A debate without labels is told apart
    by forms of address (``alternation``).
    """
    if openings:
        return _labelled(parts, openings, furniture)
    if genre is not Genre.DEBATE:
        return []
    stage = [parts[number] for number, kind in furniture.items() if kind is SegmentKind.STAGE]
    running = [part for number, part in enumerate(parts) if number not in furniture]
    return alternating_turns(text, running, stage, published)


def _labelled(
    parts: Sequence[Span], openings: Sequence[Opening], furniture: Mapping[int, SegmentKind]
) -> list[Segment]:
    found = []
    for at, opening in enumerate(openings):
        found.append(Segment(kind=SegmentKind.STAGE, span=opening.label, rule="turn-label"))
        until = openings[at + 1].number if at + 1 < len(openings) else len(parts)
        running = [number for number in range(opening.number + 1, until) if number not in furniture]
        begins = opening.says
        if begins >= parts[opening.number].ends:
            if not running:
                continue
            begins = parts[running[0]].begins
        ends = parts[running[-1] if running else opening.number].ends
        found.append(
            Segment(kind=SegmentKind.TURN, span=Span(begins, ends), speaker=opening.speaker, rule=opening.rule)
        )
    return found


def _opening(text: str, number: int, part: Span, genre: Genre, names: Names) -> Opening | None:
    label = text[part.begins : min(part.ends, part.begins + _LONGEST_LABEL)]
    whole = len(label) == len(part)
    if genre is Genre.BRIEFING and (asks := _QUESTION.match(label)):
        return _made(number, part, asks.end(), Party(canonical=_ASKERS[0]), "turn-question")
    if genre is Genre.BRIEFING and (answers := _ANSWER.match(label)):
        return _made(number, part, answers.end(), Party(canonical="unknown:answering"), "turn-answer")
    found = (
        _OFFICE.match(label)
        or _WITH_PARTY.match(label)
        or (None if _COLON_LETTERS.match(label) else _CAPITALS.match(f"{label} "))
        or (_on_its_own(label, names) if whole else None)
        or _by_colon(text, part, label, genre)
    )
    if found is None or _NO_LABEL.match(found["name"]):
        return None
    return _made(number, part, min(found.end(), len(part)), _speaker(part.begins, found, names), "turn-label")


def _on_its_own(label: str, names: Names) -> re.Match[str] | None:
    """A label that fills its paragraph: a titled name, who put the question, or a name that a label gave before.

    Hansard gives the office or the party of a member once and the plain name from there on.
    """
    found = _ALONE.match(label) or _PUT_BY.match(label)
    if found is not None or names.known(label) is None or not _PLAIN.fullmatch(label):
        return found
    return _KNOWN.match(label)


def _by_colon(text: str, part: Span, label: str, genre: Genre) -> re.Match[str] | None:
    """A plain name and a colon before a sentence; in debates only a titled one, as their headings have colons too."""
    if not text.endswith(_SENTENCE_ENDS, part.begins, part.ends) or (genre is Genre.DEBATE and not _TITLE.match(label)):
        return None
    return _COLON.match(f"{label} ")


def _made(number: int, part: Span, length: int, speaker: Party, rule: str) -> Opening:
    label = Span(part.begins, part.begins + length)
    return Opening(number, label, label.ends, speaker, rule)


def _speaker(offset: int, found: re.Match[str], names: Names) -> Party:
    name = found["name"].strip(" .:")
    if (inner := found.groupdict().get("inner")) and name.startswith("The "):
        name = inner
    at = offset + found.start() + found.group().index(name)
    span = Span(at, at + len(name))
    if is_presiding(name):
        return Party(canonical=CHAIR, span=span)
    office = slug(re.sub(r"\Athe\s+", "", name, flags=re.IGNORECASE))
    is_outlet = found.re is _COLON and _OUTLET.search(name) is not None
    if office in _ROLES or (name[:4].lower() == "the " and not _TITLE.match(name) and not is_outlet):
        return Party(canonical=f"role:{office}", span=span)
    is_letters = name.isupper() and " " not in name and len(name) <= 5
    if (is_letters and found.re is _COLON) or _OUTLET.search(name) or ORGANISATIONAL.search(name):
        return Party(canonical=f"org:{slug(name)}", span=span)
    return Party(canonical=names.canonical(name), span=span)
