"""Registries of those we serve come in; out goes who answers for a service, by which holding, and how certainly."""

from tocsin.constituency.addresses import (
    PROBLEMS,
    SCOPES,
    ParsedAddresses,
    format_address,
    format_network,
    is_ipv4,
    parse_addresses,
    parse_network,
    read_address,
    scope_of,
)
from tocsin.constituency.changes import Change, FieldChange, ImportPlan, plan_import
from tocsin.constituency.claims import NAME_SOURCES, Answer, Claim, Considered, Side, decide, without_ancestors
from tocsin.constituency.constituent import Constituent, Holding, content_hash, version_text
from tocsin.constituency.domains import DomainTable
from tocsin.constituency.location import (
    LOCATION_KINDS,
    Located,
    LocationFile,
    as_number,
    country_code,
    country_number,
    read_location,
)
from tocsin.constituency.mapping import FieldRule, RegistryMapping, read_mapping
from tocsin.constituency.names import normalise_name, normalise_names, spell_name
from tocsin.constituency.ranges import NOTHING, Piece, RangeTable, flatten
from tocsin.constituency.registry import Registry, read_registry
from tocsin.constituency.resolve import Resolver

__all__ = [
    "LOCATION_KINDS",
    "NAME_SOURCES",
    "NOTHING",
    "PROBLEMS",
    "SCOPES",
    "Answer",
    "Change",
    "Claim",
    "Considered",
    "Constituent",
    "DomainTable",
    "FieldChange",
    "FieldRule",
    "Holding",
    "ImportPlan",
    "Located",
    "LocationFile",
    "ParsedAddresses",
    "Piece",
    "RangeTable",
    "Registry",
    "RegistryMapping",
    "Resolver",
    "Side",
    "as_number",
    "content_hash",
    "country_code",
    "country_number",
    "decide",
    "flatten",
    "format_address",
    "format_network",
    "is_ipv4",
    "normalise_name",
    "normalise_names",
    "parse_addresses",
    "parse_network",
    "plan_import",
    "read_address",
    "read_location",
    "read_mapping",
    "read_registry",
    "scope_of",
    "spell_name",
    "version_text",
    "without_ancestors",
]
