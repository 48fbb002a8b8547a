"""RDAP answers as registries give them, with example names."""

from __future__ import annotations

import json


def entity(
    *roles: str, mail: object = "abuse@isp.example", name: str = "Example Desk", handle: str = "DESK-1", **more: object
) -> dict[str, object]:
    """An entity with a card of one name and one mail address."""
    card = ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", name], ["email", {}, "text", mail]]]
    return {
        "objectClassName": "entity",
        "handle": handle,
        "roles": list(roles),
        "vcardArray": card,
        **more,
    }


def network(*entities: object, **more: object) -> bytes:
    """An answer about 192.0.2.0/24."""
    document = {
        "objectClassName": "ip network",
        "handle": "NET-192-0-2-0-1",
        "startAddress": "192.0.2.0",
        "endAddress": "192.0.2.255",
        "name": "EXAMPLE-NET",
        "country": "GB",
        "entities": list(entities),
        **more,
    }
    return json.dumps(document).encode()


def autnum(*entities: object, first: object = 64500, last: object = 64500) -> bytes:
    """An answer about AS numbers."""
    document = {"objectClassName": "autnum", "startAutnum": first, "endAutnum": last, "entities": list(entities)}
    return json.dumps(document).encode()
