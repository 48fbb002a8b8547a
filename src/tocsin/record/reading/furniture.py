"""What stands around a document's own words: titles, captions, page furniture, stage directions, repeated blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tocsin.record.document import Genre
from tocsin.record.reading.datelines import is_dateline
from tocsin.record.reading.paragraphs import is_bullet
from tocsin.record.segments import SegmentKind
from tocsin.record.spans import Span

Label = tuple[SegmentKind, str]
"""What a paragraph is, and the rule that says so."""

_BOILERPLATE = re.compile(
    r"""(?:skip\ to\ .{1,40}|jump\ to\ .{1,40}|this\ article\ is\ more\ than\ .{1,30}
    |share(?:\ (?:this\b.{0,40}|on\ .{1,40}|via\ .{1,20}|article|page))?|(?:copy|print|email
    |save)(?:\ (?:link|this\b.{0,30}|page))?
    |topics?|tags?:?.{0,60}|most\ (?:viewed|read|popular)|related(?:\ (?:stories|articles|content|topics|links))?
    |advertisements?|advert|sponsored|sign\ (?:up|in)\b.{0,80}|log\ in|subscribe\b.{0,80}|support\ (?:us|the)\b.{0,60}
    |read\ more\b.{0,120}|see\ also:?.{0,100}|more\ on\ this\b.{0,60}|view\ (?:all|more|comments)\b.{0,30}
    |comments?(?:\ \(\d+\))?
    |(?:we|this\ (?:site|website))\ uses?\ cookies.{0,200}|(?:accept|reject
    |manage)\ (?:all\ )?(?:additional\ )?cookies.{0,40}|cookies?\ (?:policy|settings|on\ .{1,40})
    |privacy\ (?:policy|notice)|terms\ (?:of\ (?:use|service)|and\ conditions)|all\ rights\ reserved.{0,60}
    |(?:copyright|©).{0,120}
    |home|menu|search|news|back\ to\ top|contents|navigation|language|close|next|previous|loading.{0,10}
    |(?:first\ |originally\ )?(?:published|posted)\b.{0,60}|(?:last\ )?(?:updated|modified
    |revised):?\b.{0,60}|for\ immediate\ release\b.{0,40}|embargoed\b.{0,60}
    |ends|\#\#\#|\*\s?\*\s?\*|-?\s?\d{1,4}\s?-?|page\ \d{1,4}(?:\ of\ \d{1,4})?
    |\d{1,3}\ (?:min(?:ute)?s?\ read|comments|shares)
    |(?:for\ )?(?:media|press)\ (?:enquir|inquir|contact|office).{0,160}|contact(?:s|\ us)?:?.{0,100}|(?:tel
    |phone|e-?mail|fax):?\s.{3,80}
    |by\ [A-Z].{2,80}|(?:reporting|additional\ reporting|editing)\ by\ .{3,160}|follow\ (?:us|@).{0,60}
    |(?:from|department|published\ by|issued\ by|authors?|sources?):.{0,100}
    |(?:tlp:\s?(?:white|clear|green|amber(?:\+strict)?|red)))\.?""",
    re.IGNORECASE | re.VERBOSE,
)
"""Whole paragraphs that web pages and press releases put around their text."""

_BYLINE = re.compile(
    r"[Bb][Yy] (?:[Oo]ur )?[A-Z][\w.’'-]+(?:,?(?: [A-Z&|][\w.’'-]*| and| in| for| at| correspondent| editor)){1,14}\Z"
)

_CREDIT = re.compile(
    r"\b(?:Photograph|Photo|Picture|Illustration|Composite|Graphic|Image|Credit|File photo|Video"
    r"|Image (?:source|caption))"
    r"(?:\s?[:/©]|\s(?:by|credit|courtesy)\b)|\bImage (?:source|caption),"
    r"|(?:Getty Images|Shutterstock|AFP|REUTERS|Reuters|Alamy|EPA|AP|PA(?: Wire)?)\s*\)?\s*\Z|^\[?(?:Image"
    r"|Video|Photo)\]?\b.{0,20}:"
)
_CREDIT_HINT = re.compile(
    "hoto|icture|llustration|omposite|raphic|mage|redit|ideo|Getty|Shutterstock|AFP|euters|REUTERS|Alamy|EPA|AP|PA"
)
"""Looked for first, as one of them is in every credit."""

_LONGEST_CAPTION = 400

_STAGE = re.compile(
    r"""(?:(?:hansard\s)?volume\ \d+.{0,80}|column\ \d+.{0,30}|\d{1,2}[.:]\d\d\ ?[ap]\.?\s?m\.?|debated\ on\ .{0,60}
    |the\ following\ (?:answer|statement)\b.{0,260}|(?:asked|tabled|moved)\ by\b.{0,80}|\[.{1,120}\]
    |\(.{1,60}\)|motion\b.{0,80}agreed.{0,40}
    |(?:the\ )?(?:house|committee|sitting)\ (?:adjourned|divided|resumed|suspended).{0,80}
    |question\b.{0,60}(?:put|agreed).{0,60}
    |(?:(?:commons|lords)\ )?(?:urgent|private\ notice|oral|topical|emergency)\ (?:question|statement|answer)s?.{0,40}
    |(?:following\ is|the\ following\ is)\ .{0,200}transcript.{0,200}|(?:begin|end)\ transcript
    |\d{1,2}:\d\d\ ?[AP]\.?M\.?.{0,20})\.?""",
    re.IGNORECASE | re.VERBOSE,
)

_SHORT = 200
_LEAST_REPEATED = 40
_LEAST_REPEATED_IN_TALK = 120
_LEAST_BODY = 40
_SURELY_BODY = 250
_LEAST_STANDFIRST = 40
_MOST_HEADING = 110
_MOST_HEAD = 60
_LEAST_TITLE_WORDS = 4
_TALK = frozenset({Genre.DEBATE, Genre.BRIEFING})
_SEPARATOR = re.compile(r"\s[-–—|:]\s|[-–—|]")
_SENTENCE_ENDS = (".", "!", "?", "”", '"', "’", ":", ";", "…", ".'", "]")


def furniture(
    text: str,
    parts: Sequence[Span],
    *,
    genre: Genre,
    title: str | None = None,
    turn_starts: frozenset[int] = frozenset(),
) -> dict[int, Label]:
    """What each paragraph is that is not plain text, by its number.

    ``turn_starts`` are the paragraphs that open a turn of a debate or briefing: no furniture, and the head ends there.
    """
    found: dict[int, Label] = {}
    known: dict[str, Label | None] = {}  # lines of a menu or a table are often the same
    for number, part in enumerate(parts):
        if number not in turn_starts and part.ends - part.begins <= _LONGEST_CAPTION:
            words = part.of(text)
            if words not in known:
                known[words] = _by_its_words(text, part, genre)
            if label := known[words]:
                found[number] = label
    first, last = _body(text, parts, found, turn_starts)
    _label_head(text, parts[: min(first, _MOST_HEAD)], found, genre, title)
    _label_rest(text, parts, found, genre, first, last, turn_starts)
    _label_repeats(text, parts, found, genre)
    return found


def _by_its_words(text: str, part: Span, genre: Genre) -> Label | None:
    words = part.of(text)
    if len(part) <= _SHORT:
        if _BOILERPLATE.fullmatch(words) and (words[:3].lower() != "by " or _BYLINE.match(words)):
            return SegmentKind.BOILERPLATE, "page-furniture"
        if is_dateline(text, part):
            return (SegmentKind.STAGE if genre in _TALK else SegmentKind.BOILERPLATE), "dateline"
    if _CREDIT_HINT.search(words) and _CREDIT.search(words):
        return SegmentKind.CAPTION, "credit"
    if genre in _TALK and _STAGE.fullmatch(words):
        return SegmentKind.STAGE, "stage-direction"
    return None


def _body(text: str, parts: Sequence[Span], found: dict[int, Label], turns: frozenset[int]) -> tuple[int, int]:
    """The numbers of the first paragraph of running text and of the one after the last."""
    running = [
        number
        for number, part in enumerate(parts)
        if number in turns or (number not in found and _is_running(text, part))
    ]
    return (running[0], running[-1] + 1) if running else (len(parts), len(parts))


def _is_running(text: str, part: Span) -> bool:
    return len(part) >= _SURELY_BODY or (len(part) >= _LEAST_BODY and text.endswith(_SENTENCE_ENDS, 0, part.ends))


def _label_head(text: str, head: Sequence[Span], found: dict[int, Label], genre: Genre, title: str | None) -> None:
    """Labels the title, the standfirst and copies of the title above the running text."""
    free = [number for number in range(len(head)) if number not in found]
    for number in free:
        if _is_copy_of_title(head[number].of(text), [head[other].of(text) for other in free if other != number]):
            found[number] = (SegmentKind.BOILERPLATE, "title-of-page")
    free = [number for number in free if number not in found]
    if not free:
        return
    chosen = next((number for number in free if title and _same(head[number].of(text), title)), None)
    if chosen is None:
        long = (number for number in free if head[number].of(text).count(" ") + 1 >= _LEAST_TITLE_WORDS)
        chosen = next(long, max(free, key=lambda number: len(head[number])))
    found[chosen] = (SegmentKind.TITLE, "title")
    for number in free:
        if (
            number > chosen
            and genre in (Genre.NEWS, Genre.STATEMENT, Genre.OTHER)
            and len(head[number]) >= _LEAST_STANDFIRST
        ):
            found[number] = (SegmentKind.STANDFIRST, "standfirst")
            break
    for number in free:
        if number not in found:
            kind = SegmentKind.STAGE if genre in _TALK else SegmentKind.BOILERPLATE
            found[number] = (
                kind if _is_label(head[number].of(text)) or genre in _TALK else SegmentKind.HEADING,
                "head",
            )


def _is_copy_of_title(words: str, others: Sequence[str]) -> bool:
    """Whether a line is a browser's title (``Paper - The headline``): a part of it begins another line."""
    pieces = [piece.strip().casefold() for piece in _SEPARATOR.split(words)]
    telling = [piece for piece in pieces if piece.count(" ") + 1 >= _LEAST_TITLE_WORDS]
    return len(pieces) > 1 and any(other.casefold().startswith(piece) for piece in telling for other in others)


def _label_rest(
    text: str,
    parts: Sequence[Span],
    found: dict[int, Label],
    genre: Genre,
    first: int,
    last: int,
    turns: frozenset[int],
) -> None:
    """Labels headings within the running text, and short lines below it."""
    for number in range(first, len(parts)):
        part = parts[number]
        if number in found or number in turns or len(part) > _MOST_HEADING or is_bullet(text, part):
            continue
        words = part.of(text)
        if words.endswith(_SENTENCE_ENDS) or words[0].islower():
            continue
        if genre in _TALK:
            found[number] = (SegmentKind.STAGE, "short-line")
        elif number >= last and _is_label(words) and genre is not Genre.ADVISORY:
            found[number] = (SegmentKind.BOILERPLATE, "tail")
        else:
            found[number] = (SegmentKind.HEADING, "heading")


def _label_repeats(text: str, parts: Sequence[Span], found: dict[int, Label], genre: Genre) -> None:
    seen: set[str] = set()
    least = _LEAST_REPEATED_IN_TALK if genre in _TALK else _LEAST_REPEATED
    for number, part in enumerate(parts):
        if len(part) < least:
            continue
        words = " ".join(part.of(text).casefold().split())
        if words in seen and (
            number not in found or found[number][0] not in (SegmentKind.BOILERPLATE, SegmentKind.STAGE)
        ):
            found[number] = (SegmentKind.DUPLICATE, "repeated-block")
        seen.add(words)


def _is_label(words: str) -> bool:
    """Whether a line is too short to say anything (a section's name, a link)."""
    return words.count(" ") < _LEAST_TITLE_WORDS - 1


def _same(words: str, title: str) -> bool:
    return words.casefold().strip(" .") == title.casefold().strip(" .")
