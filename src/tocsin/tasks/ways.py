"""The ways to tell each constituent now, in the order in which planning would try its contacts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import numpy as np
import pyarrow as pa
from sqlalchemy.engine import Engine

from tocsin.constituency import Constituent, Ranked, format_address
from tocsin.constituency.contact_book import Place
from tocsin.constituency.contacts import Remove
from tocsin.constituency.mailboxes import mail_domain
from tocsin.notices.choosing import bar, with_parents
from tocsin.remediation.columns import is_word
from tocsin.remediation.ladder import Way
from tocsin.remediation.measures import Subject
from tocsin.remediation.spells import Standing
from tocsin.store.suppressions import suppressed_now
from tocsin.tasks.contact_needs import Needs, load_ranked, load_routes

_REMOVE = {Remove.PROVIDER: "provider", Remove.COUNTRY: "cert"}
_BROKEN = (Standing.AFFECTED, Standing.DOUBTFUL)


def load_ways(
    desk: Engine, needs: Needs, *, at: datetime, known_at: datetime | None = None
) -> dict[str, tuple[Way, ...]]:
    """The ways to tell each constituent of ``needs`` at a moment, by what was known of contacts then.

    Left out is what planning would pass over by itself: contacts set aside, expired or not to be written to, and mail
    that an affected or compromised service would receive. The registry is that of ``known_at``, or the newest.
    """
    ranked = load_ranked(desk, needs, now=at, known_at=known_at, known_by=at)
    routes, silenced = load_routes(desk), suppressed_now(desk).keys()
    return {
        name: tuple(
            _way(each)
            for each in contacts
            if bar(each, routes, needs.unsafe, now=at) is None and not _is_in(each, silenced)
        )
        for name, contacts in ranked.items()
    }


def needs_followed(subject: Subject, everyone: Collection[Constituent], wanted: Collection[str]) -> Needs:
    """The ``wanted`` with the places of all services proven theirs, and every address that is unsafe at the last look.

    Unlike for planning, services that are fixed are places too: they show who could be told of the next one.
    """
    services = subject.lives.services
    standing = subject.folded.standing[-1]
    compromised = subject.is_confirmed | subject.is_possible
    broken = np.isin(standing, [int(each) for each in _BROKEN]) | compromised
    unsafe = dict[str, str]()
    where = services.select(["ip_hi", "ip_lo"]).append_column("bad", pa.array(compromised))
    for row in where.filter(pa.array(broken)).to_pylist():
        address = format_address(row["ip_hi"], row["ip_lo"])
        if row["bad"] or address not in unsafe:
            unsafe[address] = "compromised" if row["bad"] else "affected"
    places = dict[str, dict[Place, None]]()
    mine = services.select(["ip_hi", "ip_lo", "asn", "country", "constituent"])
    for row in mine.filter(pa.array(is_word(services, "certainty", "proven"))).to_pylist():
        if row["constituent"] in wanted:
            place = Place(
                address=format_address(row["ip_hi"], row["ip_lo"]), asn=row["asn"], country=row["country"] or None
            )
            places.setdefault(row["constituent"], {})[place] = None
    return Needs(
        constituents=tuple(each for each in everyone if each.id in wanted),
        places={name: tuple(found) for name, found in places.items()},
        unsafe=unsafe,
    )


def _way(each: Ranked) -> Way:
    contact = each.contact
    remove = _REMOVE.get(each.remove, "own")
    return Way(remove=remove, channel=contact.channel, address=contact.address, contact=contact.id)


def _is_in(each: Ranked, silenced: Collection[str]) -> bool:
    address = each.contact.address.lower()
    return each.contact.channel == "mail" and any(
        name in silenced for name in (address, *with_parents(mail_domain(address)))
    )
