"""Tells a web page that is nested to choke whoever parses it, before it is parsed.

A parser by the standard works on every open element at every block, and opens each unclosed formatting element again in
every block that follows: its time and memory grow with the square of the page. One cheap look over the tags tells.
Source: WHATWG HTML Standard, sections 13.2.4.2 (the stack of open elements, scopes) and 13.2.4.3 (active formatting).
"""

from __future__ import annotations

import re

DEEPEST = 2_000
_MOST_REOPENED = 2_000_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,40})")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_SCOPES = frozenset("applet caption marquee object table template select svg math foreignobject".split())
_NEVER_DEEP = frozenset(  # without an end tag, or one that may be left out
    "area base body br col colgroup dd dt embed head hr html img input li link meta option optgroup p param rp rt"
    " source tbody td tfoot th thead tr track wbr".split()
)
_SEEN_BACK = 64


def is_nested_to_choke(text: str) -> bool:
    """Whether elements lie in each other deeper than ``DEEPEST``, or formatting is left open over and over."""
    stack: list[str] = []
    formatting = reopened = at = 0
    while match := _TAG.search(text, at):
        at = match.end()
        is_end, name = bool(match.group(1)), match.group(2).lower()
        if name in _FORMATTING:
            formatting = max(0, formatting - 1) if is_end else formatting + 1
        elif not is_end:
            reopened += formatting
            if name in _RAW:
                at = text.find(f"</{match.group(2)}", at)
                if at < 0:
                    break
                continue
        if name in _NEVER_DEEP:
            continue
        if is_end:
            _close(stack, name)
        else:
            stack.append(name)
        if len(stack) > DEEPEST or reopened > _MOST_REOPENED:
            return True
    return False


def _close(stack: list[str], name: str) -> None:
    """Closes the nearest open element of that name; not across the bounds of a table or the like."""
    for place in range(len(stack) - 1, max(-1, len(stack) - 1 - _SEEN_BACK), -1):
        if stack[place] == name:
            del stack[place:]
            return
        if stack[place] in _SCOPES:
            return
