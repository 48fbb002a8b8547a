"""Which constituents are to be told, where their services are, and which services mail must not go through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy.engine import Engine

from tocsin.constituency import Constituent, Known, MailRoute, Ranked, format_address
from tocsin.constituency.contact_book import ContactBook, Place
from tocsin.constituency.contacts import registry_contacts
from tocsin.constituency.mail_routes import read_mail_route
from tocsin.store.constituents import current_version, load_constituents
from tocsin.store.contacts import load_contacts
from tocsin.store.desk import open_desk
from tocsin.store.lookups import latest_answers
from tocsin.store.workspace import Workspace
from tocsin.tasks.viewing import open_view

_TRACES = ("possible", "confirmed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """The constituents, each with the places of its open findings (none without a case), and the unsafe addresses.

    ``unsafe`` are all addresses with an affected or compromised service of the case, whoever's, and which it is.
    """

    constituents: tuple[Constituent, ...]
    places: Mapping[str, tuple[Place, ...]]
    unsafe: Mapping[str, str]


def find_needs(workspace: Workspace, case_id: str | None, *, as_of: date | None = None) -> Needs:
    """Those with open findings of one case that are proven theirs, or every constituent."""
    desk = open_desk(workspace.desk_url)
    everyone = load_constituents(desk, current_version(desk))
    if case_id is None:
        return Needs(constituents=everyone, places={}, unsafe={})
    view = open_view(workspace, case_id, as_of=as_of, known_at=None)
    return needs_of(view.services(), everyone)


def needs_of(services: pa.Table, everyone: tuple[Constituent, ...]) -> Needs:
    """Those among ``everyone`` with open findings among ``services`` that are proven theirs."""
    rows = open_rows(services)
    places, unsafe = dict[str, list[Place]](), dict[str, str]()
    for row in rows.to_pylist():
        address = format_address(row["ip_hi"], row["ip_lo"])
        is_compromised = row["compromise"] in _TRACES
        if is_compromised or address not in unsafe:
            unsafe[address] = "compromised" if is_compromised else "affected"
        if row["certainty"] == "proven" and row["constituent"]:
            places.setdefault(row["constituent"], []).append(
                Place(address=address, asn=row["asn"], country=row["country"])
            )
    return Needs(
        constituents=tuple(each for each in everyone if each.id in places),
        places={name: tuple(dict.fromkeys(found)) for name, found in places.items()},
        unsafe=unsafe,
    )


def load_ranked(
    desk: Engine,
    needs: Needs,
    *,
    now: datetime,
    known_at: datetime | None = None,
    known_by: datetime | None = None,
) -> dict[str, tuple[Ranked, ...]]:
    """The contacts of each constituent in rank order, by its id; the registry's own also where none was kept yet.

    The registry is that of ``known_at``, or the newest; the contacts are those that were known by ``known_by``, or now.
    """
    everyone = load_constituents(desk, current_version(desk, known_at=known_at))
    known = {each.contact.id: each for each in load_contacts(desk, known_by=known_by)}
    for constituent in everyone:
        found, _ = registry_contacts(constituent.id, constituent.contacts, registry=constituent.registry, now=now)
        for contact in found:
            kept = known.get(contact.id)
            fresh = Known(contact=contact, valid_until=contact.expires_at, set_aside=None)
            # where it stands in the registry is what the registry says now, whatever was kept
            known[contact.id] = fresh if kept is None else _at(kept, contact.pointer)
    book = ContactBook(known.values(), everyone)
    return {each.id: book.of(each, needs.places.get(each.id, ())) for each in needs.constituents}


def _at(kept: Known, pointer: str) -> Known:
    return replace(kept, contact=replace(kept.contact, pointer=pointer))


def load_routes(desk: Engine) -> dict[str, MailRoute]:
    """Where mail is received, as last looked up, by domain."""
    return {each.asked: read_mail_route(each.answer) for each in latest_answers(desk, "mx")}


def open_rows(services: pa.Table) -> pa.Table:
    """The services that somebody is to be told of, with what says whose and where each is."""
    service = ("ip_hi", "ip_lo", "port", "transport")
    services = services.select([*service, "status", "compromise", "constituent", "certainty", "asn", "country"])
    is_open = pc.or_(
        pc.equal(services.column("status").cast(pa.string()), "affected"),
        pc.is_in(services.column("compromise").cast(pa.string()), pa.array(_TRACES)),
    )
    return services.filter(is_open)
