"""What is known of a party by its canonical name alone: what it is, the state it belongs to, and that state's name."""

from __future__ import annotations

import re
from functools import cache

from tocsin.record._names import EntityKind, Meaning, read_names, read_states, read_titles

_CODED = re.compile(r"(?:gov|state|territory):([A-Z]{2})(?:-|$)|(?:organ|role|org):([A-Z]{2})-|group:([a-z]{2})(?:-|$)")
_TAKES_THE = re.compile(
    r"United |Netherlands|Philippines|Bahamas|Maldives|Gambia|Comoros|Seychelles|.* (?:Republic|Islands)$"
)
_EU = re.compile(r"org:(?:EU(?:-.+)?|ENISA|Europol|Eurojust|EEAS|CERT-EU)$|role:EU-.+")
_PUBLIC = frozenset({EntityKind.AGENCY, EntityKind.ORGAN, EntityKind.ROLE, EntityKind.HEAD, EntityKind.GOVERNMENT})


def state_name(code: str) -> str:
    """The English name of the state of an ISO 3166-1 code, written out (``United Kingdom``); else the code."""
    return _states().get(code, code)


def the_state(code: str) -> str:
    """The same as it stands in a sentence (``the United Kingdom``, ``France``)."""
    name = state_name(code)
    return f"the {name}" if _TAKES_THE.match(name) else name


def common_name(canonical: str) -> str | None:
    """What a body, organ, company or bloc is called (``National Cyber Security Centre``); ``None``: not known."""
    return _titles().get(canonical)


def home_of(canonical: str) -> str | None:
    """The code of the state that a party is, or is a public body, an office or an official of; ``None``: of none."""
    known = _known().get(canonical)
    if known is not None and known.kind in _PUBLIC and known.state:
        return known.state
    if is_european(canonical):
        return None
    found = _CODED.match(canonical)
    code = next((group for group in found.groups() if group), "").upper() if found else ""
    return code if code in _states() else None


def is_european(canonical: str) -> bool:
    """Whether it is the EU, or an institution or agency of the EU."""
    return _EU.match(canonical) is not None


def kind_of(canonical: str) -> EntityKind | None:
    """What the gazetteer has it for; ``None`` where it does not have it."""
    known = _known().get(canonical)
    return known.kind if known else None


@cache
def _known() -> dict[str, Meaning]:
    known: dict[str, Meaning] = {}
    for meanings in read_names().values():
        for meaning in meanings:
            known.setdefault(meaning.canonical, meaning)
    return known


@cache
def _titles() -> dict[str, str]:
    return read_titles()


@cache
def _states() -> dict[str, str]:
    """The first name written out with small letters: no initials, however common."""
    return {code: next((name for name in names if not name.isupper()), names[0]) for code, names in read_states()}
