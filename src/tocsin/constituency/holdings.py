"""One row's text made into holdings and contacts; whatever is wrong with any of them is said, all at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from ipaddress import ip_address

from publicsuffixlist import PublicSuffixList

from tocsin.constituency.addresses import (
    address_bits,
    format_address,
    format_network,
    parse_network,
    scopes_within,
    split_bits,
)
from tocsin.constituency.constituent import Holding
from tocsin.constituency.names import normalise_name
from tocsin.provenance import Pointer

WIDEST_V4, WIDEST_V6 = 8, 16
"""Shortest prefix that a network may have: no constituent answers for more."""

_MAIL_NAME = re.compile(r"[^@\s;,<>()\[\]\"\\]{1,64}")
_AS_NUMBER = re.compile(r"(?:as)?\s?([0-9]{1,10})", re.IGNORECASE)
_RESERVED_AS = frozenset({0, 23456, 65535, 4294967295})
_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0", ""})

Reader = Callable[[str], str]
Reasons = list[str]


def read_holdings(fields: dict[str, str], pointer: Pointer, reasons: Reasons) -> tuple[Holding, ...]:
    """The row's holdings: addresses, networks, domains, AS numbers. Adds to ``reasons`` whatever is wrong."""
    found = {
        "address": read_list(fields.get("addresses", ""), read_address_text, reasons),
        "network": read_list(fields.get("networks", ""), read_network, reasons, keep_repeated=True),
        "domain": read_list(fields.get("domains", ""), read_domain, reasons),
        "asn": read_list(fields.get("asns", ""), read_asn, reasons),
    }
    provider = _provider_values(fields.get("provider", ""), found, reasons)
    holdings = tuple(
        Holding(kind=kind, value=value, provider=kind != "domain" and value in provider, pointer=pointer)
        for kind, values in found.items()
        for value in values
    )
    reasons += find_overlaps(holdings)
    return holdings


def read_list(text: str, read: Reader, reasons: Reasons, *, keep_repeated: bool = False) -> list[str]:
    """The canonical values of a cell with several, separated by ``;``; a repeated one counts once."""
    values = list[str]()
    for part in text.split(";"):
        if part.strip():
            try:
                values.append(read(part.strip()))
            except ValueError as fault:
                reasons.append(str(fault))
    return values if keep_repeated else list(dict.fromkeys(values))


def read_domain(text: str) -> str:
    """A registered domain in A-labels. Raises ``ValueError`` for what is none, or belongs to everybody."""
    domain = normalise_name(text)
    if domain is None:
        raise ValueError(f"{text!r} is no domain name")
    if _public_suffixes().is_public(domain):
        raise ValueError(f"domain {text!r} is a public suffix: anybody may register names below it")
    return domain


def read_network(text: str) -> str:
    """A network in canonical text. Raises ``ValueError`` for host bits, too wide a one, or one that nobody can own."""
    first, last = parse_network(text)
    name = format_network(first, last)
    length, widest = int(name.rpartition("/")[2]), WIDEST_V6 if ":" in name else WIDEST_V4
    if length < widest:
        raise ValueError(f"network {name} is wider than /{widest}")
    _check_scope(f"network {name}", first, last)
    return name


def read_address_text(text: str) -> str:
    """An exact address in canonical text, with or without ``/32``. Raises ``ValueError`` otherwise."""
    name, _, length = text.partition("/")
    try:
        address = ip_address("" if "%" in name else name.strip())
    except ValueError:
        raise ValueError(f"{text!r} is no IP address") from None
    if length and length.strip() != str(address.max_prefixlen):
        raise ValueError(f"{text!r} is a network, not an address: list it under networks")
    bits = address_bits(address)
    shown = format_address(*split_bits(bits))
    _check_scope(f"address {shown}", bits, bits)
    return shown


def read_asn(text: str) -> str:
    """An AS number as digits, from ``AS64500`` or ``64500``, else ``ValueError``. Source: RFC 6793, RFC 7607."""
    match = _AS_NUMBER.fullmatch(text)
    if match is None or int(match[1]) > 4294967295:
        raise ValueError(f"{text!r} is no AS number such as AS64500")
    if int(match[1]) in _RESERVED_AS:
        raise ValueError(f"AS number {int(match[1])} is reserved")
    return str(int(match[1]))


def read_contact(text: str) -> str:
    """An e-mail address. Raises ``ValueError`` otherwise. Source: RFC 5321, section 4.5.3.1 (lengths)."""
    local, at, domain = text.rpartition("@")
    name = normalise_name(domain)
    if not at or name is None or "." not in name or not _MAIL_NAME.fullmatch(local):
        raise ValueError(f"contact {text!r} is no e-mail address")
    return f"{local}@{name}"


def read_yes_no(text: str, what: str) -> bool:
    """A yes-or-no word in any case; empty is no. Raises ``ValueError`` otherwise."""
    word = text.strip().lower()
    if word not in _YES | _NO:
        raise ValueError(f"{what} {text!r} is neither yes nor no")
    return word in _YES


def find_overlaps(holdings: Iterable[Holding]) -> list[str]:
    """Networks that lie in others of the same constituent and sort (own or provider): one of them says nothing."""
    told = list[str]()
    for provider in (False, True):
        spans = sorted(
            (*parse_network(each.value), each.value)
            for each in holdings
            if each.kind == "network" and each.provider is provider
        )
        widest: tuple[int, int, str] | None = None
        for first, last, name in sorted(spans, key=lambda span: (span[0], -span[1])):
            if widest is not None and first <= widest[1]:
                again = name == widest[2]
                told.append(f"network {name} {'is listed twice' if again else f'lies in its own {widest[2]}'}")
            else:
                widest = (first, last, name)
    return told


def _provider_values(text: str, found: dict[str, list[str]], reasons: Reasons) -> set[str]:
    """Which values are provider holdings: all, none, or those listed."""
    numbers = {*found["address"], *found["network"], *found["asn"]}
    if text.strip().lower() in _YES | _NO:
        return numbers if text.strip().lower() in _YES else set()
    listed = set[str]()
    for part in filter(None, map(str.strip, text.split(";"))):
        value = _canonical_number(part)
        if value not in numbers:
            reasons.append(
                f"provider {part!r} is neither yes nor no, nor among the row's networks, addresses, AS numbers"
            )
        listed.add(value)
    return listed


def _canonical_number(text: str) -> str:
    for read in (read_asn, read_address_text, read_network):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def _check_scope(what: str, first: int, last: int) -> None:
    scopes = scopes_within(first, last)
    if scopes:
        raise ValueError(f"{what} is {' and '.join(sorted(scopes))}: it says nothing about who is seen from outside")


@cache
def _public_suffixes() -> PublicSuffixList:
    """The list inside the package, both its parts: of registries and of private companies."""
    return PublicSuffixList()
