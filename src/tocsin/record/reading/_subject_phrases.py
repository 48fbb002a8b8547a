"""The noun phrase that is the subject of a reporting verb, and the words of the verb before its last."""

from __future__ import annotations

import re

from tocsin.record.reading._places import after_space, before_space
from tocsin.record.reading.subjects import Cast
from tocsin.record.spans import Span

BE = frozenset("is are was were be been being".split())
_HAVE = frozenset("has have had".split())
NOT = frozenset("not never cannot neither nor didn’t didn't doesn’t doesn't hasn’t hasn't don’t don't".split())
DO = frozenset("do does did".split())
MODAL = frozenset("to can could may might must should will would shall let".split())
_ADVERBS = frozenset(
    """also since now already later earlier today yesterday then further just again once still even always widely long
    thus therefore himself herself itself themselves did does do both all""".split()
)
_SKIPPED = BE | _HAVE | NOT | MODAL | _ADVERBS
_BOUNDARY = re.compile(
    r"(?:(?<=[,.?!])[’']|[,;:“”\"‘«»…]|\((?![A-Z][\w-]{1,12}\))|(?<![A-Za-z])\))\s*|\s[–—-]\s"
    r"|\b(?:that|whether|when|while|because|after|before|if|but|as|As|than|although|though|and|or|so|where"
    r"|which|who|what|What|If|When|While|Although)\s"
)
DOUBTED = re.compile(r"\b(?:[Ww]hether|[Ii]f|[Uu]nless)\s[^.,;:“”\"]{0,80}\Z")
"""What makes the verb after it a question or a condition."""
_ONE_OF_TWO = re.compile(
    r"\s*(?:(?:[Tt]he|[Bb]oth|[Ss]enior) )?[A-Z][\w’'.-]*(?: (?:of |and "
    r"|& )?[A-Z][\w’'.-]*){0,6} (?:\([A-Z][\w-]{1,12}\) )?(?:and|or) \Z"
)
_PARENTHESIS = re.compile(r"\s\([^()]{1,40}\)\Z")
_OPENING_PHRASE = re.compile(
    r"\s*(?:However|Meanwhile|In|On|At|[Uu]nlike|Last|This|Earlier|Later|Yesterday|Today(?![’'])|By|After|Since"
    r"|Despite|With|As|While|When|If"
    r"|For|But|And|Also|To|Asked|Speaking|Separately|Additionally|Furthermore|Moreover|Like|Following|Under|During)\b"
)
_OF_A_BODY = re.compile(r"\s(?:at|of|from|in|for|with|familiar|close)\s")
_JOINS = re.compile(r"\s*(?:[“\"‘'] ?)?(?:(?:But|And|So|Yet|Also|Because)\b,? )?")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|did|does|do|put|set|gave|gives"
    r"|took|went|made|came|began|held|met|spoke|wrote|stood|sat|saw|sent|laughed|\w{3,}ed)\b"
)
_SPEECH_CLOSED = (",’", ".’", "?’", "!’", ",'", ".'", "?'", "!'")
_THE = re.compile(r"the ")
_BY = re.compile(r"(?:published |issued |released )?by (?:the )?(?=[A-Z])")
_COMMON_NOUN = re.compile(r"(?:\A|\s)[a-z-]{4,}\Z")
_RELATIVE = re.compile(
    r"(?:.*(?:\b(?:to|from|by|with|told|for|is|was|against|and)|[’']s|[,;:“”\"()]) )?"
    r"(?P<of>[^,;:“”\"()]{2,80}?),? (?P<word>who|which|that) \Z",
    re.DOTALL,
)
_RELATIVE_ENDS = (" who ", " which ", " that ")
_REPORTS = re.compile(r"\b(?:report|statement|assessment|advisory|study|analysis|letter|officials?|sources?)\Z")
_LONGEST_RELATIVE = 140
_LONGEST_SUBJECT = 200
_LONGEST_OPENING = 80


class SubjectPhrases:
    """Finds subjects in a text whose names ``cast`` knows."""

    def __init__(self, text: str, cast: Cast) -> None:
        self._text = text
        self._cast = cast

    def verb_group(self, floor: int, at: int) -> tuple[int, set[str]]:
        """Where the verb's group begins, and the words of it before the verb."""
        words: set[str] = set()
        for _ in range(5):
            stripped = before_space(self._text, floor, at)
            begins = self._text.rfind(" ", floor, stripped) + 1 or floor
            word = self._text[begins:stripped].lower()
            if not word or not (word in _SKIPPED or (word.endswith("ly") and len(word) > 4)):
                break
            words.add(word)
            at = begins
        return at, words

    def before(self, floor: int, at: int) -> Span | None:
        """The noun phrase before a verb; ``None`` when a conjunction, comma or mark stands there."""
        ends = before_space(self._text, floor, at)
        floor = max(floor, ends - _LONGEST_SUBJECT)
        if ends > floor and self._text[ends - 1] == ",":
            return self._before_apposition(floor, ends - 1)
        if self._text[max(floor, ends - 2) : ends] in _SPEECH_CLOSED:
            return None
        if self._text[max(floor, ends - 2) : ends] in (" –", " —"):
            dash = self._text.rfind(self._text[ends - 2 : ends], floor, ends - 2)
            return self.before(floor, dash) if dash != -1 else None
        if parenthesis := _PARENTHESIS.search(self._text[floor:ends]):
            ends = floor + parenthesis.start()
        begins = floor
        for boundary in _BOUNDARY.finditer(self._text, floor, at):
            if self._cast.is_inside_name(boundary.start()):
                continue
            joins = boundary.group().strip() in ("and", "or") and _ONE_OF_TWO.match(self._text, begins, boundary.end())
            if not joins and (boundary.end() <= ends or boundary.end() >= at):
                begins = boundary.end()
        return Span(begins, ends) if begins < ends else None

    def antecedent(self, floor: int, at: int) -> Span | None:
        """Whoever a relative clause is of, when the verb follows its pronoun (``the embassy, which said``)."""
        floor = max(floor, at - _LONGEST_RELATIVE)
        ends_so = self._text.endswith(_RELATIVE_ENDS, floor, at)
        found = _RELATIVE.search(self._text[floor:at]) if ends_so else None
        if found is None:
            return None
        ends = at - (found.end() - found.end("of"))
        begins = at - (found.end() - found.start("of"))
        words = self._text[begins:ends]
        if found["word"] == "that" and not _REPORTS.search(words):
            return None
        return Span(begins, ends)

    def opens(self, begins: int, at: int) -> Span | None:
        """The subject that a clause opens with, up to its first finite verb (``Alex Example sighed and said``)."""
        joined = _JOINS.match(self._text, begins, at)
        begins = joined.end() if joined else begins
        while _OPENING_PHRASE.match(self._text, begins, at):
            comma = self._text.find(",", begins, at)
            if comma == -1:
                return None
            begins = after_space(self._text, comma + 1, at)
        verb = _FINITE.search(self._text, begins, min(at, begins + _LONGEST_SUBJECT))
        ends = verb.start() if verb else at
        comma = self._text.find(",", begins, ends)
        ends = before_space(self._text, begins, comma if comma != -1 else ends)
        return Span(begins, ends) if begins < ends and ends - begins < _LONGEST_OPENING else None

    def _before_apposition(self, floor: int, ends: int) -> Span | None:
        """The noun phrase before an apposition or a relative clause between commas (``X, who chairs Y, said``)."""
        floor = max(floor, *(self._text.rfind(mark, floor, ends) + 1 for mark in ("”", '"', "»", ",’")))
        while floor < ends and self._text[floor] in " ,":
            floor += 1
        begins = floor
        while True:
            comma = self._text.find(",", begins, ends)
            if comma == -1:
                rest = Span(after_space(self._text, begins, ends), ends)
                return rest if self._cast.is_name(rest) else None
            joined = _JOINS.match(self._text, begins, comma)
            begins = joined.end() if joined else begins
            if not _OPENING_PHRASE.match(self._text, begins, comma):
                begins = after_space(self._text, begins, comma)
                return self._of_the_two(Span(begins, comma), Span(after_space(self._text, comma + 1, ends), ends))
            begins = comma + 1

    def _of_the_two(self, first: Span, apposition: Span) -> Span | None:
        """The name, of an office and a name in apposition (``its spokesman, Alex Example, said``)."""
        if self._cast.introduces(first, apposition):
            return first
        if self._cast.introduces(apposition, first):
            return apposition
        if by := _BY.match(self._text, apposition.begins, apposition.ends):
            return Span(by.end(), apposition.ends)
        article = _THE.match(self._text, apposition.begins, apposition.ends)
        name = Span(article.end(), apposition.ends) if article else apposition
        if self._cast.is_name(name) and _COMMON_NOUN.search(first.of(self._text)):
            return name
        if parenthesis := _PARENTHESIS.search(first.of(self._text)):
            first = Span(first.begins, first.begins + parenthesis.start())
        return first if len(first) else None

    def is_plural(self, subject: Span | None) -> bool:
        """Whether the subject is several people or bodies, as the bare form of a verb needs."""
        words = subject.of(self._text).lower() if subject else ""
        head = _OF_A_BODY.split(words, maxsplit=1)[0]
        return (
            head.endswith(("s", "they", "we", "you", "people", "media", "police", "who"))
            or head == "i"
            or " and " in words
        )
