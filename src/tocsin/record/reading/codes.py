"""Coding tags that people write into a text (``[Rebuild]``): taken out of what is read, kept as codes at a place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from tocsin.record.assertions import Code
from tocsin.record.reading.page import Candidate, Page
from tocsin.record.spans import Span, View

_TAG = re.compile(r"\[(rebuild|deny|diminish|bolster)\]", re.IGNORECASE)


def without_codes(text: str) -> View:
    """The text as it is read: without its coding tags and the space before each."""
    if "[" not in text:
        return View(text)
    return View(text, [Span(_with_space(text, tag.start()), tag.end()) for tag in _TAG.finditer(text)])


def read_codes(page: Page) -> Sequence[Candidate]:
    """One code for each tag: its strategy, and the sentence it stands in or just after.

    A candidate's span counts the view's code points like that of every reader; ``Code.tag`` alone counts those of the
    original, as the tag is not in the view. A tag before the first sentence codes that one.
    """
    found, gone = [], 0
    for removed in page.view.removed:
        place = removed.begins - gone
        gone += len(removed)
        tag = _TAG.search(page.document.text, removed.begins, removed.ends)
        sentence = _coded(page, place)
        if tag is None or sentence is None:
            continue
        body = Code(strategy=tag.group(1).lower(), tag=Span(tag.start(), tag.end()))
        found.append(Candidate(sentence, "code-tag", body))
    return found


def _with_space(text: str, at: int) -> int:
    """Where what is taken out begins: at the one space before the tag, if there is one and it is no tag's own."""
    return at - 1 if at and text[at - 1].isspace() else at


def _coded(page: Page, place: int) -> Span | None:
    """The sentence of the view that a tag taken out at ``place`` codes."""
    after = bisect_left(page.sentences, place, key=lambda sentence: sentence.span.begins)
    if after:
        return page.sentences[after - 1].span
    return page.sentences[0].span if page.sentences else None
