"""Quotations: where they begin and end, over several paragraphs, one inside another, closed or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tocsin.record.spans import Span

_MARK = re.compile(r"[\"“”„‟«»‘’'‹›]")
_ANY_MARK = re.compile(r"[\"“„‟«‘‹'](?:(?<!')|(?<!\w')(?=\w))")  # of a straight one not that within a word
_DOUBLE_OPENS, _DOUBLE_CLOSES = "“„‟«", "”»"
_SINGLE_OPENS, _SINGLE_CLOSES = "‘‹", "’›'"
_SINGLE_ANY = _SINGLE_OPENS + _SINGLE_CLOSES
_DECADE = re.compile(r"'\d0s\b")
_BEFORE_OPENING = " \t\n\u00a0([{—–-/“\"‘'«"
_MOST_PARAGRAPHS = 40
_SINGLE_END = re.compile(r"(?<=\S)[’'›](?!\w)")
_POSSESSIVE = re.compile(r"(?<=s)[’'] (?=\w)")
_NOWHERE = Span(0, 0)


@dataclass(slots=True)
class _Open:
    """The quotation marks not yet closed: where the double and the single one stand, and doubles within doubles.

    ``looked`` is where the next end of a single one was looked for, and found (or the paragraph's end), so that nothing
    is looked for twice.
    """

    double: int | None = None
    single: int | None = None
    inner: list[int] = field(default_factory=list)
    found: list[Span] = field(default_factory=list)
    looked: Span = _NOWHERE


def quotations(text: str, parts: Sequence[Span]) -> list[Span]:
    """The quotations in the paragraphs, marks included, in order of their first; nested ones follow what holds them.

    A quotation that a paragraph leaves open goes on when the next one opens with the same mark, or when it began a
    paragraph (or followed a colon) and the next mark to come closes it. Else it ends with its paragraph. An apostrophe
    is no mark: a single one opens only before a word, and only where another closes it.
    """
    state = _Open()
    for number, part in enumerate(parts):
        at = part.begins
        if state.double is not None or state.single is not None:
            if text[at] == text[_begun(state)]:
                at += 1  # a mark repeated at the head of the paragraph
        elif not _ANY_MARK.search(text, part.begins, part.ends):
            continue
        for mark in _MARK.finditer(text, at, part.ends):
            _take(text, part, mark.start(), state)
        if (state.double is not None or state.single is not None) and not _goes_on(text, parts, number, state):
            state.found.append(Span(_begun(state), part.ends))
            state.double = state.single = None
        state.inner.clear()
    return sorted(state.found, key=lambda span: (span.begins, -span.ends))


def _begun(state: _Open) -> int:
    begun = [at for at in (state.double, state.single) if at is not None]
    return min(begun)


def _take(text: str, part: Span, at: int, state: _Open) -> None:
    """What one mark opens or closes."""
    mark = text[at]
    if mark in _DOUBLE_OPENS or (mark == '"' and state.double is None):
        if state.double is None and (mark != '"' or _can_open(text, part, at)):
            state.double = at
        elif mark != '"':
            state.inner.append(at)
    elif mark in _DOUBLE_CLOSES or mark == '"':
        if state.double is not None:
            _close_double(at, state)
    elif state.single is not None and mark in _SINGLE_CLOSES:
        if _closes_single(text, part, at):
            state.found.append(Span(state.single, at + 1))
            state.single = None
    elif (
        (mark in _SINGLE_OPENS or (mark == "'" and _can_open(text, part, at)))
        and state.single is None
        and _is_closed(text, part, at, state)
    ):
        state.single = at


def _close_double(at: int, state: _Open) -> None:
    begun = state.inner.pop() if state.inner else state.double
    if begun is None:
        return
    state.found.append(Span(begun, at + 1))
    if begun == state.double:
        state.double = None
    if state.single is not None and state.single > begun:
        state.single = None


def _can_open(text: str, part: Span, at: int) -> bool:
    """Whether a straight mark stands where one opens: after a space or bracket, before a word."""
    after = text[at + 1 : at + 2]
    if at + 1 == part.ends or after.isspace() or _DECADE.match(text, at):
        return False
    return at == part.begins or text[at - 1] in _BEFORE_OPENING


def _is_closed(text: str, part: Span, at: int, state: _Open) -> bool:
    """Whether a single mark has its counterpart in the paragraph; one that begins the paragraph may have it later."""
    if not state.looked.begins <= at + 2 <= state.looked.ends:
        end = _SINGLE_END.search(text, at + 2, part.ends)
        state.looked = Span(at + 2, max(at + 2, end.start() if end else part.ends))
    return state.looked.ends < part.ends or (at == part.begins and text[at] == "‘")


def _closes_single(text: str, part: Span, at: int) -> bool:
    """Whether a mark after a word closes; not when it can be a plural's possessive and another mark may still close."""
    if text[at - 1 : at].isspace() or text[at + 1 : at + 2].isalnum():
        return False
    if not _POSSESSIVE.match(text, at) or not text[at + 2 : at + 3].islower():
        return True
    later = (mark.start() for mark in _MARK.finditer(text, at + 1, part.ends) if mark.group() in _SINGLE_ANY)
    following = next((mark for mark in later if text[mark] in _SINGLE_OPENS or _SINGLE_END.match(text, mark)), None)
    return following is None or text[following] in _SINGLE_OPENS


def _goes_on(text: str, parts: Sequence[Span], number: int, state: _Open) -> bool:
    """Whether the quotation open at the end of a paragraph goes on in the next."""
    if number + 1 == len(parts):
        return False
    begun = _begun(state)
    if text[parts[number + 1].begins] == text[begun]:
        return True
    is_block = begun == parts[number].begins or text.endswith((": ", ":\n"), 0, begun) or begun < parts[number].begins
    return is_block and _next_mark_closes(text, parts[number + 1 : number + 1 + _MOST_PARAGRAPHS], text[begun])


def _next_mark_closes(text: str, parts: Sequence[Span], opened: str) -> bool:
    """Whether, of the same kind of mark, the next to come closes; a straight one does at the end of a paragraph."""
    for part in parts:
        for at in _marks_like(text, part, opened):
            return text[at] in "”’»" or (text[at] == '"' and part.ends - at <= 2)
    return False


def _marks_like(text: str, part: Span, opened: str) -> Iterator[int]:
    wanted = _SINGLE_OPENS + "’" if opened in _SINGLE_OPENS else _DOUBLE_OPENS + _DOUBLE_CLOSES + '"'
    for mark in _MARK.finditer(text, part.begins, part.ends):
        if mark.group() not in wanted:
            continue
        if mark.group() == "’" and not _SINGLE_END.match(text, mark.start()):
            continue
        yield mark.start()
