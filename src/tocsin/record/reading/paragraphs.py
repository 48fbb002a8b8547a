"""The paragraphs of a text: blocks between empty lines, and lines of a block that stand for themselves."""

from __future__ import annotations

import re
from itertools import pairwise

from tocsin.record.spans import Span

_BLOCK = re.compile(r"\S[^\n]*(?:\n[^\S\n]*[^\s][^\n]*)*")
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_BULLET = re.compile(r"\s*(?:[-–—•·*▪◦‣●○■□]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)]\s)")
_ENDS_A_SENTENCE = (".", "!", "?", ":", ";", "”", '"', "’", "'", ")", "]")
_SHORTEST_WRAPPED = 45
_LONGEST_WRAPPED = 110


def paragraphs(text: str) -> list[Span]:
    """The paragraphs in order, without the space around them.

    Lines that a mail, a PDF or an advisory wrapped at a margin are one paragraph; other lines (lists, navigation,
    pages that put each paragraph on a line) are one each.
    """
    found: list[Span] = []
    for block in _BLOCK.finditer(text):
        if "\n" not in block.group():
            found.append(_trimmed(text, block.start(), block.end()))
            continue
        lines = [Span(*line.span()) for line in _LINE.finditer(text, block.start(), block.end())]
        found += _joined(text, lines)
    return found


def is_bullet(text: str, span: Span) -> bool:
    """Whether the paragraph opens with a list's mark (``•``, ``-``, ``1.``, ``(a)``)."""
    return _BULLET.match(text, span.begins, span.ends) is not None


def _joined(text: str, lines: list[Span]) -> list[Span]:
    wrapped = len(lines) > 2 and all(_SHORTEST_WRAPPED <= len(line) <= _LONGEST_WRAPPED for line in lines[:-1])
    found = [lines[0]]
    for before, line in pairwise(lines):
        if _runs_on(text, before, line, wrapped):
            found[-1] = Span(found[-1].begins, line.ends)
        else:
            found.append(line)
    return found


def _runs_on(text: str, before: Span, line: Span, wrapped: bool) -> bool:
    """Whether ``line`` goes on with the sentence of the line ``before`` it, or stands in a block wrapped throughout."""
    may_run_on = (
        wrapped
        or text[line.begins].islower()
        or (
            _SHORTEST_WRAPPED <= before.ends - before.begins <= _LONGEST_WRAPPED
            and not text.endswith(_ENDS_A_SENTENCE, before.begins, before.ends)
        )
    )
    return may_run_on and not is_bullet(text, line)


def _trimmed(text: str, begins: int, ends: int) -> Span:
    while begins < ends and text[begins].isspace():
        begins += 1
    while ends > begins and text[ends - 1].isspace():
        ends -= 1
    return Span(begins, ends)
