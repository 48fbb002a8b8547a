"""Foreign text made harmless for the place where it is shown.

Host names, banners and registry names are written by strangers. A terminal obeys control characters, a spreadsheet
obeys formulas, a page obeys markup; each function here takes away exactly that and keeps the text readable.
Sources: ECMA-48 (control functions); Unicode TR 36 (bidirectional spoofing), UAX 44 (general categories);
OWASP, "CSV Injection".
"""

from __future__ import annotations

import re
from html import escape as _escape_html

_CONTROL = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029"  # control characters, lone surrogates, separators: Cc, Cs, Zl, Zp
    "\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # Cf
    "\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # Cf
    "\U000e0000-\U000e007f"  # tags
    "\u115f\u1160\u3164\uffa0"  # letters without a shape, which fill a place
    "]"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""With the signs of full width, which some spreadsheets take for the plain ones."""


def terminal(text: str) -> str:
    r"""``text`` with every control, invisible or direction-changing character written as ``\x1b`` or ``\u202e``."""
    if text.isascii() and text.isprintable():
        return text
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
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
