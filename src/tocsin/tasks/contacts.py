"""Finds contacts, shows them in rank order, and takes what people say of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy.engine import Engine

from tocsin.constituency import Constituent, Known, MailRoute, Ranked, make_contact
from tocsin.constituency.contact_book import mail_domains
from tocsin.constituency.contacts import ROLES, language_tag, registry_contacts
from tocsin.constituency.directory import Directory, read_directory, read_subject
from tocsin.constituency.mailboxes import read_target
from tocsin.errors import AskError, ConstituencyError, did_you_mean
from tocsin.notices.choosing import Choice, Obstacles, choose
from tocsin.persons import checked_name
from tocsin.provenance import Pointer
from tocsin.store.constituents import current_version, load_constituents
from tocsin.store.contacts import (
    MACHINE,
    ContactNote,
    Saved,
    add_note,
    find_contact,
    load_contacts,
    load_notes,
    retire_missing,
    save_contacts,
)
from tocsin.store.desk import open_desk
from tocsin.store.lake import disk_errors
from tocsin.store.lookups import Lookup
from tocsin.store.workspace import Workspace
from tocsin.tasks.contact_needs import Needs, find_needs, load_ranked, load_routes
from tocsin.tasks.contact_sources import AskMail, Tally, Ways, ask_mail_routes, ask_rdap, ask_security_txt, latest_of

SOURCES = ("registry", "security.txt", "rdap", "mx")
CONFIRMED_DAYS = 365
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one run found: a tally of each source, and how many of the constituents have a contact that counts."""

    tallies: tuple[Tally, ...]
    constituents: int
    with_contact: int

    def as_json(self) -> dict[str, object]:
        return {
            "sources": [each.as_json() for each in self.tallies],
            "constituents": self.constituents,
            "with_contact": self.with_contact,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A constituent's contacts, which one would be told and why, and what was looked up for it."""

    constituent: Constituent
    ranked: tuple[Ranked, ...]
    choice: Choice
    routes: Mapping[str, MailRoute]
    lookups: tuple[Lookup, ...]

    def as_json(self) -> dict[str, object]:
        chosen = self.choice.chosen
        return {
            "constituent": self.constituent.id,
            "name": self.constituent.name,
            "contacts": [each.as_json() for each in self.ranked],
            "chosen": chosen.contact.id if chosen else None,
            "why": self.choice.why,
            "passed_over": [
                {"contact": each.contact.contact.id, "code": each.code, "why": each.why}
                for each in self.choice.passed_over
            ],
            "mail_routes": [dict(route.as_json()) for route in self.routes.values()],
            "lookups": [each.as_json() for each in self.lookups],
        }


def find_contacts(
    workspace: Workspace,
    ways: Ways,
    *,
    case_id: str | None = None,
    as_of: date | None = None,
    sources: Collection[str] = SOURCES,
    mail: Callable[[], AskMail],
) -> Found:
    """Asks the sources for everyone with open findings of a case, or for every constituent. May be stopped any time.

    ``mail`` opens the way to the DNS, when it is needed.
    """
    for each in sources:
        if each not in SOURCES:
            raise AskError(f"no source {each!r}{did_you_mean(each, SOURCES)}", remedy=f"one of {', '.join(SOURCES)}")
    needs = find_needs(workspace, case_id, as_of=as_of)
    desk = open_desk(workspace.desk_url)
    tallies = list[Tally]()
    with disk_errors(workspace.root):
        if "registry" in sources:
            tallies.append(_take_registry(desk, needs, ways.clock()))
        if "security.txt" in sources:
            tallies.append(ask_security_txt(desk, _domains(needs), ways))
        if "rdap" in sources:
            tallies.append(ask_rdap(desk, _numbers(needs), ways))
        ranked = load_ranked(desk, needs, now=ways.clock())
        if "mx" in sources:
            tallies.append(ask_mail_routes(desk, mail_domains(ranked), ways, mail()))
    now = ways.clock()
    usable = [name for name, contacts in ranked.items() if any(_counts(each, now) for each in contacts)]
    return Found(tallies=tuple(tallies), constituents=len(needs.constituents), with_contact=len(usable))


def show_contacts(
    workspace: Workspace, id_: str, *, now: datetime, case_id: str | None = None, as_of: date | None = None
) -> Shown:
    """One constituent's contacts in rank order; under a case also those around its services, and what is unsafe."""
    desk = open_desk(workspace.desk_url)
    everyone = {each.id: each for each in load_constituents(desk, current_version(desk))}
    if id_ not in everyone:
        raise AskError(f"no constituent {id_!r}{did_you_mean(id_, everyone)}", remedy="see 'tocsin constituency list'")
    needs = find_needs(workspace, case_id, as_of=as_of)
    needs = replace(needs, constituents=(everyone[id_],))
    ranked = load_ranked(desk, needs, now=now)[id_]
    routes = load_routes(desk)
    obstacles = Obstacles(unsafe=needs.unsafe, bounced={}, suppressed={})
    domains = mail_domains({id_: ranked})
    return Shown(
        constituent=everyone[id_],
        ranked=ranked,
        choice=choose(ranked, routes, obstacles, now=now),
        routes={domain: routes[domain] for domain in domains if domain in routes},
        lookups=(*latest_of(desk, "security.txt", _domains(needs)), *latest_of(desk, "rdap", _numbers(needs))),
    )


def list_contacts(workspace: Workspace, *, subject: str | None = None) -> list[Known]:
    """Every contact that is kept, or those about one subject (``country:GB``)."""
    subjects = None if subject is None else [_checked(read_subject, subject)]
    return list(load_contacts(open_desk(workspace.desk_url), subjects=subjects))


def import_directory(
    workspace: Workspace, path: Path, *, dry_run: bool, author: str, now: datetime
) -> tuple[Directory, Saved | None]:
    """Reads a directory of contacts (of national CERTs, say) and keeps them; in a dry run nothing is written."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise ConstituencyError(
            f"cannot be read: {fault.strerror}", where=Pointer(source=str(path)), remedy="check its name and rights"
        ) from fault
    directory = read_directory(data, source=path.name, now=now)
    if dry_run or not directory.contacts:
        return directory, None
    with open_desk(workspace.desk_url).begin() as connection:
        return directory, save_contacts(connection, directory.contacts, author=_named(author), now=now)


def add_contact(
    workspace: Workspace,
    subject: str,
    *,
    channel: str,
    address: str,
    author: str,
    now: datetime,
    name: str = "",
    roles: Sequence[str] = (),
    language: str = "",
    key: str | None = None,
    days: int = CONFIRMED_DAYS,
) -> Known:
    """Keeps a contact that a person vouches for; it comes before every automatic one.

    ``subject`` is a constituent's id, or ``domain:…``, ``network:…``, ``asn:…``, ``country:…``.
    """
    desk = open_desk(workspace.desk_url)
    place = _subject(desk, subject)
    unknown = [role for role in roles if role not in ROLES]
    if unknown:
        raise AskError(f"no role {unknown[0]!r}{did_you_mean(unknown[0], ROLES)}", remedy=f"one of {', '.join(ROLES)}")
    if language and not language_tag(language):
        raise AskError(f"{language!r} is no language", remedy="write a tag such as en or de-AT")
    contact = make_contact(
        place,
        _checked(lambda text: read_target(channel, text), address),
        source="person",
        pointer=f"entered by {author}",
        now=now,
        name=name,
        roles=roles,
        language=language,
        key=key,
        author=_named(author),
        expires_at=_until(days, now),
    )
    with desk.begin() as connection:
        save_contacts(connection, [contact], author=author, now=now)
    return next(each for each in load_contacts(desk, subjects=[place]) if each.contact.id == contact.id)


def say_of_contact(
    workspace: Workspace,
    beginning: str,
    what: str,
    *,
    reason: str,
    author: str,
    now: datetime,
    days: int = CONFIRMED_DAYS,
) -> list[Known]:
    """Confirms, sets aside or restores the contact whose id begins so, or every entry of that address."""
    desk = open_desk(workspace.desk_url)
    found = _find(desk, beginning)
    if not reason.strip():
        raise AskError("this needs a reason", remedy="say why with --reason")
    until = _until(days, now) if what == "confirmed" else None
    with desk.begin() as connection:
        for each in found:
            add_note(
                connection,
                each.contact.id,
                what,
                reason=reason.strip(),
                author=_named(author),
                now=now,
                expires_at=until,
            )
    ids = {each.contact.id for each in found}
    subjects = {each.contact.subject for each in found}
    return [each for each in load_contacts(desk, subjects=subjects) if each.contact.id in ids]


def said_of(workspace: Workspace, beginning: str) -> list[tuple[Known, list[ContactNote]]]:
    """The contacts whose id begins so or whose address it is, with all that people said of them."""
    desk = open_desk(workspace.desk_url)
    return [(each, load_notes(desk, each.contact.id)) for each in _find(desk, beginning)]


def _find(desk: Engine, beginning: str) -> list[Known]:
    found = find_contact(desk, beginning.strip())
    places = {(each.contact.channel, each.contact.address.lower()) for each in found}
    if not found or (len(places) > 1):
        many = f"{len(found)} contacts begin with {beginning!r}" if found else f"no contact {beginning!r}"
        raise AskError(many, remedy="give the address, or six digits or more of the id; see 'tocsin contacts list'")
    return found


def _take_registry(desk: Engine, needs: Needs, now: datetime) -> Tally:
    """The contacts that the registry itself names."""
    contacts, problems = [], []
    for each in needs.constituents:
        found, faults = registry_contacts(each.id, each.contacts, registry=each.registry, now=now)
        contacts += found
        problems += [f"{each.id}: {fault}" for fault in faults]
    with desk.begin() as connection:
        saved = save_contacts(connection, contacts, author=MACHINE, now=now)
        subjects = [f"constituent:{each.id}" for each in needs.constituents]
        retire_missing(connection, subjects, "registry", {each.id for each in contacts}, now=now)
    asked = sum(1 for each in needs.constituents if each.contacts)
    return Tally(source="registry", asked=asked, answers=asked, saved=saved, problems=tuple(problems))


def _domains(needs: Needs) -> list[str]:
    return sorted({each for constituent in needs.constituents for each in _own(constituent, "domain")})


def _numbers(needs: Needs) -> list[str]:
    """The addresses and AS numbers to ask the registries about: where services are, else the networks held."""
    found = set[str]()
    for constituent in needs.constituents:
        places = needs.places.get(constituent.id, ())
        found.update(each.address for each in places)
        found.update(str(each.asn) for each in places if each.asn)
        if not places:
            found.update(value.partition("/")[0] for value in _own(constituent, "network"))
            found.update(_own(constituent, "address"))
        found.update(_own(constituent, "asn"))
    return sorted(found)


def _own(constituent: Constituent, kind: str) -> list[str]:
    return [each.value for each in constituent.holdings if each.kind == kind and not each.provider]


def _counts(each: Ranked, now: datetime) -> bool:
    return each.known.set_aside is None and not each.known.is_expired(now)


def _subject(desk: Engine, text: str) -> str:
    """A subject; a bare id is a constituent's. Raises ``AskError`` for a constituent that is not there."""
    place = text if ":" in text else f"constituent:{text}"
    subject = _checked(read_subject, place)
    if subject.startswith("constituent:"):
        known = {each.id for each in load_constituents(desk, current_version(desk))}
        id_ = subject.partition(":")[2]
        if id_ not in known:
            raise AskError(f"no constituent {id_!r}{did_you_mean(id_, known)}", remedy="see 'tocsin constituency list'")
    return subject


def _checked(read: Callable[[str], _T], text: str) -> _T:
    try:
        return read(text)
    except ValueError as fault:
        raise AskError(str(fault), remedy="nothing was changed; write it anew") from fault


def _named(author: str) -> str:
    return checked_name(author, need="this needs an author", option="--author")


def _until(days: int, now: datetime) -> datetime:
    if not 1 <= days <= 3650:
        raise AskError(f"a contact cannot count for {days} days", remedy="give --days from 1 to 3650")
    return now + timedelta(days=days)
