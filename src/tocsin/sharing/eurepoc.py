"""Attributions as a CSV in the shape of EuRepoC's attribution dataset: a row for each claim, none merged.

Source: the European Repository of Cyber Incidents, *Attribution dataset* and *Global dataset* 1.1 (2023), whose columns
come first, with the titles of their codes as they stand in the data; several values of one cell have ``; `` between
them, as there. The columns behind ``label`` are ours. What only a coder of the incident can tell (whether the claimant
is a receiver, who is an IT company of record, legal references) is left empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tocsin.labels import Label
from tocsin.record import Attribution, Genre, Level, Party, Polarity, Relation
from tocsin.record.bodies import home_of, is_european, kind_of, state_name
from tocsin.record.comparing.claims import named
from tocsin.record.gazetteer import EntityKind
from tocsin.record.review import Item
from tocsin.sharing.filed import Choice, Filed, countries, fields_of, names, review_of, uttered
from tocsin.sharing.sheet import table

THEIRS = (
    *"incident_ID attribution_ID attribution_date attribution_type attribution_basis attributing_actor".split(),
    *"attribution_it_company attributing_country attributed_initiator attributed_initiator_country".split(),
    *"attributed_initiator_category start_date end_date".split(),
)
OURS = (
    *"label attribution_date_precision start_date_precision end_date_precision attributing_kind".split(),
    *"attributing_party attributed_party polarity level relation words".split(),
    *"probability_words probability_band probability_yardstick analytic_confidence".split(),
    *"source source_publisher source_sha256 source_begins source_ends review reviewers reviewed_at rule".split(),
)
COLUMNS = (*THEIRS, *OURS)

_COUNTRIES = {
    "IR": "Iran, Islamic Republic of",
    "KP": "Korea, Democratic People's Republic of",
    "KR": "Korea, Republic of",
}
"""Names of that dataset that are not the everyday ones."""
_UNKNOWN, _GROUP, _STATE = "Unknown - not attributed", "Non-state-group", "State"
_AFFILIATED = "Non-state actor, state-affiliation suggested"
_BEHIND = frozenset(
    {
        Relation.BACKED_BY,
        Relation.SUPPORTED_BY,
        Relation.DIRECTED_BY,
        Relation.ASSOCIATED_WITH,
        Relation.LINKED_TO,
        Relation.TOLERATED_BY,
    }
)
_POLITICAL = "Political statement / report (e.g., on government / state agency websites)"
_TECHNICAL = "Technical report (e.g., by IT-companies, Citizen Lab, EFF)"
_MEDIA = "Media report (e.g., Reuters makes an attribution statement, without naming further sources)"
_DIRECT = (
    "Direct statement in media report (e.g., Reuters article cites the attribution statements by a person) / "
    "self-attribution via social media"
)
_ANONYMOUS = (
    "Anonymous statement in media report (e.g., Reuters article cites the attribution statements of unnamed officials, "
    "or persons with knowledge into the matter etc.)"
)
_UNCLEAR = "Attribution given, type unclear"
_BASES = {
    "EU": "Attribution by EU institution/agency",
    "international organisation": "Attribution by international organization",
    "media": "Media-based attribution",
}
_NAMELESS = ("unknown:", "class:")
_PLACES = ("state:", "gov:", "territory:", "group:")
"""How parties begin that are no doer with a name of its own."""


def eurepoc(record: Iterable[Filed], choice: Choice, label: Label) -> bytes:
    """Every chosen attribution as UTF-8 CSV, claims and denials alike by ``polarity``."""
    return table(COLUMNS, (_rows(filed, choice, label) for filed in record))


def _rows(filed: Filed, choice: Choice, label: Label) -> Iterable[Mapping[str, object]]:
    for item in choice.items(filed):
        if isinstance(item.assertion.body, Attribution):
            body, incident = item.assertion.body, choice.key(item.assertion.incident)
            yield {**_theirs(filed, item, body, incident), **_ours(filed, item, body, label)}


def _theirs(filed: Filed, item: Item, body: Attribution, incident: str | None) -> Mapping[str, object]:
    assertion, when, text = item.assertion, item.assertion.when, filed.document.text
    kinds, claimants = _kinds(filed, assertion.claimants), assertion.claimants
    doers = [party for party in (*body.actors, *body.accused) if not party.canonical.startswith(_PLACES)]
    return {
        "incident_ID": incident,
        "attribution_ID": assertion.id,
        "attribution_date": uttered(filed, assertion),
        "attribution_type": _type(filed.document.genre, claimants, kinds),
        "attribution_basis": _basis(kinds),
        "attributing_actor": _words(claimants, text),
        "attributing_country": _countries(claimants),
        "attributed_initiator": _words(doers, text),
        "attributed_initiator_country": _countries((*body.accused, *body.actors)),
        "attributed_initiator_category": _category(body) if assertion.polarity is Polarity.ASSERTED else None,
        "start_date": when and when.begins,
        "end_date": when and when.ends,
    }


def _ours(filed: Filed, item: Item, body: Attribution, label: Label) -> Mapping[str, object]:
    assertion, when = item.assertion, item.assertion.when
    said = fields_of(assertion, filed.document.text)
    return {
        "label": label,
        "attribution_date_precision": _precision(uttered(filed, assertion)),
        "start_date_precision": when and when.precision,
        "end_date_precision": when and when.precision,
        "attributing_kind": _kinds(filed, assertion.claimants),
        "attributing_party": names(assertion.claimants),
        "attributed_party": names((*body.actors, *body.accused)),
        "polarity": assertion.polarity.value,
        "level": body.level.word,
        "relation": body.relation.value,
        "words": said["words"],
        "probability_words": said["probability_words"],
        "probability_band": said["band"],
        "probability_yardstick": said["yardstick"],
        "analytic_confidence": said["confidence"],
        "source": filed.document.source,
        "source_publisher": filed.document.publisher,
        "source_sha256": filed.document.sha256,
        "source_begins": assertion.span.begins,
        "source_ends": assertion.span.ends,
        "rule": assertion.rule,
        **{name: value for name, value in review_of(item).items() if name != "reason"},
    }


def _precision(day: date | None) -> str | None:
    return None if day is None else "day"


def _kinds(filed: Filed, claimants: Sequence[Party]) -> list[str]:
    """What the claimants are, each kind once; a newspaper's own word, or nobody's in it, is the media's."""
    if not claimants:
        return ["media"] if filed.document.genre is Genre.NEWS else []
    return list(dict.fromkeys(_kind(party.canonical, filed.document.genre) for party in claimants))


def _kind(canonical: str, genre: Genre) -> str:
    if canonical == "unknown:unattributed" and genre is Genre.NEWS:
        return "media"
    if is_european(canonical):
        return "EU"
    if kind_of(canonical) is EntityKind.BLOC:
        return "international organisation"
    if home_of(canonical):
        return "state"
    if kind_of(canonical) is EntityKind.COMPANY:
        return "company or institute"
    return "not named" if canonical.startswith(_NAMELESS) else canonical.partition(":")[0]


def _type(genre: Genre, claimants: Sequence[Party], kinds: Sequence[str]) -> str:
    if genre is Genre.NEWS:
        if "media" in kinds:
            return _MEDIA
        is_named = any(not party.canonical.startswith(_NAMELESS) for party in claimants)
        return _DIRECT if is_named else _ANONYMOUS
    if genre is Genre.OTHER:
        return _UNCLEAR
    return _TECHNICAL if genre is Genre.ADVISORY and kinds == ["company or institute"] else _POLITICAL


def _basis(kinds: Sequence[str]) -> list[str] | None:
    """The bases that the kinds of the claimants tell; ``None`` where one kind, such as a state, tells none alone."""
    return [_BASES[kind] for kind in kinds] if kinds and all(kind in _BASES for kind in kinds) else None


def _category(body: Attribution) -> str:
    if body.level <= Level.TERRITORY:
        return _UNKNOWN
    if body.level is Level.GROUP:
        return _GROUP
    return _AFFILIATED if body.level is Level.STATE_AFFILIATED or body.relation in _BEHIND else _STATE


def _countries(parties: Sequence[Party]) -> list[str]:
    return [_COUNTRIES.get(code, state_name(code)) for code in countries(parties)]


def _words(parties: Sequence[Party], text: str) -> list[str]:
    """The parties by the words that name them in the document, else by their canonical names in words."""
    told = (" ".join(party.span.of(text).split()) if party.span else named(party.canonical) for party in parties)
    return list(dict.fromkeys(told))
