"""When the deed was done that somebody is blamed for: a date of its clause, and not that of the saying."""

from __future__ import annotations

import re

from tocsin.record.assertions import When
from tocsin.record.reading._fitting import Hit
from tocsin.record.reading.dates import dates_in
from tocsin.record.reading.page import Page, Sentence
from tocsin.record.spans import Span

_SAYING = re.compile(
    r"\b(?:said|says|told|announced|stated|statement|spoke|wrote|reported|published|unsealed|called|urged|named|expelled"
    r"|sanctioned|sanctions|accused|blamed|attributed|charged|indicted|condemned)\b"
    r"|[;:]|, (?:and|but|while|when|after|which) "
)
_FURTHEST = 90


def when_done(page: Page, sentence: Sentence, hit: Hit, clause: Span) -> When | None:
    """The date that stands between doer and deed, or beside them before anything else is told; ``None`` without one.

    Before them only in the passive: "the attack of March was carried out by".
    """
    first, last = hit.match.start(), hit.match.end() - 1
    told, is_passive = hit.line.place(first, last), hit.line.kinds[hit.match.start("cue")] == "y"
    for when in dates_in(page, sentence):
        if when.span is None or when.begins is None or not clause.holds(when.span):
            continue
        if told.holds(when.span):
            return when
        begins, ends = told.ends, when.span.begins
        if is_passive and when.span.ends <= told.begins:
            begins, ends = when.span.ends, told.begins
        if 0 <= ends - begins <= _FURTHEST and not _SAYING.search(page.text, begins, ends):
            return when
    return None
