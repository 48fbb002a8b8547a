"""Contacts as the planner asks for them: in rank order, each with what bars it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy.engine import Engine

from tocsin.constituency import MailRoute, Ranked
from tocsin.notices.choosing import bar, said
from tocsin.notices.deciding import Candidate
from tocsin.tasks.contact_needs import Needs, load_ranked, load_routes

_PARTIAL = ("partial", "may be told of the services in its own network or country only, which are not all of them")


def contacts_of(desk: Engine, needs: Needs, *, now: datetime) -> Callable[[str], Sequence[Candidate]]:
    """Gives the contacts of a constituent in the order in which they are tried."""
    ranked, routes = load_ranked(desk, needs, now=now), load_routes(desk)

    def candidates(constituent: str) -> list[Candidate]:
        places = {each.address for each in needs.places.get(constituent, ())}
        return [_candidate(each, routes, needs.unsafe, places, now) for each in ranked.get(constituent, ())]

    return candidates


def _candidate(
    each: Ranked, routes: Mapping[str, MailRoute], unsafe: Mapping[str, str], places: Collection[str], now: datetime
) -> Candidate:
    is_partial = each.addresses is not None and not each.addresses.issuperset(places)
    contact = each.contact
    return Candidate(
        contact=contact.id,
        channel=contact.channel,
        address=contact.address,
        language=contact.language,
        key=contact.key,
        said=said(each, routes),
        bar=bar(each, routes, unsafe, now=now) or (_PARTIAL if is_partial else None),
    )
