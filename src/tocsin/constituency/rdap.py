"""Answers of the regional registries about networks and AS numbers: JSON in, the contacts they name out.

An entity that is the registry itself is no contact: it answers for the number's register, not for who uses it.
Sources: RFC 9083, sections 5.1 (entity), 5.4 (ip network), 5.5 (autnum); RFC 7095 (jCard); RFC 9537 (redaction).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, summarize_address_range

import msgspec

from tocsin.constituency.contacts import Contact, language_tag, make_contact, one_line, sort_roles
from tocsin.constituency.mailboxes import Target, mail_domain, read_target, read_uri, shorten

MOST_BYTES = 2_000_000
_DEEPEST, _MOST_ENTITIES = 6, 200
_KINDS = {"ip network": "network", "autnum": "asn"}
_ROLE_WORDS = {
    "abuse": "abuse",
    "technical": "technical",
    "noc": "noc",
    "administrative": "administrative",
    "registrant": "owner",
}
_REGISTRIES = frozenset(
    "afrinic.net apnic.net arin.net lacnic.net ripe.net iana.org icann.org nro.net nic.ad.jp nic.or.kr twnic.tw"
    " twnic.net.tw cnnic.cn idnic.net irinn.in vnnic.vn nic.br registro.br nic.mx".split()
)
_UNGIVEN = ("IANA-", "NON-RIPE-NCC-MANAGED", "ERX-NETBLOCK", "AFRINIC-CIDR-BLOCK", "APNIC-AP-ERX", "STUB-", "ARIN-CIDR")
_NO_MAIL = frozenset({"noreply", "no-reply", "donotreply", "do-not-reply", "unread", "nobody", "null"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One way to reach an entity, with the roles that it has here."""

    target: Target
    name: str
    roles: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RdapAnswer:
    """What is said of one object. ``first`` and ``last`` bound it, as addresses or AS numbers; ``holder`` is its name.

    ``refused`` tells which contacts were passed over and why; ``faults`` what is missing or cannot be read.
    """

    kind: str
    first: str
    last: str
    handle: str
    holder: str
    country: str
    reaches: tuple[Reach, ...]
    refused: tuple[str, ...]
    faults: tuple[str, ...]

    def subjects(self, asked: str) -> tuple[str, ...]:
        """The object as subjects of contacts: ``network:…`` for each prefix that it is made of.

        Of a block of AS numbers only the one that was asked about.
        """
        if self.kind == "asn":
            return (f"asn:{asked}",)
        spans = summarize_address_range(ip_address(self.first), ip_address(self.last))
        return tuple(f"network:{each}" for each in spans)


def read_rdap(content: bytes, *, asked: str) -> RdapAnswer:
    """One answer about the address or AS number ``asked``. Raises ``ValueError`` when it is none about that."""
    if len(content) > MOST_BYTES:
        raise ValueError(f"it has more than {MOST_BYTES:,} bytes")
    try:
        document = msgspec.json.decode(content, type=dict[str, object])
    except (msgspec.MsgspecError, RecursionError) as fault:
        raise ValueError(f"it is no object in JSON: {str(fault)[:100]}") from fault
    kind = _KINDS.get(_text(document, "objectClassName"))
    if kind is None:
        code = document.get("errorCode")
        raise ValueError(
            f"the server says {code}: {shorten(_text(document, 'title'))}"
            if code
            else "it is about neither a network nor an AS number"
        )
    reading = _Reading()
    first, last = _bounds(document, kind)
    _check_asked(kind, first, last, asked)
    name, handle = one_line(_text(document, "name"), 200), one_line(_text(document, "handle"), 200)
    if name.upper().startswith(_UNGIVEN) or _is_wide(kind, first, last):
        reading.refused.append(f"{name or handle} is the registry's own entry for what it gave to nobody")
    else:
        reading.walk(document, depth=0)
        if not reading.reaches and not reading.refused:
            reading.faults.append("it names nobody who can be reached")
    country = _text(document, "country").upper()
    return RdapAnswer(
        kind=kind,
        first=first,
        last=last,
        handle=handle,
        holder=name or handle,
        country=country if len(country) == 2 and country.isascii() and country.isalpha() else "",
        reaches=tuple(reading.reaches.values()),
        refused=tuple(dict.fromkeys(reading.refused)),
        faults=tuple(dict.fromkeys(reading.faults)),
    )


def rdap_contacts(answer: RdapAnswer, *, asked: str, pointer: str, now: datetime) -> tuple[Contact, ...]:
    """Its contacts, about each subject that the object is made of."""
    return tuple(
        make_contact(
            subject,
            reach.target,
            source="rdap",
            pointer=pointer,
            now=now,
            name=reach.name,
            roles=reach.roles,
            language=reach.language,
        )
        for subject in answer.subjects(asked)
        for reach in answer.reaches
    )


class _Reading:
    """Walks entities within entities, each once."""

    def __init__(self) -> None:
        self.reaches = dict[tuple[str, str], Reach]()
        self.refused, self.faults = list[str](), list[str]()
        self._count = 0

    def walk(self, holder: Mapping[str, object], *, depth: int) -> None:
        for entity in _objects(holder.get("entities")):
            self._count += 1
            if self._count > _MOST_ENTITIES or depth >= _DEEPEST:
                self.faults.append("it nests too many entities; the rest was not read")
                return
            self._take(entity)
            self.walk(entity, depth=depth + 1)

    def _take(self, entity: Mapping[str, object]) -> None:
        words = entity.get("roles")
        told = [word for word in words if isinstance(word, str)] if isinstance(words, list) else []
        roles = sort_roles(_ROLE_WORDS[word.lower()] for word in told if word.lower() in _ROLE_WORDS)
        who = one_line(_text(entity, "handle"), 80) or "an entity without handle"
        if not roles:
            return  # a sponsor, a reseller, the register's maintainer: nobody who answers for the network
        card = _card(entity)
        if card is None:
            self.faults.append(f"{who} has no card")
            return
        name = _name(card)
        language = language_tag(_text(entity, "lang") or next((_first(value) for value in _values(card, "lang")), ""))
        for target in self._targets(card, who):
            key = (target.channel, target.address.lower())
            known = self.reaches.get(key)
            joined = sort_roles((*roles, *known.roles)) if known else roles
            self.reaches[key] = Reach(target=target, name=name, roles=joined, language=language)

    def _targets(self, card: list[list[object]], who: str) -> Iterator[Target]:
        for prop, channel in (("email", "mail"), ("tel", "phone")):
            for value in _values(card, prop):
                text = _first(value).strip()
                if not text:
                    continue
                try:
                    scheme = text.lower().startswith(("mailto:", "tel:"))
                    target = read_uri(text) if scheme else read_target(channel, text)
                except ValueError as fault:
                    self.refused.append(f"{who}: {fault}")
                    continue
                if reason := _refusal(target):
                    self.refused.append(f"{who}: {reason}")
                else:
                    yield target


def is_registry(domain: str) -> bool:
    """Whether a domain is that of a registry of numbers."""
    labels = domain.lower().split(".")
    return any(".".join(labels[start:]) in _REGISTRIES for start in range(len(labels)))


def _refusal(target: Target) -> str | None:
    if target.channel != "mail":
        return None
    if is_registry(mail_domain(target.address)):
        return f"{target.address} is the registry's own desk, not of who uses the network"
    if target.address.partition("@")[0].lower() in _NO_MAIL:
        return f"{target.address} says that nobody reads it"
    return None


def _bounds(document: Mapping[str, object], kind: str) -> tuple[str, str]:
    if kind == "asn":
        numbers = [document.get(name) for name in ("startAutnum", "endAutnum")]
        first, last = (each for each in numbers)
        if not (isinstance(first, int) and isinstance(last, int) and 0 < first <= last < 1 << 32):
            raise ValueError("it does not say which AS numbers it is about")
        return str(first), str(last)
    try:
        low, high = (ip_address(_text(document, name).partition("/")[0]) for name in ("startAddress", "endAddress"))
    except ValueError as fault:
        raise ValueError("it does not say which addresses it is about") from fault
    if low.version != high.version or int(low) > int(high):
        raise ValueError("its first and last address do not belong together")
    return str(low), str(high)


def _check_asked(kind: str, first: str, last: str, asked: str) -> None:
    """What answers about something else is a mistake or worse, and its contacts would be told of others' services."""
    if (kind == "asn") != asked.isdigit():
        raise ValueError("it is about something else than was asked")
    if kind == "asn":
        fits = int(first) <= int(asked) <= int(last)
    else:
        low, place, high = (ip_address(each) for each in (first, asked, last))
        fits = low.version == place.version and int(low) <= int(place) <= int(high)
    if not fits:
        raise ValueError(f"it is about {first} to {last}, not about {asked}")


def _is_wide(kind: str, first: str, last: str) -> bool:
    """More than any holder has: a registry's own block, or the whole of the numbers."""
    if kind == "asn":
        return int(last) - int(first) >= 1 << 16
    low, high = ip_address(first), ip_address(last)
    return int(high) - int(low) >= 1 << (low.max_prefixlen - (8 if low.version == 4 else 16))


def _card(entity: Mapping[str, object]) -> list[list[object]] | None:
    """The properties of the entity's jCard: lists of name, parameters, type and values."""
    card = entity.get("vcardArray")
    if not isinstance(card, list) or len(card) < 2 or not isinstance(card[1], list):
        return None
    return [prop for prop in card[1] if isinstance(prop, list) and len(prop) >= 4 and isinstance(prop[0], str)]


def _values(card: list[list[object]], name: str) -> Iterator[object]:
    for prop in card:
        if str(prop[0]).lower() == name and not _is_fax(prop[1]):
            yield from prop[3:]


def _is_fax(parameters: object) -> bool:
    return isinstance(parameters, dict) and "fax" in str(parameters.get("type", "")).lower()


def _name(card: list[list[object]]) -> str:
    names = [_first(value) for name in ("fn", "org") for value in _values(card, name)]
    return one_line(next((name for name in names if name.strip()), ""), 200)


def _first(value: object) -> str:
    """A text, or the first one in a list."""
    if isinstance(value, list):
        return next((each for each in value if isinstance(each, str)), "")
    return value if isinstance(value, str) else ""


def _text(document: Mapping[str, object], name: str) -> str:
    value = document.get(name)
    return value if isinstance(value, str) else ""


def _objects(value: object) -> list[Mapping[str, object]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
