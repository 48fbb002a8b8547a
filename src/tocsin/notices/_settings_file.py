"""Reads one section of ``notify.toml`` into its dataclass, and notes every fault with its key path."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import time
from ipaddress import ip_address
from typing import TypeVar, get_type_hints

from tocsin.errors import did_you_mean

T = TypeVar("T")
SECURITY = ("starttls", "tls", "none")
LARGEST = 1_000_000
_LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.IGNORECASE)
_ADDRESS = re.compile(rf"[a-z0-9.!#$&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})*", re.IGNORECASE)
_PAGE = re.compile(r"(https?)://(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:[0-9]{1,5})?(/[\w./~-]*)?", re.IGNORECASE)
_NOT_ZERO = frozenset(("timeout", "deadline_hours", "per_server_per_minute", "in_all_per_minute"))


class Faults:
    """What is wrong, in the order in which it was found."""

    def __init__(self, data: Mapping[str, object], sections: Sequence[str]) -> None:
        self.found = list[str]()
        for name in data:
            if name not in sections:
                self.note(name, f"is no section{did_you_mean(name, sections)}; known are {', '.join(sections)}")

    def note(self, path: str, what: str) -> None:
        """Notes a fault at a key."""
        self.found.append(f"{path} {what}")


def read_section(kind: Callable[..., T], data: Mapping[str, object], section: str, faults: Faults) -> T | None:
    """The section as its dataclass; ``None`` when it is not there or faulty."""
    raw = data.get(section)
    if raw is None:
        return None
    if not isinstance(raw, dict):
        faults.note(section, f"must be a section [{section}]")
        return None
    before, types, known = len(faults.found), get_type_hints(kind), fields(kind)  # type: ignore[arg-type]  # a dataclass
    names = [each.name for each in known]
    for name in raw:
        if name not in names:
            faults.note(f"{section}.{name}", f"is no key here{did_you_mean(name, names)}")
    for each in known:
        if each.name not in raw and each.default is MISSING:
            faults.note(f"{section}.{each.name}", "is missing")
    values = {name: _value(raw[name], types[name], f"{section}.{name}", faults) for name in names if name in raw}
    _check_security(values, section, faults)
    if len(faults.found) > before:
        return None
    try:
        return kind(**values)
    except ValueError as fault:
        faults.note(section, f"cannot be kept: {fault}")
        return None


def _value(value: object, kind: object, path: str, faults: Faults) -> object:
    """The value as its field has it; anything after a fault was noted."""
    name = path.partition(".")[2]
    if kind is time and isinstance(value, str):
        return _time(value, path, faults)
    if kind == tuple[str, ...] and isinstance(value, list):
        kept = tuple(value)
        for item in kept:
            _check_text(item, name, path, faults)
        return kept
    if kind is str:
        return _check_text(value, name, path, faults)
    if kind is int:
        least = 1 if name in _NOT_ZERO or name == "port" else 0
        most = 65_535 if name == "port" else LARGEST
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            faults.note(path, f"must be a whole number from {least} to {most}")
    elif not isinstance(kind, type) or not isinstance(value, kind):
        words = {bool: "true or false", time: "a time such as 08:00"}
        faults.note(path, f"must be {words.get(kind, 'a list of texts')}")  # type: ignore[call-overload]  # or a generic
    return value


def _time(text: str, path: str, faults: Faults) -> time:
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None:
        faults.note(path, f"must be a time such as 08:00, not {text[:40]!r}")
        return time()
    return found


def _check_text(value: object, name: str, path: str, faults: Faults) -> object:
    if not isinstance(value, str):
        faults.note(path, "must be a text")
    elif not value.isprintable():
        faults.note(path, "has a line end, or a character that cannot be seen")
    elif name in _TEXTS and value and (what := _TEXTS[name](value)):
        faults.note(path, f"{value[:80]!r} {what}")
    elif not value.strip() and name in ("host", "address", "organisation", "key_file", "domain", "selector", "servers"):
        faults.note(path, "must not be empty")
    return value


def _check_security(values: Mapping[str, object], section: str, faults: Faults) -> None:
    """Mail and passwords go unprotected to this very machine alone."""
    security, host = values.get("security"), values.get("host")
    if security == "none" and isinstance(host, str) and not _is_loopback(host):
        faults.note(f"{section}.security", f"must be starttls or tls: {host!r} is another machine")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def split_server(text: str) -> tuple[str, int]:
    """Address and port of a DNS server: ``192.0.2.53``, ``192.0.2.53:5353``, ``[2001:db8::53]:5353``; by default 53.

    Raises ``ValueError`` for anything else.
    """
    found = re.fullmatch(r"\[(?P<six>[^]]+)\](?::(?P<p6>[0-9]{1,5}))?|(?P<four>[0-9.]+):(?P<p4>[0-9]{1,5})", text)
    address, port = (text, "") if found is None else (found["six"] or found["four"], found["p6"] or found["p4"] or "")
    if port and not 1 <= int(port) <= 65_535:
        raise ValueError(f"{text!r} has no port from 1 to 65535")
    return str(ip_address(address)), int(port or 53)


def _server(text: str) -> str:
    try:
        split_server(text)
    except ValueError:
        return "is no address of a DNS server, such as 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353"
    return ""


def _host(text: str) -> str:
    try:
        ip_address(text)
    except ValueError:
        return "" if _DOMAIN.fullmatch(text) else "is no name or address of a machine"
    return ""


def _mailbox(text: str) -> str:
    return "" if _ADDRESS.fullmatch(text) and ".." not in text else "is no mail address"


def _page(text: str) -> str:
    found = _PAGE.fullmatch(text)
    if found is None or text.endswith("/"):
        return "is no address such as https://warn.cert.example, without a slash at its end"
    return "" if found[1].lower() == "https" or _is_loopback(found[2]) else "must begin with https://"


def _security(text: str) -> str:
    return "" if text in SECURITY else f"is none of {', '.join(SECURITY)}{did_you_mean(text, SECURITY)}"


def _domain(text: str) -> str:
    return "" if _DOMAIN.fullmatch(text) else "is no domain in letters, digits and hyphens"


def _web(text: str) -> str:
    return "" if text.startswith("https://") or _PAGE.fullmatch(text) else "is no web address"


_TEXTS: Mapping[str, Callable[[str], str]] = {
    "host": _host,
    "servers": _server,
    "address": _mailbox,
    "reply_to": _mailbox,
    "page": _page,
    "security": _security,
    "domain": _domain,
    "selector": _domain,
    "bootstrap": _web,
}
