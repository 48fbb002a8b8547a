"""Whether a domain lets an address send for it. Source: RFC 7208, sections 4 and 5; macros are not expanded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Ask = Callable[[str, str], tuple[str, ...]]
"""The answers to a name and a type, such as ``("cert.example", "TXT")``; none where there are none."""
MOST_LOOKUPS = 10
_RESULTS = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}


@dataclass(slots=True)
class _Budget:
    left: int = MOST_LOOKUPS


class SpfError(ValueError):
    """The record cannot be evaluated, by anybody."""


@dataclass(frozen=True, slots=True)
class _Asked:
    address: IPv4Address | IPv6Address
    ask: Ask
    budget: _Budget = field(default_factory=_Budget)


def spf_records(domain: str, ask: Ask) -> list[str]:
    """The SPF records of a domain; there should be one."""
    return [text for text in ask(domain, "TXT") if text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")]


def spf_result(domain: str, address: str, ask: Ask) -> str:
    """pass, fail, softfail, neutral, or none where the domain has no record. Raises ``SpfError`` for a broken one."""
    return _check(domain, _Asked(ip_address(address), ask))


def _check(domain: str, asked: _Asked) -> str:
    records = spf_records(domain, asked.ask)
    if not records:
        return "none"
    if len(records) > 1:
        raise SpfError(f"{domain} has {len(records)} SPF records, and every receiver then ignores all")
    redirect = None
    for term in records[0].split()[1:]:
        name, sign, value = _split(term)
        if sign == "=":
            redirect = value if name == "redirect" else redirect
            continue
        result = _RESULTS.get(term[0], "pass")
        if _matches(name.lstrip("+-~?"), value, domain, asked):
            return result
    if redirect is not None:
        _spend(asked)
        found = _check(redirect, asked)
        if found == "none":
            raise SpfError(f"{domain} redirects to {redirect}, which has no SPF record")
        return found
    return "neutral"


def _split(term: str) -> tuple[str, str, str]:
    for place, sign in enumerate(term):
        if sign in ":=/":
            return term[:place].lower(), sign, term[place + 1 :] if sign != "/" else term[place:]
    return term.lower(), "", ""


def _matches(name: str, value: str, domain: str, asked: _Asked) -> bool:
    if name == "all":
        return True
    if name in ("ip4", "ip6"):
        return _within(value, asked)
    if name == "include":
        _spend(asked)
        found = _check(value, asked)
        if found == "none":
            raise SpfError(f"{domain} includes {value}, which has no SPF record")
        return found == "pass"
    if name in ("a", "mx", "exists", "ptr"):
        _spend(asked)
        target, _, length = value.partition("/")
        target = target or domain
        if name == "a":
            return _is_at(target, length, asked)
        if name == "mx":
            return any(_is_at(host, length, asked) for host in asked.ask(target, "MX"))
        return False  # exists is for macros, and ptr is not to be used: receivers may skip both
    raise SpfError(f"{domain} has an SPF record with {name!r}, which means nothing")


def _is_at(host: str, length: str, asked: _Asked) -> bool:
    kind = "A" if asked.address.version == 4 else "AAAA"
    four, _, six = length.partition("//")
    bits = four.strip("/") if asked.address.version == 4 else six.strip("/")
    return any(_within(f"{found}/{bits}" if bits else found, asked) for found in asked.ask(host, kind))


def _within(network: str, asked: _Asked) -> bool:
    try:
        found = ip_network(network, strict=False)
    except ValueError as fault:
        raise SpfError(f"an SPF record has {network!r}, which is no network") from fault
    return found.version == asked.address.version and asked.address in found


def _spend(asked: _Asked) -> None:
    asked.budget.left -= 1
    if asked.budget.left < 0:
        raise SpfError(f"its SPF record needs more than {MOST_LOOKUPS} look-ups, and receivers stop there")
