"""Registries of those we serve come in; out goes who answers for a service, how certainly, and whom to tell of it."""

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
from tocsin.constituency.contacts import Contact, Known, Ranked, Remove, make_contact, rank
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
from tocsin.constituency.mail_routes import MailRoute
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
    "Contact",
    "DomainTable",
    "FieldChange",
    "FieldRule",
    "Holding",
    "ImportPlan",
    "Known",
    "Located",
    "LocationFile",
    "MailRoute",
    "ParsedAddresses",
    "Piece",
    "RangeTable",
    "Ranked",
    "Registry",
    "RegistryMapping",
    "Remove",
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
    "make_contact",
    "normalise_name",
    "normalise_names",
    "parse_addresses",
    "parse_network",
    "plan_import",
    "rank",
    "read_address",
    "read_location",
    "read_mapping",
    "read_registry",
    "scope_of",
    "spell_name",
    "version_text",
    "without_ancestors",
]
