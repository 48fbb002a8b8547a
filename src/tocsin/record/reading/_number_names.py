"""Digits that count nothing: times, versions, ports, sections, telephone numbers, addresses, names with a number."""

from __future__ import annotations

import re

from tocsin.record.reading._taken import Taken
from tocsin.record.spans import Span

# Words before a number that refers and does not count (``port 443``, ``Article 5``), in lower case and without stop.
_REFERS = frozenset(
    """version versions ver v port ports article articles art section sections sec page pages pp p paragraph
    paragraphs para paras table tables chapter chapters annex appendix clause clauses volume volumes vol
    resolution resolutions regulation regulations directive directives rule rules phase stage tier level room item
    figure figures fig step type line class no nos number grade build release unit protocol part schedule note
    footnote question day week round verse highway route channel aged age cvss score rated rating severity scored
    count event id rfc as asn order § §§ #""".split()
)
# Words that a sentence, or a heading in capitals, puts before a number that counts.
_LEADING = frozenset(
    """A About Above Additionally Across Affecting After All Almost Also Among An And Another Any Approximately
    Around As At Before Below Between Both But By Circa Compromising Currently Despite During Each Estimated Every
    Exactly Exposing Fewer First For From Further Given Having He However I If In Including Involving Its It Just
    Last Least Less More Nearly Next Not Now Of On Once Only Or Our Out Over Overall Perhaps Roughly She Since So
    Some Such Than That The Their Then There These They This Those Though Through To Today Together Total Under
    Until Up Upwards We When Where Whereas Which While With Within Without Yesterday Your""".split()
)
_SERIES = frozenset(
    "Windows Microsoft Exchange Office Server Apple iOS Android Chrome Firefox Java Python APT FIN UNC TA DEV".split()
)
_ROUGH = frozenset(
    "about around some roughly approximately nearly almost over than least to estimated under only another".split()
)
_ZONES = r"(?:[ECMP][SD]T|GMT|BST|CES?T|UTC|AES?T|ET|Z|IST|MSK|JST|KST)"
_NOT_COUNTED = re.compile(
    rf"""\d{{1,2}}(?:[.:]\d\d)?(?::\d\d)?[ ]?(?:[ap]\.m\.|[ap]m\b|o[’']clock\b|{_ZONES}\b)
      | \d{{3,4}}[ ](?:hours|hrs|{_ZONES}|(?:local|[A-Z]\w{{3,12}})[ ]time)\b
      | \d\.\d[ ]out[ ]of[ ]10\b | \d{{1,3}}[ ](?:C\.?F\.?R|U\.?S\.?C)\b
      | \d{{1,5}}[ ](?:[A-Z]\w{{1,20}}[ ]){{1,3}}(?:Street|Road|Avenue|Lane|Square|Boulevard|Drive|Place|Way)\b""",
    re.VERBOSE,
)
_TELEPHONE = re.compile(r"(?:\+\d|\b0\d{2})[\d() .-]{5,20}\d|\b(?:1-)?\d{3}-(?:\d{3}-\d{4}|0\d{3})\b")
_LIST_MARK = re.compile(r"\s*(?:[(\[]\d{1,3}[)\]]|\d{1,3}(?:\.\d{1,3}){0,3}[).:]|\d{1,3}-(?=[A-Z]))(?=\s|[A-Z])")
_SCORE = re.compile(r"\b(?:[Ss]cor|[Rr]at|[Ss]everit|CVSS)\w{0,4}[^\d,;]{0,16} \Z")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_GOES_ON = re.compile(r"[\w.()]{0,12}(?:, ?(?:and |or )?| (?:and|or|to|through|&) |[-–/])")
_WORD_BEFORE = re.compile(r"([\w’'.&§#-]{1,30})[ \u00a0]\Z")
_WORD_AFTER = re.compile(r" ?([A-Za-z’'-]{1,30})")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_IN = re.compile(r"\b(?:[Ii]n|[Aa]cross) \Z")
_NAMED = re.compile(r"(?:Five|Nine|Fourteen) Eyes|Seven Sisters|Four Horsemen")
_PLURAL = re.compile(r"[A-Za-z’'-]{2,}s\b|[Pp]eople\b|[Mm]en\b")
_LONG_WORD = re.compile(r"[A-Za-z]{4,}")
_POSSESSIVES = ("’s", "'s", "’", "'")
_INITIALS = re.compile(r"(?:[A-Z]\.){2,5}")
_STOPS = (".", "!", "?", ";", '."', ".”")
_LONGEST_HEADING = 200


class Names:
    """Tells, number by number and in order, which ones of a sentence count nothing."""

    def __init__(self, text: str, within: Span) -> None:
        self._text, self._within = text, within
        self._last: Span | None = None
        self._telephones: Taken | None = None

    def holds(self, number: Span, *, is_plain: bool) -> bool:
        """Whether the number belongs to a name, a reference or a code; only one written plainly can.

        A list goes on as it began: the second of ``ports 80 and 443`` is a port too.
        """
        if not is_plain:
            return self._is_timed(number) or self._is_telephone(number)
        text = self._text
        before = _WORD_BEFORE.search(text, max(self._within.begins, number.begins - 32), number.begins)
        if not text[number.begins].isdigit():
            return text[number.begins].isupper() and self._is_capital_name(number, before)
        following = _WORD_AFTER.match(text, number.ends, self._within.ends)
        if self._is_listed(number, following) or self._is_name(number, before, following) or self._is_timed(number):
            self._last = number
            return True
        return self._is_telephone(number)

    def _is_name(self, number: Span, before: re.Match[str] | None, following: re.Match[str] | None) -> bool:
        word = before.group(1) if before else ""
        is_year = _YEAR.match(self._text, number.begins, number.ends) is not None
        if is_year and not _counts(self._text, number, word, following):
            return True
        if word.lower().rstrip(".") in _REFERS and not word.isupper():
            return True
        if _SCORE.search(self._text, max(self._within.begins, number.begins - 32), number.begins):
            return True
        return bool(word) and self._ends_a_name(word, number, following)

    def _is_timed(self, number: Span) -> bool:
        text, within = self._text, self._within
        if _NOT_COUNTED.match(text, number.begins, within.ends):
            return True
        mark = _LIST_MARK.match(text, within.begins, within.ends) if number.begins - within.begins <= 1 else None
        is_marked = mark is not None and mark.end() >= number.ends
        return is_marked or (number.begins > 0 and _FOOTNOTE.match(text, number.begins - 1) is not None)

    def _is_listed(self, number: Span, following: re.Match[str] | None) -> bool:
        last = self._last
        if last is None or number.begins - last.ends > 20 or (following and _PLURAL.match(following.group(1))):
            return False
        return _GOES_ON.fullmatch(self._text, last.ends, number.begins) is not None

    def _is_telephone(self, number: Span) -> bool:
        if self._telephones is None:
            found = _TELEPHONE.finditer(self._text, self._within.begins, self._within.ends)
            self._telephones = Taken(Span(match.start(), match.end()) for match in found)
        return self._telephones.meets(number.begins, number.ends)

    def _may_lead(self, word: str, number: Span) -> bool:
        """Whether the word opens the sentence, or says where (``In Germany 300 firms``), or stands in a heading."""
        begins = number.begins - len(word) - 1
        if begins <= self._within.begins or _IN.search(self._text, max(self._within.begins, begins - 10), begins):
            return True
        return self._is_heading()

    def _ends_a_name(self, word: str, number: Span, following: re.Match[str] | None) -> bool:
        if not any(letter.isupper() for letter in word[:2]) or word in _LEADING or word.endswith(_POSSESSIVES):
            return False
        is_counted = following is not None and _PLURAL.match(following.group(1)) is not None
        if word.endswith("."):
            return _INITIALS.fullmatch(word) is not None and not is_counted
        return not (is_counted and word not in _SERIES and self._may_lead(word, number))

    def _is_capital_name(self, number: Span, before: re.Match[str] | None) -> bool:
        if _NAMED.match(self._text, number.begins):
            return True
        return before is not None and not self._is_heading()

    def _is_heading(self) -> bool:
        """Whether most words of a line without a full stop are in capitals."""
        within = self._within
        if len(within) > _LONGEST_HEADING or self._text.endswith(_STOPS, within.begins, within.ends):
            return False
        words = _LONG_WORD.findall(self._text, within.begins, within.ends)
        capitals = sum(1 for word in words if word[0].isupper())
        return 2 * capitals > len(words)


def _counts(text: str, number: Span, before: str, following: re.Match[str] | None) -> bool:
    """Whether what looks like a year counts: after a word such as ``about``, and before a thing that is counted."""
    is_thing = (
        following is not None and following.group(1)[0].islower() and _PLURAL.match(following.group(1)) is not None
    )
    return is_thing and (before.lower() in _ROUGH or text.startswith("2000", number.begins))
