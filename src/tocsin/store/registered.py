"""What a plan needs to know of every constituent: who it is and which contacts the registry states."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tocsin.notices.deciding import Party
from tocsin.store.schema import constituents

_decode_contacts = msgspec.json.Decoder(tuple[str, ...]).decode


def load_parties(desk: Engine) -> tuple[dict[str, Party], dict[str, tuple[str, ...]]]:
    """The constituents of the newest version by id, and the contacts of each in the registry's order."""
    table = constituents.c
    query = sa.select(
        table.id, table.name, table.kind, table.country, table.sector, table.public_body, table.contacts
    ).where(table.until.is_(None))
    parties, contacts = dict[str, Party](), dict[str, tuple[str, ...]]()
    with desk.connect() as connection:
        for id_, name, kind, country, sector, is_public, told in connection.execute(query):
            parties[id_] = Party(
                id=id_,
                name=name,
                sector=sector,
                country=country,
                is_public=is_public,
                is_person=kind == "person",
            )
            contacts[id_] = _decode_contacts(told) if told else ()
    return parties, contacts
