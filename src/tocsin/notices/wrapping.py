"""The text part in lines that a terminal and an old mail reader show whole."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache

WIDTH = 72
_SIGNED = "-- "  # the line before a signature ends with a blank: RFC 3676, section 4.3
_LIST = re.compile(r"\s*(?:[-*]|\d{1,2}\.)?\s+")
_KEPT = 1000
_BELOW_A_TABLE = 6
_BLANKS = re.compile(r"\n{3,}")


@lru_cache(4096)
def _broken(line: str, indent: int) -> list[str]:
    """One line in several. Kept, because letters of a case share most of their paragraphs."""
    return textwrap.wrap(line, WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)


def wrapped(text: str) -> str:
    """Paragraphs (one line each) wrapped, the rest of an item below its beginning, addresses of pages left whole.

    Lines that begin with two to five blanks and no sign of a list are as they are: tables. What is further in stands
    below a line of a table, and is wrapped as far in.
    """
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        line = line if line == _SIGNED else line.rstrip()
        if len(line) <= WIDTH:
            lines.append(line)
            continue
        indent = _LIST.match(line)
        begin = indent.group() if indent else ""
        if begin.strip() or not begin.startswith("  ") or len(begin) >= _BELOW_A_TABLE:
            lines += _broken(line, len(begin)) if len(line) <= _KEPT else _broken.__wrapped__(line, len(begin))
        else:
            lines.append(line)
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"
