"""Text from outside made fit for a line of a letter or a header: no control, invisible or direction-changing signs.

Source: Unicode UAX 44 (general categories), TR 36 (bidirectional spoofing); RFC 5322, section 2.2 (no line end
in a field).
"""

from __future__ import annotations

import re
from unicodedata import category

_PATH = re.compile(
    r"(?<![\w.])(?:[a-z]{2,10}://[^\s;,'\"<>]{1,500}|[/\\][a-z_%~.][^\s;,'\"<>]{0,500})"
    r"|[^\s;,'\"<>:]{0,300}\.(?:aspx?|as[hm]x|php\d?|jspx?|cgi)(?!\w)",
    re.IGNORECASE,
)
_HIDDEN = "[path only in encrypted mail]"


def plain(text: str, limit: int = 300) -> str:
    """``text`` on one line, at most ``limit`` characters; what has no shape or steers the reader becomes a blank."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(" " if category(sign)[0] in "CZ" else sign for sign in text)
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def without_paths(text: str) -> str:
    """``text`` with every path and address of a page left out: whoever knows where a web shell is can use it."""
    return _PATH.sub(_HIDDEN, text)
