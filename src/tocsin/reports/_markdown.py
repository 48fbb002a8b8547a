"""Foreign text made harmless in Markdown: every sign that begins markup is escaped, and no line is broken.

Source: CommonMark 0.31 (2024), sections 2.4 (backslash escapes) and 6; GitHub's extensions for tables and autolinks.
"""

from __future__ import annotations

import re

from tocsin.reports.escape import terminal

_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~&$@!]")
_LINKS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"^([-+=]|\d+[.)])")


def markdown(text: str) -> str:
    """``text`` for a paragraph, a list item or a cell."""
    return _AT_START.sub(_last_escaped, _LINKS.sub(_escaped, _SIGNS.sub(_escaped, terminal(text))))


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found.group()}"


def _last_escaped(found: re.Match[str]) -> str:
    return f"{found.group()[:-1]}\\{found.group()[-1]}"
