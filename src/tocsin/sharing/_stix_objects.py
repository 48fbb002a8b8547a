"""STIX objects as plain dictionaries: names that stay the same, our identity, our extension, and TLP 2.0 markings.

Sources: OASIS, *STIX 2.1* (2021), sections 2.9, 3.2, 7.2 and 7.3; OASIS *STIX common objects*, TLP 2.0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid5

from tocsin.labels import Label

Object = dict[str, object]

OURS = UUID("5d1f4c1e-2f0b-4c57-9d5e-7a1b3f6c8e21")
"""Our own namespace: that of the standard is for observables, and no other object may be named in it (section 2.9)."""
EXTENSION = "extension-definition--3d0e6b52-6c4b-4f8e-a6a5-2f9c1d7b8e40"
_MADE = datetime(2021, 1, 1, tzinfo=UTC)
"""The moment of what never changes: our identity, parties, places and the extension."""
_TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_TLP = {
    Label.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    Label.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Label.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Label.AMBER_STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    Label.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}


def name_of(kind: str, *key: str) -> str:
    """The id of the object of this type that ``key`` stands for; the same key always gives the same id."""
    return f"{kind}--{uuid5(OURS, chr(31).join((kind, *key)))}"


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Maker:
    """Makes objects of one creator under one label, and keeps each that it made, once, in order."""

    def __init__(self, creator: str, label: Label) -> None:
        self.creator = name_of("identity", "creator", creator)
        self._marking = _TLP[label]
        self.made: dict[str, Object] = {}
        marking: Object = {
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": self._marking,
            "created": "2022-10-01T00:00:00.000Z",
            "name": str(label),
            "extensions": {
                _TLP_EXTENSION: {
                    "extension_type": "property-extension",
                    "tlp_2_0": str(label).removeprefix("TLP:").lower(),
                }
            },
        }
        self.made[self._marking] = marking
        self.put("identity", ("creator", creator), {"name": creator, "identity_class": "organization"})
        self.made[EXTENSION] = {
            **self._common("extension-definition", EXTENSION, None, None),
            "name": "tocsin record",
            "description": "What a public document says, by whom, in which words, and how far that was reviewed.",
            "schema": "Each property is described in tocsin's documentation, docs/how-to/export-the-record.md.",
            "version": "1.0.0",
            "extension_types": ["property-extension"],
        }

    def put(
        self,
        kind: str,
        key: Sequence[str],
        properties: Mapping[str, object],
        *,
        ours: Mapping[str, object] | None = None,
        created: datetime | None = None,
        modified: datetime | None = None,
    ) -> str:
        """Makes an object unless it is there; gives its id. ``ours`` goes into our extension."""
        name = name_of(kind, *key)
        if name not in self.made:
            made = {**self._common(kind, name, created, modified), **_stated(properties)}
            if ours is not None:
                made["extensions"] = {EXTENSION: {"extension_type": "property-extension", **_stated(ours)}}
            self.made[name] = made
        return name

    def _common(self, kind: str, name: str, created: datetime | None, modified: datetime | None) -> Object:
        begun = created or _MADE
        return {
            "type": kind,
            "spec_version": "2.1",
            "id": name,
            "created_by_ref": self.creator,
            "created": moment(begun),
            "modified": moment(max(begun, modified or begun)),
            "object_marking_refs": [self._marking],
        }


def _stated(properties: Mapping[str, object]) -> Object:
    """Those that say something: STIX has neither nulls nor empty lists (sections 2.7 and 3.1)."""
    found = {name: _stated(value) if isinstance(value, dict) else value for name, value in properties.items()}
    return {name: value for name, value in found.items() if value is not None and value not in ([], {})}
