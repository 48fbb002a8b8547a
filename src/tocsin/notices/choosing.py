"""The contact that is told: the first in rank that can be, and of every one before it why it cannot.

A mail about a broken mail server must not go to that server: it may not arrive, and an intruder may read it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tocsin.constituency.contacts import Ranked, Remove
from tocsin.constituency.mail_routes import MailRoute
from tocsin.constituency.mailboxes import CHANNELS, mail_domain

_ABOUT = {
    Remove.OWN: "itself",
    Remove.DOMAIN: "its domain",
    Remove.NETWORK: "its network",
    Remove.PROVIDER: "its provider",
    Remove.COUNTRY: "its country",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacles:
    """What stands in the way of contacts.

    ``unsafe`` are addresses of services with what is wrong there (``affected``, ``compromised``); ``bounced`` mail
    addresses that gave a notice back, with why; ``suppressed`` mail addresses and domains that are not written to;
    ``told`` ids of contacts that were told already. Mail addresses and domains are in lower case.
    """

    unsafe: Mapping[str, str]
    bounced: Mapping[str, str]
    suppressed: Mapping[str, str]
    told: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A contact that is not told: ``code`` for counting, ``why`` in words."""

    contact: Ranked
    code: str
    why: str

    def __str__(self) -> str:
        return f"{self.contact.contact.address}: {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The contact to tell, or ``None``; those passed over before it; ``why`` in a sentence for the plan."""

    chosen: Ranked | None
    passed_over: tuple[PassedOver, ...]
    why: str


def choose(
    ranked: Sequence[Ranked],
    routes: Mapping[str, MailRoute],
    obstacles: Obstacles,
    *,
    now: datetime,
    channels: Collection[str] = CHANNELS,
) -> Choice:
    """The first of ``ranked`` that may be told by one of ``channels``.

    ``routes`` are by domain. Where mail of a domain is received and the DNS did not say, the contact is taken, and
    ``why`` tells so.
    """
    passed = list[PassedOver]()
    for each in ranked:
        found = _obstacle(each, routes, obstacles, now, channels)
        if found is None:
            return Choice(chosen=each, passed_over=tuple(passed), why=_reason(each, routes, passed))
        passed.append(PassedOver(contact=each, code=found[0], why=found[1]))
    why = "no contact is known" if not passed else f"none of {len(passed)} contacts can be told: {_told(passed)}"
    return Choice(chosen=None, passed_over=tuple(passed), why=why)


def bar(
    each: Ranked, routes: Mapping[str, MailRoute], unsafe: Mapping[str, str], *, now: datetime
) -> tuple[str, str] | None:
    """Code and words of what bars a contact by itself, whatever was told before; ``None`` when nothing does.

    Codes are ``set_aside``, ``expired``, ``no_mail`` and ``unsafe``.
    """
    contact, known = each.contact, each.known
    if known.set_aside is not None:
        return "set_aside", f"is set aside: {known.set_aside}"
    if known.valid_until is not None and known.is_expired(now):
        return "expired", f"was not confirmed since it expired on {known.valid_until:%Y-%m-%d}"
    return _mail_bar(mail_domain(contact.address).lower(), routes, unsafe) if contact.channel == "mail" else None


def said(each: Ranked, routes: Mapping[str, MailRoute]) -> str:
    """In words where a contact comes from, and whether its mail's way is not known."""
    contact = each.contact
    sort = "entered by a person" if contact.source == "person" else f"from {contact.source}"
    words = f"{sort}, about {_ABOUT[each.remove]}"
    if contact.channel == "mail":
        route = routes.get(mail_domain(contact.address).lower())
        if route is None or route.outcome == "unknown":
            words += "; where its mail is received is not known"
    return words


def _obstacle(
    each: Ranked,
    routes: Mapping[str, MailRoute],
    obstacles: Obstacles,
    now: datetime,
    channels: Collection[str],
) -> tuple[str, str] | None:
    """Code and words of the first thing in the way, of itself or by what was before."""
    contact = each.contact
    if (own := bar(each, routes, obstacles.unsafe, now=now)) is not None:
        return own
    if contact.id in obstacles.told:
        return "told", "was told before"
    if contact.channel not in channels:
        return "channel", f"is reached by {contact.channel} only"
    if contact.channel != "mail":
        return None
    address = contact.address.lower()
    if address in obstacles.bounced:
        return "bounced", f"gave a notice back: {obstacles.bounced[address]}"
    for name in (address, *with_parents(mail_domain(address))):
        if name in obstacles.suppressed:
            return "suppressed", f"is not to be written to ({name}): {obstacles.suppressed[name]}"
    return None


def _mail_bar(domain: str, routes: Mapping[str, MailRoute], unsafe: Mapping[str, str]) -> tuple[str, str] | None:
    route = routes.get(domain)
    if route is None or route.outcome == "unknown":
        return None
    if route.outcome != "route":
        said = "takes no mail" if route.outcome == "no_mail" else "does not exist"
        return "no_mail", f"cannot be written to: {domain} {said}"
    for server, addresses in route.servers:
        for number in addresses:
            if number in unsafe:
                return "unsafe", f"has its mail received by {server} ({number}), which is {unsafe[number]}"
    return None


def with_parents(domain: str) -> list[str]:
    """The domain and those above it, without the last label: what a suppression may name."""
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def _reason(each: Ranked, routes: Mapping[str, MailRoute], passed: Sequence[PassedOver]) -> str:
    words = f"{'first' if not passed else 'next'} of its contacts, {said(each, routes)}"
    return f"{words}; passed over: {_told(passed)}" if passed else words


def _told(passed: Sequence[PassedOver]) -> str:
    return "; ".join(map(str, passed))
