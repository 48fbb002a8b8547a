"""Foreign text made harmless for the place where it is shown.

Host names, banners and registry names are written by strangers. A terminal obeys control characters, a spreadsheet
obeys formulas, a page obeys markup; each function here takes away exactly that and keeps the text readable.
Sources: ECMA-48 (control functions); Unicode TR 36 (bidirectional spoofing); OWASP, "CSV Injection".
"""

from __future__ import annotations

import re
from html import escape as _escape_html

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def terminal(text: str) -> str:
    r"""``text`` with every control, invisible or direction-changing character written as ``\x1b`` or ``\u202e``."""
    return _CONTROL.sub(_visible, text)


def csv_cell(text: str) -> str:
    """``text`` for a CSV cell: no control characters, and an apostrophe before what a spreadsheet would compute."""
    shown = terminal(text)
    return f"'{shown}" if text.startswith(_FORMULA) else shown


def html(text: str) -> str:
    """``text`` for HTML content or a quoted attribute."""
    return _escape_html(terminal(text), quote=True)


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
