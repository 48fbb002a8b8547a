"""Whether two names are one person's, as a reader sees them: case, spacing, accents and look-alike letters aside.

A rule of two persons is worth nothing where one person may type a Cyrillic letter, or one that nobody sees, and be two.
Each letter stands for itself and for the Latin one it looks like as typed (a Greek capital nu is N, a small one v);
two names are one when every letter of the one can be the letter in its place in the other, and their words begin at the
same letters: "Li Na" is not "Lina", nor "Ian" "Lan", where "lan" with a small l could be either.
Sources: Unicode UTS 39, section 4 (confusable detection) and 5.1 (mixed scripts); UAX 44 (general categories).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.errors import AskError

LONGEST_NAME = 200
PROGRAM = "tocsin"
"""Under which the program itself stands in the log: nobody else may."""

_LIKE = {
    # Cyrillic capitals, then small letters
    **dict(zip("АВЕЅЗІЈКМНОРСТУҮХԜԚӀҺЬ", "abes3ijkmhopctyyxwqlhb", strict=True)),
    **dict(zip("авекмнорстуүхѕіјԁԛԝһӏѵгпьз", "abekmhopctyyxsijdqwhlvrnb3", strict=True)),
    # Greek capitals, then small letters
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ", "abezhikmnoptyxcj", strict=True)),
    **dict(zip("αβγεηικμνορστυχωϲϳ", "abyenikuvopotuxwcj", strict=True)),
    # Armenian
    **dict(zip("ՍՕՏԼհոսօցզյ", "uosihnuogqj", strict=True)),
    # Latin letters beside a to z: small capitals, turned, barred, and signs that pass for letters
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True)),
    **dict(zip("ɑɡıȷɩɫłøđħŧƀŁØĐĦŦ|01", "agijillodhtblodhtlol", strict=True)),
}
_BAR = "|"
_BARS = frozenset("Il1|ІΙӀӏ")
"""Letters drawn as one upright stroke: as typed any of them passes for any other, and none for a capital L."""
_BLANKS = frozenset("\u115f\u1160")
"""Letters without a shape that some fonts show as a blank and some not at all; whatever is like them becomes these."""
_NOT_ALONE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "GEORGIAN")
"""Alphabets of capital and small letters that look alike: no word of a name has letters of two of them."""
_UNSEEN = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"  # marks
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0]"  # letters and signs without a shape
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """For each letter what it may be taken for; where words begin, and where they may: at signs, at letters unseen."""

    letters: Sequence[frozenset[str]]
    begin: frozenset[int]
    may_begin: frozenset[int]


def same_person(one: str, other: str) -> bool:
    """Whether two names are one as a reader sees them."""
    left, right = _shape(one), _shape(other)
    return (
        len(left.letters) == len(right.letters)
        and left.begin <= right.begin | right.may_begin
        and right.begin <= left.begin | left.may_begin
        and all(a & b for a, b in zip(left.letters, right.letters, strict=True))
    )


def checked_name(text: str, *, need: str, option: str) -> str:
    """The name with single blanks, as it is kept. Raises ``AskError`` for none, an overlong or a disguised one, and
    for the program's own.

    ``need`` says what needs it, ``option`` where it is given.
    """
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME or not is_name(name):
        raise AskError(need, remedy=f"say who with {option}")
    if same_person(name, PROGRAM):
        raise AskError(f"{name!r} is the program's own name", remedy=f"say who you are with {option}")
    if not name.isprintable():
        raise AskError("the name has characters that cannot be seen", remedy="type it anew, without them")
    if (word := mixed_word(name)) is not None:
        raise AskError(f"{word!r} has letters of two alphabets that look alike", remedy="type the name in one alphabet")
    return name


def is_name(text: str) -> bool:
    """Whether it has at least one letter that can be seen."""
    return any(char.isalpha() for char in _visible(text))


def mixed_word(name: str) -> str | None:
    """The first word with letters of two alphabets that look alike, as a disguise has; ``None`` in an honest name."""
    for word in unicodedata.normalize("NFKC", name).split():
        alphabets = {unicodedata.name(char, "").partition(" ")[0] for char in word if char.isalpha()}
        if len(alphabets.intersection(_NOT_ALONE)) > 1:
            return word
    return None


def _visible(name: str) -> str:
    """The name in letters without accents, and without what nobody sees."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKD", name))


def _shape(name: str) -> _Shape:
    """How a name reads, in any case. Stops, hyphens and other signs do not count."""
    letters: list[frozenset[str]] = []
    begin, may_begin = set[int](), set[int]()
    before = ""
    for char in unicodedata.normalize("NFKD", name):
        category = unicodedata.category(char)
        if char.isspace():
            begin.add(len(letters))
        elif char in _BLANKS or (category[0] in "PS" and char not in _LIKE):
            may_begin.add(len(letters))
        elif not _UNSEEN.match(char) and (category[0] in "LNM" or char in _LIKE):
            letters += [frozenset({plain, *_likes(char, before)}) for plain in char.casefold()]
        before = char
    ends = {0, len(letters)}
    return _Shape(letters, frozenset(begin - ends), frozenset(may_begin - ends))


def _likes(char: str, before: str) -> Iterator[str]:
    """What a letter passes for. Nobody expects a capital I after a small letter, so there it reads as an l."""
    if char in _LIKE:
        yield _LIKE[char]
    if char in _BARS:
        yield _BAR
    if char == "I" and before.islower():
        yield "l"
