"""Header fields that hold what strangers wrote: folded, encoded, and always one field.

Sources: RFC 5322, sections 2.2.3, 3.2.4, 3.4.1; RFC 2047 (encoded words); RFC 2231 (parameters); RFC 5890 (A-labels);
RFC 8058.
"""

from __future__ import annotations

import base64
import re
from functools import lru_cache

import idna

from tocsin.notices.plain import plain

_WIDTH = 76
_ENCODED_BYTES = 42
"""Of UTF-8 in one encoded word: 56 characters of base64, and 12 around them."""
_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_DOT_ATOM = re.compile(rf"{_ATEXT}(?:\.{_ATEXT})*")
_QUOTED = re.compile(r'"(?:[ !#-\[\]-~]|\\[ -~]){1,62}"')
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._-]{1,100}@[A-Za-z0-9.-]{1,140}>")
_URL = re.compile(r"https?://[!#-;=?-\[\]_a-z~]{1,800}")


def header(name: str, text: str) -> str:
    """An unstructured field, folded; text that is not ASCII in encoded words."""
    return _folded(f"{name}:", plain(text, 600))


def mailbox(name: str, display: str, address: str) -> str:
    """``To: "Example, Council" <security@council.example>``, folded. Raises ``ValueError`` for a bad address."""
    display = plain(display, 200)
    where = f"<{address_text(address)}>"
    if not display:
        return f"{name}: {where}"
    if display.isascii() and "=?" not in display:
        quoted = display.replace("\\", "\\\\").replace('"', '\\"')
        return f"{_folded(f'{name}:', f'{chr(34)}{quoted}{chr(34)}', encode=False)}\r\n {where}"
    return f"{_folded(f'{name}:', display)}\r\n {where}"


@lru_cache(4096)
def address_text(address: str) -> str:
    """One mail address as it goes on the wire: the domain in A-labels, a quoted local part as it is.

    Raises ``ValueError`` for more than one address, nonsense, and a local part that needs SMTPUTF8 (RFC 6531), which
    not every relay speaks.
    """
    local, at, domain = address.rpartition("@")
    if not at or len(address) > 254 or len(local) > 64:
        raise ValueError(f"{address[:80]!r} is no mail address")
    if not (_DOT_ATOM.fullmatch(local) or _QUOTED.fullmatch(local)):
        reason = "has a local part that plain SMTP cannot carry" if not local.isascii() else "is no mail address"
        raise ValueError(f"{address[:80]!r} {reason}")
    try:
        known = idna.encode(domain, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as fault:
        raise ValueError(f"{address[:80]!r} has no proper domain: {fault}") from fault
    if "." not in known:
        raise ValueError(f"{address[:80]!r} has no domain of the internet")
    return f"{local}@{known}"


def message_id(text: str) -> str:
    """``text`` when it is a message id with its angles. Raises ``ValueError`` else."""
    if not _MESSAGE_ID.fullmatch(text):
        raise ValueError(f"{text[:80]!r} is no message id")
    return text


def unsubscribe(url: str) -> list[str]:
    """The fields of RFC 8058. One click needs https; with anything else only the link is given."""
    if not _URL.fullmatch(url):
        raise ValueError(f"{url[:80]!r} is no address of a page")
    fields = [f"List-Unsubscribe: <{url}>"]
    return [*fields, "List-Unsubscribe-Post: List-Unsubscribe=One-Click"] if url.startswith("https://") else fields


def parameter(name: str, value: str) -> str:
    """``filename="a.csv"``, or in the form of RFC 2231 where it is not ASCII."""
    if value.isascii():
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'{name}="{escaped}"'
    return f"{name}*=utf-8''" + "".join(f"%{byte:02X}" for byte in value.encode("utf-8", "replace"))


def _folded(begin: str, text: str, *, encode: bool = True) -> str:
    """``begin`` and ``text`` in lines of at most 76 characters where there is a blank to fold at."""
    plain_words = text.isascii() and "=?" not in text
    words = _encoded(text) if encode and not (plain_words and _fits(text)) else text.split(" ")
    lines, line = [], begin
    for word in words:
        if len(line) + 1 + len(word) > _WIDTH and line.strip() and line != begin:
            lines.append(line)
            line = ""
        line = f"{line} {word}"
    return "\r\n".join([*lines, line])


def _fits(text: str) -> bool:
    return all(len(word) < _WIDTH for word in text.split(" "))


def _encoded(text: str) -> list[str]:
    """Encoded words of whole characters: RFC 2047, section 5."""
    words, chunk, size = [], "", 0
    for sign in text:
        length = len(sign.encode("utf-8", "replace"))
        if size + length > _ENCODED_BYTES:
            words.append(chunk)
            chunk, size = "", 0
        chunk, size = chunk + sign, size + length
    words.append(chunk)
    return [f"=?utf-8?b?{base64.b64encode(word.encode('utf-8', 'replace')).decode()}?=" for word in words]
