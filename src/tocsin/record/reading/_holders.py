"""Who holds an office, where the text says so anywhere: the headline's "foreign secretary" has a name further down."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tocsin.record.gazetteer import EntityKind, Mention
from tocsin.record.reading.speakers import ORGANISATIONAL, person

_FORMER = re.compile(r"\b(?:former|ex|then|late|new|next|[Aa]n?)[- ]\Z")
_NAME = r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3})"
_AFTER = re.compile(
    rf",? (?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Prof)\.? )?{_NAME}(?=[,.;:]| (?:said|says|told|has|was|will|called|accused)\b)"
)
_BEFORE = re.compile(rf"{_NAME}, (?:the |its |who is (?:the )?)?\Z")
_NEXT = re.compile(rf"\n\s*{_NAME} [a-z]")
_OPENS = re.compile(r"(?:\A|\n|[.!?] )(?:The |[A-Z][\w’.]{1,20} ){0,2}\Z")
_FURTHEST = 80
_FURTHEST_BACK = 20_000


def read_holders(text: str, mentions: Sequence[Mention]) -> Mapping[str, str]:
    """The persons said to hold an office of a state, by the office's canonical; nobody where two persons are said to.

    A spokesperson is none: a ministry has several.
    """
    found: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.kind is not EntityKind.ROLE or mention.state is None or mention.canonical.endswith("-spokesperson"):
            continue
        begins, ends = mention.span.begins, mention.span.ends
        if _FORMER.search(text[max(0, begins - 8) : begins]):
            continue
        before = text[max(0, begins - _FURTHEST) : begins]
        holder = _AFTER.match(text, ends, ends + _FURTHEST) or _BEFORE.search(before) or _next(text, before, ends)
        if holder is not None and not ORGANISATIONAL.search(holder["name"]):
            found.setdefault(mention.canonical, set()).add(person(holder["name"]))
    return {office: next(iter(names)) for office, names in found.items() if len(names) == 1}


def _next(text: str, before: str, ends: int) -> re.Match[str] | None:
    """Whoever opens the next paragraph by a plain name never named before: newspapers vary an office so."""
    paragraph = text.find("\n", ends)
    if paragraph == -1 or not _OPENS.search(before):
        return None
    found = _NEXT.match(text, paragraph)
    return (
        found
        if found is not None and text.find(found["name"], max(0, ends - _FURTHEST_BACK)) == found.start("name")
        else None
    )
