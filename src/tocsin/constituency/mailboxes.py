"""Where a contact is reached: text and URIs of strangers in, one address of one channel out, or the reason why not.

Whatever passes can stand in a header or a command as it is: one mailbox, no control character, no second line.
Sources: RFC 5321, section 4.1.2 and 4.5.3.1 (mailboxes, lengths); RFC 6068 (mailto); RFC 3966 (tel); RFC 6530
(mailboxes beyond ASCII, which most servers do not take).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tocsin.constituency.names import normalise_name

CHANNELS = ("mail", "form", "phone", "post")

_ATOM = r"[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+"
_DOT_ATOM = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_PHONE = re.compile(r"\+?[0-9]{3,20}")
_WEB = re.compile(r"https?://(?P<host>[^/?#@\s:]+)(?::[0-9]{1,5})?(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
_LONGEST_LOCAL, _LONGEST_MAILBOX, _LONGEST_URI, _LONGEST_POST = 64, 254, 2000, 1000
_SHOWN = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One address of one channel, in canonical form."""

    channel: str
    address: str


def read_target(channel: str, text: str) -> Target:
    """The address as it is kept. Raises ``ValueError`` that says what is wrong."""
    if channel not in _READERS:
        raise ValueError(f"no channel {channel!r}: one of {', '.join(CHANNELS)}")
    return Target(channel=channel, address=_READERS[channel](text))


def read_uri(text: str) -> Target:
    """What a ``mailto:``, ``tel:`` or web address names. Raises ``ValueError`` for anything else."""
    scheme, colon, rest = text.strip().partition(":")
    match scheme.lower() if colon else "":
        case "mailto":
            return read_target("mail", unescape(rest.partition("?")[0]))
        case "tel":
            return read_target("phone", rest.partition(";")[0])
        case "http" | "https":
            return read_target("form", text)
    raise ValueError(f"{shorten(text)} is no mailto:, tel: or https: address")


def read_mailbox(text: str) -> str:
    """One mailbox, its domain in lower-case A-labels. Raises ``ValueError`` that says what is wrong with it.

    A quoted local part is taken where it says the same without its quotation marks.
    """
    _check_signs(text)
    bare = text.strip()
    quoted = _QUOTED.match(bare)
    local, at, domain = (
        (quoted[0], bare[quoted.end() : quoted.end() + 1], bare[quoted.end() + 1 :])
        if quoted
        else (bare.rpartition("@"))
    )
    if at != "@" or not local or not domain:
        raise ValueError(f"{shorten(text)} is no mail address")
    if re.search(r"[,;]|@.*[@\s]", bare[len(local) :]) or re.search(r"[,;\s]", "" if quoted else local):
        raise ValueError(f"{shorten(text)} is a list, or holds more than an address: give one address alone")
    if "<" in bare or ">" in bare:
        raise ValueError(f"{shorten(text)} holds a name beside the address: give the address alone")
    local = _read_local(re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else local, text)
    if domain.startswith("["):
        raise ValueError(f"{shorten(text)} names a machine by its number, not a domain")
    name = normalise_name(domain)
    if name is None or "." not in name or "_" in name or domain.startswith("*"):
        raise ValueError(f"{shorten(text)}: {shorten(domain)} is no domain that takes mail")
    if len(local) + 1 + len(name) > _LONGEST_MAILBOX:
        raise ValueError(f"{shorten(text)} has more than {_LONGEST_MAILBOX} characters")
    return f"{local}@{name}"


def mail_domain(mailbox: str) -> str:
    """The domain of a mailbox that ``read_mailbox`` gave."""
    return mailbox.rpartition("@")[2]


def unescape(text: str) -> str:
    """``%40`` as ``@``; bytes that are no UTF-8 become replacement characters, which no address may hold."""
    raw = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), text.encode("utf-8", "replace"))
    return raw.decode("utf-8", "replace")


def shorten(text: str) -> str:
    """Foreign text for a message: quoted, its odd characters escaped, cut."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def _read_local(local: str, text: str) -> str:
    if not local.isascii():
        raise ValueError(f"{shorten(text)} has letters before the @ that most mail servers do not take")
    if "%" in local or "!" in local:
        raise ValueError(f"{shorten(text)} holds a route through another server")
    if local.startswith("-"):
        raise ValueError(f"{shorten(text)} begins like an option of a command")
    if not _DOT_ATOM.fullmatch(local):
        raise ValueError(f"{shorten(text)} cannot be written without quotation marks, or is no address")
    if len(local) > _LONGEST_LOCAL:
        raise ValueError(f"{shorten(text)} has more than {_LONGEST_LOCAL} characters before the @")
    return local


def _read_web(text: str) -> str:
    _check_signs(text)
    match = _WEB.fullmatch(text.strip())
    host = normalise_name(match["host"]) if match else None
    if match is None or host is None or "." not in host or len(text) > _LONGEST_URI:
        raise ValueError(f"{shorten(text)} is no web address")
    begin, end = match.span("host")
    whole = text.strip()
    if not whole[end:].isascii():
        raise ValueError(f"{shorten(text)} holds letters that a web address has to escape")
    return f"{whole[:begin].lower()}{host}{whole[end:]}"


def _read_phone(text: str) -> str:
    _check_signs(text)
    number = re.sub(r"[\s().\-/]", "", text)
    if not _PHONE.fullmatch(number):
        raise ValueError(f"{shorten(text)} is no telephone number")
    return number


def _read_post(text: str) -> str:
    """A postal address on one line, its own lines parted by commas."""
    line = ", ".join(part.strip().rstrip(",") for part in text.strip().splitlines() if part.strip())
    _check_signs(line)
    if not line or len(line) > _LONGEST_POST:
        raise ValueError(f"{shorten(text)} is no postal address")
    return line


def _check_signs(text: str) -> None:
    """Control, invisible and direction-changing characters have no place in an address."""
    if any(unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029\ufffd" for letter in text.strip(" ")):
        raise ValueError(f"{shorten(text)} holds a control or an invisible character")


_READERS = {"mail": read_mailbox, "form": _read_web, "phone": _read_phone, "post": _read_post}
