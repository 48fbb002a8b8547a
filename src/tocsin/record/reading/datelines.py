"""The date that a document itself states at its top, and dates written out in stage directions."""

from __future__ import annotations

import re
from datetime import date

from tocsin.record.reading.paragraphs import paragraphs
from tocsin.record.spans import Span

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s+)?"
_DATE = re.compile(
    rf"{_WEEKDAY}(?:(?P<y>\d{{4}})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"
    rf"|(?<!\d)(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})\b\.?,?(?:\s+(?P<y1>\d{{4}}))?"
    rf"|\b(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>\d{{4}}))?)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b\d{1,2}[.:]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?\b|\b(?:[ECMP][SD]T|GMT|BST|CES?T|UTC|AEST|ET)\b|\bat\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:first published|published|posted|(?:last )?(?:updated|modified|revised)|(?:original )?release(?:d| date)?"
    r"|issued|date[dline]*|debated|for immediate release|press release|delivered|held|on)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"first published", re.IGNORECASE)
_LATER = re.compile(r"(?:updated|modified|revised|retrieved|accessed)", re.IGNORECASE)
_OF_THE_EVENT = re.compile(
    r"\b(?:attacks?|incidents?|hack|breach|intrusion|outage|compromise)\s+(?:of|on)\s*\Z", re.IGNORECASE
)
_DATELINE = re.compile(r"\s*(?:[-–—:]|\()")
_DIGIT = re.compile(r"\d")
_TOP_PARAGRAPHS = 25
_LONGEST_LINE = 180
_LONGEST_PLACE = 60
_MOST_PLACE_WORDS = 5


def stated_date(text: str) -> tuple[date, Span] | None:
    """The date the text gives itself at its top and where, or ``None``.

    A line that holds little but a date goes before one that ends or begins with it; "first published" and "updated"
    count less. In a long paragraph only a dateline counts (``LONDON, 3 March 2022 –``).
    """
    best: tuple[int, date, Span] | None = None
    for paragraph in paragraphs(text[: _TOP_PARAGRAPHS * _LONGEST_LINE])[:_TOP_PARAGRAPHS]:
        for found in _DATE.finditer(text, paragraph.begins, paragraph.ends):
            day = day_of(found)
            weight = _weight(text, paragraph, found)
            if day is not None and weight and (best is None or weight > best[0]):
                best = (weight, day, Span(found.start(), found.end()))
    return best and best[1:]


def day_named(text: str, span: Span, near: date | None) -> date | None:
    """The first date written in ``span``; without a year it is the latest such day not after ``near``."""
    found = _DATE.search(text, span.begins, span.ends)
    return day_of(found, near) if found else None


def day_of(found: re.Match[str], near: date | None = None) -> date | None:
    """The day of a match, or ``None`` when there is no such day or no year to be had."""
    part = found.groupdict()
    day = int(part["d"] or part["d1"] or part["d2"])
    month = int(part["m"]) if part["m"] else _MONTHS.index((part["m1"] or part["m2"])[:3].lower()) + 1
    stated = part["y"] or part["y1"] or part["y2"]
    if stated is None and near is None:
        return None
    year = int(stated) if stated else near.year if near else 0
    try:
        found_day = date(year, month, day)
        return found_day.replace(year=year - 1) if not stated and near and found_day > near else found_day
    except ValueError:
        return None


def is_dateline(text: str, span: Span) -> bool:
    """Whether a paragraph is nothing but a date, with its weekday, time and label."""
    if len(span) > _LONGEST_LINE or not _DIGIT.search(text, span.begins, span.ends):
        return False
    found = _DATE.search(text, span.begins, span.ends)
    return found is not None and not _rest(text, span, found)


def _weight(text: str, paragraph: Span, found: re.Match[str]) -> int:
    before, after = text[paragraph.begins : found.start()], text[found.end() : paragraph.ends]
    if len(before) <= _LONGEST_PLACE and _DATELINE.match(after) and before.count(" ") <= _MOST_PLACE_WORDS:
        return 2 if _LATER.search(before) else 4
    if len(paragraph) > _LONGEST_LINE or _OF_THE_EVENT.search(before):
        return 0
    if _LATER.search(before) or _FIRST.search(before):
        return 2
    if not _rest(text, paragraph, found):
        return 5
    if len(after) > _LONGEST_PLACE or after.endswith("."):
        return 0
    return 4 if _LABEL.search(before) else 3 if not after.strip(" )") or not before.strip(" (") else 0


def _rest(text: str, paragraph: Span, found: re.Match[str]) -> str:
    """What the paragraph says beside the date."""
    rest = f"{text[paragraph.begins : found.start()]} {text[found.end() : paragraph.ends]}"
    return re.sub(r"[\W_]+", "", _DATE.sub("", _LABEL.sub("", _TIME.sub("", rest))))
